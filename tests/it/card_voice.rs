//! What a teacher says on the light card beside thanks and a reply: each act makes the fact that the app would.

use crate::district::{District, IDEA, Member, at_site, post};
use crate::facts::{asked, named, sent, tagged};
use crate::server::{Said, client};
use lookfor::domain::act::support::Category;
use lookfor::domain::agreement::{Agreement, Withheld};
use lookfor::domain::event::{Body, said};
use lookfor::domain::hash::Sha256;
use lookfor::domain::id::EventId;
use lookfor::domain::people::{Place, Post, Role};
use lookfor::domain::place::Day;
use lookfor::domain::visibility::{Relation, Row};
use lookfor::sync::office::ideas::IDEAS_PATH;
use lookfor::text::Language;
use rstest::rstest;
use rusqlite::params;
use serde_json::{Value, json};

const EVIDENCE: &str = "The Quokka cards on each table.";
pub const SECRET: &str = "5555555555555555555555555555555555555555555555555555555555555555";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

pub fn pilot() -> Post {
    post(Role::Pilot, Place::Idea(IDEA.into()))
}

/// Today where no zone is known: by the offset of the visit.
pub fn today() -> Day {
    let now_utc_ms = chrono::Utc::now().timestamp_millis();
    Day::from_epoch((now_utc_ms - 8 * 60 * 60 * 1000).div_euclid(DAY_MS)).unwrap()
}

/// A visit that was written up, with a bright spot, and a card for it whose secret is known.
pub struct Card {
    pub district: District,
    principal: Member,
    pub teacher: Member,
    coach: Member,
    pub colleague: Member,
    pub visit: EventId,
    feedback: EventId,
    spot: EventId,
}

impl Card {
    pub async fn made() -> Self {
        Self::of(&[at_site(Role::Teacher)]).await
    }

    /// In the team that tests the idea of the visit.
    pub async fn in_team() -> Self {
        Self::tested(&[at_site(Role::Teacher), pilot()]).await
    }

    /// Whose idea is tested, by whoever.
    pub async fn tested(posts: &[Post]) -> Self {
        let card = Self::of(posts).await;
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
    pub async fn ask(&self) -> EventId {
        let question = self.principal.seal(asked(self.visit, self.spot), &[]);
        let question = self.principal.says(&self.district.server, question).await;
        self.district.settled().await;
        question
    }

    pub async fn post_from(&self, from: &str, step: &str, form: &[(&str, &str)]) -> Said {
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

    pub async fn post(&self, step: &str, form: &[(&str, &str)]) -> Said {
        self.post_from("same-origin", step, form).await
    }

    pub async fn open(&self) -> Said {
        self.post("", &[]).await
    }

    /// Fills in the form of the page and sends it; gives what was sent, too.
    pub async fn fill<'a>(
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
    pub fn facts(&self, kinds: &[&str]) -> Vec<(String, Value, String)> {
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

    pub fn count(&self, kinds: &[&str]) -> usize {
        self.facts(kinds).len()
    }
}

pub fn borrowed(form: &[(String, String)]) -> Vec<(&str, &str)> {
    let pairs = form.iter();
    pairs
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

/// The markup of the form that goes to this step, if the page has one.
pub fn form_of<'a>(text: &'a str, step: &str) -> Option<&'a str> {
    let form = &text[text.find(&format!("/{step}?lang="))?..];
    form.split("</form>").next()
}

/// What the form of this step sends by itself.
pub fn hidden(page: &Said, step: &str) -> Vec<(String, String)> {
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
    let asked = |category| format!("You asked for: {}.", Language::English.category(category));
    assert!(said.text().contains(&asked(Category::Modelling)));
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
    assert!(page.text().contains(&asked(Category::Materials)));
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
