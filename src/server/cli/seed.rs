//! `finsupport seed`: many made-up tickets, fast.

use super::Data;
use api::{config::Config, seed};
use clap::Args;

#[derive(Args)]
pub struct Seed {
    /// How many tickets to make.
    #[arg(long)]
    tickets: u64,
    /// How many replies and notes to spread over them.
    #[arg(long, default_value_t = 0)]
    replies: u64,
    #[command(flatten)]
    data: Data,
}

impl Seed {
    #[tokio::main(flavor = "current_thread")]
    pub async fn run(self) -> Result<(), String> {
        let app = self.data.open(Config::default())?;
        seed::tickets(&app, self.tickets, self.replies, |done| eprint!("\r{done} tickets"))
            .await
            .map_err(|error| error.to_string())?;
        eprintln!();
        Ok(())
    }
}
