//! The command line: what the program can be told, and how it says that something is wrong. Every option of `serve` is
//! also a `FINSUPPORT_…` variable.

mod gateway;
mod seed;
mod serve;
mod user;

use api::{App, clock::Clock, config::Config};
use clap::{Args, Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode};

/// Finsupport, the helpdesk of a payments company: one program, one data folder.
#[derive(Parser)]
#[command(name = "finsupport", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the helpdesk.
    Serve(Box<serve::Serve>),
    /// Add, list and disable people, and set passwords. Works while the helpdesk is being served.
    #[command(subcommand)]
    User(user::User),
    /// Fill a data folder with made-up tickets, to see how the helpdesk does with many.
    Seed(seed::Seed),
    /// Print the OpenAPI description of the API.
    Openapi,
}

/// Where the data is.
#[derive(Args)]
struct Data {
    /// The folder that holds the database and the files.
    #[arg(long = "data", env = "FINSUPPORT_DATA", value_name = "DIR", default_value = "./data")]
    folder: PathBuf,
}

impl Data {
    fn open(&self, config: Config) -> Result<App, String> {
        App::open(&self.folder, config, Clock::System).map_err(|error| error.to_string())
    }
}

/// Reads the command line and does what it says.
pub fn run() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(serve) => serve.run(),
        Command::User(user) => user.run(),
        Command::Seed(seed) => seed.run(),
        Command::Openapi => {
            println!("{:#}", api::openapi::describe());
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

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
