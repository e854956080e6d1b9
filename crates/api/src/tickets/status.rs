//! Moving a ticket from one status to another, with its event.

use super::queries;
use crate::{caller::Caller, db::Tx, error::Error, events};
use contract::{
    event::What,
    ticket::{IllegalMove, Move, Status, Ticket},
};

/// Where a ticket gets that somebody wants to move to this status.
///
/// # Errors
/// When the move is not legal.
pub fn after(from: Status, to: Status) -> Result<Status, Error> {
    let wanted = Move::to(to).ok_or(IllegalMove { from })?;
    Ok(from.after(wanted)?)
}

/// Assignees neither close nor reopen by hand.
///
/// # Errors
/// When the status is not one of theirs.
pub fn check_assignee_target(to: Status) -> Result<(), Error> {
    match to {
        Status::InProgress | Status::Waiting | Status::Completed => Ok(()),
        Status::Open | Status::Closed => Err(Error::invalid("status", "Use one of IN_PROGRESS, WAITING, COMPLETED.")),
    }
}

/// Writes and records the status, unless the ticket is there already.
///
/// # Errors
/// When the database fails.
pub fn change(tx: &mut Tx<'_>, caller: &Caller, ticket: &Ticket, to: Status) -> Result<(), Error> {
    let from = ticket.status;
    if from == to {
        return Ok(());
    }
    queries::set_status(tx, ticket.ticket_id, to, tx.now())?;
    let what = match to {
        Status::Closed => What::Closed { from, reason: None, rating: None },
        _ => What::StatusChanged { from, to },
    };
    events::record(tx, caller, ticket.ticket_id, &what).map(drop)
}
