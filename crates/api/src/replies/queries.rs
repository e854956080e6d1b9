//! Replies in the database.

use crate::{
    clock::Timestamp,
    db::{Columns, Connection, OptionalExtension, Result, Text},
};
use contract::{
    Role,
    id::{PersonId, ReplyId, TicketId},
    reply::Reply,
};
use rusqlite::params;

pub fn insert(
    db: &Connection,
    id: ReplyId,
    ticket: TicketId,
    author: PersonId,
    body: &str,
    at: Timestamp,
) -> Result<()> {
    db.prepare_cached("INSERT INTO replies (id, ticket_id, author_id, body, created_at) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![Text(id), Text(ticket), Text(author), body, at.0])?;
    Ok(())
}

/// The reply, without its files.
pub fn find(db: &Connection, reader: Role, id: ReplyId) -> Result<Option<Reply>> {
    db.prepare_cached(
        "SELECT r.id, r.ticket_id, p.id, p.name, p.role, p.email, r.body, r.created_at
         FROM replies r JOIN people p ON p.id = r.author_id WHERE r.id = ?1",
    )?
    .query_row([Text(id)], |row| reply(Columns::of(row), reader))
    .optional()
}

/// Up to `limit` replies of a ticket after `seq`, oldest first, without their files.
pub fn of_ticket(db: &Connection, reader: Role, ticket: TicketId, seq: i64, limit: i64) -> Result<Vec<(i64, Reply)>> {
    db.prepare_cached(
        "SELECT r.seq, r.id, r.ticket_id, p.id, p.name, p.role, p.email, r.body, r.created_at
         FROM replies r JOIN people p ON p.id = r.author_id
         WHERE r.ticket_id = ?1 AND r.seq > ?2 ORDER BY r.seq LIMIT ?3",
    )?
    .query_map(params![Text(ticket), seq, limit], |row| Ok((row.get(0)?, reply(Columns::from(row, 1), reader)?)))?
    .collect()
}

fn reply(mut columns: Columns<'_>, reader: Role) -> Result<Reply> {
    Ok(Reply {
        reply_id: columns.id()?,
        ticket_id: columns.id()?,
        author: columns.person(reader)?,
        body: columns.take()?,
        files: Vec::new(),
        created_at: columns.time()?,
    })
}
