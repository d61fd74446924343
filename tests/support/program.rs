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
    data: PathBuf,
    web: PathBuf,
    demo: bool,
}

impl Program {
    /// Starts it on any free port.
    pub fn start(data: &Path, web: &Path) -> Self {
        Self::on_port(data, web, false, "0")
    }

    /// The same, asked for a demo.
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
        // What it says later has a reader, too; without one it could not say it.
        std::thread::spawn(move || std::io::copy(&mut stdout, &mut std::io::sink()));
        Self {
            child,
            address,
            sign_in_link,
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
