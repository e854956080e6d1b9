//! Splits in the database.

use crate::db::{Connection, Result, Text};
use contract::id::{FileId, TicketId};
use rusqlite::params;

/// Makes a file of a ticket that shares the bytes of another.
pub fn copy_file(db: &Connection, id: FileId, of: FileId, ticket: TicketId) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO files (id, name, media_type, size, sha256, stored_name, thumbnail, owner_kind, owner_id, ticket_id,
                            uploaded_by, created_at, copy_of)
         SELECT ?1, name, media_type, size, sha256, ?1, thumbnail, 'TICKET', ?3, ?3, uploaded_by, created_at,
                coalesce(copy_of, id)
         FROM files WHERE id = ?2",
    )?
    .execute(params![Text(id), Text(of), Text(ticket)])?;
    Ok(())
}
