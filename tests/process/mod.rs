//! The real program in a process of its own, on a data folder of its own.
#![allow(dead_code, reason = "each test binary uses its part")]

use client::{
    Client, Transport,
    gateway::{Gateway, Settings},
};
use contract::{
    session::Credentials,
    ticket::{Category, NewTicket},
};
use std::{
    io::{BufRead, BufReader, Lines, Write},
    net::SocketAddr,
    path::Path,
    process::{Child, ChildStdout, Command, Output, Stdio},
};

pub const EMAIL: &str = "mira@example.com";
pub const ADMIN: &str = "ada@example.com";
pub const PASSWORD: &str = "correct horse battery";

/// The program, serving. Killed when it goes out of scope.
pub struct Program {
    pub process: Child,
    pub client: Client,
    pub address: SocketAddr,
    /// What it prints.
    pub lines: Lines<BufReader<ChildStdout>>,
}

impl Program {
    /// Starts it and waits until it says where it is.
    pub fn serve(folder: &Path, more: &[&str]) -> Self {
        Self::serve_with(folder, more, &[])
    }

    /// The same with these variables.
    pub fn serve_with(folder: &Path, more: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut arguments = vec!["serve", "--log", "off"];
        if !more.contains(&"--addr") {
            arguments.extend(["--addr", "127.0.0.1:0"]);
        }
        arguments.extend(more);
        let mut process =
            command(&arguments, folder).envs(variables.iter().copied()).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let line = lines.next().unwrap().unwrap();
        let base = line.split_whitespace().last().unwrap();
        let address = base.strip_prefix("http://").unwrap().parse().unwrap();
        let client = client_of(base);
        Self { process, client, address, lines }
    }

    /// The client in the name of the customer that [`add_customer`] added.
    pub async fn signed_in(&self) -> Client {
        let credentials = Credentials { email: EMAIL.into(), password: PASSWORD.into() };
        self.client.with_token(self.client.sign_in(&credentials).await.unwrap().access_token)
    }

    /// Asks it to stop, as a supervisor does.
    pub fn terminate(&self) {
        assert!(Command::new("kill").arg("-TERM").arg(self.process.id().to_string()).status().unwrap().success());
    }
}

/// A client over TCP in nobody's name yet.
fn client_of(base: &str) -> Client {
    let mut settings = Settings { url: Some(base.parse().unwrap()), ..Settings::default() };
    settings.retry.times = 0;
    settings.breaker.failures = usize::MAX;
    Client::over(Transport::Remote(Gateway::new(settings).unwrap()))
}

impl Drop for Program {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

/// A ticket to be filed.
pub fn new_ticket(subject: &str) -> NewTicket {
    NewTicket {
        subject: subject.to_owned(),
        description: "The same payment appears twice on my statement.".to_owned(),
        category: Category::Payment,
        priority: None,
        payment_id: None,
        file_ids: Vec::new(),
        follow_up_of: None,
        channel: None,
    }
}

/// Adds a customer on the command line.
pub fn add_customer(folder: &Path) {
    add(folder, "Mira", EMAIL, "customer");
}

/// Adds an admin on the command line.
pub fn add_admin(folder: &Path) {
    add(folder, "Ada", ADMIN, "admin");
}

fn add(folder: &Path, name: &str, email: &str, role: &str) {
    let arguments = ["user", "add", "--name", name, "--email", email, "--role", role];
    let mut process = command(&arguments, folder).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    process.stdin.take().unwrap().write_all(PASSWORD.as_bytes()).unwrap();
    assert!(process.wait().unwrap().success());
}

/// Runs a command to its end.
pub fn run(arguments: &[&str], folder: &Path) -> Output {
    command(arguments, folder).stdin(Stdio::null()).output().unwrap()
}

fn command(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_finsupport"));
    command.args(arguments).arg("--data").arg(folder);
    command
}
