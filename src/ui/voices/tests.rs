#![allow(
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails, and says where"
)]

use super::*;
use crate::domain::act::welcome::{VisitWelcomed, WelcomeWithdrawn};
use crate::domain::collect::form::FormRef;
use crate::domain::collect::lesson::{Happened, LessonLogged};
use crate::domain::collect::survey::SurveyAnswered;
use crate::domain::document::{Document, SurveyAnswersDocument, SurveyDocument, WelcomeDocument};
use crate::domain::event::{Factual, Words};
use crate::domain::people::Class;
use proptest::prelude::*;

fn me() -> PersonId {
    PersonId::mint(1, [1; 10])
}

fn id(number: u8) -> EventId {
    EventId::mint(i64::from(number), [9, 9, 9, 9, 9, 9, 9, 9, 9, number])
}

fn at(number: u8) -> Moment {
    Moment {
        at_utc_ms: i64::from(number),
        offset_min: 0,
    }
}

fn day() -> Day {
    Day::of(2026, 11, 16).expect("a Monday")
}

fn form() -> FormRef {
    FormRef {
        key: "idea".into(),
        version: 2,
    }
}

fn saying(number: u8, fact: &impl Factual) -> Saying {
    let words = Words {
        salt: "0123456789abcdef".repeat(2),
        said: [(said::ADDED.to_owned(), "Twice.".to_owned())].into(),
    };
    let words = serde_json::to_string(&words).expect("words have string keys");
    Saying::of(id(number), at(number), fact, Some(words))
}

fn answers(revision: u32, answer: Option<u8>) -> SurveyAnswered {
    let answers = answer.map(|answer| ("q".to_owned(), answer));
    SurveyAnswered {
        form: form(),
        week: day(),
        revision,
        answers: answers.into_iter().collect(),
        named: false,
    }
}

fn log(revision: u32, happened: Option<Happened>) -> LessonLogged {
    LessonLogged {
        form: form(),
        class: None,
        day: day(),
        week: day(),
        revision,
        happened,
        parts: [].into(),
        went: None,
    }
}

fn body(document: &Document) -> Value {
    let json = serde_json::to_string(document).expect("documents have string keys");
    reading::body(&json).expect("it is a document")
}

fn answered(number: u8, said: SurveyAnswered, teacher: PersonId) -> Value {
    body(&Document::SurveyAnswers(SurveyAnswersDocument {
        id: id(number),
        teacher,
        at: at(number),
        said,
        added: Some("Twice.".into()),
    }))
}

#[test]
fn what_was_said_here_reads_as_what_the_feed_brings_of_it() {
    let said = saying(1, &answers(1, Some(4)));
    let here = over(Vec::new(), std::slice::from_ref(&said));
    let fed = of_document(
        Voice::Answers,
        &answered(1, answers(1, Some(4)), me()),
        me(),
    );
    let fed = over(fed.into_iter().collect(), &[said]);
    for own in [&here[0], &fed[0]] {
        assert_eq!((own.idea(), own.answer("q")), (Some("idea"), Some(4)));
        assert_eq!((own.added.as_deref(), own.revision()), (Some("Twice."), 1));
        assert_eq!(own.word("week"), Some("2026-11-16"));
    }
    assert_eq!((here[0].waits, fed[0].waits, fed.len()), (true, false, 1));
}

#[test]
fn a_correction_stands_and_what_is_taken_back_says_nothing() {
    let first = of_document(
        Voice::Answers,
        &answered(1, answers(1, Some(4)), me()),
        me(),
    );
    let first: Vec<Own> = first.into_iter().collect();
    let second = saying(2, &answers(2, Some(5)));
    let standing = over(first.clone(), std::slice::from_ref(&second));
    assert_eq!(standing.len(), 1);
    assert_eq!(standing[0].answer("q"), Some(5));
    assert_eq!(
        next_revision(&standing, |one| one.voice == Voice::Answers),
        3
    );
    let back = saying(3, &answers(3, None));
    let standing = over(first, &[second, back]);
    assert_eq!(super::said(&standing, Voice::Answers).count(), 0);
    assert_eq!(next_revision(&standing, |_| true), 4);
}

#[test]
fn what_another_teacher_says_is_not_mine() {
    let other = PersonId::mint(1, [2; 10]);
    let body = answered(1, answers(1, Some(4)), other);
    assert_eq!(of_document(Voice::Answers, &body, me()), None);
    let (teacher, answers) = named_answers(&body).expect("it says whose it is");
    assert_eq!((teacher, answers.answer("q")), (other, Some(4)));
}

#[test]
fn a_welcome_that_was_taken_back_here_is_gone_at_once() {
    let welcome = VisitWelcomed {
        site: SiteId::mint(1, [3; 10]),
        class: None,
        day: day(),
        idea: None,
        peers: false,
    };
    let document = body(&Document::Welcome(WelcomeDocument {
        id: id(1),
        teacher: me(),
        at: at(1),
        said: welcome.clone(),
        added: None,
    }));
    let fed: Vec<Own> = of_document(Voice::Welcome, &document, me())
        .into_iter()
        .collect();
    let more = saying(2, &welcome);
    assert_eq!(over(fed.clone(), std::slice::from_ref(&more)).len(), 2);
    let back = saying(3, &WelcomeWithdrawn { welcome: id(1) });
    let standing = over(fed, &[more, back]);
    assert_eq!(
        standing.iter().map(|one| one.id).collect::<Vec<_>>(),
        [id(2)]
    );
}

#[test]
fn the_questions_are_read_as_they_are_written() {
    let document = SurveyDocument {
        form: form(),
        questions: vec![Question::common()],
        team: 4,
    };
    let asked = asked(&body(&Document::Survey(document.clone()))).expect("it is read");
    assert_eq!((asked.questions, asked.team), (document.questions, 4));
}

#[test]
fn a_class_is_mine_if_i_teach_it() {
    let class = |teachers| Class {
        id: ClassId::mint(1, [5; 10]),
        site: SiteId::mint(1, [3; 10]),
        school_year: 2027,
        title: "Algebra 1".into(),
        teachers,
        room: None,
        grades: Vec::new(),
        subjects: Vec::new(),
        periods: Vec::new(),
        students: None,
    };
    let read = |teachers| own_class(&body(&Document::Class(class(teachers))), me());
    let mine = read(vec![PersonId::mint(1, [2; 10]), me()]).expect("it is mine");
    assert_eq!(
        (mine.class, &*mine.title),
        (Some(ClassId::mint(1, [5; 10])), "Algebra 1")
    );
    assert_eq!(read(Vec::new()), None);
}

proptest! {
    #[test]
    fn the_order_in_which_things_were_said_here_does_not_matter(
        said in prop::collection::vec((1u32..4, prop::option::of(0u8..5), any::<bool>()), 0..8),
        swap in any::<u64>(),
    ) {
        let mut sayings: Vec<Saying> = (1..)
            .zip(said)
            .map(|(number, (revision, answer, lesson))| match lesson {
                true => saying(number, &log(revision, answer.map(|_| Happened::Yes))),
                false => saying(number, &answers(revision, answer)),
            })
            .collect();
        let first = over(Vec::new(), &sayings);
        if !sayings.is_empty() {
            let middle = swap as usize % sayings.len();
            sayings.rotate_left(middle);
        }
        prop_assert_eq!(over(Vec::new(), &sayings), first);
    }
}
