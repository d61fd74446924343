//! A proxy between browser and server that breaks the network as the test says.
//!
//! "Offline" in a browser's tools does not reach the worker, where sync lives, so the network is
//! broken here. One request per connection, so that a broken one takes nothing else with it.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// What the proxy does with connections from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Lets everything through.
    Open,
    /// Refuses all connections.
    Refuse,
    /// Lets a push reach the server and its answer come back to here, and cuts it there.
    CutReplies,
    /// Takes a push and holds it back, until the mode is another.
    HoldPushes,
}

#[derive(Default)]
struct State {
    mode: Option<Mode>,
    /// The body of the last push that came.
    pushed: Option<Vec<u8>>,
    /// How many answers to pushes were cut.
    cut: u32,
    /// Bytes sent to the browser, by path: header and body.
    bytes: BTreeMap<String, u64>,
    server: String,
}

/// A running proxy.
#[derive(Clone)]
pub struct Proxy {
    state: Arc<(Mutex<State>, Condvar)>,
    port: u16,
}

impl Proxy {
    /// Starts before the server at `server`.
    pub fn start(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = State {
            mode: Some(Mode::Open),
            server: server.into(),
            ..State::default()
        };
        let proxy = Self {
            state: Arc::new((Mutex::new(state), Condvar::new())),
            port,
        };
        let accepting = proxy.clone();
        std::thread::spawn(move || accepting.accept(Some(listener)));
        proxy
    }

    /// The address for the browser: `localhost`, where pages may keep things.
    pub fn url(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Changes the mode.
    pub fn set(&self, mode: Mode) {
        self.state.0.lock().unwrap().mode = Some(mode);
        self.state.1.notify_all();
        if mode == Mode::Refuse {
            // Wakes the listener, which then closes.
            let _ = TcpStream::connect(("127.0.0.1", self.port));
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The body of the last push that came.
    pub fn pushed(&self) -> Option<Vec<u8>> {
        self.state.0.lock().unwrap().pushed.clone()
    }

    /// How many answers to pushes were cut.
    pub fn cut(&self) -> u32 {
        self.state.0.lock().unwrap().cut
    }

    /// Bytes sent to the browser, by path.
    pub fn bytes(&self) -> BTreeMap<String, u64> {
        self.state.0.lock().unwrap().bytes.clone()
    }

    fn mode(&self) -> Mode {
        self.state.0.lock().unwrap().mode.unwrap()
    }

    fn accept(&self, mut listener: Option<TcpListener>) {
        loop {
            if self.mode() == Mode::Refuse {
                listener = None;
                std::thread::sleep(Duration::from_millis(10));
                continue;
            }
            let open = listener.get_or_insert_with(|| {
                loop {
                    if let Ok(listener) = TcpListener::bind(("127.0.0.1", self.port)) {
                        return listener;
                    }
                    std::thread::sleep(Duration::from_millis(10));
                }
            });
            let Ok((stream, _)) = open.accept() else {
                continue;
            };
            if self.mode() == Mode::Refuse {
                continue;
            }
            let proxy = self.clone();
            std::thread::spawn(move || {
                // A connection that breaks is what this proxy is for.
                let _ = proxy.carry(stream);
            });
        }
    }

    fn carry(&self, mut browser: TcpStream) -> std::io::Result<()> {
        browser.set_nodelay(true)?;
        let Some((head, body)) = request(&mut browser)? else {
            return Ok(());
        };
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        let is_push = head.starts_with("POST /api/v1/push");
        if is_push {
            self.state.0.lock().unwrap().pushed = Some(body.clone());
            self.state.1.notify_all();
            let held = self.state.0.lock().unwrap();
            drop(
                self.state
                    .1
                    .wait_while(held, |state| state.mode == Some(Mode::HoldPushes)),
            );
        }
        if self.mode() == Mode::Refuse {
            return Ok(());
        }
        let server = self.state.0.lock().unwrap().server.clone();
        let mut upstream = TcpStream::connect(server)?;
        upstream.set_nodelay(true)?;
        let head = head.replacen("\r\n", "\r\nconnection: close\r\n", 1);
        upstream.write_all(&[head.as_bytes(), &body].concat())?;
        let mut answer = Vec::new();
        upstream.read_to_end(&mut answer)?;
        // The mode may have changed while the server worked.
        let mode = self.mode();
        if mode == Mode::Refuse || is_push && mode == Mode::CutReplies {
            self.state.0.lock().unwrap().cut += u32::from(is_push);
            return browser.shutdown(Shutdown::Both);
        }
        *self.state.0.lock().unwrap().bytes.entry(path).or_default() += answer.len() as u64;
        browser.write_all(&answer)?;
        browser.shutdown(Shutdown::Write)
    }
}

/// One request: its head without `connection`, and its body.
fn request(stream: &mut TcpStream) -> std::io::Result<Option<(String, Vec<u8>)>> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 16 * 1024];
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|part| part == b"\r\n\r\n") {
            break end + 4;
        }
        match stream.read(&mut buffer)? {
            0 => return Ok(None),
            read => bytes.extend_from_slice(&buffer[..read]),
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let header = |line: &str, name: &str| line.to_ascii_lowercase().starts_with(name);
    let length = head
        .lines()
        .find(|line| header(line, "content-length:"))
        .and_then(|line| line.split(':').nth(1)?.trim().parse().ok())
        .unwrap_or(0);
    let mut body = bytes[end..].to_vec();
    while body.len() < length {
        match stream.read(&mut buffer)? {
            0 => return Ok(None),
            read => body.extend_from_slice(&buffer[..read]),
        }
    }
    let kept: Vec<&str> = head
        .lines()
        .filter(|line| !header(line, "connection:"))
        .collect();
    Ok(Some((kept.join("\r\n") + "\r\n", body)))
}
