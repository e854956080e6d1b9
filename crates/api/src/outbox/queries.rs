//! The outbox in the database.

use crate::{
    clock::Timestamp,
    db::{Columns, Connection, OptionalExtension, Result, Text},
};
use contract::{
    Code, Role,
    choice::Choices,
    id::{OutboxMessageId, PersonId, TicketId},
    outbox::{Held, OutboxMessage},
    ticket::Status,
};
use rusqlite::{Row, params};

/// A message as it waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub id: OutboxMessageId,
    pub ticket: TicketId,
    pub author: PersonId,
    pub body: String,
    pub status: Option<Status>,
    /// The last event when it was accepted.
    pub based_on: i64,
    pub anyway: bool,
    pub send_at: Timestamp,
    pub held: Option<Held>,
}

pub fn insert(db: &Connection, waiting: &Waiting, now: Timestamp) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO outbox (id, ticket_id, author_id, body, status, based_on, anyway, send_at, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        Text(waiting.id),
        Text(waiting.ticket),
        Text(waiting.author),
        waiting.body,
        waiting.status.map(Status::as_str),
        waiting.based_on,
        waiting.anyway,
        waiting.send_at.0,
        now.0
    ])?;
    Ok(())
}

pub fn find(db: &Connection, id: OutboxMessageId) -> Result<Option<Waiting>> {
    db.prepare_cached(
        "SELECT id, ticket_id, author_id, body, status, based_on, anyway, send_at, held_code, held_detail
         FROM outbox WHERE id = ?1",
    )?
    .query_row([Text(id)], |row| {
        let mut columns = Columns::of(row);
        Ok(Waiting {
            id: columns.id()?,
            ticket: columns.id()?,
            author: columns.id()?,
            body: columns.take()?,
            status: status(&mut columns)?,
            based_on: columns.take()?,
            anyway: columns.take()?,
            send_at: Timestamp(columns.take()?),
            held: held(&mut columns)?,
        })
    })
    .optional()
}

/// Every query that answers messages names these columns, in the order in which [`read`] reads them.
macro_rules! select_messages {
    ($rest:literal) => {
        concat!(
            "SELECT o.id, o.ticket_id, t.number, p.id, p.name, p.role, p.email, o.body, o.status, o.anyway,
                    o.created_at, o.send_at, o.held_code, o.held_detail
             FROM outbox o JOIN people p ON p.id = o.author_id JOIN tickets t ON t.id = o.ticket_id ",
            $rest
        )
    };
}

/// The message, without its files.
pub fn message(db: &Connection, reader: Role, id: OutboxMessageId, now: Timestamp) -> Result<Option<OutboxMessage>> {
    db.prepare_cached(select_messages!("WHERE o.id = ?1"))?
        .query_row([Text(id)], |row| read(row, reader, now))
        .optional()
}

/// Up to `limit` messages on a ticket after `after`, oldest first, without their files.
pub fn of_ticket(
    db: &Connection,
    reader: Role,
    ticket: TicketId,
    after: OutboxMessageId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<OutboxMessage>> {
    db.prepare_cached(select_messages!("WHERE o.ticket_id = ?1 AND o.id > ?2 ORDER BY o.id LIMIT ?3"))?
        .query_map(params![Text(ticket), Text(after), limit], |row| read(row, reader, now))?
        .collect()
}

/// Up to `limit` messages of an author after `after`, oldest first, without their files.
pub fn of_author(
    db: &Connection,
    reader: Role,
    author: PersonId,
    after: OutboxMessageId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<OutboxMessage>> {
    db.prepare_cached(select_messages!("WHERE o.author_id = ?1 AND o.id > ?2 ORDER BY o.id LIMIT ?3"))?
        .query_map(params![Text(author), Text(after), limit], |row| read(row, reader, now))?
        .collect()
}

/// Who else has a message waiting on this ticket: the first to be sent.
pub fn other_author(db: &Connection, ticket: TicketId, but: PersonId) -> Result<Option<String>> {
    db.prepare_cached(
        "SELECT p.name FROM outbox o JOIN people p ON p.id = o.author_id
         WHERE o.ticket_id = ?1 AND o.author_id <> ?2 AND o.held_code IS NULL ORDER BY o.send_at, o.id LIMIT 1",
    )?
    .query_row([Text(ticket.0), Text(but.0)], |row| row.get(0))
    .optional()
}

/// Up to `limit` messages whose time has come, the longest due first.
pub fn due(db: &Connection, now: Timestamp, limit: i64) -> Result<Vec<OutboxMessageId>> {
    db.prepare_cached("SELECT id FROM outbox WHERE held_code IS NULL AND send_at <= ?1 ORDER BY send_at, id LIMIT ?2")?
        .query_map([now.0, limit], |row| Columns::of(row).id())?
        .collect()
}

/// When the next message is due.
pub fn next_time(db: &Connection) -> Result<Option<Timestamp>> {
    db.prepare_cached("SELECT min(send_at) FROM outbox WHERE held_code IS NULL")?
        .query_row([], |row| Ok(row.get::<_, Option<i64>>(0)?.map(Timestamp)))
}

pub fn set_time(db: &Connection, id: OutboxMessageId, send_at: Timestamp) -> Result<()> {
    db.prepare_cached("UPDATE outbox SET send_at = ?2 WHERE id = ?1")?.execute(params![Text(id), send_at.0])?;
    Ok(())
}

pub fn hold(db: &Connection, id: OutboxMessageId, why: &Held) -> Result<()> {
    db.prepare_cached("UPDATE outbox SET held_code = ?2, held_detail = ?3 WHERE id = ?1")?.execute(params![
        Text(id),
        why.code.as_str(),
        why.detail
    ])?;
    Ok(())
}

pub fn delete(db: &Connection, id: OutboxMessageId) -> Result<()> {
    db.prepare_cached("DELETE FROM outbox WHERE id = ?1")?.execute([Text(id)])?;
    Ok(())
}

fn read(row: &Row<'_>, reader: Role, now: Timestamp) -> Result<OutboxMessage> {
    let mut columns = Columns::of(row);
    let message = OutboxMessage {
        message_id: columns.id()?,
        ticket_id: columns.id()?,
        number: columns.take()?,
        author: columns.person(reader)?,
        body: columns.take()?,
        files: Vec::new(),
        status: status(&mut columns)?,
        anyway: columns.take()?,
        created_at: columns.time()?,
        send_at: String::new(),
        seconds_left: 0,
        held: None,
    };
    let send_at = Timestamp(columns.take()?);
    // Upwards, so that a message is never said to be sent before it is.
    let seconds_left = ((send_at.0 - now.0).max(0) + 999) / 1000;
    Ok(OutboxMessage { send_at: send_at.text(), seconds_left, held: held(&mut columns)?, ..message })
}

fn status(columns: &mut Columns<'_>) -> Result<Option<Status>> {
    Ok(columns.take::<Option<String>>()?.as_deref().and_then(Status::parse))
}

fn held(columns: &mut Columns<'_>) -> Result<Option<Held>> {
    let (code, detail) = (columns.take::<Option<String>>()?, columns.take::<Option<String>>()?);
    let code = code.map(|code| Code::ALL.iter().copied().find(|known| known.as_str() == code).unwrap_or(Code::Unknown));
    Ok(code.zip(detail).map(|(code, detail)| Held { code, detail }))
}
