//! The conversation of a ticket: messages, notes that cannot be mistaken for them, and the events between.

mod marks;

pub use marks::Tools;

use crate::{
    form::ActionForm,
    pages::shared::attach::Files,
    rpc::threads::{Item, Thread},
    texts::{common, merging},
    ui::{
        avatar::Avatar,
        icon::{Icon, LuEllipsis, LuSplit},
        menu::Menu,
        submit::Submit,
        time::Time,
    },
    viewer::{role, viewer},
};
use contract::{
    Role,
    choice::Choices,
    event::{Change, Event, What},
    file::File,
    id::{MergeId, ReplyId},
    person::Person,
    ticket::{TicketLink, reference},
};
use leptos::prelude::*;
use marks::Marks;

/// The description and everything after it, oldest first.
#[component]
pub fn Conversation(
    thread: Thread,
    /// What the viewer can do within it.
    #[prop(optional)]
    tools: Option<Tools>,
) -> impl IntoView {
    let (marks, author) = (Marks::of(&thread), thread.author());
    let Thread { ticket, description, files, items, .. } = thread;
    let items = items.into_iter().map(|item| match item {
        Item::Reply { reply, html } => {
            let (origin, splits) = (marks.origin(reply.ticket_id), marks.splits(reply.reply_id));
            let tools = tools.map(|tools| (tools, reply.reply_id));
            view! { <Message author=reply.author html files=reply.files at=reply.created_at origin splits tools /> }
                .into_any()
        }
        Item::Note { note, html } => {
            let origin = marks.origin(note.ticket_id);
            view! { <NoteBox author=note.author html files=note.files at=note.created_at origin /> }.into_any()
        }
        Item::Beginning { ticket, author, html, files, at } => {
            view! { <Message author html files at origin=Some(ticket.number) /> }.into_any()
        }
        Item::Event(event) => {
            let undo = tools.and_then(|tools| Some((tools, marks.undoable(&event.what)?)));
            let origin = marks.origin(event.ticket_id);
            view! { <EventLine event origin undo /> }.into_any()
        }
    });
    view! {
        <Message author html=description files at=ticket.created_at origin=None />
        {items.collect_view()}
    }
}

/// Public text.
#[component]
fn Message(
    author: Person,
    html: String,
    files: Vec<File>,
    at: String,
    /// The number of the ticket on which it was written, when it is not the one shown.
    origin: Option<i64>,
    /// The tickets that it became.
    #[prop(optional)]
    splits: Vec<TicketLink>,
    #[prop(default = None)] tools: Option<(Tools, ReplyId)>,
) -> impl IntoView {
    let role = if author.role.is_staff() { "message message-staff" } else { "message" };
    view! {
        <article class=role>
            <Avatar name=author.name.clone() />
            <div class="min-w-0 flex-1">
                <header class="message-head">
                    <bdi class="font-semibold">{called(&author)}</bdi>
                    <span class="text-2xs text-base-content/70">{place(author.role)}</span>
                    <Origin origin />
                    <span class="ms-auto text-2xs text-base-content/70"><Time at /></span>
                    {tools.map(|(tools, reply)| view! { <MessageMenu tools reply /> })}
                </header>
                <div class="markdown" dir="auto" inner_html=html></div>
                <Files files />
                {splits.into_iter().map(|to| view! { <p class="mt-1 text-2xs text-base-content/70">{merging().split_to} " " <TicketName link=to /></p> }).collect_view()}
            </div>
        </article>
    }
}

/// Internal text: another shape, another colour, and the words.
#[component]
fn NoteBox(author: Person, html: String, files: Vec<File>, at: String, origin: Option<i64>) -> impl IntoView {
    view! {
        <article class="note">
            <header class="message-head">
                <bdi class="font-semibold">{called(&author)}</bdi>
                <span class="note-label">{common().staff_only}</span>
                <Origin origin />
                <span class="ms-auto text-2xs text-base-content/70"><Time at /></span>
            </header>
            <div class="markdown" dir="auto" inner_html=html></div>
            <Files files />
        </article>
    }
}

/// Where something was written, when it was on another ticket.
#[component]
fn Origin(origin: Option<i64>) -> impl IntoView {
    origin.map(|number| view! { <span class="origin">{merging().from(number)}</span> })
}

/// Another ticket, by its number, leading there.
#[component]
fn TicketName(link: TicketLink) -> impl IntoView {
    let base = if role().is_staff() { "/desk/tickets" } else { "/tickets" };
    view! { <a class="link" href=format!("{base}/{}", link.ticket_id)>{reference(link.number)}</a> }
}

/// What can be done with a message.
#[component]
fn MessageMenu(tools: Tools, reply: ReplyId) -> impl IntoView {
    let t = merging();
    let split = move || format!("?{}&split={reply}#split", tools.query.get());
    view! {
        <Show when=move || tools.may.get()>
            <Menu label=|| view! { <Icon icon=LuEllipsis /> } name=t.message_menu button="btn btn-ghost btn-xs btn-square" end=true>
                <a class="menu-item" href=split><Icon icon=LuSplit />{t.split}</a>
            </Menu>
        </Show>
    }
}

/// What happened between messages, in a line.
#[component]
fn EventLine(event: Event, origin: Option<i64>, undo: Option<(Tools, MergeId)>) -> impl IntoView {
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
            <p>
                <bdi class="font-semibold">{actor}</bdi> " " <span dir="auto">{sentence(&event)}</span>
                {other(&event.what).map(|link| view! { " " <TicketName link /> })}
                " · " <Time at=event.at />
                {origin.map(|number| view! { " · " {merging().from(number)} })}
            </p>
            {undo.map(|(tools, merge)| view! { <UndoMerge tools merge /> })}
            {detail.into_iter().map(|line| view! { <p class="ps-2" dir="auto">{line}</p> }).collect_view()}
        </div>
    }
}

/// Undoes the merge that a line tells of.
#[component]
fn UndoMerge(tools: Tools, merge: MergeId) -> impl IntoView {
    let action = tools.undo;
    view! {
        <Show when=move || tools.may.get()>
            <ActionForm action>
                <input type="hidden" name="merge_id" value=merge.to_string() />
                <Submit pending=action.pending() class="btn btn-xs">{merging().undo}</Submit>
            </ActionForm>
        </Show>
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
        What::Merged { sources, .. } => format!("merged {} into this ticket", references(sources)),
        What::MergedInto { .. } => "merged this ticket into".to_owned(),
        What::MergeUndone { sources, .. } => format!("undid the merge of {}", references(sources)),
        What::Unmerged { .. } => "undid the merge into".to_owned(),
        What::Split { .. } => "split a reply off to".to_owned(),
        What::SplitFrom { .. } => "split this off from".to_owned(),
    }
}

/// The other ticket that something has to do with: it stands after the sentence, and leads there.
fn other(what: &What) -> Option<TicketLink> {
    match what {
        What::MergedInto { target, .. } | What::Unmerged { target, .. } => Some(target.clone()),
        What::Split { ticket, .. } | What::SplitFrom { ticket, .. } => Some(ticket.clone()),
        _ => None,
    }
}

fn references(links: &[TicketLink]) -> String {
    links.iter().map(|link| reference(link.number)).collect::<Vec<_>>().join(", ")
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
