//! SMTP with TLS, through `lettre`.

use super::options::{MailConfig, PASSWORD_VARIABLE, Security, USER_VARIABLE};
use crate::report::letter::Letter;
use crate::server::error::StartError;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::path::Path;
use std::time::Duration;

/// How long one mail may take, from the connection to the acceptance.
const PATIENCE: Duration = Duration::from_secs(60);

/// What came of sending a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The mail server took it.
    Accepted,
    /// It will never be taken; why, without naming anybody.
    Refused(String),
    /// It was not taken, as far as we know; why, and whether the mail server answered at all.
    Later {
        /// Why, without naming anybody.
        why: String,
        /// Whether the mail server answered.
        reached: bool,
    },
}

/// Sends mails by one mail server.
pub struct Sender {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// The right side of `Message-ID`, and what we say hello with.
    host: String,
}

impl Sender {
    /// Reads the files that the options name. The mail server is not asked yet.
    ///
    /// # Errors
    /// [`StartError::Mail`] with what is wrong and where.
    pub fn open(config: &MailConfig, public_url: &str) -> Result<Self, StartError> {
        let wrong = |what: String| StartError::Mail(what);
        let from: Mailbox = config
            .from
            .parse()
            .map_err(|_| wrong("--mail-from is no mail address".into()))?;
        let host = host(public_url).to_owned();
        let server = &config.server;
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
            .port(server.port)
            .timeout(Some(PATIENCE))
            .hello_name(ClientId::Domain(host.clone()))
            .tls(tls(config)?);
        if let Some(login) = login(config.login_file.as_deref())? {
            transport = transport.credentials(login);
        }
        Ok(Self {
            transport: transport.build(),
            from,
            host,
        })
    }

    /// Sends a letter. What it is about gives its `Message-ID`, the same at another try.
    pub async fn send(&self, address: &str, about: &str, letter: Letter) -> Outcome {
        let Ok(to) = address.parse::<Mailbox>() else {
            return Outcome::Refused("the address is none".into());
        };
        let id = format!("<{about}@{}>", self.host);
        let built = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject)
            .message_id(Some(id))
            .multipart(MultiPart::alternative_plain_html(letter.plain, letter.html));
        let Ok(mut message) = built else {
            return Outcome::Refused("the mail could not be written".into());
        };
        // So that nobody's "out of office" answers it (RFC 3834, section 5).
        message.headers_mut().insert_raw(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".into(),
        ));
        match tokio::time::timeout(PATIENCE, self.transport.send(message)).await {
            Ok(Ok(_)) => Outcome::Accepted,
            Ok(Err(error)) => outcome(&error),
            Err(_) => Outcome::Later {
                why: "the mail server took too long".into(),
                reached: false,
            },
        }
    }
}

/// What a failure means. What the mail server wrote is left out: it often quotes the address.
fn outcome(error: &lettre::transport::smtp::Error) -> Outcome {
    let code = error.status().map(u16::from);
    match code {
        Some(code) if error.is_permanent() && !is_about_us(code) => {
            Outcome::Refused(format!("the mail server said {code}"))
        }
        Some(code) => Outcome::Later {
            why: format!("the mail server said {code}"),
            reached: true,
        },
        None => {
            let what = if error.is_tls() {
                "no TLS that can be trusted"
            } else if error.is_timeout() {
                "no answer in time"
            } else if error.is_client() {
                "the mail server does not offer what is asked of it"
            } else {
                "no connection, or it was cut"
            };
            Outcome::Later {
                why: what.into(),
                reached: false,
            }
        }
    }
}

/// Codes that refuse us and not the mail (RFC 4954, section 6, and RFC 5321): a wrong password must not
/// give up every mail.
fn is_about_us(code: u16) -> bool {
    matches!(code, 500..=504 | 530 | 534 | 535 | 538)
}

fn tls(config: &MailConfig) -> Result<Tls, StartError> {
    if config.server.security == Security::Plain {
        return Ok(Tls::None);
    }
    let mut parameters = TlsParameters::builder(config.server.host.clone());
    if let Some(file) = &config.authority_file {
        let unreadable = || StartError::Mail(format!("{} holds no certificate", file.display()));
        let pem = std::fs::read(file).map_err(|error| unread(file, &error))?;
        let authority = Certificate::from_pem(&pem).map_err(|_| unreadable())?;
        parameters = parameters.add_root_certificate(authority);
    }
    let parameters = parameters
        .build_rustls()
        .map_err(|error| StartError::Mail(format!("TLS for mail cannot be set up: {error}")))?;
    Ok(match config.server.security {
        Security::StartTls => Tls::Required(parameters),
        Security::Tls | Security::Plain => Tls::Wrapper(parameters),
    })
}

/// User and password, from the file or else from the environment; never from the arguments, which every
/// program on the machine can read.
fn login(file: Option<&Path>) -> Result<Option<Credentials>, StartError> {
    let Some(file) = file else {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let pair = variable(USER_VARIABLE).zip(variable(PASSWORD_VARIABLE));
        return Ok(pair.map(|(user, password)| Credentials::new(user, password)));
    };
    let text = std::fs::read_to_string(file).map_err(|error| unread(file, &error))?;
    let mut lines = text.lines();
    match (lines.next(), lines.next()) {
        (Some(user), Some(password)) if !user.is_empty() && !password.is_empty() => {
            Ok(Some(Credentials::new(user.into(), password.into())))
        }
        _ => Err(StartError::Mail(format!(
            "{} should have two lines: user and password",
            file.display()
        ))),
    }
}

fn unread(file: &Path, error: &std::io::Error) -> StartError {
    StartError::Mail(format!("{} cannot be read: {error}", file.display()))
}

fn host(public_url: &str) -> &str {
    let host = public_url.split("://").nth(1).unwrap_or(public_url);
    host.split(':').next().unwrap_or(host)
}
