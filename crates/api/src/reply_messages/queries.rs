//! Texts of canned replies in the database.

use crate::{
    clock::Timestamp,
    db::{Columns, Connection, OptionalExtension, Result, Text},
};
use contract::{
    choice::Choices,
    id::{PersonId, ReplyMessageId, ReplyTitleId},
    reply_message::ReplyMessage,
    reply_title::ReplyTitleStatus,
};
use rusqlite::params;

pub fn find(db: &Connection, id: ReplyMessageId) -> Result<Option<ReplyMessage>> {
    db.prepare_cached("SELECT id, title_id, message, uses FROM reply_messages WHERE id = ?1")?
        .query_row([Text(id)], |row| reply_message(Columns::of(row)))
        .optional()
}

/// Up to `limit` messages after `start`, each with its title's place in the order; of titles of this status, and of
/// this title, when they are said.
pub fn list(
    db: &Connection,
    status: Option<ReplyTitleStatus>,
    of: Option<ReplyTitleId>,
    start: &(String, Option<ReplyMessageId>),
    limit: i64,
) -> Result<Vec<(String, ReplyMessage)>> {
    let (folded, after) = start;
    db.prepare_cached(
        "SELECT t.folded, m.id, m.title_id, m.message, m.uses
         FROM reply_titles t JOIN reply_messages m ON m.title_id = t.id
         WHERE (?1 IS NULL OR t.status = ?1) AND (?2 IS NULL OR t.id = ?2)
           AND t.folded >= ?3 AND (t.folded, m.id) > (?3, coalesce(?4, ''))
         ORDER BY t.folded, m.id LIMIT ?5",
    )?
    .query_map(params![status.map(Choices::as_str), of.map(Text), folded, after.map(Text), limit], |row| {
        Ok((row.get(0)?, reply_message(Columns::from(row, 1))?))
    })?
    .collect()
}

pub fn insert(
    db: &Connection,
    id: ReplyMessageId,
    title: ReplyTitleId,
    message: &str,
    by: PersonId,
    at: Timestamp,
) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO reply_messages (id, title_id, message, created_by, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
    )?
    .execute(params![Text(id), Text(title), message, Text(by), at.0])?;
    Ok(())
}

pub fn set_message(db: &Connection, id: ReplyMessageId, message: &str, at: Timestamp) -> Result<()> {
    db.prepare_cached("UPDATE reply_messages SET message = ?2, updated_at = ?3 WHERE id = ?1")?.execute(params![
        Text(id),
        message,
        at.0
    ])?;
    Ok(())
}

/// It was used once more.
pub fn count_use(db: &Connection, id: ReplyMessageId) -> Result<()> {
    db.prepare_cached("UPDATE reply_messages SET uses = uses + 1 WHERE id = ?1")?.execute([Text(id)])?;
    Ok(())
}

fn reply_message(mut columns: Columns<'_>) -> Result<ReplyMessage> {
    Ok(ReplyMessage {
        reply_message_id: columns.id()?,
        reply_title_id: columns.id()?,
        message: columns.take()?,
        uses: columns.take()?,
    })
}
