//! The promise of durability: a write that was answered is on disk. The real program is killed (SIGKILL) again and
//! again amid tickets, replies and uploads; everything it acknowledged is there afterwards.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod process;

use api::{App, clock::Clock, config::Config};
use bytes::Bytes;
use client::Client;
use contract::{
    file::{File, FileFilter},
    id::TicketId,
    page::Paging,
    reply::NewReply,
    ticket::NewTicket,
};
use futures::stream;
use process::{Program, add_customer, new_ticket};
use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tempfile::TempDir;

const KILLS: usize = 20;
const WRITERS: usize = 4;
/// Acknowledged writes between two kills.
const BETWEEN: usize = 12;

/// What the service said it had taken.
#[derive(Default)]
struct Acknowledged {
    tickets: Vec<(TicketId, String)>,
    replies: Vec<(TicketId, String)>,
    files: Vec<File>,
}

impl Acknowledged {
    fn count(&self) -> usize {
        self.tickets.len() + self.replies.len() + self.files.len()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_any_instant_nothing_acknowledged_is_lost() {
    let folder = TempDir::new().unwrap();
    add_customer(folder.path());
    let all = Arc::new(Mutex::new(Acknowledged::default()));
    for _ in 0..KILLS {
        let mut program = Program::serve(folder.path(), &[]);
        let client = program.signed_in().await;
        let writers: Vec<_> =
            (0..WRITERS).map(|_| tokio::spawn(write_until_it_dies(client.clone(), all.clone()))).collect();
        let before = all.lock().unwrap().count();
        let patience = Instant::now() + Duration::from_secs(60);
        while all.lock().unwrap().count() < before + BETWEEN {
            assert!(Instant::now() < patience, "the program takes nothing any more");
            tokio::task::yield_now().await;
        }
        program.process.kill().unwrap();
        program.process.wait().unwrap();
        for writer in writers {
            writer.await.unwrap();
        }
    }
    let program = Program::serve(folder.path(), &[]);
    let client = program.signed_in().await;
    let all = std::mem::take(&mut *all.lock().unwrap());
    for (id, subject) in &all.tickets {
        assert_eq!(&client.ticket(*id).await.unwrap().subject, subject);
    }
    for (ticket, body) in &all.replies {
        let replies = client.replies(*ticket, &Paging { page_size: Some(200), cursor: None }).await.unwrap();
        assert_eq!(replies.items.iter().filter(|reply| &reply.body == body).count(), 1, "{body}");
    }
    for file in &all.files {
        whole(&client, file).await;
    }
    // Nor is any file listed that is not whole, acknowledged or not.
    for file in client.my_files(&FileFilter { page_size: Some(200), cursor: None }).await.unwrap().items {
        whole(&client, &file).await;
    }
    drop(program);
    let app = App::open(folder.path(), Config::default(), Clock::System).unwrap();
    let check =
        app.db.read(|db| Ok(db.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0))?)).await.unwrap();
    assert_eq!(check, "ok");
}

/// Writes until the connection breaks, keeping what was acknowledged.
async fn write_until_it_dies(client: Client, all: Arc<Mutex<Acknowledged>>) {
    loop {
        let mark = format!("{:032x}", rand::random::<u128>());
        let new = NewTicket { description: mark.clone(), ..new_ticket(&mark) };
        let Ok(ticket) = client.create_ticket(&new).await else { return };
        all.lock().unwrap().tickets.push((ticket.ticket_id, mark.clone()));
        let reply = NewReply { body: mark.clone(), ..NewReply::default() };
        if client.customer_reply(ticket.ticket_id, &reply).await.is_err() {
            return;
        }
        all.lock().unwrap().replies.push((ticket.ticket_id, mark.clone()));
        let lines = Bytes::from(format!("{mark}\n").repeat(4_000));
        let chunks: Vec<Result<Bytes, std::io::Error>> =
            lines.chunks(8_192).map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
        let Ok(file) = client.upload("log.txt", stream::iter(chunks)).await else { return };
        all.lock().unwrap().files.push(file);
    }
}

async fn whole(client: &Client, file: &File) {
    let response = client.file_content(file.file_id, &[]).await.unwrap();
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    assert_eq!(i64::try_from(bytes.len()).unwrap(), file.size, "{}", file.file_id);
}
