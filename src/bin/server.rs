//! The server program: reads its options, runs, and ends cleanly when it is told to; or takes files into
//! its store and ends.

use lookfor::server::config::{Config, HELP};
use lookfor::server::demo::start::{RoleLink, start};
use lookfor::server::import::command;
use lookfor::server::serve::Server;
use std::error::Error;
use std::io::{IsTerminal, Write, stderr, stdout};
use std::process::ExitCode;
use tracing::Level;

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(stderr)
        .with_ansi(stderr().is_terminal())
        .with_max_level(Level::INFO)
        .init();
    // Where it panicked and not what the panic says, which may quote a record.
    std::panic::set_hook(Box::new(|panic| {
        let location = panic.location().map(ToString::to_string);
        tracing::error!(location, "A fault in the server's own code.");
    }));
    match run().await {
        Ok(true) => ExitCode::SUCCESS,
        // It has said why.
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("lookfor server: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Serves until it is told to end, or takes files; says whether it did what it was asked.
async fn run() -> Result<bool, Box<dyn Error>> {
    let Some(config) = Config::from_args(std::env::args_os().skip(1))? else {
        print!("{HELP}");
        return Ok(true);
    };
    if !config.import.files.is_empty() {
        return command::run(&config.data, &config.import, &mut stdout()).await;
    }
    // Before anyone knows the address: who hears that it listens may also tell it to end.
    let stop = stop()?;
    let wants_demo = config.demo;
    let server = Server::open(config).await?;
    // What programs that start the server wait for, in one piece: a line where it listens, and a line with
    // the first admin's link as long as no admin is signed in.
    let url = format!("http://{}", server.address());
    let mut lines = format!("lookfor server: listening on {url}\n");
    // A demo has its admin, with a link of their own.
    if let Some(link) = server.first_sign_in().filter(|_| server.demo().is_none()) {
        lines += &format!("lookfor server: first sign-in {url}{link}\n");
    }
    if wants_demo && server.demo().is_none() {
        lines +=
            "lookfor server: this folder has a district of its own, so no demo is loaded into it\n";
    }
    say(&lines)?;
    let demo = demo(&server);
    let ((), shown) = tokio::join!(server.run(stop), demo);
    shown.map(|()| true)
}

/// Loads the demo while the server answers, and says the links of its roles.
fn demo(server: &Server) -> impl Future<Output = Result<(), Box<dyn Error>>> + use<> {
    let (demo, store, address) = (server.demo(), server.store(), server.address());
    async move {
        let Some(demo) = demo else {
            return Ok(());
        };
        if !demo.loaded {
            say("lookfor server: loading the demo\n")?;
        }
        let now_utc_ms = chrono::Utc::now().timestamp_millis();
        match start(&*store, address, demo, now_utc_ms).await {
            Ok(links) => {
                let line = |link: &RoleLink| {
                    let RoleLink { role, name, link } = link;
                    // Each role has a name of its own on this machine, and with it a store of its own in a browser.
                    let host = match address.ip().is_loopback() || address.ip().is_unspecified() {
                        true => format!("{role}.localhost:{}", address.port()),
                        false => address.to_string(),
                    };
                    format!("lookfor server: demo {role} http://{host}{link} {name}\n")
                };
                say(&links.iter().map(line).collect::<String>())?;
            }
            // A district without its demo is of use, and the next start goes on.
            Err(error) => eprintln!("lookfor server: {error}"),
        }
        Ok(())
    }
}

/// Says lines to whoever started the server, in one piece.
fn say(lines: &str) -> std::io::Result<()> {
    stdout().write_all(lines.as_bytes())?;
    stdout().flush()
}

/// Ends with the first signal that asks for an end: Ctrl-C, and SIGTERM where there is one.
fn stop() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut terminate = {
        use tokio::signal::unix::{SignalKind, signal};
        (
            signal(SignalKind::terminate())?,
            signal(SignalKind::interrupt())?,
        )
    };
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = terminate.0.recv() => {}
            _ = terminate.1.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    })
}
