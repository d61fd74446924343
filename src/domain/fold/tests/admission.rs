//! Who may visit whom, and what the agreement of the day says of a visit.

use super::*;
use crate::domain::agreement::Agreement;

/// A change idea that is not the one of the visit's form.
const OTHER_IDEA: &str = "wait-time";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn elsewhere() -> SiteId {
    SiteId::mint(1, [2; 10])
}

/// Where a post of a case is: at the visit's site, at another, on the visit's idea, on another, the district.
fn post(role: Role, place: &str) -> Post {
    let place = match place {
        "here" => Place::Site(site()),
        "elsewhere" => Place::Site(elsewhere()),
        "idea" => Place::Idea(Form::three_reads().form.key),
        "other idea" => Place::Idea(OTHER_IDEA.into()),
        _ => Place::District,
    };
    let post = Post { role, place };
    assert!(post.fits());
    post
}

/// People of whom nobody coaches: the observer's posts, and the teacher's.
fn with_posts(observer: &[Post], teacher: &[Post]) -> People {
    let observer = observer.iter().map(|post| (person(OBSERVER), post, false));
    let teacher = teacher.iter().map(|post| (person(TEACHER), post, false));
    let posts = observer.chain(teacher);
    let posts = posts.map(|(person, post, now)| (person, post.clone(), now));
    People::of(Merges::default(), posts)
}

fn yes() -> [(PersonId, i64); 1] {
    [(person(TEACHER), i64::MAX)]
}

fn of(visit: &Read, people: &People, agreement: Agreement) -> Story {
    let events = [
        visit.clone(),
        read(1, OBSERVER, FeedbackSent { walkthrough: id(0) }),
    ];
    let agreements = Agreements::of(vec![agreement]);
    Story::of(id(0), &events, people, &agreements).expect("the visit is there")
}

fn says_no(field: &str) -> Problem {
    Problem::AgreementSaysNo {
        field: field.into(),
    }
}

#[rstest]
#[case::principal(&[post(Role::Principal, "here")], true)]
#[case::coach(&[post(Role::Coach, "here")], true)]
#[case::lead(&[post(Role::Lead, "district")], true)]
#[case::admin(&[post(Role::Admin, "district")], true)]
#[case::a_teacher_of_the_site(&[post(Role::Teacher, "here")], true)]
#[case::of_the_team(&[post(Role::Pilot, "idea")], true)]
#[case::nobody(&[], false)]
#[case::principal_elsewhere(&[post(Role::Principal, "elsewhere")], false)]
#[case::coach_elsewhere(&[post(Role::Coach, "elsewhere")], false)]
#[case::teacher_elsewhere(&[post(Role::Teacher, "elsewhere")], false)]
#[case::of_another_team(&[post(Role::Pilot, "other idea")], false)]
fn who_has_or_had_a_role_for_it_may_visit_and_nobody_else(
    #[case] observer: &[Post],
    #[case] may: bool,
) {
    let teacher = [post(Role::Teacher, "here"), post(Role::Pilot, "idea")];
    let people = with_posts(observer, &teacher).with_consent(yes());
    let story = of(&named(), &people, Agreement::first());
    let wanted = (!may).then_some(Problem::NotAllowed);
    assert_eq!(story.refused, wanted);
    assert_eq!(story.feedback.len(), usize::from(may));
}

#[rstest]
#[case::who_teaches_here(&[post(Role::Teacher, "here")], true)]
#[case::who_teaches_elsewhere(&[post(Role::Teacher, "elsewhere")], false)]
#[case::who_leads_here(&[post(Role::Principal, "here")], false)]
#[case::an_id_that_nobody_knows(&[], false)]
fn only_who_teaches_or_taught_at_the_site_is_visited_there(
    #[case] teacher: &[Post],
    #[case] may: bool,
) {
    let people = with_posts(&[post(Role::Principal, "here")], teacher);
    let story = of(&named(), &people, Agreement::first());
    assert_eq!(story.refused, (!may).then_some(Problem::NotAllowed));
    assert_eq!(story.counted_teacher.is_some(), may);
}

#[test]
fn who_was_only_met_counts_as_nobody_until_the_office_knows_them() {
    let merged = PersonMerged {
        from: person(TEACHER_TOO),
        into: person(TEACHER),
    };
    let posts = [
        (person(OBSERVER), post(Role::Principal, "here"), true),
        (person(TEACHER_TOO), post(Role::Teacher, "here"), true),
    ];
    let people = |of_office: Option<PersonId>| {
        let people = People::of(Merges::of([&merged]), posts.clone());
        let people = people.with_met([person(TEACHER_TOO)], of_office);
        of(&named(), &people, Agreement::first())
    };
    assert_eq!(
        (people(None).refused, people(None).counted_teacher),
        (None, None)
    );
    let known = people(Some(person(TEACHER)));
    assert_eq!(known.counted_teacher, Some(person(TEACHER)));
}

#[test]
fn a_team_visits_those_who_are_in_it() {
    let pilot = [post(Role::Pilot, "idea")];
    let people = with_posts(&pilot, &[post(Role::Teacher, "here")]).with_consent(yes());
    let story = of(&named(), &people, Agreement::first());
    assert_eq!(story.refused, Some(Problem::NotAllowed));
}

#[rstest]
#[case::no_yes(None, 0, false)]
#[case::yes(Some(i64::MAX), 0, true)]
#[case::taken_back_after_the_visit(Some(1), 0, true)]
#[case::taken_back_before_it(Some(-1), 0, false)]
#[case::taken_back_at_that_moment(Some(0), 0, false)]
fn a_yes_to_peers_covers_what_was_before_it_was_taken_back(
    #[case] until_days: Option<i64>,
    #[case] day: i64,
    #[case] covered: bool,
) {
    let until = until_days.map(|days| match days {
        i64::MAX => i64::MAX,
        days => NOON.at_utc_ms + (day + days) * DAY_MS,
    });
    let people = with_posts(
        &[post(Role::Teacher, "here")],
        &[post(Role::Teacher, "here")],
    )
    .with_consent(until.map(|until| (person(TEACHER), until)));
    let story = of(&named(), &people, Agreement::first());
    let no = says_no("peer_visits_voluntary");
    assert_eq!(story.refused, (!covered).then(|| no.clone()));
    assert_eq!(story.breaks, Vec::from_iter((!covered).then_some(no)));
    // Where the agreement does not make it voluntary, nobody is asked.
    let free = Agreement {
        peer_visits_voluntary: false,
        ..Agreement::first()
    };
    assert_eq!(of(&named(), &people, free).refused, None);
}

/// The device's clock is the peer's own: when the server has a visit is not.
#[rstest]
#[case::received_before_it_was_taken_back(0, -1, true)]
#[case::a_clock_that_is_set_back(-60, 1, false)]
#[case::recorded_before_and_sent_after(-1, 1, false)]
fn a_yes_covers_what_the_server_had_before_it_was_taken_back(
    #[case] at_days: i64,
    #[case] received_days: i64,
    #[case] covered: bool,
) {
    let teaches = [post(Role::Teacher, "here")];
    let until = [(person(TEACHER), NOON.at_utc_ms)];
    let people = with_posts(&teaches, &teaches).with_consent(until);
    let visit = Read {
        at: Moment {
            at_utc_ms: NOON.at_utc_ms + at_days * DAY_MS,
            ..NOON
        },
        received_at_utc_ms: NOON.at_utc_ms + received_days * DAY_MS,
        ..named()
    };
    let story = of(&visit, &people, Agreement::first());
    let no = says_no("peer_visits_voluntary");
    assert_eq!(story.refused, (!covered).then_some(no));
}

#[rstest]
#[case::short_and_alone(1, false, 10, &[], false)]
#[case::too_long(1, false, 11, &["minutes_max"], false)]
#[case::a_group_with_notice(3, true, 5, &[], false)]
#[case::a_group_without_notice(3, false, 5, &["notice_from_observers"], true)]
#[case::both(4, false, 30, &["notice_from_observers", "minutes_max"], true)]
fn a_visit_says_which_rules_of_the_agreement_it_breaks(
    #[case] observers: u8,
    #[case] notice_given: bool,
    #[case] minutes: u16,
    #[case] breaks: &[&str],
    #[case] refused: bool,
) {
    let mut visit = named();
    if let Fact::WalkthroughSubmitted(walkthrough) = &mut visit.fact
        && let Some(setting) = &mut walkthrough.setting
    {
        setting.observers = observers;
        setting.notice_given = notice_given;
        setting.minutes = minutes;
    }
    let story = of(&visit, &people(), Agreement::first());
    let breaks: Vec<Problem> = breaks.iter().map(|field| says_no(field)).collect();
    assert_eq!(story.refused, breaks.first().filter(|_| refused).cloned());
    assert_eq!(story.breaks, breaks);
    assert_eq!(story.feedback.is_empty(), refused);
}

#[test]
fn a_name_where_forms_carry_none_is_noted_and_the_visit_counts() {
    let nameless = Agreement {
        names: false,
        ..Agreement::first()
    };
    let story = of(&named(), &people(), nameless);
    assert_eq!(story.refused, None);
    assert_eq!(story.breaks, [says_no("names")]);
}

#[rstest]
#[case::who_leads_the_site(&[post(Role::Principal, "here")], true, true)]
#[case::a_teacher_of_the_site(&[post(Role::Teacher, "here")], false, true)]
#[case::a_pilot_before_it_is_taken(&[post(Role::Pilot, "idea")], false, true)]
#[case::a_stranger(&[post(Role::Teacher, "elsewhere")], false, false)]
fn a_numbered_visit_is_looked_at_for_its_site_and_then_for_who_took_it(
    #[case] observer: &[Post],
    #[case] at_first: bool,
    #[case] when_taken: bool,
) {
    let teacher = [post(Role::Teacher, "here"), post(Role::Pilot, "idea")];
    let people = with_posts(observer, &teacher);
    let code = ClaimCode::mint([7; 10]);
    let visit = visit(Whom::Numbered {
        claim_sha256: code.sha256(),
    });
    let refused = |events: &[Read]| {
        let story = Story::of(id(0), events, &people, &agreements());
        story.expect("the visit is there").refused.is_some()
    };
    assert_eq!(refused(std::slice::from_ref(&visit)), !at_first);
    // Who takes a visit has said yes to it.
    assert_eq!(
        refused(&[visit, claim(1, TEACHER, TEACHER, &code)]),
        !when_taken
    );
}

#[rstest]
#[case::anybody_who_works_here(&[post(Role::Teacher, "elsewhere")], true)]
#[case::nobody(&[], false)]
fn a_visit_that_does_not_say_where_counts_for_who_works_in_the_district(
    #[case] observer: &[Post],
    #[case] may: bool,
) {
    let mut visit = named();
    if let Fact::WalkthroughSubmitted(walkthrough) = &mut visit.fact {
        walkthrough.setting = None;
    }
    let story = of(&visit, &with_posts(observer, &[]), Agreement::first());
    assert_eq!(story.refused, (!may).then_some(Problem::NotAllowed));
}

#[rstest]
#[case::on_its_day(0, 0, false)]
#[case::a_clock_that_is_set_forward(30, 0, false)]
#[case::a_clock_that_is_set_back(-300, 0, false)]
#[case::recorded_before_and_sent_after(5, 20, false)]
#[case::recorded_and_sent_under_the_new_one(20, 20, true)]
fn the_agreement_of_a_visit_is_one_of_the_days_between_which_it_can_have_been(
    #[case] at_days: i64,
    #[case] received_days: i64,
    #[case] breaks: bool,
) {
    let visit = Read {
        at: Moment {
            at_utc_ms: NOON.at_utc_ms + at_days * DAY_MS,
            ..NOON
        },
        received_at_utc_ms: NOON.at_utc_ms + received_days * DAY_MS,
        ..named()
    };
    let since = |version, days: i64, minutes_max| Agreement {
        version,
        from_utc_ms: NOON.at_utc_ms + days * DAY_MS,
        minutes_max,
        ..Agreement::first()
    };
    // The visit of five minutes breaks only what held long ago, and what will hold.
    let agreements = Agreements::of(vec![
        since(1, -3_000, 4),
        since(2, -100, 5),
        since(3, 10, 4),
    ]);
    let story = Story::of(id(0), &[visit], &people(), &agreements).expect("the visit is there");
    assert_eq!(!story.breaks.is_empty(), breaks);
}

proptest! {
    /// What is known of people makes a visit count or not; it never changes what was recorded.
    #[test]
    fn what_is_refused_loses_nothing_of_the_record(
        observer in 0usize..8,
        teacher in 0usize..8,
        observers in 1u8..5,
        minutes in 1u16..30,
        consent: bool,
    ) {
        let posts = [
            None,
            Some(post(Role::Teacher, "here")),
            Some(post(Role::Teacher, "elsewhere")),
            Some(post(Role::Principal, "here")),
            Some(post(Role::Coach, "elsewhere")),
            Some(post(Role::Pilot, "idea")),
            Some(post(Role::Pilot, "other idea")),
            Some(post(Role::Lead, "district")),
        ];
        let some = |number: usize| Vec::from_iter(posts[number].clone());
        let people = with_posts(&some(observer), &some(teacher))
            .with_consent(yes().into_iter().filter(|_| consent));
        let mut visit = named();
        if let Fact::WalkthroughSubmitted(walkthrough) = &mut visit.fact
            && let Some(setting) = &mut walkthrough.setting
        {
            (setting.observers, setting.minutes) = (observers, minutes);
        }
        let story = of(&visit, &people, Agreement::first());
        prop_assert_eq!(story.note.as_deref(), Some("note 0"));
        prop_assert_eq!(story.rated, rated(Rating::Seen));
        prop_assert_eq!(story.feedback.is_empty(), story.refused.is_some());
        if story.refused.is_some() && story.refused != Some(Problem::NotAllowed) {
            prop_assert!(story.breaks.contains(&story.refused.expect("it is there")));
        }
    }
}

#[rstest]
#[case::a_peer(Role::Teacher, Agreement::first(), true)]
#[case::who_leads_the_site(Role::Principal, Agreement::first(), false)]
#[case::a_peer_where_forms_have_no_names(
    Role::Teacher, Agreement { names: false, ..Agreement::first() }, false
)]
#[case::a_peer_where_nobody_is_asked(
    Role::Teacher, Agreement { peer_visits_voluntary: false, ..Agreement::first() }, false
)]
fn a_number_is_no_way_round_asking_where_forms_may_name_the_teacher(
    #[case] role: Role,
    #[case] agreement: Agreement,
    #[case] refused: bool,
) {
    let people = with_posts(&[post(role, "here")], &[post(Role::Teacher, "here")]);
    let numbered = visit(Whom::Numbered {
        claim_sha256: ClaimCode::mint([7; 10]).sha256(),
    });
    let story = of(&numbered, &people, agreement);
    let no = refused.then(|| says_no("peer_visits_voluntary"));
    assert_eq!(story.refused, no);
    assert_eq!(story.feedback.is_empty(), refused);
}
