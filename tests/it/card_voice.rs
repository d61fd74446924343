//! What a teacher says on the light card beside thanks and a reply: each act makes the fact that the app would.

use crate::district::{District, IDEA, Member, at_site, post, site};
use crate::facts::{asked, named, sent, tagged, wanted};
use crate::server::{Said, client};
use lookfor::domain::act::support::Category;
use lookfor::domain::agreement::{Agreement, Withheld};
use lookfor::domain::event::{Body, FACTS_MAX, said};
use lookfor::domain::hash::Sha256;
use lookfor::domain::id::{ClassId, EventId};
use lookfor::domain::people::{Place, Post, Role};
use lookfor::domain::place::Day;
use lookfor::domain::visibility::{Relation, Row};
use lookfor::sync::office::ideas::IDEAS_PATH;
use rstest::rstest;
use rusqlite::params;
use serde_json::{Value, json};

const EVIDENCE: &str = "The Quokka cards on each table.";
const SECRET: &str = "5555555555555555555555555555555555555555555555555555555555555555";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Every way to say something, with a form that would be taken there.
const STEPS: [&str; 4] = ["spot", "support", "week", "lesson"];

fn pilot() -> Post {
    post(Role::Pilot, Place::Idea(IDEA.into()))
}

/// Today where no zone is known: by the offset of the visit.
fn today() -> Day {
    let now_utc_ms = chrono::Utc::now().timestamp_millis();
    Day::from_epoch((now_utc_ms - 8 * 60 * 60 * 1000).div_euclid(DAY_MS)).unwrap()
}

/// A visit that was written up, with a bright spot, and a card for it whose secret is known.
struct Card {
    district: District,
    principal: Member,
    teacher: Member,
    coach: Member,
    colleague: Member,
    visit: EventId,
    feedback: EventId,
    spot: EventId,
}

impl Card {
    async fn made() -> Self {
        Self::of(&[at_site(Role::Teacher)]).await
    }

    /// In the team that tests the idea of the visit.
    async fn in_team() -> Self {
        let card = Self::of(&[at_site(Role::Teacher), pilot()]).await;
        let lead = post(Role::Lead, Place::District);
        let lead = card.district.member(6, &[lead]);
        let body = json!({ "key": IDEA, "version": 2, "state": "baseline" }).to_string();
        let kept = lead.post(&card.district.server, IDEAS_PATH, body).await;
        assert_eq!(kept.status, 200, "{}", kept.text());
        card.district.settled().await;
        card
    }

    async fn of(posts: &[Post]) -> Self {
        let district = District::open().await;
        let principal = district.member(1, &[at_site(Role::Principal)]);
        let teacher = district.member(2, posts);
        let coach = district.member(3, &[at_site(Role::Coach)]);
        let colleague = district.member(4, &[at_site(Role::Teacher)]);
        let server = &district.server;
        let visit = principal.visit(named(&teacher), "I heard pairs.");
        let visit = principal.says(server, visit).await;
        let feedback = principal.seal(sent(visit), &[(said::FEEDBACK, "You named a purpose.")]);
        let feedback = principal.says(server, feedback).await;
        let spot = principal.seal(tagged(visit), &[(said::NOTE, EVIDENCE)]);
        let spot = principal.says(server, spot).await;
        district.settled().await;
        let card = Self {
            district,
            principal,
            teacher,
            coach,
            colleague,
            visit,
            feedback,
            spot,
        };
        let sql = "insert into secret (sha256, kind, person, feedback, made_at_utc_ms, expires_utc_ms) \
                   values (?1, 'card', ?2, ?3, 0, 9000000000000)";
        let sum = Sha256::of(SECRET.as_bytes()).0;
        let (person, feedback) = (card.teacher.person.0.as_bytes(), card.feedback.0.as_bytes());
        let row = params![sum, person, feedback];
        card.district.server.stored().0.execute(sql, row).unwrap();
        card
    }

    /// The observer asks for permission.
    async fn ask(&self) -> EventId {
        let question = self.principal.seal(asked(self.visit, self.spot), &[]);
        let question = self.principal.says(&self.district.server, question).await;
        self.district.settled().await;
        question
    }

    async fn post_from(&self, from: &str, step: &str, form: &[(&str, &str)]) -> Said {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        let step = match step {
            "" => String::new(),
            step => format!("/{step}?lang=en"),
        };
        let request = client()
            .post(format!("{}/card/{SECRET}{step}", self.district.server.url))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", from)
            .body(body);
        Said::from(request).await
    }

    async fn post(&self, step: &str, form: &[(&str, &str)]) -> Said {
        self.post_from("same-origin", step, form).await
    }

    async fn open(&self) -> Said {
        self.post("", &[]).await
    }

    /// Fills in the form of the page and sends it; gives what was sent, too.
    async fn fill<'a>(
        &self,
        page: &Said,
        step: &str,
        fields: &[(&'a str, &'a str)],
    ) -> (Vec<(String, String)>, Said) {
        let mut form = hidden(page, step);
        form.extend(fields.iter().map(|(name, value)| {
            let text = page.text();
            let there = format!("name=\"{name}\"");
            assert!(
                form_of(&text, step).is_some_and(|form| form.contains(&there)),
                "{name}"
            );
            ((*name).to_owned(), (*value).to_owned())
        }));
        let said = self.post(step, &borrowed(&form)).await;
        (form, said)
    }

    /// Every fact of these kinds: kind, data, and words.
    fn facts(&self, kinds: &[&str]) -> Vec<(String, Value, String)> {
        let rows = self.district.server.stored().rows().into_iter();
        let of = rows.filter(|row| kinds.contains(&row.kind.as_str()));
        of.map(|row| {
            let body: Body = serde_json::from_slice(&row.body).unwrap();
            assert_eq!(body.author, self.teacher.person);
            let body: Value = serde_json::from_slice(&row.body).unwrap();
            let words = row.words.map(|words| String::from_utf8(words).unwrap());
            (row.kind, body["data"].clone(), words.unwrap_or_default())
        })
        .collect()
    }

    fn count(&self, kinds: &[&str]) -> usize {
        self.facts(kinds).len()
    }
}

fn borrowed(form: &[(String, String)]) -> Vec<(&str, &str)> {
    let pairs = form.iter();
    pairs
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

/// The markup of the form that goes to this step, if the page has one.
fn form_of<'a>(text: &'a str, step: &str) -> Option<&'a str> {
    let form = &text[text.find(&format!("/{step}?lang="))?..];
    form.split("</form>").next()
}

/// What the form of this step sends by itself.
fn hidden(page: &Said, step: &str) -> Vec<(String, String)> {
    let text = page.text();
    let form = form_of(&text, step).expect("the form is there");
    let inputs = form.split("<input type=\"hidden\" name=\"").skip(1);
    let pair = |input: &str| {
        let (name, rest) = input.split_once("\" value=\"").unwrap();
        let (value, _) = rest.split_once('"').unwrap();
        (name.to_owned(), value.to_owned())
    };
    inputs.map(pair).collect()
}

const PERMISSIONS: [&str; 4] = [
    "permission_asked",
    "permission_given",
    "permission_refused",
    "permission_withdrawn",
];

#[rstest]
#[case::kept_here("keep", "permission_refused", None, "You keep it here.", false)]
#[case::for_the_school(
    "school",
    "permission_given",
    Some("site"),
    "Your school may see it.",
    true
)]
#[case::for_the_district(
    "district",
    "permission_given",
    Some("district"),
    "The district may see it.",
    true
)]
#[tokio::test]
async fn who_may_see_a_bright_spot_is_asked_with_its_readers_and_answered_once(
    #[case] choice: &str,
    #[case] kind: &str,
    #[case] circle: Option<&str>,
    #[case] stands: &str,
    #[case] seen: bool,
) {
    let card = Card::made().await;
    let question = card.ask().await;
    let page = card.open().await;
    let text = page.text();
    for wanted in [
        "Another room could borrow this",
        EVIDENCE,
        "You are asked who may see it",
        "Read by you, whoever visited and the coaches of the school.",
        "And also the principal",
        "And also everybody else.",
    ] {
        assert!(text.contains(wanted), "{wanted}");
    }
    let (form, said) = card.fill(&page, "spot", &[("choice", choice)]).await;
    assert_eq!(said.status, 200, "{}", said.text());
    assert!(said.text().contains(stands), "{}", said.text());
    let mut data = json!({
        "walkthrough": card.visit, "bright_spot": card.spot, "asked": question,
    });
    if let Some(circle) = circle {
        data["circle"] = circle.into();
    }
    // The observer's question is not the teacher's fact.
    let facts = card.facts(&["permission_given", "permission_refused"]);
    assert_eq!(facts, [(kind.to_owned(), data, String::new())]);
    // The same form again, at once and when the feed has it, and another choice out of the same old page.
    card.post("spot", &borrowed(&form)).await;
    card.district.settled().await;
    let again = card.post("spot", &borrowed(&form)).await;
    assert!(again.text().contains(stands));
    let mut other = form.clone();
    other.last_mut().unwrap().1 = "district".into();
    let other = card.post("spot", &borrowed(&other)).await;
    assert!(other.text().contains(stands));
    assert_eq!(card.count(&["permission_given", "permission_refused"]), 1);
    let spots = card.colleague.kinds(&card.district.server).await;
    assert_eq!(spots.contains("bright_spot"), seen);
}

#[tokio::test]
async fn a_permission_is_taken_back_and_chosen_anew() {
    let card = Card::made().await;
    card.ask().await;
    let given = card.open().await;
    let (_, given) = card.fill(&given, "spot", &[("choice", "district")]).await;
    let (form, back) = card.fill(&given, "spot", &[("choice", "take_back")]).await;
    assert!(back.text().contains("You took it back."), "{}", back.text());
    card.post("spot", &borrowed(&form)).await;
    assert_eq!(card.count(&["permission_withdrawn"]), 1);
    card.district.settled().await;
    assert!(
        !card
            .colleague
            .kinds(&card.district.server)
            .await
            .contains("bright_spot")
    );
    let page = card.open().await;
    let (form, anew) = card.fill(&page, "spot", &[("choice", "anew")]).await;
    card.post("spot", &borrowed(&form)).await;
    let own = |kind: &str| {
        let rows = card.district.server.stored().rows().into_iter();
        rows.filter(|row| row.kind == kind).count()
    };
    assert_eq!(own("permission_asked"), 2);
    let (_, school) = card.fill(&anew, "spot", &[("choice", "school")]).await;
    assert!(school.text().contains("Your school may see it."));
    card.district.settled().await;
    assert!(
        card.colleague
            .kinds(&card.district.server)
            .await
            .contains("bright_spot")
    );
}

#[tokio::test]
async fn a_bright_spot_that_nobody_asked_about_has_no_form_and_takes_no_answer() {
    let card = Card::made().await;
    let page = card.open().await;
    assert!(form_of(&page.text(), "spot").is_none());
    let key = hidden(&page, "reply").remove(0).1;
    let spot = card.spot.to_string();
    for choice in ["keep", "school", "district", "take_back", "anew"] {
        let form = [("key", &*key), ("spot", &*spot), ("choice", choice)];
        assert_eq!(card.post("spot", &form).await.status, 404);
    }
    assert_eq!(card.count(&PERMISSIONS), 0);
}

#[tokio::test]
async fn the_spot_of_another_visit_is_refused() {
    let card = Card::made().await;
    let server = &card.district.server;
    // One about the same teacher, and one about somebody else; both are asked about.
    let mut others = Vec::new();
    for whom in [&card.teacher, &card.colleague] {
        let visit = card.principal.visit(named(whom), "I saw pairs.");
        let visit = card.principal.says(server, visit).await;
        let spot = card
            .principal
            .seal(tagged(visit), &[(said::NOTE, "Wombat")]);
        let spot = card.principal.says(server, spot).await;
        let question = card.principal.seal(asked(visit, spot), &[]);
        card.principal.says(server, question).await;
        others.push(spot.to_string());
    }
    card.ask().await;
    let page = card.open().await;
    assert!(!page.text().contains("Wombat"));
    let key = hidden(&page, "spot").remove(0).1;
    others.extend([EventId::mint(3, [3; 10]).to_string(), "everything".into()]);
    for spot in others {
        let form = [("key", &*key), ("spot", &*spot), ("choice", "district")];
        let status = card.post("spot", &form).await.status;
        assert!(matches!(status, 400 | 404), "{status}");
    }
    assert_eq!(card.count(&["permission_given"]), 0);
}

#[tokio::test]
async fn support_goes_to_the_coach_and_the_card_says_what_was_asked_for() {
    let card = Card::made().await;
    let page = card.open().await;
    assert!(
        page.text()
            .contains("The coaches of your school see it with your name.")
    );
    let (form, said) = card.fill(&page, "support", &[("want", "modelling")]).await;
    assert_eq!(said.status, 200);
    assert!(
        said.text().contains("You asked for: seeing it done."),
        "{}",
        said.text()
    );
    card.post("support", &borrowed(&form)).await;
    card.district.settled().await;
    let page = card.post("support", &borrowed(&form)).await;
    let data = json!({ "walkthrough": card.visit, "category": "modelling" });
    let facts = card.facts(&["support_wanted"]);
    assert_eq!(facts, [("support_wanted".to_owned(), data, String::new())]);
    assert!(
        card.coach
            .kinds(&card.district.server)
            .await
            .contains("support")
    );
    assert!(
        !card
            .colleague
            .kinds(&card.district.server)
            .await
            .contains("support")
    );
    // A second kind, out of a fresh page; and the first is not needed any more.
    let (_, page) = card.fill(&page, "support", &[("want", "materials")]).await;
    let (form, page) = card.fill(&page, "support", &[("done", "modelling")]).await;
    assert!(
        page.text().contains("You asked for: materials."),
        "{}",
        page.text()
    );
    card.post("support", &borrowed(&form)).await;
    assert_eq!(
        (
            card.count(&["support_wanted"]),
            card.count(&["support_given"])
        ),
        (2, 1)
    );
}

#[tokio::test]
async fn what_the_coach_may_not_see_is_not_asked_for_on_a_card() {
    let card = Card::made().await;
    card.district.agree(&Agreement {
        version: 2,
        from_utc_ms: 1,
        withheld: vec![Withheld {
            row: Row::Support,
            from: Relation::Coach,
        }],
        ..Agreement::first()
    });
    card.district.settled().await;
    let page = card.open().await;
    assert!(form_of(&page.text(), "support").is_none());
    let key = hidden(&page, "reply").remove(0).1;
    let form = [("key", &*key), ("want", "materials")];
    assert_eq!(card.post("support", &form).await.status, 404);
    assert_eq!(card.count(&["support_wanted"]), 0);
}

#[tokio::test]
async fn an_agreement_without_names_is_kept_in_what_is_promised() {
    let card = Card::made().await;
    card.district.agree(&Agreement {
        version: 2,
        from_utc_ms: 1,
        names: false,
        ..Agreement::first()
    });
    card.district.settled().await;
    let text = card.open().await.text();
    assert!(text.contains("The coaches of your school see it without your name."));
}

#[tokio::test]
async fn the_questions_of_the_week_are_for_the_team_alone() {
    let card = Card::made().await;
    let page = card.open().await;
    for step in ["week", "lesson"] {
        assert!(form_of(&page.text(), step).is_none(), "{step}");
    }
    let key = hidden(&page, "reply").remove(0).1;
    let (week, today) = (today().week(1).to_string(), today().to_string());
    let form = [("key", &*key), ("week", &*week), ("q.fits-my-period", "4")];
    assert_eq!(card.post("week", &form).await.status, 404);
    let form = [("key", &*key), ("day", &*today), ("happened", "yes")];
    assert_eq!(card.post("lesson", &form).await.status, 404);
    assert_eq!(card.count(&["survey_answered", "lesson_logged"]), 0);
}

#[tokio::test]
async fn the_questions_of_the_week_are_answered_once_and_corrected_by_saying_again() {
    let card = Card::in_team().await;
    let page = card.open().await;
    let text = page.text();
    // A small pilot is told before it answers.
    let told = text.find("answers cannot be anonymous").unwrap();
    assert!(told < text.find("q.fits-my-period").unwrap());
    let first = [
        ("q.fits-my-period", "2"),
        ("q.lessons-used", "0"),
        ("added", " It <fits>. "),
    ];
    let (form, said) = card.fill(&page, "week", &first).await;
    assert_eq!(said.status, 200, "{}", said.text());
    card.post("week", &borrowed(&form)).await;
    card.district.settled().await;
    let said = card.post("week", &borrowed(&form)).await;
    assert!(
        said.text().contains("You answered this week."),
        "{}",
        said.text()
    );
    let facts = card.facts(&["survey_answered"]);
    let data = json!({
        "form": { "key": IDEA, "version": 2 },
        "week": today().week(1).to_string(),
        "revision": 1,
        "answers": { "fits-my-period": 2, "lessons-used": 0 },
    });
    assert_eq!(facts.len(), 1);
    assert_eq!(
        (&facts[0].1, facts[0].2.contains("\"It <fits>.\"")),
        (&data, true)
    );
    // Whoever has the link does not read what was answered.
    let page = card.open().await;
    let text = page.text();
    assert!(!text.contains("fits&gt;") && !form_of(&text, "week").unwrap().contains(" checked"));
    // The same words out of a fresh page are the same answer; others are the next one.
    card.fill(&page, "week", &first).await;
    assert_eq!(card.count(&["survey_answered"]), 1);
    let second = [("q.fits-my-period", "5"), ("named", "yes")];
    card.fill(&page, "week", &second).await;
    let facts = card.facts(&["survey_answered"]);
    let data = json!({
        "form": { "key": IDEA, "version": 2 },
        "week": today().week(1).to_string(),
        "revision": 2,
        "answers": { "fits-my-period": 5 },
        "named": true,
    });
    assert_eq!(facts.len(), 2);
    assert_eq!((&facts[1].1, facts[1].2.as_str()), (&data, ""));
    // The first form once more: it was said before, and what came after it stands.
    let late = card.post("week", &borrowed(&form)).await;
    assert!(
        late.text().contains("This was sent before"),
        "{}",
        late.text()
    );
    assert_eq!(card.count(&["survey_answered"]), 2);
    card.district.settled().await;
    let own = card.teacher.documents(&card.district.server).await;
    let own = serde_json::to_string(&own).unwrap();
    assert!(own.contains("\"fits-my-period\":5") && !own.contains("\"fits-my-period\":2"));
}

#[rstest]
#[case::of_nothing(&[("added", "words alone")], "choose an answer first", "words alone")]
#[case::with_too_many_words(&[("q.fits-my-period", "4"), ("added", LONG)], "501 characters", LONG)]
#[tokio::test]
async fn an_answer_is_not_taken_and_what_was_chosen_stays(
    #[case] fields: &[(&str, &str)],
    #[case] why: &str,
    #[case] kept: &str,
) {
    let card = Card::in_team().await;
    let page = card.open().await;
    let (form, said) = card.fill(&page, "week", fields).await;
    assert_eq!(said.status, 400);
    assert!(
        said.text().contains(why) && said.text().contains(kept),
        "{}",
        said.text()
    );
    let chosen = form.iter().any(|(name, _)| name.starts_with("q."));
    assert_eq!(said.text().contains("value=\"4\" checked"), chosen);
    assert_eq!(card.count(&["survey_answered"]), 0);
}

const LONG: &str = match str::from_utf8(&[b'x'; 501]) {
    Ok(text) => text,
    Err(_) => "",
};

#[rstest]
#[case::of_another_question("q.moon", "1")]
#[case::that_nobody_offers("q.fits-my-period", "6")]
#[case::that_is_no_number("q.fits-my-period", "much")]
#[case::of_a_week_long_ago("week", "2020-01-06")]
#[case::of_no_week("week", "soon")]
#[tokio::test]
async fn an_answer_is_refused(#[case] name: &str, #[case] value: &str) {
    let card = Card::in_team().await;
    let page = card.open().await;
    let mut form = hidden(&page, "week");
    form.retain(|(known, _)| known != name);
    let mut form = borrowed(&form);
    form.extend([("q.lessons-used", "3"), (name, value)]);
    assert_eq!(card.post("week", &form).await.status, 400);
    assert_eq!(card.count(&["survey_answered"]), 0);
}

/// Puts a class of these teachers into the store.
fn class(card: &Card, number: u8, title: &str, teacher: &Member) -> ClassId {
    let class = ClassId::mint(1, [number; 10]);
    let store = card.district.server.stored().0;
    let sql = "insert or ignore into site (id, name) values (?1, 'A site')";
    store.execute(sql, [site(1).0.as_bytes()]).unwrap();
    let sql = "insert into class (id, site, school_year, title) values (?1, ?2, 2027, ?3)";
    let site = site(1);
    let row = params![class.0.as_bytes(), site.0.as_bytes(), title];
    store.execute(sql, row).unwrap();
    let row = params![class.0.as_bytes(), teacher.person.0.as_bytes()];
    store
        .execute("insert into class_teacher values (?1, ?2)", row)
        .unwrap();
    class
}

#[tokio::test]
async fn a_lesson_is_logged_once_and_said_again_it_replaces() {
    let card = Card::in_team().await;
    let own = class(&card, 41, "Period 3", &card.teacher);
    let page = card.open().await;
    let day = today().to_string();
    let chosen = [("day", &*day), ("happened", "partly"), ("went", "mixed")];
    let (form, said) = card.fill(&page, "lesson", &chosen).await;
    assert_eq!(said.status, 200, "{}", said.text());
    card.post("lesson", &borrowed(&form)).await;
    card.district.settled().await;
    card.post("lesson", &borrowed(&form)).await;
    let data = |revision: u32, happened: &str| {
        json!({
            "form": { "key": IDEA, "version": 2 },
            "class": own,
            "day": day,
            "week": today().week(1).to_string(),
            "revision": revision,
            "happened": happened,
        })
    };
    let mut first = data(1, "partly");
    first["went"] = "mixed".into();
    let facts = card.facts(&["lesson_logged"]);
    assert_eq!(facts, [("lesson_logged".to_owned(), first, String::new())]);
    let page = card.open().await;
    // Of a lesson in which nothing of it happened, nothing else is said.
    let chosen = [("day", &*day), ("happened", "no"), ("went", "hard")];
    card.fill(&page, "lesson", &chosen).await;
    let facts = card.facts(&["lesson_logged"]);
    assert_eq!((facts.len(), &facts[1].1), (2, &data(2, "no")));
}

#[rstest]
#[case::of_nothing(&[], 400)]
#[case::of_last_month(&[("day", "2020-01-06"), ("happened", "yes")], 400)]
#[case::of_a_class_of_somebody_else(&[("class", "x"), ("happened", "yes")], 400)]
#[case::of_a_part_that_is_none(&[("part.moon", "yes"), ("happened", "yes")], 400)]
#[tokio::test]
async fn a_log_is_refused(#[case] fields: &[(&str, &str)], #[case] status: u16) {
    let card = Card::in_team().await;
    class(&card, 41, "Period 3", &card.teacher);
    let other = class(&card, 42, "Zebra class", &card.colleague).to_string();
    let page = card.open().await;
    assert!(!page.text().contains("Zebra"));
    let day = today().to_string();
    let mut form = hidden(&page, "lesson");
    let said = |name: &str| fields.iter().any(|(said, _)| *said == name);
    form.retain(|(name, _)| !said(name));
    let mut form = borrowed(&form);
    form.extend((!said("day")).then_some(("day", &*day)));
    form.extend(fields.iter().map(|(name, value)| match *name {
        "class" => ("class", &*other),
        name => (name, *value),
    }));
    assert_eq!(card.post("lesson", &form).await.status, status);
    assert_eq!(card.count(&["lesson_logged"]), 0);
}

#[tokio::test]
async fn of_several_classes_one_is_chosen() {
    let card = Card::in_team().await;
    class(&card, 41, "Period 3", &card.teacher);
    let second = class(&card, 42, "Period 4 <b>", &card.teacher).to_string();
    let page = card.open().await;
    assert!(page.text().contains("Period 4 &lt;b&gt;"));
    let day = today().to_string();
    let chosen = [("class", &*second), ("day", &*day), ("happened", "yes")];
    card.fill(&page, "lesson", &chosen).await;
    let facts = card.facts(&["lesson_logged"]);
    assert_eq!(facts[0].1["class"], second.as_str());
}

/// Something for each step that a card of the team would take.
async fn forms(card: &Card) -> Vec<(&'static str, Vec<(String, String)>)> {
    let page = card.open().await;
    let today = today().to_string();
    let fields = |step| match step {
        "spot" => [("choice", "school")].to_vec(),
        "support" => [("want", "materials")].to_vec(),
        "week" => [("q.fits-my-period", "3")].to_vec(),
        _ => [("happened", "yes"), ("day", &*today)].to_vec(),
    };
    let form = |step| {
        let mut form = hidden(&page, step);
        let fields = fields(step).into_iter();
        form.extend(fields.map(|(name, value)| (name.to_owned(), value.to_owned())));
        (step, form)
    };
    STEPS.into_iter().map(form).collect()
}

const SAID: [&str; 4] = [
    "permission_given",
    "support_wanted",
    "survey_answered",
    "lesson_logged",
];

#[rstest]
#[case::expired("update secret set expires_utc_ms = 5 where kind = 'card'")]
#[case::revoked("update secret set revoked_at_utc_ms = 5 where kind = 'card'")]
#[case::unknown("delete from secret where kind = 'card'")]
#[case::of_who_has_left("update person set left_at_utc_ms = 5")]
#[tokio::test]
async fn a_link_that_is_not_good_makes_nothing(#[case] sql: &str) {
    let card = Card::in_team().await;
    card.ask().await;
    let forms = forms(&card).await;
    card.district.server.stored().0.execute(sql, []).unwrap();
    for (step, form) in forms {
        assert_eq!(
            card.post(step, &borrowed(&form)).await.status,
            410,
            "{step}"
        );
    }
    assert_eq!(card.count(&SAID), 0);
}

#[rstest]
#[case::another_site("cross-site")]
#[case::a_neighbour("same-site")]
#[tokio::test]
async fn only_the_card_itself_says_something(#[case] from: &str) {
    let card = Card::in_team().await;
    card.ask().await;
    for (step, form) in forms(&card).await {
        let said = card.post_from(from, step, &borrowed(&form)).await;
        assert_eq!(said.status, 403, "{step}");
    }
    assert_eq!(card.count(&SAID), 0);
    // The same forms are good where they come from.
    for (step, form) in forms(&card).await {
        assert_eq!(
            card.post(step, &borrowed(&form)).await.status,
            200,
            "{step}"
        );
    }
    assert_eq!(card.count(&SAID), 4);
}

#[tokio::test]
async fn a_form_without_its_key_says_nothing() {
    let card = Card::in_team().await;
    card.ask().await;
    for (step, mut form) in forms(&card).await {
        form.retain(|(name, _)| name != "key");
        assert_eq!(
            card.post(step, &borrowed(&form)).await.status,
            400,
            "{step}"
        );
    }
    assert_eq!(card.count(&SAID), 0);
}

#[tokio::test]
async fn whoever_left_the_team_is_asked_nothing_any_more() {
    let card = Card::in_team().await;
    card.ask().await;
    let forms = forms(&card).await;
    card.district.take_back(&card.teacher, &pilot());
    card.district.settled().await;
    for (step, form) in &forms[2..] {
        assert_eq!(card.post(step, &borrowed(form)).await.status, 404, "{step}");
    }
    assert_eq!(card.count(&["survey_answered", "lesson_logged"]), 0);
}

#[tokio::test]
async fn a_card_says_no_more_about_one_visit_than_a_device_could() {
    let card = Card::made().await;
    let page = card.open().await;
    // As if the teacher had said nearly all that anybody may say about one visit.
    for _ in 1..FACTS_MAX {
        let fact = wanted(card.visit, Category::Content);
        let event = card.teacher.seal(fact, &[]);
        card.teacher.says(&card.district.server, event).await;
    }
    card.district.settled().await;
    let form = hidden(&page, "support");
    let mut form = borrowed(&form);
    form.push(("want", "language"));
    assert_eq!(card.post("support", &form).await.status, 400);
    let wanted = card.facts(&["support_wanted"]);
    assert!(
        wanted
            .iter()
            .all(|(_, data, _)| data["category"] == "content")
    );
}

#[tokio::test]
async fn the_teacher_sees_when_it_was_opened() {
    let card = Card::made().await;
    for _ in 0..2 {
        assert!(card.open().await.text().contains("You opened it on "));
        card.district.settled().await;
    }
}

#[rstest]
#[case::in_english("en", "Ask for support", "This week’s questions", "Log a lesson")]
#[case::in_spanish("es", "Pedir apoyo", "Las preguntas de la semana", "Anotar una clase")]
#[tokio::test]
async fn a_card_with_all_there_is_to_say_is_folded_light_and_without_script(
    #[case] language: &str,
    #[case] support: &str,
    #[case] week: &str,
    #[case] lesson: &str,
) {
    let card = Card::in_team().await;
    card.ask().await;
    let url = format!("{}/card/{SECRET}?lang={language}", card.district.server.url);
    let page = Said::from(client().post(url)).await;
    let text = page.text();
    for wanted in [support, week, lesson] {
        assert!(text.contains(wanted), "{wanted}");
    }
    for banned in [
        "<script", "style=", "<style", "onclick", "http://", "https://",
    ] {
        assert!(!text.contains(banned), "{banned}");
    }
    // What waits for the teacher is open, and nothing else is.
    assert_eq!(text.matches("<details open").count(), 1);
    assert_eq!(
        text.matches("<details").count(),
        text.matches("</details>").count()
    );
    // The first screen is what it was: thanks and a reply stand before all of it.
    assert!(text.find("/reply?lang=").unwrap() < text.find("<details").unwrap());
    let at = text.find("/card.css?").unwrap();
    let style = &text[at..at + text[at..].find('"').unwrap()];
    let style = card.district.server.get(style).await;
    let whole = page.body.len() + style.body.len();
    assert!(whole < 30_000, "{whole}");
    // No id is there twice, and every label has its field.
    let ids: Vec<&str> = text
        .split(" id=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len());
    for named in text.split("aria-describedby=\"").skip(1) {
        for id in named.split('"').next().unwrap().split(' ') {
            assert!(ids.contains(&id), "{id}");
        }
    }
    assert_eq!(
        text.matches("<fieldset").count(),
        text.matches("<legend").count()
    );
}
