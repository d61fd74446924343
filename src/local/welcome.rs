//! "Come and see this": the lessons that teachers welcome visits to, as the feed brought them.

use super::{Store, problem};
use crate::domain::collect::today::{Classroom, WELCOMES, Welcomed};
use crate::domain::document::body_of;
use crate::domain::id::{ClassId, EventId, PersonId, SiteId};
use crate::domain::moment::Moment;
use crate::domain::place::{Day, Offsets};
use crate::domain::problem::Problem;
use rusqlite::OptionalExtension;
use serde::Deserialize;

const WELCOME: &str = "welcome";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The body of a welcome, as far as an observer needs it.
#[derive(Deserialize)]
struct Body {
    id: EventId,
    teacher: PersonId,
    site: SiteId,
    class: Option<ClassId>,
    day: Day,
    #[serde(default)]
    idea: Option<String>,
    added: Option<String>,
}

impl Store {
    /// What others welcome visits to from today on, the next first.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub(super) fn welcomes(&self, now: Moment) -> Result<Vec<Welcomed>, Problem> {
        let Some(today) = Offsets::default().wall(now).map(|wall| wall.day) else {
            return Ok(Vec::new());
        };
        let me = self.identity()?.author;
        let mut found: Vec<Body> = Vec::new();
        // One page is enough: a welcome leaves the feed with its day.
        for kept in self.documents(WELCOME, None)? {
            let body = body_of::<Body>(WELCOME, &kept.json);
            found.extend(body.filter(|body| body.teacher != me && body.day >= today));
        }
        found.sort_by_key(|body| (body.day, body.id));
        found.truncate(WELCOMES);
        found
            .into_iter()
            .map(|body| {
                Ok(Welcomed {
                    id: body.id,
                    day: Moment {
                        at_utc_ms: body.day.since_epoch() * DAY_MS,
                        offset_min: 0,
                    },
                    today: body.day == today,
                    room: self.room_of(body.class, body.site, body.teacher)?,
                    idea: body.idea,
                    what: body.added,
                })
            })
            .collect()
    }

    fn room_of(
        &self,
        class: Option<ClassId>,
        site: SiteId,
        teacher: PersonId,
    ) -> Result<Classroom, Problem> {
        let id = class.map(|class| class.to_string());
        let known: Option<(String, Option<String>)> = self
            .connection
            .query_row("select title, room from class where id = ?1", [id], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()
            .map_err(problem)?;
        let (title, room) = known.unwrap_or_default();
        Ok(Classroom {
            class,
            site,
            title,
            room,
            teacher,
            name: self.name_of(teacher)?,
            visited_utc_ms: None,
            reason: None,
            // A welcome is the yes.
            ask_first: false,
        })
    }
}

#[cfg(test)]
#[allow(
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails, and says where"
)]
mod tests {
    use super::*;
    use crate::domain::document::{Audience, Name};
    use crate::local::inbox::{Change, Delivery};
    use crate::local::tests::memory;
    use serde_json::json;

    /// 2026-11-25, a Wednesday, shortly before midnight in California.
    const LATE: Moment = Moment {
        at_utc_ms: 1_795_608_000_000 + 19 * 60 * 60 * 1000 + 59 * 60 * 1000,
        offset_min: -480,
    };

    fn change(kind: &str, id: &str, body: serde_json::Value) -> Change {
        Change {
            name: Name {
                kind: kind.into(),
                id: id.into(),
            },
            json: Some(json!({ "kind": kind, "body": body }).to_string()),
        }
    }

    #[test]
    fn what_others_welcome_visits_to_is_there_from_its_day_on_and_not_after_it() {
        let mut store = memory();
        let me = store.identity().expect("it has one").author;
        let (site, class) = (SiteId::mint(1, [1; 10]), ClassId::mint(1, [2; 10]));
        let luz = PersonId::mint(1, [3; 10]);
        let welcome = |number: u8, teacher: PersonId, day: &str, class: Option<ClassId>| {
            let id = EventId::mint(1, [number; 10]);
            let body = json!({
                "id": id, "teacher": teacher, "at": LATE, "site": site, "class": class, "day": day,
                "idea": "idea", "peers": true, "added": "The pairs talk.",
            });
            change(WELCOME, &id.to_string(), body)
        };
        let delivery = Delivery {
            feed: 7,
            lost: Vec::new(),
            portions: vec![(
                Audience::Everyone,
                1,
                vec![
                    change(
                        "person",
                        &luz.to_string(),
                        json!({
                            "id": luz, "name": "Luz Ortega", "posts": [], "left": false,
                        }),
                    ),
                    change(
                        "class",
                        &class.to_string(),
                        json!({
                            "id": class, "site": site, "title": "Algebra 1", "teachers": [luz],
                            "room": "12", "school_year": 2027,
                        }),
                    ),
                    welcome(1, luz, "2026-11-27", None),
                    welcome(2, luz, "2026-11-25", Some(class)),
                    welcome(3, luz, "2026-11-24", Some(class)),
                    welcome(4, me, "2026-11-25", None),
                ],
            )],
        };
        store.take(&delivery).expect("it is taken");
        let found = store.welcomes(LATE).expect("it answers");
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].today, found[1].today), (true, false));
        assert_eq!(found[0].room.name.as_deref(), Some("Luz Ortega"));
        assert_eq!(
            (&*found[0].room.title, &*found[1].room.title),
            ("Algebra 1", "")
        );
        assert_eq!(found[0].what.as_deref(), Some("The pairs talk."));
    }
}
