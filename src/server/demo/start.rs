//! What a start does for the demo: loads what is missing, and makes a fresh link for each role.

use super::client::{Client, DemoError};
use super::load::load;
use super::plan::{Job, Level, Plan, TIME_ZONE};
use super::tests_of_change::IDEAS;
use crate::domain::id::PersonId;
use crate::domain::moment::Moment;
use crate::domain::people::Role;
use crate::domain::place::Day;
use crate::server::secret::{LINK_LIVES_MS, Secret};
use crate::server::store::demo::Demo;
use crate::server::store::people::Persons;
use crate::server::store::secrets::{NewSecret, SecretKind, Secrets};
use crate::server::store::{ServerStore, StoreFailure};
use crate::server::zone;
use std::collections::BTreeMap;
use std::net::SocketAddr;

/// The seed of the district that everybody gets.
const SEED: u64 = 1;

/// A link that signs somebody of the demo in, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleLink {
    /// What they do, as a name that can stand in an address.
    pub role: &'static str,
    /// What they are called.
    pub name: String,
    /// The link within the server.
    pub link: String,
}

/// The day in the demo's district.
pub fn today(now_utc_ms: i64) -> Option<Day> {
    let offsets = zone::offsets(Some(TIME_ZONE), zone::year(now_utc_ms));
    let now = Moment {
        at_utc_ms: now_utc_ms,
        offset_min: 0,
    };
    offsets.wall(now).map(|wall| wall.day)
}

/// Loads what is not there yet, through the server that listens at `address`, and makes the links. It is asked
/// while that server answers.
///
/// # Errors
/// [`DemoError`]. The next start goes on from there.
pub async fn start(
    store: &dyn ServerStore,
    address: SocketAddr,
    demo: Demo,
    now_utc_ms: i64,
) -> Result<Vec<RoleLink>, DemoError> {
    let plan = Plan::of(SEED, demo.today);
    if !demo.loaded {
        let admin = admin(store).await?;
        let secret = give(store, admin, now_utc_ms).await?;
        load(&Client::of(address), &plan, secret.show()).await?;
        store.demo_loaded().await.map_err(failed)?;
    }
    links(store, &plan, now_utc_ms).await
}

/// Somebody who looks after people; the first one is there from the first start on.
async fn admin(store: &dyn ServerStore) -> Result<PersonId, DemoError> {
    let people = all(store).await?;
    for (id, _) in people.values() {
        let posts = store.posts(*id).await.map_err(failed)?;
        if posts.iter().any(|post| post.role == Role::Admin) {
            return Ok(*id);
        }
    }
    Err(DemoError("there is no admin".into()))
}

/// Everybody with a name, by mail address, or by id where there is none.
async fn all(store: &dyn ServerStore) -> Result<BTreeMap<String, (PersonId, String)>, DemoError> {
    let (mut found, mut after) = (BTreeMap::new(), None);
    loop {
        let page = Persons::people(store, after).await.map_err(failed)?;
        let Some(last) = page.last() else {
            return Ok(found);
        };
        after = Some(last.id);
        found.extend(page.into_iter().map(|person| {
            let mail = person.mail.unwrap_or_else(|| person.id.to_string());
            let name = person.name.unwrap_or_default();
            (mail.to_lowercase(), (person.id, name))
        }));
    }
}

async fn give(
    store: &dyn ServerStore,
    person: PersonId,
    now_utc_ms: i64,
) -> Result<Secret, DemoError> {
    let secret = Secret::mint();
    let given = Secrets::give(
        store,
        NewSecret {
            kind: SecretKind::Invitation,
            person,
            sha256: secret.sha256(),
            made_at_utc_ms: now_utc_ms,
            expires_utc_ms: now_utc_ms + LINK_LIVES_MS,
        },
    );
    match given.await.map_err(failed)? {
        Ok(()) => Ok(secret),
        Err(problem) => Err(DemoError(format!("an invitation was refused: {problem:?}"))),
    }
}

/// Who stands for each role: people around the idea that is in its fourth week.
fn roles(plan: &Plan) -> Vec<(&'static str, &str)> {
    let [usual, ..] = &IDEAS;
    let pilots = usual.pilots(plan);
    let mut principals = plan.with_job(Job::Principal);
    let found = [
        (
            "principal",
            principals.find(|person| person.school == Some(usual.school)),
        ),
        ("teacher", pilots.first().copied()),
        ("peer", pilots.get(1).copied()),
        ("coach", plan.with_job(Job::Coach(Level::Elementary)).next()),
        ("lead", plan.with_job(Job::Lead).next()),
        ("admin", plan.with_job(Job::Admin).next()),
    ];
    let found = found.into_iter();
    found
        .filter_map(|(role, person)| Some((role, &*person?.mail)))
        .collect()
}

async fn links(
    store: &dyn ServerStore,
    plan: &Plan,
    now_utc_ms: i64,
) -> Result<Vec<RoleLink>, DemoError> {
    let people = all(store).await?;
    let mut links = Vec::new();
    for (role, mail) in roles(plan) {
        // Who was taken out, or has another address now, has no link.
        let Some((id, name)) = people.get(mail) else {
            continue;
        };
        let Ok(secret) = give(store, *id, now_utc_ms).await else {
            continue;
        };
        links.push(RoleLink {
            role,
            name: name.clone(),
            link: secret.link(),
        });
    }
    Ok(links)
}

fn failed(failure: StoreFailure) -> DemoError {
    DemoError(failure.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_has_somebody_and_nobody_has_two() {
        let plan = Plan::of(SEED, "2026-11-22".parse().expect("a day"));
        let roles = roles(&plan);
        let names: Vec<&str> = roles.iter().map(|(role, _)| *role).collect();
        let wanted = ["principal", "teacher", "peer", "coach", "lead", "admin"];
        assert_eq!(names, wanted);
        let mails: std::collections::BTreeSet<_> = roles.iter().map(|(_, mail)| mail).collect();
        assert_eq!(mails.len(), roles.len());
    }

    #[test]
    fn the_day_is_the_one_in_california() {
        // 2026-11-22T05:00Z is still the evening before there.
        assert_eq!(
            today(1_795_323_600_000).map(|day| day.to_string()),
            Some("2026-11-21".into())
        );
    }
}
