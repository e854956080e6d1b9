//! Putting a reply into the outbox, and what can happen to it there.

use super::queries::{self, Waiting};
use crate::{
    caller::Caller,
    clock::{DAY, Timestamp},
    db::{Connection, Tx},
    drafts,
    error::Error,
    events::{self, hub::Signal},
    files::{self, attach::attach},
    page, people, replies,
    sessions::service::NO_SESSION,
    tickets::actions::find,
};
use contract::{
    Code, Problem, Role,
    draft::DraftKind,
    event::What,
    file::OwnerKind,
    guard::{Carries, Goes, findings},
    id::{OutboxMessageId, TicketId},
    outbox::{AHEAD_DAYS_MAX, Held, NewOutboxMessage, OutboxMessage, OutboxSend, OutboxTime},
    page::{Page, Paging},
    policy::Action,
    reply::{NewReply, Reply},
};
use uuid::Uuid;

/// *Put In Outbox*: judged as the reply that it will be; sent when its time has come.
///
/// # Errors
/// As replying; `LOOK_AGAIN` when a guard finds something; `REPLY_UNDER_WAY` when a colleague's reply waits.
pub fn put(tx: &mut Tx<'_>, caller: &Caller, ticket: TicketId, new: NewOutboxMessage) -> Result<OutboxMessage, Error> {
    let send_at = match &new.send_at {
        Some(text) => chosen_time(text, tx.now())?,
        None => tx.now().plus_seconds(tx.config().undo_seconds),
    };
    let (ticket, reply, _) = replies::actions::judge(tx, caller, ticket, new.reply()?, action(caller))?;
    if !new.as_it_is {
        guard(&reply)?;
    }
    if !new.anyway {
        check_alone(tx, caller, ticket.ticket_id)?;
    }
    let id = OutboxMessageId(tx.new_id());
    // What the author had not seen was judged just now; from here on the delivery judges.
    let based_on = events::queries::newest(tx)?;
    let waiting = Waiting {
        id,
        ticket: ticket.ticket_id,
        author: caller.id(),
        body: reply.body,
        status: reply.status,
        based_on,
        anyway: new.anyway,
        send_at,
        held: None,
    };
    queries::insert(tx, &waiting, tx.now())?;
    attach(tx, caller, &reply.file_ids, OwnerKind::Outbox, id.0, ticket.ticket_id)?;
    drafts::actions::sent(tx, caller, ticket.ticket_id, DraftKind::Reply)?;
    events::record(tx, caller, ticket.ticket_id, &What::Queued { message_id: id })?;
    tx.signal(Signal::OutboxChanged);
    one(tx, caller, id)
}

/// Refuses a text that should be looked at once more, with everything that was found.
fn guard(reply: &NewReply) -> Result<(), Error> {
    let carries = if reply.file_ids.is_empty() { Carries::Nothing } else { Carries::Files };
    let found = findings(&reply.body, Goes::Out, carries);
    if found.is_empty() {
        return Ok(());
    }
    let errors = found.iter().map(contract::guard::Finding::at_body).collect();
    let detail = "Your text was not sent and is kept. Change it, or send it as it is.";
    Err(Problem { errors, ..Problem::new(Code::LookAgain, detail) }.into())
}

/// Refuses when somebody else's reply waits to be sent on this ticket.
fn check_alone(db: &Connection, caller: &Caller, ticket: TicketId) -> Result<(), Error> {
    match queries::other_author(db, ticket, caller.id())? {
        None => Ok(()),
        Some(name) => Err(Error::new(
            Code::ReplyUnderWay,
            format!("{name} is sending a reply. Your text was not sent and is kept: read theirs, then send it again."),
        )),
    }
}

/// A time that somebody chose.
fn chosen_time(text: &str, now: Timestamp) -> Result<Timestamp, Error> {
    let at = Timestamp::parse(text)
        .ok_or_else(|| Error::invalid("sendAt", "Use a date and time, written 2026-11-22T09:00:00Z."))?;
    match at.0 - now.0 {
        ..=0 => Err(Error::invalid("sendAt", "That time has passed. Choose a later one.")),
        ahead if ahead > AHEAD_DAYS_MAX * DAY => {
            Err(Error::invalid("sendAt", format!("Choose a time within {AHEAD_DAYS_MAX} days.")))
        }
        _ => Ok(at),
    }
}

/// *Outbox By Ticket Id*, oldest first.
///
/// # Errors
/// 404 when the caller may not see what is internal of the ticket; a page that cannot be read.
pub fn of_ticket(
    db: &Connection,
    caller: &Caller,
    ticket: TicketId,
    now: Timestamp,
    paging: &Paging,
) -> Result<Page<OutboxMessage>, Error> {
    const LIST: &str = "ticket-outbox";
    find(db, caller, ticket, Action::SeeInternal)?;
    let (size, after) = (page::size(paging)?, after(paging, LIST)?);
    let rows = queries::of_ticket(db, caller.role(), ticket, after, now, size as i64 + 1)?;
    with_files(db, caller, page::of(rows, size, LIST, |message| message.message_id))
}

/// *My Outbox*, oldest first: on whatever ticket, also those out of sight by now.
///
/// # Errors
/// A page that cannot be read.
pub fn mine(db: &Connection, caller: &Caller, now: Timestamp, paging: &Paging) -> Result<Page<OutboxMessage>, Error> {
    const LIST: &str = "my-outbox";
    let (size, after) = (page::size(paging)?, after(paging, LIST)?);
    let rows = queries::of_author(db, caller.role(), caller.id(), after, now, size as i64 + 1)?;
    with_files(db, caller, page::of(rows, size, LIST, |message| message.message_id))
}

/// *Change Outbox Time*.
///
/// # Errors
/// As [`own`]; a time that will not do; `STALE` when it is held.
pub fn reschedule(
    tx: &mut Tx<'_>,
    caller: &Caller,
    id: OutboxMessageId,
    time: &OutboxTime,
) -> Result<OutboxMessage, Error> {
    let waiting = own(tx, caller, id)?;
    let send_at = chosen_time(&time.send_at, tx.now())?;
    if waiting.held.is_some() {
        return Err(Error::new(Code::Stale, "This reply is held. Take it back, or send it anyway."));
    }
    queries::set_time(tx, id, send_at)?;
    events::record(tx, caller, waiting.ticket, &What::Queued { message_id: id })?;
    tx.signal(Signal::OutboxChanged);
    one(tx, caller, id)
}

/// *Send From Outbox*: now, and the message is gone from it.
///
/// # Errors
/// As [`own`]; as replying, and then it waits on.
pub fn send_now(tx: &mut Tx<'_>, caller: &Caller, id: OutboxMessageId, how: OutboxSend) -> Result<Reply, Error> {
    let waiting = own(tx, caller, id)?;
    let anyway = waiting.anyway || how.anyway;
    send(tx, caller, Waiting { anyway, ..waiting })
}

/// *Take Back From Outbox*: nothing is sent, and the files are loose again. What an admin takes back from somebody else
/// is held for its author, whose text it is; what is held for an author who is gone, the admin removes.
///
/// # Errors
/// As [`find_waiting`]; 403 when it is neither the caller's nor the caller an admin, or held for somebody who is there.
pub fn take_back(tx: &mut Tx<'_>, caller: &Caller, id: OutboxMessageId) -> Result<OutboxMessage, Error> {
    let waiting = find_waiting(tx, caller, id)?;
    let message = one(tx, caller, id)?;
    let own = waiting.author == caller.id();
    if !own && caller.role() != Role::Admin {
        return Err(Error::forbidden());
    }
    let is_left = waiting.held.is_some() && people::queries::active(tx, waiting.author)?.is_none();
    if own || is_left {
        files::queries::release(tx, OwnerKind::Outbox, id.0, tx.now())?;
        queries::delete(tx, id)?;
        events::record(tx, caller, waiting.ticket, &What::Unqueued { message_id: id })?;
        return Ok(message);
    }
    if waiting.held.is_some() {
        let why = format!("It is held already. {} decides what becomes of it.", message.author.name);
        return Err(Error::new(Code::Forbidden, why));
    }
    let detail = format!("{} took this back before it was sent. Nothing is lost.", caller.name);
    hold(tx, id, &Held { code: Code::Forbidden, detail })?;
    one(tx, caller, id)
}

/// Sends a message whose time has come, in its author's name. Does nothing when it is gone, held or put off meanwhile.
///
/// # Errors
/// As replying: then it is to be held.
pub fn deliver(tx: &mut Tx<'_>, id: OutboxMessageId) -> Result<(), Error> {
    let Some(waiting) = queries::find(tx, id)? else { return Ok(()) };
    if waiting.held.is_some() || waiting.send_at > tx.now() {
        return Ok(());
    }
    let author = match people::queries::active(tx, waiting.author)? {
        Some(_) => people::queries::caller(tx, waiting.author, NO_SESSION)?,
        None => None,
    };
    let author = author.filter(Caller::is_staff).ok_or_else(Error::forbidden)?;
    send(tx, &author, waiting).map(drop)
}

/// The reply instead of the message.
fn send(tx: &mut Tx<'_>, author: &Caller, waiting: Waiting) -> Result<Reply, Error> {
    let file_ids = files::queries::release(tx, OwnerKind::Outbox, waiting.id.0, tx.now())?;
    queries::delete(tx, waiting.id)?;
    let based_on = (!waiting.anyway).then_some(waiting.based_on);
    let new = NewReply { body: waiting.body, file_ids, based_on, status: waiting.status };
    replies::actions::send(tx, author, waiting.ticket, new, action(author))
}

/// Keeps a message from being sent until its author decides, and tells staff, its author among them.
///
/// # Errors
/// When the database fails.
pub fn hold(tx: &mut Tx<'_>, id: OutboxMessageId, why: &Held) -> Result<(), Error> {
    let Some(waiting) = queries::find(tx, id)?.filter(|waiting| waiting.held.is_none()) else { return Ok(()) };
    queries::hold(tx, id, why)?;
    events::tell(tx, waiting.author, waiting.ticket, &What::Held { message_id: id })?;
    Ok(())
}

/// A message of the caller.
///
/// # Errors
/// As [`find_waiting`]; 403 when it is somebody else's.
fn own(db: &Connection, caller: &Caller, id: OutboxMessageId) -> Result<Waiting, Error> {
    let waiting = find_waiting(db, caller, id)?;
    if waiting.author == caller.id() { Ok(waiting) } else { Err(Error::forbidden()) }
}

/// A message that the caller sees: their own, or one on a ticket of which they see what is internal.
///
/// # Errors
/// 404, the same for one that was sent, one that never was, and one that is not theirs to see.
fn find_waiting(db: &Connection, caller: &Caller, id: OutboxMessageId) -> Result<Waiting, Error> {
    let waiting = queries::find(db, id)?.ok_or_else(Error::not_found)?;
    if waiting.author != caller.id() {
        find(db, caller, waiting.ticket, Action::SeeInternal)?;
    }
    Ok(waiting)
}

/// The rule that replying follows.
const fn action(caller: &Caller) -> Action {
    match caller.role() {
        Role::Admin => Action::AdminReply,
        Role::Assignee | Role::Customer => Action::AssigneeReply,
    }
}

fn one(tx: &Tx<'_>, caller: &Caller, id: OutboxMessageId) -> Result<OutboxMessage, Error> {
    let message = queries::message(tx, caller.role(), id, tx.now())?
        .ok_or_else(|| Error::internal("a waiting message vanished within its transaction"))?;
    let mut files = files::queries::of_owners(tx, caller.role(), OwnerKind::Outbox, &[id.0])?;
    Ok(OutboxMessage { files: files.remove(&id.0).unwrap_or_default(), ..message })
}

fn with_files(db: &Connection, caller: &Caller, page: Page<OutboxMessage>) -> Result<Page<OutboxMessage>, Error> {
    let ids: Vec<_> = page.items.iter().map(|message| message.message_id.0).collect();
    let mut files = files::queries::of_owners(db, caller.role(), OwnerKind::Outbox, &ids)?;
    let items = page.items.into_iter().map(|message| {
        let files = files.remove(&message.message_id.0).unwrap_or_default();
        OutboxMessage { files, ..message }
    });
    Ok(Page { items: items.collect(), next_cursor: page.next_cursor })
}

fn after(paging: &Paging, list: &str) -> Result<OutboxMessageId, Error> {
    Ok(page::start(paging, list)?.unwrap_or(OutboxMessageId(Uuid::nil())))
}
