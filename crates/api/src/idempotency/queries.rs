//! The kept answers.

use crate::{
    answer::Answer,
    clock::Timestamp,
    db::{Columns, Connection, OptionalExtension, Result, Text},
};
use contract::id::PersonId;
use http::StatusCode;
use rusqlite::params;

/// The answer to this key, unless it was kept long enough.
pub fn find(db: &Connection, person: PersonId, key: &str, oldest: Timestamp) -> Result<Option<([u8; 32], Answer)>> {
    db.prepare_cached(
        "SELECT request_hash, status, etag, body FROM idempotency WHERE person_id = ?1 AND key = ?2 AND created_at > ?3",
    )?
    .query_row(params![Text(person), key, oldest.0], |row| {
        let mut columns = Columns::of(row);
        let hash = columns.take()?;
        let status = StatusCode::from_u16(columns.take()?).unwrap_or(StatusCode::OK);
        Ok((hash, Answer { status, etag: columns.take()?, body: columns.take()? }))
    })
    .optional()
}

pub fn keep(
    db: &Connection,
    person: PersonId,
    key: &str,
    hash: &[u8; 32],
    answer: &Answer,
    now: Timestamp,
) -> Result<()> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO idempotency (person_id, key, request_hash, status, etag, body, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![Text(person), key, hash, answer.status.as_u16(), answer.etag, answer.body, now.0])?;
    Ok(())
}

/// Removes those that were kept before the first one that is young enough.
pub fn forget_before(db: &Connection, oldest: Timestamp) -> Result<()> {
    db.prepare_cached(
        "DELETE FROM idempotency
         WHERE id < ifnull((SELECT id FROM idempotency WHERE created_at > ?1 ORDER BY id LIMIT 1), 9223372036854775807)",
    )?
    .execute([oldest.0])?;
    Ok(())
}
