//! Who is there already, and the demo's own people.

use super::people::DemoPerson;
use crate::{
    clock::Timestamp,
    db::{Connection, Result, Text},
};
use contract::{
    choice::Choices,
    id::{OrganizationId, PersonId},
};
use rusqlite::params;

/// Whether anybody has an account.
pub fn has_people(db: &Connection) -> Result<bool> {
    db.prepare_cached("SELECT 1 FROM people")?.exists([])
}

/// Whether this person has an account.
pub fn has_person(db: &Connection, id: PersonId) -> Result<bool> {
    db.prepare_cached("SELECT 1 FROM people WHERE id = ?1")?.exists(params![Text(id)])
}

pub fn insert_organization(db: &Connection, id: OrganizationId, name: &str, now: Timestamp) -> Result<()> {
    db.prepare_cached("INSERT INTO organizations (id, name, created_at) VALUES (?1, ?2, ?3)")?
        .execute(params![Text(id), name, now.0])?;
    Ok(())
}

/// A person with a password that is hashed already.
pub fn insert_person(
    db: &Connection,
    id: PersonId,
    person: &DemoPerson,
    organization: Option<OrganizationId>,
    password_hash: &str,
    now: Timestamp,
) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO people (id, name, email, role, organization_id, password_hash, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        Text(id),
        person.name,
        person.email,
        person.role.as_str(),
        organization.map(Text),
        password_hash,
        now.0
    ])?;
    Ok(())
}
