//! What the server was started with.

use super::import::command::ImportArgs;
use super::notice::options::{MailConfig, MailServer, public_url};
use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// What `--help` says.
pub const HELP: &str = "\
The Lookfor server: serves the web app and takes what devices push.

Usage: server [--data DIR] [--bind ADDR] [--port N] [--web DIR] [--behind-proxy] [--rebuild] [--demo]
              [--public-url URL --mail-server URL --mail-from ADDR]

  --data DIR   the folder of the store, made if needed (default: data)
  --bind ADDR  the address to listen on (default: 127.0.0.1)
  --port N     the port to listen on, 0 for any that is free (default: 8080)
  --web DIR    the folder of the built web app (default: none, only the API)
  --behind-proxy
               take clients' addresses from the header x-forwarded-for, which a proxy of
               yours in front of this server has to set
  --rebuild    make everything that readers get again from what is stored, such as
               after a backup was brought back; devices then take it all anew
  --import FILE
               take a roster or a file beside it (a zip or a CSV) into the store, say what that did,
               and end; can be given several times. No server may run on the folder
  --import-leavers
               take it also where more than a third of the people or classes would be marked as left
  --import-source NAME
               the files are of a second roster beside the usual one
  --demo       load an invented district into an empty folder, and print a link for each role;
               a folder with a district of its own stays as it is
  --help       this text

Mail, which tells a teacher that a visit was written up; without these, none is sent:

  --public-url URL     where readers reach this server, such as https://lookfor.district.org
  --mail-server URL    smtps://HOST[:PORT], or smtp://HOST[:PORT] for STARTTLS; on this machine
                       smtp+plain://localhost:PORT
  --mail-from ADDR     the address that mails come from
  --mail-login FILE    a file of two lines, user and password; if it is not given, they are taken from
                       LOOKFOR_MAIL_USER and LOOKFOR_MAIL_PASSWORD, if those are set
  --mail-authority FILE  certificates in PEM to trust beside those of the system
";

/// The options of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The folder of the store, made if needed.
    pub data: PathBuf,
    /// The address to listen on; port 0 takes any that is free.
    pub listen: SocketAddr,
    /// The folder of the built web app; none to serve only the API.
    pub web: Option<PathBuf>,
    /// Whether clients' addresses come from a proxy's `x-forwarded-for`.
    pub behind_proxy: bool,
    /// Whether documents and counts are made again from all events, as another feed.
    pub rebuild: bool,
    /// Whether an empty folder gets an invented district.
    pub demo: bool,
    /// Where readers reach the server, without a slash at its end.
    pub public_url: Option<String>,
    /// Files to take instead of serving.
    pub import: ImportArgs,
    /// How mail is sent; none to send none. It needs a `public_url`.
    pub mail: Option<MailConfig>,
    /// How long a client may take over the head of a request, and over each piece of its body.
    pub read_timeout: Duration,
    /// How long an end waits for requests that are under way.
    pub drain_timeout: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data: "data".into(),
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080),
            web: None,
            behind_proxy: false,
            rebuild: false,
            demo: false,
            public_url: None,
            import: ImportArgs::default(),
            mail: None,
            read_timeout: Duration::from_secs(30),
            drain_timeout: Duration::from_secs(10),
        }
    }
}

impl Config {
    /// Reads the arguments, without the program's name; none when help is asked for.
    ///
    /// # Errors
    /// What is wrong with them, as `lexopt` says it.
    pub fn from_args(
        args: impl IntoIterator<Item = impl Into<OsString>>,
    ) -> Result<Option<Self>, lexopt::Error> {
        use lexopt::prelude::*;
        let mut config = Self::default();
        let mut mail = MailArgs::default();
        let mut parser = lexopt::Parser::from_args(args.into_iter().map(Into::into));
        while let Some(arg) = parser.next()? {
            match arg {
                Long("data") => config.data = parser.value()?.into(),
                Long("bind") => config.listen.set_ip(parser.value()?.parse()?),
                Long("port") => config.listen.set_port(parser.value()?.parse()?),
                Long("web") => config.web = Some(parser.value()?.into()),
                Long("behind-proxy") => config.behind_proxy = true,
                Long("rebuild") => config.rebuild = true,
                Long("import") => config.import.files.push(parser.value()?.into()),
                Long("import-leavers") => config.import.leavers = true,
                Long("import-source") => config.import.source = Some(parser.value()?.string()?),
                Long("demo") => config.demo = true,
                Long("public-url") => {
                    config.public_url = Some(parser.value()?.parse_with(public_url)?);
                }
                Long("mail-server") => mail.server = Some(parser.value()?.parse()?),
                Long("mail-from") => mail.from = Some(parser.value()?.string()?),
                Long("mail-login") => mail.login_file = Some(parser.value()?.into()),
                Long("mail-authority") => mail.authority_file = Some(parser.value()?.into()),
                Long("help") | Short('h') => return Ok(None),
                _ => return Err(arg.unexpected()),
            }
        }
        config.mail = mail.check(config.public_url.is_some())?;
        Ok(Some(config))
    }
}

/// The options of mail as they come.
#[derive(Default)]
struct MailArgs {
    server: Option<MailServer>,
    from: Option<String>,
    login_file: Option<PathBuf>,
    authority_file: Option<PathBuf>,
}

impl MailArgs {
    /// All that is needed, or nothing of it.
    fn check(self, has_public_url: bool) -> Result<Option<MailConfig>, lexopt::Error> {
        let any = self.from.is_some() || self.login_file.is_some() || self.authority_file.is_some();
        match (self.server, self.from) {
            (Some(server), Some(from)) if has_public_url => Ok(Some(MailConfig {
                server,
                from,
                login_file: self.login_file,
                authority_file: self.authority_file,
                pause: MailConfig::PAUSE,
            })),
            (None, _) if !any => Ok(None),
            _ => Err("mail needs --mail-server, --mail-from and --public-url".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn without_arguments_it_listens_on_this_machine_only() {
        let config = Config::from_args([""; 0]).expect("no arguments are fine");
        assert_eq!(config, Some(Config::default()));
        assert!(Config::default().listen.ip().is_loopback());
    }

    #[test]
    fn every_option_is_taken() {
        let args = "--data store --bind ::1 --port 0 --web site --behind-proxy --rebuild --demo";
        let config = Config::from_args(args.split(' ')).expect("all of them are options");
        let wanted = Config {
            data: "store".into(),
            listen: SocketAddr::new("::1".parse().expect("an address"), 0),
            web: Some("site".into()),
            behind_proxy: true,
            rebuild: true,
            demo: true,
            ..Config::default()
        };
        assert_eq!(config, Some(wanted));
    }

    #[test]
    fn files_to_take_come_in_their_order() {
        let args = "--import roster.zip --import bells.csv --import-leavers --import-source east";
        let config = Config::from_args(args.split(' ')).expect("all of them are options");
        let wanted = ImportArgs {
            files: vec!["roster.zip".into(), "bells.csv".into()],
            leavers: true,
            source: Some("east".into()),
        };
        assert_eq!(config.map(|config| config.import), Some(wanted));
    }

    #[test]
    fn mail_is_set_up_whole() {
        let args = "--mail-server smtps://mail.district.org --mail-from lookfor@district.org \
                    --public-url https://lookfor.district.org/";
        let config = Config::from_args(args.split_whitespace()).expect("all of them are options");
        let config = config.expect("no help was asked for");
        assert_eq!(
            config.public_url.as_deref(),
            Some("https://lookfor.district.org")
        );
        assert_eq!(config.mail.map(|mail| mail.server.port), Some(465));
    }

    #[rstest]
    #[case::mail_without_links("--mail-server smtps://m.org --mail-from a@m.org")]
    #[case::mail_from_nobody("--mail-server smtps://m.org --public-url https://m.org")]
    #[case::a_login_for_no_server("--mail-login file")]
    #[case::a_password_in_the_arguments("--mail-server smtps://u:p@m.org")]
    #[case::an_unknown_option("--dtaa x")]
    #[case::no_value("--data")]
    #[case::no_port("--port http")]
    #[case::a_port_too_large("--port 65536")]
    #[case::a_name_as_address("--bind localhost")]
    #[case::a_bare_word("store")]
    fn a_mistake_is_named(#[case] args: &str) {
        assert!(Config::from_args(args.split(' ')).is_err());
    }
}
