//! Drafts in the database. Every statement names the author.

use crate::{
    clock::Timestamp,
    db::{Columns, Connection, OptionalExtension, Result, Text},
};
use contract::{
    choice::Choices,
    draft::{Draft, DraftKind, DraftVersion, VERSIONS_MAX},
    id::{PersonId, TicketId},
};
use rusqlite::{Row, params};

/// Whose draft, on which ticket, of which kind.
#[derive(Clone, Copy)]
pub struct Place {
    pub author: PersonId,
    pub ticket: TicketId,
    pub kind: DraftKind,
}

/// The draft, and when it was saved.
pub fn find(db: &Connection, place: Place) -> Result<Option<(Timestamp, Draft)>> {
    db.prepare_cached(
        "SELECT d.saved_at, d.ticket_id, t.number, d.kind, d.text, d.version, d.saved_at,
            (SELECT count(*) FROM draft_versions v
             WHERE v.person_id = d.person_id AND v.ticket_id = d.ticket_id AND v.kind = d.kind)
         FROM drafts d JOIN tickets t ON t.id = d.ticket_id
         WHERE d.person_id = ?1 AND d.ticket_id = ?2 AND d.kind = ?3",
    )?
    .query_row(params![Text(place.author), Text(place.ticket), place.kind.as_str()], draft)
    .optional()
}

/// The author's drafts on a ticket, emptied ones too.
pub fn of_ticket(db: &Connection, author: PersonId, ticket: TicketId) -> Result<Vec<Draft>> {
    db.prepare_cached(
        "SELECT d.saved_at, d.ticket_id, t.number, d.kind, d.text, d.version, d.saved_at,
            (SELECT count(*) FROM draft_versions v
             WHERE v.person_id = d.person_id AND v.ticket_id = d.ticket_id AND v.kind = d.kind)
         FROM drafts d JOIN tickets t ON t.id = d.ticket_id
         WHERE d.person_id = ?1 AND d.ticket_id = ?2 ORDER BY d.kind DESC",
    )?
    .query_map(params![Text(author), Text(ticket)], |row| Ok(draft(row)?.1))?
    .collect()
}

/// What is being written on a ticket is written on another too from now on, by whoever has begun nothing there.
pub fn carry_over(db: &Connection, from: TicketId, to: TicketId) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO drafts (person_id, ticket_id, kind, text, version, saved_at)
         SELECT person_id, ?2, kind, text, 1, saved_at FROM drafts WHERE ticket_id = ?1 AND text <> ''
         ON CONFLICT (person_id, ticket_id, kind) DO UPDATE
         SET text = excluded.text, version = version + 1, saved_at = excluded.saved_at WHERE text = ''",
    )?
    .execute(params![Text(from), Text(to)])?;
    Ok(())
}

/// Up to `limit` drafts of the author that hold a text, newest first, after this one.
pub fn mine(
    db: &Connection,
    author: PersonId,
    after: Option<(i64, TicketId, DraftKind)>,
    limit: i64,
) -> Result<Vec<(Timestamp, Draft)>> {
    let (at, ticket, kind) =
        after.map_or((i64::MAX, String::new(), ""), |(at, ticket, kind)| (at, ticket.to_string(), kind.as_str()));
    db.prepare_cached(
        "SELECT d.saved_at, d.ticket_id, t.number, d.kind, d.text, d.version, d.saved_at,
            (SELECT count(*) FROM draft_versions v
             WHERE v.person_id = d.person_id AND v.ticket_id = d.ticket_id AND v.kind = d.kind)
         FROM drafts d JOIN tickets t ON t.id = d.ticket_id
         WHERE d.person_id = ?1 AND d.text <> ''
            AND (d.saved_at < ?2 OR (d.saved_at = ?2 AND (d.ticket_id, d.kind) > (?3, ?4)))
         ORDER BY d.saved_at DESC, d.ticket_id, d.kind LIMIT ?5",
    )?
    .query_map(params![Text(author), at, ticket, kind, limit], draft)?
    .collect()
}

/// Makes this the draft.
pub fn put(db: &Connection, place: Place, text: &str, version: i64, at: Timestamp) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO drafts (person_id, ticket_id, kind, text, version, saved_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (person_id, ticket_id, kind)
         DO UPDATE SET text = excluded.text, version = excluded.version, saved_at = excluded.saved_at",
    )?
    .execute(params![Text(place.author), Text(place.ticket), place.kind.as_str(), text, version, at.0])?;
    Ok(())
}

/// Keeps a text as an earlier version.
pub fn keep(
    db: &Connection,
    place: Place,
    version: i64,
    text: &str,
    saved_at: Timestamp,
    now: Timestamp,
) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO draft_versions (person_id, ticket_id, kind, version, text, saved_at, kept_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        Text(place.author),
        Text(place.ticket),
        place.kind.as_str(),
        version,
        text,
        saved_at.0,
        now.0
    ])?;
    Ok(())
}

/// Forgets all but the newest versions of a draft.
pub fn forget_beyond(db: &Connection, place: Place) -> Result<()> {
    db.prepare_cached(
        "DELETE FROM draft_versions WHERE person_id = ?1 AND ticket_id = ?2 AND kind = ?3 AND version <= (
            SELECT version FROM draft_versions WHERE person_id = ?1 AND ticket_id = ?2 AND kind = ?3
            ORDER BY version DESC LIMIT 1 OFFSET ?4)",
    )?
    .execute(params![Text(place.author), Text(place.ticket), place.kind.as_str(), VERSIONS_MAX])?;
    Ok(())
}

/// One earlier version.
pub fn version(db: &Connection, place: Place, version: i64) -> Result<Option<DraftVersion>> {
    db.prepare_cached(
        "SELECT version, text, saved_at FROM draft_versions
         WHERE person_id = ?1 AND ticket_id = ?2 AND kind = ?3 AND version = ?4",
    )?
    .query_row(params![Text(place.author), Text(place.ticket), place.kind.as_str(), version], earlier)
    .optional()
}

/// Up to `limit` earlier versions before this one, newest first.
pub fn versions(db: &Connection, place: Place, before: i64, limit: i64) -> Result<Vec<DraftVersion>> {
    db.prepare_cached(
        "SELECT version, text, saved_at FROM draft_versions
         WHERE person_id = ?1 AND ticket_id = ?2 AND kind = ?3 AND version < ?4 ORDER BY version DESC LIMIT ?5",
    )?
    .query_map(params![Text(place.author), Text(place.ticket), place.kind.as_str(), before, limit], earlier)?
    .collect()
}

/// Forgets versions kept since before then.
pub fn forget_versions(db: &Connection, then: Timestamp) -> Result<()> {
    db.prepare_cached("DELETE FROM draft_versions WHERE kept_at < ?1")?.execute([then.0])?;
    Ok(())
}

/// Forgets drafts emptied before then of which no version is left.
pub fn forget_emptied(db: &Connection, then: Timestamp) -> Result<()> {
    db.prepare_cached(
        "DELETE FROM drafts WHERE text = '' AND saved_at < ?1 AND NOT EXISTS (
            SELECT 1 FROM draft_versions v
            WHERE v.person_id = drafts.person_id AND v.ticket_id = drafts.ticket_id AND v.kind = drafts.kind)",
    )?
    .execute([then.0])?;
    Ok(())
}

fn draft(row: &Row<'_>) -> Result<(Timestamp, Draft)> {
    let mut columns = Columns::of(row);
    Ok((
        Timestamp(columns.take()?),
        Draft {
            ticket_id: columns.id()?,
            number: columns.take()?,
            subject: None,
            kind: columns.choice()?,
            text: columns.take()?,
            version: columns.take()?,
            saved_at: columns.time()?,
            earlier: columns.take()?,
        },
    ))
}

fn earlier(row: &Row<'_>) -> Result<DraftVersion> {
    let mut columns = Columns::of(row);
    Ok(DraftVersion { version: columns.take()?, text: columns.take()?, saved_at: columns.time()? })
}
