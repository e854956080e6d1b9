//! Merges in the database.

use crate::{
    clock::Timestamp,
    db::{Columns, Connection, OptionalExtension, Result, Text},
};
use contract::{
    Role,
    file::OwnerKind,
    id::{MergeId, PersonId, TicketId},
    merge::Merge,
    ticket::TicketLink,
};
use rusqlite::{Row, params};
use std::ops::Range;

/// A merge with what only the service knows of it.
pub struct Kept {
    pub merge: Merge,
    /// Which of the target's indexed texts are copies; `None` when the merge is undone.
    pub texts: Option<Range<i64>>,
}

/// The tickets that this one's conversation is made of: itself, and what was merged into it.
pub fn conversation(db: &Connection, ticket: TicketId) -> Result<Vec<TicketId>> {
    db.prepare_cached("SELECT ?1 UNION ALL SELECT id FROM tickets WHERE merged_into = ?1")?
        .query_map([Text(ticket)], |row| Columns::of(row).id())?
        .collect()
}

/// The merge, undone or not.
pub fn find(db: &Connection, reader: Role, id: MergeId) -> Result<Option<Kept>> {
    let found = db
        .prepare_cached(
            "SELECT m.id, t.id, t.number, p.id, p.name, p.role, p.email, m.merged_at, m.texts_from, m.texts_until, m.undone_at
             FROM merges m JOIN tickets t ON t.id = m.target_id JOIN people p ON p.id = m.merged_by WHERE m.id = ?1",
        )?
        .query_row([Text(id)], |row| {
            let texts = row.get(8)?..row.get(9)?;
            let undone: Option<i64> = row.get(10)?;
            Ok(Kept { merge: merge(row, reader)?, texts: undone.is_none().then_some(texts) })
        })
        .optional()?;
    let Some(kept) = found else { return Ok(None) };
    Ok(Some(Kept { merge: Merge { sources: sources(db, id)?, ..kept.merge }, ..kept }))
}

/// The merges that stand and make up the conversation of a ticket, oldest first.
pub fn of_conversation(db: &Connection, reader: Role, ticket: TicketId) -> Result<Vec<Merge>> {
    let merges: Vec<Merge> = db
        .prepare_cached(
            "SELECT m.id, t.id, t.number, p.id, p.name, p.role, p.email, m.merged_at
             FROM merges m JOIN tickets t ON t.id = m.target_id JOIN people p ON p.id = m.merged_by
             WHERE m.target_id IN (SELECT ?1 UNION ALL SELECT id FROM tickets WHERE merged_into = ?1)
               AND m.undone_at IS NULL
             ORDER BY m.merged_at, m.id",
        )?
        .query_map([Text(ticket)], |row| merge(row, reader))?
        .collect::<Result<_>>()?;
    merges.into_iter().map(|merge| Ok(Merge { sources: sources(db, merge.merge_id)?, ..merge })).collect()
}

/// The tickets that were merged, by number; not what had been merged into those before.
fn sources(db: &Connection, id: MergeId) -> Result<Vec<TicketLink>> {
    db.prepare_cached(
        "SELECT t.id, t.number FROM merged_tickets s JOIN tickets t ON t.id = s.ticket_id
         WHERE s.merge_id = ?1 AND s.merged_into IS NULL ORDER BY t.number",
    )?
    .query_map([Text(id)], |row| link(&mut Columns::of(row)))?
    .collect()
}

/// Keeps a merge into this ticket, whose words have so many texts so far.
pub fn insert(db: &Connection, id: MergeId, target: TicketId, by: PersonId, at: Timestamp, texts: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO merges (id, target_id, merged_by, merged_at, target_updated_at, texts_from, texts_until)
         SELECT ?1, id, ?3, ?4, updated_at, ?5, ?5 FROM tickets WHERE id = ?2",
    )?
    .execute(params![Text(id), Text(target), Text(by), at.0, texts])?;
    Ok(())
}

/// How many texts of a ticket are indexed for search.
pub fn texts_indexed(db: &Connection, number: i64) -> Result<i64> {
    db.prepare_cached("SELECT texts FROM tickets WHERE number = ?1")?.query_row([number], |row| row.get(0))
}

/// Where the copies end among the target's texts.
pub fn set_texts_until(db: &Connection, id: MergeId, texts: i64) -> Result<()> {
    db.prepare_cached("UPDATE merges SET texts_until = ?2 WHERE id = ?1")?.execute(params![Text(id), texts])?;
    Ok(())
}

/// What a ticket itself is found by: its number, subject, description and customer's name.
pub fn itself(db: &Connection, ticket: TicketId) -> Result<(i64, String, String, String)> {
    db.prepare_cached(
        "SELECT t.number, t.subject, t.description, p.name
         FROM tickets t JOIN people p ON p.id = t.customer_id WHERE t.id = ?1",
    )?
    .query_row([Text(ticket)], |row| row.try_into())
}

/// The replies, which everyone who sees a ticket may find it by.
pub fn public_texts(db: &Connection, ticket: TicketId) -> Result<Vec<String>> {
    db.prepare_cached("SELECT body FROM replies WHERE ticket_id = ?1")?
        .query_map([Text(ticket)], |row| row.get(0))?
        .collect()
}

/// What only staff may find a ticket by: its notes.
pub fn internal_texts(db: &Connection, ticket: TicketId) -> Result<Vec<String>> {
    db.prepare_cached("SELECT body FROM notes WHERE ticket_id = ?1")?
        .query_map([Text(ticket)], |row| row.get(0))?
        .collect()
}

/// The names of its files that everyone who sees it sees, and those that only staff do.
pub fn file_names(db: &Connection, ticket: TicketId) -> Result<Vec<(OwnerKind, String)>> {
    db.prepare_cached(
        "SELECT owner_kind, name FROM files WHERE ticket_id = ?1 AND owner_kind IN ('TICKET', 'REPLY', 'NOTE')",
    )?
    .query_map([Text(ticket)], |row| {
        let mut columns = Columns::of(row);
        Ok((columns.choice()?, columns.take()?))
    })?
    .collect()
}

/// Makes the followers of a source follow the target, but for who does already.
pub fn copy_followers(db: &Connection, id: MergeId, source: TicketId, target: TicketId, at: Timestamp) -> Result<()> {
    db.prepare_cached(
        "INSERT OR IGNORE INTO followers (person_id, ticket_id, since, merge_id)
         SELECT person_id, ?3, ?4, ?1 FROM followers WHERE ticket_id = ?2",
    )?
    .execute(params![Text(id), Text(source), Text(target), at.0])?;
    Ok(())
}

/// Makes who works a source follow the target, unless they work that too: they would lose sight of their work.
pub fn copy_assignee(db: &Connection, id: MergeId, source: TicketId, target: TicketId, at: Timestamp) -> Result<()> {
    db.prepare_cached(
        "INSERT OR IGNORE INTO followers (person_id, ticket_id, since, merge_id)
         SELECT s.assignee_id, t.id, ?4, ?1 FROM tickets s JOIN tickets t ON t.id = ?3
         WHERE s.id = ?2 AND s.assignee_id IS NOT NULL AND s.assignee_id IS NOT t.assignee_id",
    )?
    .execute(params![Text(id), Text(source), Text(target), at.0])?;
    Ok(())
}

/// Keeps how a source, and what was merged into it, stands now.
pub fn keep_tickets(db: &Connection, id: MergeId, source: TicketId) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO merged_tickets (merge_id, ticket_id, status, merged_into)
         SELECT ?1, id, status, merged_into FROM tickets WHERE id = ?2 OR merged_into = ?2",
    )?
    .execute(params![Text(id), Text(source)])?;
    Ok(())
}

/// Merges a source, and what was merged into it, into the target.
pub fn take_along(db: &Connection, source: TicketId, target: TicketId) -> Result<()> {
    db.prepare_cached(
        "UPDATE tickets SET merged_into = ?2, status = 'MERGED', version = version + 1 WHERE id = ?1 OR merged_into = ?1",
    )?
    .execute(params![Text(source), Text(target)])?;
    Ok(())
}

/// The target changed.
pub fn touch(db: &Connection, target: TicketId, at: Timestamp) -> Result<()> {
    db.prepare_cached("UPDATE tickets SET updated_at = ?2, version = version + 1 WHERE id = ?1")?
        .execute(params![Text(target), at.0])?;
    Ok(())
}

/// Every ticket that the merge took along stands as it stood.
pub fn give_back(db: &Connection, id: MergeId) -> Result<()> {
    db.prepare_cached(
        "UPDATE tickets SET status = m.status, merged_into = m.merged_into, version = version + 1
         FROM merged_tickets m WHERE m.merge_id = ?1 AND tickets.id = m.ticket_id",
    )?
    .execute([Text(id)])?;
    Ok(())
}

/// A merge into the ticket ?2, other than ?1, by which this person would follow it: they work one of its sources, or follow it.
macro_rules! followed_by {
    ($person:literal) => {
        concat!(
            "SELECT m.id FROM merges m JOIN merged_tickets s ON s.merge_id = m.id AND s.merged_into IS NULL
                                       JOIN tickets t ON t.id = s.ticket_id
             WHERE m.target_id = ?2 AND m.undone_at IS NULL AND m.id IS NOT ?1
               AND (t.assignee_id = ",
            $person,
            " OR EXISTS (SELECT 1 FROM followers w WHERE w.ticket_id = t.id AND w.person_id = ",
            $person,
            ")) LIMIT 1"
        )
    };
}

/// Whoever follows the target by this merge, and would by another that stands, follows it by that one.
pub fn pass_followers_on(db: &Connection, id: MergeId, target: TicketId) -> Result<()> {
    db.prepare_cached(concat!(
        "UPDATE followers SET merge_id = coalesce((",
        followed_by!("followers.person_id"),
        "), ?1)
         WHERE ticket_id = ?2 AND merge_id = ?1"
    ))?
    .execute(params![Text(id), Text(target)])?;
    Ok(())
}

/// The merge into this ticket by which somebody would follow it.
pub fn followed_by(db: &Connection, target: TicketId, person: PersonId) -> Result<Option<MergeId>> {
    db.prepare_cached(followed_by!("?3"))?
        .query_row(params![None::<String>, Text(target), Text(person)], |row| Columns::of(row).id())
        .optional()
}

/// Whoever follows the target by this merge alone follows it no more.
pub fn forget_followers(db: &Connection, id: MergeId, target: TicketId) -> Result<()> {
    db.prepare_cached("DELETE FROM followers WHERE ticket_id = ?2 AND merge_id = ?1")?
        .execute(params![Text(id), Text(target)])?;
    Ok(())
}

/// The target changed. When nothing else happened to it since the merge, it was last updated before that.
pub fn untouch(db: &Connection, id: MergeId, target: TicketId) -> Result<()> {
    db.prepare_cached(
        "UPDATE tickets SET version = version + 1,
                            updated_at = CASE updated_at WHEN m.merged_at THEN m.target_updated_at ELSE updated_at END
         FROM merges m WHERE m.id = ?1 AND tickets.id = ?2",
    )?
    .execute(params![Text(id), Text(target)])?;
    Ok(())
}

/// The merge stands no more.
pub fn set_undone(db: &Connection, id: MergeId, at: Timestamp) -> Result<()> {
    db.prepare_cached("UPDATE merges SET undone_at = ?2 WHERE id = ?1")?.execute(params![Text(id), at.0])?;
    Ok(())
}

/// The first eight columns as a merge, without its sources.
fn merge(row: &Row<'_>, reader: Role) -> Result<Merge> {
    let mut columns = Columns::of(row);
    Ok(Merge {
        merge_id: columns.id()?,
        target: link(&mut columns)?,
        sources: Vec::new(),
        by: columns.person(reader)?,
        at: columns.time()?,
    })
}

fn link(columns: &mut Columns<'_>) -> Result<TicketLink> {
    Ok(TicketLink { ticket_id: columns.id()?, number: columns.take()? })
}
