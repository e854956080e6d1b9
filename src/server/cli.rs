//! The command line. Every option of `serve` is also a `FINSUPPORT_…` variable; clap reads both.

use super::serve::{self, Site};
use api::{App, clock::Clock, config::Config};
use clap::{Args, Parser, Subcommand};
use client::Client;
use std::{net::SocketAddr, path::PathBuf, process::ExitCode};
use tokio::net::TcpListener;

/// Finsupport, the helpdesk of a payments company: one program, one data folder.
#[derive(Parser)]
#[command(name = "finsupport", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the helpdesk.
    Serve(Serve),
    /// Prints the OpenAPI description of the API.
    Openapi,
}

#[derive(Args)]
struct Serve {
    /// Where to listen.
    #[arg(long, env = "FINSUPPORT_ADDR", default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
    /// The folder that holds the database and the files.
    #[arg(long, env = "FINSUPPORT_DATA", default_value = "./data")]
    data: PathBuf,
    /// Trust the proxy before us when it says that people came over https (`X-Forwarded-Proto`).
    #[arg(long, env = "FINSUPPORT_BEHIND_PROXY")]
    behind_proxy: bool,
}

/// Reads the command line and does what it says.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Serve(serve) => serve.run(),
        Command::Openapi => {
            println!("{}", serde_json::to_string_pretty(&api::openapi::document()).expect("the document serialises"));
            Ok(())
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("finsupport: {message}");
            ExitCode::FAILURE
        }
    }
}

impl Serve {
    #[tokio::main]
    async fn run(self) -> Result<(), String> {
        let app = App::open(&self.data, Config::default(), Clock::System).map_err(|e| e.to_string())?;
        let api = api::router(app);
        let site =
            Site { options: serve::options()?, client: Client::embedded(api.clone()), behind_proxy: self.behind_proxy };
        let listener =
            TcpListener::bind(self.addr).await.map_err(|e| format!("cannot listen on {}: {e}", self.addr))?;
        serve::until(listener, serve::router(site, api), std::future::pending()).await.map_err(|e| e.to_string())
    }
}
