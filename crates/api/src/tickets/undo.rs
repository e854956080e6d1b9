//! Taking back what one did to a ticket a moment ago. The ticket gets back exactly what it had, whatever the state
//! machine allows in general; that it was undone is an event of its own, for nothing that happened is ever erased.

use super::{
    actions::{again, standing, unmerged, without_email},
    queries,
};
use crate::{caller::Caller, db::Tx, error::Error, events, followers};
use contract::{
    Code,
    event::{Change, What},
    id::TicketId,
    person::Person,
    policy::{Action, may},
    ticket::{Status, Ticket},
};

/// Seconds within which something can be taken back.
const SECONDS: i64 = 15 * 60;

/// *Undo*: takes back the newest thing that the caller did to the ticket and has not taken back yet.
///
/// # Errors
/// 404 when the ticket is not seen; `NOTHING_TO_UNDO` when there is nothing, or somebody changed the same since.
pub fn undo(tx: &mut Tx<'_>, caller: &Caller, id: TicketId) -> Result<Ticket, Error> {
    let ticket = queries::find(tx, caller, id)?.ok_or_else(Error::not_found)?;
    let newest = newest(tx, caller, id)?;
    // Whoever stopped following a colleague's ticket no longer sees it, and may still think again.
    let left = newest
        .as_ref()
        .is_some_and(|(_, what)| matches!(what, What::FollowerRemoved { follower } if follower.id == caller.id()));
    if !left && !may(&caller.actor, Action::SeeInternal, standing(tx, caller, &ticket)?) {
        return Err(Error::not_found());
    }
    let ticket = unmerged(ticket)?;
    let (of, what) = newest.ok_or_else(nothing)?;
    let deed = what.deed().ok_or_else(nothing)?;
    let from = take_back(tx, &ticket, &what)?;
    events::record(tx, caller, id, &What::Undone { of, deed, from })?;
    again(tx, caller, id)
}

/// The newest thing that can be taken back, if the caller did any of late.
fn newest(tx: &Tx<'_>, caller: &Caller, id: TicketId) -> Result<Option<(i64, What)>, Error> {
    let deeds = events::queries::deeds_of(tx, id, caller.id(), tx.now().plus_seconds(-SECONDS))?;
    let undone: Vec<_> = deeds
        .iter()
        .filter_map(|(_, what)| if let What::Undone { of, .. } = what { Some(*of) } else { None })
        .collect();
    Ok(deeds.into_iter().find(|(seq, what)| what.deed().is_some() && !undone.contains(seq)))
}

/// Gives the ticket back what it had. Answers who has to give it up again, when it was an assignment.
fn take_back(tx: &Tx<'_>, ticket: &Ticket, what: &What) -> Result<Option<Person>, Error> {
    let id = ticket.ticket_id;
    match what {
        What::Assigned { assignee, from } => {
            let current = ticket.assignee.clone().filter(|current| current.id == assignee.id).ok_or_else(passed)?;
            queries::set_assignee(tx, id, from.as_ref().map(|from| from.id), tx.now())?;
            return Ok(Some(without_email(current)));
        }
        What::StatusChanged { from, to } => put_back(tx, ticket, *to, *from)?,
        What::CompletedForAssignee { from, .. } => put_back(tx, ticket, Status::Completed, *from)?,
        What::Closed { from, .. } => {
            if queries::is_followed_up(tx, id)? {
                return Err(passed());
            }
            put_back(tx, ticket, Status::Closed, *from)?;
        }
        What::Edited { changes } => {
            let mut edited = ticket.clone();
            for change in changes {
                unchange(&mut edited, change)?;
            }
            queries::edit(tx, &edited, tx.now())?;
            crate::db::search::index_ticket_anew(
                tx,
                edited.number,
                &edited.subject,
                &edited.description,
                &edited.customer.name,
            );
        }
        What::FollowerAdded { follower } => {
            followers::queries::is_follower(tx, id, follower.id)?.ok_or_else(passed)?;
            followers::queries::delete(tx, id, follower.id)?;
        }
        What::FollowerRemoved { follower } => {
            if followers::queries::is_follower(tx, id, follower.id)?.is_some() {
                return Err(passed());
            }
            followers::queries::insert(tx, id, follower.id, tx.now())?;
        }
        _ => return Err(nothing()),
    }
    Ok(None)
}

fn put_back(tx: &Tx<'_>, ticket: &Ticket, is: Status, was: Status) -> Result<(), Error> {
    if ticket.status != is {
        return Err(passed());
    }
    Ok(queries::set_status(tx, ticket.ticket_id, was, tx.now())?)
}

/// Puts back one field, as long as it is what the change made it.
fn unchange(ticket: &mut Ticket, change: &Change) -> Result<(), Error> {
    fn put_back<T: PartialEq + Clone>(field: &mut T, is: &T, was: &T) -> Result<(), Error> {
        if field != is {
            return Err(passed());
        }
        field.clone_from(was);
        Ok(())
    }
    match change {
        Change::Subject { from, to } => put_back(&mut ticket.subject, to, from),
        Change::Category { from, to } => put_back(&mut ticket.category, to, from),
        Change::Priority { from, to } => put_back(&mut ticket.priority, to, from),
        Change::PaymentId { from, to } => put_back(&mut ticket.payment_id, to, from),
        Change::Description => Err(nothing()),
    }
}

fn nothing() -> Error {
    Error::new(Code::NothingToUndo, "You did nothing to this ticket of late that could be undone.")
}

fn passed() -> Error {
    Error::new(
        Code::NothingToUndo,
        "Somebody changed this since, so it cannot be undone. Look at the ticket as it is now.",
    )
}
