//! The change ideas in use, the library, and forms of the district's own.

use super::desk::{Answer, Office, Posted, Refused, refused, to};
use super::upload::{Came, Upload};
use crate::domain::moment::Moment;
use crate::domain::plan::stage::IdeaState;
use crate::domain::problem::Problem;
use crate::report::office::door::Instead;
use crate::report::office::ideas::{self as report, ShelfIdea, Typed, UsedIdea};
use crate::server::chance::Chance;
use crate::server::library::read::FILE_MAX_BYTES;
use crate::server::library::{Located, read};
use crate::server::routes::now_utc_ms;
use crate::server::zone;
use crate::sync::office::ideas::{FormOrigin, KeepIdea, OfficeIdea};
use crate::text::office::ideas::IdeasSay;
use axum::http::StatusCode;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

const PATH: &str = "/office/ideas";

/// The page.
pub async fn page(office: Office) -> Answer {
    show(&office, StatusCode::OK, &Typed::default()).await
}

/// Puts an idea to use, or takes it a step further.
pub async fn step(Posted { office, fields }: Posted) -> Answer {
    let name = fields.get("state");
    let state = IdeaState::ALL.into_iter().find(|one| one.name() == name);
    let version = fields.get("version");
    let keep = KeepIdea {
        key: fields.text("key"),
        state: state.ok_or_else(|| office.instead(Instead::NotThere))?,
        version: match version {
            "" => None,
            version => Some(office.named(version)?),
        },
        since_utc_ms: None,
    };
    let by = office.seated.caller.person;
    let sentence = fields.text("prediction").trim().to_owned();
    let locked = match sentence.is_empty() {
        true => Ok(()),
        false => {
            let store = &office.shared.store;
            let (key, random) = (keep.key.clone(), Chance::draw());
            let locked = store.lock_prediction(key, sentence, by, random, now_utc_ms());
            office.stored(locked.await)?
        }
    };
    if let Err(Problem::NotTheNextStep) = locked {
        let typed = Typed {
            wrong: Some(IdeasSay::LockedBefore),
            ..Typed::default()
        };
        return show(&office, StatusCode::BAD_REQUEST, &typed).await;
    }
    let kept = match locked.and(keep.check()) {
        Err(problem) => Err(problem),
        Ok(()) => {
            let kept = office.shared.store.keep_idea(keep, by, now_utc_ms()).await;
            office.stored(kept)?
        }
    };
    match kept {
        Ok(_) => Ok(to(PATH, "idea")),
        Err(Problem::Malformed { .. }) => Err(office.instead(Instead::NotThere)),
        Err(problem @ (Problem::NotTheNextStep | Problem::PredictionFirst)) => {
            let language = office.seated.language;
            let typed = Typed {
                not_taken: Some(format!(
                    "{} {}",
                    language.problem(&problem),
                    language.office(IdeasSay::StepFailed)
                )),
                ..Typed::default()
            };
            show(&office, refused(&problem), &typed).await
        }
        Err(problem) => Err(office.failed(&problem)),
    }
}

/// Adds a form, or says all that is wrong with it.
pub async fn add_form(upload: Upload) -> Answer {
    let Came {
        office,
        fields,
        file,
    } = upload.read(FILE_MAX_BYTES as u64).await?;
    let mut typed = Typed::default();
    let text = match file {
        Some((file, _)) => whole(&office, file)?,
        None => Some(fields.text("text")),
    };
    let Some(text) = text else {
        typed.wrong = Some(IdeasSay::NotText);
        return show(&office, StatusCode::BAD_REQUEST, &typed).await;
    };
    if text.trim().is_empty() {
        typed.wrong = Some(IdeasSay::Nothing);
        return show(&office, StatusCode::BAD_REQUEST, &typed).await;
    }
    if text.len() > FILE_MAX_BYTES {
        return Err(office.instead(Instead::TooLarge));
    }
    let faults = match read(&text) {
        Err(faults) => faults,
        Ok(written) => {
            let by = office.seated.caller.person;
            let store = &office.shared.store;
            let added = store.add_form(written.idea, by, now_utc_ms()).await;
            match office.stored(added)? {
                Ok(_) => return Ok(to(PATH, "form")),
                Err(faults) => written.places.locate_all(faults),
            }
        }
    };
    let language = office.seated.language;
    let says = |one: Located| {
        let says = language.form_fault(&one.fault.wrong);
        (one.line, one.column, says)
    };
    typed.faults = faults.into_iter().map(says).collect();
    // What is wrong is corrected here, whether it came as a file or not.
    typed.text = text.replace("\r\n", "\n");
    show(&office, StatusCode::BAD_REQUEST, &typed).await
}

/// The text of a file of a few pages; none when it is none.
fn whole(office: &Office, mut file: File) -> Result<Option<String>, Refused> {
    let mut bytes = Vec::new();
    let read = file.seek(SeekFrom::Start(0));
    read.and_then(|_| file.read_to_end(&mut bytes))
        .map_err(|error| {
            tracing::error!(%error, "An upload could not be read.");
            office.instead(Instead::ServerFailed)
        })?;
    Ok(String::from_utf8(bytes).ok())
}

async fn show(office: &Office, status: StatusCode, typed: &Typed) -> Answer {
    let store = &office.shared.store;
    let used = office.stored(store.ideas().await)?;
    let district = office.stored(store.district().await)?;
    let now = Moment {
        at_utc_ms: now_utc_ms(),
        offset_min: office.seated.offset_min,
    };
    let clocks = zone::offsets(district.time_zone.as_deref(), zone::year(now.at_utc_ms));
    let week = |idea: &OfficeIdea| {
        let began = Some(idea.cycle_from_utc_ms).filter(|_| idea.state == IdeaState::Testing);
        clocks.week_of(began?, now, district.week_start)
    };
    let used = used.into_iter().map(|idea| used_idea(week(&idea), idea));
    let used: Vec<UsedIdea> = used.collect();
    let shelf = office.stored(store.shelf().await)?.into_iter();
    let shelf = shelf.filter(|one| !one.in_use).map(|one| ShelfIdea {
        idea: one.idea,
        is_own: one.origin == FormOrigin::District,
    });
    let shelf: Vec<ShelfIdea> = shelf.collect();
    Ok(office.page_as(status, PATH, |frame| {
        report::ideas(frame, &used, &shelf, typed)
    }))
}

fn used_idea(week: Option<u32>, idea: OfficeIdea) -> UsedIdea {
    UsedIdea {
        form: idea.form,
        newest: idea.newest,
        title: idea.title,
        state: idea.state,
        state_from_utc_ms: idea.state_from_utc_ms,
        cycle: idea.cycle,
        week,
    }
}
