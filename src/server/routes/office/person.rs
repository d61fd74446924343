//! One person: change, posts, invitation, leaving, and two entries that are one.

use super::desk::{Answer, Office, Posted, Refused, refused, to};
use super::people::{choices, language, post, some, typed, wrong};
use crate::domain::id::PersonId;
use crate::domain::problem::Problem;
use crate::report::office::door::Instead;
use crate::report::office::merge as merge_page;
use crate::report::office::people::{PersonLine, PersonSheet, Typed};
use crate::report::office::person::{self as report, PersonPage};
use crate::server::chance::Chance;
use crate::server::routes::now_utc_ms;
use crate::server::secret::{LINK_LIVES_MS, Secret};
use crate::server::store::registers::PeopleAsked;
use crate::server::store::secrets::{NewSecret, SecretKind};
use crate::sync::office::{ChangePerson, ChangePosts};
use crate::text::office::frame::FrameSay;
use axum::extract::Path;
use axum::http::StatusCode;

/// The page.
pub async fn page(office: Office, Path(id): Path<String>) -> Answer {
    let person = office.named(&id)?;
    let sheet = sheet(&office, person).await?;
    let typed = as_kept(&sheet);
    show(&office, StatusCode::OK, &sheet, &typed).await
}

/// Changes name, mail and language.
pub async fn change(Path(id): Path<String>, Posted { office, fields }: Posted) -> Answer {
    office.admin()?;
    let person = office.named(&id)?;
    let mut typed = typed(&fields);
    let change = ChangePerson {
        name: Some(typed.name.clone()),
        mail: Some(some(&typed.mail)),
        language: Some(language(&typed.language)),
        ..ChangePerson::default()
    };
    let changed = match change.check() {
        Err(problem) => Err(problem),
        Ok(()) => ask(&office, person, change).await?,
    };
    match changed {
        Ok(()) => Ok(to(&address(person), "saved")),
        Err(problem) => {
            typed.wrong.push(wrong(&office, &problem)?);
            let sheet = sheet(&office, person).await?;
            show(&office, refused(&problem), &sheet, &typed).await
        }
    }
}

/// Gives a post or ends one.
pub async fn posts(Path(id): Path<String>, Posted { office, fields }: Posted) -> Answer {
    office.admin()?;
    let person = office.named(&id)?;
    let Ok(post) = post(fields.get("role"), fields.get("place")) else {
        return not_taken(&office, person, &fields, ("place", FrameSay::WrongPlace)).await;
    };
    let change = match fields.get("act") {
        "end" => ChangePosts {
            end: vec![post],
            ..ChangePosts::default()
        },
        _ => ChangePosts {
            give: vec![post],
            ..ChangePosts::default()
        },
    };
    let ends = !change.end.is_empty();
    let changed = match change.check() {
        Err(problem) => Err(problem),
        Ok(()) => {
            let changed = office
                .shared
                .store
                .change_posts(person, change, now_utc_ms());
            office.stored(changed.await)?.map(drop)
        }
    };
    match changed {
        Ok(()) => Ok(to(&address(person), "posts")),
        Err(Problem::NotAllowed) => {
            let why = match ends {
                true => FrameSay::LastAdmin,
                false => FrameSay::HasLeft,
            };
            not_taken(&office, person, &fields, ("", why)).await
        }
        Err(problem) => {
            let what = wrong(&office, &problem)?;
            not_taken(&office, person, &fields, what).await
        }
    }
}

/// Marks somebody as left.
pub async fn left(Path(id): Path<String>, Posted { office, fields }: Posted) -> Answer {
    office.admin()?;
    let person = office.named(&id)?;
    let change = ChangePerson {
        left: Some(true),
        ..ChangePerson::default()
    };
    match ask(&office, person, change).await? {
        Ok(()) => Ok(to(&address(person), "left")),
        Err(Problem::NotAllowed) => {
            not_taken(&office, person, &fields, ("", FrameSay::LastAdmin)).await
        }
        Err(problem) => Err(office.failed(&problem)),
    }
}

/// Marks somebody as here again.
pub async fn back(Path(id): Path<String>, Posted { office, .. }: Posted) -> Answer {
    office.admin()?;
    let person = office.named(&id)?;
    let change = ChangePerson {
        left: Some(false),
        ..ChangePerson::default()
    };
    match ask(&office, person, change).await? {
        Ok(()) => Ok(to(&address(person), "back")),
        Err(problem) => Err(office.failed(&problem)),
    }
}

/// Says that the office knows somebody who was added on the spot.
pub async fn confirm(Path(id): Path<String>, Posted { office, fields }: Posted) -> Answer {
    office.admin()?;
    let person = office.named(&id)?;
    let theirs = fields.get("devices") == "theirs";
    let store = &office.shared.store;
    let confirmed = store.confirm_person(person, theirs, now_utc_ms()).await;
    match office.stored(confirmed)? {
        Ok(()) if theirs => Ok(to(&address(person), "confirmed")),
        Ok(()) => Ok(to(&address(person), "confirmed-ended")),
        Err(problem) => Err(office.failed(&problem)),
    }
}

/// Makes a link and shows it this once, or has it mailed.
pub async fn invitation(Path(id): Path<String>, Posted { office, fields }: Posted) -> Answer {
    office.admin()?;
    let person = office.named(&id)?;
    let (store, now) = (&office.shared.store, now_utc_ms());
    if fields.get("way") == "mail" && office.shared.mails {
        let asked = office.stored(store.mail_invitation(person, now).await)?;
        return match asked {
            Ok(()) => Ok(to(&address(person), "mail")),
            Err(Problem::NotAllowed) => {
                not_taken(&office, person, &fields, ("", FrameSay::HasLeft)).await
            }
            Err(problem) => {
                let what = wrong(&office, &problem)?;
                not_taken(&office, person, &fields, what).await
            }
        };
    }
    let secret = Secret::mint();
    let expires_utc_ms = now + LINK_LIVES_MS;
    let given = store.give(NewSecret {
        kind: SecretKind::Invitation,
        person,
        sha256: secret.sha256(),
        made_at_utc_ms: now,
        expires_utc_ms,
    });
    match office.stored(given.await)? {
        Ok(()) => {}
        Err(Problem::NotAllowed) => {
            return not_taken(&office, person, &fields, ("", FrameSay::HasLeft)).await;
        }
        Err(problem) => return Err(office.failed(&problem)),
    }
    let sheet = sheet(&office, person).await?;
    let link = format!("{}{}", office.server, secret.link());
    Ok(office.page_as(StatusCode::OK, &address(person), |frame| {
        let name = sheet.line.name.as_deref();
        report::fresh_link(frame, person, name, &link, expires_utc_ms)
    }))
}

/// Looks for the other entry of a person.
pub async fn find_other(office: Office, Path(id): Path<String>) -> Answer {
    office.admin()?;
    let person = office.named(&id)?;
    let sheet = sheet(&office, person).await?;
    // Without anything typed, the most likely: the same name.
    let text = match office.asked.get("q") {
        "" => sheet.line.name.clone().unwrap_or_default(),
        typed => typed.to_owned(),
    };
    let asked = PeopleAsked {
        text: text.clone(),
        mails: true,
        except: Some(person),
        ..PeopleAsked::default()
    };
    let found = office.shared.store.find_people(asked, now_utc_ms());
    let found = office.stored(found.await)?;
    Ok(office.page(|frame| merge_page::find_other(frame, &sheet.line, &text, &found.lines)))
}

/// Asks before two entries become one.
pub async fn confirm_merge(office: Office, Path((id, other)): Path<(String, String)>) -> Answer {
    office.admin()?;
    let (stays, goes) = pair(&office, &id, &other).await?;
    Ok(office.page(|frame| merge_page::confirm_merge(frame, &stays, &goes)))
}

/// Makes two entries one.
pub async fn merge(
    Path((id, other)): Path<(String, String)>,
    Posted { office, .. }: Posted,
) -> Answer {
    office.admin()?;
    let (stays, goes) = pair(&office, &id, &other).await?;
    let merged = office.shared.store.merge(
        office.seated.caller,
        goes.id,
        stays.id,
        Chance::draw(),
        now_utc_ms(),
    );
    match office.stored(merged.await)? {
        Ok(()) => Ok(to(&address(stays.id), "merged")),
        Err(problem) => Err(office.failed(&problem)),
    }
}

async fn pair(office: &Office, id: &str, other: &str) -> Result<(PersonLine, PersonLine), Refused> {
    let (stays, goes): (PersonId, PersonId) = (office.named(id)?, office.named(other)?);
    if stays == goes {
        return Err(office.instead(Instead::NotThere));
    }
    let stays = sheet(office, stays).await?.line;
    let goes = sheet(office, goes).await?.line;
    Ok((stays, goes))
}

async fn sheet(office: &Office, person: PersonId) -> Result<PersonSheet, Refused> {
    let found = office.shared.store.person_sheet(person, now_utc_ms()).await;
    office
        .stored(found)?
        .ok_or_else(|| office.instead(Instead::NotThere))
}

/// The form as the person is kept.
fn as_kept(sheet: &PersonSheet) -> Typed {
    Typed {
        name: sheet.line.name.clone().unwrap_or_default(),
        mail: sheet.line.mail.clone().unwrap_or_default(),
        language: sheet.language.tag().into(),
        ..Typed::default()
    }
}

async fn show(office: &Office, status: StatusCode, sheet: &PersonSheet, typed: &Typed) -> Answer {
    let (sites, ideas) = choices(office).await?;
    let page = PersonPage {
        sheet,
        typed,
        sites: &sites,
        ideas: &ideas,
        mails: office.shared.mails,
    };
    let path = address(sheet.line.id);
    Ok(office.page_as(status, &path, |frame| report::person(frame, &page)))
}

/// The page again, with why something on it was not taken.
async fn not_taken(
    office: &Office,
    person: PersonId,
    fields: &super::form::Fields,
    what: (&'static str, FrameSay),
) -> Answer {
    let sheet = sheet(office, person).await?;
    let mut typed = as_kept(&sheet);
    typed.role = fields.text("role");
    typed.place = fields.text("place");
    typed.wrong.push(what);
    show(office, StatusCode::BAD_REQUEST, &sheet, &typed).await
}

async fn ask(
    office: &Office,
    person: PersonId,
    change: ChangePerson,
) -> Result<Result<(), Problem>, Refused> {
    let changed = office
        .shared
        .store
        .change_person(person, change, now_utc_ms());
    Ok(office.stored(changed.await)?.map(drop))
}

fn address(person: PersonId) -> String {
    format!("/office/people/{person}")
}
