//! Searching in the database. Every question here costs no more than its limit, however many texts hold a word.

use crate::{
    caller::Caller,
    db::{Columns, Connection, Result, Text},
};
use contract::{
    Role,
    choice::Choices,
    file::OwnerKind,
    id::{FileId, TicketId},
    ticket::Status,
};
use rusqlite::{Row, params};
use serde::Serialize;
use std::ops::ControlFlow;

/// A ticket that may be a hit.
pub struct Candidate {
    pub id: TicketId,
    pub number: i64,
    pub subject: String,
    pub customer: String,
    /// For staff.
    pub email: Option<String>,
    pub status: Status,
    pub updated_at: i64,
}

/// Words that begin like this, in their order.
pub fn terms(db: &Connection, beginning: &str, limit: usize) -> Result<Vec<String>> {
    db.prepare_cached(
        "SELECT word FROM vocabulary WHERE word >= ?1 AND word <= ?1 || char(1114111) ORDER BY word LIMIT ?2",
    )?
    .query_map(params![beginning, limit as i64], |row| row.get(0))?
    .collect()
}

/// Which of these words any text has or had.
pub fn known(db: &Connection, terms: &[String]) -> Result<Vec<String>> {
    db.prepare_cached("SELECT v.word FROM json_each(?1) j CROSS JOIN vocabulary v WHERE v.word = j.value")?
        .query_map([json(terms)], |row| row.get(0))?
        .collect()
}

/// How many texts have this very word, up to `most`: only public ones unless for staff.
pub fn frequency(db: &Connection, caller: &Caller, term: &str, most: usize) -> Result<i64> {
    db.prepare_cached(
        "SELECT count(*) FROM (SELECT col FROM words_terms WHERE term = ?1 LIMIT ?2) WHERE ?3 OR col = 'public'",
    )?
    .query_row(params![term, most as i64, caller.is_staff()], |row| row.get(0))
}

/// The newest places of what is sought.
pub fn newest(db: &Connection, texts: &str, limit: usize) -> Result<Vec<i64>> {
    db.prepare_cached("SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rowid DESC LIMIT ?2")?
        .query_map(params![texts, limit as i64], |row| row.get(0))?
        .collect()
}

/// The places of what is sought among the texts of these tickets.
pub fn within(db: &Connection, texts: &str, numbers: &[i64]) -> Result<Vec<i64>> {
    db.prepare_cached(
        "SELECT w.rowid FROM json_each(?1) j
         CROSS JOIN words w WHERE w.words MATCH ?2 AND w.rowid >= j.value << 20 AND w.rowid < (j.value + 1) << 20",
    )?
    .query_map(params![json(numbers), texts], |row| row.get(0))?
    .collect()
}

/// The numbers of tickets in this range, newest first.
pub fn numbers_between(db: &Connection, first: i64, last: i64, limit: usize) -> Result<Vec<i64>> {
    db.prepare_cached("SELECT number FROM tickets WHERE number BETWEEN ?1 AND ?2 ORDER BY number DESC LIMIT ?3")?
        .query_map(params![first, last, limit as i64], |row| row.get(0))?
        .collect()
}

/// Tickets of customers whose e-mail address begins like this.
pub fn tickets_by_email(db: &Connection, beginning: &str, limit: usize) -> Result<Vec<i64>> {
    db.prepare_cached(
        "SELECT t.number FROM (SELECT id FROM people WHERE email >= ?1 AND email < ?1 || char(1114111)
                                                       AND role = 'CUSTOMER' LIMIT 20) c
         CROSS JOIN tickets t INDEXED BY tickets_of_customer ON t.customer_id = c.id LIMIT ?2",
    )?
    .query_map(params![beginning, limit as i64], |row| row.get(0))?
    .collect()
}

/// The tickets that the caller sees, as many of each status and way as `limit`, lately updated first. Of an admin, who sees
/// all, none.
pub fn in_sight(db: &Connection, caller: &Caller, limit: usize) -> Result<Vec<i64>> {
    let mut found: Vec<(i64, i64)> = followed(db, caller, limit)?;
    for status in Status::ALL {
        match caller.role() {
            Role::Customer => found.extend(of_customer(db, caller, *status, limit)?),
            Role::Assignee => {
                found.extend(of_assignee(db, Some(caller), *status, limit)?);
                found.extend(of_assignee(db, None, *status, limit)?);
            }
            Role::Admin => return Ok(Vec::new()),
        }
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    found.dedup();
    Ok(found.into_iter().map(|(_, number)| number).take(limit).collect())
}

fn of_customer(db: &Connection, caller: &Caller, status: Status, limit: usize) -> Result<Vec<(i64, i64)>> {
    db.prepare_cached(
        "SELECT updated_at, number FROM tickets INDEXED BY tickets_of_customer
         WHERE customer_id = ?1 AND status = ?2 ORDER BY updated_at DESC LIMIT ?3",
    )?
    .query_map(params![Text(caller.id()), status.as_str(), limit as i64], pair)?
    .collect()
}

fn of_assignee(db: &Connection, who: Option<&Caller>, status: Status, limit: usize) -> Result<Vec<(i64, i64)>> {
    db.prepare_cached(
        "SELECT updated_at, number FROM tickets INDEXED BY tickets_of_assignee_by_update
         WHERE assignee_id IS ?1 AND status = ?2 ORDER BY updated_at DESC LIMIT ?3",
    )?
    .query_map(params![who.map(|who| Text(who.id())), status.as_str(), limit as i64], pair)?
    .collect()
}

fn followed(db: &Connection, caller: &Caller, limit: usize) -> Result<Vec<(i64, i64)>> {
    db.prepare_cached(
        "SELECT t.updated_at, t.number FROM followers w JOIN tickets t ON t.id = w.ticket_id
         WHERE w.person_id = ?1 AND t.merged_into IS NULL LIMIT ?2",
    )?
    .query_map(params![Text(caller.id()), limit as i64], pair)?
    .collect()
}

fn pair(row: &Row<'_>) -> Result<(i64, i64)> {
    Ok((row.get(0)?, row.get(1)?))
}

/// The tickets of these numbers, within a sight.
macro_rules! candidates {
    ($sight:literal) => {
        concat!(
            "SELECT DISTINCT t.id, t.number, t.subject, t.status, t.updated_at, c.name, c.email
             FROM json_each(?1) j CROSS JOIN tickets m ON m.number = j.value
             CROSS JOIN tickets t ON t.id = coalesce(m.merged_into, m.id)
             JOIN people c ON c.id = t.customer_id WHERE ",
            $sight
        )
    };
}

/// Which of these tickets the caller sees. One that was merged into another stands for that other.
pub fn candidates(db: &Connection, caller: &Caller, numbers: &[i64]) -> Result<Vec<Candidate>> {
    let mut statement = db.prepare_cached(match caller.role() {
        Role::Customer => candidates!("(t.customer_id = ?2 OR EXISTS (SELECT 1 FROM followers w WHERE w.person_id = ?2 AND w.ticket_id = t.id))"),
        Role::Assignee => candidates!("(t.assignee_id = ?2 OR t.assignee_id IS NULL OR EXISTS (SELECT 1 FROM followers w WHERE w.person_id = ?2 AND w.ticket_id = t.id))"),
        Role::Admin => candidates!("?2 IS NOT NULL"),
    })?;
    statement
        .query_map(params![json(numbers), Text(caller.id())], |row| {
            let mut columns = Columns::of(row);
            Ok(Candidate {
                id: columns.id()?,
                number: columns.take()?,
                subject: columns.take()?,
                status: columns.choice()?,
                updated_at: columns.take()?,
                customer: columns.take()?,
                email: columns.take::<Option<String>>()?.filter(|_| caller.is_staff()),
            })
        })?
        .collect()
}

fn json<T: Serialize + ?Sized>(values: &T) -> String {
    serde_json::to_string(values).expect("numbers and words are plain values")
}

/// The names of the files of a ticket and its replies; for staff, those of its notes too.
pub fn file_names(db: &Connection, caller: &Caller, ticket: TicketId) -> Result<Vec<String>> {
    db.prepare_cached(
        "SELECT name FROM files WHERE ticket_id = ?1 AND (owner_kind IN ('TICKET', 'REPLY') OR ?2 AND owner_kind = 'NOTE')
         ORDER BY id DESC LIMIT 200",
    )?
    .query_map(params![Text(ticket), caller.is_staff()], |row| row.get(0))?
    .collect()
}

/// Hands the replies of a ticket to `look`, the latest first, until it has seen enough.
pub fn replies(db: &Connection, ticket: TicketId, mut look: impl FnMut(String) -> ControlFlow<()>) -> Result<()> {
    let mut statement = db.prepare_cached("SELECT body FROM replies WHERE ticket_id = ?1 ORDER BY seq DESC")?;
    let mut rows = statement.query([Text(ticket)])?;
    while let Some(row) = rows.next()? {
        if look(row.get(0)?).is_break() {
            break;
        }
    }
    Ok(())
}

/// The same with its notes. Only ever asked for staff.
pub fn notes(db: &Connection, ticket: TicketId, mut look: impl FnMut(String) -> ControlFlow<()>) -> Result<()> {
    let mut statement = db.prepare_cached("SELECT body FROM notes WHERE ticket_id = ?1 ORDER BY seq DESC")?;
    let mut rows = statement.query([Text(ticket)])?;
    while let Some(row) = rows.next()? {
        if look(row.get(0)?).is_break() {
            break;
        }
    }
    Ok(())
}

/// A file by whose name its ticket is not found yet.
pub struct Unindexed {
    pub id: FileId,
    pub name: String,
    pub kind: OwnerKind,
    pub number: i64,
}

/// Some of them.
pub fn unindexed(db: &Connection, limit: usize) -> Result<Vec<Unindexed>> {
    db.prepare_cached(
        "SELECT f.id, f.name, f.owner_kind, t.number
         FROM unindexed_files u JOIN files f ON f.id = u.file_id JOIN tickets t ON t.id = f.ticket_id LIMIT ?1",
    )?
    .query_map([limit as i64], |row| {
        let mut columns = Columns::of(row);
        Ok(Unindexed { id: columns.id()?, name: columns.take()?, kind: columns.choice()?, number: columns.take()? })
    })?
    .collect()
}

/// It is found now.
pub fn forget_unindexed(db: &Connection, file: FileId) -> Result<()> {
    db.prepare_cached("DELETE FROM unindexed_files WHERE file_id = ?1")?.execute([Text(file)])?;
    Ok(())
}
