//! What a teacher answers to the record itself, as far as the fold hears it.

use super::*;

fn to_the_record(number: u8, author: u8) -> Read {
    let answered = FeedbackAnswered {
        walkthrough: id(0),
        feedback: id(0),
        answer: Reaction::Reply,
    };
    let mut read = read(number, author, answered);
    read.said = BTreeMap::from([(said::REPLY.to_owned(), format!("reply {number}"))]);
    read
}

#[test]
fn a_record_without_feedback_is_answered_by_its_teacher_alone() {
    let events = [
        named(),
        to_the_record(1, TEACHER),
        to_the_record(2, OBSERVER),
        to_the_record(3, COACH),
        to_the_record(4, TEACHER_TOO),
    ];
    let story = Story::of(id(0), &events, &people(), &agreements()).expect("the visit is there");
    let said: Vec<_> = story.answers.iter().map(|answer| &answer.text).collect();
    let wanted = [1, 4].map(|number| Some(format!("reply {number}")));
    assert_eq!(said, wanted.iter().collect::<Vec<_>>());
    assert!(story.feedback.is_empty());
}

#[test]
fn an_answer_to_feedback_is_none_to_the_record() {
    let answered = FeedbackAnswered {
        walkthrough: id(0),
        feedback: id(1),
        answer: Reaction::Thanks,
    };
    let events = [
        named(),
        read(1, OBSERVER, FeedbackSent { walkthrough: id(0) }),
        read(2, TEACHER, answered),
    ];
    let story = Story::of(id(0), &events, &people(), &agreements()).expect("the visit is there");
    assert!(story.answers.is_empty());
    assert_eq!(story.feedback[0].answers.len(), 1);
}
