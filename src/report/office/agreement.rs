//! The pages of the agreement: what holds, the form of the next version, and how teachers will read it.

use super::frame::{Frame, Rank, Section};
use super::piece::{self, Field, Table, check, hidden, pill, primary, radios, sheet};
use crate::domain::agreement::Agreement;
use crate::domain::visibility::{Relation, Row, Sight, sight};
use crate::report::html::Html;
use crate::text::Language;
use crate::text::agreement::{promises, relation, row};
use crate::text::office::agreement::AgreementSay;
use crate::text::office::frame::FrameSay;

/// The page: what holds now, what is to come, and every version.
pub fn agreement(frame: &Frame<'_>, versions: &[Agreement], now: &Agreement) -> String {
    let say = |what| frame.say(what);
    let mut main = Html::default()
        .raw("<p class=\"lead\">")
        .text(say(AgreementSay::Means))
        .raw("</p>");
    main = match frame.rank {
        Rank::Admin => main
            .raw("<p>")
            .piece(piece::way(
                "way primary",
                "/office/agreement/change",
                say(AgreementSay::Change),
            ))
            .raw("</p>"),
        Rank::Lead => main
            .raw("<p class=\"quiet\">")
            .text(say(AgreementSay::AdminOnly))
            .raw("</p>"),
    };
    main = main.piece(sheet(
        say(AgreementSay::Now),
        list(&promises(now, frame.language), frame.language),
    ));
    for later in versions
        .iter()
        .filter(|one| one.from_utc_ms > frame.now_utc_ms)
    {
        let inside = Html::default()
            .element("p", &from(frame, later))
            .piece(list(&promises(later, frame.language), frame.language));
        main = main.piece(sheet(say(AgreementSay::ToCome), inside));
    }
    let rows = versions.iter().rev().map(|one| {
        let (class, standing) = if one.version == now.version {
            ("pill on", AgreementSay::Holds)
        } else if one.from_utc_ms > frame.now_utc_ms {
            ("pill bright", AgreementSay::WillHold)
        } else {
            ("pill", AgreementSay::Held)
        };
        let read = Html::default()
            .raw("<details>")
            .element("summary", say(AgreementSay::Says))
            .piece(list(&promises(one, frame.language), frame.language))
            .raw("</details>");
        vec![
            piece::text(&frame.language.version(one.version)),
            piece::text(&from(frame, one)),
            pill(class, say(standing)),
            read,
        ]
    });
    let table = Table {
        caption: say(AgreementSay::History),
        heads: vec![
            say(AgreementSay::Version),
            say(AgreementSay::From),
            say(AgreementSay::Standing),
            say(AgreementSay::Says),
        ],
        rows: rows.collect(),
    };
    frame.page(
        Section::Agreement,
        say(AgreementSay::Agreement),
        main.piece(table.html()),
    )
}

fn from(frame: &Frame<'_>, one: &Agreement) -> String {
    match one.from_utc_ms {
        0 => frame.say(AgreementSay::BuiltIn).to_owned(),
        at => frame.language.short_day(frame.at(at)),
    }
}

fn list(sentences: &[String], language: Language) -> Html {
    let mut html = Html::default()
        .raw("<ul class=\"said\"")
        .attribute("lang", language.tag())
        .raw(">");
    for sentence in sentences {
        html = html.element("li", sentence);
    }
    html.raw("</ul>")
}

/// What was typed into the form, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// `yes` or `no`.
    pub names: String,
    /// Minutes.
    pub minutes: String,
    /// Observers; empty for never.
    pub notice: String,
    /// School days.
    pub copy: String,
    /// `voluntary` or `free`.
    pub peers: String,
    /// Days; empty for ever.
    pub kept: String,
    /// Closed cells, as [`cell`] writes them.
    pub withheld: Vec<String>,
    /// A day such as `2026-12-01`; empty for now.
    pub from: String,
    /// What is wrong, by the name of the field; the empty name for all of it.
    pub wrong: Vec<(&'static str, AgreementSay)>,
}

impl Typed {
    /// The values of a version, as they would be typed.
    pub fn of(agreement: &Agreement) -> Self {
        let text = |number: Option<u16>| number.map_or(String::new(), |number| number.to_string());
        Self {
            names: if agreement.names { "yes" } else { "no" }.into(),
            minutes: agreement.minutes_max.to_string(),
            notice: text(agreement.notice_from_observers.map(u16::from)),
            copy: agreement.copy_within_days.to_string(),
            peers: match agreement.peer_visits_voluntary {
                true => "voluntary",
                false => "free",
            }
            .into(),
            kept: text(agreement.words_kept_days),
            withheld: agreement
                .withheld
                .iter()
                .map(|closed| cell(closed.row, closed.from))
                .collect(),
            from: String::new(),
            wrong: Vec::new(),
        }
    }

    fn wrong(&self, frame: &Frame<'_>, field: &str) -> &'static str {
        let found = self.wrong.iter().find(|(name, _)| *name == field);
        found.map_or("", |(_, what)| frame.say(*what))
    }
}

/// The cells of the table of who sees what that an agreement may close, row by row: those that are open.
pub fn open_cells() -> Vec<(Row, Vec<Relation>)> {
    let relations = |row| {
        let others = Relation::ALL
            .into_iter()
            .filter(|one| !matches!(one, Relation::Teacher | Relation::Observer));
        others.filter(|one| sight(row, *one) != Sight::No).collect()
    };
    let rows = Row::ALL.into_iter().map(|row| (row, relations(row)));
    rows.filter(|(_, relations): &(Row, Vec<Relation>)| !relations.is_empty())
        .collect()
}

/// A cell as forms say it: its place in the table.
pub fn cell(row: Row, relation: Relation) -> String {
    let row = Row::ALL.iter().position(|one| *one == row);
    let relation = Relation::ALL.iter().position(|one| *one == relation);
    format!(
        "{}.{}",
        row.unwrap_or_default(),
        relation.unwrap_or_default()
    )
}

/// The form of the next version.
pub fn change(frame: &Frame<'_>, typed: &Typed) -> String {
    let say = |what| frame.say(what);
    let number = |name, label, hint, value, more| {
        Field {
            name,
            label: say(label),
            hint: say(hint),
            value,
            wrong: typed.wrong(frame, name),
            more,
            ..Field::default()
        }
        .html()
    };
    const DIGITS: &str =
        " inputmode=\"numeric\" maxlength=\"4\" autocomplete=\"off\" class=\"short\"";
    let inside = Html::default()
        .piece(radios(
            "names",
            say(AgreementSay::Names),
            &typed.names,
            &[
                ("yes", say(AgreementSay::NamesYes)),
                ("no", say(AgreementSay::NamesNo)),
            ],
        ))
        .piece(number(
            "minutes",
            AgreementSay::Minutes,
            AgreementSay::MinutesHint,
            &typed.minutes,
            DIGITS,
        ))
        .piece(number(
            "notice",
            AgreementSay::Notice,
            AgreementSay::NoticeHint,
            &typed.notice,
            DIGITS,
        ))
        .piece(number(
            "copy",
            AgreementSay::Copy,
            AgreementSay::CopyHint,
            &typed.copy,
            DIGITS,
        ))
        .piece(radios(
            "peers",
            say(AgreementSay::Peers),
            &typed.peers,
            &[
                ("voluntary", say(AgreementSay::PeersVoluntary)),
                ("free", say(AgreementSay::PeersFree)),
            ],
        ))
        .piece(number(
            "kept",
            AgreementSay::Kept,
            AgreementSay::KeptHint,
            &typed.kept,
            DIGITS,
        ))
        .piece(withheld(frame, typed))
        .piece(
            Field {
                name: "from",
                label: say(AgreementSay::Date),
                hint: say(AgreementSay::DateHint),
                value: &typed.from,
                kind: "date",
                wrong: typed.wrong(frame, "from"),
                more: " class=\"short\"",
            }
            .html(),
        )
        .raw("<p class=\"acts\">")
        .piece(primary(say(AgreementSay::Preview)))
        .piece(piece::way(
            "way",
            "/office/agreement",
            frame.say(FrameSay::Cancel),
        ))
        .raw("</p>");
    let main = Html::default()
        .piece(alert(frame, typed))
        .raw("<p class=\"lead\">")
        .text(say(AgreementSay::ChangeMeans))
        .raw("</p><section class=\"sheet\">")
        .piece(frame.forms().post("/office/agreement/preview", inside))
        .raw("</section>");
    frame.page(Section::Agreement, say(AgreementSay::Change), main)
}

fn alert(frame: &Frame<'_>, typed: &Typed) -> Html {
    if typed.wrong.is_empty() {
        return Html::default();
    }
    let loose = typed.wrong(frame, "");
    let text = match loose {
        "" => frame.say(FrameSay::CheckForm),
        loose => loose,
    };
    Html::default()
        .raw("<div class=\"wrong\" role=\"alert\">")
        .element("p", text)
        .raw("</div>")
}

fn withheld(frame: &Frame<'_>, typed: &Typed) -> Html {
    let mut html = Html::default()
        .raw("<fieldset class=\"field\">")
        .element("legend", frame.say(AgreementSay::Withheld))
        .raw("<p class=\"quiet\">")
        .text(frame.say(AgreementSay::WithheldHint))
        .raw("</p>");
    for (what, relations) in open_cells() {
        html = html
            .raw("<fieldset class=\"cells\">")
            .element("legend", &sentence_case(row(what, frame.language)));
        for whom in relations {
            let value = cell(what, whom);
            let words = frame.language.not_shown_to(relation(whom, frame.language));
            let checked = typed.withheld.contains(&value);
            html = html.piece(check("withheld", &value, &words, checked));
        }
        html = html.raw("</fieldset>");
    }
    html.raw("</fieldset>")
}

fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// How teachers will read it, and the button that adopts it.
pub fn preview(frame: &Frame<'_>, typed: &Typed, next: &Agreement) -> String {
    let say = |what| frame.say(what);
    let day =
        (!typed.from.is_empty()).then(|| frame.language.short_day(frame.at(next.from_utc_ms)));
    let fields = |version: bool| {
        let mut html = Html::default();
        for (name, value) in [
            ("names", &typed.names),
            ("minutes", &typed.minutes),
            ("notice", &typed.notice),
            ("copy", &typed.copy),
            ("peers", &typed.peers),
            ("kept", &typed.kept),
            ("from", &typed.from),
        ] {
            html = html.piece(hidden(name, value));
        }
        for value in &typed.withheld {
            html = html.piece(hidden("withheld", value));
        }
        match version {
            true => html.piece(hidden("version", &next.version.to_string())),
            false => html.piece(hidden("act", "back")),
        }
    };
    let adopt = fields(true).piece(primary(&frame.language.adopt(next.version, day.as_deref())));
    let back = fields(false).piece(piece::button(say(AgreementSay::Back)));
    let english = list(&promises(next, Language::English), Language::English);
    let spanish = list(&promises(next, Language::Spanish), Language::Spanish);
    let main = Html::default()
        .raw("<p class=\"lead\">")
        .text(say(AgreementSay::PreviewMeans))
        .raw("</p><div class=\"pair\">")
        .piece(sheet(say(AgreementSay::Words), english))
        .piece(sheet(say(AgreementSay::WordsSpanish), spanish))
        .raw("</div><div class=\"acts\">")
        .piece(frame.forms().post("/office/agreement/adopt", adopt))
        .piece(frame.forms().post("/office/agreement/preview", back))
        .raw("</div>");
    frame.page(Section::Agreement, say(AgreementSay::PreviewTitle), main)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_cells_that_are_open_to_others_can_be_closed() {
        for (row, relations) in open_cells() {
            for relation in relations {
                assert_ne!(sight(row, relation), Sight::No);
                assert!(!matches!(relation, Relation::Teacher | Relation::Observer));
            }
        }
        let support = open_cells()
            .into_iter()
            .find(|(row, _)| *row == Row::Support);
        let who = support.map(|(_, relations)| relations);
        let wanted = vec![
            Relation::Coach,
            Relation::Principal,
            Relation::Team,
            Relation::District,
        ];
        assert_eq!(who, Some(wanted));
    }
}
