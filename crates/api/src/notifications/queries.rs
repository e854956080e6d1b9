//! Notifications in the database. Every statement names the person.

use crate::{
    clock::Timestamp,
    db::{Columns, Connection, OptionalExtension, Result, Text},
};
use contract::{
    Role,
    choice::Choices,
    id::{NotificationId, PersonId, TicketId},
    notification::{Notification, NotificationKind},
    person::Person,
};
use rusqlite::params;

/// A notification as it is kept.
pub struct Row {
    pub seq: i64,
    pub actor: Person,
    /// Without what it is about.
    pub notification: Notification,
}

pub fn insert(
    db: &Connection,
    id: NotificationId,
    person: PersonId,
    ticket: TicketId,
    seq: i64,
    kind: NotificationKind,
    at: Timestamp,
) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO notifications (id, person_id, ticket_id, seq, kind, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![Text(id), Text(person), Text(ticket), seq, kind.as_str(), at.0])?;
    Ok(())
}

/// Who works on a ticket.
pub fn assignee(db: &Connection, ticket: TicketId) -> Result<Option<PersonId>> {
    db.prepare_cached("SELECT assignee_id FROM tickets WHERE id = ?1")?
        .query_row([Text(ticket)], |row| Columns::of(row).maybe_id())
}

/// Who works on a ticket, and who follows it.
pub fn assignee_and_followers(db: &Connection, ticket: TicketId) -> Result<Vec<PersonId>> {
    db.prepare_cached(
        "SELECT assignee_id FROM tickets WHERE id = ?1 AND assignee_id IS NOT NULL
         UNION SELECT person_id FROM followers WHERE ticket_id = ?1",
    )?
    .query_map([Text(ticket)], |row| Columns::of(row).id())?
    .collect()
}

/// Up to `limit` notifications of somebody before this event, newest first.
pub fn newest(db: &Connection, person: PersonId, reader: Role, before: i64, limit: i64) -> Result<Vec<Row>> {
    db.prepare_cached(
        "SELECT n.seq, p.id, p.name, p.role, p.email, n.id, n.kind, n.ticket_id, t.number, n.at, n.seen
         FROM notifications n JOIN tickets t ON t.id = n.ticket_id
         JOIN events e ON e.seq = n.seq JOIN people p ON p.id = e.actor_id
         WHERE n.person_id = ?1 AND n.seq < ?2 ORDER BY n.seq DESC LIMIT ?3",
    )?
    .query_map(params![Text(person), before, limit], |row| {
        let mut columns = Columns::of(row);
        Ok(Row {
            seq: columns.take()?,
            actor: columns.person(reader)?,
            notification: Notification {
                notification_id: columns.id()?,
                kind: columns.choice()?,
                ticket_id: columns.id()?,
                number: columns.take()?,
                at: columns.time()?,
                seen: columns.take()?,
                about: None,
            },
        })
    })?
    .collect()
}

/// How many somebody has not seen: counted in an index that holds no others.
pub fn unread(db: &Connection, person: PersonId) -> Result<i64> {
    db.prepare_cached("SELECT count(*) FROM notifications WHERE person_id = ?1 AND seen = 0")?
        .query_row([Text(person)], |row| row.get(0))
}

/// Whether there are any of this ticket that they have not seen.
pub fn are_unseen(db: &Connection, person: PersonId, ticket: TicketId) -> Result<bool> {
    db.prepare_cached("SELECT 1 FROM notifications WHERE person_id = ?1 AND ticket_id = ?2 AND seen = 0")?
        .exists([Text(person.0), Text(ticket.0)])
}

/// Whether this one of theirs was seen; `None` when they have no such one.
pub fn was_seen(db: &Connection, person: PersonId, id: NotificationId) -> Result<Option<bool>> {
    db.prepare_cached("SELECT seen FROM notifications WHERE id = ?2 AND person_id = ?1")?
        .query_row(params![Text(person), Text(id)], |row| row.get(0))
        .optional()
}

pub fn see(db: &Connection, person: PersonId, id: NotificationId) -> Result<usize> {
    db.prepare_cached("UPDATE notifications SET seen = 1 WHERE id = ?2 AND person_id = ?1")?
        .execute(params![Text(person), Text(id)])
}

pub fn see_all(db: &Connection, person: PersonId) -> Result<usize> {
    db.prepare_cached("UPDATE notifications SET seen = 1 WHERE person_id = ?1 AND seen = 0")?.execute([Text(person)])
}

pub fn see_ticket(db: &Connection, person: PersonId, ticket: TicketId) -> Result<usize> {
    db.prepare_cached("UPDATE notifications SET seen = 1 WHERE person_id = ?1 AND ticket_id = ?2 AND seen = 0")?
        .execute(params![Text(person), Text(ticket)])
}

/// Forgets those from before then.
pub fn forget(db: &Connection, then: Timestamp) -> Result<()> {
    db.prepare_cached("DELETE FROM notifications WHERE at < ?1")?.execute([then.0])?;
    Ok(())
}
