//! Which mail server, and how it is spoken to.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

/// The variable of the environment that holds the user's name at the mail server.
pub const USER_VARIABLE: &str = "LOOKFOR_MAIL_USER";
/// The variable of the environment that holds the password.
pub const PASSWORD_VARIABLE: &str = "LOOKFOR_MAIL_PASSWORD";

/// What a server needs to send mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailConfig {
    /// The mail server.
    pub server: MailServer,
    /// The address that mails come from, with or without a name before it.
    pub from: String,
    /// A file of two lines: user and password. None to take them from the environment, if they are there.
    pub login_file: Option<PathBuf>,
    /// A file of certificates in PEM to trust beside those of the system: a district's own authority.
    pub authority_file: Option<PathBuf>,
    /// How long to wait between looking for feedback and mails that are due.
    pub pause: Duration,
}

impl MailConfig {
    /// How long to wait between rounds, if nothing else is said.
    pub const PAUSE: Duration = Duration::from_secs(10);
}

/// How a connection to a mail server is kept private.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte: `smtps://`.
    Tls,
    /// TLS after `STARTTLS`, and nothing without it: `smtp://`.
    StartTls,
    /// None: only on this machine.
    Plain,
}

/// A mail server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailServer {
    /// How the connection is kept private.
    pub security: Security,
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
}

impl FromStr for MailServer {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WANTED: &str = "smtps://HOST[:PORT], smtp://HOST[:PORT] (STARTTLS), or \
                              smtp+plain://localhost:PORT";
        let (scheme, rest) = text.split_once("://").ok_or(WANTED)?;
        let (security, usual_port) = match scheme {
            "smtps" => (Security::Tls, 465),
            "smtp" => (Security::StartTls, 587),
            "smtp+plain" => (Security::Plain, 25),
            _ => return Err(WANTED),
        };
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().map_err(|_| WANTED)?),
            None => (rest, usual_port),
        };
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
        if host.is_empty() || !host.chars().all(is_name) {
            return Err(WANTED);
        }
        if security == Security::Plain && !is_this_machine(host) {
            return Err("smtp+plain:// is for a mail server on this machine only; \
                        use smtps:// or smtp://");
        }
        Ok(Self {
            security,
            host: host.into(),
            port,
        })
    }
}

impl fmt::Display for MailServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

/// The address under which readers reach the server.
///
/// # Errors
/// What it should look like. Without TLS it is taken only for this machine.
pub fn public_url(text: &str) -> Result<String, &'static str> {
    const WANTED: &str = "https://HOST, or http://localhost:PORT to try it on this machine";
    let url = text.trim_end_matches('/');
    let (scheme, host) = url.split_once("://").ok_or(WANTED)?;
    let plain = host.split(':').next().unwrap_or(host);
    let private = scheme == "https" || scheme == "http" && is_this_machine(plain);
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    if !private || host.is_empty() || !host.chars().all(is_host) {
        return Err(WANTED);
    }
    Ok(url.into())
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.ends_with(".localhost") || host == "127.0.0.1"
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::tls("smtps://mail.district.org", Security::Tls, 465)]
    #[case::tls_elsewhere("smtps://mail.district.org:4650", Security::Tls, 4650)]
    #[case::starttls("smtp://mail.district.org", Security::StartTls, 587)]
    #[case::plain_here("smtp+plain://localhost:2525", Security::Plain, 2525)]
    fn a_mail_server_is_read(#[case] text: &str, #[case] security: Security, #[case] port: u16) {
        let server: MailServer = text.parse().expect("it is one");
        assert_eq!((server.security, server.port), (security, port));
    }

    #[rstest]
    #[case::no_scheme("mail.district.org")]
    #[case::another_scheme("https://mail.district.org")]
    #[case::no_host("smtps://:465")]
    #[case::no_port("smtps://mail.district.org:smtp")]
    #[case::a_password("smtps://user:password@mail.district.org")]
    #[case::a_path("smtps://mail.district.org/x")]
    #[case::plain_elsewhere("smtp+plain://mail.district.org:25")]
    fn what_is_no_mail_server_is_refused(#[case] text: &str) {
        assert!(text.parse::<MailServer>().is_err());
    }

    #[rstest]
    #[case::with_a_slash("https://lookfor.district.org/", Some("https://lookfor.district.org"))]
    #[case::here("http://127.0.0.1:8080", Some("http://127.0.0.1:8080"))]
    #[case::a_demo_name("http://teacher.localhost:8080", Some("http://teacher.localhost:8080"))]
    #[case::without_tls("http://lookfor.district.org", None)]
    #[case::with_a_path("https://district.org/lookfor", None)]
    #[case::nothing("", None)]
    fn links_need_a_private_way(#[case] text: &str, #[case] url: Option<&str>) {
        assert_eq!(public_url(text).ok().as_deref(), url);
    }
}
