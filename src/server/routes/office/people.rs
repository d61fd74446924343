//! The list of people, and adding somebody.

use super::desk::{Answer, Office, Posted, refused, to};
use super::enter::by_tag;
use super::form::{Fields, Key};
use crate::domain::id::PersonId;
use crate::domain::people::{Place, Post, Role};
use crate::domain::problem::Problem;
use crate::report::office::frame::Rank;
use crate::report::office::ideas::IdeaName;
use crate::report::office::people::{self as report, Choice, PeoplePage, Typed, Which, role_value};
use crate::server::routes::now_utc_ms;
use crate::server::store::registers::PeopleAsked;
use crate::sync::office::{AddPerson, Language};
use crate::text::office::frame::FrameSay;
use axum::http::StatusCode;

/// The list.
pub async fn page(office: Office) -> Answer {
    let asked = PeopleAsked {
        text: office.asked.text("q"),
        // Who is not shown addresses cannot search them either.
        mails: office.rank == Rank::Admin,
        site: office.asked.id("site"),
        which: Which::read(office.asked.get("show")),
        except: None,
        after: office.asked.id("after"),
    };
    let store = &office.shared.store;
    let found = office.stored(store.find_people(asked.clone(), now_utc_ms()).await)?;
    let sites = office.stored(store.site_choices().await)?;
    let last = found.lines.last().map(|line| line.id.to_string());
    Ok(office.page(|frame| {
        let page = PeoplePage {
            lines: &found.lines,
            all: found.all,
            asked: &asked.text,
            site: office.asked.get("site"),
            sites: &sites,
            which: asked.which,
            later: asked.after.is_some(),
            next: last.filter(|_| found.more),
        };
        report::people(frame, &page)
    }))
}

/// The form to add somebody.
pub async fn add_page(office: Office) -> Answer {
    office.admin()?;
    let typed = Typed {
        language: office.seated.language.tag().into(),
        ..Typed::default()
    };
    form(&office, StatusCode::OK, &typed, Key::draw()).await
}

/// Adds somebody.
pub async fn add(Posted { office, fields }: Posted) -> Answer {
    office.admin()?;
    let (mut typed, key) = (typed(&fields), Key::of(&fields));
    let (at_ms, random) = key.seed("person");
    let post = match typed.role.as_str() {
        "" => Ok(None),
        _ => post(&typed.role, &typed.place).map(Some),
    };
    let Ok(post) = post else {
        typed.wrong.push(("place", FrameSay::WrongPlace));
        return form(&office, StatusCode::BAD_REQUEST, &typed, key).await;
    };
    let person = AddPerson {
        id: PersonId::mint(at_ms, random),
        name: typed.name.clone(),
        mail: some(&typed.mail),
        language: language(&typed.language),
        posts: post.into_iter().collect(),
    };
    let id = person.id;
    let added = match person.check() {
        Err(problem) => Err(problem),
        Ok(()) => {
            let added = office.shared.store.add_person(person, now_utc_ms());
            office.stored(added.await)?
        }
    };
    match added {
        Ok(_) => Ok(to(&format!("/office/people/{id}"), "added")),
        // The same form was sent and then changed and sent again: the first one stands.
        Err(Problem::IdTaken) => Ok(to(&format!("/office/people/{id}"), "saved")),
        Err(problem) => {
            typed.wrong.push(wrong(&office, &problem)?);
            form(&office, refused(&problem), &typed, key).await
        }
    }
}

async fn form(office: &Office, status: StatusCode, typed: &Typed, key: Key) -> Answer {
    let (sites, ideas) = choices(office).await?;
    Ok(office.page_as(status, "/office/people/add", |frame| {
        report::add(frame, typed, &key.show(), &sites, &ideas)
    }))
}

/// The sites and the ideas that a post can be at.
pub(super) async fn choices(
    office: &Office,
) -> Result<(Vec<Choice>, Vec<IdeaName>), super::desk::Refused> {
    let store = &office.shared.store;
    let sites = office.stored(store.site_choices().await)?;
    let known = office.stored(store.known_ideas().await)?;
    Ok((sites, known.into_iter().map(|known| known.name).collect()))
}

/// What was typed of a person.
pub(super) fn typed(fields: &Fields) -> Typed {
    Typed {
        name: fields.text("name"),
        mail: fields.text("mail"),
        language: fields.text("language"),
        role: fields.text("role"),
        place: fields.text("place"),
        wrong: Vec::new(),
    }
}

/// The post that a form says. Leads and admins are of the district, wherever it says.
pub(super) fn post(role: &str, place: &str) -> Result<Post, ()> {
    let role = Role::ALL
        .into_iter()
        .find(|one| role_value(*one) == role)
        .ok_or(())?;
    let place = match (role, place.split_once(':')) {
        (Role::Lead | Role::Admin, _) => Place::District,
        (_, Some(("site", id))) => Place::Site(id.parse().map_err(drop)?),
        (_, Some(("idea", key))) => Place::Idea(key.to_owned()),
        _ => return Err(()),
    };
    let post = Post { role, place };
    match post.fits() {
        true => Ok(post),
        false => Err(()),
    }
}

/// What is wrong with which field; a page of its own when that is none of the form's.
pub(super) fn wrong(
    office: &Office,
    problem: &Problem,
) -> Result<(&'static str, FrameSay), super::desk::Refused> {
    match problem {
        Problem::Malformed { place, .. } => Ok(match place.as_str() {
            "mail" => ("mail", FrameSay::WrongMail),
            "posts" | "give" | "end" => ("place", FrameSay::WrongPlace),
            _ => ("name", FrameSay::WrongName),
        }),
        other => Err(office.failed(other)),
    }
}

/// A field that may be empty.
pub(super) fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The language of a tag, as people are kept.
pub(super) fn language(tag: &str) -> Language {
    match by_tag(tag) {
        Some(crate::text::Language::Spanish) => Language::Spanish,
        Some(crate::text::Language::English) | None => Language::English,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::an_admin_is_of_the_district("admin", "site:x", true)]
    #[case::a_teacher_has_a_site("teacher", "site:01a21293-b600-7101-8101-010101010101", true)]
    #[case::a_teacher_of_the_district("teacher", "district", false)]
    #[case::a_site_that_is_none("teacher", "site:x", false)]
    #[case::a_pilot_has_an_idea("pilot", "idea:three-reads", true)]
    #[case::a_pilot_at_a_site("pilot", "site:01a21293-b600-7101-8101-010101010101", false)]
    #[case::no_such_role("king", "district", false)]
    fn a_post_has_the_place_that_fits(#[case] role: &str, #[case] place: &str, #[case] fits: bool) {
        assert_eq!(post(role, place).is_ok(), fits);
    }
}
