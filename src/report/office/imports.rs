//! The pages of imports: send a file, read what it would do, take it.

use super::devices::when;
use super::frame::{Frame, Section};
use super::piece::{self, Field, Table, check, link, pager, pill, primary, query, sheet};
use crate::domain::id::ImportId;
use crate::domain::import::Preview;
use crate::report::html::Html;
use crate::text::import::{changes, troubles};
use crate::text::office::frame::FrameSay;
use crate::text::office::imports::ImportsSay;

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// It is read or taken just now: how much of how much is done.
    Working(u64, u64),
    /// It was looked at and can be taken.
    Looked,
    /// It was looked at, and what was read is no longer kept.
    Over,
    /// It cannot be taken.
    Blocked,
    /// It was taken.
    Taken,
}

/// An import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportLine {
    /// The import.
    pub id: ImportId,
    /// When it was looked at, in milliseconds since 1970.
    pub looked_at_utc_ms: i64,
    /// Where it stands.
    pub stand: Stand,
    /// What is in it, and what it does.
    pub preview: Preview,
}

/// What was typed of an upload.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The name of a second roster.
    pub source: String,
    /// What is wrong, by the name of the field.
    pub wrong: Option<(&'static str, ImportsSay)>,
}

/// The page with the form, and what was sent before. `later` says whether it is not the first page, `next`
/// the import that the next one begins after.
pub fn imports(
    frame: &Frame<'_>,
    typed: &Typed,
    lines: &[ImportLine],
    later: bool,
    next: Option<ImportId>,
) -> String {
    let say = |what| frame.say(what);
    let mut main = Html::default();
    if typed.wrong.is_some() {
        main = main
            .raw("<div class=\"wrong\" role=\"alert\">")
            .element("p", frame.say(FrameSay::CheckForm))
            .raw("</div>");
    }
    main = main
        .raw("<p class=\"lead\">")
        .text(say(ImportsSay::Means))
        .raw("</p><section class=\"sheet\">")
        .piece(upload(frame, typed))
        .raw("</section>");
    if lines.is_empty() {
        let empty = Html::default().element("p", say(ImportsSay::HistoryEmpty));
        main = main.piece(sheet(say(ImportsSay::History), empty));
    } else {
        main = main.piece(history(frame, lines));
    }
    let root = Section::Imports.path();
    let next = next.map(|id| query(root, &[("after", &id.to_string())]));
    main = main.piece(pager(
        later.then_some((root, frame.say(FrameSay::First))),
        next.as_deref()
            .map(|address| (address, frame.say(FrameSay::Next))),
    ));
    frame.page(Section::Imports, say(ImportsSay::Title), main)
}

fn upload(frame: &Frame<'_>, typed: &Typed) -> Html {
    let say = |what| frame.say(what);
    let wrong = |field: &str| match typed.wrong {
        Some((name, what)) if name == field => frame.say(what),
        _ => "",
    };
    let source = Field {
        name: "source",
        label: say(ImportsSay::Source),
        hint: say(ImportsSay::SourceHint),
        value: &typed.source,
        wrong: wrong("source"),
        more: " maxlength=\"32\" autocomplete=\"off\" spellcheck=\"false\"",
        ..Field::default()
    };
    let file = Field {
        name: "file",
        label: say(ImportsSay::File),
        hint: say(ImportsSay::FileHint),
        kind: "file",
        wrong: wrong("file"),
        more: " accept=\".zip,.csv\" required",
        ..Field::default()
    };
    // The file comes last: what the other fields say is known before it is read.
    let inside = Html::default()
        .piece(source.html())
        .piece(file.html())
        .raw("<p class=\"quiet\">")
        .text(say(ImportsSay::LookMeans))
        .raw("</p><p class=\"acts\">")
        .piece(primary(say(ImportsSay::Look)))
        .raw("</p>");
    frame.forms().files(Section::Imports.path(), inside)
}

fn history(frame: &Frame<'_>, lines: &[ImportLine]) -> Html {
    let row = |line: &ImportLine| {
        let names = line.preview.files.iter().map(|file| file.name.as_str());
        let names = names.collect::<Vec<_>>().join(", ");
        let files = match names.as_str() {
            "" => frame.say(ImportsSay::NoFiles),
            names => names,
        };
        vec![
            link(&address(line.id), &when(frame, line.looked_at_utc_ms)),
            piece::text(files),
            stand_pill(frame, line.stand),
        ]
    };
    let table = Table {
        caption: frame.say(ImportsSay::History),
        heads: vec![
            frame.say(ImportsSay::When),
            frame.say(ImportsSay::What),
            frame.say(ImportsSay::State),
        ],
        rows: lines.iter().map(row).collect(),
    };
    table.html()
}

fn stand_pill(frame: &Frame<'_>, stand: Stand) -> Html {
    let (class, words) = match stand {
        Stand::Working(..) => ("pill", ImportsSay::Working),
        Stand::Looked => ("pill bright", ImportsSay::Looked),
        Stand::Over => ("pill", ImportsSay::Over),
        Stand::Blocked => ("pill", ImportsSay::Blocked),
        Stand::Taken => ("pill on", ImportsSay::Taken),
    };
    pill(class, frame.say(words))
}

/// The page of one import; `not_taken` says why it was not taken just now.
pub fn import(frame: &Frame<'_>, line: &ImportLine, not_taken: Option<&str>) -> String {
    let say = |what| frame.say(what);
    let mut main = Html::default();
    if let Some(why) = not_taken {
        main = main
            .raw("<div class=\"wrong\" role=\"alert\">")
            .element("p", why)
            .raw("</div>");
    }
    main = main
        .raw("<p class=\"lead\">")
        .text(&when(frame, line.looked_at_utc_ms))
        .raw(" ")
        .piece(stand_pill(frame, line.stand))
        .raw("</p>");
    if !matches!(line.stand, Stand::Working(..)) {
        let heading = match line.stand {
            Stand::Taken => ImportsSay::Changed,
            _ => ImportsSay::Changes,
        };
        let lines = said(&changes(frame.language, &line.preview));
        main = main.piece(sheet(say(heading), lines));
    }
    main = main.piece(next(frame, line));
    let wrong = troubles(frame.language, &line.preview);
    if !wrong.is_empty() {
        main = main.piece(sheet(say(ImportsSay::Troubles), said(&wrong)));
    }
    frame.page(Section::Imports, say(ImportsSay::One), main)
}

/// The page of an import of which nothing is known yet but that it is under way.
pub fn under_way(frame: &Frame<'_>, id: ImportId, done: u64, all: u64) -> String {
    let main = working(frame, id, done, all);
    frame.page(Section::Imports, frame.say(ImportsSay::One), main)
}

fn said(lines: &[String]) -> Html {
    let html = Html::default().raw("<ul class=\"said\">");
    let html = lines
        .iter()
        .fold(html, |html, line| html.element("li", line));
    html.raw("</ul>")
}

/// What can be done next.
fn next(frame: &Frame<'_>, line: &ImportLine) -> Html {
    let say = |what| frame.say(what);
    let because = |what| {
        let why = Html::default().element("p", say(what)).raw("<p>");
        let root = Section::Imports.path();
        let another = piece::way("way", root, say(ImportsSay::Another));
        sheet(say(ImportsSay::Take), why.piece(another).raw("</p>"))
    };
    match line.stand {
        Stand::Working(done, all) => working(frame, line.id, done, all),
        Stand::Blocked => because(ImportsSay::IsBlocked),
        Stand::Over => because(ImportsSay::IsOver),
        Stand::Taken => Html::default()
            .raw("<p>")
            .piece(piece::way(
                "way",
                Section::Imports.path(),
                say(ImportsSay::Another),
            ))
            .raw("</p>"),
        Stand::Looked if line.preview.changes_nothing() => because(ImportsSay::NothingToTake),
        Stand::Looked => take(frame, line),
    }
}

fn take(frame: &Frame<'_>, line: &ImportLine) -> Html {
    let say = |what| frame.say(what);
    let mut inside = Html::default();
    if line.preview.leaving.needs_consent() {
        let words = frame.language.leavers(&line.preview.leaving);
        inside = inside
            .raw("<div class=\"wrong\">")
            .element("p", say(ImportsSay::LeaversFirst))
            .raw("</div>")
            .piece(check("leavers", "yes", &words, false));
    }
    let inside = inside
        .raw("<p class=\"acts\">")
        .piece(primary(say(ImportsSay::Take)))
        .raw("</p>");
    let action = format!("{}/take", address(line.id));
    let html = Html::default()
        .element("p", say(ImportsSay::TakeMeans))
        .piece(frame.forms().post(&action, inside));
    sheet(say(ImportsSay::Take), html)
}

fn working(frame: &Frame<'_>, id: ImportId, done: u64, all: u64) -> Html {
    let html = Html::default()
        .element("p", frame.say(ImportsSay::StillWorking))
        .element("p", &frame.language.done_of(done, all))
        .raw("<p>")
        .piece(piece::way(
            "way primary",
            &address(id),
            frame.say(ImportsSay::LookAgain),
        ))
        .raw("</p>");
    sheet(frame.say(ImportsSay::Working), html)
}

/// The address of the page of an import.
pub fn address(id: ImportId) -> String {
    format!("{}/{id}", Section::Imports.path())
}
