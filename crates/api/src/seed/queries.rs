//! Rows of load data, written as they stand at the end of a ticket's life.

use crate::{
    clock::Timestamp,
    db::{Columns, Connection, Result, Text},
    tickets::queries::urgency,
};
use contract::{
    Role,
    choice::Choices,
    id::{OrganizationId, PersonId, TicketId},
    person::Person,
    ticket::{Category, Channel, Priority, Status},
};
use rusqlite::params;

/// A ticket as it stands.
pub struct SeedRow<'a> {
    pub id: TicketId,
    pub number: i64,
    pub subject: &'a str,
    pub description: &'a str,
    pub category: Category,
    pub priority: Priority,
    pub status: Status,
    pub customer: PersonId,
    pub organization: Option<OrganizationId>,
    pub assignee: Option<PersonId>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub rating: Option<i64>,
    pub version: i64,
    pub replies: i64,
    pub first_response_seconds: Option<i64>,
    pub resolution_seconds: Option<i64>,
}

pub fn insert_ticket(db: &Connection, row: &SeedRow<'_>) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO tickets (id, number, subject, description, category, urgency, status, customer_id, organization_id,
                              assignee_id, channel, created_at, updated_at, closed_at, rating, version, reply_count,
                              first_response_seconds, resolution_seconds)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
    )?
    .execute(params![
        Text(row.id),
        row.number,
        row.subject,
        row.description,
        row.category.as_str(),
        urgency(row.priority),
        row.status.as_str(),
        Text(row.customer),
        row.organization.map(Text),
        row.assignee.map(Text),
        Channel::Web.as_str(),
        row.created_at.0,
        row.updated_at.0,
        (row.status == Status::Closed).then_some(row.updated_at.0),
        row.rating,
        row.version,
        row.replies,
        row.first_response_seconds,
        row.resolution_seconds,
    ])?;
    Ok(())
}

/// How many accounts there are.
pub fn count_people(db: &Connection) -> Result<u64> {
    let count: i64 = db.prepare_cached("SELECT count(*) FROM people")?.query_row([], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// Those who can work tickets, as events name them: without e-mail.
pub fn assignees(db: &Connection) -> Result<Vec<Person>> {
    db.prepare_cached(
        "SELECT id, name, role, email FROM people WHERE role = 'ASSIGNEE' AND disabled_at IS NULL ORDER BY created_at, id",
    )?
    .query_map([], |row| Columns::of(row).person(Role::Customer))?
    .collect()
}
