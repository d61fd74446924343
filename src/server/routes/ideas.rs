//! `/api/v1/library`, `/api/v1/ideas` and `/api/v1/forms`: what everybody may read, and leads and admins set.

use super::{body, json, now_utc_ms, stored};
use crate::domain::collect::look_for::Bilingual;
use crate::domain::people::Role;
use crate::domain::plan::change_idea::ACTIVE_ADVISED;
use crate::domain::problem::Problem;
use crate::server::auth::may_any;
use crate::server::error::Refusal;
use crate::server::library::read::FILE_MAX_BYTES;
use crate::server::library::{Located, read};
use crate::server::router::Shared;
use crate::server::store::Caller;
use crate::server::store::forms::OnShelf;
use crate::sync::office::OFFICE_MAX_BYTES;
use crate::sync::office::ideas::{
    AddedForm, FormFailure, FormFault, IdeasInUse, KeepIdea, KeptIdea, Library, LibraryIdea,
    OfficeIdea, TOML,
};
use crate::text::Language;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;

/// Who may change ideas and forms.
const KEEPERS: [Role; 2] = [Role::Lead, Role::Admin];

/// Answers everything that can be put to use.
pub async fn library(State(shared): State<Shared>, _: Caller) -> Result<Response, Refusal> {
    let shelf = stored(shared.store.shelf().await)?;
    let ideas = shelf.into_iter().map(in_short).collect();
    Ok(json(StatusCode::OK, &Library { ideas }))
}

/// Answers all ideas that were put to use.
pub async fn ideas(State(shared): State<Shared>, _: Caller) -> Result<Response, Refusal> {
    let ideas = stored(shared.store.ideas().await)?;
    let answer = IdeasInUse {
        active: active(&ideas),
        active_advised: ACTIVE_ADVISED,
        ideas,
    };
    Ok(json(StatusCode::OK, &answer))
}

/// Puts an idea to use, or changes it.
pub async fn keep_idea(
    State(shared): State<Shared>,
    caller: Caller,
    request: Request,
) -> Result<Response, Refusal> {
    may_any(&shared, caller, &KEEPERS).await?;
    let keep: KeepIdea = body::read_json(request, OFFICE_MAX_BYTES, &shared).await?;
    keep.check()?;
    let kept = shared.store.keep_idea(keep, caller.person, now_utc_ms());
    let idea = stored(kept.await)??;
    let ideas = stored(shared.store.ideas().await)?;
    let answer = KeptIdea {
        idea,
        active: active(&ideas),
        active_advised: ACTIVE_ADVISED,
    };
    Ok(json(StatusCode::OK, &answer))
}

/// Adds a form, or says all that is wrong with it.
pub async fn add_form(
    State(shared): State<Shared>,
    caller: Caller,
    request: Request,
) -> Result<Response, Refusal> {
    may_any(&shared, caller, &KEEPERS).await?;
    let text = body::read_text(request, TOML, FILE_MAX_BYTES, &shared).await?;
    let written = match read(&text) {
        Ok(written) => written,
        Err(faults) => return Ok(failure(faults)),
    };
    let added = shared
        .store
        .add_form(written.idea, caller.person, now_utc_ms());
    Ok(match stored(added.await)? {
        Ok(form) => json(StatusCode::OK, &AddedForm { form }),
        Err(faults) => failure(written.places.locate_all(faults)),
    })
}

fn failure(faults: Vec<Located>) -> Response {
    let fault = |located: Located| FormFault {
        line: located.line,
        column: located.column,
        says: Bilingual {
            en: Language::English.form_fault(&located.fault.wrong),
            es: Language::Spanish.form_fault(&located.fault.wrong),
        },
        place: located.fault.place,
    };
    let problem = Problem::Malformed {
        place: "form".into(),
        reason: "a form without faults; each of its faults is said by its line".into(),
    };
    let faults = faults.into_iter().map(fault).collect();
    json(StatusCode::BAD_REQUEST, &FormFailure { problem, faults })
}

fn active(ideas: &[OfficeIdea]) -> u32 {
    let active = ideas.iter().filter(|idea| idea.state.is_active());
    u32::try_from(active.count()).unwrap_or(u32::MAX)
}

fn in_short(shelf: OnShelf) -> LibraryIdea {
    let OnShelf {
        idea,
        origin,
        in_use,
    } = shelf;
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let look_fors = &idea.form.look_fors;
    LibraryIdea {
        core: count(look_fors.iter().filter(|one| one.core).count()),
        look_fors: count(look_fors.len()),
        form: idea.form.form,
        title: idea.form.title,
        theory: idea.form.theory,
        scope: idea.scope,
        source: idea.source,
        drivers: idea.drivers,
        prediction: idea.prediction.words,
        origin,
        in_use,
    }
}
