//! `tap-native`: from asking the host to its answer after the commit, over a file.

use crate::figure::{Figure, Runs, short};
use crate::machine;
use crate::support::forms::publish_three_reads;
use crate::support::program::Program;
use crate::support::web_folder;
use crate::tablet::VISITS;
use lookfor::domain::collect::draft::{Act, DraftHead, Tap};
use lookfor::domain::collect::form::Form;
use lookfor::domain::collect::rating::Rating;
use lookfor::domain::collect::visit::Whereabouts;
use lookfor::domain::id::DraftId;
use lookfor::host::thread::Settings;
use lookfor::host::{Host, Reply, Request, clock};
use std::time::{Duration, Instant};

/// Visits that are measured, and the taps on each.
const MEASURED: (u32, u32) = (100, 10);

/// Measures on a store of a month, with the server within reach.
pub async fn measure() {
    let (data, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Program::start(data.path(), &web_folder());
    let (host, _news) = Host::start(Settings {
        folder: folder.path().to_owned(),
        server: format!("http://{}", server.address),
    });
    host.ask(Request::Open).await.unwrap();
    publish_three_reads(server.data());
    let secret = server.first_secret();
    host.ask(Request::sign_in(secret)).await.unwrap();
    while !matches!(host.ask(Request::Today).await, Ok(Reply::Today(today)) if !today.ideas.is_empty())
    {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    for number in 1..=VISITS {
        visit(&host, number, 1).await;
    }
    until_received(&host).await;
    let mut times = Vec::new();
    for number in VISITS + 1..=VISITS + MEASURED.0 {
        times.extend(visit(&host, number, MEASURED.1).await);
        // What was submitted has travelled before the next taps are timed.
        until_received(&host).await;
    }
    let times = Runs::of(times);
    let from = format!(
        "{} taps on {} visits, native, {VISITS} visits in the store before; asked to answered",
        times.count(),
        MEASURED.0
    );
    Figure::ms("tap-native", times.median(), 15.0).print(&format!("median of {from}"));
    Figure::ms("tap-native-p99", times.percentile(99), 50.0).print(&format!("p99 of {from}"));
    println!("  worst {} ms", short(times.worst()));
    println!("{}", machine::flush(folder.path()));
}

/// Records a visit of so many taps and submits it. Gives how long each tap took, in milliseconds.
async fn visit(host: &Host, visit: u32, taps: u32) -> Vec<f64> {
    let form = Form::three_reads();
    let begun = clock::now();
    let draft = DraftId::mint(begun.at_utc_ms, clock::random());
    let head = DraftHead {
        id: draft,
        visit,
        form: form.form.clone(),
        begun,
        lesson: None,
    };
    let begin = Request::Begin { head: head.clone() };
    host.ask(begin).await.unwrap();
    let mut times = Vec::new();
    for revision in 1..=taps {
        let act = Act::Rate {
            look_for: form.look_fors[0].key.clone(),
            rating: Some(Rating::STATES[revision as usize % 4].clone()),
        };
        let tap = Tap {
            revision,
            at: clock::now(),
            act,
        };
        let head = head.clone();
        let start = Instant::now();
        host.ask(Request::Keep { head, tap }).await.unwrap();
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    let submit = Request::Submit {
        draft,
        revision: taps,
        at: clock::now(),
    };
    host.ask(submit).await.unwrap();
    times
}

/// Waits until the server has the newest visits.
async fn until_received(host: &Host) {
    let start = Instant::now();
    loop {
        let Ok(Reply::Visits(visits)) = host.ask(Request::Visits { before: None }).await else {
            panic!("the store lists its visits");
        };
        let there = |place: &Whereabouts| matches!(place, Whereabouts::OnTheServer { .. });
        if visits.iter().all(|visit| there(&visit.whereabouts)) {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "{visits:?}");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
