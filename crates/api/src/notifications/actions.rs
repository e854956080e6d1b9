//! Notifying people in the transaction of what happened, and reading and seeing one's own. Whoever lost sight of a ticket
//! keeps their notifications of it, without what they were about.

use super::queries;
use crate::{
    caller::Caller,
    db::{Connection, Tx},
    error::Error,
    events::hub::Signal,
    page, people,
    tickets::actions::seen,
};
use contract::{
    event::What,
    id::{NotificationId, PersonId, TicketId},
    notification::{About, Concerned, NOTIFICATIONS_KEPT, Notification, NotificationKind, Notifications, concerned},
    page::{Page, Paging},
    policy::Action,
};

const LIST: &str = "notifications";

/// Notifies whomever this event of `actor` concerns, except `actor`, who knows.
///
/// # Errors
/// When the database fails.
pub fn tell(tx: &mut Tx<'_>, actor: PersonId, ticket: TicketId, seq: i64, what: &What) -> Result<(), Error> {
    let Some(by) = people::queries::role(tx, actor)? else { return Ok(()) };
    let Some((kind, whom)) = concerned(what, by) else { return Ok(()) };
    let people = match whom {
        Concerned::Actor => instead_of(tx, actor, ticket)?,
        Concerned::Person(person) => vec![person],
        Concerned::Assignee => queries::assignee(tx, ticket)?.into_iter().collect(),
        Concerned::AssigneeAndFollowers => queries::assignee_and_followers(tx, ticket)?,
    };
    for person in people {
        if person != actor || whom == Concerned::Actor {
            notify(tx, person, ticket, seq, kind)?;
        }
    }
    Ok(())
}

/// This person; when their account is disabled, who has to see to it that what they left is not lost.
fn instead_of(tx: &Tx<'_>, person: PersonId, ticket: TicketId) -> Result<Vec<PersonId>, Error> {
    if people::queries::active(tx, person)?.is_some() {
        return Ok(vec![person]);
    }
    match queries::assignee(tx, ticket)? {
        Some(assignee) if people::queries::active(tx, assignee)?.is_some() => Ok(vec![assignee]),
        _ => Ok(people::queries::admins(tx)?),
    }
}

/// Notifies this person, if they are active and of staff.
///
/// # Errors
/// When the database fails.
pub fn notify(
    tx: &mut Tx<'_>,
    person: PersonId,
    ticket: TicketId,
    seq: i64,
    kind: NotificationKind,
) -> Result<(), Error> {
    if people::queries::active(tx, person)?.is_some_and(|person| person.role.is_staff()) {
        queries::insert(tx, NotificationId(tx.new_id()), person, ticket, seq, kind, tx.now())?;
        tx.signal(Signal::Notified(person));
    }
    Ok(())
}

/// *Notifications*: the caller's, newest first.
///
/// # Errors
/// A page that cannot be read.
pub fn list(db: &Connection, caller: &Caller, paging: &Paging) -> Result<Notifications, Error> {
    let (size, start) = (page::size(paging)?, page::start(paging, LIST)?.unwrap_or(i64::MAX));
    let rows = queries::newest(db, caller.id(), caller.role(), start, size as i64 + 1)?;
    let Page { items, next_cursor } = page::of(rows, size, LIST, |row| row.seq);
    let told = items.into_iter().map(|row| {
        let ticket = seen(db, caller, row.notification.ticket_id, Action::See)?;
        let about = ticket.map(|ticket| About { actor: row.actor, subject: ticket.subject });
        Ok(Notification { about, ..row.notification })
    });
    let items = told.collect::<Result<_, Error>>()?;
    Ok(Notifications { items, next_cursor, unread: queries::unread(db, caller.id())? })
}

/// Whether the caller was notified of something at this ticket that they have not seen.
///
/// # Errors
/// When the database fails.
pub fn has_news(db: &Connection, caller: &Caller, ticket: TicketId) -> Result<bool, Error> {
    Ok(queries::are_unseen(db, caller.id(), ticket)?)
}

/// *See All Notifications*.
///
/// # Errors
/// When the database fails.
pub fn see_all(tx: &mut Tx<'_>, caller: &Caller) -> Result<(), Error> {
    let changed = queries::see_all(tx, caller.id())?;
    tell_seen(tx, caller, changed);
    Ok(())
}

/// *See Notification*.
///
/// # Errors
/// 404 when the caller has no such notification.
pub fn see(tx: &mut Tx<'_>, caller: &Caller, id: NotificationId) -> Result<(), Error> {
    let was_seen = queries::was_seen(tx, caller.id(), id)?.ok_or_else(Error::not_found)?;
    if !was_seen {
        let seen = queries::see(tx, caller.id(), id)?;
        tell_seen(tx, caller, seen);
    }
    Ok(())
}

/// The caller opened this ticket: what they were notified of there is seen.
///
/// # Errors
/// When the database fails.
pub fn see_ticket(tx: &mut Tx<'_>, caller: &Caller, ticket: TicketId) -> Result<(), Error> {
    if caller.is_staff() {
        let seen = queries::see_ticket(tx, caller.id(), ticket)?;
        tell_seen(tx, caller, seen);
    }
    Ok(())
}

/// Forgets those that were kept long enough.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &Tx<'_>) -> Result<(), Error> {
    Ok(queries::forget(tx, tx.now().plus_seconds(-NOTIFICATIONS_KEPT))?)
}

/// The caller's other pages count anew.
fn tell_seen(tx: &mut Tx<'_>, caller: &Caller, seen: usize) {
    if seen > 0 {
        tx.signal(Signal::Notified(caller.id()));
    }
}
