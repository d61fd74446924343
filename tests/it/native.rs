//! The same story without a window: the host on its thread, over a file, against the real server.

use crate::server::Stored;
use crate::support::forms::publish_three_reads;
use crate::support::program::Program;
use crate::support::proxy::{Mode, Proxy};
use crate::support::{eventually, web_folder};
use lookfor::domain::collect::draft::{Act, DraftHead, Tap};
use lookfor::domain::collect::form::Form;
use lookfor::domain::collect::look_for::LookForKey;
use lookfor::domain::collect::rating::Rating;
use lookfor::domain::collect::today::Today;
use lookfor::domain::collect::visit::Whereabouts;
use lookfor::domain::hash::Sha256;
use lookfor::domain::id::DraftId;
use lookfor::domain::moment::Moment;
use lookfor::domain::problem::Problem;
use lookfor::host::thread::Settings;
use lookfor::host::{Host, Me, Opened, Reply, Request, clock};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

const NOON: Moment = Moment {
    at_utc_ms: 1_795_608_000_000,
    offset_min: -480,
};
/// Names the folder of the device that the child process is.
const DEVICE: &str = "LOOKFOR_TEST_DEVICE";

pub fn device(folder: &Path, server: &str) -> Host {
    Host::start(Settings {
        folder: folder.to_owned(),
        server: server.to_owned(),
    })
    .0
}

pub async fn open(host: &Host) -> Opened {
    match host.ask(Request::Open).await {
        Ok(Reply::Opened(opened)) => opened,
        other => panic!("{other:?}"),
    }
}

pub fn head(visit: u32) -> DraftHead {
    let id = DraftId::mint(clock::now().at_utc_ms, clock::random());
    DraftHead {
        id,
        visit,
        form: Form::three_reads().form,
        begun: NOON,
        lesson: None,
    }
}

pub fn tap(revision: u32, rating: Rating) -> Tap {
    let look_for = LookForKey("purpose-said".into());
    Tap {
        revision,
        at: NOON,
        act: Act::Rate {
            look_for,
            rating: Some(rating),
        },
    }
}

/// Waits until the device has a form.
pub async fn until_there(host: &Host) {
    for _ in 0..2_000 {
        if matches!(host.ask(Request::Today).await, Ok(Reply::Today(today)) if !today.ideas.is_empty())
        {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("no form came");
}

/// Signs in a device that nobody has signed in to.
async fn sign_in(host: &Host, server: &Program) {
    if matches!(open(host).await.me, Me::Nobody { .. }) {
        let secret = server.first_secret();
        publish_three_reads(server.data());
        let answer = host.ask(Request::sign_in(secret)).await;
        assert!(matches!(answer, Ok(Reply::Opened(_))), "{answer:?}");
        until_there(host).await;
    }
}

async fn submit(host: &Host, draft: DraftId, revision: u32) -> Box<Today> {
    match host
        .ask(Request::Submit {
            draft,
            revision,
            at: NOON,
        })
        .await
    {
        Ok(Reply::Today(today)) => today,
        other => panic!("{other:?}"),
    }
}

/// Records a visit; the device has to have the form already, or to be getting it.
pub async fn visit(host: &Host, visit: u32) {
    until_there(host).await;
    let head = head(visit);
    let draft = head.id;
    host.ask(Request::Keep {
        head,
        tap: tap(1, Rating::Partly),
    })
    .await
    .unwrap();
    submit(host, draft, 1).await;
}

pub async fn whereabouts(host: &Host) -> Vec<Whereabouts> {
    let Ok(Reply::Visits(visits)) = host.ask(Request::Visits { before: None }).await else {
        panic!("no visits")
    };
    visits.into_iter().map(|visit| visit.whereabouts).collect()
}

pub async fn until_on_the_server(host: &Host, visits: usize) {
    for _ in 0..2_000 {
        let found = whereabouts(host).await;
        let there = |w: &Whereabouts| matches!(w, Whereabouts::OnTheServer { .. });
        if found.len() == visits && found.iter().all(there) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("still {:?}", whereabouts(host).await);
}

/// Not a test of its own: the process that the next test kills. It keeps taps for as long as it lives
/// and says so after each.
#[tokio::test]
async fn a_device_that_will_be_killed() {
    let Some(folder) = std::env::var_os(DEVICE) else {
        return;
    };
    let host = device(Path::new(&folder), "http://127.0.0.1:9");
    let opened = open(&host).await;
    let (head, taps) = match opened.sheet {
        Some(sheet) => (sheet.head, sheet.taps),
        None => (head(opened.today.next_visit), vec![]),
    };
    let begin = Request::Begin { head: head.clone() };
    host.ask(begin).await.unwrap();
    println!("has {}", taps.len());
    for revision in taps.len() as u32 + 1.. {
        let rating = Rating::STATES[revision as usize % 4].clone();
        host.ask(Request::Keep {
            head: head.clone(),
            tap: tap(revision, rating),
        })
        .await
        .unwrap();
        println!("kept {revision}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_tap_said_to_be_kept_survives_sigkill_and_the_visit_arrives_once() {
    let data = tempfile::tempdir().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let server = Program::start(data.path(), &web_folder());
    let proxy = Proxy::start(&server.address);
    let host = device(folder.path(), &proxy.url());
    sign_in(&host, &server).await;
    assert_eq!(host.ask(Request::Close).await, Ok(Reply::Done));
    drop(host);
    proxy.set(Mode::Refuse);

    // Killed right after some tap was said to be kept, several times over.
    let mut kept = 0;
    for round in 1..=5 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "native::a_device_that_will_be_killed",
                "--nocapture",
            ])
            .env(DEVICE, folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = 0;
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            if let Some(has) = line.split("has ").nth(1) {
                let has: u32 = has.trim().parse().unwrap();
                assert!(has >= kept, "round {round}: {has} of {kept} are there");
                said = has;
            }
            if let Some(revision) = line.strip_prefix("kept ") {
                said = revision.parse().unwrap();
                if said >= kept + 7 * round {
                    break;
                }
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kept = said;
    }

    // Opened again, without a network: the taps are there, without a gap and none twice.
    let host = device(folder.path(), &proxy.url());
    let sheet = open(&host).await.sheet.expect("the draft is there");
    let (head, taps) = (sheet.head, sheet.taps);
    assert!(
        taps.len() as u32 >= kept && kept >= 100,
        "{} of {kept}",
        taps.len()
    );
    assert!(
        (1..)
            .zip(&taps)
            .all(|(revision, tap)| tap.revision == revision)
    );
    let today = submit(&host, head.id, taps.len() as u32).await;
    let there: Vec<_> = today
        .visits
        .into_iter()
        .map(|visit| visit.whereabouts)
        .collect();
    assert_eq!(there, [Whereabouts::OnThisDevice]);

    // The reply is cut after the commit, the server is killed, the network returns.
    proxy.set(Mode::CutReplies);
    eventually("a cut reply", || (proxy.cut() >= 1).then_some(()));
    let mut server = server;
    server.kill();
    server.start_again();
    proxy.set(Mode::Open);
    until_on_the_server(&host, 1).await;

    let rows = Stored::in_folder(data.path()).rows();
    let [row] = rows.as_slice() else {
        panic!("{} records", rows.len())
    };
    let Ok(Reply::Copy(copy)) = host.ask(Request::Copy { number: 1 }).await else {
        panic!()
    };
    let copy: serde_json::Value = serde_json::from_str(&copy).unwrap();
    assert_eq!(copy["sha256"], Sha256::of(&row.body).to_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_window_is_told_and_can_open_when_the_first_lets_go() {
    let folder = tempfile::tempdir().unwrap();
    let first = device(folder.path(), "http://127.0.0.1:9");
    open(&first).await;
    let second = device(folder.path(), "http://127.0.0.1:9");
    assert_eq!(second.ask(Request::Open).await, Err(Problem::OpenElsewhere));
    assert_eq!(first.ask(Request::Close).await, Ok(Reply::Done));
    open(&second).await;
    let late = first
        .ask(Request::Keep {
            head: head(1),
            tap: tap(1, Rating::Seen),
        })
        .await;
    assert_eq!(late, Err(Problem::TakenOver));
}

/// A copied store has the device id and numbers of the first. The server refuses what the copy sends
/// first; that is set aside, and what follows travels under a new device id.
#[tokio::test(flavor = "multi_thread")]
async fn a_copied_store_sets_one_visit_aside_and_delays_no_other() {
    let data = tempfile::tempdir().unwrap();
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let server = Program::start(data.path(), &web_folder());
    let url = format!("http://{}", server.address);
    let first = device(folders[0].path(), &url);
    sign_in(&first, &server).await;
    assert_eq!(first.ask(Request::Close).await, Ok(Reply::Done));
    let file = |folder: usize| folders[folder].path().join("store.sqlite");
    std::fs::copy(file(0), file(1)).unwrap();

    let first = device(folders[0].path(), &url);
    open(&first).await;
    visit(&first, 1).await;
    until_on_the_server(&first, 1).await;

    let copy = device(folders[1].path(), &url);
    open(&copy).await;
    visit(&copy, 1).await;
    for _ in 0..2_000 {
        if matches!(whereabouts(&copy).await[..], [Whereabouts::SetAside { .. }]) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    visit(&copy, 2).await;
    for _ in 0..2_000 {
        if matches!(whereabouts(&copy).await[0], Whereabouts::OnTheServer { .. }) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let found = whereabouts(&copy).await;
    assert!(
        matches!(found[0], Whereabouts::OnTheServer { .. }),
        "{found:?}"
    );
    assert_eq!(
        found[1],
        Whereabouts::SetAside {
            problem: Problem::NumberTaken
        }
    );
    assert_eq!(Stored::in_folder(data.path()).count(), 2);
}
