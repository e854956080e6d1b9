//! Replying, and reading replies.

use super::queries;
use crate::{
    caller::Caller,
    db::{Connection, Tx, search},
    drafts,
    error::Error,
    events,
    files::{attach::attach, queries::of_owners},
    merges::actions::together,
    page,
    tickets::{actions::find, status},
};
use contract::{
    Code, Role,
    choice::Choices,
    draft::DraftKind,
    event::What,
    file::OwnerKind,
    id::{ReplyId, TicketId},
    page::{Page, Paging},
    policy::Action,
    reply::{NewReply, Reply},
    ticket::{Move, Status, Ticket},
};

const LIST: &str = "replies";

/// *Customer*, *Assignee* and *Admin Reply On Ticket*: the reply, its files and what it does to the status, or nothing.
///
/// # Errors
/// As [`find`]; the fields at fault; `TICKET_CLOSED`; `CONVERSATION_MOVED` when somebody else was faster.
pub fn reply(
    tx: &mut Tx<'_>,
    caller: &Caller,
    ticket: TicketId,
    new: NewReply,
    action: Action,
) -> Result<Reply, Error> {
    let reply = send(tx, caller, ticket, new, action)?;
    drafts::actions::sent(tx, caller, ticket, DraftKind::Reply)?;
    Ok(reply)
}

/// The same for a text that left its author's draft before, when it was put into the outbox: what they write by now stays.
///
/// # Errors
/// As [`reply`].
pub fn send(tx: &mut Tx<'_>, caller: &Caller, ticket: TicketId, new: NewReply, action: Action) -> Result<Reply, Error> {
    let (ticket, NewReply { body, file_ids, .. }, to) = judge(tx, caller, ticket, new, action)?;
    let id = ReplyId(tx.new_id());
    queries::insert(tx, id, ticket.ticket_id, caller.id(), &body, tx.now())?;
    search::index_reply(tx, ticket.number, &body)?;
    attach(tx, caller, &file_ids, OwnerKind::Reply, id.0, ticket.ticket_id)?;
    crate::tickets::queries::count_reply(tx, ticket.ticket_id, caller.role(), tx.now())?;
    events::record(tx, caller, ticket.ticket_id, &What::Replied { reply_id: id })?;
    status::change(tx, caller, &ticket, to)?;
    let reply = queries::find(tx, caller.role(), id)?
        .ok_or_else(|| Error::internal("a reply vanished within its transaction"))?;
    one_with_files(tx, caller, reply)
}

/// The ticket, the reply as it would be kept, and where the ticket would stand after it.
///
/// # Errors
/// As [`reply`].
pub fn judge(
    db: &Connection,
    caller: &Caller,
    ticket: TicketId,
    new: NewReply,
    action: Action,
) -> Result<(Ticket, NewReply, Status), Error> {
    let ticket = find(db, caller, ticket, action)?;
    let new = new.checked()?;
    let to = decide(caller, &ticket, new.status)?;
    if let Some(seen) = new.based_on {
        check_unmoved(db, caller, &ticket, seen)?;
    }
    Ok((ticket, new, to))
}

/// Where the ticket stands after the reply.
fn decide(caller: &Caller, ticket: &Ticket, wanted: Option<Status>) -> Result<Status, Error> {
    let mv = match (caller.role(), &ticket.assignee) {
        (Role::Customer, Some(_)) => Move::CustomerReply,
        (Role::Customer, None) => Move::CustomerReplyUnassigned,
        (Role::Assignee | Role::Admin, _) => Move::StaffReply,
    };
    let Some(wanted) = wanted else { return Ok(ticket.status.after(mv)?) };
    match caller.role() {
        // A word of thanks, which leaves what is done as it is; nothing else is a customer's to say.
        Role::Customer => {
            let thanked = ticket.status.after(Move::Thank).ok().filter(|to| *to == wanted);
            return thanked.ok_or_else(|| {
                Error::invalid(
                    "status",
                    "This ticket is not done any more, so your words cannot leave it so. Send them as a reply.",
                )
            });
        }
        Role::Assignee => status::check_assignee_target(wanted)?,
        Role::Admin => {}
    }
    let replied = ticket.status.after(mv)?;
    if replied == wanted { Ok(wanted) } else { status::after(replied, wanted) }
}

/// Refuses when somebody else did something that bears on the answer after the event that its author saw last.
fn check_unmoved(db: &Connection, caller: &Caller, ticket: &Ticket, seen: i64) -> Result<(), Error> {
    let newer = events::queries::moved_since(db, ticket.ticket_id, caller.id(), seen)?;
    let Some((who, name, what)) = newer else { return Ok(()) };
    let what = match what {
        What::Replied { .. } => "replied".to_owned(),
        What::StatusChanged { to, .. } => format!("moved the ticket to {}", to.label()),
        What::CompletedForAssignee { assignee, .. } => format!("completed the ticket for {}", assignee.name),
        What::Closed { .. } => "closed the ticket".to_owned(),
        What::Assigned { assignee, .. } if assignee.id == who => "took the ticket".to_owned(),
        What::Assigned { assignee, .. } => format!("assigned the ticket to {}", assignee.name),
        What::Merged { .. } => "merged other tickets into this one".to_owned(),
        What::MergeUndone { .. } => "undid a merge of other tickets into this one".to_owned(),
        _ => "changed the ticket".to_owned(),
    };
    let detail =
        format!("Meanwhile {name} {what}. Your text was not sent and is kept: read what is new, then send it again.");
    Err(Error::new(Code::ConversationMoved, detail))
}

/// *List Of Replies By Ticket Id*, oldest first, those of the tickets merged into it among them.
///
/// # Errors
/// As [`find`]; a page that cannot be read.
pub fn list(db: &Connection, caller: &Caller, ticket: TicketId, paging: &Paging) -> Result<Page<Reply>, Error> {
    find(db, caller, ticket, Action::See)?;
    let (size, start) = (page::size(paging)?, page::start(paging, LIST)?.unwrap_or(0));
    let read = |ticket, limit| queries::of_ticket(db, caller.role(), ticket, start, limit);
    let rows = together(db, ticket, size as i64 + 1, |(seq, _)| *seq, read)?;
    let page = page::of(rows, size, LIST, |(seq, _)| *seq);
    let ids: Vec<_> = page.items.iter().map(|(_, reply)| reply.reply_id.0).collect();
    let mut files = of_owners(db, caller.role(), OwnerKind::Reply, &ids)?;
    let with_files =
        |(_, reply): (i64, Reply)| Reply { files: files.remove(&reply.reply_id.0).unwrap_or_default(), ..reply };
    let items = page.items.into_iter().map(with_files).collect();
    Ok(Page { items, next_cursor: page.next_cursor })
}

/// *Reply By Reply Id*.
///
/// # Errors
/// 404 when the caller does not see its ticket.
pub fn one(db: &Connection, caller: &Caller, id: ReplyId) -> Result<Reply, Error> {
    let reply = queries::find(db, caller.role(), id)?.ok_or_else(Error::not_found)?;
    find(db, caller, reply.ticket_id, Action::See)?;
    one_with_files(db, caller, reply)
}

fn one_with_files(db: &Connection, caller: &Caller, reply: Reply) -> Result<Reply, Error> {
    let mut files = of_owners(db, caller.role(), OwnerKind::Reply, &[reply.reply_id.0])?;
    Ok(Reply { files: files.remove(&reply.reply_id.0).unwrap_or_default(), ..reply })
}
