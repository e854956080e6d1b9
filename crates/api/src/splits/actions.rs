//! Making a ticket of a reply. The reply stays; its files are in both, their bytes once.

use super::queries;
use crate::{
    caller::Caller,
    db::{Tx, search},
    error::Error,
    events,
    files::queries::of_owners,
    people, replies,
    tickets::{
        self,
        actions::{again, find, hand_to},
    },
};
use contract::{
    event::What,
    file::OwnerKind,
    id::{FileId, ReplyId, TicketId},
    person::Person,
    policy::Action,
    reply::Reply,
    split::NewSplit,
    ticket::Ticket,
};

/// *Split Reply*: a new ticket of the same customer, with the reply as its description, worked by who works the ticket that
/// it comes from, as long as they have an account.
///
/// # Errors
/// 404 when the caller does not see the reply's ticket; 403 when it is not theirs to work; the fields at fault.
pub fn split(tx: &mut Tx<'_>, caller: &Caller, id: ReplyId, new: NewSplit) -> Result<Ticket, Error> {
    let reply = replies::queries::find(tx, caller.role(), id)?.ok_or_else(Error::not_found)?;
    let on = find(tx, caller, reply.ticket_id, Action::See)?;
    // A reply of a merged ticket is read, and split off, where that was merged into.
    let from = find(tx, caller, on.merged_into.map_or(on.ticket_id, |into| into.ticket_id), Action::Split)?;
    let new = new.checked()?;
    let ticket = file(tx, caller, &from, &reply, new)?;
    let (new_link, old_link) = (ticket.link(), from.link());
    let author = Person { email: None, ..reply.author };
    events::record(tx, caller, ticket.ticket_id, &What::SplitFrom { reply_id: id, ticket: old_link, author })?;
    events::record(tx, caller, from.ticket_id, &What::Split { reply_id: id, ticket: new_link })?;
    let works = from.assignee.map(|assignee| people::queries::active(tx, assignee.id)).transpose()?.flatten();
    match works {
        Some(assignee) => hand_to(tx, caller, &ticket, Person { email: None, ..assignee }),
        None => again(tx, caller, ticket.ticket_id),
    }
}

fn file(tx: &mut Tx<'_>, caller: &Caller, from: &Ticket, reply: &Reply, new: NewSplit) -> Result<Ticket, Error> {
    let id = TicketId(tx.new_id());
    let number = tickets::queries::next_number(tx)?;
    tickets::queries::insert(
        tx,
        &tickets::queries::NewRow {
            id,
            number,
            subject: &new.subject,
            description: &reply.body,
            category: new.category.unwrap_or(from.category),
            priority: new.priority.unwrap_or(from.priority),
            customer: from.customer.id,
            organization: from.organization_id,
            payment_id: None,
            channel: from.channel,
            follow_up_of: None,
            at: tx.now(),
        },
    )?;
    search::index_ticket(tx, number, &new.subject, &reply.body, &from.customer.name);
    let files = of_owners(tx, caller.role(), OwnerKind::Reply, &[reply.reply_id.0])?;
    for file in files.into_values().flatten() {
        queries::copy_file(tx, FileId(tx.new_id()), file.file_id, id)?;
        search::index_files(tx, number, &file.name, OwnerKind::Ticket)?;
    }
    events::record(tx, caller, id, &What::Created { number })?;
    again(tx, caller, id)
}
