//! Notes in the database.

use crate::{
    clock::Timestamp,
    db::{Columns, Connection, OptionalExtension, Result, Text},
};
use contract::{
    Role,
    id::{NoteId, PersonId, TicketId},
    note::Note,
};
use rusqlite::params;

pub fn insert(
    db: &Connection,
    id: NoteId,
    ticket: TicketId,
    author: PersonId,
    body: &str,
    at: Timestamp,
) -> Result<()> {
    db.prepare_cached("INSERT INTO notes (id, ticket_id, author_id, body, created_at) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![Text(id), Text(ticket), Text(author), body, at.0])?;
    Ok(())
}

/// The note, without its files.
pub fn find(db: &Connection, reader: Role, id: NoteId) -> Result<Option<Note>> {
    db.prepare_cached(
        "SELECT n.id, n.ticket_id, p.id, p.name, p.role, p.email, n.body, n.created_at
         FROM notes n JOIN people p ON p.id = n.author_id WHERE n.id = ?1",
    )?
    .query_row([Text(id)], |row| note(Columns::of(row), reader))
    .optional()
}

/// Up to `limit` notes of a ticket after `seq`, oldest first, without their files.
pub fn of_ticket(db: &Connection, reader: Role, ticket: TicketId, seq: i64, limit: i64) -> Result<Vec<(i64, Note)>> {
    db.prepare_cached(
        "SELECT n.seq, n.id, n.ticket_id, p.id, p.name, p.role, p.email, n.body, n.created_at
         FROM notes n JOIN people p ON p.id = n.author_id
         WHERE n.ticket_id = ?1 AND n.seq > ?2 ORDER BY n.seq LIMIT ?3",
    )?
    .query_map(params![Text(ticket), seq, limit], |row| Ok((row.get(0)?, note(Columns::from(row, 1), reader)?)))?
    .collect()
}

fn note(mut columns: Columns<'_>, reader: Role) -> Result<Note> {
    Ok(Note {
        note_id: columns.id()?,
        ticket_id: columns.id()?,
        author: columns.person(reader)?,
        body: columns.take()?,
        files: Vec::new(),
        created_at: columns.time()?,
    })
}
