//! A pilot without IT.

use super::desk::Refused;
use super::desk::{Answer, Office, Posted};
use super::form::{Fields, Key};
use super::people::{language, some};
use crate::domain::id::{PersonId, SiteId};
use crate::domain::pasted::{self, Pasted};
use crate::domain::plan::stage::IdeaState;
use crate::domain::problem::Problem;
use crate::report::office::frame::Rank;
use crate::report::office::ideas::IdeaName;
use crate::report::office::people::Choice;
use crate::report::office::pilot::{self as report, Begun, PILOTS_MAX, Typed, Way};
use crate::server::chance::Chance;
use crate::server::routes::now_utc_ms;
use crate::server::secret::{LINK_LIVES_MS, Secret};
use crate::server::store::pilots::{Invited, InvitedBy, NewPilot, NewPilotTeacher};
use crate::sync::office::Site;
use crate::text::Language;
use crate::text::office::frame::FrameSay;
use crate::text::office::pilot::PilotSay;
use axum::http::StatusCode;

/// The form.
pub async fn page(office: Office) -> Answer {
    let (sites, ideas) = choices(&office).await?;
    let typed = Typed {
        language: office.seated.language.tag().into(),
        site: sites
            .first()
            .map(|site| site.id.clone())
            .unwrap_or_default(),
        idea: ideas
            .first()
            .map(|idea| idea.key.clone())
            .unwrap_or_default(),
        ..Typed::default()
    };
    show(&office, StatusCode::OK, &typed, Key::draw(), &sites, &ideas)
}

/// Begins the pilot, and shows what to hand over this once.
pub async fn begin(Posted { office, fields }: Posted) -> Answer {
    let (sites, ideas) = choices(&office).await?;
    let (mut typed, key) = (typed(&fields), Key::of(&fields));
    let people = read(&office, &mut typed);
    let site = site(&office, &mut typed, key, &sites);
    let idea = ideas.iter().find(|idea| idea.key == typed.idea);
    if idea.is_none() {
        let what = office.seated.language.office(PilotSay::NoIdea);
        typed.wrong.push(("idea", what));
    }
    let (Some(people), Some((site, new_site)), Some(idea), true) =
        (people, site, idea, typed.wrong.is_empty())
    else {
        let status = StatusCode::BAD_REQUEST;
        return show(&office, status, &typed, key, &sites, &ideas);
    };
    let secrets: Vec<Secret> = people.iter().map(|_| Secret::mint()).collect();
    let named = |one: &Pasted, secret: &Secret| {
        // The line's own words: a form that was changed and sent again adds who was added to it.
        let (at_ms, random) = key.seed(&format!("{} {:?}", one.name, one.mail));
        NewPilotTeacher {
            line: one.line,
            id: PersonId::mint(at_ms, random),
            name: one.name.clone(),
            mail: one.mail.clone(),
            secret_sha256: secret.sha256(),
            random: Chance::draw(),
        }
    };
    let now = now_utc_ms();
    let pilot = NewPilot {
        by: office.seated.caller,
        by_admin: office.rank == Rank::Admin,
        site,
        new_site: new_site.clone(),
        idea: typed.idea.clone(),
        language: language(&typed.language),
        mails: office.shared.mails,
        expires_utc_ms: now + LINK_LIVES_MS,
        people: people
            .iter()
            .zip(&secrets)
            .map(|(one, secret)| named(one, secret))
            .collect(),
    };
    let begun = office.shared.store.begin_pilot(pilot, now).await;
    let invited = match office.stored(begun)? {
        Ok(Ok(invited)) => invited,
        Ok(Err(unread)) => {
            typed.unread = unread;
            let status = StatusCode::BAD_REQUEST;
            return show(&office, status, &typed, key, &sites, &ideas);
        }
        Err(Problem::Malformed { place, .. }) => {
            let (field, what) = match place.as_str() {
                "site" => ("site", PilotSay::NoSchool),
                _ => ("idea", PilotSay::NoIdea),
            };
            let what = office.seated.language.office(what);
            typed.wrong.push((field, what));
            let status = StatusCode::BAD_REQUEST;
            return show(&office, status, &typed, key, &sites, &ideas);
        }
        Err(problem) => return Err(office.failed(&problem)),
    };
    let people = invited.iter().zip(&people).zip(&secrets);
    let people: Vec<Begun> = people
        .map(|((one, pasted), secret)| begun_of(&office, one, pasted, secret))
        .collect();
    let chosen = sites.iter().find(|choice| choice.id == typed.site);
    let school = new_site.or(chosen.map(|choice| choice.name.clone()));
    let invited_in = super::enter::by_tag(&typed.language).unwrap_or(office.seated.language);
    Ok(office.page_as(StatusCode::OK, "/office/pilot", |frame| {
        let school = school.unwrap_or_default();
        report::begun(frame, &people, &school, idea, invited_in)
    }))
}

/// The sites, and the ideas whose pilot can begin: those that are in use, first, then the library's. What was
/// abandoned is taken up again on the page of the ideas.
async fn choices(office: &Office) -> Result<(Vec<Choice>, Vec<IdeaName>), Refused> {
    let store = &office.shared.store;
    let sites = office.stored(store.site_choices().await)?;
    let mut ideas = office.stored(store.known_ideas().await)?;
    ideas.retain(|known| known.name.title.is_some() && known.state != Some(IdeaState::Abandoned));
    ideas.sort_by_key(|known| known.state.is_none());
    let ideas = ideas.into_iter().map(|known| known.name).collect();
    Ok((sites, ideas))
}

fn begun_of(office: &Office, one: &Invited, pasted: &Pasted, secret: &Secret) -> Begun {
    Begun {
        // A lead is shown nothing that they did not paste: the form is no list of who has which address.
        person: (office.rank == Rank::Admin).then_some(one.person),
        name: pasted.name.clone(),
        way: match one.way {
            InvitedBy::Link => Way::Link(format!("{}{}", office.server, secret.link())),
            InvitedBy::Mail => Way::Mail,
            InvitedBy::Nothing => Way::There,
        },
    }
}

fn typed(fields: &Fields) -> Typed {
    Typed {
        people: fields.text("people").replace("\r\n", "\n"),
        site: fields.text("site"),
        site_name: fields.text("site_name"),
        idea: fields.text("idea"),
        language: fields.text("language"),
        ..Typed::default()
    }
}

/// The people that were pasted; none when something about them is wrong, which is then said.
fn read(office: &Office, typed: &mut Typed) -> Option<Vec<Pasted>> {
    let say = |what| office.seated.language.office(what);
    match pasted::read(&typed.people) {
        Err(unread) => {
            typed.unread = unread;
            None
        }
        Ok(people) if people.is_empty() => {
            typed.wrong.push(("people", say(PilotSay::NoLines)));
            None
        }
        Ok(people) if people.len() > PILOTS_MAX => {
            typed.wrong.push(("people", say(PilotSay::TooMany)));
            None
        }
        Ok(people) => Some(people),
    }
}

/// Where it is: a site that is there, or a new one by its name, which wins if both are said.
fn site(
    office: &Office,
    typed: &mut Typed,
    key: Key,
    sites: &[Choice],
) -> Option<(SiteId, Option<String>)> {
    let say = |what: FrameSay| office.seated.language.office(what);
    if let Some(name) = some(&typed.site_name) {
        let (at_ms, random) = key.seed("site");
        let site = Site {
            id: SiteId::mint(at_ms, random),
            name: name.clone(),
        };
        if site.check().is_err() {
            typed.wrong.push(("site", say(FrameSay::WrongName)));
            return None;
        }
        return Some((site.id, Some(name)));
    }
    let chosen = sites.iter().find(|choice| choice.id == typed.site);
    let chosen = chosen.and_then(|choice| choice.id.parse().ok());
    if chosen.is_none() {
        let language: Language = office.seated.language;
        typed
            .wrong
            .push(("site", language.office(PilotSay::NoSchool)));
    }
    chosen.map(|site| (site, None))
}

fn show(
    office: &Office,
    status: StatusCode,
    typed: &Typed,
    key: Key,
    sites: &[Choice],
    ideas: &[IdeaName],
) -> Answer {
    Ok(office.page_as(status, "/office/pilot", |frame| {
        report::pilot(frame, typed, &key.show(), sites, ideas)
    }))
}
