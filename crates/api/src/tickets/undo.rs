//! Taking back what one did to a ticket a moment ago. The ticket gets back exactly what it had, whatever the state
//! machine allows in general; that it was undone is an event of its own, for nothing that happened is ever erased.

use super::{
    actions::{again, standing, unmerged, without_email},
    queries,
};
use crate::{
    caller::Caller,
    clock::Timestamp,
    db::Tx,
    error::Error,
    events::{self, queries::Past},
    followers, people,
};
use contract::{
    Code,
    event::{Change, Deed, What},
    id::TicketId,
    person::Person,
    policy::{Action, may, may_undo},
    ticket::{Priority, Status, Ticket},
};

/// Seconds within which something can be taken back.
const SECONDS: i64 = 15 * 60;

/// *Undo*: takes back the newest thing that the caller did to the ticket and has not taken back yet; the newest such deed,
/// when one is named. They must be one who may do it still, and nothing may have come after it that bears on the same.
///
/// # Errors
/// 404 when the ticket is not seen; 403 when it is not the caller's to change any more; `NOTHING_TO_UNDO` when there is nothing,
/// or somebody changed the same since; `TICKET_CLOSED`.
pub fn undo(tx: &mut Tx<'_>, caller: &Caller, id: TicketId, deed: Option<Deed>) -> Result<Ticket, Error> {
    let ticket = queries::find(tx, caller, id)?.ok_or_else(Error::not_found)?;
    let standing = standing(tx, caller, &ticket)?;
    let past = events::queries::since(tx, id, tx.now().plus_seconds(-SECONDS))?;
    let newest = newest(&past, caller, deed);
    // Whoever stopped following a colleague's ticket no longer sees it, and may still think again.
    let left = newest.as_ref().is_ok_and(|(past, _)| is_of_self(&past.what, caller));
    if !left && !may(&caller.actor, Action::SeeInternal, standing) {
        return Err(Error::not_found());
    }
    let ticket = unmerged(ticket)?;
    let (Past { seq, what, .. }, deed) = newest?;
    let closed = what.moved().is_some_and(|(_, to)| to == Status::Closed);
    if ticket.status == Status::Closed && !closed {
        return Err(Error::closed());
    }
    if !left && !may_undo(&caller.actor, standing, what) {
        return Err(Error::forbidden());
    }
    let from = take_back(tx, caller, &ticket, *seq, what)?;
    events::record(tx, caller, id, &What::Undone { of: *seq, deed, from })?;
    again(tx, caller, id)
}

/// The newest thing that the caller did and can take back, and what that is called.
fn newest<'p>(past: &'p [Past], caller: &Caller, wanted: Option<Deed>) -> Result<(&'p Past, Deed), Error> {
    let undone: Vec<_> =
        past.iter().filter_map(|past| if let What::Undone { of, .. } = past.what { Some(of) } else { None }).collect();
    // What an escalation did to the priority is part of it.
    let escalates = |seq| past.iter().any(|past| past.seq == seq && matches!(past.what, What::Escalated { .. }));
    let mut later: Vec<&What> = Vec::new();
    for past in past.iter().filter(|past| !undone.contains(&past.seq)) {
        if let Some(deed) = past.what.deed().filter(|deed| wanted.is_none_or(|wanted| wanted == *deed))
            && past.actor == caller.id()
            && !escalates(past.seq - 1)
        {
            let overtaken = later.iter().any(|later| past.what.is_overtaken_by(later));
            return if overtaken { Err(passed()) } else { Ok((past, deed)) };
        }
        later.push(&past.what);
    }
    Err(nothing())
}

/// Whether it is that the caller stopped following.
fn is_of_self(what: &What, caller: &Caller) -> bool {
    matches!(what, What::FollowerRemoved { follower } if follower.id == caller.id())
}

/// Gives the ticket back what it had before the event `seq`. Answers who has to give it up again, when it was an assignment.
fn take_back(tx: &Tx<'_>, caller: &Caller, ticket: &Ticket, seq: i64, what: &What) -> Result<Option<Person>, Error> {
    let id = ticket.ticket_id;
    if let Some((was, is)) = what.moved() {
        if is == Status::Closed && queries::is_followed_up(tx, id)? {
            return Err(passed());
        }
        put_back(tx, ticket, seq, is, was)?;
        return Ok(None);
    }
    match what {
        What::Assigned { assignee, from } => {
            let current = ticket.assignee.clone().filter(|current| current.id == assignee.id).ok_or_else(passed)?;
            // Whose account is disabled gets nothing back.
            let from =
                from.as_ref().map(|from| people::queries::active(tx, from.id)?.ok_or_else(passed)).transpose()?;
            queries::set_assignee(tx, id, from.map(|from| from.id), tx.now())?;
            return Ok(Some(without_email(current)));
        }
        What::Edited { changes } => {
            let mut edited = ticket.clone();
            for change in changes {
                unchange(&mut edited, change)?;
            }
            let lowered = edited.priority < Priority::High && edited.priority != ticket.priority;
            if lowered && edited.escalation.is_some() {
                return Err(passed());
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
            // Whoever works a ticket that was merged into this one, or follows it, goes on following by that.
            if !followers::queries::fall_back(tx, id, follower.id)? {
                followers::queries::delete(tx, id, follower.id)?;
            }
        }
        What::FollowerRemoved { follower } => {
            let eligible = followers::actions::eligible(tx, caller, ticket, follower.id)?.is_some();
            if !eligible || followers::queries::is_follower(tx, id, follower.id)?.is_some() {
                return Err(passed());
            }
            followers::queries::insert(tx, id, follower.id, tx.now())?;
        }
        _ => return Err(nothing()),
    }
    Ok(None)
}

/// Moves the ticket back. It has been resolved for as long as if it had never been moved.
fn put_back(tx: &Tx<'_>, ticket: &Ticket, seq: i64, is: Status, was: Status) -> Result<(), Error> {
    let id = ticket.ticket_id;
    if ticket.status != is {
        return Err(passed());
    }
    queries::set_status(tx, id, was, tx.now())?;
    if was.is_settled()
        && !is.is_settled()
        && let Some(at) = settled_before(tx, id, seq)?
    {
        queries::set_resolved(tx, id, at)?;
    }
    Ok(())
}

/// Since when the ticket had been settled before this event.
fn settled_before(tx: &Tx<'_>, id: TicketId, seq: i64) -> Result<Option<Timestamp>, Error> {
    let past = events::queries::since(tx, id, Timestamp(0))?;
    let undone = |seq| past.iter().any(|past| matches!(past.what, What::Undone { of, .. } if of == seq));
    let moves = past.iter().filter(|past| past.seq < seq && !undone(past.seq));
    let mut moves = moves.filter_map(|past| past.what.moved().map(|(from, to)| (past.at, from, to)));
    Ok(moves.find(|(_, from, to)| to.is_settled() && !from.is_settled()).map(|(at, ..)| at))
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
