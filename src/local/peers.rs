//! Whether a visit would want the teacher's yes first: what the agreement, the observer's own posts and the list of
//! those who said yes come to.

use super::Store;
use crate::domain::agreement::Agreement;
use crate::domain::collect::today::Classroom;
use crate::domain::document::Name;
use crate::domain::id::SiteId;
use crate::domain::json;
use crate::domain::moment::Moment;
use crate::domain::people::{Place, Post, Role};
use crate::domain::problem::Problem;
use serde_json::Value;

const PEERS_WELCOME: &str = "peers_welcome";

impl Store {
    /// Marks the classes whose teacher is asked first. As long as the device does not know what the observer does,
    /// none is.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn mark_ask_first(&self, classes: &mut [Classroom], now: Moment) -> Result<(), Problem> {
        let agreement = self.agreement(now.at_utc_ms)?;
        let agreement = agreement.unwrap_or_else(Agreement::first);
        let posts = self.own_posts()?;
        if !agreement.peer_visits_voluntary || posts.is_empty() {
            return Ok(());
        }
        let me = self.identity()?.author;
        let name = Name {
            kind: PEERS_WELCOME.into(),
            id: me.to_string(),
        };
        let found = self.look_up(&[name])?;
        let document = found.first().and_then(|kept| json::parsed(&kept.json).ok());
        let yes = document
            .as_ref()
            .and_then(|it| it.pointer("/body/teachers"));
        let yes = yes.and_then(Value::as_array);
        for class in classes.iter_mut().filter(|class| class.teacher != me) {
            let teacher = class.teacher.to_string();
            let said_yes = yes.is_some_and(|yes| yes.iter().any(|one| *one == *teacher));
            let comes_as_peer = posts.iter().all(|post| !is_office(post, class.site));
            class.ask_first = agreement.ask_first(comes_as_peer, said_yes);
        }
        Ok(())
    }
}

/// Whether a post brings somebody to a site who is no colleague there, as `domain::fold` admits visits.
fn is_office(post: &Post, site: SiteId) -> bool {
    match (&post.place, post.role) {
        (Place::Site(place), Role::Principal | Role::Coach) => *place == site,
        (Place::District, _) => true,
        _ => false,
    }
}
