//! Today: all that the first screen shows, in one reading.

use super::Store;
use super::draft::FORM;
use crate::domain::agreement::Agreement;
use crate::domain::collect::look_for::Bilingual;
use crate::domain::collect::today::{Idea, IdeaBody, LIKELY, Today};
use crate::domain::document::{Name, PersonDocument, body_of};
use crate::domain::moment::Moment;
use crate::domain::people::{Post, Role};
use crate::domain::place::{Offsets, Site};
use crate::domain::problem::Problem;
use serde::Deserialize;

const DISTRICT: &str = "district";
const IDEA: &str = "idea";
const SITE: &str = "site";
/// The day on which weeks begin as long as the district has not said it.
const MONDAY: u8 = 1;

/// The body of the district's document, as far as the first screen shows it.
#[derive(Deserialize)]
#[serde(default)]
struct DistrictBody {
    demo: bool,
    week_start: u8,
}

impl Default for DistrictBody {
    fn default() -> Self {
        Self {
            demo: false,
            week_start: MONDAY,
        }
    }
}

impl Store {
    /// What the first screen shows; `most` visits, the agreement that holds now, and where to next.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn today(&self, most: u32, now: Moment) -> Result<Today, Problem> {
        let around = self.surroundings()?;
        let district = self.district()?;
        let (mut ideas, unread_ideas) = self.ideas(district.week_start, now)?;
        for idea in &mut ideas {
            let key = (idea.form.form.key.as_str(), idea.cycle_from_utc_ms);
            let mut classes = self.likely(&around, key, now, LIKELY)?;
            self.mark_ask_first(&mut classes, now)?;
            idea.classes = classes;
        }
        let next = ideas.first().and_then(|idea| idea.classes.first());
        let period = around.period(next.map(|class| class.site), now);
        let posts = self.own_posts()?;
        let agreement = self.agreement(now.at_utc_ms)?;
        let agreement = agreement.unwrap_or_else(Agreement::first);
        let teaches = |post: &Post| post.role == Role::Teacher;
        Ok(Today {
            ideas,
            unread_ideas,
            welcomes: self.welcomes(now)?,
            drafts: self.unfinished()?,
            visits: self.visits(None, most)?,
            unsent: self.unsent()?,
            next_visit: self.next_visit()?,
            agreement_read: agreement.read,
            agreement,
            sites: self.sites()?,
            period,
            teaches: posts.iter().any(teaches),
            visits_others: !posts.iter().all(teaches),
            demo: district.demo,
        })
    }

    /// What the person does where, as their own entry says it; nothing before it has come.
    pub(super) fn own_posts(&self) -> Result<Vec<Post>, Problem> {
        const PERSON: &str = "person";
        let name = Name {
            kind: PERSON.into(),
            id: self.identity()?.author.to_string(),
        };
        let found = self.look_up(&[name])?;
        let own = found
            .first()
            .and_then(|kept| body_of::<PersonDocument>(PERSON, &kept.json));
        Ok(own.map_or_else(Vec::new, |own| own.posts))
    }

    /// What the district says of itself; what holds until then before it has come.
    fn district(&self) -> Result<DistrictBody, Problem> {
        let district = self.document(DISTRICT, DISTRICT)?;
        let district = district.and_then(|json| body_of(DISTRICT, &json));
        Ok(district.unwrap_or_default())
    }

    /// What clocks show in the district, which has one zone: any site says it.
    fn clocks(&self) -> Result<Offsets, Problem> {
        let sites = self.documents(SITE, None)?;
        let site = sites
            .first()
            .and_then(|kept| body_of::<Site>(SITE, &kept.json));
        Ok(site.map(|site| site.offsets).unwrap_or_default())
    }

    /// The change ideas that may be visited, with their forms: those under test first, then by their keys. Then
    /// what those are called that a newer Lookfor can read, and this one cannot.
    fn ideas(&self, week_start: u8, now: Moment) -> Result<(Vec<Idea>, Vec<Bilingual>), Problem> {
        let (mut ideas, mut unread) = (Vec::new(), Vec::new());
        let clocks = self.clocks()?;
        for kept in self.documents(IDEA, None)? {
            let Some(body) = body_of::<IdeaBody>(IDEA, &kept.json) else {
                unread.push(Bilingual {
                    en: kept.id.clone(),
                    es: kept.id,
                });
                continue;
            };
            let baseline = match body.state.as_str() {
                // What a district has adopted is looked at further: is it still there after a term?
                "testing" | "adopted" | "adapted" => false,
                "baseline" => true,
                _ => continue,
            };
            let began = body.cycle_from_utc_ms.filter(|_| body.state == "testing");
            let week = began.and_then(|began| clocks.week_of(began, now, week_start));
            let id = body.form.document_id();
            // An idea whose form has not come yet cannot be visited yet.
            let Some(form) = self.document(FORM, &id)? else {
                continue;
            };
            match body_of(FORM, &form) {
                Some(form) => ideas.push(Idea {
                    form,
                    baseline,
                    cycle: body.cycle,
                    cycle_from_utc_ms: body.cycle_from_utc_ms,
                    week,
                    classes: Vec::new(),
                }),
                None => unread.push(body.title),
            }
        }
        ideas.sort_by(|one, other| {
            let key = |idea: &Idea| (idea.baseline, idea.form.form.key.clone());
            key(one).cmp(&key(other))
        });
        Ok((ideas, unread))
    }
}
