//! The server as a program of its own, which can be killed and started again at the same address.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A running server program, killed when dropped.
pub struct Program {
    child: Child,
    /// Where it listens, such as `127.0.0.1:40123`.
    pub address: String,
    sign_in_link: Option<String>,
    /// The links of a demo's roles, by role.
    roles: Vec<(String, String)>,
    data: PathBuf,
    web: PathBuf,
    demo: bool,
}

impl Program {
    /// Starts it on any free port.
    pub fn start(data: &Path, web: &Path) -> Self {
        Self::on_port(data, web, false, "0")
    }

    /// Starts it with a demo, and waits until that is loaded or found.
    pub fn start_demo(data: &Path, web: &Path) -> Self {
        Self::on_port(data, web, true, "0")
    }

    fn on_port(data: &Path, web: &Path, demo: bool, port: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_server"))
            .args(demo.then_some("--demo"))
            .args(["--port", port, "--data"])
            .arg(data)
            .arg("--web")
            .arg(web)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let address = line.trim().rsplit("http://").next().unwrap().to_owned();
        assert!(!address.is_empty(), "the server says where it listens");
        // Both lines come in one piece, so that the second is there, or there is none.
        let second = String::from_utf8_lossy(stdout.buffer());
        let link = second.trim().strip_prefix("lookfor server: first sign-in ");
        let sign_in_link = link.map(str::to_owned);
        let roles = match demo {
            true => demo_links(&mut stdout),
            false => Vec::new(),
        };
        // What it says later has a reader, too; without one it could not say it.
        std::thread::spawn(move || std::io::copy(&mut stdout, &mut std::io::sink()));
        Self {
            child,
            address,
            sign_in_link,
            roles,
            data: data.to_owned(),
            web: web.to_owned(),
            demo,
        }
    }

    /// The secret of the link that signs the first admin in, as it was said at the start.
    pub fn first_secret(&self) -> String {
        let link = self.sign_in_link.as_deref();
        let secret = link.and_then(|link| link.split('#').nth(1));
        secret.expect("no admin was signed in").to_owned()
    }

    /// The secret of the link of a role of the demo.
    pub fn demo_secret(&self, role: &str) -> &str {
        let found = self.roles.iter().find(|(name, _)| name == role);
        &found.expect("the demo has this role").1
    }

    /// The folder of its store.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// SIGKILL: no last words.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts it again on the same data folder and port.
    pub fn start_again(&mut self) {
        let port = self.address.rsplit(':').next().unwrap().to_owned();
        *self = Self::on_port(&self.data, &self.web, self.demo, &port);
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads the links of a demo's roles, as the server says them when it is loaded.
fn demo_links(stdout: impl BufRead) -> Vec<(String, String)> {
    let mut roles = Vec::new();
    for line in stdout.lines().map_while(Result::ok) {
        let Some(link) = line.strip_prefix("lookfor server: demo ") else {
            continue;
        };
        let (role, rest) = link.split_once(' ').unwrap();
        let (_, secret) = rest.split_once("/join#").unwrap();
        let secret = secret.split(' ').next().unwrap();
        roles.push((role.to_owned(), secret.to_owned()));
        if role == "admin" {
            break;
        }
    }
    roles
}
