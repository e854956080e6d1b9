//! `finsupport serve`.

use super::{
    Data,
    gateway::{AsGateway, InFront},
};
use crate::server::{
    listen,
    serve::{self, Site},
};
use api::{App, config::Config, demo};
use clap::Args;
use client::Client;
use contract::outbox::UNDO_SECONDS_MAX;
use std::{io::IsTerminal, net::SocketAddr};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tracing_subscriber::EnvFilter;

#[derive(Args)]
pub struct Serve {
    /// Where to listen.
    #[arg(long, env = "FINSUPPORT_ADDR", default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
    #[command(flatten)]
    data: Data,
    /// Run on made-up data, on an empty data folder only.
    #[arg(long, env = "FINSUPPORT_DEMO")]
    demo: bool,
    /// Trust the proxy before us when it says that people came over https (X-Forwarded-Proto) and from where (the last of
    /// X-Forwarded-For).
    #[arg(long, env = "FINSUPPORT_BEHIND_PROXY")]
    behind_proxy: bool,
    /// The most bytes an uploaded file may have.
    #[arg(long, env = "FINSUPPORT_FILE_SIZE_MAX", value_name = "BYTES", default_value_t = Config::default().file_size_max)]
    file_size_max: u64,
    /// The most files a message may carry.
    #[arg(long, env = "FINSUPPORT_FILES_MAX", value_name = "FILES", default_value_t = Config::default().files_max)]
    files_max: usize,
    /// How long a session lasts after it was last used.
    #[arg(long, env = "FINSUPPORT_SESSION_DAYS", value_name = "DAYS", default_value_t = 14, value_parser = clap::value_parser!(i64).range(1..=365))]
    session_days: i64,
    /// How long a reply sent at the desk waits, so that it can be taken back.
    #[arg(long, env = "FINSUPPORT_UNDO_SECONDS", value_name = "SECONDS", default_value_t = Config::default().undo_seconds, value_parser = clap::value_parser!(i64).range(0..=UNDO_SECONDS_MAX))]
    undo_seconds: i64,
    /// What a customer may file, send and change in a minute; 0 for any number.
    #[arg(long, env = "FINSUPPORT_CUSTOMER_WRITES", value_name = "WRITES", default_value_t = Config::default().customer_writes)]
    customer_writes: u32,
    /// How many connections read the database at the same time.
    #[arg(long, env = "FINSUPPORT_READERS", value_name = "CONNECTIONS", default_value_t = Config::default().readers)]
    readers: usize,
    #[command(flatten)]
    in_front: InFront,
    #[command(flatten)]
    as_gateway: AsGateway,
    /// What to log, as `tracing` directives: `info`, `api=debug`.
    #[arg(long, env = "FINSUPPORT_LOG", default_value = "info")]
    log: String,
}

impl Serve {
    #[tokio::main]
    pub async fn run(self) -> Result<(), String> {
        log(&self.log)?;
        api::meters::start();
        let config = self.config()?;
        // Before anything is touched: a second program on this folder would clear the uploads of the first.
        let listener = TcpListener::bind(self.addr)
            .await
            .map_err(|error| format!("cannot listen on {}: {error}. Choose another address with --addr.", self.addr))?;
        let _alone = self.data.lock()?;
        let app = self.data.open(config)?;
        let app = match self.in_front.settled()? {
            Some((gateway, poll)) => app.before(gateway, poll),
            None => app,
        };
        let accounts = self.people(&app).await?;
        app.storage
            .clear_incoming()
            .await
            .map_err(|error| format!("the folder of files cannot be cleared: {error}"))?;
        api::start_jobs(&app);
        let hub = app.hub.clone();
        let api = api::router(app);
        let site =
            Site { options: serve::options()?, client: Client::embedded(api.clone()), behind_proxy: self.behind_proxy };
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        println!("Finsupport is at http://{address}");
        println!("{}", accounts.replace("{address}", &address.to_string()));
        let stop = async move {
            told_to_stop().await;
            hub.close();
        };
        listen::until(listener, serve::router(site, api), stop).await;
        Ok(())
    }

    fn config(&self) -> Result<Config, String> {
        Ok(Config {
            demo: self.demo,
            file_size_max: self.file_size_max,
            files_max: self.files_max,
            session_seconds: self.session_days * 24 * 60 * 60,
            undo_seconds: self.undo_seconds,
            customer_writes: self.customer_writes,
            readers: self.readers,
            service: self.as_gateway.service()?,
        })
    }

    /// Makes sure that somebody can sign in, and says who.
    async fn people(&self, app: &App) -> Result<String, String> {
        if self.demo {
            // In front of a gateway, the tickets of the demo are there.
            let filled = if app.gateway.is_some() { demo::settle(app).await } else { demo::fill(app).await };
            filled.map_err(|error| error.to_string())?;
            return Ok(demo_accounts());
        }
        if demo::is_demo(app).await.map_err(|error| error.to_string())? {
            return Err("this data folder holds the demo, whose password is public: start with --demo, or name another folder with --data".to_owned());
        }
        if app.gateway.is_some() {
            return Ok("People sign in here with the accounts that `finsupport user add --id …` gives them.".to_owned());
        }
        let token = app.setup_token().await.map_err(|error| error.to_string())?;
        Ok(token.map_or_else(String::new, |token| {
            format!("Nobody has an account yet. Make the admin with this link; it works once:\n  http://{{address}}/setup/{token}")
        }))
    }
}

fn demo_accounts() -> String {
    let mut text = format!("Demo accounts, all with the password {}:", demo::people::PASSWORD);
    for (email, role) in demo::people::ACCOUNTS {
        text.push_str(&format!("\n  {email:<24} {role}"));
    }
    text
}

/// Lines for a person at a terminal, JSON for anything else.
fn log(directives: &str) -> Result<(), String> {
    let filter = EnvFilter::try_new(directives).map_err(|error| format!("--log: {error}"))?;
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        subscriber.init()
    } else {
        subscriber.json().init()
    }
    Ok(())
}

/// Ends when the process is told to: SIGTERM from a supervisor, SIGINT from a keyboard.
async fn told_to_stop() {
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
