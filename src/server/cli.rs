//! The command line: what the program can be told, and how it says that something is wrong. Every option of `serve` is
//! also a `FINSUPPORT_…` variable.

mod gateway;
mod seed;
mod serve;
mod user;

use api::{App, clock::Clock, config::Config};
use clap::{Args, Parser, Subcommand};
use std::{
    fs::{File, TryLockError},
    path::PathBuf,
    process::ExitCode,
};

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
    /// Keeps every other program from serving this folder, until this one ends or the answer is dropped.
    fn lock(&self) -> Result<File, String> {
        let place = self.folder.join("lock");
        let failed = |error: std::io::Error| format!("{}: {error}", place.display());
        std::fs::create_dir_all(&self.folder).map_err(failed)?;
        let lock = File::create(&place).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(lock),
            Err(TryLockError::WouldBlock) => Err(format!(
                "{} is being served already. Stop that program, or name another folder with --data.",
                self.folder.display()
            )),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }

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
    fn a_folder_is_served_by_one_program_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let data = Data { folder: folder.path().join("data") };
        let lock = data.lock().unwrap();
        let refused = data.lock().unwrap_err();
        assert!(refused.contains("is being served already. Stop that program"), "{refused}");
        drop(lock);
        assert!(data.lock().is_ok());
    }

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
