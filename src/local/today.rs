//! Today: all that the first screen shows, in one reading.

use super::Store;
use super::draft::FORM;
use crate::domain::agreement::Agreement;
use crate::domain::collect::today::{Idea, IdeaBody, LIKELY, Today};
use crate::domain::document::body_of;
use crate::domain::problem::Problem;

const IDEA: &str = "idea";

impl Store {
    /// What the first screen shows; `most` visits, and the agreement that holds now.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn today(&self, most: u32, now_utc_ms: i64) -> Result<Today, Problem> {
        Ok(Today {
            ideas: self.ideas()?,
            classes: self.likely(LIKELY)?,
            drafts: self.unfinished()?,
            visits: self.visits(None, most)?,
            unsent: self.unsent()?,
            next_visit: self.next_visit()?,
            agreement: self.agreement(now_utc_ms)?.unwrap_or_else(Agreement::first),
            sites: self.sites()?,
        })
    }

    /// The change ideas that may be visited, with their forms: those under test first, then by their keys.
    fn ideas(&self) -> Result<Vec<Idea>, Problem> {
        let mut ideas = Vec::new();
        for kept in self.documents(IDEA, None)? {
            let Some(body) = body_of::<IdeaBody>(IDEA, &kept.json) else {
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
            let form = self.document(FORM, &id)?;
            if let Some(form) = form.and_then(|json| body_of(FORM, &json)) {
                ideas.push(Idea {
                    form,
                    baseline,
                    cycle: body.cycle,
                    cycle_from_utc_ms: body.cycle_from_utc_ms,
                });
            }
        }
        ideas.sort_by(|one, other| {
            let key = |idea: &Idea| (idea.baseline, idea.form.form.key.clone());
            key(one).cmp(&key(other))
        });
        Ok(ideas)
    }
}
