//! Load data: as many tickets and messages as wanted, quickly, with the skew of real queues: nearly all are closed, a few
//! assignees and customers have most of them, and one thread in a thousand is very long.
//!
//! One thread makes the texts while the writer writes. In an empty folder, what the database keeps beside the rows (indexes,
//! counters) is put aside before and made once at the end; a folder in which that was interrupted is refused when opened.

mod life;
mod people;
mod queries;
mod texts;
mod work;

use crate::{
    app::App,
    db::Tx,
    error::Error,
    events::queries::{see, stir, stir_staff},
    reports,
    tickets::queries::next_number,
};
use contract::id::{PersonId, TicketId};
use life::Life;
use people::People;
use std::{sync::Arc, thread};
use tokio::sync::mpsc::channel;
use work::Work;

/// Tickets in one transaction: few of them make a large index of words of many small ones.
const TOGETHER: u64 = 10_000;
/// How many messages each rare word is in, however many there are, for whoever measures searches.
pub const RARE: u64 = texts::RARE;

/// One of the rare words.
pub fn rare_word() -> String {
    texts::reference(0)
}

/// Adds this many tickets, and messages (four replies to a note) to be spread over them, and customers to go with them,
/// oldest tickets first. `progress` hears how many tickets are on disk.
///
/// # Errors
/// When the database refuses; what `progress` heard of stays.
pub async fn tickets(app: &App, tickets: u64, messages: u64, mut progress: impl FnMut(u64)) -> Result<(), Error> {
    let now = app.clock.now();
    let people = Arc::new(app.db.write(move |tx| People::move_in(tx, tickets, now)).await?);
    let (number, aside) = app.db.write(|tx| Ok((next_number(tx)?, queries::put_aside(tx)?))).await?;
    let work = Work::new(people, now, number, tickets, messages);
    let (give, mut lives) = channel(1);
    thread::spawn(move || {
        for batch in work {
            // The writer takes no more once it has failed.
            if give.blocking_send(batch).is_err() {
                return;
            }
        }
    });
    let mut done = 0;
    let mut seen = Vec::new();
    while let Some(batch) = lives.recv().await {
        done += batch.len() as u64;
        seen.extend(app.db.write(move |tx| write(tx, &batch)).await?);
        progress(done);
    }
    app.db.write(move |tx| finish(tx, seen, &aside)).await?;
    reports::pack(app).await
}

/// Up to which event somebody has seen a ticket.
type Seen = (PersonId, TicketId, i64);

/// Writes the tickets with all that belongs to them, but for who has seen them.
fn write(tx: &mut Tx<'_>, lives: &[Life]) -> Result<Vec<Seen>, Error> {
    let mut seen = Vec::with_capacity(2 * lives.len());
    for life in lives {
        queries::insert_ticket(tx, life)?;
        crate::db::search::index_ticket(tx, life.number, &life.subject, &life.description, &life.customer_name);
        let seqs = life::record(tx, life)?;
        stir(tx, life.id, seqs.public)?;
        stir_staff(tx, life.id, seqs.staff)?;
        seen.extend(life.seen_by_customer.then_some((life.customer, life.id, seqs.public)));
        seen.extend(life.assignee.filter(|_| life.seen_by_assignee).map(|assignee| (assignee, life.id, seqs.staff)));
    }
    Ok(seen)
}

fn finish(tx: &mut Tx<'_>, mut seen: Vec<Seen>, aside: &queries::Aside) -> Result<(), Error> {
    // In the order of the table, so that each page of it is written once.
    seen.sort_unstable();
    for (person, ticket, seq) in seen {
        see(tx, person, ticket, seq)?;
    }
    queries::put_back(tx, aside)?;
    Ok(())
}
