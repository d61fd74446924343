//! The questions of the week and the lesson log on the light card, for whoever tests the idea of the visit.

use crate::card_voice::{Card, borrowed, form_of, hidden, today};
use crate::district::{IDEA, Member, at_site, site};
use lookfor::domain::id::ClassId;
use lookfor::domain::people::Role;
use rstest::rstest;
use rusqlite::params;
use serde_json::json;

#[tokio::test]
async fn the_questions_of_the_week_are_for_the_team_alone() {
    let card = Card::tested(&[at_site(Role::Teacher)]).await;
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
