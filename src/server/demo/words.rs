//! What invented people write: low-inference lines, short replies, nothing that judges.

use super::dice::Dice;

/// What was heard or seen where an idea was in use, by its key; the last row is for any other.
const HEARD: [(&str, [&str; 5]); 3] = [
    (
        "three-reads",
        [
            "I heard: “They want how many are left, not how many she sold.”",
            "Numbers covered on the first read. Two pairs drew the bus before any number.",
            "I saw four of five tables turn to a partner after the second read.",
            "“What do we know? What do they ask?” is on the wall, and students pointed at it.",
            "After the third read I heard two different questions for one problem.",
        ],
    ),
    (
        "ask-when-confused",
        [
            "I heard: “I am lost at step two, where did the 4 come from?”",
            "Three hands for a question before the first example ended.",
            "A student asked a partner first, then the teacher wrote the question on the board.",
            "I saw a parking lot with two notes on it. Nobody spoke of it in these minutes.",
            "The teacher waited after “What is not clear yet?” Six seconds, then two questions.",
        ],
    ),
    (
        "",
        [
            "I heard: “I agree with Table 3, and I want to add that it also works for fractions.”",
            "Sentence frames on every table; I saw seven students use one while speaking.",
            "Partner B spoke first today. I heard “Can you say more about that?” twice.",
            "The frame was on the slide for one minute. Most answers were one word.",
            "Four students built on what the one before had said.",
        ],
    ),
];
/// What was heard or seen where an idea was not in use.
const NOT_IN_USE: [&str; 5] = [
    "Students worked on their own for these minutes. I heard two questions about the page number.",
    "The example was on the board, and students wrote it down.",
    "I saw students begin with the numbers. The problem was read once, aloud.",
    "Two students talked about the task; the others wrote.",
    "A quiet minute of writing, then the answers were read out.",
];
/// What students did, in feedback.
const STUDENTS: [&str; 5] = [
    "Students at the two tables near me could say what was asked before they wrote anything.",
    "Most pairs talked for about a minute; one pair by the window wrote and did not talk.",
    "I heard five students speak to each other about the task, not to you.",
    "Two students began again after a partner asked them why.",
    "The students whom I asked could tell me what they were trying to find out.",
];
/// The question of feedback.
const QUESTIONS: [&str; 5] = [
    "What did you notice in the students who were quiet today?",
    "What would you keep for the next time, and what would you leave out?",
    "Which part took longer than you had planned?",
    "What would you like me to look at when I come again?",
    "Where in the lesson did it help most?",
];
/// A teacher's reply.
const REPLIES: [&str; 6] = [
    "Thank you. Period 4 needs more time for the second step, so I split it over two days.",
    "I had not seen the pair by the window. I will stand there tomorrow.",
    "It took twelve minutes. Could we talk about how others keep it under ten?",
    "The cards helped more than the slide. I can share them.",
    "Please come on a B day. I would like you to see the other group.",
    "Thanks for writing it the same day.",
];
/// What teachers add to their answers of a week.
const OF_THE_WEEK: [&str; 3] = [
    "The second read is where most of my students begin to see the question.",
    "It takes twelve minutes with my group. I do it on two days of the week.",
    "Two students who usually wait for help started on their own on Thursday.",
];
/// What there is to see when a teacher says "come and see this".
pub const COME_AND_SEE: &str =
    "Students write the question of the problem themselves after the second read.";
/// What worked and could be borrowed.
const BRIGHT: [&str; 4] = [
    "Question cards on each table: students pick the next question themselves.",
    "A quiet minute to draw the situation before anybody speaks.",
    "Partner B always speaks first, so the other half of the class talks, too.",
    "The class keeps a list of questions that helped, and adds to it on Fridays.",
];

/// A line of evidence on an idea, by whether it was in use.
pub fn note(idea: &str, in_use: bool, dice: &mut Dice) -> &'static str {
    if !in_use {
        return dice.one(&NOT_IN_USE).unwrap_or(&"");
    }
    let known = HEARD.iter().find(|(key, _)| *key == idea);
    let lines = known.or(HEARD.last()).map(|(_, lines)| lines);
    lines.and_then(|lines| dice.one(lines)).unwrap_or(&"")
}

/// What students did.
pub fn students(dice: &mut Dice) -> &'static str {
    dice.one(&STUDENTS).unwrap_or(&"")
}

/// A question to the teacher.
pub fn question(dice: &mut Dice) -> &'static str {
    dice.one(&QUESTIONS).unwrap_or(&"")
}

/// A teacher's reply.
pub fn reply(dice: &mut Dice) -> &'static str {
    dice.one(&REPLIES).unwrap_or(&"")
}

/// What a teacher adds to the answers of a week.
pub fn of_the_week(dice: &mut Dice) -> &'static str {
    dice.one(&OF_THE_WEEK).unwrap_or(&"")
}

/// What could be borrowed.
pub fn bright(dice: &mut Dice) -> &'static str {
    dice.one(&BRIGHT).unwrap_or(&"")
}

/// What a team predicts before it tests.
pub fn prediction(idea: &str) -> &'static str {
    match idea {
        "three-reads" => {
            "After four weeks, 7 of 10 students whom we ask can say what the problem asks before they start."
        }
        _ => {
            "After eight weeks, students build on each other in 6 of 10 visits; before it was 2 of 10."
        }
    }
}

/// Why an idea was adopted.
pub const REASONS: &str = "Seen in two of three visits by week eight, and teachers who were not in the pilot asked for \
                           the frames. We keep them and look again after the winter.";

#[cfg(test)]
mod tests {
    use super::*;

    /// Words that judge a teacher, which no example of ours may show.
    const JUDGING: [&str; 9] = [
        "great",
        "good job",
        "excellent",
        "poor",
        "weak",
        "should",
        "always must",
        "never",
        "failed",
    ];

    #[test]
    fn no_line_judges() {
        let heard = HEARD.iter().flat_map(|(_, lines)| lines);
        let all = heard
            .chain(&NOT_IN_USE)
            .chain(&STUDENTS)
            .chain(&QUESTIONS)
            .chain(&REPLIES)
            .chain(&BRIGHT)
            .chain(&OF_THE_WEEK)
            .chain([&COME_AND_SEE]);
        for line in all {
            let small = line.to_lowercase();
            let judges = JUDGING.iter().find(|word| small.contains(**word));
            assert_eq!(judges, None, "{line}");
            assert!(line.chars().count() <= 140, "{line}");
        }
    }
}
