//! Rosters and other files: look at one, then take it. For admins.

use super::desk::{Answer, Office, Posted, go, refused, to};
use super::people::some;
use super::upload::{Came, Upload};
use crate::domain::id::ImportId;
use crate::domain::problem::Problem;
use crate::report::office::imports::{self as report, ImportLine, Stand, Typed, address};
use crate::server::chance::Chance;
use crate::server::import::desk::{Sent, source};
use crate::server::routes::now_utc_ms;
use crate::server::store::imports::{Imports, Take};
use crate::sync::office::imports::{
    IMPORT_MAX_BYTES, IMPORT_WAITS_MS, IMPORTS_PAGE_MAX, Import, ImportState,
};
use crate::text::office::imports::ImportsSay;
use axum::extract::Path;
use axum::http::StatusCode;

/// The form, and what was sent before.
pub async fn page(office: Office) -> Answer {
    office.admin()?;
    show(&office, StatusCode::OK, &Typed::default()).await
}

/// Looks at a file; nothing is taken.
pub async fn look(upload: Upload) -> Answer {
    // Nobody else's file is read at all.
    upload.office.admin()?;
    let Came {
        office,
        fields,
        file,
    } = upload.read(IMPORT_MAX_BYTES).await?;
    let mut typed = Typed {
        source: fields.text("source"),
        wrong: None,
    };
    let source = source(some(&typed.source).as_deref());
    let (source, (file, name)) = match (source, file) {
        (Err(_), _) => {
            typed.wrong = Some(("source", ImportsSay::WrongSource));
            return show(&office, StatusCode::BAD_REQUEST, &typed).await;
        }
        (_, None) => {
            typed.wrong = Some(("file", ImportsSay::NoFile));
            return show(&office, StatusCode::BAD_REQUEST, &typed).await;
        }
        (Ok(source), Some(file)) => (source, file),
    };
    let now = now_utc_ms();
    let sent = Sent {
        // Each upload is a look of its own: a page that a browser kept may carry another file now.
        id: ImportId::mint(now, Chance::draw().take()),
        person: Some(office.seated.caller.person),
        source,
        file,
        name: plain(&name),
    };
    let shared = &office.shared;
    let looked = shared.imports.look(&*shared.store, sent, now).await;
    Ok(go(&address(office.stored(looked)?.id)))
}

/// One import, as it is now.
pub async fn one(Path(id): Path<String>, office: Office) -> Answer {
    office.admin()?;
    let id = office.named(&id)?;
    show_one(&office, StatusCode::OK, id, None).await
}

/// Takes it.
pub async fn take(Path(id): Path<String>, Posted { office, fields }: Posted) -> Answer {
    office.admin()?;
    let id = office.named(&id)?;
    let take = Take {
        id,
        leavers: fields.get("leavers") == "yes",
        now_utc_ms: now_utc_ms(),
    };
    let shared = &office.shared;
    let taken = shared.imports.take(&*shared.store, take).await;
    match office.stored(taken)? {
        Ok(_) => Ok(to(&address(id), "taken")),
        Err(problem) => {
            let language = office.seated.language;
            let why = match &problem {
                Problem::NotFound => language.office(ImportsSay::IsOver).to_owned(),
                Problem::LeaversNeedConsent { .. } => {
                    language.office(ImportsSay::LeaversFirst).to_owned()
                }
                problem => language.problem(problem),
            };
            let why = format!("{} {why}", language.office(ImportsSay::NotTaken));
            show_one(&office, refused(&problem), id, Some(&why)).await
        }
    }
}

async fn show(office: &Office, status: StatusCode, typed: &Typed) -> Answer {
    let after: Option<ImportId> = office.asked.id("after");
    let imports = office.stored(Imports::imports(&*office.shared.store, after).await)?;
    let is_full = imports.len() >= IMPORTS_PAGE_MAX;
    let next = imports.last().filter(|_| is_full).map(|import| import.id);
    let now = now_utc_ms();
    let lines: Vec<ImportLine> = imports
        .into_iter()
        .map(|import| line(import, None, now))
        .collect();
    Ok(office.page_as(status, "/office/imports", |frame| {
        report::imports(frame, typed, &lines, after.is_some(), next)
    }))
}

async fn show_one(
    office: &Office,
    status: StatusCode,
    id: ImportId,
    not_taken: Option<&str>,
) -> Answer {
    let shared = &office.shared;
    let now = shared.imports.now(&*shared.store, id).await;
    let now = office.stored(now)?;
    let now = now.ok_or_else(|| office.failed(&Problem::NotFound))?;
    let is_working = matches!(now.state, ImportState::Reading | ImportState::Working);
    let working = is_working.then_some(Stand::Working(now.done, now.all));
    let line = now.import.map(|import| line(import, working, now_utc_ms()));
    Ok(office.page_as(status, &address(id), |frame| match &line {
        Some(line) => report::import(frame, line, not_taken),
        None => report::under_way(frame, id, now.done, now.all),
    }))
}

fn line(import: Import, working: Option<Stand>, now_utc_ms: i64) -> ImportLine {
    let is_over = now_utc_ms.saturating_sub(import.looked_at_utc_ms) > IMPORT_WAITS_MS;
    let stand = working.unwrap_or(match import.state {
        ImportState::Taken => Stand::Taken,
        ImportState::Blocked => Stand::Blocked,
        ImportState::Looked if is_over => Stand::Over,
        ImportState::Looked => Stand::Looked,
        ImportState::Reading | ImportState::Working => Stand::Working(0, 0),
    });
    ImportLine {
        id: import.id,
        looked_at_utc_ms: import.looked_at_utc_ms,
        stand,
        preview: import.preview,
    }
}

/// What a browser calls a file, without folders.
fn plain(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|letter| !letter.is_control()).collect()
}
