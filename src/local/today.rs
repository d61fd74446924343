//! Today: all that the first screen shows, in one reading.

use super::Store;
use super::draft::FORM;
use crate::domain::agreement::Agreement;
use crate::domain::collect::look_for::Bilingual;
use crate::domain::collect::today::{Idea, IdeaBody, LIKELY, Today};
use crate::domain::document::{Name, PersonDocument, body_of};
use crate::domain::moment::Moment;
use crate::domain::people::{Post, Role};
use crate::domain::problem::Problem;
use serde::Deserialize;

const DISTRICT: &str = "district";
const IDEA: &str = "idea";

impl Store {
    /// What the first screen shows; `most` visits, the agreement that holds now, and where to next.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn today(&self, most: u32, now: Moment) -> Result<Today, Problem> {
        let around = self.surroundings()?;
        let (mut ideas, unread_ideas) = self.ideas()?;
        for idea in &mut ideas {
            let key = (idea.form.form.key.as_str(), idea.cycle_from_utc_ms);
            let classes = self.likely(&around, key, now, LIKELY)?;
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
            demo: self.is_demo()?,
        })
    }

    /// What the person does where, as their own entry says it; nothing before it has come.
    fn own_posts(&self) -> Result<Vec<Post>, Problem> {
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

    /// Whether the district says that it is invented.
    fn is_demo(&self) -> Result<bool, Problem> {
        #[derive(Deserialize)]
        struct Demo {
            #[serde(default)]
            demo: bool,
        }
        let district = self.document(DISTRICT, DISTRICT)?;
        let district = district.and_then(|json| body_of::<Demo>(DISTRICT, &json));
        Ok(district.is_some_and(|district| district.demo))
    }

    /// The change ideas that may be visited, with their forms: those under test first, then by their keys. Then
    /// what those are called that a newer Lookfor can read, and this one cannot.
    fn ideas(&self) -> Result<(Vec<Idea>, Vec<Bilingual>), Problem> {
        let (mut ideas, mut unread) = (Vec::new(), Vec::new());
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
