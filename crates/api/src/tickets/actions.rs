//! What can happen to tickets. Every action goes the same way: find, may, decide, write, record.

use super::{queries, status};
use crate::{
    caller::Caller,
    clock,
    db::{Connection, Tx, search},
    error::Error,
    events,
    extract::IfMatch,
    files::attach::attach,
    notifications, people,
};
use contract::{
    Code, Role,
    event::{Change, What},
    file::OwnerKind,
    id::{PersonId, TicketId},
    merge,
    person::Person,
    policy::{self, Action, Standing},
    ticket::{
        AdminClose, Channel, CustomerClose, Move, NewAssignee, NewEscalation, NewTicket, Priority, StartDate, Status,
        Ticket, TicketEdit,
    },
};

/// How far behind UTC the day can be anywhere, in hours.
const HOURS_BEHIND: i64 = 12;

/// The ticket, for doing this to it.
///
/// # Errors
/// 404 when the caller does not see it, the same as when there is none; 403 when they see it but may not;
/// `TICKET_MERGED` when it is not for reading and was merged into another.
pub fn find(db: &Connection, caller: &Caller, id: TicketId, action: Action) -> Result<Ticket, Error> {
    let ticket = queries::find(db, caller, id)?.ok_or_else(Error::not_found)?;
    let standing = standing(db, caller, &ticket)?;
    if !policy::may(&caller.actor, Action::See, standing) {
        return Err(Error::not_found());
    }
    if !policy::may(&caller.actor, action, standing) {
        return Err(Error::forbidden());
    }
    if action.only_reads() { Ok(ticket) } else { unmerged(ticket) }
}

/// How the caller stands to a ticket. To one that was merged into another they stand as to that other, so that whoever sees
/// a conversation sees all of it.
///
/// # Errors
/// When the database fails.
pub(super) fn standing(db: &Connection, caller: &Caller, ticket: &Ticket) -> Result<Standing, Error> {
    let through = match &ticket.merged_into {
        Some(into) => queries::find(db, caller, into.ticket_id)?,
        None => None,
    };
    Ok(Standing::to(&caller.actor, through.as_ref().unwrap_or(ticket)))
}

/// The ticket, when the caller sees it and may do this with it.
///
/// # Errors
/// When we fail.
pub fn seen(db: &Connection, caller: &Caller, id: TicketId, action: Action) -> Result<Option<Ticket>, Error> {
    match find(db, caller, id, action) {
        Ok(ticket) => Ok(Some(ticket)),
        Err(error) if matches!(error.problem().code, Code::NotFound | Code::Forbidden) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The ticket, unless it was merged into another.
///
/// # Errors
/// `TICKET_MERGED`, naming the other.
pub fn unmerged(ticket: Ticket) -> Result<Ticket, Error> {
    match &ticket.merged_into {
        Some(into) => Err(merge::merged(into).into()),
        None => Ok(ticket),
    }
}

/// The ticket as the caller may see it, and whether there is anything to mark as seen by opening it.
///
/// # Errors
/// As [`find`].
pub fn look_for_news(db: &Connection, caller: &Caller, id: TicketId) -> Result<(Ticket, bool), Error> {
    let ticket = find(db, caller, id, Action::See)?;
    let news = ticket.unread || notifications::actions::has_news(db, caller, id)?;
    Ok((ticket, news))
}

/// *Ticket By Id*: the ticket, and marks it seen, with what the caller was notified of there.
///
/// # Errors
/// As [`find`].
pub fn see(tx: &mut Tx<'_>, caller: &Caller, id: TicketId) -> Result<Ticket, Error> {
    let ticket = find(tx, caller, id, Action::See)?;
    notifications::actions::see_ticket(tx, caller, id)?;
    if !ticket.unread {
        return Ok(ticket);
    }
    events::see(tx, caller, id)?;
    Ok(Ticket { unread: false, ..ticket })
}

/// *Mark Ticket Unread*: for the caller alone, until they open it again.
///
/// # Errors
/// As [`find`].
pub fn mark_unread(tx: &mut Tx<'_>, caller: &Caller, id: TicketId) -> Result<(), Error> {
    find(tx, caller, id, Action::See)?;
    Ok(events::queries::unsee(tx, caller.id(), id)?)
}

/// *Create Ticket*: a customer for themselves.
///
/// # Errors
/// The fields at fault.
pub fn create(tx: &mut Tx<'_>, caller: &Caller, new: NewTicket) -> Result<Ticket, Error> {
    if new.channel.is_some_and(|channel| channel != Channel::Web) {
        return Err(Error::invalid("channel", "Your own ticket always comes by the web; leave this out."));
    }
    file(tx, caller, caller.id(), NewTicket { channel: Some(Channel::Web), ..new })
}

/// *Create New Ticket*: staff for a customer.
///
/// # Errors
/// 404 when there is no such active customer; the fields at fault.
pub fn create_for(tx: &mut Tx<'_>, caller: &Caller, customer: PersonId, new: NewTicket) -> Result<Ticket, Error> {
    let channel = Some(new.channel.unwrap_or(Channel::Other));
    file(tx, caller, customer, NewTicket { channel, ..new })
}

fn file(tx: &mut Tx<'_>, caller: &Caller, customer_id: PersonId, new: NewTicket) -> Result<Ticket, Error> {
    let customer = queries::customer(tx, customer_id)?.ok_or_else(Error::not_found)?;
    let new = new.checked()?;
    check_follow_up(tx, caller, customer_id, new.follow_up_of)?;
    let id = TicketId(tx.new_id());
    let number = queries::next_number(tx)?;
    queries::insert(
        tx,
        &queries::NewRow {
            id,
            number,
            subject: &new.subject,
            description: &new.description,
            category: new.category,
            priority: new.priority.unwrap_or(Priority::Medium),
            customer: customer_id,
            organization: customer.organization,
            payment_id: new.payment_id.as_deref(),
            channel: new.channel.unwrap_or(Channel::Web),
            follow_up_of: new.follow_up_of,
            at: tx.now(),
        },
    )?;
    search::index_ticket(tx, number, &new.subject, &new.description, &customer.name);
    attach(tx, caller, &new.file_ids, OwnerKind::Ticket, id.0, id)?;
    events::record(tx, caller, id, &What::Created { number })?;
    again(tx, caller, id)
}

fn check_follow_up(
    db: &Connection,
    caller: &Caller,
    customer: PersonId,
    earlier: Option<TicketId>,
) -> Result<(), Error> {
    let Some(earlier) = earlier else { return Ok(()) };
    let fits = seen(db, caller, earlier, Action::See)?
        .is_some_and(|t| t.status == Status::Closed && t.merged_into.is_none() && t.customer.id == customer);
    if fits { Ok(()) } else { Err(Error::invalid("followUpOf", "Name a closed ticket of the same customer.")) }
}

/// *Update Ticket*.
///
/// # Errors
/// As [`find`]; the fields at fault; `STALE` when the ticket is not the version meant.
pub fn edit(tx: &mut Tx<'_>, caller: &Caller, id: TicketId, seen: &IfMatch, edit: TicketEdit) -> Result<Ticket, Error> {
    let action = if edit.is_for_staff() { Action::EditForStaff } else { Action::Edit };
    let ticket = find(tx, caller, id, action)?;
    let edit = edit.checked()?;
    if !seen.matches(ticket.version) {
        return Err(Error::new(
            Code::Stale,
            "Somebody changed this ticket after you opened it. Look at it again, then change it.",
        ));
    }
    if ticket.status == Status::Closed {
        return Err(Error::closed());
    }
    let (edited, changes) = changed(&ticket, edit);
    if changes.is_empty() {
        return Ok(ticket);
    }
    queries::edit(tx, &edited, tx.now())?;
    search::index_ticket_anew(tx, edited.number, &edited.subject, &edited.description, &edited.customer.name);
    events::record(tx, caller, id, &What::Edited { changes })?;
    again(tx, caller, id)
}

fn changed(ticket: &Ticket, edit: TicketEdit) -> (Ticket, Vec<Change>) {
    let mut edited = ticket.clone();
    let mut changes = Vec::new();
    if let Some(to) = edit.subject.filter(|to| *to != ticket.subject) {
        changes.push(Change::Subject { from: ticket.subject.clone(), to: to.clone() });
        edited.subject = to;
    }
    if let Some(to) = edit.description.filter(|to| *to != ticket.description) {
        changes.push(Change::Description);
        edited.description = to;
    }
    if let Some(to) = edit.category.filter(|to| *to != ticket.category) {
        changes.push(Change::Category { from: ticket.category, to });
        edited.category = to;
    }
    if let Some(to) = edit.priority.filter(|to| *to != ticket.priority) {
        changes.push(Change::Priority { from: ticket.priority, to });
        edited.priority = to;
    }
    let payment_id = edit.payment_id.map(|id| Some(id).filter(|id| !id.is_empty()));
    if let Some(to) = payment_id.filter(|to| *to != ticket.payment_id) {
        changes.push(Change::PaymentId { from: ticket.payment_id.clone(), to: to.clone() });
        edited.payment_id = to;
    }
    (edited, changes)
}

/// *Escalate*: one level up, and at least high priority.
///
/// # Errors
/// As [`find`]; the fields at fault; `TICKET_CLOSED`; `TICKET_DONE`.
pub fn escalate(tx: &mut Tx<'_>, caller: &Caller, id: TicketId, new: NewEscalation) -> Result<Ticket, Error> {
    let ticket = find(tx, caller, id, Action::Escalate)?;
    let NewEscalation { reason, tried, impact } = new.checked()?;
    if ticket.status == Status::Closed {
        return Err(Error::closed());
    }
    if ticket.status.is_settled() {
        return Err(Error::new(Code::TicketDone, "This ticket is done. Reply to open it again."));
    }
    let level = ticket.escalation.as_ref().map_or(0, |escalation| escalation.level) + 1;
    let priority = ticket.priority.max(Priority::High);
    queries::escalate(tx, id, level, &reason, caller.id(), priority, tx.now())?;
    events::record(tx, caller, id, &What::Escalated { level, reason, tried, impact })?;
    if priority != ticket.priority {
        let changes = vec![Change::Priority { from: ticket.priority, to: priority }];
        events::record(tx, caller, id, &What::Edited { changes })?;
    }
    again(tx, caller, id)
}

/// *Customer Close Ticket*, with what they thought of the work.
///
/// # Errors
/// As [`find`]; the fields at fault; `TICKET_CLOSED`.
pub fn customer_close(tx: &mut Tx<'_>, caller: &Caller, id: TicketId, close: CustomerClose) -> Result<Ticket, Error> {
    let ticket = find(tx, caller, id, Action::CustomerClose)?;
    let CustomerClose { comment, rating } = close.checked()?;
    let from = ticket.status;
    queries::set_status(tx, id, from.after(Move::Close)?, tx.now())?;
    queries::set_rating(tx, id, rating)?;
    events::record(tx, caller, id, &What::Closed { from, reason: comment, rating })?;
    again(tx, caller, id)
}

/// *Admin Close Ticket*, with a reason.
///
/// # Errors
/// As [`find`]; the reason at fault; `TICKET_CLOSED`.
pub fn admin_close(tx: &mut Tx<'_>, caller: &Caller, id: TicketId, close: AdminClose) -> Result<Ticket, Error> {
    let ticket = find(tx, caller, id, Action::Administer)?;
    let AdminClose { reason } = close.checked()?;
    let from = ticket.status;
    queries::set_status(tx, id, from.after(Move::Close)?, tx.now())?;
    events::record(tx, caller, id, &What::Closed { from, reason: Some(reason), rating: None })?;
    again(tx, caller, id)
}

/// *Assignee Update Ticket Status*: work goes on, waits or is done.
///
/// # Errors
/// As [`find`]; another status; a move that is not legal from here.
pub fn assignee_move(tx: &mut Tx<'_>, caller: &Caller, id: TicketId, to: Status) -> Result<Ticket, Error> {
    let ticket = find(tx, caller, id, Action::AssigneeMove)?;
    status::check_assignee_target(to)?;
    status::change(tx, caller, &ticket, status::after(ticket.status, to)?)?;
    again(tx, caller, id)
}

/// *Admin Update Ticket Status*: any legal move.
///
/// # Errors
/// As [`find`]; a move that is not legal from here.
pub fn admin_move(tx: &mut Tx<'_>, caller: &Caller, id: TicketId, to: Status) -> Result<Ticket, Error> {
    let ticket = find(tx, caller, id, Action::Administer)?;
    status::change(tx, caller, &ticket, status::after(ticket.status, to)?)?;
    again(tx, caller, id)
}

/// *Admin Complete Ticket For Assignee*: both are recorded.
///
/// # Errors
/// As [`find`]; `NO_ASSIGNEE`; a move that is not legal from here.
pub fn complete_for_assignee(tx: &mut Tx<'_>, caller: &Caller, id: TicketId) -> Result<Ticket, Error> {
    let ticket = find(tx, caller, id, Action::Administer)?;
    let to = ticket.status.after(Move::Complete)?;
    let assignee = without_email(ticket.assignee.ok_or_else(no_assignee)?);
    queries::set_status(tx, id, to, tx.now())?;
    events::record(tx, caller, id, &What::CompletedForAssignee { from: ticket.status, assignee })?;
    again(tx, caller, id)
}

/// *Add Start Date*, or remove it.
///
/// # Errors
/// As [`find`]; a day that is not real or has passed; `TICKET_CLOSED`.
pub fn set_start_date(tx: &mut Tx<'_>, caller: &Caller, id: TicketId, start: StartDate) -> Result<Ticket, Error> {
    let ticket = find(tx, caller, id, Action::SetStartDate)?;
    let start_date = start.start_date;
    match start_date.as_deref() {
        Some(day) if !clock::is_date(day) => {
            return Err(Error::invalid("startDate", "Use a real day, written YYYY-MM-DD."));
        }
        // Who is furthest behind still has yesterday.
        Some(day) if *day < *tx.now().plus_seconds(-HOURS_BEHIND * 3600).date() => {
            return Err(Error::invalid("startDate", "Choose today or a later day."));
        }
        _ => {}
    }
    if ticket.status == Status::Closed {
        return Err(Error::closed());
    }
    if start_date == ticket.start_date {
        return Ok(ticket);
    }
    queries::set_start_date(tx, id, start_date.as_deref(), tx.now())?;
    events::record(tx, caller, id, &What::StartDateSet { start_date })?;
    again(tx, caller, id)
}

/// *Admin Add Assignee To The Ticket*: one assignee; the event keeps who had it before.
///
/// # Errors
/// As [`find`]; somebody who cannot work tickets; `TICKET_CLOSED`; `ALREADY_ASSIGNED` to the same person.
pub fn assign(tx: &mut Tx<'_>, caller: &Caller, id: TicketId, new: NewAssignee) -> Result<Ticket, Error> {
    let ticket = find(tx, caller, id, Action::Administer)?;
    let assignee = people::queries::active(tx, new.assignee_id)?.filter(|person| person.role.is_staff());
    let assignee = assignee.ok_or_else(|| Error::invalid("assigneeId", "Choose an active assignee or admin."))?;
    if ticket.status == Status::Closed {
        return Err(Error::closed());
    }
    if ticket.assignee.as_ref().is_some_and(|current| current.id == assignee.id) {
        return Err(already_assigned(&assignee));
    }
    hand_to(tx, caller, &ticket, assignee)
}

/// *Claim Ticket*: an assignee takes a ticket that nobody has.
///
/// # Errors
/// 404 when not seen; `ALREADY_ASSIGNED` when somebody has it; `TICKET_CLOSED`.
pub fn claim(tx: &mut Tx<'_>, caller: &Caller, id: TicketId) -> Result<Ticket, Error> {
    let ticket = unmerged(find(tx, caller, id, Action::See)?)?;
    if let Some(current) = &ticket.assignee {
        return Err(already_assigned(current));
    }
    let ticket = find(tx, caller, id, Action::Claim)?;
    if ticket.status == Status::Closed {
        return Err(Error::closed());
    }
    hand_to(tx, caller, &ticket, caller.person())
}

/// Gives the ticket to this person.
///
/// # Errors
/// When the database fails.
pub fn hand_to(tx: &mut Tx<'_>, caller: &Caller, ticket: &Ticket, assignee: Person) -> Result<Ticket, Error> {
    queries::set_assignee(tx, ticket.ticket_id, Some(assignee.id), tx.now())?;
    let from = ticket.assignee.clone().map(without_email);
    events::record(tx, caller, ticket.ticket_id, &What::Assigned { assignee, from })?;
    again(tx, caller, ticket.ticket_id)
}

/// *Assignee By Ticket Id*.
///
/// # Errors
/// As [`find`]; `NO_ASSIGNEE`.
pub fn assignee_of(db: &Connection, caller: &Caller, id: TicketId) -> Result<Person, Error> {
    find(db, caller, id, Action::See)?.assignee.ok_or_else(no_assignee)
}

/// The ticket as it stands after the action. Whoever did it may be told, even when they no longer see the ticket.
///
/// # Errors
/// When the database fails.
pub fn again(tx: &Tx<'_>, caller: &Caller, id: TicketId) -> Result<Ticket, Error> {
    queries::find(tx, caller, id)?.ok_or_else(|| Error::internal("a ticket vanished within its transaction"))
}

fn no_assignee() -> Error {
    Error::new(Code::NoAssignee, "Nobody is assigned to this ticket.")
}

fn already_assigned(to: &Person) -> Error {
    let role = if to.role == Role::Admin { "admin" } else { "assignee" };
    Error::new(Code::AlreadyAssigned, format!("{} ({role}) already has this ticket.", to.name))
}

pub(super) fn without_email(person: Person) -> Person {
    Person { email: None, ..person }
}
