//! Recording events, and reading those of a ticket.

use super::{hub::Signal, queries};
use crate::{
    caller::Caller,
    db::{Connection, Tx},
    error::Error,
    merges::actions::together,
    notifications, page,
    tickets::actions::find,
};
use contract::{
    event::{Audience, Event, What},
    id::{PersonId, TicketId},
    page::{Page, Paging},
    policy::Action,
};

const LIST: &str = "events";

/// Records that `caller` did this, in the action's transaction; it is told once it is on disk. The ticket becomes
/// unread for whoever may hear of it, except the caller, unless it was to them before: they may do it without opening it, and
/// from afar. Whom it concerns is notified.
///
/// # Errors
/// When the database fails.
pub fn record(tx: &mut Tx<'_>, caller: &Caller, ticket: TicketId, what: &What) -> Result<i64, Error> {
    let had_seen_all = queries::has_seen_all(tx, caller.id(), caller.is_staff(), ticket)?;
    let seq = tell(tx, caller.id(), ticket, what)?;
    if what.is_news() && had_seen_all {
        queries::see(tx, caller.id(), ticket, seq)?;
    }
    Ok(seq)
}

/// Records what happened to something of `actor` without their doing: the ticket becomes unread for them too.
///
/// # Errors
/// When the database fails.
pub fn tell(tx: &mut Tx<'_>, actor: PersonId, ticket: TicketId, what: &What) -> Result<i64, Error> {
    let seq = queries::insert(tx, ticket, actor, tx.now(), what)?;
    match what.audience() {
        _ if !what.is_news() => {}
        Audience::Everyone => queries::stir(tx, ticket, seq)?,
        Audience::Staff => queries::stir_staff(tx, ticket, seq)?,
    }
    notifications::actions::tell(tx, actor, ticket, seq, what)?;
    tx.signal(Signal::Happened { seq });
    Ok(seq)
}

/// Marks all that the caller may hear of a ticket as seen.
///
/// # Errors
/// When the database fails.
pub fn see(tx: &Tx<'_>, caller: &Caller, ticket: TicketId) -> Result<(), Error> {
    Ok(queries::see_all(tx, caller.id(), caller.is_staff(), ticket)?)
}

/// *Events By Ticket Id*, oldest first, those of the tickets merged into it among them: for a customer the public
/// ones.
///
/// # Errors
/// As [`find`]; a page that cannot be read.
pub fn of_ticket(db: &Connection, caller: &Caller, ticket: TicketId, paging: &Paging) -> Result<Page<Event>, Error> {
    find(db, caller, ticket, Action::See)?;
    let (size, start) = (page::size(paging)?, page::start(paging, LIST)?.unwrap_or(0));
    let read = |ticket, limit| queries::of_ticket(db, caller.role(), ticket, start, limit);
    let rows = together(db, ticket, size as i64 + 1, |event| event.seq, read)?;
    Ok(page::of(rows, size, LIST, |event| event.seq))
}
