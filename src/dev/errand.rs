//! What can be asked for on the command line.

use super::failure::{Failure, Result};
use lexopt::{Arg, Parser, ValueExt};
use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

/// The help text.
pub const USAGE: &str = "\
cargo start [--empty] [--data DIR] [--port N] [--bind ADDR]
    builds the app and the server, serves both on one port, with an invented district, and
    prints a link for each role in it
    --empty       without the invented district
    --data DIR    where the server keeps its records (data)
    --port N      the port to listen on (8080)
    --bind ADDR   the address to listen on (127.0.0.1: this machine only)
cargo verify [--fast]
    checks everything; with --fast only what needs no browser and no web build
cargo bundle
    builds the web app alone, into target/bundle, with the weight of its files
cargo figures [NAME...]
    measures the bars, all or the named ones";

/// One errand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand {
    /// Say what can be asked for.
    Help,
    /// Build and serve.
    Start(StartOptions),
    /// Build the web app alone.
    Bundle,
    /// Check everything, or with `fast` what needs neither browser nor web build.
    Verify {
        /// Leave out what takes minutes.
        fast: bool,
    },
    /// Measure the bars that are named, or all of them.
    Figures(Vec<String>),
}

/// Where `start` listens and keeps its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartOptions {
    /// The server's folder; none means `data` in the package.
    pub data: Option<PathBuf>,
    /// Whether the server starts without the invented district.
    pub empty: bool,
    /// The TCP port; 0 lets the system choose.
    pub port: u16,
    /// The address of the interface to listen on.
    pub bind: IpAddr,
}

impl Default for StartOptions {
    fn default() -> Self {
        Self {
            data: None,
            empty: false,
            port: 8080,
            bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
        }
    }
}

impl Errand {
    /// Reads `words`, the command line without the program's name. Fails on the first word that
    /// it does not know.
    pub fn read(words: impl IntoIterator<Item = OsString>) -> Result<Self> {
        let mut parser = Parser::from_args(words);
        read(&mut parser).map_err(|error| Failure::new(format!("Not understood: {error}.")))
    }
}

fn read(parser: &mut Parser) -> std::result::Result<Errand, lexopt::Error> {
    let errand = match parser.next()? {
        None | Some(Arg::Long("help") | Arg::Short('h')) => return Ok(Errand::Help),
        Some(Arg::Value(name)) => name.string()?,
        Some(other) => return Err(other.unexpected()),
    };
    match errand.as_str() {
        "start" => read_start(parser),
        "bundle" => read_bundle(parser),
        "verify" => read_verify(parser),
        "figures" => read_figures(parser),
        _ => Err(format!("there is no errand `{errand}`").into()),
    }
}

fn read_start(parser: &mut Parser) -> std::result::Result<Errand, lexopt::Error> {
    let mut options = StartOptions::default();
    while let Some(word) = parser.next()? {
        match word {
            Arg::Long("empty") => options.empty = true,
            Arg::Long("data") => options.data = Some(parser.value()?.into()),
            Arg::Long("port") => options.port = parser.value()?.parse()?,
            Arg::Long("bind") => options.bind = parser.value()?.parse()?,
            Arg::Long("help") | Arg::Short('h') => return Ok(Errand::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Errand::Start(options))
}

fn read_bundle(parser: &mut Parser) -> std::result::Result<Errand, lexopt::Error> {
    match parser.next()? {
        None => Ok(Errand::Bundle),
        Some(Arg::Long("help") | Arg::Short('h')) => Ok(Errand::Help),
        Some(other) => Err(other.unexpected()),
    }
}

fn read_verify(parser: &mut Parser) -> std::result::Result<Errand, lexopt::Error> {
    let mut fast = false;
    while let Some(word) = parser.next()? {
        match word {
            Arg::Long("fast") => fast = true,
            Arg::Long("help") | Arg::Short('h') => return Ok(Errand::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Errand::Verify { fast })
}

fn read_figures(parser: &mut Parser) -> std::result::Result<Errand, lexopt::Error> {
    let mut names = Vec::new();
    while let Some(word) = parser.next()? {
        match word {
            Arg::Value(name) => names.push(name.string()?),
            Arg::Long("help") | Arg::Short('h') => return Ok(Errand::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Errand::Figures(names))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Errand> {
        Errand::read(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn nothing_asked_for_is_answered_with_help() {
        assert_eq!(read(""), Ok(Errand::Help));
        assert_eq!(read("start --help"), Ok(Errand::Help));
    }

    #[test]
    fn start_listens_on_this_machine_only_unless_told() {
        assert_eq!(read("start"), Ok(Errand::Start(StartOptions::default())));
        let told = StartOptions {
            data: Some("there".into()),
            empty: true,
            port: 9000,
            bind: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        };
        let line = "start --empty --data there --port 9000 --bind 0.0.0.0";
        assert_eq!(read(line), Ok(Errand::Start(told)));
    }

    #[test]
    fn figures_take_names() {
        let names = vec!["tap".to_owned(), "cold".to_owned()];
        assert_eq!(read("figures tap cold"), Ok(Errand::Figures(names)));
    }

    #[test]
    fn the_web_app_can_be_built_alone() {
        assert_eq!(read("bundle"), Ok(Errand::Bundle));
        assert!(read("bundle app").is_err());
    }

    #[test]
    fn an_unknown_word_is_refused() {
        assert!(read("fly").is_err());
        assert!(read("verify --slow").is_err());
        assert!(read("start --port many").is_err());
    }
}
