//! Tickets in the database.

use crate::{
    caller::Caller,
    clock::Timestamp,
    db::{Columns, Connection, OptionalExtension, Result, Text},
};
use contract::{
    Role,
    choice::Choices,
    id::{OrganizationId, PersonId, TicketId},
    ticket::{Category, Channel, Escalation, Priority, Status, Ticket, TicketLink},
};
use rusqlite::{Row, params};

/// The columns that [`ticket`] reads; `?1` is the reader, `?2` whether they are staff.
macro_rules! columns {
    ($description:literal) => {
        concat!(
            "SELECT t.id, t.number, t.subject, ", $description, ", t.category, t.urgency,
                    iif(t.merged_into IS NULL, t.status, 'CLOSED'),
                    c.id, c.name, c.role, c.email, t.organization_id, a.id, a.name, a.role, a.email,
                    t.escalation_level, t.escalation_reason, t.escalated_at, e.id, e.name, e.role, e.email,
                    t.start_date, t.payment_id, t.channel, f.id, f.number, g.id, g.number, t.created_at, t.updated_at, t.closed_at, t.rating, t.version,
                    CASE ?2 WHEN 1 THEN t.staff_seq ELSE t.public_seq END > coalesce(s.seq, 0),
                    EXISTS (SELECT 1 FROM followers w WHERE w.person_id = ?1 AND w.ticket_id = t.id) "
        )
    };
}

/// Where those columns come from, given `tickets t`.
macro_rules! joins {
    () => {
        "JOIN people c ON c.id = t.customer_id
         LEFT JOIN people a ON a.id = t.assignee_id
         LEFT JOIN people e ON e.id = t.escalated_by
         LEFT JOIN tickets f ON f.id = t.follow_up_of
         LEFT JOIN tickets g ON g.id = t.merged_into
         LEFT JOIN seen s ON s.person_id = ?1 AND s.ticket_id = t.id "
    };
}

pub(super) use {columns, joins};

/// A ticket to be kept.
pub struct NewRow<'a> {
    pub id: TicketId,
    pub number: i64,
    pub subject: &'a str,
    pub description: &'a str,
    pub category: Category,
    pub priority: Priority,
    pub customer: PersonId,
    pub organization: Option<OrganizationId>,
    pub payment_id: Option<&'a str>,
    pub channel: Channel,
    pub follow_up_of: Option<TicketId>,
    pub at: Timestamp,
}

/// A customer for whom a ticket is filed.
pub struct Customer {
    pub name: String,
    pub organization: Option<OrganizationId>,
}

/// 1 is urgent, 4 is low.
pub const fn urgency(priority: Priority) -> i64 {
    match priority {
        Priority::Urgent => 1,
        Priority::High => 2,
        Priority::Medium => 3,
        Priority::Low => 4,
    }
}

/// The ticket as this caller would read it; whether they may is not asked here.
pub fn find(db: &Connection, reader: &Caller, id: TicketId) -> Result<Option<Ticket>> {
    db.prepare_cached(concat!(columns!("t.description"), "FROM tickets t ", joins!(), "WHERE t.id = ?3"))?
        .query_row(params![Text(reader.id()), reader.is_staff(), Text(id)], |row| ticket(row, reader))
        .optional()
}

/// A row of those columns, as this caller may read it.
pub fn ticket(row: &Row<'_>, reader: &Caller) -> Result<Ticket> {
    let mut columns = Columns::of(row);
    let role = reader.role();
    Ok(Ticket {
        ticket_id: columns.id()?,
        number: columns.take()?,
        subject: columns.take()?,
        description: columns.take()?,
        category: columns.choice()?,
        priority: priority(columns.take()?),
        status: columns.choice()?,
        customer: columns.person(role)?,
        organization_id: columns.maybe_id()?,
        assignee: columns.maybe_person(role)?,
        escalation: {
            let level = columns.take()?;
            let reason: Option<String> = columns.take()?;
            let at = columns.maybe_time()?;
            let by = columns.maybe_person(role)?;
            reason.zip(at).zip(by).map(|((reason, at), by)| Escalation { level, reason, at, by })
        },
        start_date: columns.take::<Option<String>>()?.filter(|_| reader.is_staff()),
        payment_id: columns.take()?,
        channel: columns.choice()?,
        follow_up_of: link(&mut columns)?,
        merged_into: link(&mut columns)?,
        created_at: columns.time()?,
        updated_at: columns.time()?,
        closed_at: columns.maybe_time()?,
        rating: columns.take()?,
        version: columns.take()?,
        unread: columns.take()?,
        following: columns.take()?,
    })
}

/// The next two columns as another ticket, when there is one.
fn link(columns: &mut Columns<'_>) -> Result<Option<TicketLink>> {
    let (id, number): (_, Option<i64>) = (columns.maybe_id()?, columns.take()?);
    Ok(id.zip(number).map(|(ticket_id, number)| TicketLink { ticket_id, number }))
}

/// The number of the next ticket. The first is 1001.
pub fn next_number(db: &Connection) -> Result<i64> {
    db.prepare_cached("SELECT coalesce(max(number), 1000) + 1 FROM tickets")?.query_row([], |row| row.get(0))
}

/// The number of this ticket.
pub fn number(db: &Connection, id: TicketId) -> Result<i64> {
    db.prepare_cached("SELECT number FROM tickets WHERE id = ?1")?.query_row([Text(id)], |row| row.get(0))
}

pub fn insert(db: &Connection, new: &NewRow<'_>) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO tickets (id, number, subject, description, category, urgency, status, customer_id, organization_id,
                              payment_id, channel, follow_up_of, created_at, updated_at, version)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13, 1)",
    )?
    .execute(params![
        Text(new.id),
        new.number,
        new.subject,
        new.description,
        new.category.as_str(),
        urgency(new.priority),
        Status::Open.as_str(),
        Text(new.customer),
        new.organization.map(Text),
        new.payment_id,
        new.channel.as_str(),
        new.follow_up_of.map(Text),
        new.at.0,
    ])?;
    Ok(())
}

/// An active customer.
pub fn customer(db: &Connection, id: PersonId) -> Result<Option<Customer>> {
    db.prepare_cached(
        "SELECT name, organization_id FROM people WHERE id = ?1 AND role = 'CUSTOMER' AND disabled_at IS NULL",
    )?
    .query_row([Text(id)], |row| {
        let mut columns = Columns::of(row);
        Ok(Customer { name: columns.take()?, organization: columns.maybe_id()? })
    })
    .optional()
}

/// Keeps the editable fields as they stand in `edited`.
pub fn edit(db: &Connection, edited: &Ticket, at: Timestamp) -> Result<()> {
    db.prepare_cached(
        "UPDATE tickets SET subject = ?2, description = ?3, category = ?4, urgency = ?5, payment_id = ?6,
                            updated_at = ?7, version = version + 1 WHERE id = ?1",
    )?
    .execute(params![
        Text(edited.ticket_id),
        edited.subject,
        edited.description,
        edited.category.as_str(),
        urgency(edited.priority),
        edited.payment_id,
        at.0
    ])?;
    Ok(())
}

/// Somebody of this role replied; the first time that staff do is the first response.
pub fn count_reply(db: &Connection, id: TicketId, author: Role, at: Timestamp) -> Result<()> {
    db.prepare_cached(
        "UPDATE tickets SET reply_count = reply_count + 1, updated_at = ?2, version = version + 1,
                            first_response_seconds = CASE WHEN first_response_seconds IS NULL AND ?3
                                THEN max(0, (?2 - created_at) / 1000) ELSE first_response_seconds END
         WHERE id = ?1",
    )?
    .execute(params![Text(id), at.0, author.is_staff()])?;
    Ok(())
}

/// Moves the ticket. It is resolved as long as it stays settled.
pub fn set_status(db: &Connection, id: TicketId, status: Status, at: Timestamp) -> Result<()> {
    let closed_at = (status == Status::Closed).then_some(at.0);
    db.prepare_cached(
        "UPDATE tickets SET status = ?2, closed_at = ?3, updated_at = ?4, version = version + 1,
                            resolution_seconds = CASE WHEN ?5
                                THEN coalesce(resolution_seconds, max(0, (?4 - created_at) / 1000)) END
         WHERE id = ?1",
    )?
    .execute(params![Text(id), status.as_str(), closed_at, at.0, status.is_settled()])?;
    Ok(())
}

/// It has been resolved since then, whatever it was meanwhile.
pub fn set_resolved(db: &Connection, id: TicketId, at: Timestamp) -> Result<()> {
    db.prepare_cached("UPDATE tickets SET resolution_seconds = max(0, (?2 - created_at) / 1000) WHERE id = ?1")?
        .execute(params![Text(id), at.0])?;
    Ok(())
}

/// Whether another ticket goes on from this one.
pub fn is_followed_up(db: &Connection, id: TicketId) -> Result<bool> {
    db.prepare_cached("SELECT EXISTS (SELECT 1 FROM tickets WHERE follow_up_of = ?1)")?
        .query_row([Text(id)], |row| row.get(0))
}

/// What the customer said of the work.
pub fn set_rating(db: &Connection, id: TicketId, rating: Option<i64>) -> Result<()> {
    db.prepare_cached("UPDATE tickets SET rating = ?2 WHERE id = ?1")?.execute(params![Text(id), rating])?;
    Ok(())
}

pub fn set_assignee(db: &Connection, id: TicketId, assignee: Option<PersonId>, at: Timestamp) -> Result<()> {
    db.prepare_cached("UPDATE tickets SET assignee_id = ?2, updated_at = ?3, version = version + 1 WHERE id = ?1")?
        .execute(params![Text(id), assignee.map(Text), at.0])?;
    Ok(())
}

pub fn set_start_date(db: &Connection, id: TicketId, date: Option<&str>, at: Timestamp) -> Result<()> {
    db.prepare_cached("UPDATE tickets SET start_date = ?2, updated_at = ?3, version = version + 1 WHERE id = ?1")?
        .execute(params![Text(id), date, at.0])?;
    Ok(())
}

/// Escalates to this level, with this priority.
pub fn escalate(
    db: &Connection,
    id: TicketId,
    level: i64,
    reason: &str,
    by: PersonId,
    priority: Priority,
    at: Timestamp,
) -> Result<()> {
    db.prepare_cached(
        "UPDATE tickets SET escalation_level = ?2, escalation_reason = ?3, escalated_by = ?4, escalated_at = ?5, urgency = ?6,
                            updated_at = ?5, version = version + 1 WHERE id = ?1",
    )?
    .execute(params![Text(id), level, reason, Text(by), at.0, urgency(priority)])?;
    Ok(())
}

/// The priority of this urgency.
pub const fn priority(urgency: i64) -> Priority {
    match urgency {
        1 => Priority::Urgent,
        2 => Priority::High,
        3 => Priority::Medium,
        _ => Priority::Low,
    }
}
