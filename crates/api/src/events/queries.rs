//! Events in the database.

use crate::{
    caller::Caller,
    clock::Timestamp,
    db::{Columns, Connection, OptionalExtension, Result, Text},
};
use contract::{
    Role,
    event::{Audience, Event, What},
    id::{PersonId, TicketId},
};
use rusqlite::{Row, params, types::Type};

/// Keeps an event; its place in the order of all events.
pub fn insert(db: &Connection, ticket: TicketId, actor: PersonId, at: Timestamp, what: &What) -> Result<i64> {
    let json = serde_json::to_string(what).expect("an event is plain data");
    db.prepare_cached(
        "INSERT INTO events (ticket_id, actor_id, at, internal, moves, what) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .insert(params![
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
    db.prepare_cached("UPDATE tickets SET public_seq = ?2, staff_seq = ?2 WHERE id = ?1")?
        .execute(params![Text(ticket), seq])?;
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

/// Whether somebody has seen all that they may hear of a ticket.
pub fn has_seen_all(db: &Connection, person: PersonId, staff: bool, ticket: TicketId) -> Result<bool> {
    db.prepare_cached(
        "SELECT 1 FROM tickets t LEFT JOIN seen s ON s.ticket_id = t.id AND s.person_id = ?1
         WHERE t.id = ?3 AND coalesce(s.seq, 0) >= CASE WHEN ?2 THEN t.staff_seq ELSE t.public_seq END",
    )?
    .exists(params![Text(person), staff, Text(ticket)])
}

/// Notes that somebody has seen all that they may hear of a ticket.
pub fn see_all(db: &Connection, person: PersonId, staff: bool, ticket: TicketId) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO seen (person_id, ticket_id, seq)
         SELECT ?1, id, CASE WHEN ?2 THEN staff_seq ELSE public_seq END FROM tickets WHERE id = ?3
         ON CONFLICT (person_id, ticket_id) DO UPDATE SET seq = max(seq, excluded.seq)",
    )?
    .execute(params![Text(person), staff, Text(ticket)])?;
    Ok(())
}

/// Forgets that somebody has seen a ticket.
pub fn unsee(db: &Connection, person: PersonId, ticket: TicketId) -> Result<()> {
    db.prepare_cached("DELETE FROM seen WHERE person_id = ?1 AND ticket_id = ?2")?
        .execute(params![Text(person), Text(ticket)])?;
    Ok(())
}

/// Something that happened: which event, when, who did it, and what.
pub struct Past {
    pub seq: i64,
    pub at: Timestamp,
    pub actor: PersonId,
    pub what: What,
}

/// What happened to a ticket since then, newest first.
pub fn since(db: &Connection, ticket: TicketId, since: Timestamp) -> Result<Vec<Past>> {
    db.prepare_cached("SELECT seq, at, actor_id, what FROM events WHERE ticket_id = ?1 AND at >= ?2 ORDER BY seq DESC")?
        .query_map(params![Text(ticket), since.0], |row| {
            let mut columns = Columns::from(row, 2);
            Ok(Past { seq: row.get(0)?, at: Timestamp(row.get(1)?), actor: columns.id()?, what: what(columns)? })
        })?
        .collect()
}

/// What somebody else did after `seq` that bears on an answer: who, by id and name, and what. It is their newest reply, for
/// the status it moved the ticket to says less; or else what is newest.
pub fn moved_since(
    db: &Connection,
    ticket: TicketId,
    but: PersonId,
    seq: i64,
) -> Result<Option<(PersonId, String, What)>> {
    db.prepare_cached(
        "SELECT p.id, p.name, e.what FROM events e JOIN people p ON p.id = e.actor_id
         WHERE e.ticket_id = ?1 AND e.seq > ?2 AND e.moves = 1 AND e.actor_id <> ?3
         ORDER BY e.what ->> '$.kind' = 'REPLIED' DESC, e.seq DESC LIMIT 1",
    )?
    .query_row(params![Text(ticket), seq, Text(but)], |row| {
        let mut columns = Columns::of(row);
        Ok((columns.id()?, columns.take()?, what(columns)?))
    })
    .optional()
}

/// Up to `limit` events of a ticket after `seq`, oldest first: for a customer the public ones.
pub fn of_ticket(db: &Connection, reader: Role, ticket: TicketId, seq: i64, limit: i64) -> Result<Vec<Event>> {
    db.prepare_cached(
        "SELECT e.seq, e.ticket_id, p.id, p.name, p.role, p.email, e.at, e.what
         FROM events e JOIN people p ON p.id = e.actor_id
         WHERE e.ticket_id = ?1 AND e.seq > ?2 AND (?3 OR e.internal = 0) ORDER BY e.seq LIMIT ?4",
    )?
    .query_map(params![Text(ticket), seq, reader.is_staff(), limit], |row| event(row, reader))?
    .collect()
}

/// The last event of all.
pub fn newest(db: &Connection) -> Result<i64> {
    db.prepare_cached("SELECT coalesce(max(seq), 0) FROM events")?.query_row([], |row| row.get(0))
}

/// The events after `seen` up to `newest` that this caller may hear of now, oldest first.
///
/// Whoever just lost sight of a ticket hears of that, and of nothing after it: the assignee it was taken from, the other
/// assignees when it was unassigned, a follower who was removed. The author of a held message hears of that wherever it is.
pub fn visible(db: &Connection, caller: &Caller, seen: i64, newest: i64) -> Result<Vec<Event>> {
    db.prepare_cached(match caller.role() {
        Role::Customer => {
            "SELECT e.seq, e.ticket_id, p.id, p.name, p.role, p.email, e.at, e.what
             FROM events e JOIN people p ON p.id = e.actor_id JOIN tickets t ON t.id = e.ticket_id
             WHERE e.seq > ?1 AND e.seq <= ?2 AND e.internal = 0
               AND (t.customer_id = ?3
                    OR EXISTS (SELECT 1 FROM followers w WHERE w.person_id = ?3 AND w.ticket_id = t.id)
                    OR (e.what ->> '$.kind' = 'FOLLOWER_REMOVED' AND e.what ->> '$.data.follower.id' = ?3))
             ORDER BY e.seq"
        }
        Role::Assignee => {
            "SELECT e.seq, e.ticket_id, p.id, p.name, p.role, p.email, e.at, e.what
             FROM events e JOIN people p ON p.id = e.actor_id JOIN tickets t ON t.id = e.ticket_id
             WHERE e.seq > ?1 AND e.seq <= ?2
               AND (t.assignee_id = ?3 OR t.assignee_id IS NULL
                    OR EXISTS (SELECT 1 FROM followers w WHERE w.person_id = ?3 AND w.ticket_id = t.id)
                    OR (e.what ->> '$.kind' = 'HELD' AND e.actor_id = ?3)
                    OR (e.what ->> '$.kind' = 'ASSIGNED' AND coalesce(e.what ->> '$.data.from.id', ?3) = ?3)
                    OR (e.what ->> '$.kind' = 'UNDONE' AND e.what ->> '$.data.from.id' = ?3)
                    OR (e.what ->> '$.kind' = 'FOLLOWER_REMOVED' AND e.what ->> '$.data.follower.id' = ?3))
             ORDER BY e.seq"
        }
        Role::Admin => {
            "SELECT e.seq, e.ticket_id, p.id, p.name, p.role, p.email, e.at, e.what
             FROM events e JOIN people p ON p.id = e.actor_id
             WHERE e.seq > ?1 AND e.seq <= ?2 AND ?3 IS NOT NULL
             ORDER BY e.seq"
        }
    })?
    .query_map(params![seen, newest, Text(caller.id())], |row| event(row, caller.role()))?
    .collect()
}

fn event(row: &Row<'_>, reader: Role) -> Result<Event> {
    let mut columns = Columns::of(row);
    Ok(Event {
        seq: columns.take()?,
        ticket_id: columns.id()?,
        actor: columns.person(reader)?,
        at: columns.time()?,
        what: what(columns)?,
    })
}

/// The next column as what happened.
fn what(mut columns: Columns<'_>) -> Result<What> {
    let json: String = columns.take()?;
    serde_json::from_str(&json).map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, error.into()))
}
