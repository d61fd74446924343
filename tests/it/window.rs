//! The native window, driven by keyboard alone on a screen that nobody sees.
//!
//! It needs the app built with `--features desktop`, Xvfb, openbox and xdotool, which `cargo verify` sees to. By hand:
//!
//!     cargo build --features desktop --bin app && cp target/debug/app target/debug/app-in-a-window
//!     LOOKFOR_APP=target/debug/app-in-a-window cargo test --features tests --test it window::

use crate::support::eventually;
use crate::support::forms::publish_three_reads;
use crate::support::program::Program;
use crate::support::web_folder;
use rusqlite::Connection;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How long a key is left alone, so that the page has drawn what it does.
const BETWEEN_KEYS: Duration = Duration::from_millis(120);
/// How long a page that was gone to is left alone, until its heading has the focus.
const SETTLED: Duration = Duration::from_millis(1_000);

/// A screen that nobody sees; it ends when dropped.
struct Screen {
    server: Child,
    /// Without one nobody tells a window that it is to close.
    manager: Child,
    display: String,
}

impl Screen {
    fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1000x1300x24"])
            .args(["-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed");
        let mut line = String::new();
        let stdout = server.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut line).unwrap();
        let display = format!(":{}", line.trim());
        let manager = Command::new("openbox")
            .arg("--sm-disable")
            .env("DISPLAY", &display)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("openbox is installed");
        Self {
            server,
            manager,
            display,
        }
    }

    /// What xdotool says.
    fn do_it(&self, words: &[&str]) -> String {
        let said = Command::new("xdotool")
            .args(words)
            .env("DISPLAY", &self.display)
            .output()
            .expect("xdotool is installed");
        String::from_utf8_lossy(&said.stdout).trim().to_owned()
    }

    fn press(&self, key: &str, times: usize) {
        for _ in 0..times {
            self.do_it(&["key", "--clearmodifiers", key]);
            std::thread::sleep(BETWEEN_KEYS);
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.manager.kill();
        let _ = self.manager.wait();
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The app in a window; it ends when dropped.
struct Window<'a> {
    app: Child,
    screen: &'a Screen,
}

impl<'a> Window<'a> {
    fn open(screen: &'a Screen, store: &Path, server: &Program) -> Self {
        let app = std::env::var_os("LOOKFOR_APP")
            .expect("LOOKFOR_APP names the app in a window; `cargo verify` builds it");
        let app = Command::new(app)
            .env("DISPLAY", &screen.display)
            .env("LOOKFOR_STORE", store)
            .env("LOOKFOR_SERVER", format!("http://{}", server.address))
            .env("LANG", "en_US.UTF-8")
            // No graphics card draws on this screen.
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let id = eventually("the window", || {
            let search = ["search", "--onlyvisible", "--name", "^Lookfor$"];
            let found = screen.do_it(&search);
            found.lines().last().map(str::to_owned)
        });
        std::thread::sleep(SETTLED);
        screen.do_it(&["windowfocus", "--sync", &id]);
        std::thread::sleep(SETTLED);
        Self { app, screen }
    }

    /// Closes it as a person does at a keyboard, and waits until the app has ended.
    fn close(mut self) {
        self.screen.press("alt+F4", 1);
        eventually("the end of the app", || self.app.try_wait().unwrap());
    }
}

impl Drop for Window<'_> {
    fn drop(&mut self) {
        let _ = self.app.kill();
        let _ = self.app.wait();
    }
}

/// Waits until a question to the device's file has this answer.
fn until(store: &Path, sql: &str, wanted: i64) {
    eventually(sql, || {
        let file = Connection::open(store.join("store.sqlite")).ok()?;
        let found: i64 = file.query_row(sql, [], |row| row.get(0)).ok()?;
        (found == wanted).then_some(())
    });
    std::thread::sleep(SETTLED);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_is_recorded_in_the_window_with_the_keyboard_closed_reopened_and_sent() {
    let _alone = crate::one_browser_at_a_time().await;
    let data = tempfile::tempdir().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path();
    let server = Program::start(data.path(), &web_folder());
    publish_three_reads(data.path());
    let screen = Screen::start();

    // The field for a code is the first that is come to.
    let window = Window::open(&screen, store, &server);
    screen.press("Tab", 1);
    screen.do_it(&["type", "--delay", "20", &server.first_secret()]);
    screen.press("Return", 1);
    until(store, "select count(*) from self where name is not null", 1);
    until(store, "select count(*) from inbox where kind = 'class'", 1);

    // From the heading: "Not today", then "Start". On the form the class, then the first choice.
    screen.press("Tab", 2);
    screen.press("Return", 1);
    until(store, "select count(*) from draft", 1);
    screen.press("Tab", 2);
    screen.press("space", 1);
    until(store, "select count(*) from tap", 1);
    window.close();

    // Opened again, the visit is in view. From its top: back, the class, the first choice, the second.
    let window = Window::open(&screen, store, &server);
    screen.press("Tab", 4);
    screen.press("space", 1);
    until(store, "select count(*) from tap", 2);
    until(store, "select count(*) from draft", 1);
    // Two more choices, two stems and the line, three phases, four numbers of observers, undo, bright spot and
    // note; then it is done.
    screen.press("Tab", 2 + 3 + 3 + 4 + 3 + 1);
    screen.press("Return", 1);
    std::thread::sleep(SETTLED);
    // In the review: the way back to the look-for, two that may shine, six kinds of support; then it is sent.
    screen.press("Tab", 1 + 2 + 6 + 1);
    screen.press("Return", 1);
    until(
        store,
        "select count(*) from event where received_at_utc_ms is not null",
        1,
    );
    window.close();

    // The file is what the server has.
    let file = Connection::open(store.join("store.sqlite")).unwrap();
    let kept: (String, Vec<u8>) = file
        .query_row("select kind, body from event", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    let rows = crate::server::Stored::in_folder(data.path()).rows();
    let [row] = rows.as_slice() else {
        panic!("{} records", rows.len());
    };
    assert_eq!(kept, (row.kind.clone(), row.body.clone()));
    let body = String::from_utf8_lossy(&row.body);
    assert!(body.contains("partly"), "the second choice stands");
    let integrity: String = file
        .query_row("pragma integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(integrity, "ok");
}
