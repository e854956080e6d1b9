//! The conversation of a ticket: messages, notes that cannot be mistaken for them, and the events between.

use crate::{
    pages::shared::attach::Files,
    rpc::threads::Item,
    texts::common,
    ui::{avatar::Avatar, time::Time},
    viewer::{role, viewer},
};
use contract::{
    Role,
    choice::Choices,
    event::{Change, Event, What},
    file::File,
    person::Person,
};
use leptos::prelude::*;

/// The description and everything after it, oldest first.
#[component]
pub fn Conversation(
    author: Person,
    /// The description, as safe HTML.
    description: String,
    files: Vec<File>,
    at: String,
    items: Vec<Item>,
) -> impl IntoView {
    let items = items.into_iter().map(|item| match item {
        Item::Reply { reply, html } => {
            view! { <Message author=reply.author html files=reply.files at=reply.created_at /> }.into_any()
        }
        Item::Note { note, html } => {
            view! { <NoteBox author=note.author html files=note.files at=note.created_at /> }.into_any()
        }
        Item::Event(event) => view! { <EventLine event /> }.into_any(),
    });
    view! {
        <Message author html=description files at />
        {items.collect_view()}
    }
}

/// Public text.
#[component]
fn Message(author: Person, html: String, files: Vec<File>, at: String) -> impl IntoView {
    let role = if author.role.is_staff() { "message message-staff" } else { "message" };
    view! {
        <article class=role>
            <Avatar name=author.name.clone() />
            <div class="min-w-0 flex-1">
                <header class="message-head">
                    <bdi class="font-semibold">{called(&author)}</bdi>
                    <span class="text-2xs text-base-content/70">{place(author.role)}</span>
                    <span class="ms-auto text-2xs text-base-content/70"><Time at /></span>
                </header>
                <div class="markdown" dir="auto" inner_html=html></div>
                <Files files />
            </div>
        </article>
    }
}

/// Internal text: another shape, another colour, and the words.
#[component]
fn NoteBox(author: Person, html: String, files: Vec<File>, at: String) -> impl IntoView {
    view! {
        <article class="note">
            <header class="message-head">
                <bdi class="font-semibold">{called(&author)}</bdi>
                <span class="note-label">{common().staff_only}</span>
                <span class="ms-auto text-2xs text-base-content/70"><Time at /></span>
            </header>
            <div class="markdown" dir="auto" inner_html=html></div>
            <Files files />
        </article>
    }
}

/// What happened between messages, in a line.
#[component]
fn EventLine(event: Event) -> impl IntoView {
    let actor = called(&event.actor);
    let detail = match &event.what {
        What::Escalated { tried, impact, .. } => [("Tried", tried), ("Impact", impact)]
            .into_iter()
            .filter_map(|(label, text)| text.clone().map(|text| format!("{label}: {text}")))
            .collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    view! {
        <div class="event-line">
            <p><bdi class="font-semibold">{actor}</bdi> " " <span dir="auto">{sentence(&event)}</span> " · " <Time at=event.at /></p>
            {detail.into_iter().map(|line| view! { <p class="ps-2" dir="auto">{line}</p> }).collect_view()}
        </div>
    }
}

/// A person's name, with "(you)" for the viewer.
pub fn called(person: &Person) -> String {
    match viewer() {
        Some(viewer) if viewer.person.id == person.id => format!("{} ({})", person.name, common().you),
        _ => person.name.clone(),
    }
}

/// Which side an author stands on: to customers, staff are the company, whoever does what there.
fn place(author: Role) -> String {
    match (role().is_staff(), author.is_staff()) {
        (true, _) => author.label().to_lowercase(),
        (false, true) => common().product.to_owned(),
        (false, false) => String::new(),
    }
}

/// What happened, after the actor's name.
pub fn sentence(event: &Event) -> String {
    match &event.what {
        What::Changed => "changed something".to_owned(),
        What::Created { .. } => "filed this ticket".to_owned(),
        What::Replied { .. } => "replied".to_owned(),
        What::Noted { .. } => "added a note".to_owned(),
        What::Queued { .. } => "wrote a reply, which waits to be sent".to_owned(),
        What::Unqueued { .. } => "took a reply back before it was sent".to_owned(),
        What::Held { .. } => "has a reply that was not sent".to_owned(),
        What::Edited { changes } => changes.iter().map(change).collect::<Vec<_>>().join(", "),
        What::Assigned { assignee, .. } if assignee.id == event.actor.id => "took this ticket".to_owned(),
        What::Assigned { assignee, from: Some(from) } => format!("passed this from {} to {}", from.name, assignee.name),
        What::Assigned { assignee, from: None } => format!("assigned {}", assignee.name),
        What::StatusChanged { from, to } => format!("moved this from {} to {}", from.label(), to.label()),
        What::CompletedForAssignee { assignee, .. } => format!("completed this for {}", assignee.name),
        What::Closed { reason, rating, .. } => {
            let rated = rating.map(|stars| format!(", rated {stars} of 5")).unwrap_or_default();
            let why = reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
            format!("closed this ticket{rated}{why}")
        }
        What::Escalated { level, reason, .. } => format!("escalated this (level {level}): {reason}"),
        What::FollowerAdded { follower } => format!("added {} as a follower", follower.name),
        What::FollowerRemoved { follower } => format!("removed {} from the followers", follower.name),
        What::StartDateSet { start_date: Some(date) } => format!("set the start date to {date}"),
        What::StartDateSet { start_date: None } => "removed the start date".to_owned(),
        What::Undone { deed, .. } => format!("took back {}", deed.label()),
    }
}

fn change(change: &Change) -> String {
    match change {
        Change::Subject { to, .. } => format!("changed the subject to “{to}”"),
        Change::Description => "edited the description".to_owned(),
        Change::Category { from, to } => format!("changed the category from {} to {}", from.label(), to.label()),
        Change::Priority { from, to } => format!("changed the priority from {} to {}", from.label(), to.label()),
        Change::PaymentId { to: Some(to), .. } => format!("set the payment to {to}"),
        Change::PaymentId { to: None, .. } => "removed the payment".to_owned(),
    }
}
