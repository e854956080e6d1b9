//! Who is there already.

use crate::db::{Connection, Result, Text};
use contract::id::PersonId;
use rusqlite::params;

/// Whether anybody has an account.
pub fn has_people(db: &Connection) -> Result<bool> {
    db.prepare_cached("SELECT 1 FROM people")?.exists([])
}

/// Whether this person has an account.
pub fn has_person(db: &Connection, id: PersonId) -> Result<bool> {
    db.prepare_cached("SELECT 1 FROM people WHERE id = ?1")?.exists(params![Text(id)])
}
