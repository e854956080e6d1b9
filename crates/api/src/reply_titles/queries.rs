//! Titles of canned replies in the database.

use crate::{
    clock::Timestamp,
    db::{Columns, Connection, OptionalExtension, Result, Text},
};
use contract::{
    choice::Choices,
    id::{PersonId, ReplyTitleId},
    reply_title::{ReplyTitle, ReplyTitleStatus},
};
use rusqlite::{Row, params};

pub fn find(db: &Connection, id: ReplyTitleId) -> Result<Option<ReplyTitle>> {
    db.prepare_cached(
        "SELECT t.id, t.title, t.status, (SELECT count(*) FROM reply_messages m WHERE m.title_id = t.id)
         FROM reply_titles t WHERE t.id = ?1",
    )?
    .query_row([Text(id)], reply_title)
    .optional()
}

/// Up to `limit` titles after `folded`, of all these statuses at once.
pub fn list(
    db: &Connection,
    statuses: &[Option<ReplyTitleStatus>; 2],
    folded: &str,
    limit: i64,
) -> Result<Vec<ReplyTitle>> {
    let [one, other] = statuses.map(|status| status.map(Choices::as_str));
    db.prepare_cached(
        "SELECT t.id, t.title, t.status, (SELECT count(*) FROM reply_messages m WHERE m.title_id = t.id)
         FROM reply_titles t
         WHERE t.folded > ?1 AND (?2 IS NULL OR t.status = ?2) AND (?3 IS NULL OR t.status = ?3)
         ORDER BY t.folded LIMIT ?4",
    )?
    .query_map(params![folded, one, other, limit], reply_title)?
    .collect()
}

/// Whether a title reads like this in lower case.
pub fn is_taken(db: &Connection, folded: &str) -> Result<bool> {
    db.prepare_cached("SELECT 1 FROM reply_titles WHERE folded = ?1")?.exists([folded])
}

pub fn insert(db: &Connection, id: ReplyTitleId, title: &str, folded: &str, by: PersonId, at: Timestamp) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO reply_titles (id, title, folded, status, created_by, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![Text(id), title, folded, ReplyTitleStatus::Active.as_str(), Text(by), at.0])?;
    Ok(())
}

pub fn set_status(db: &Connection, id: ReplyTitleId, status: ReplyTitleStatus) -> Result<()> {
    db.prepare_cached("UPDATE reply_titles SET status = ?2 WHERE id = ?1")?
        .execute(params![Text(id), status.as_str()])?;
    Ok(())
}

fn reply_title(row: &Row<'_>) -> Result<ReplyTitle> {
    let mut columns = Columns::of(row);
    Ok(ReplyTitle {
        reply_title_id: columns.id()?,
        title: columns.take()?,
        status: columns.choice()?,
        messages: columns.take()?,
    })
}
