//! Sites and classes.

use super::desk::{Answer, Office, Posted, Refused, to};
use super::form::{Fields, Key};
use super::people::typed;
use crate::domain::id::{ClassId, PersonId, SiteId};
use crate::domain::problem::Problem;
use crate::report::office::door::Instead;
use crate::report::office::people::Typed;
use crate::report::office::places::{
    self as report, ClassLine, ClassTyped, SiteLine, SitePage, SitesPage,
};
use crate::server::routes::now_utc_ms;
use crate::server::store::registers::{Listed, SitesAsked};
use crate::sync::office::{KeepClass, Site};
use crate::text::office::frame::FrameSay;
use axum::extract::Path;
use axum::http::StatusCode;
use chrono::{DateTime, Datelike};

/// All sites.
pub async fn sites(office: Office) -> Answer {
    show_sites(&office, StatusCode::OK, &Typed::default(), Key::draw()).await
}

/// Adds a site.
pub async fn add_site(Posted { office, fields }: Posted) -> Answer {
    office.admin()?;
    let (mut typed, key) = (typed(&fields), Key::of(&fields));
    let (at_ms, random) = key.seed("site");
    let site = Site {
        id: SiteId::mint(at_ms, random),
        name: typed.name.clone(),
    };
    if site.check().is_err() {
        typed.wrong.push(("name", FrameSay::WrongName));
        return show_sites(&office, StatusCode::BAD_REQUEST, &typed, key).await;
    }
    let address = address(site.id);
    office.stored(office.shared.store.keep_site(site).await)?;
    Ok(to(&address, "added"))
}

async fn show_sites(office: &Office, status: StatusCode, typed: &Typed, key: Key) -> Answer {
    let asked = SitesAsked {
        text: office.asked.text("q"),
        after: office.asked.id("after"),
    };
    let found = office.shared.store.find_sites(asked.clone()).await;
    let found = office.stored(found)?;
    let last = found.lines.last().map(|line| line.id.to_string());
    Ok(office.page_as(status, &office.path, |frame| {
        let page = SitesPage {
            lines: &found.lines,
            all: found.all,
            asked: &asked.text,
            typed,
            key: &key.show(),
            later: asked.after.is_some(),
            next: last.filter(|_| found.more),
        };
        report::sites(frame, &page)
    }))
}

/// One site and its classes.
pub async fn site(office: Office, Path(id): Path<String>) -> Answer {
    let site = office.named(&id)?;
    let after = office.asked.id("after");
    let (line, classes) = classes(&office, site, after).await?;
    let typed = Typed {
        name: line.name.clone(),
        ..Typed::default()
    };
    show_site(&office, StatusCode::OK, &line, &classes, &typed)
}

/// Gives a site another name.
pub async fn rename(Path(id): Path<String>, Posted { office, fields }: Posted) -> Answer {
    office.admin()?;
    let site = office.named(&id)?;
    let (line, classes) = classes(&office, site, None).await?;
    let mut typed = typed(&fields);
    let site = Site {
        id: site,
        name: typed.name.clone(),
    };
    if site.check().is_err() {
        typed.wrong.push(("name", FrameSay::WrongName));
        return show_site(&office, StatusCode::BAD_REQUEST, &line, &classes, &typed);
    }
    let address = address(site.id);
    office.stored(office.shared.store.keep_site(site).await)?;
    Ok(to(&address, "saved"))
}

fn show_site(
    office: &Office,
    status: StatusCode,
    line: &SiteLine,
    classes: &Listed<ClassLine>,
    typed: &Typed,
) -> Answer {
    let last = classes.lines.last().map(|class| class.id.to_string());
    Ok(office.page_as(status, &office.path, |frame| {
        let page = SitePage {
            site: line,
            classes: &classes.lines,
            all: classes.all,
            typed,
            later: !office.asked.get("after").is_empty(),
            next: last.filter(|_| classes.more),
        };
        report::site(frame, &page)
    }))
}

/// The form of a new class.
pub async fn add_class_page(office: Office, Path(id): Path<String>) -> Answer {
    office.admin()?;
    let site = office.named(&id)?;
    let typed = ClassTyped {
        year: this_school_year(now_utc_ms()).to_string(),
        ..ClassTyped::default()
    };
    show_class(
        &office,
        StatusCode::OK,
        site,
        &typed,
        Which::New(Key::draw()),
    )
    .await
}

/// Adds a class.
pub async fn add_class(Path(id): Path<String>, Posted { office, fields }: Posted) -> Answer {
    office.admin()?;
    let (site, key) = (office.named(&id)?, Key::of(&fields));
    let (at_ms, random) = key.seed("class");
    let typed = class_typed(&fields);
    let class = KeepClass {
        id: ClassId::mint(at_ms, random),
        site,
        school_year: typed.year.parse().unwrap_or(0),
        title: typed.title.clone(),
        teachers: teachers(&typed),
        ended: false,
    };
    keep(&office, class, typed, Which::New(key)).await
}

/// The form of a class that is there.
pub async fn class(office: Office, Path(id): Path<String>) -> Answer {
    office.admin()?;
    let (site, line) = class_line(&office, &id).await?;
    let typed = ClassTyped {
        title: line.title,
        year: line.school_year.to_string(),
        teachers: line.teachers.into_iter().map(|one| one.id).collect(),
        ended: line.ended,
        ..ClassTyped::default()
    };
    show_class(&office, StatusCode::OK, site, &typed, Which::There(line.id)).await
}

/// Changes a class.
pub async fn change_class(Path(id): Path<String>, Posted { office, fields }: Posted) -> Answer {
    office.admin()?;
    let (site, line) = class_line(&office, &id).await?;
    let typed = class_typed(&fields);
    let class = KeepClass {
        id: line.id,
        site,
        school_year: line.school_year,
        title: typed.title.clone(),
        teachers: teachers(&typed),
        ended: typed.ended,
    };
    keep(&office, class, typed, Which::There(line.id)).await
}

/// Which class a form is of.
#[derive(Clone, Copy)]
enum Which {
    New(Key),
    There(ClassId),
}

async fn keep(office: &Office, class: KeepClass, mut typed: ClassTyped, which: Which) -> Answer {
    let site = class.site;
    let kept = match class.check() {
        Err(problem) => Err(problem),
        Ok(()) => {
            let kept = office.shared.store.keep_class(class, now_utc_ms());
            office.stored(kept.await)?.map(drop)
        }
    };
    match kept {
        Ok(()) => Ok(to(
            &address(site),
            match which {
                Which::New(_) => "added",
                Which::There(_) => "saved",
            },
        )),
        Err(Problem::Malformed { place, .. }) if place == "title" || place == "school_year" => {
            typed.wrong_title = place == "title";
            typed.wrong_year = place == "school_year";
            show_class(office, StatusCode::BAD_REQUEST, site, &typed, which).await
        }
        // A site or a teacher that is not known any more, or a form that was changed after it was sent.
        Err(Problem::Malformed { .. } | Problem::IdTaken) => Err(office.instead(Instead::NotThere)),
        Err(problem) => Err(office.failed(&problem)),
    }
}

async fn show_class(
    office: &Office,
    status: StatusCode,
    site: SiteId,
    typed: &ClassTyped,
    which: Which,
) -> Answer {
    let (line, _) = classes(office, site, None).await?;
    let mut choices = office.stored(office.shared.store.teacher_choices(site).await)?;
    // Who teaches the class stays to be chosen, also after leaving the site.
    if let Which::There(class) = which
        && let Some((_, kept)) = office.stored(office.shared.store.class_line(class).await)?
    {
        let missing = kept.teachers.into_iter();
        let missing: Vec<_> = missing.filter(|one| !choices.contains(one)).collect();
        choices.extend(missing);
    }
    let (address, key) = match which {
        Which::New(key) => (
            format!("/office/sites/{site}/classes/add"),
            Some(key.show()),
        ),
        Which::There(class) => (format!("/office/classes/{class}"), None),
    };
    Ok(office.page_as(status, &address, |frame| {
        report::class(frame, &address, &line, typed, key.as_deref(), &choices)
    }))
}

fn class_typed(fields: &Fields) -> ClassTyped {
    ClassTyped {
        title: fields.text("title"),
        year: fields.text("year"),
        teachers: fields.all("teacher"),
        ended: fields.get("ended") == "yes",
        ..ClassTyped::default()
    }
}

fn teachers(typed: &ClassTyped) -> Vec<PersonId> {
    let ids = typed.teachers.iter();
    ids.filter_map(|id| id.parse().ok()).collect()
}

async fn classes(
    office: &Office,
    site: SiteId,
    after: Option<ClassId>,
) -> Result<(SiteLine, Listed<ClassLine>), Refused> {
    let found = office.shared.store.find_classes(site, after).await;
    office
        .stored(found)?
        .ok_or_else(|| office.instead(Instead::NotThere))
}

async fn class_line(office: &Office, id: &str) -> Result<(SiteId, ClassLine), Refused> {
    let class = office.named(id)?;
    let found = office.shared.store.class_line(class).await;
    office
        .stored(found)?
        .ok_or_else(|| office.instead(Instead::NotThere))
}

/// The calendar year in which the school year of a moment ends: from July on the next one.
fn this_school_year(at_utc_ms: i64) -> i32 {
    DateTime::from_timestamp_millis(at_utc_ms)
        .map_or(2027, |at| at.year() + i32::from(at.month() >= 7))
}

fn address(site: SiteId) -> String {
    format!("/office/sites/{site}")
}
