//! Preferences in the database.

use crate::db::{Connection, OptionalExtension, Result, Text};
use contract::{id::PersonId, preference::Preferences};
use rusqlite::params;

/// What this person chose. What a newer version kept and this one cannot read counts as nothing.
pub fn of(db: &Connection, person: PersonId) -> Result<Preferences> {
    let chosen: Option<String> = db
        .prepare_cached("SELECT chosen FROM preferences WHERE person_id = ?1")?
        .query_row([Text(person)], |row| row.get(0))
        .optional()?;
    Ok(chosen.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default())
}

pub fn put(db: &Connection, person: PersonId, preferences: &Preferences) -> Result<()> {
    let json = serde_json::to_string(preferences).expect("preferences are plain data");
    db.prepare_cached(
        "INSERT INTO preferences (person_id, chosen) VALUES (?1, ?2)
         ON CONFLICT (person_id) DO UPDATE SET chosen = excluded.chosen",
    )?
    .execute(params![Text(person), json])?;
    Ok(())
}
