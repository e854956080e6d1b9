//! The promise of the outbox: what was accepted is sent once, though the program is killed (SIGKILL) while it waits, and
//! again at about the instant when it is due.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod process;

use client::Client;
use contract::{id::TicketId, outbox::NewOutboxMessage, page::Paging, session::Credentials};
use process::{ADMIN, PASSWORD, Program, add_admin, add_customer, new_ticket};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const KILLS: usize = 4;
const MESSAGES: usize = 6;

async fn admin(program: &Program) -> Client {
    let credentials = Credentials { email: ADMIN.into(), password: PASSWORD.into() };
    program.client.with_token(program.client.sign_in(&credentials).await.unwrap().access_token)
}

async fn sent(client: &Client, ticket: TicketId) -> Vec<String> {
    let page = client.replies(ticket, &Paging { page_size: Some(200), cursor: None }).await.unwrap();
    page.items.into_iter().map(|reply| reply.body).collect()
}

async fn waits(client: &Client, ticket: TicketId) -> usize {
    client.outbox_of(ticket, &Paging::default()).await.unwrap().items.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_replies_wait_each_is_sent_once() {
    let folder = TempDir::new().unwrap();
    add_customer(folder.path());
    add_admin(folder.path());
    let undo = ["--undo-seconds", "1"];
    let mut program = Program::serve(folder.path(), &undo);
    let ticket = program.signed_in().await.create_ticket(&new_ticket("Charged twice")).await.unwrap().ticket_id;
    let client = admin(&program).await;
    let bodies: Vec<_> = (0..MESSAGES).map(|n| format!("Reply {n}")).collect();
    for body in &bodies {
        let new = NewOutboxMessage { body: body.clone(), ..NewOutboxMessage::default() };
        client.put_in_outbox(ticket, &new).await.unwrap();
    }
    for _ in 0..KILLS {
        program.process.kill().unwrap();
        program.process.wait().unwrap();
        program = Program::serve(folder.path(), &undo);
    }
    let client = admin(&program).await;
    let patience = Instant::now() + Duration::from_secs(30);
    while waits(&client, ticket).await > 0 {
        assert!(Instant::now() < patience, "what waited is not sent");
        tokio::task::yield_now().await;
    }
    assert_eq!(sent(&client, ticket).await, bodies);
    // Nor does the next start send anything again.
    drop(program);
    let program = Program::serve(folder.path(), &undo);
    assert_eq!(sent(&admin(&program).await, ticket).await, bodies);
}
