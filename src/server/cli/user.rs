//! `finsupport user …`: accounts. Passwords are asked for, or read from standard input when that is no terminal; they
//! never stand on a command line.

use super::Data;
use api::{
    config::Config,
    people::actions::{self, NewPerson},
};
use clap::{Args, Subcommand, ValueEnum};
use contract::{Role, id::PersonId};
use std::io::{IsTerminal, stdin};

#[derive(Subcommand)]
pub enum User {
    /// Add a person.
    Add(Add),
    /// List everybody.
    List {
        #[command(flatten)]
        data: Data,
    },
    /// Disable an account; its sessions end at once.
    Disable(Whom),
    /// Set somebody's password; their sessions end at once.
    Password(Whom),
}

#[derive(Args)]
pub struct Add {
    #[arg(long)]
    name: String,
    #[arg(long)]
    email: String,
    #[arg(long, value_enum)]
    role: RoleName,
    /// The company of a customer; made when it is new.
    #[arg(long)]
    organization: Option<String>,
    /// Their id at the gateway, where one keeps the tickets.
    #[arg(long, value_name = "UUID")]
    id: Option<PersonId>,
    #[command(flatten)]
    data: Data,
}

#[derive(Args)]
pub struct Whom {
    /// The e-mail address of the account.
    email: String,
    #[command(flatten)]
    data: Data,
}

#[derive(Clone, Copy, ValueEnum)]
enum RoleName {
    Customer,
    Assignee,
    Admin,
}

impl User {
    #[tokio::main(flavor = "current_thread")]
    pub async fn run(self) -> Result<(), String> {
        match self {
            Self::Add(add) => add.run().await,
            Self::List { data } => list(&data).await,
            Self::Disable(whom) => {
                let app = whom.data.open(Config::default())?;
                actions::disable(&app, &whom.email).await.map_err(|error| error.to_string())?;
                println!("{} is disabled.", whom.email);
                Ok(())
            }
            Self::Password(whom) => {
                let app = whom.data.open(Config::default())?;
                actions::set_password(&app, &whom.email, password()?).await.map_err(|error| error.to_string())?;
                println!("The password of {} is set.", whom.email);
                Ok(())
            }
        }
    }
}

impl Add {
    async fn run(self) -> Result<(), String> {
        let app = self.data.open(Config::default())?;
        let role = match self.role {
            RoleName::Customer => Role::Customer,
            RoleName::Assignee => Role::Assignee,
            RoleName::Admin => Role::Admin,
        };
        let new = NewPerson {
            name: self.name,
            email: self.email.clone(),
            role,
            organization: self.organization,
            id: self.id,
        };
        actions::add(&app, new, password()?).await.map_err(|error| error.to_string())?;
        println!("{} is added.", self.email);
        Ok(())
    }
}

async fn list(data: &Data) -> Result<(), String> {
    let app = data.open(Config::default())?;
    for account in actions::accounts(&app).await.map_err(|error| error.to_string())? {
        let state = if account.disabled { "disabled" } else { "active" };
        println!(
            "{:<32} {:<9} {:<9} {} {}",
            account.email,
            account.role,
            state,
            account.name,
            account.organization.unwrap_or_default()
        );
    }
    Ok(())
}

fn password() -> Result<String, String> {
    if stdin().is_terminal() {
        return rpassword::prompt_password("Password (12 to 200 characters): ").map_err(|error| error.to_string());
    }
    let mut line = String::new();
    stdin().read_line(&mut line).map_err(|error| error.to_string())?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
