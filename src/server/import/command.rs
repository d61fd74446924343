//! Imports from the command line, while no server runs on the data folder: looked at, said, taken.

use super::desk::{ImportDesk, Sent, source};
use crate::domain::id::ImportId;
use crate::domain::problem::Problem;
use crate::server::chance::Chance;
use crate::server::store::imports::Take;
use crate::server::store::sqlite::SqliteStore;
use crate::text::Language;
use crate::text::import::{ImportSay, preview, say};
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What the command line asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportArgs {
    /// The files, one after the other.
    pub files: Vec<PathBuf>,
    /// Whether more than a third may be marked as left.
    pub leavers: bool,
    /// The name of a second roster.
    pub source: Option<String>,
}

/// Takes the files in their order, and writes what each of them is and does. Ends with the first that
/// cannot be taken, and says whether there was none such.
///
/// # Errors
/// What keeps the store from being opened, a file from being read, or the sentences from being written.
pub async fn run(
    data: &Path,
    args: &ImportArgs,
    out: &mut impl Write,
) -> Result<bool, Box<dyn std::error::Error>> {
    let source =
        source(args.source.as_deref()).map_err(|problem| Language::English.problem(&problem))?;
    let store = SqliteStore::open(data)?;
    let desk = ImportDesk::new(data.into());
    for path in &args.files {
        let named = |error: io::Error| format!("{}: {error}", path.display());
        let file = File::open(path).map_err(named)?;
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        writeln!(out, "{name}")?;
        let now_utc_ms = chrono::Utc::now().timestamp_millis();
        let sent = Sent {
            id: ImportId::mint(now_utc_ms, Chance::draw().take()),
            person: None,
            source: source.clone(),
            file,
            name,
        };
        let looked = desk.look(&store, sent, now_utc_ms).await?;
        for line in preview(Language::English, &looked.preview) {
            writeln!(out, "  {line}")?;
        }
        if looked.preview.blocked {
            return Ok(false);
        }
        let take = Take {
            id: looked.id,
            leavers: args.leavers,
            now_utc_ms,
        };
        match desk.take(&store, take).await? {
            Ok(_) => writeln!(out, "  {}", say(Language::English, &ImportSay::Taken))?,
            Err(problem) => {
                writeln!(out, "  {}", Language::English.problem(&problem))?;
                if matches!(problem, Problem::LeaversNeedConsent { .. }) {
                    writeln!(out, "  To say yes to that: --import-leavers")?;
                }
                return Ok(false);
            }
        }
    }
    Ok(true)
}
