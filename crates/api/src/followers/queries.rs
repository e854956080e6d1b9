//! Followers in the database.

use crate::{
    clock::Timestamp,
    db::{Columns, Connection, OptionalExtension, Result, Text},
    merges,
};
use contract::{
    Role,
    id::{PersonId, TicketId},
    person::Person,
};
use rusqlite::params;

/// The follower, without e-mail, when this person is one.
pub fn is_follower(db: &Connection, ticket: TicketId, person: PersonId) -> Result<Option<Person>> {
    db.prepare_cached(
        "SELECT p.id, p.name, p.role, p.email FROM followers w JOIN people p ON p.id = w.person_id
         WHERE w.person_id = ?2 AND w.ticket_id = ?1",
    )?
    .query_row(params![Text(ticket), Text(person)], |row| Columns::of(row).person(Role::Customer))
    .optional()
}

pub fn insert(db: &Connection, ticket: TicketId, person: PersonId, since: Timestamp) -> Result<()> {
    db.prepare_cached("INSERT INTO followers (ticket_id, person_id, since) VALUES (?1, ?2, ?3)")?.execute(params![
        Text(ticket),
        Text(person),
        since.0
    ])?;
    Ok(())
}

/// Makes somebody who follows by a merge follow whatever becomes of that; whether there was such a one.
pub fn keep(db: &Connection, ticket: TicketId, person: PersonId) -> Result<bool> {
    let kept = db
        .prepare_cached(
            "UPDATE followers SET merge_id = NULL WHERE ticket_id = ?1 AND person_id = ?2 AND merge_id IS NOT NULL",
        )?
        .execute(params![Text(ticket), Text(person)])?;
    Ok(kept > 0)
}

/// Makes somebody follow by a merge alone, of those that stand; whether there is such a one.
pub fn fall_back(db: &Connection, ticket: TicketId, person: PersonId) -> Result<bool> {
    let by = merges::queries::followed_by(db, ticket, person)?;
    db.prepare_cached("UPDATE followers SET merge_id = ?3 WHERE ticket_id = ?1 AND person_id = ?2")?
        .execute(params![Text(ticket), Text(person), by.map(Text)])?;
    Ok(by.is_some())
}

pub fn delete(db: &Connection, ticket: TicketId, person: PersonId) -> Result<()> {
    db.prepare_cached("DELETE FROM followers WHERE ticket_id = ?1 AND person_id = ?2")?
        .execute(params![Text(ticket), Text(person)])?;
    Ok(())
}

/// Up to `limit` followers after this one, in the order in which they came. A customer sees customers only.
pub fn of_ticket(
    db: &Connection,
    reader: Role,
    ticket: TicketId,
    start: Option<(i64, PersonId)>,
    limit: i64,
) -> Result<Vec<(i64, Person)>> {
    let (since, person) = start.map_or((0, String::new()), |(since, person)| (since, person.to_string()));
    db.prepare_cached(
        "SELECT w.since, p.id, p.name, p.role, p.email FROM followers w JOIN people p ON p.id = w.person_id
         WHERE w.ticket_id = ?1 AND (w.since, w.person_id) > (?2, ?3) AND (?4 OR p.role = 'CUSTOMER')
         ORDER BY w.since, w.person_id LIMIT ?5",
    )?
    .query_map(params![Text(ticket), since, person, reader.is_staff(), limit], |row| {
        Ok((row.get(0)?, Columns::from(row, 1).person(reader)?))
    })?
    .collect()
}
