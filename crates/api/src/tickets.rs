//! Tickets: operations 1–9, 13, 14, 19, 29–32, 38, and claiming one.

pub mod actions;
pub mod list;
pub mod queries;
pub mod status;
mod undo;

use crate::{
    answer::{Answer, Found},
    app::App,
    caller::Caller,
    db::Connection,
    error::Error,
    extract::{Id, IfMatch, Query},
    idempotency::{Once, Press},
};
use axum::extract::State;
use contract::{
    Code,
    event::ToUndo,
    id::{PersonId, TicketId},
    page::Page,
    ticket::{
        AdminClose, CustomerClose, NewAssignee, NewEscalation, NewTicket, StartDate, StatusUpdate, Ticket, TicketEdit,
        TicketFilter,
    },
};

type Answered = Result<Answer, Error>;
type Read = Result<Found, Error>;
type Listed = Result<Page<Ticket>, Error>;

/// 1, *Ticket By Id*. A page that is opened again and again with nothing new must not cost a write.
pub async fn see(State(app): State<App>, caller: Caller, Id(id): Id<TicketId>) -> Read {
    let reader = caller.clone();
    let (ticket, news) = app.db.glance(move |db| actions::look_for_news(db, &reader, id)).await?;
    if !news {
        return Ok(Found::ticket(ticket));
    }
    match app.db.write(move |tx| actions::see(tx, &caller, id)).await {
        // Who only reads can go on when nothing can be written.
        Err(error) if error.problem().code == Code::Internal => {
            tracing::warn!(%error, "that a ticket was seen could not be noted");
            Ok(Found::ticket(ticket))
        }
        seen => seen.map(Found::ticket),
    }
}

/// 2, *Update Ticket*.
pub async fn edit(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TicketId>,
    seen: IfMatch,
    Once { body: edit, intent }: Once<TicketEdit>,
) -> Answered {
    intent.once(&app, caller, move |tx, caller| Answer::ticket(&actions::edit(tx, caller, id, &seen, edit)?)).await
}

/// 3, *Escalate*.
pub async fn escalate(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TicketId>,
    Once { body: new, intent }: Once<NewEscalation>,
) -> Answered {
    intent.once(&app, caller, move |tx, caller| Answer::ticket(&actions::escalate(tx, caller, id, new)?)).await
}

/// 4, *Customer Close Ticket*.
pub async fn customer_close(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TicketId>,
    Once { body: close, intent }: Once<CustomerClose>,
) -> Answered {
    intent.once(&app, caller, move |tx, caller| Answer::ticket(&actions::customer_close(tx, caller, id, close)?)).await
}

/// 5, *Assignee Update Ticket Status*.
pub async fn assignee_status(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TicketId>,
    Once { body: to, intent }: Once<StatusUpdate>,
) -> Answered {
    intent
        .once(&app, caller, move |tx, caller| Answer::ticket(&actions::assignee_move(tx, caller, id, to.status)?))
        .await
}

/// 6, *Admin Update Ticket Status*.
pub async fn admin_status(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TicketId>,
    Once { body: to, intent }: Once<StatusUpdate>,
) -> Answered {
    intent.once(&app, caller, move |tx, caller| Answer::ticket(&actions::admin_move(tx, caller, id, to.status)?)).await
}

/// 7, *Admin Close Ticket*.
pub async fn admin_close(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TicketId>,
    Once { body: close, intent }: Once<AdminClose>,
) -> Answered {
    intent.once(&app, caller, move |tx, caller| Answer::ticket(&actions::admin_close(tx, caller, id, close)?)).await
}

/// 8, *Add Start Date*.
pub async fn start_date(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TicketId>,
    Once { body: start, intent }: Once<StartDate>,
) -> Answered {
    intent.once(&app, caller, move |tx, caller| Answer::ticket(&actions::set_start_date(tx, caller, id, start)?)).await
}

/// 9, *Admin Complete Ticket For Assignee*.
pub async fn complete_for_assignee(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TicketId>,
    Press(intent): Press,
) -> Answered {
    intent.once(&app, caller, move |tx, caller| Answer::ticket(&actions::complete_for_assignee(tx, caller, id)?)).await
}

/// 13, *Create Ticket*.
pub async fn create(State(app): State<App>, caller: Caller, Once { body, intent }: Once<NewTicket>) -> Answered {
    intent.once(&app, caller, move |tx, caller| Answer::created_ticket(&actions::create(tx, caller, body)?)).await
}

/// 14, *Create New Ticket*.
pub async fn create_for(
    State(app): State<App>,
    caller: Caller,
    Id(customer): Id<PersonId>,
    Once { body, intent }: Once<NewTicket>,
) -> Answered {
    intent
        .once(&app, caller, move |tx, caller| Answer::created_ticket(&actions::create_for(tx, caller, customer, body)?))
        .await
}

/// 19, *Admin Add Assignee To The Ticket*.
pub async fn assign(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TicketId>,
    Once { body, intent }: Once<NewAssignee>,
) -> Answered {
    intent.once(&app, caller, move |tx, caller| Answer::ticket(&actions::assign(tx, caller, id, body)?)).await
}

/// *Claim Ticket*.
pub async fn claim(State(app): State<App>, caller: Caller, Id(id): Id<TicketId>, Press(intent): Press) -> Answered {
    intent.once(&app, caller, move |tx, caller| Answer::ticket(&actions::claim(tx, caller, id)?)).await
}

/// 29, *Tickets*.
pub async fn list(State(app): State<App>, caller: Caller, Query(filter): Query<TicketFilter>) -> Read {
    let now = app.clock.now();
    listed(&app, filter, move |db, filter| list::visible(db, &caller, filter, now)).await
}

/// 30, *Tickets by customer id*.
pub async fn of_customer(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<PersonId>,
    Query(filter): Query<TicketFilter>,
) -> Read {
    let now = app.clock.now();
    listed(&app, filter, move |db, filter| list::of_customer(db, &caller, id, filter, now)).await
}

/// 31, *List Of Tickets By Follower Id*.
pub async fn of_follower(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<PersonId>,
    Query(filter): Query<TicketFilter>,
) -> Read {
    let now = app.clock.now();
    listed(&app, filter, move |db, filter| list::of_follower(db, &caller, id, filter, now)).await
}

/// 32, *List Of Tickets By Assignee*.
pub async fn of_assignee(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<PersonId>,
    Query(filter): Query<TicketFilter>,
) -> Read {
    let now = app.clock.now();
    listed(&app, filter, move |db, filter| list::of_assignee(db, &caller, id, filter, now)).await
}

/// A list: one that is read in its order costs a page; one that is narrowed besides may read far for its rows.
async fn listed<F>(app: &App, filter: TicketFilter, list: F) -> Read
where
    F: FnOnce(&Connection, &TicketFilter) -> Listed + Send + 'static,
{
    let in_order = filter.is_in_order();
    let work = move |db: &Connection| Ok(Found::of(list(db, &filter)?));
    if in_order { app.db.glance(work).await } else { app.db.read(work).await }
}

/// 38, *Assignee By Ticket Id*.
pub async fn assignee(State(app): State<App>, caller: Caller, Id(id): Id<TicketId>) -> Read {
    app.db.glance(move |db| Ok(Found::of(actions::assignee_of(db, &caller, id)?))).await
}

/// *Look At Ticket*: as *Ticket By Id*, and it stays unread.
pub async fn look(State(app): State<App>, caller: Caller, Id(id): Id<TicketId>) -> Read {
    app.db.glance(move |db| actions::find(db, &caller, id, contract::policy::Action::See)).await.map(Found::ticket)
}

/// *Mark Ticket Unread*.
pub async fn mark_unread(State(app): State<App>, caller: Caller, Id(id): Id<TicketId>) -> Answered {
    app.db.write(move |tx| actions::mark_unread(tx, &caller, id).map(|()| Answer::nothing())).await
}

/// *Undo*.
pub async fn undo(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TicketId>,
    Query(ToUndo { deed }): Query<ToUndo>,
    Press(intent): Press,
) -> Answered {
    intent.once(&app, caller, move |tx, caller| Answer::ticket(&undo::undo(tx, caller, id, deed)?)).await
}
