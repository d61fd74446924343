//! A mail server that a test starts: SMTP (RFC 5321) with TLS from the first byte or after STARTTLS,
//! and with manners that the test chooses.

use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// How a connection becomes private.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    Tls,
    StartTls,
    /// It speaks STARTTLS in vain: it does not offer it.
    Plain,
}

/// What a mail server does with the next mail; without one it accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Says this to the recipient.
    RecipientCode(u16),
    /// Says this to the password.
    LoginCode(u16),
    /// Says this to the whole mail.
    DataCode(u16),
    /// Cuts the connection when the mail has come, before it says anything: the mail is not kept.
    CutBeforeAnswer,
    /// Keeps the mail and cuts the connection without saying so.
    KeepAndCut,
    /// Cuts the connection at once.
    CutAtOnce,
    /// Keeps the mail and says so after a while, in milliseconds.
    SlowlyMs(u64),
}

/// A mail as it was accepted.
#[derive(Clone, Debug)]
pub struct Accepted {
    pub to: String,
    /// Head and body as they came.
    pub raw: String,
    pub private: bool,
    /// The user who logged in, and the password.
    pub login: Option<(String, String)>,
}

impl Accepted {
    /// The value of a header, unfolded.
    pub fn header(&self, name: &str) -> String {
        let unfolded = self.raw.replace("\r\n ", " ");
        let found = unfolded.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then(|| value.to_owned())
        });
        found.unwrap_or_default()
    }

    /// The text with its quoted-printable encoding undone, as far as a link needs it.
    pub fn text(&self) -> String {
        self.raw.replace("=\r\n", "").replace("=3D", "=")
    }

    /// The link in it, without the server's address.
    pub fn path(&self) -> String {
        let text = self.text();
        let at = text.find("/card/").expect("there is a link");
        let end = text[at..].find(['\r', '"', '<']).unwrap();
        text[at..at + end].to_owned()
    }
}

#[derive(Default)]
struct State {
    accepted: Vec<Accepted>,
    manners: VecDeque<Manner>,
    connections: usize,
}

/// A running mail server; it ends when dropped.
pub struct MailServer {
    pub address: SocketAddr,
    pub certificate_pem: String,
    state: Arc<Mutex<State>>,
    listening: JoinHandle<()>,
}

impl MailServer {
    /// Starts one that is called `localhost`, on any free port.
    pub async fn start(security: Security) -> Self {
        Self::with_manners(security, []).await
    }

    pub async fn with_manners(
        security: Security,
        manners: impl IntoIterator<Item = Manner>,
    ) -> Self {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], PrivateKeyDer::from(key))
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State {
            manners: manners.into_iter().collect(),
            ..State::default()
        }));
        let shared = state.clone();
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (state, acceptor) = (shared.clone(), acceptor.clone());
                tokio::spawn(async move {
                    // A client that goes away has nothing to hear.
                    let _ = serve(stream, security, acceptor, state).await;
                });
            }
        });
        Self {
            address,
            certificate_pem: made.cert.pem(),
            state,
            listening,
        }
    }

    /// The certificate as a file, for whoever should trust it.
    pub fn certificate_file(&self, folder: &Path) -> std::path::PathBuf {
        let file = folder.join("authority.pem");
        std::fs::write(&file, &self.certificate_pem).unwrap();
        file
    }

    pub fn accepted(&self) -> Vec<Accepted> {
        self.state.lock().unwrap().accepted.clone()
    }

    pub fn connections(&self) -> usize {
        self.state.lock().unwrap().connections
    }

    pub fn will(&self, manner: Manner) {
        self.state.lock().unwrap().manners.push_back(manner);
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn serve(
    stream: TcpStream,
    security: Security,
    acceptor: TlsAcceptor,
    state: Arc<Mutex<State>>,
) -> io::Result<()> {
    let manner = {
        let mut state = state.lock().unwrap();
        state.connections += 1;
        state.manners.pop_front()
    };
    if manner == Some(Manner::CutAtOnce) {
        return Ok(());
    }
    let mut talk = Talk {
        private: false,
        manner,
        state,
    };
    match security {
        Security::Tls => {
            talk.private = true;
            let stream = acceptor.accept(stream).await?;
            talk.greet(stream, false).await?;
        }
        Security::Plain => {
            talk.greet(stream, false).await?;
        }
        Security::StartTls => {
            if let Some(stream) = talk.greet(stream, true).await? {
                let stream = acceptor.accept(stream).await?;
                talk.private = true;
                talk.converse(BufReader::new(stream), false).await?;
            }
        }
    }
    Ok(())
}

struct Talk {
    private: bool,
    manner: Option<Manner>,
    state: Arc<Mutex<State>>,
}

impl Talk {
    async fn greet<S: AsyncRead + AsyncWrite + Unpin>(
        &mut self,
        mut stream: S,
        starttls: bool,
    ) -> io::Result<Option<S>> {
        stream.write_all(b"220 localhost ready\r\n").await?;
        self.converse(BufReader::new(stream), starttls).await
    }

    /// Talks until the client goes, or gives the connection back when it asks for TLS.
    async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
        &mut self,
        mut stream: BufReader<S>,
        starttls: bool,
    ) -> io::Result<Option<S>> {
        let (mut to, mut login) = (String::new(), None);
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(None);
            }
            let verb = line.trim_end().to_ascii_uppercase();
            let answer = if verb.starts_with("EHLO") {
                match (starttls, self.private) {
                    (true, _) => "250-localhost\r\n250 STARTTLS".to_owned(),
                    (false, true) => "250-localhost\r\n250 AUTH PLAIN".to_owned(),
                    (false, false) => "250 localhost".to_owned(),
                }
            } else if verb == "STARTTLS" && starttls {
                stream.write_all(b"220 go on\r\n").await?;
                stream.flush().await?;
                return Ok(Some(stream.into_inner()));
            } else if verb.starts_with("AUTH PLAIN ") {
                login = plain_login(line.trim_end());
                match self.manner {
                    Some(Manner::LoginCode(code)) => format!("{code} no"),
                    _ => "235 welcome".into(),
                }
            } else if verb.starts_with("RCPT TO:") {
                to = line.trim_end()[8..].trim_matches(['<', '>']).to_owned();
                match self.manner {
                    // Mail servers like to quote the address; nobody must log that.
                    Some(Manner::RecipientCode(code)) => format!("{code} <{to}> is not known"),
                    _ => "250 known".into(),
                }
            } else if verb == "DATA" {
                stream.write_all(b"354 go on\r\n").await?;
                stream.flush().await?;
                let raw = data(&mut stream).await?;
                let keep = || {
                    let accepted = Accepted {
                        to: to.clone(),
                        raw: raw.clone(),
                        private: self.private,
                        login: login.clone(),
                    };
                    self.state.lock().unwrap().accepted.push(accepted);
                };
                match self.manner {
                    Some(Manner::DataCode(code)) => format!("{code} not this"),
                    Some(Manner::CutBeforeAnswer) => return Ok(None),
                    Some(Manner::KeepAndCut) => {
                        keep();
                        return Ok(None);
                    }
                    Some(Manner::SlowlyMs(ms)) => {
                        tokio::time::sleep(std::time::Duration::from_millis(ms)).await;
                        keep();
                        "250 taken".into()
                    }
                    _ => {
                        keep();
                        "250 taken".into()
                    }
                }
            } else if verb == "QUIT" {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(None);
            } else {
                "250 fine".into()
            };
            stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
            stream.flush().await?;
        }
    }
}

/// The lines of a mail up to the single dot.
async fn data<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut BufReader<S>) -> io::Result<String> {
    let mut raw = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if line == ".\r\n" {
            return Ok(raw);
        }
        raw.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}

/// User and password of `AUTH PLAIN`: base64 of `\0user\0password`.
fn plain_login(line: &str) -> Option<(String, String)> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let encoded = line.rsplit(' ').next()?.trim_end_matches('=');
    let (mut bits, mut held, mut bytes) = (0_u32, 0, Vec::new());
    for digit in encoded.bytes() {
        let value = DIGITS.iter().position(|known| *known == digit)?;
        bits = (bits << 6) | u32::try_from(value).ok()?;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    let text = String::from_utf8(bytes).ok()?;
    let mut parts = text.split('\0').skip(1).map(str::to_owned);
    parts.next().zip(parts.next())
}
