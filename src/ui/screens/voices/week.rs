//! The questions of the week: a minute, one screen, each touch kept.

use super::{One, choose, emptied, field, in_words, this_week, tried, which_idea};
use crate::domain::act::saying::week_jotting;
use crate::domain::collect::form::FormRef;
use crate::domain::collect::survey::SurveyAnswered;
use crate::domain::event::said;
use crate::domain::json;
use crate::domain::place::Day;
use crate::domain::plan::voice::{Answer, HOURS_MOST, Question};
use crate::domain::study::small_group::enough_answers;
use crate::text::Language;
use crate::text::voices::{ADDED_MAX, Voice};
use crate::ui::desk::Desk;
use crate::ui::screens::after::{After, looking, nothing};
use crate::ui::seat::View;
use crate::ui::voices::{self, Asked, Own};
use dioxus::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The screen.
#[component]
pub fn Week() -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    let place = use_signal(|| 0);
    let ideas = tried(desk);
    let week = this_week(desk);
    let idea = ideas.get(place()).or(ideas.first());
    let asked = idea.and_then(|idea| {
        let key = &idea.form.form.key;
        let asked = desk.shelf.voices().asked;
        let asked = asked.into_iter().find(|(of, _)| of == key)?.1;
        Some((idea, asked))
    });
    let over = language.voice(Voice::WeekOf(&in_words(desk, week)));
    let over = match &asked {
        Some((idea, _)) => format!("{} · {over}", language.of(&idea.form.title)),
        None => over,
    };
    rsx! {
        After { title: language.voice(Voice::ThisWeek), over, up: View::AboutMe,
            {which_idea(desk, &ideas, place)}
            if let Some((idea, asked)) = asked {
                Questions { key: "{idea.form.form.key}", form: idea.form.form.clone(), asked, week }
            } else if desk.shelf.is_read(View::Week) {
                {nothing(language.voice(Voice::NothingAsked))}
            } else {
                {looking(desk)}
            }
        }
    }
}

/// What is chosen and not sent.
#[derive(Clone, Debug, Default, PartialEq)]
struct Chosen {
    answers: BTreeMap<String, u8>,
    named: bool,
    added: String,
}

impl Chosen {
    fn of(own: &Own) -> Self {
        Self::read(&own.data, own.added.clone())
    }

    fn read(data: &Value, added: Option<String>) -> Self {
        let answers = data.get("answers").and_then(Value::as_object);
        let answer = |(key, answer): (&String, &Value)| {
            Some((key.clone(), answer.as_u64()?.try_into().ok()?))
        };
        Self {
            answers: answers.into_iter().flatten().filter_map(answer).collect(),
            named: data.get("named").and_then(Value::as_bool).unwrap_or(false),
            added: added.unwrap_or_default(),
        }
    }

    fn json(&self) -> String {
        let answers = self
            .answers
            .iter()
            .map(|(key, answer)| (key.clone(), Value::from(*answer)));
        let mut all = serde_json::Map::new();
        all.insert("answers".into(), Value::Object(answers.collect()));
        all.insert("named".into(), self.named.into());
        all.insert("added".into(), self.added.clone().into());
        Value::Object(all).to_string()
    }
}

/// What was said of it last and set aside.
fn aside(desk: Desk, about: impl Fn(&Own) -> bool) -> Option<Chosen> {
    let aside = desk.shelf.set_aside();
    let own = aside
        .iter()
        .rev()
        .filter_map(|one| voices::of_saying(&one.saying));
    own.into_iter()
        .find(|one| about(one))
        .as_ref()
        .map(Chosen::of)
}

#[component]
fn Questions(form: FormRef, asked: Asked, week: Day) -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    let own = desk.shelf.own();
    let about = |one: &Own| {
        one.voice == voices::Voice::Answers
            && one.idea() == Some(&form.key)
            && one.word("week") == Some(&week.to_string())
    };
    let said = own.iter().find(|one| about(one));
    let key = week_jotting(&form.key, &week.to_string());
    let mut chosen = use_signal(|| None::<Chosen>);
    // What was chosen before the page was left.
    let _ = use_future({
        let key = key.clone();
        move || {
            let key = key.clone();
            async move {
                let kept = desk
                    .kept_choice(key)
                    .await
                    .and_then(|kept| json::parsed(&kept).ok());
                if let Some(kept) = kept {
                    let added = kept.get("added").and_then(Value::as_str).map(str::to_owned);
                    chosen.set(Some(Chosen::read(&kept, added)));
                }
            }
        }
    });
    let sent = said.map(Chosen::of).unwrap_or_default();
    let now = chosen().unwrap_or_else(|| match said {
        Some(_) => sent.clone(),
        // What was set aside is there to be sent anew.
        None => aside(desk, about).unwrap_or_default(),
    });
    let change: Rc<dyn Fn(Chosen)> = Rc::new({
        let key = key.clone();
        move |next: Chosen| {
            desk.keep_choice(key.clone(), next.json());
            let mut chosen = chosen;
            chosen.set(Some(next));
        }
    });
    let revision = voices::next_revision(&own, about);
    let differs = now != sent;
    let status = match said {
        _ if differs => None,
        Some(one) if one.waits => Some(Voice::Sent),
        Some(_) => Some(Voice::Arrived),
        None => Some(Voice::AnswerFirst),
    };
    let team = match enough_answers(asked.team) {
        true => Voice::ManyInTeam,
        false => Voice::FewInTeam(asked.team),
    };
    let send = {
        let now = now.clone();
        move |_| {
            let fact = SurveyAnswered {
                form: form.clone(),
                week,
                revision,
                answers: now.answers.clone(),
                named: now.named,
            };
            let added = now.added.trim();
            let words = [(said::ADDED, added)];
            let words: &[_] = if added.is_empty() { &[] } else { &words };
            // What cannot be kept stays chosen. The store forgets the choice when it keeps what is said.
            desk.tell_then(&fact, words, emptied(chosen));
        }
    };
    rsx! {
        p { class: "card page voice", id: "before-you-answer", {language.voice(team)} }
        section { class: "card page voice",
            for question in asked.questions.iter() {
                {one_question(language, question, &now, &change)}
            }
            {field(
                "added",
                language.voice(Voice::AddWords),
                language.voice(Voice::AddWordsHint(ADDED_MAX)),
                now.added.clone(),
                {
                    let (now, change) = (now.clone(), change.clone());
                    Rc::new(move |added| change(Chosen { added, ..now.clone() }))
                },
            )}
            button {
                r#type: "button",
                class: "choice",
                id: "named",
                aria_pressed: if now.named { "true" } else { "false" },
                onclick: {
                    let (now, change) = (now.clone(), change.clone());
                    move |_| change(Chosen { named: !now.named, ..now.clone() })
                },
                {language.voice(Voice::WithMyName)}
            }
        }
        p { class: "quiet", role: "status", id: "week-status",
            if let Some(status) = status {
                {language.voice(status)}
            }
        }
        button { r#type: "button", class: "primary wide", id: "send-week", disabled: !differs, onclick: send,
            {language.voice(if said.is_some() { Voice::SendAgain } else { Voice::Send })}
        }
    }
}

/// A question with its answers; touched again, an answer is taken away.
fn one_question(
    language: Language,
    question: &Question,
    now: &Chosen,
    change: &Rc<dyn Fn(Chosen)>,
) -> Element {
    let answers = question.answer.values();
    let agree = question.answer == Answer::Agree;
    let chosen = now.answers.get(&question.key).copied();
    let one = |answer: &u8| {
        let words = match (question.answer, *answer) {
            (Answer::YesNo, 0) => language.voice(Voice::No),
            (Answer::YesNo, _) => language.voice(Voice::Yes),
            (Answer::Hours, HOURS_MOST) => language.voice(Voice::OrMore(HOURS_MOST)),
            (_, number) => number.to_string(),
        };
        One {
            label: agree.then(|| language.voice(Voice::OfFive(*answer))),
            ..One::of(words, chosen == Some(*answer))
        }
    };
    let ones = answers.iter().map(one).collect();
    let on = {
        let (now, change, key) = (now.clone(), change.clone(), question.key.clone());
        move |place: usize| {
            let Some(answer) = answers.get(place) else {
                return;
            };
            let mut next = now.clone();
            if next.answers.get(&key) == Some(answer) {
                next.answers.remove(&key);
            } else {
                next.answers.insert(key.clone(), *answer);
            }
            change(next);
        }
    };
    rsx! {
        div { key: "{question.key}", class: "one-question",
            {choose(
                format!("q-{}", question.key),
                language.of(&question.words).to_owned(),
                "answers-row",
                ones,
                Rc::new(on),
            )}
            if agree {
                div { class: "ends quiet", aria_hidden: "true",
                    span { {language.voice(Voice::Disagree)} }
                    span { {language.voice(Voice::Agree)} }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_of_a_week_is_read_back() {
        let chosen = Chosen {
            answers: [("q".to_owned(), 4)].into(),
            named: true,
            added: "«Sí»".into(),
        };
        let kept = json::parsed(&chosen.json()).expect("it is JSON");
        let added = kept.get("added").and_then(Value::as_str).map(str::to_owned);
        assert_eq!(Chosen::read(&kept, added), chosen);
    }
}
