//! Where to next, by what a store has.

use super::*;
use crate::domain::act::saying::Saying;
use crate::domain::agreement::Reading;
use crate::domain::collect::draft::{Act, DraftHead, Tap};
use crate::domain::collect::look_for::LookForKey;
use crate::domain::collect::rating::Rating;
use crate::domain::collect::samples::every_kind;
use crate::domain::collect::today::Today;
use crate::domain::collect::walkthrough::{Lesson, Visited};
use crate::domain::document::Audience;
use crate::domain::id::{DraftId, EventId};
use crate::domain::place::likely::Reason;
use crate::domain::place::{ClassMissed, Why};
use crate::local::inbox::{Change, Delivery};
use crate::local::tests::{born, memory, random};
use serde_json::{Value, json};

/// Tuesday, 24 November 2026, noon in California, on a device that is set to UTC.
const NOON: Moment = Moment {
    at_utc_ms: 1_795_550_400_000,
    offset_min: 0,
};
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn site() -> SiteId {
    SiteId::mint(1, [8; 10])
}

fn class_of(number: u8) -> ClassId {
    ClassId::mint(1, [number; 10])
}

fn teacher(number: u8) -> PersonId {
    PersonId::mint(1, [100 + number; 10])
}

fn take(store: &mut Store, kind: &str, id: &str, body: Value) {
    let delivery = Delivery {
        feed: 1,
        portions: vec![(
            Audience::Site(site()),
            1,
            vec![Change {
                name: Name {
                    kind: kind.into(),
                    id: id.into(),
                },
                json: Some(json!({"kind": kind, "body": body}).to_string()),
            }],
        )],
        lost: vec![],
    };
    store.take(&delivery).expect("it is taken");
}

/// A store with an idea under test, a site in California, and three classes: of periods 1, 5 and 5.
fn school() -> Store {
    let mut store = memory();
    // The first delivery forgets what is of no feed, so the form comes after it.
    let form = every_kind();
    take(
        &mut store,
        "site",
        &site().to_string(),
        json!({"id": site(), "name": "North", "offsets": [{"from_utc_ms": 0, "offset_min": -480}]}),
    );
    take(&mut store, "form", &form.form.document_id(), json!(form));
    take(
        &mut store,
        "idea",
        &form.form.key,
        json!({"key": form.form.key, "state": "testing", "form": form.form, "title": form.title,
            "theory": form.theory, "cycle": 1, "cycle_from_utc_ms": NOON.at_utc_ms - 30 * DAY_MS}),
    );
    for (number, period) in [(1, "1"), (2, "5"), (3, "5")] {
        let class = class_of(number);
        take(
            &mut store,
            "class",
            &class.to_string(),
            json!({"id": class, "site": site(), "school_year": 2027, "title": format!("Grade {number}"),
                "room": format!("{number}0"), "teachers": [teacher(number)], "periods": [period]}),
        );
        person(
            &mut store,
            teacher(number),
            json!([{"role": "teacher", "place": {"site": site()}}]),
        );
    }
    store
}

fn person(store: &mut Store, id: PersonId, posts: Value) {
    let body = json!({"id": id, "name": format!("Person {id}"), "posts": posts, "left": false});
    take(store, "person", &id.to_string(), body);
}

fn bells(store: &mut Store) {
    let body = json!({"site": site(), "schedules": [{"day_type": "A", "periods": [
        {"name": "1", "starts_min": 480, "ends_min": 540},
        {"name": "5", "starts_min": 700, "ends_min": 755},
    ]}]});
    take(store, "bells", &site().to_string(), body);
}

fn today(store: &Store, at: Moment) -> Today {
    store.today(9, at).expect("it answers")
}

#[test]
fn the_week_of_a_test_is_counted_by_the_districts_clocks_and_the_day_on_which_its_weeks_begin() {
    let mut store = school();
    let week = |store: &Store, at: Moment| {
        let today = today(store, at);
        today.ideas.first().and_then(|idea| idea.week)
    };
    // It began on Sunday, 25 October, at noon in California.
    assert_eq!(week(&store, NOON), Some(6));
    let district = json!({"name": null, "demo": false, "week_start": 7, "languages": []});
    take(&mut store, "district", "district", district);
    assert_eq!(week(&store, NOON), Some(5));
    // Saturday night there is Sunday on a device that is set to UTC.
    let saturday = Moment {
        at_utc_ms: NOON.at_utc_ms + 4 * DAY_MS + DAY_MS / 2 - 1,
        offset_min: 0,
    };
    let sunday = Moment {
        at_utc_ms: saturday.at_utc_ms + 1,
        ..saturday
    };
    assert_eq!(week(&store, saturday), Some(5));
    assert_eq!(week(&store, sunday), Some(6));
    let form = every_kind();
    let body = json!({"key": form.form.key, "state": "baseline", "form": form.form, "title": form.title,
        "theory": form.theory, "cycle": 1, "cycle_from_utc_ms": NOON.at_utc_ms - 30 * DAY_MS});
    take(&mut store, "idea", &form.form.key, body);
    assert_eq!(week(&store, NOON), None);
}

fn order(store: &Store, at: Moment) -> Vec<ClassId> {
    let today = today(store, at);
    let idea = today.ideas.first().expect("an idea");
    idea.classes.iter().filter_map(|one| one.class).collect()
}

fn later(days: i64) -> Moment {
    Moment {
        at_utc_ms: NOON.at_utc_ms + days * DAY_MS,
        ..NOON
    }
}

fn visit(store: &mut Store, number: u8) {
    let head = DraftHead {
        id: DraftId::mint(2, [number; 10]),
        visit: number.into(),
        form: every_kind().form,
        begun: NOON,
        lesson: Some(Lesson {
            site: site(),
            whom: Visited::Named {
                teacher: teacher(number),
                class: Some(class_of(number)),
            },
        }),
    };
    let act = Act::Rate {
        look_for: LookForKey("purpose-said".into()),
        rating: Some(Rating::Seen),
    };
    let tap = Tap {
        revision: 1,
        at: NOON,
        act,
    };
    store.keep(&head, &tap).expect("it is kept");
    store
        .submit(head.id, 1, NOON, &mut random(number))
        .expect("it is submitted");
}

#[test]
fn who_meets_now_by_the_wall_of_the_site_comes_first_and_the_period_is_said() {
    let mut store = school();
    assert_eq!(today(&store, NOON).period, None);
    assert_eq!(order(&store, NOON), [1, 2, 3].map(class_of));
    bells(&mut store);
    let period = today(&store, NOON).period.expect("a period");
    assert_eq!((period.name.as_str(), period.ends_min), ("5", 755));
    assert_eq!(order(&store, NOON), [2, 3, 1].map(class_of));
}

#[test]
fn a_pilot_of_the_idea_comes_first() {
    let mut store = school();
    bells(&mut store);
    let idea = every_kind().form.key;
    person(
        &mut store,
        teacher(3),
        json!([{"role": "pilot", "place": {"idea": idea}}]),
    );
    assert_eq!(order(&store, NOON), [3, 2, 1].map(class_of));
    // Who is no longer in the team is no longer first.
    person(&mut store, teacher(3), json!([]));
    assert_eq!(order(&store, NOON), [2, 3, 1].map(class_of));
}

#[test]
fn who_was_visited_waits_and_the_reason_is_said() {
    let mut store = school();
    visit(&mut store, 1);
    let tomorrow = later(1);
    assert_eq!(order(&store, tomorrow), [2, 3, 1].map(class_of));
    let today = today(&store, tomorrow);
    let idea = today.ideas.first().expect("an idea");
    let reasons: Vec<_> = idea.classes.iter().filter_map(|one| one.reason).collect();
    let wanted = [
        Reason::FirstInCycle,
        Reason::FirstInCycle,
        Reason::NotVisitedFor { school_days: 1 },
    ];
    assert_eq!(reasons, wanted);
}

#[test]
fn a_class_that_was_put_off_is_sealed_and_off_the_list_until_the_day_at_the_site_ends() {
    let mut store = school();
    let fact = ClassMissed {
        site: site(),
        missed: Missed::Class(class_of(1)),
        why: Why::Test,
    };
    let saying = Saying::of(EventId::mint(1, [1; 10]), NOON, &fact, None);
    assert_eq!(store.say(&saying), Ok(1));
    assert_eq!(store.say(&saying), Ok(1));
    assert_eq!(store.unsent(), Ok(1));
    assert_eq!(order(&store, NOON), [2, 3].map(class_of));
    // Eleven in the evening is still this day at the site, though not on the device.
    let evening = Moment {
        at_utc_ms: NOON.at_utc_ms + 11 * 60 * 60 * 1000,
        ..NOON
    };
    assert_eq!(order(&store, evening), [2, 3].map(class_of));
    assert_eq!(order(&store, later(1)), [1, 2, 3].map(class_of));
    // It is found by a search all the same, and its mark goes after some days.
    let found = store.classes("grade 1", 9, 0).expect("it answers");
    let class = Some(class_of(1));
    assert!(found.iter().any(|room| room.class == class));
    store.tidy(later(9).at_utc_ms).expect("it tidies");
    assert_eq!(store.marks().map(|marks| marks.len()), Ok(0));
}

#[test]
fn a_class_that_was_put_off_on_another_device_is_off_the_list_here() {
    let mut store = school();
    let id = EventId::mint(1, [2; 10]);
    let body = json!({"id": id, "at": NOON, "site": site(), "missed": {"teacher": teacher(2)},
        "why": "substitute"});
    take(&mut store, "class_missed", &id.to_string(), body);
    assert_eq!(order(&store, NOON), [1, 3].map(class_of));
    let lost = Delivery {
        feed: 1,
        portions: vec![],
        lost: vec![Audience::Site(site())],
    };
    store.take(&lost).expect("it is taken");
    assert_eq!(store.marks().map(|marks| marks.len()), Ok(0));
}

#[test]
fn what_the_person_does_is_known_once_their_own_entry_has_come() {
    let mut store = school();
    let me = born(1).author;
    assert!(!today(&store, NOON).knows_posts());
    let teaches = json!({"role": "teacher", "place": {"site": site()}});
    person(&mut store, me, json!([teaches]));
    assert!(today(&store, NOON).only_teaches());
    let coaches = json!({"role": "coach", "place": {"site": site()}});
    person(&mut store, me, json!([teaches, coaches]));
    let now = today(&store, NOON);
    assert!(now.teaches && !now.only_teaches());
}

#[test]
fn an_invented_district_is_known_as_one() {
    let mut store = school();
    assert!(!today(&store, NOON).demo);
    take(
        &mut store,
        "district",
        "district",
        json!({"name": "Invented", "demo": true}),
    );
    assert!(today(&store, NOON).demo);
}

/// Whose teacher is asked first, among those on the first screen and among those that a search finds.
fn asks(store: &Store) -> Vec<ClassId> {
    let today = today(store, NOON);
    let idea = today.ideas.first().expect("an idea");
    let asked = idea.classes.iter().filter(|one| one.ask_first);
    let asked: Vec<_> = asked.filter_map(|one| one.class).collect();
    let mut found = store.classes("grade", 9, 0).expect("it answers");
    store.mark_ask_first(&mut found, NOON).expect("it answers");
    let searched = found.iter().filter(|one| one.ask_first);
    assert_eq!(
        searched.filter_map(|one| one.class).collect::<Vec<_>>(),
        asked
    );
    asked
}

#[test]
fn a_colleague_is_told_before_the_start_whom_to_ask_first() {
    let mut store = school();
    let me = born(1).author;
    // As long as the device does not know what the observer does, it says nothing.
    assert_eq!(asks(&store), []);
    let teaches = json!({"role": "teacher", "place": {"site": site()}});
    // The entry of this observer takes the place of class 1: in these tests the two have one id.
    person(&mut store, me, json!([teaches]));
    assert_eq!(asks(&store), [2, 3].map(class_of));
    let welcome = json!({"id": me, "teachers": [teacher(2)]});
    take(&mut store, "peers_welcome", &me.to_string(), welcome);
    assert_eq!(asks(&store), [3].map(class_of));
    // Who coaches the site is no colleague there.
    let coaches = json!({"role": "coach", "place": {"site": site()}});
    person(&mut store, me, json!([teaches, coaches]));
    assert_eq!(asks(&store), []);
    // Elsewhere it is as for any colleague.
    let elsewhere = json!({"role": "coach", "place": {"site": SiteId::mint(1, [9; 10])}});
    person(&mut store, me, json!([teaches, elsewhere]));
    assert_eq!(asks(&store), [3].map(class_of));
    // Where nobody has to be asked, nobody is.
    let agreement = crate::domain::agreement::Agreement {
        version: 2,
        peer_visits_voluntary: false,
        ..crate::domain::agreement::Agreement::first()
    };
    take(&mut store, "agreement", "2", json!(agreement));
    assert_eq!(asks(&store), []);
}

#[test]
fn an_idea_whose_form_this_version_cannot_read_is_named_and_not_lost() {
    let mut store = school();
    let form = every_kind();
    let mut later = json!(form);
    let kind = later.pointer_mut("/look_fors/0/kind").expect("it has one");
    *kind = json!({"type": "photograph"});
    take(&mut store, "form", &form.form.document_id(), later);
    let now = today(&store, NOON);
    assert_eq!((now.ideas, now.unread_ideas), (vec![], vec![form.title]));
    take(
        &mut store,
        "idea",
        "sketch",
        json!({"key": "sketch", "stages": []}),
    );
    let unread = today(&store, NOON).unread_ideas;
    assert!(unread.iter().any(|title| title.en == "sketch"));
}

#[test]
fn an_agreement_that_this_version_cannot_read_puts_no_names_on_forms() {
    let mut store = school();
    let body = json!({"version": 2, "from_utc_ms": NOON.at_utc_ms, "names": "initials"});
    take(&mut store, "agreement", "2", body);
    let now = today(&store, NOON);
    assert_eq!((now.agreement.version, now.agreement.names), (2, false));
    assert_eq!(now.agreement_read, Reading::NotAtAll);
    let one_row_more = json!({"version": 3, "from_utc_ms": NOON.at_utc_ms, "names": false,
        "minutes_max": 10, "notice_from_observers": 3, "copy_within_days": 0,
        "peer_visits_voluntary": true, "words_kept_days": null,
        "withheld": [{"row": "voices", "from": "principal"}]});
    take(&mut store, "agreement", "3", one_row_more);
    let now = today(&store, NOON);
    assert_eq!((now.agreement.version, now.agreement.names), (3, false));
    assert_eq!(now.agreement_read, Reading::InPart);
}
