//! `cargo start`: from a fresh clone to a link in the terminal.

use super::bundle::bundle;
use super::cargo::root;
use super::errand::StartOptions;
use super::failure::{Failure, Result};
use super::serve::build_server;
use super::setup::{plan::Need, setup};
use std::io::{BufRead, BufReader, ErrorKind};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What the server says on its standard output once it can be reached.
const LISTENING: &str = "lookfor server: listening on ";
/// What it says next, as long as no admin is signed in.
const FIRST_SIGN_IN: &str = "lookfor server: first sign-in ";
/// What it says while it loads the invented district.
const LOADING: &str = "lookfor server: loading the demo";
/// What it says for each role of the invented district: the role, its link, and who that is.
const DEMO: &str = "lookfor server: demo ";
/// What it says when the folder has a district of its own.
const NO_DEMO: &str = "lookfor server: this folder has a district of its own";

/// Sets up, builds, serves and prints the link, until Ctrl-C or the server's own end. Fails when
/// the port is taken, before it builds anything.
pub fn start(options: &StartOptions) -> Result<()> {
    let address = SocketAddr::new(options.bind, options.port);
    TcpListener::bind(address).map_err(|error| cannot_listen(address, error.kind()))?;

    println!("1 of 3  the web app");
    let tools = setup(Need::App)?;
    let web = bundle(&tools)?;
    println!("2 of 3  the server");
    let server = build_server(&tools)?;
    println!("3 of 3  starting");
    let data = match &options.data {
        Some(folder) => std::path::absolute(folder).map_err(Failure::at("find", folder))?,
        None => root().join("data"),
    };
    serve(&server, &web, &data, address, options.empty)
}

fn serve(server: &Path, web: &Path, data: &Path, address: SocketAddr, empty: bool) -> Result<()> {
    let mut command = Command::new(server);
    command.arg("--data").arg(data).arg("--web").arg(web);
    command.arg("--bind").arg(address.ip().to_string());
    command.arg("--port").arg(address.port().to_string());
    if !empty {
        command.arg("--demo");
    }
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(Failure::at("run", server))?;
    let asked_to_end = end_together(&child)?;
    if let Some(lines) = child.stdout.take() {
        let mut roles = 0;
        for line in BufReader::new(lines)
            .lines()
            .map_while(std::result::Result::ok)
        {
            if let Some(role) = line.strip_prefix(DEMO) {
                roles += 1;
                if roles == 1 {
                    println!("{DEMO_IS_THERE}");
                }
                println!("{}", role_link(role));
            } else if line == LOADING {
                println!(
                    "  Loading the demo, an invented district. This takes some seconds, once."
                );
            } else if line.starts_with(NO_DEMO) {
                println!("{DISTRICT_OF_ITS_OWN}");
            } else if let Some(link) = line.strip_prefix(LISTENING) {
                println!("{}", welcome(link.trim(), address.ip(), data));
            } else if let Some(link) = line.strip_prefix(FIRST_SIGN_IN) {
                println!("{}", first_sign_in(link.trim(), address));
            } else {
                println!("{line}");
            }
        }
    }
    let status = child.wait().map_err(Failure::at("wait for", server))?;
    if asked_to_end.load(Ordering::SeqCst) {
        println!(
            "\nLookfor has ended. Its records are in {}.",
            data.display()
        );
        Ok(())
    } else {
        Err(Failure::new(format!(
            "The server ended by itself ({status})."
        )))
    }
}

/// Lets this program outlive Ctrl-C until the server has ended, and hands the wish to end on to
/// the server where the terminal has not done so already. Gives back whether it was asked.
fn end_together(server: &Child) -> Result<Arc<AtomicBool>> {
    let asked = Arc::new(AtomicBool::new(false));
    let (was_asked, id) = (Arc::clone(&asked), server.id());
    let handler = move || {
        if !was_asked.swap(true, Ordering::SeqCst) && cfg!(unix) {
            // A second wish to end does no harm to a server that got one from the terminal.
            let _ = Command::new("kill")
                .arg("-TERM")
                .arg(id.to_string())
                .status();
        }
    };
    ctrlc::set_handler(handler)
        .map_err(|error| Failure::new(format!("Ctrl-C cannot be listened to: {error}.")))?;
    Ok(asked)
}

/// What stands above the links of the demo's roles.
const DEMO_IS_THERE: &str = "\n  The demo is there: an invented district, with a link for each role. Each link signs in once, and \
     each\n  role has an address of its own, so that all of them can be open side by side in one browser. The next\n  \
     start prints fresh links; cargo start --empty leaves the demo out.\n";
/// What a person reads whose folder has a district of its own.
const DISTRICT_OF_ITS_OWN: &str = "  This folder has a district of its own, so no demo was loaded. To see one, name another folder:\n\n      \
     cargo start --data demo\n";

/// A role with its link and who that is, from what the server says of it.
fn role_link(said: &str) -> String {
    let mut words = said.splitn(3, ' ');
    let mut next = || words.next().unwrap_or_default();
    let (role, link, name) = (next(), next(), next());
    format!("      {role:<10} {name}\n      {:<10} {link}\n", "")
}

/// What a person reads when the server can be reached at `link`.
fn welcome(link: &str, bind: IpAddr, data: &Path) -> String {
    let port = link.rsplit(':').next().unwrap_or_default();
    let here = if bind.is_unspecified() {
        format!("http://localhost:{port}")
    } else {
        link.into()
    };
    let mut text = format!(
        "\n  Lookfor is ready. Open\n\n      {here}\n\n  Records are kept in {}.\n  \
         Ctrl-C ends it.\n",
        data.display()
    );
    if !bind.is_loopback() {
        text.push_str(
            "\n  Other machines can reach this port. Two things to know:\n  \
             - Browsers keep storage and offline use for https and for localhost, so a tablet\n    \
             needs https in front of this server.\n  \
             - Without https, whoever is on the same network can read what is sent.\n",
        );
    }
    text
}

/// What a person reads as long as no admin is signed in. The link works once.
fn first_sign_in(link: &str, address: SocketAddr) -> String {
    let link = match address.ip().is_unspecified() {
        true => link.replacen(&address.ip().to_string(), "localhost", 1),
        false => link.into(),
    };
    format!(
        "  No admin is signed in yet. This link signs one in, once:\n\n      {link}\n\n  \
         The next start prints a fresh one, as long as it is needed.\n"
    )
}

fn cannot_listen(address: SocketAddr, why: ErrorKind) -> Failure {
    let (ip, port) = (address.ip(), address.port());
    Failure::new(match why {
        ErrorKind::AddrInUse => format!(
            "Port {port} is in use by another program; end it, or choose another port: cargo \
             start --port {}",
            port.checked_add(1).unwrap_or(8080)
        ),
        ErrorKind::AddrNotAvailable => format!("This machine does not have the address {ip}."),
        ErrorKind::PermissionDenied => format!("Port {port} is reserved; choose one above 1023."),
        other => format!("Cannot listen on {address}: {other}."),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[test]
    fn the_link_is_the_one_the_server_gave() {
        let text = welcome(
            "http://127.0.0.1:8080",
            Ipv4Addr::LOCALHOST.into(),
            Path::new("data"),
        );
        assert!(text.contains("\n      http://127.0.0.1:8080\n"));
        assert!(!text.contains("https"));
    }

    #[test]
    fn the_first_admin_gets_a_link_that_can_be_opened_here() {
        let link = "http://0.0.0.0:80/join#0a1b";
        let here = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 80);
        let everywhere = SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), 80);
        let text = first_sign_in("http://127.0.0.1:80/join#0a1b", here);
        assert!(text.contains("\n      http://127.0.0.1:80/join#0a1b\n"));
        let text = first_sign_in(link, everywhere);
        assert!(text.contains("\n      http://localhost:80/join#0a1b\n"));
    }

    #[test]
    fn a_role_is_said_with_its_link_and_its_name() {
        let text = role_link("peer http://peer.localhost:8080/join#0a1b Alma Reyes");
        assert_eq!(
            text,
            "      peer       Alma Reyes\n                 http://peer.localhost:8080/join#0a1b\n"
        );
    }

    #[test]
    fn an_open_port_is_said_to_be_open() {
        let text = welcome(
            "http://0.0.0.0:80",
            Ipv4Addr::UNSPECIFIED.into(),
            Path::new("data"),
        );
        assert!(text.contains("\n      http://localhost:80\n"));
        assert!(text.contains("can read what is sent") && text.contains("https"));
    }

    #[test]
    fn a_port_in_use_gets_one_sentence_with_a_way_out() {
        let address = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 8080);
        let sentence = cannot_listen(address, ErrorKind::AddrInUse).to_string();
        assert!(sentence.ends_with("cargo start --port 8081"), "{sentence}");
    }
}
