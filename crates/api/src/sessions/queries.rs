//! Sessions in the database.

use crate::{
    caller::Caller,
    clock::Timestamp,
    db::{Columns, Connection, OptionalExtension, Result, Text},
};
use contract::{
    Actor,
    id::{PersonId, SessionId},
    person::Organization,
    session::Session,
};
use rusqlite::params;

/// Whose session a token is, and when it was last seen.
pub struct Found {
    pub caller: Caller,
    pub last_seen_at: Timestamp,
}

/// The session of this token, unless it has ended or its person is disabled.
pub fn by_token(db: &Connection, hash: &[u8; 32], now: Timestamp) -> Result<Option<Found>> {
    db.prepare_cached(
        "SELECT p.id, p.role, p.organization_id, p.name, p.email, s.id, s.last_seen_at
         FROM sessions s JOIN people p ON p.id = s.person_id
         WHERE s.token_hash = ?1 AND s.expires_at > ?2 AND p.disabled_at IS NULL",
    )?
    .query_row(params![hash, now.0], |row| {
        let mut columns = Columns::of(row);
        let actor = Actor { id: columns.id()?, role: columns.choice()?, organization_id: columns.maybe_id()? };
        let caller = Caller { actor, name: columns.take()?, email: columns.take()?, session_id: columns.id()? };
        Ok(Found { caller, last_seen_at: Timestamp(columns.take()?) })
    })
    .optional()
}

/// Whether this session is still good.
pub fn is_live(db: &Connection, session: SessionId, now: Timestamp) -> Result<bool> {
    db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM sessions s JOIN people p ON p.id = s.person_id
                        WHERE s.id = ?1 AND s.expires_at > ?2 AND p.disabled_at IS NULL)",
    )?
    .query_row(params![Text(session), now.0], |row| row.get(0))
}

pub fn insert(
    db: &Connection,
    id: SessionId,
    person: PersonId,
    hash: &[u8; 32],
    user_agent: &str,
    now: Timestamp,
    expires: Timestamp,
) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO sessions (id, person_id, token_hash, user_agent, created_at, last_seen_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)",
    )?
    .execute(params![Text(id), Text(person), hash, user_agent, now.0, expires.0])?;
    Ok(())
}

pub fn touch(db: &Connection, id: SessionId, now: Timestamp, expires: Timestamp) -> Result<()> {
    db.prepare_cached("UPDATE sessions SET last_seen_at = ?2, expires_at = ?3 WHERE id = ?1")?.execute(params![
        Text(id),
        now.0,
        expires.0
    ])?;
    Ok(())
}

/// The live sessions of a person, newest first; `current` marks the caller's own.
pub fn of_person(db: &Connection, person: PersonId, current: SessionId, now: Timestamp) -> Result<Vec<Session>> {
    db.prepare_cached(
        "SELECT id, created_at, last_seen_at, user_agent FROM sessions
         WHERE person_id = ?1 AND expires_at > ?2 ORDER BY created_at DESC, id DESC",
    )?
    .query_map(params![Text(person), now.0], |row| {
        let mut columns = Columns::of(row);
        let session_id = columns.id()?;
        Ok(Session {
            session_id,
            created_at: columns.time()?,
            last_seen_at: columns.time()?,
            user_agent: columns.take()?,
            current: session_id == current,
        })
    })?
    .collect()
}

/// Ends one session of a person; whether there was one.
pub fn delete(db: &Connection, id: SessionId, person: PersonId) -> Result<bool> {
    let ended = db
        .prepare_cached("DELETE FROM sessions WHERE id = ?1 AND person_id = ?2")?
        .execute(params![Text(id), Text(person)])?;
    Ok(ended > 0)
}

/// Ends every session of a person, but perhaps one.
pub fn delete_all(db: &Connection, person: PersonId, but: Option<SessionId>) -> Result<()> {
    db.prepare_cached("DELETE FROM sessions WHERE person_id = ?1 AND id IS NOT ?2")?
        .execute(params![Text(person), but.map(Text)])?;
    Ok(())
}

pub fn delete_expired(db: &Connection, now: Timestamp) -> Result<()> {
    db.prepare_cached("DELETE FROM sessions WHERE expires_at <= ?1")?.execute([now.0])?;
    Ok(())
}

/// The organization of a person.
pub fn organization(db: &Connection, person: PersonId) -> Result<Option<Organization>> {
    db.prepare_cached(
        "SELECT o.id, o.name FROM people p JOIN organizations o ON o.id = p.organization_id WHERE p.id = ?1",
    )?
    .query_row([Text(person)], |row| {
        let mut columns = Columns::of(row);
        Ok(Organization { organization_id: columns.id()?, name: columns.take()? })
    })
    .optional()
}

/// Keeps the one-time token that makes the first admin.
pub fn keep_setup(db: &Connection, hash: &[u8; 32]) -> Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO setup (id, token_hash) VALUES (1, ?1)")?.execute([hash])?;
    Ok(())
}

pub fn forget_setup(db: &Connection) -> Result<()> {
    db.prepare_cached("DELETE FROM setup")?.execute([])?;
    Ok(())
}

pub fn is_setup(db: &Connection, hash: &[u8; 32]) -> Result<bool> {
    db.prepare_cached("SELECT EXISTS (SELECT 1 FROM setup WHERE token_hash = ?1)")?.query_row([hash], |row| row.get(0))
}
