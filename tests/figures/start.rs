//! `start`: from `cargo start` to a served page, when everything is built.

use crate::figure::{Figure, Runs, short};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The first time builds everything.
const PATIENCE: Duration = Duration::from_secs(40 * 60);
/// How often it is started when everything is built.
const AGAIN: usize = 3;
/// How often the page is asked for.
const LOOK: Duration = Duration::from_millis(10);
/// How long the program may take to end when it is told to.
const LAST_WORDS: Duration = Duration::from_secs(15);

/// Measures the starts after a first one, on the same data folder.
pub fn measure() {
    let data = tempfile::tempdir().unwrap();
    eprintln!("start: the first time, which may build for minutes");
    let first = start_and_end(data.path());
    eprintln!("start: {AGAIN} times again");
    let again = Runs::of((0..AGAIN).map(|_| start_and_end(data.path())));
    Figure {
        name: "start",
        value: again.median(),
        unit: "s",
        bar: 5.0,
    }
    .print(&format!(
        "median of {AGAIN} times of `cargo start` after a first, to the page served, no visits; worst \
         {} s; the first took {} s, with whatever it had to build",
        short(again.worst()),
        short(first)
    ));
}

/// Starts, waits for the page, ends. Gives the seconds to the page.
fn start_and_end(data: &Path) -> f64 {
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|free| free.local_addr())
        .unwrap()
        .port();
    let mut command = Command::new("cargo");
    for (name, _) in std::env::vars_os() {
        let name_text = name.to_string_lossy();
        // As in a person's own shell; but where cargo's own things are stays as it was.
        let places = ["CARGO_HOME", "CARGO_TARGET_DIR"];
        if name_text.starts_with("CARGO") && !places.contains(&name_text.as_ref()) {
            command.env_remove(&name);
        }
    }
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["start", "--port", &port.to_string(), "--data"])
        .arg(data)
        .stdin(Stdio::null())
        // Its progress is not among the figures.
        .stdout(Stdio::from(std::io::stderr()))
        .process_group(0);
    let start = Instant::now();
    let mut child = command.spawn().expect("cargo can be run");
    while !is_served(port) {
        if let Some(status) = child.try_wait().unwrap() {
            panic!("`cargo start` ended before it served: {status}");
        }
        if start.elapsed() > PATIENCE {
            end(&mut child);
            panic!("`cargo start` served nothing in {PATIENCE:?}");
        }
        std::thread::sleep(LOOK);
    }
    let seconds = start.elapsed().as_secs_f64();
    end(&mut child);
    seconds
}

/// True when the page is there.
fn is_served(port: u16) -> bool {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else {
        return false;
    };
    let ask = "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let mut answer = String::new();
    let heard = stream
        .write_all(ask.as_bytes())
        .and_then(|()| stream.read_to_string(&mut answer));
    heard.is_ok() && answer.starts_with("HTTP/1.1 200")
}

/// Tells it and all that it started to end, as Ctrl-C in a terminal does.
fn end(child: &mut Child) {
    let group = format!("-{}", child.id());
    let signal = |signal: &str| {
        let _ = Command::new("kill").args([signal, "--", &group]).status();
    };
    signal("-INT");
    let told = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if told.elapsed() > LAST_WORDS {
            signal("-KILL");
        }
        std::thread::sleep(LOOK);
    }
}
