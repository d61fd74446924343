//! Loads the invented district: a client that imports files, signs people in and pushes what they recorded.
//!
//! Each step can be done again without changing anything, so loading goes on after any end.

use super::client::{Client, DemoError, Sent};
use super::dice::Dice;
use super::files;
use super::plan::{Job, Person, Plan};
use super::tests_of_change::{IDEAS, Idea};
use super::visits::{Known, Recorded, recorded};
use crate::domain::collect::form::Form;
use crate::domain::document::body_of;
use crate::domain::event::Envelope;
use crate::domain::id::{ClassId, DeviceId, PersonId, SiteId};
use crate::domain::people::Class;
use crate::server::demo::plan;
use crate::sync::office::{JOIN_PATH, PEOPLE_PATH, SITES_PATH};
use crate::sync::protocol::{
    Answer, PROTOCOL, PULL_PATH, PUSH_MAX_ENVELOPES, PUSH_PATH, Pulled, Pushed, SIGN_IN_PATH,
    SIGN_OUT_PATH,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// How often documents are asked for that the projector has not made yet.
const PULLS: u32 = 600;
/// How long to wait between.
const PULL_PAUSE: Duration = Duration::from_millis(200);

/// A device that is signed in.
struct Device {
    token: String,
    person: PersonId,
}

/// Loads all of it. `secret` signs an admin in.
///
/// # Errors
/// [`DemoError`]; what was done stays, and loading again goes on from there.
pub async fn load(client: &Client, plan: &Plan, secret: &str) -> Result<(), DemoError> {
    let mut dice = Dice::of(plan.seed, "devices");
    let admin = sign_in(client, secret, device_id(plan, &mut dice)).await?;
    let named = plan.with_job(Job::Admin).next();
    if let Some(person) = named {
        // The first admin was there before any file, and is the one of whom the files speak.
        let name = format!("{} {}", person.name.0, person.name.1);
        let change = json!({"name": name, "mail": person.mail});
        let path = format!("{PEOPLE_PATH}/{}", admin.person);
        client.post(&path, Some(&admin.token), &change).await?;
    }
    for files in [files::roster(plan), files::companions(plan)] {
        let zip = files::zipped(&files).map_err(|error| DemoError(error.to_string()))?;
        import(client, &admin, zip).await?;
    }
    let mut known = people_and_sites(client, &admin, plan).await?;
    put_to_use(client, &admin, plan).await?;
    consent(client, &admin, plan, &known, &mut dice).await?;
    classes_and_forms(client, &admin, plan, &mut known, &mut dice).await?;
    for recorded in recorded(plan, &known) {
        push(client, &admin, &known, &recorded).await?;
    }
    for idea in &IDEAS {
        go_on(client, &admin, plan, idea).await?;
    }
    sign_out(client, &admin).await
}

fn device_id(plan: &Plan, dice: &mut Dice) -> DeviceId {
    DeviceId::mint(plan.today.since_epoch() * 24 * 60 * 60 * 1000, dice.bytes())
}

async fn sign_in(client: &Client, secret: &str, device: DeviceId) -> Result<Device, DemoError> {
    let asked = json!({
        "protocol": PROTOCOL, "secret": secret, "device": device, "formerly": null,
    });
    let answer = client.post(SIGN_IN_PATH, None, &asked).await?;
    Ok(Device {
        token: text(&answer, "token")?,
        person: part(&answer, "person")?,
    })
}

async fn sign_out(client: &Client, device: &Device) -> Result<(), DemoError> {
    let nothing = Sent::nothing();
    client
        .post(SIGN_OUT_PATH, Some(&device.token), nothing)
        .await
        .map(|_| ())
}

/// Signs a device of a person in, by an invitation of the admin.
async fn invite(
    client: &Client,
    admin: &Device,
    person: PersonId,
    device: DeviceId,
) -> Result<Device, DemoError> {
    let path = format!("{PEOPLE_PATH}/{person}/invitation");
    let nothing = Sent::nothing();
    let answer = client.post(&path, Some(&admin.token), nothing).await?;
    let link = text(&answer, "link")?;
    let secret = link.strip_prefix(JOIN_PATH).unwrap_or_default();
    sign_in(client, secret.trim_start_matches('#'), device).await
}

/// Looks at a zip and takes it.
async fn import(client: &Client, admin: &Device, zip: Vec<u8>) -> Result<(), DemoError> {
    let token = Some(&*admin.token);
    let looked = client
        .post("/api/v1/imports", token, Sent::zip(zip))
        .await?;
    if looked.get("state") != Some(&json!("looked")) {
        let troubles = looked.pointer("/preview/troubles");
        return Err(DemoError(format!("its files were not taken: {troubles:?}")));
    }
    let path = format!("/api/v1/imports/{}/take", text(&looked, "id")?);
    client
        .post(&path, token, &json!({"leavers": false}))
        .await?;
    Ok(())
}

/// All pages of a list.
async fn all(
    client: &Client,
    admin: &Device,
    path: &str,
    name: &str,
) -> Result<Vec<Value>, DemoError> {
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("{path}{after}"), &admin.token).await?;
        found.extend(
            page.get(name)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .cloned(),
        );
        match page.get("next").and_then(Value::as_str) {
            Some(next) => after = format!("?after={next}"),
            None => return Ok(found),
        }
    }
}

async fn people_and_sites(
    client: &Client,
    admin: &Device,
    plan: &Plan,
) -> Result<Known, DemoError> {
    let mut by_mail: BTreeMap<String, PersonId> = BTreeMap::new();
    for person in all(client, admin, PEOPLE_PATH, "people").await? {
        if let Some(mail) = person.get("mail").and_then(Value::as_str) {
            by_mail.insert(mail.to_lowercase(), part(&person, "id")?);
        }
    }
    let mut by_name: BTreeMap<String, SiteId> = BTreeMap::new();
    for site in all(client, admin, SITES_PATH, "sites").await? {
        by_name.insert(text(&site, "name")?, part(&site, "id")?);
    }
    let people = plan.people.iter();
    let schools = plan.schools.iter();
    Ok(Known {
        people: people
            .map(|person| by_mail.get(&person.mail).copied())
            .collect(),
        sites: schools
            .map(|school| by_name.get(school.name).copied())
            .collect(),
        ..Known::default()
    })
}

/// Begins each idea with its baseline, if it was not begun before.
async fn put_to_use(client: &Client, admin: &Device, plan: &Plan) -> Result<(), DemoError> {
    let there = client.get("/api/v1/ideas", &admin.token).await?;
    let there = there.get("ideas").and_then(Value::as_array);
    let keys: BTreeSet<&str> = there
        .into_iter()
        .flatten()
        .filter_map(|idea| idea.pointer("/form/key").and_then(Value::as_str))
        .collect();
    for idea in IDEAS.iter().filter(|idea| !keys.contains(idea.key)) {
        let since = Some(idea.baseline_from);
        keep(client, admin, plan, idea, ("baseline", since)).await?;
    }
    Ok(())
}

/// Puts an idea into a state, since so many school days ago.
async fn keep(
    client: &Client,
    admin: &Device,
    plan: &Plan,
    idea: &Idea,
    (state, ago): (&str, Option<usize>),
) -> Result<(), DemoError> {
    // Midnight UTC is before the first lesson of that day.
    let since = ago.map(|ago| plan.school_days_ago(ago).since_epoch() * DAY_MS);
    let kept = json!({"key": idea.key, "state": state, "since_utc_ms": since});
    let token = Some(&*admin.token);
    client.post("/api/v1/ideas", token, &kept).await.map(|_| ())
}

/// Takes an idea as far as it has come, once its prediction is there.
async fn go_on(client: &Client, admin: &Device, plan: &Plan, idea: &Idea) -> Result<(), DemoError> {
    let states = [("testing", idea.testing_from), ("adopted", idea.adopted)];
    let there = client.get("/api/v1/ideas", &admin.token).await?;
    let there = there.get("ideas").and_then(Value::as_array);
    let of_key = |one: &&Value| one.pointer("/form/key") == Some(&json!(idea.key));
    let now = there.into_iter().flatten().find(of_key);
    let now = now
        .and_then(|idea| idea.get("state"))
        .and_then(Value::as_str);
    let done = states.iter().position(|(state, _)| Some(*state) == now);
    let left = states.iter().skip(done.map_or(0, |done| done + 1));
    for state in left.filter(|(_, since)| since.is_some()) {
        keep(client, admin, plan, idea, *state).await?;
    }
    Ok(())
}

/// Pilots let each other in. Each says it, as nobody can for them.
async fn consent(
    client: &Client,
    admin: &Device,
    plan: &Plan,
    known: &Known,
    dice: &mut Dice,
) -> Result<(), DemoError> {
    let pilots: BTreeSet<&str> = IDEAS
        .iter()
        .flat_map(|idea| idea.pilots(plan))
        .map(|pilot| pilot.id.as_str())
        .collect();
    for (person, id) in plan.people.iter().zip(&known.people) {
        if let Some(id) = id.filter(|_| pilots.contains(person.id.as_str())) {
            let path = format!("{PEOPLE_PATH}/{id}");
            let yes = json!({"peer_visits": true});
            let pilot = invite(client, admin, id, device_id(plan, dice)).await?;
            client.post(&path, Some(&pilot.token), &yes).await?;
            sign_out(client, &pilot).await?;
        }
    }
    Ok(())
}

/// Pulls what a principal of each school gets, until all classes and forms are there.
async fn classes_and_forms(
    client: &Client,
    admin: &Device,
    plan: &Plan,
    known: &mut Known,
    dice: &mut Dice,
) -> Result<(), DemoError> {
    let mut classes: BTreeMap<(SiteId, String, Vec<PersonId>), ClassId> = BTreeMap::new();
    let mut forms: BTreeMap<String, Form> = BTreeMap::new();
    for school in &plan.schools {
        let leads = |person: &&(&Person, &Option<PersonId>)| {
            person.0.job == Job::Principal && person.0.school == Some(school.number)
        };
        let mut people = plan.people.iter().zip(&known.people);
        let device = device_id(plan, dice);
        let Some(principal) = people.find(|person| leads(&person)).and_then(|(_, id)| *id) else {
            return Err(DemoError("a principal is missing".into()));
        };
        let principal = invite(client, admin, principal, device).await?;
        let wanted = plan
            .classes
            .iter()
            .filter(|class| class.school == school.number);
        let wanted = wanted.count();
        for pull in 0.. {
            let documents = pull_all(client, &principal).await?;
            let mut here = 0;
            for document in documents {
                if let Some(class) = body_of::<Class>("class", &document) {
                    here += 1;
                    classes.insert((class.site, class.title, class.teachers), class.id);
                } else if let Some(form) = body_of::<Form>("form", &document) {
                    // The newest version of each.
                    let older = |known: &Form| known.form.version < form.form.version;
                    if forms.get(&form.form.key).is_none_or(older) {
                        forms.insert(form.form.key.clone(), form);
                    }
                }
            }
            let all_forms = IDEAS.iter().all(|idea| forms.contains_key(idea.key));
            if here >= wanted && all_forms {
                break;
            }
            if pull >= PULLS {
                return Err(DemoError("its classes and forms were not made".into()));
            }
            tokio::time::sleep(PULL_PAUSE).await;
        }
        sign_out(client, &principal).await?;
    }
    known.forms = IDEAS
        .iter()
        .filter_map(|idea| forms.remove(idea.key))
        .collect();
    let class = |class: &plan::Class| {
        let site = known.sites.get(class.school - 1).copied().flatten()?;
        let teacher = known.people.get(class.teacher).copied().flatten()?;
        classes
            .get(&(site, class.title.clone(), vec![teacher]))
            .copied()
    };
    known.classes = plan.classes.iter().map(class).collect();
    Ok(())
}

/// Every document that a device gets, as JSON.
async fn pull_all(client: &Client, device: &Device) -> Result<Vec<String>, DemoError> {
    let (mut feed, mut cursors, mut found) = (None, BTreeMap::new(), Vec::new());
    loop {
        let asked = json!({"protocol": PROTOCOL, "feed": feed, "cursors": cursors});
        let answer = client.post(PULL_PATH, Some(&device.token), &asked).await?;
        let pulled: Pulled =
            serde_json::from_value(answer).map_err(|error| DemoError(error.to_string()))?;
        feed = Some(pulled.feed);
        for portion in pulled.portions {
            cursors.insert(portion.audience.to_string(), portion.cursor);
            let documents = portion
                .changes
                .into_iter()
                .filter_map(|change| change.document);
            found.extend(documents.map(|document| document.get().to_owned()));
        }
        if !pulled.more {
            return Ok(found);
        }
    }
}

/// Pushes what a person recorded, from the device that it was recorded on.
async fn push(
    client: &Client,
    admin: &Device,
    known: &Known,
    recorded: &Recorded,
) -> Result<(), DemoError> {
    let Some(person) = known.people.get(recorded.person).copied().flatten() else {
        return Ok(());
    };
    let device = invite(client, admin, person, recorded.device).await?;
    for envelopes in recorded.envelopes.chunks(PUSH_MAX_ENVELOPES) {
        push_some(client, &device, envelopes).await?;
    }
    sign_out(client, &device).await
}

async fn push_some(
    client: &Client,
    device: &Device,
    envelopes: &[Envelope],
) -> Result<(), DemoError> {
    let asked = json!({"protocol": PROTOCOL, "envelopes": envelopes});
    let answer = client.post(PUSH_PATH, Some(&device.token), &asked).await?;
    let pushed: Pushed =
        serde_json::from_value(answer).map_err(|error| DemoError(error.to_string()))?;
    for answer in pushed.answers {
        if let Answer::Refused(problem) = answer {
            return Err(DemoError(format!("an event was refused: {problem:?}")));
        }
    }
    Ok(())
}

fn part<T: DeserializeOwned>(value: &Value, name: &str) -> Result<T, DemoError> {
    let part = value.get(name).cloned().unwrap_or_default();
    serde_json::from_value(part).map_err(|error| DemoError(format!("{name}: {error}")))
}

fn text(value: &Value, name: &str) -> Result<String, DemoError> {
    part(value, name)
}
