//! The page of data and backups.

use super::devices::when;
use super::frame::{Frame, Section};
use super::piece::{self, Table, hidden, primary, sheet};
use crate::report::html::Html;
use crate::text::office::data::DataSay;

/// Where the data is, and what backups there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataSheet {
    /// The data folder on the server.
    pub folder: String,
    /// The size of the store, in bytes.
    pub bytes: u64,
    /// The backups, the newest first.
    pub backups: Vec<BackupLine>,
}

/// A backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupLine {
    /// The name of its file.
    pub name: String,
    /// When it was made, in milliseconds since 1970.
    pub made_at_utc_ms: i64,
    /// Its size, in bytes.
    pub bytes: u64,
}

/// The options that set mail up.
const MAIL: &str = "--public-url https://lookfor.district.org --mail-server smtps://mail.district.org --mail-from lookfor@district.org";

/// The page. `mails` says whether the server sends mail, `failed` whether a backup just failed.
pub fn data(frame: &Frame<'_>, data: &DataSheet, mails: bool, failed: bool) -> String {
    let say = |what| frame.say(what);
    let mut main = Html::default();
    if failed {
        main = main
            .raw("<div class=\"wrong\" role=\"alert\">")
            .element("p", say(DataSay::Failed))
            .raw("</div>");
    }
    let newest = match data.backups.first() {
        Some(newest) => when(frame, newest.made_at_utc_ms),
        None => say(DataSay::NoneYet).to_owned(),
    };
    let mut facts = Html::default().raw("<dl class=\"facts\">");
    let folder = Html::default().element("code", &data.folder);
    for (what, value) in [
        (DataSay::Folder, folder),
        (DataSay::Size, piece::text(&frame.language.size(data.bytes))),
        (DataSay::Newest, piece::text(&newest)),
    ] {
        facts = facts
            .raw("<div>")
            .element("dt", say(what))
            .raw("<dd>")
            .piece(value)
            .raw("</dd></div>");
    }
    let facts = facts.raw("</dl>").piece(
        frame
            .forms()
            .post("/office/data/backups", primary(say(DataSay::Make))),
    );
    main = main.piece(sheet(say(DataSay::Where), facts));
    main = main.piece(sheet(
        say(DataSay::Backups),
        Html::default().element("p", say(DataSay::Means)),
    ));
    if !data.backups.is_empty() {
        main = main.piece(backups(frame, &data.backups));
    }
    let restore = Html::default()
        .raw("<ol>")
        .element("li", say(DataSay::Restore1))
        .element("li", say(DataSay::Restore2))
        .element("li", say(DataSay::Restore3))
        .raw("</ol>")
        .element("p", say(DataSay::RestoreGaps));
    let mail = match mails {
        true => Html::default().element("p", say(DataSay::MailOn)),
        false => Html::default()
            .element("p", say(DataSay::MailOff))
            .raw("<p class=\"link\">")
            .element("code", MAIL)
            .raw("</p>"),
    };
    main = main
        .piece(sheet(say(DataSay::Restore), restore))
        .piece(sheet(
            say(DataSay::Erased),
            Html::default().element("p", say(DataSay::ErasedMeans)),
        ))
        .raw("<div id=\"mail\">")
        .piece(sheet(say(DataSay::Mail), mail))
        .raw("</div>");
    frame.page(Section::Data, say(DataSay::Title), main)
}

fn backups(frame: &Frame<'_>, backups: &[BackupLine]) -> Html {
    let row = |backup: &BackupLine| {
        let made = when(frame, backup.made_at_utc_ms);
        let inside = hidden("name", &backup.name)
            .raw("<button")
            .attribute("aria-label", &frame.language.download_of(&made))
            .raw(">")
            .text(frame.say(DataSay::Download))
            .raw("</button>");
        vec![
            piece::text(&made),
            piece::text(&frame.language.size(backup.bytes)),
            frame.forms().post("/office/data/download", inside),
        ]
    };
    let table = Table {
        caption: frame.say(DataSay::Backups),
        heads: vec![frame.say(DataSay::Made), frame.say(DataSay::SizeOfIt), ""],
        rows: backups.iter().map(row).collect(),
    };
    table
        .html()
        .raw("<p class=\"quiet\">")
        .text(frame.say(DataSay::DownloadMeans))
        .raw("</p>")
}
