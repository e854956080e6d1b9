//! A ticket with its whole conversation, as one page shows it: replies, notes for staff, and events, in the order they
//! happened, their Markdown rendered and sanitised.

use crate::error::AppError;
use contract::{
    draft::Draft,
    event::Event,
    file::File,
    id::{OrganizationId, PersonId, TicketId},
    merge::Merge,
    note::Note,
    outbox::OutboxMessage,
    person::{Contact, Person},
    reply::Reply,
    ticket::{Ticket, TicketLink},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

/// All that a ticket's page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thread {
    pub ticket: Ticket,
    /// The description, as safe HTML.
    pub description: String,
    /// The files that came with the description.
    pub files: Vec<File>,
    pub items: Vec<Item>,
    /// Replies that are not sent yet. Staff only.
    pub outbox: Vec<Waiting>,
    pub followers: Vec<Person>,
    /// What the viewer is writing on it, for staff.
    pub drafts: Vec<Draft>,
    /// The merges that made this conversation of several tickets'.
    pub merges: Vec<Merge>,
    /// The last event this page knows of: what an answer written on it is based on.
    pub last_seq: i64,
}

/// One thing in the conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Item {
    /// A reply, its body as safe HTML.
    Reply { reply: Reply, html: String },
    /// A note, its body as safe HTML. Staff only.
    Note { note: Note, html: String },
    /// What a ticket began with that was merged into this one, as safe HTML.
    Beginning { ticket: TicketLink, author: Person, html: String, files: Vec<File>, at: String },
    /// Anything else that happened.
    Event(Event),
}

/// A reply that is not sent yet, its body as safe HTML.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    pub message: OutboxMessage,
    pub html: String,
}

/// What stands beside a ticket's conversation, for staff.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Around {
    pub customer: Contact,
    /// The customer's newest tickets that the viewer may see, this one among them, without descriptions.
    pub tickets: Vec<Ticket>,
    /// To whom it can be given: all staff who are here, then the customers of its organization.
    pub people: Vec<Contact>,
}

/// The ticket and its conversation; marks it as seen.
#[server(endpoint = "threads/one", input = GetUrl)]
pub async fn read_thread(ticket_id: TicketId) -> Result<Thread, AppError> {
    use crate::server::{
        finsupport::{finsupport, is_remote, is_staff},
        thread,
    };
    Ok(thread::read(&finsupport()?, ticket_id, is_staff(), !is_remote()).await?)
}

/// The same, and the ticket stays unread: it is read before somebody opens it. None when it is not to be seen any more.
#[server(endpoint = "threads/ahead", input = GetUrl)]
pub async fn read_ahead(ticket_id: TicketId) -> Result<Option<Thread>, AppError> {
    use crate::server::{finsupport::finsupport, thread};
    Ok(thread::look(&finsupport()?, ticket_id).await?)
}

/// What stands beside the conversation of a ticket of this customer and organization.
#[server(endpoint = "threads/around", input = GetUrl)]
pub async fn read_around(
    customer_id: PersonId,
    #[server(default)] organization_id: Option<OrganizationId>,
) -> Result<Around, AppError> {
    use crate::server::{finsupport::finsupport, thread};
    Ok(thread::around(&finsupport()?, customer_id, organization_id).await?)
}
