//! Files in the database: what belongs to whom.

use super::upload::Upload;
use crate::{
    clock::Timestamp,
    db::{Columns, Connection, OptionalExtension, Result, Text},
    storage::StoredName,
};
use contract::{
    Role,
    choice::Choices,
    file::{File, FileGroup, Owner, OwnerKind},
    id::{FileId, PersonId, TicketId},
};
use rusqlite::{Row, params};
use std::collections::HashMap;
use uuid::Uuid;

/// A file with what only the service knows of it.
#[derive(Clone, Debug)]
pub struct Found {
    pub file: File,
    pub stored: StoredName,
    /// The ticket that it, or the reply or note it belongs to, is on.
    pub ticket: Option<TicketId>,
}

/// Every query that answers files names these columns, in the order in which [`file`] reads them.
macro_rules! select_files {
    ($more:literal, $rest:literal) => {
        concat!(
            "SELECT f.id, f.name, f.media_type, f.size, f.sha256, f.owner_kind, f.owner_id,
                    p.id, p.name, p.role, p.email, f.created_at, f.thumbnail",
            $more,
            " FROM files f JOIN people p ON p.id = f.uploaded_by ",
            $rest
        )
    };
}

/// Enters an upload that belongs to nothing yet.
pub fn insert(db: &Connection, id: FileId, upload: &Upload, uploader: PersonId, now: Timestamp) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO files (id, name, media_type, size, sha256, stored_name, thumbnail, owner_kind, uploaded_by, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'NONE', ?8, ?9)",
    )?
    .execute(params![
        Text(id),
        upload.name,
        upload.media_type,
        i64::try_from(upload.kept.size).unwrap_or(i64::MAX),
        upload.kept.sha256,
        Text(&upload.kept.name),
        upload.has_thumbnail,
        Text(uploader),
        now.0
    ])?;
    Ok(())
}

/// The file with this id.
pub fn find(db: &Connection, reader: Role, id: FileId) -> Result<Option<Found>> {
    db.prepare_cached(select_files!(
        ", coalesce((SELECT o.stored_name FROM files o WHERE o.id = f.copy_of), f.stored_name), f.ticket_id",
        "WHERE f.id = ?1"
    ))?
    .query_row(params![Text(id)], |row| {
        let mut columns = Columns::of(row);
        let file = file(&mut columns, reader)?;
        Ok(Found { file, stored: StoredName::known(columns.take()?), ticket: columns.maybe_id()? })
    })
    .optional()
}

/// What this person uploaded before `before`, newest first: each upload once.
pub fn of_uploader(db: &Connection, reader: Role, by: PersonId, before: FileId, limit: i64) -> Result<Vec<File>> {
    db.prepare_cached(select_files!(
        "",
        "WHERE f.uploaded_by = ?1 AND f.id < ?2 AND f.copy_of IS NULL ORDER BY f.id DESC LIMIT ?3"
    ))?
    .query_map(params![Text(by), Text(before), limit], |row| file(&mut Columns::of(row), reader))?
    .collect()
}

/// The files of a ticket, its replies and its notes after `after`, oldest first. Staff only.
pub fn all_of_ticket(db: &Connection, reader: Role, on: TicketId, after: FileId, limit: i64) -> Result<Vec<File>> {
    db.prepare_cached(select_files!("", "WHERE f.ticket_id = ?1 AND f.id > ?2 ORDER BY f.id LIMIT ?3"))?
        .query_map(params![Text(on), Text(after), limit], |row| file(&mut Columns::of(row), reader))?
        .collect()
}

/// The files of a ticket and its replies after `after`, oldest first. Asks for the public kinds by name, so that a kind
/// added later is not public by accident.
pub fn public_of_ticket(db: &Connection, reader: Role, on: TicketId, after: FileId, limit: i64) -> Result<Vec<File>> {
    db.prepare_cached(select_files!(
        "",
        "WHERE f.ticket_id = ?1 AND f.id > ?2 AND f.owner_kind IN ('TICKET', 'REPLY') ORDER BY f.id LIMIT ?3"
    ))?
    .query_map(params![Text(on), Text(after), limit], |row| file(&mut Columns::of(row), reader))?
    .collect()
}

/// The files of one owner after `after`, oldest first.
pub fn of_owner(
    db: &Connection,
    reader: Role,
    kind: OwnerKind,
    owner: Uuid,
    after: FileId,
    limit: i64,
) -> Result<Vec<File>> {
    db.prepare_cached(select_files!(
        "",
        "WHERE f.owner_kind = ?1 AND f.owner_id = ?2 AND f.id > ?3 ORDER BY f.id LIMIT ?4"
    ))?
    .query_map(params![kind.as_str(), Text(owner), Text(after), limit], |row| file(&mut Columns::of(row), reader))?
    .collect()
}

/// Every file before `before` that belongs to something, and this person's that do not yet, newest first.
pub fn all(db: &Connection, reader: Role, by: PersonId, before: FileId, limit: i64) -> Result<Vec<File>> {
    db.prepare_cached(select_files!(
        "",
        "WHERE f.id < ?1 AND (f.owner_kind <> 'NONE' OR f.uploaded_by = ?2) ORDER BY f.id DESC LIMIT ?3"
    ))?
    .query_map(params![Text(before), Text(by), limit], |row| file(&mut Columns::of(row), reader))?
    .collect()
}

/// What this person uploaded that belongs to nothing yet, by type.
pub fn group_loose(db: &Connection, by: PersonId) -> Result<Vec<FileGroup>> {
    db.prepare_cached(
        "SELECT owner_kind, media_type, count(*), sum(size) FROM files INDEXED BY files_loose_of_uploader
         WHERE owner_kind = 'NONE' AND uploaded_by = ?1 GROUP BY owner_kind, media_type",
    )?
    .query_map([Text(by)], group)?
    .collect()
}

/// All that belongs to something, by what and by type.
pub fn group_all(db: &Connection) -> Result<Vec<FileGroup>> {
    db.prepare_cached(
        "SELECT owner_kind, media_type, count(*), sum(size) FROM files INDEXED BY files_of_ticket
         WHERE ticket_id IS NOT NULL GROUP BY owner_kind, media_type",
    )?
    .query_map([], group)?
    .collect()
}

/// What belongs to the tickets that this assignee sees: theirs, nobody's, and those that they follow.
pub fn group_of_assignee(db: &Connection, assignee: PersonId) -> Result<Vec<FileGroup>> {
    db.prepare_cached(
        "SELECT f.owner_kind, f.media_type, count(*), sum(f.size)
         FROM (WITH own AS (SELECT id FROM tickets WHERE assignee_id = ?1 AND merged_into IS NULL
                            UNION ALL SELECT id FROM tickets WHERE assignee_id IS NULL AND merged_into IS NULL
                            UNION ALL SELECT w.ticket_id FROM followers w JOIN tickets t ON t.id = w.ticket_id
                                      WHERE w.person_id = ?1 AND t.assignee_id <> ?1 AND t.merged_into IS NULL)
               SELECT id FROM own
               UNION ALL SELECT id FROM tickets INDEXED BY tickets_merged
                         WHERE merged_into IS NOT NULL AND merged_into IN own) seen
         CROSS JOIN files f INDEXED BY files_of_ticket ON f.ticket_id = seen.id
         GROUP BY f.owner_kind, f.media_type",
    )?
    .query_map([Text(assignee)], group)?
    .collect()
}

/// What belongs publicly to the tickets that this customer sees: theirs, and those that they follow. Asks for the
/// public kinds by name, so that a kind added later is not public by accident.
pub fn group_of_customer(db: &Connection, customer: PersonId) -> Result<Vec<FileGroup>> {
    db.prepare_cached(
        "SELECT f.owner_kind, f.media_type, count(*), sum(f.size)
         FROM (WITH own AS (SELECT id FROM tickets WHERE customer_id = ?1 AND merged_into IS NULL
                            UNION ALL SELECT w.ticket_id FROM followers w JOIN tickets t ON t.id = w.ticket_id
                                      WHERE w.person_id = ?1 AND t.customer_id <> ?1 AND t.merged_into IS NULL)
               SELECT id FROM own
               UNION ALL SELECT id FROM tickets INDEXED BY tickets_merged
                         WHERE merged_into IS NOT NULL AND merged_into IN own) seen
         CROSS JOIN files f INDEXED BY files_of_ticket ON f.ticket_id = seen.id
         WHERE f.owner_kind IN ('TICKET', 'REPLY')
         GROUP BY f.owner_kind, f.media_type",
    )?
    .query_map([Text(customer)], group)?
    .collect()
}

/// Removes what was uploaded before `before` and belongs to nothing still; answers where its bytes lie.
pub fn delete_loose(db: &Connection, before: Timestamp) -> Result<Vec<StoredName>> {
    db.prepare_cached(
        "DELETE FROM files WHERE owner_kind = 'NONE' AND created_at < ?1 AND coalesce(loose_since, created_at) < ?1
         RETURNING stored_name",
    )?
    .query_map(params![before.0], |row| Ok(StoredName::known(row.get(0)?)))?
    .collect()
}

/// How many files somebody has uploaded that belong to nothing yet, and their bytes.
pub fn loose_of(db: &Connection, uploader: PersonId) -> Result<(usize, u64)> {
    db.prepare_cached(
        "SELECT count(*), coalesce(sum(size), 0) FROM files WHERE owner_kind = 'NONE' AND uploaded_by = ?1",
    )?
    .query_row(params![Text(uploader)], |row| {
        let whole = |column| row.get::<_, i64>(column);
        Ok((usize::try_from(whole(0)?).unwrap_or(usize::MAX), u64::try_from(whole(1)?).unwrap_or(u64::MAX)))
    })
}

/// When the first came of what somebody has uploaded that belongs to nothing yet.
pub fn oldest_loose_of(db: &Connection, uploader: PersonId) -> Result<Option<Timestamp>> {
    db.prepare_cached("SELECT min(created_at) FROM files WHERE owner_kind = 'NONE' AND uploaded_by = ?1")?
        .query_row([Text(uploader)], |row| Ok(row.get::<_, Option<i64>>(0)?.map(Timestamp)))
}

/// Whether bytes of this stored name belong to any file.
pub fn is_stored(db: &Connection, name: &StoredName) -> Result<bool> {
    db.prepare_cached("SELECT 1 FROM files WHERE stored_name = ?1")?.exists(params![Text(name)])
}

/// Who uploaded a file and what it belongs to, for deciding whether it may be attached.
pub fn claim_of(db: &Connection, file: FileId) -> Result<Option<(PersonId, OwnerKind)>> {
    db.prepare_cached("SELECT uploaded_by, owner_kind FROM files WHERE id = ?1")?
        .query_row(params![Text(file)], |row| {
            let mut columns = Columns::of(row);
            Ok((columns.id()?, columns.choice()?))
        })
        .optional()
}

/// Makes a file belong to this ticket, reply or note of `ticket`; answers its name.
pub fn set_owner(db: &Connection, file: FileId, kind: OwnerKind, owner: Uuid, ticket: TicketId) -> Result<String> {
    db.prepare_cached("UPDATE files SET owner_kind = ?2, owner_id = ?3, ticket_id = ?4 WHERE id = ?1 RETURNING name")?
        .query_row(params![Text(file), kind.as_str(), Text(owner), Text(ticket)], |row| row.get(0))
}

/// Makes the files of this owner belong to nothing again; answers which.
pub fn release(db: &Connection, kind: OwnerKind, owner: Uuid, now: Timestamp) -> Result<Vec<FileId>> {
    db.prepare_cached(
        "UPDATE files SET owner_kind = 'NONE', owner_id = NULL, ticket_id = NULL, loose_since = ?3
         WHERE owner_kind = ?1 AND owner_id = ?2 RETURNING id",
    )?
    .query_map(params![kind.as_str(), Text(owner), now.0], |row| Columns::of(row).id())?
    .collect()
}

/// The files of these owners, oldest first, by owner.
pub fn of_owners(db: &Connection, reader: Role, kind: OwnerKind, owners: &[Uuid]) -> Result<HashMap<Uuid, Vec<File>>> {
    let mut found: HashMap<Uuid, Vec<File>> = HashMap::new();
    let mut statement =
        db.prepare_cached(select_files!("", "WHERE f.owner_kind = ?1 AND f.owner_id = ?2 ORDER BY f.id"))?;
    for owner in owners {
        let files = statement
            .query_map(params![kind.as_str(), Text(owner)], |row| file(&mut Columns::of(row), reader))?
            .collect::<Result<Vec<_>>>()?;
        if !files.is_empty() {
            found.insert(*owner, files);
        }
    }
    Ok(found)
}

fn group(row: &Row<'_>) -> Result<FileGroup> {
    let mut columns = Columns::of(row);
    Ok(FileGroup {
        owner_kind: columns.choice()?,
        media_type: columns.take()?,
        files: columns.take()?,
        bytes: columns.take()?,
    })
}

fn file(columns: &mut Columns<'_>, reader: Role) -> Result<File> {
    Ok(File {
        file_id: columns.id()?,
        name: columns.take()?,
        media_type: columns.take()?,
        size: columns.take()?,
        sha256: columns.take()?,
        owner: Owner { kind: columns.choice()?, id: columns.maybe_id()? },
        uploaded_by: columns.person(reader)?,
        created_at: columns.time()?,
        thumbnail: columns.take()?,
    })
}
