//! Events in the database.

use crate::{
    clock::Timestamp,
    db::{Connection, Result, Text},
};
use contract::{
    event::{Audience, What},
    id::{PersonId, TicketId},
};
use rusqlite::params;

/// Keeps an event; its place in the order of all events.
pub fn insert(db: &Connection, ticket: TicketId, actor: PersonId, at: Timestamp, what: &What) -> Result<i64> {
    let json = serde_json::to_string(what).expect("an event is plain data");
    db.prepare_cached("INSERT INTO events (ticket_id, actor_id, at, internal, moves, what) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.insert(params![
        Text(ticket),
        Text(actor),
        at.0,
        what.audience() == Audience::Staff,
        what.moves_the_conversation(),
        json
    ])
}

/// Makes the ticket unread for everyone who has not seen `seq`.
pub fn stir(db: &Connection, ticket: TicketId, seq: i64) -> Result<()> {
    db.prepare_cached("UPDATE tickets SET public_seq = ?2, staff_seq = ?2 WHERE id = ?1")?.execute(params![Text(ticket), seq])?;
    Ok(())
}

/// Makes the ticket unread for staff who have not seen `seq`.
pub fn stir_staff(db: &Connection, ticket: TicketId, seq: i64) -> Result<()> {
    db.prepare_cached("UPDATE tickets SET staff_seq = ?2 WHERE id = ?1")?.execute(params![Text(ticket), seq])?;
    Ok(())
}

/// Notes that somebody has seen a ticket up to `seq`.
pub fn see(db: &Connection, person: PersonId, ticket: TicketId, seq: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO seen (person_id, ticket_id, seq) VALUES (?1, ?2, ?3)
         ON CONFLICT (person_id, ticket_id) DO UPDATE SET seq = max(seq, excluded.seq)",
    )?
    .execute(params![Text(person), Text(ticket), seq])?;
    Ok(())
}
