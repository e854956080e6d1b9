//! Tickets: listing, filing, and everything that can be done to one.

use crate::error::AppError;
use contract::{
    event::Deed,
    id::{PersonId, TicketId},
    page::Page,
    ticket::{Category, Channel, Priority, Status, Ticket},
    view::Scope,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// A page of a list, without descriptions: a page carries what it shows to the browser twice. `query` is a query string as `TicketFilter` takes it: `status=OPEN&status=WAITING&q=hotel`.
#[server(endpoint = "tickets/list", input = GetUrl)]
pub async fn list(scope: Scope, query: String) -> Result<Page<Ticket>, AppError> {
    use crate::server::finsupport::{filter, finsupport, me};
    let (client, filter) = (finsupport()?, filter(&query)?);
    let mut page = match scope {
        Scope::All => client.tickets(&filter).await?,
        Scope::Followed => client.tickets_by_follower(me()?, &filter).await?,
        Scope::Mine => client.tickets_by_assignee(me()?, &filter).await?,
    };
    page.items.iter_mut().for_each(|ticket| ticket.description.clear());
    Ok(page)
}

/// Files a ticket for the viewer and goes to it.
#[server(endpoint = "tickets/create")]
pub async fn create(
    subject: String,
    description: String,
    #[server(default)] category: Option<Category>,
    #[server(default)] priority: Option<Priority>,
    #[server(default)] payment_id: Option<String>,
    #[server(default)] follow_up_of: Option<TicketId>,
    #[server(default)] file_ids: String,
    key: String,
) -> Result<(), AppError> {
    use crate::server::{
        finsupport::{finsupport, ids},
        session,
    };
    let file_ids = ids(&file_ids)?;
    let new = contract::ticket::NewTicket {
        subject,
        description,
        category: category.unwrap_or(Category::Other),
        priority,
        payment_id,
        file_ids,
        follow_up_of,
        channel: None,
    };
    if category.is_none() {
        // A form without JavaScript can come without a choice; all that is wrong is told at once.
        let mut faults = new.checked().err().unwrap_or_default();
        faults.push(contract::FieldError::new("category", "Choose what it is about."));
        return Err(contract::Problem::invalid(faults).into());
    }
    let ticket = finsupport()?.with_idempotency_key(key).create_ticket(&new).await?;
    session::go(&format!("/tickets/{}", ticket.ticket_id));
    Ok(())
}

/// Files a ticket for a customer, as staff, and goes to it.
#[server(endpoint = "tickets/create_for")]
pub async fn create_for(
    #[server(default)] customer_id: Option<PersonId>,
    subject: String,
    description: String,
    #[server(default)] category: Option<Category>,
    #[server(default)] priority: Option<Priority>,
    #[server(default)] payment_id: Option<String>,
    #[server(default)] channel: Option<Channel>,
    #[server(default)] file_ids: String,
    key: String,
) -> Result<(), AppError> {
    use crate::server::{
        finsupport::{finsupport, ids},
        session,
    };
    let file_ids = ids(&file_ids)?;
    let new = contract::ticket::NewTicket {
        subject,
        description,
        category: category.unwrap_or(Category::Other),
        priority,
        payment_id,
        file_ids,
        follow_up_of: None,
        channel: Some(channel.unwrap_or(Channel::Other)),
    };
    let (Some(customer_id), Some(_)) = (customer_id, category) else {
        let mut faults = new.checked().err().unwrap_or_default();
        if customer_id.is_none() {
            faults.push(contract::FieldError::new("customerId", "Find the customer and choose them."));
        }
        if category.is_none() {
            faults.push(contract::FieldError::new("category", "Choose what it is about."));
        }
        return Err(contract::Problem::invalid(faults).into());
    };
    let ticket = finsupport()?.with_idempotency_key(key).create_ticket_for(customer_id, &new).await?;
    session::go(&format!("/desk/tickets/{}", ticket.ticket_id));
    Ok(())
}

/// Changes the fields that are given, if the ticket still has this version. An emptied field and one that the form does
/// not have arrive alike: a form says with `with_subject`, `with_description` and `with_payment` that it has them.
#[server(endpoint = "tickets/update")]
pub async fn update(
    ticket_id: TicketId,
    version: i64,
    #[server(default)] subject: Option<String>,
    #[server(default)] description: Option<String>,
    #[server(default)] category: Option<Category>,
    #[server(default)] priority: Option<Priority>,
    #[server(default)] payment_id: Option<String>,
    #[server(default)] with_subject: bool,
    #[server(default)] with_description: bool,
    #[server(default)] with_payment: bool,
) -> Result<(), AppError> {
    let subject = subject.or(with_subject.then(String::new));
    let description = description.or(with_description.then(String::new));
    let payment_id = payment_id.or(with_payment.then(String::new));
    let edit = contract::ticket::TicketEdit { subject, description, category, priority, payment_id };
    crate::server::finsupport::finsupport()?.update_ticket(ticket_id, version, &edit).await?;
    Ok(())
}

/// Says that this cannot wait.
#[server(endpoint = "tickets/escalate")]
pub async fn escalate(
    ticket_id: TicketId,
    reason: String,
    #[server(default)] tried: Option<String>,
    #[server(default)] impact: Option<String>,
    #[server(default)] key: Option<String>,
) -> Result<(), AppError> {
    let escalation = contract::ticket::NewEscalation { reason, tried, impact };
    crate::server::finsupport::finsupport_once(key)?.escalate(ticket_id, &escalation).await?;
    Ok(())
}

/// The customer closes their ticket, with a rating if they like.
#[server(endpoint = "tickets/customer_close")]
pub async fn customer_close(
    ticket_id: TicketId,
    #[server(default)] comment: Option<String>,
    #[server(default)] rating: Option<i64>,
    #[server(default)] key: Option<String>,
) -> Result<(), AppError> {
    let close = contract::ticket::CustomerClose { comment, rating };
    crate::server::finsupport::finsupport_once(key)?.customer_close(ticket_id, &close).await?;
    Ok(())
}

/// Staff move the ticket to another status.
#[server(endpoint = "tickets/set_status")]
pub async fn set_status(ticket_id: TicketId, status: Status) -> Result<(), AppError> {
    use crate::server::finsupport::{finsupport, is_admin};
    let client = finsupport()?;
    if is_admin() {
        client.admin_status(ticket_id, status).await?
    } else {
        client.assignee_status(ticket_id, status).await?
    };
    Ok(())
}

/// An admin closes the ticket, with the reason.
#[server(endpoint = "tickets/close")]
pub async fn close(
    ticket_id: TicketId,
    reason: String,
    #[server(default)] key: Option<String>,
) -> Result<(), AppError> {
    let close = contract::ticket::AdminClose { reason };
    crate::server::finsupport::finsupport_once(key)?.admin_close(ticket_id, &close).await?;
    Ok(())
}

/// The day before which the ticket is not worked on; an empty date removes it.
#[server(endpoint = "tickets/set_start_date")]
pub async fn set_start_date(
    ticket_id: TicketId,
    #[server(default)] start_date: Option<String>,
) -> Result<(), AppError> {
    let start = contract::ticket::StartDate { start_date: start_date.filter(|date| !date.is_empty()) };
    crate::server::finsupport::finsupport()?.start_date(ticket_id, &start).await?;
    Ok(())
}

/// An admin completes the ticket in the assignee's name.
#[server(endpoint = "tickets/complete_for_assignee")]
pub async fn complete_for_assignee(ticket_id: TicketId) -> Result<(), AppError> {
    crate::server::finsupport::finsupport()?.complete_for_assignee(ticket_id).await?;
    Ok(())
}

/// An admin gives the ticket to somebody.
#[server(endpoint = "tickets/assign")]
pub async fn assign(ticket_id: TicketId, assignee_id: PersonId) -> Result<(), AppError> {
    crate::server::finsupport::finsupport()?.assign(ticket_id, assignee_id).await?;
    Ok(())
}

/// An assignee takes a ticket that nobody has.
#[server(endpoint = "tickets/claim")]
pub async fn claim(ticket_id: TicketId) -> Result<(), AppError> {
    use contract::{Code, Problem};
    let claimed = crate::server::finsupport::finsupport()?.claim(ticket_id).await;
    claimed.map_err(|problem| match problem.code {
        // It was offered because nobody had it, and who does not have a ticket does not see it.
        Code::NotFound => Problem { detail: crate::texts::desk().claimed_before.to_owned(), ..problem },
        _ => problem,
    })?;
    Ok(())
}

/// Staff say how soon the ticket wants attention, whatever else was changed meanwhile.
#[server(endpoint = "tickets/prioritise")]
pub async fn prioritise(ticket_id: TicketId, priority: Priority) -> Result<(), AppError> {
    use crate::server::finsupport::{finsupport, is_remote};
    let client = finsupport()?;
    let ticket = if is_remote() { client.ticket(ticket_id).await? } else { client.look_at(ticket_id).await? };
    let edit = contract::ticket::TicketEdit { priority: Some(priority), ..Default::default() };
    client.update_ticket(ticket_id, ticket.version, &edit).await?;
    Ok(())
}

/// Takes back the newest such deed of the viewer on the ticket.
#[server(endpoint = "tickets/undo")]
pub async fn undo(ticket_id: TicketId, deed: Deed) -> Result<(), AppError> {
    crate::server::finsupport::finsupport()?.undo(ticket_id, Some(deed)).await?;
    Ok(())
}

/// The ticket is unread again for the viewer.
#[server(endpoint = "tickets/mark_unread")]
pub async fn mark_unread(ticket_id: TicketId) -> Result<(), AppError> {
    crate::server::finsupport::finsupport()?.mark_unread(ticket_id).await?;
    Ok(())
}

/// The ticket is read: it was looked at ahead, and now the viewer has it before them.
#[server(endpoint = "tickets/mark_read")]
pub async fn mark_read(ticket_id: TicketId) -> Result<(), AppError> {
    crate::server::finsupport::finsupport()?.ticket(ticket_id).await?;
    Ok(())
}
