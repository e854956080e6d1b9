//! Puts a ticket's conversation together from what Finsupport answers.

use super::{finsupport::if_seen, markdown};
use crate::rpc::threads::{Around, Item, Thread, Waiting};
use client::Client;
use contract::{
    Problem, Role,
    draft::Draft,
    event::{Event, What},
    file::{File, OwnerKind},
    id::{OrganizationId, PersonId, TicketId},
    merge::Merge,
    note::Note,
    outbox::OutboxMessage,
    page::{PAGE_SIZE_MAX, Page, Paging},
    person::{Contact, PeopleFilter, present},
    reply::Reply,
    ticket::{Ticket, TicketFilter},
};
use std::future::Future;

/// Reads the ticket, marking it as seen, and everything on its page: what is `internal` for staff, its `history` where
/// that is told.
///
/// # Errors
/// Finsupport's refusal.
pub async fn read(client: &Client, id: TicketId, internal: bool, history: bool) -> Result<Thread, Problem> {
    let ticket = client.ticket(id).await?;
    around_ticket(client, ticket, internal, history).await
}

/// The same for staff, without marking it; none when it has just gone out of their sight, for nobody asked to see it.
///
/// # Errors
/// Finsupport's refusal.
pub async fn look(client: &Client, id: TicketId) -> Result<Option<Thread>, Problem> {
    let read = async { around_ticket(client, client.look_at(id).await?, true, true).await };
    if_seen(read.await)
}

async fn around_ticket(client: &Client, ticket: Ticket, internal: bool, history: bool) -> Result<Thread, Problem> {
    let id = ticket.ticket_id;
    let (replies, notes, events, files, followers, drafts, merges, outbox) = futures::try_join!(
        all(|paging| async move { client.replies(id, &paging).await }),
        notes(client, id, internal),
        events(client, id, history),
        all(|paging| async move { client.files_of_ticket(id, &paging).await }),
        all(|paging| async move { client.followers(id, &paging).await }),
        drafts(client, id, internal && history),
        merges(client, id, history),
        outbox(client, id, internal && history),
    )?;
    let sources = merges.iter().flat_map(|merge| &merge.sources).map(|source| client.ticket(source.ticket_id));
    let sources = futures::future::try_join_all(sources).await?;
    let last_seq = events.last().map_or(0, |event| event.seq);
    Ok(Thread {
        description: markdown::to_html(&ticket.description),
        files: files_of(&files, id),
        items: in_order(id, replies, notes, events, sources, &files),
        outbox: outbox.into_iter().map(waiting).collect(),
        ticket,
        followers,
        drafts,
        merges,
        last_seq,
    })
}

/// Reads what the viewer has in the outbox.
///
/// # Errors
/// Finsupport's refusal.
pub async fn my_outbox(client: &Client) -> Result<Vec<Waiting>, Problem> {
    let messages = all(|paging| async move { client.my_outbox(&paging).await }).await?;
    Ok(messages.into_iter().map(waiting).collect())
}

fn waiting(message: OutboxMessage) -> Waiting {
    Waiting { html: markdown::to_html(&message.body), message }
}

/// The customer's tickets that are shown beside one of them.
const OTHERS: u32 = 20;

/// Reads what stands beside the conversation of a ticket of this customer and organization.
///
/// # Errors
/// Finsupport's refusal.
pub async fn around(
    client: &Client,
    customer: PersonId,
    organization_id: Option<OrganizationId>,
) -> Result<Around, Problem> {
    let newest = TicketFilter { page_size: Some(OTHERS), ..TicketFilter::default() };
    let colleagues = async {
        match organization_id {
            Some(_) => people(client, PeopleFilter { organization_id, ..PeopleFilter::default() }).await,
            None => Ok(Vec::new()),
        }
    };
    let of_role = |role| people(client, PeopleFilter { role: Some(role), ..PeopleFilter::default() });
    let (customer, mut tickets, assignees, admins, colleagues) = futures::try_join!(
        client.person(customer),
        client.tickets_by_customer(customer, &newest),
        of_role(Role::Assignee),
        of_role(Role::Admin),
        colleagues,
    )?;
    let people = present([assignees, admins, colleagues].concat()).collect();
    tickets.items.iter_mut().for_each(|ticket| ticket.description.clear());
    Ok(Around { customer, tickets: tickets.items, people })
}

/// Assignees, then admins, those whose accounts were disabled among them.
///
/// # Errors
/// Finsupport's refusal.
pub async fn staff(client: &Client) -> Result<Vec<Contact>, Problem> {
    let of_role = |role| people(client, PeopleFilter { role: Some(role), ..PeopleFilter::default() });
    let (assignees, admins) = futures::try_join!(of_role(Role::Assignee), of_role(Role::Admin))?;
    Ok([assignees, admins].concat())
}

async fn people(client: &Client, filter: PeopleFilter) -> Result<Vec<Contact>, Problem> {
    let filter = &filter;
    all(|paging| async move {
        client.people(&PeopleFilter { page_size: paging.page_size, cursor: paging.cursor, ..filter.clone() }).await
    })
    .await
}

async fn events(client: &Client, id: TicketId, told: bool) -> Result<Vec<Event>, Problem> {
    if told { all(|paging| async move { client.events_of(id, &paging).await }).await } else { Ok(Vec::new()) }
}

/// What staff are writing on it, where that is kept.
async fn drafts(client: &Client, id: TicketId, kept: bool) -> Result<Vec<Draft>, Problem> {
    if kept { client.ticket_drafts(id).await } else { Ok(Vec::new()) }
}

async fn outbox(client: &Client, id: TicketId, kept: bool) -> Result<Vec<OutboxMessage>, Problem> {
    if kept { all(|paging| async move { client.outbox_of(id, &paging).await }).await } else { Ok(Vec::new()) }
}

async fn notes(client: &Client, id: TicketId, internal: bool) -> Result<Vec<Note>, Problem> {
    if internal { all(|paging| async move { client.notes(id, &paging).await }).await } else { Ok(Vec::new()) }
}

async fn merges(client: &Client, id: TicketId, told: bool) -> Result<Vec<Merge>, Problem> {
    if told { client.merges(id).await } else { Ok(Vec::new()) }
}

/// Every page of a list.
pub async fn all<T, F: Future<Output = Result<Page<T>, Problem>>>(
    fetch: impl Fn(Paging) -> F,
) -> Result<Vec<T>, Problem> {
    let mut items = Vec::new();
    let mut cursor = None;
    loop {
        let page = fetch(Paging { page_size: Some(PAGE_SIZE_MAX), cursor }).await?;
        items.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(items);
        }
    }
}

/// The files that came with the description of this ticket, among those of its conversation.
fn files_of(files: &[File], ticket: TicketId) -> Vec<File> {
    let own = |file: &&File| file.owner.kind == OwnerKind::Ticket && file.owner.id.is_none_or(|id| id == ticket.0);
    files.iter().filter(own).cloned().collect()
}

/// By time; the events that merely announce a reply or note give way to it, those that say of a source where it went, and
/// those of the outbox, which shows itself.
fn in_order(
    id: TicketId,
    replies: Vec<Reply>,
    notes: Vec<Note>,
    events: Vec<Event>,
    sources: Vec<Ticket>,
    files: &[File],
) -> Vec<Item> {
    let mut items: Vec<(String, u8, Item)> = Vec::new();
    for reply in replies {
        let html = markdown::to_html(&reply.body);
        items.push((reply.created_at.clone(), 0, Item::Reply { reply, html }));
    }
    for note in notes {
        let html = markdown::note_to_html(&note.body);
        items.push((note.created_at.clone(), 0, Item::Note { note, html }));
    }
    for source in sources {
        let (html, files) = (markdown::to_html(&source.description), files_of(files, source.ticket_id));
        let (ticket, at) = (source.link(), source.created_at);
        items.push((at.clone(), 0, Item::Beginning { ticket, author: source.customer, html, files, at }));
    }
    for event in events {
        let told_otherwise = match event.what {
            What::Created { .. } | What::Replied { .. } | What::Noted { .. } => true,
            What::Queued { .. } | What::Unqueued { .. } | What::Held { .. } => true,
            What::MergedInto { .. } | What::Unmerged { .. } => event.ticket_id != id,
            _ => false,
        };
        if !told_otherwise {
            items.push((event.at.clone(), 1, Item::Event(event)));
        }
    }
    items.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    items.into_iter().map(|(_, _, item)| item).collect()
}
