//! The conversation of a ticket: messages, notes that cannot be mistaken for them, and the events between. It is written
//! as text, part by part; a part that changes is written anew, the others stay as they are.

mod marks;
mod parts;

pub use marks::Tools;

use crate::{
    form::ActionForm,
    pages::shared::{attach::files, shown::Shown},
    texts::{common, merging},
    ui::{
        avatar::avatar,
        icon::{LuEllipsis, LuSplit, icon},
        menu::menu,
        submit::Submit,
        time::time,
        written::written,
    },
    viewer::{role, viewer},
};
use contract::{
    Role,
    choice::Choices,
    event::{Change, Event, What},
    file::File,
    id::MergeId,
    person::Person,
    ticket::{TicketLink, reference},
};
use leptos::prelude::*;
use maud::{Markup, PreEscaped, html};
use parts::{Part, Said, parts};

/// The description and everything after it, oldest first.
#[component]
pub fn Conversation(
    shown: Shown,
    /// What the viewer can do within it.
    #[prop(optional)]
    tools: Option<Tools>,
) -> impl IntoView {
    let one = move |part: Part| match (part.undo, tools, &part.said) {
        (Some(merge), Some(tools), Said::Event(event)) => {
            let line = written(line(event, part.origin));
            view! { <div class="event-line">{line}<UndoMerge tools merge /></div> }.into_any()
        }
        _ => written(part.written()).into_any(),
    };
    view! { <For each=move || shown.thread.with(|thread| parts(thread, tools)) key=|part| part.key children=one /> }
}

impl Part {
    fn written(&self) -> Markup {
        match &self.said {
            Said::Message { author, html, files, at } => self.message(author, html, files, at),
            Said::Note { author, html, files, at } => self.note(author, html, files, at),
            Said::Event(event) => html! {
                div.event-line {
                    (line(event, self.origin))
                    @for text in detail(&event.what) { p.ps-2 dir="auto" { (text) } }
                }
            },
        }
    }

    /// Public text.
    fn message(&self, author: &Person, html: &str, attached: &[File], at: &str) -> Markup {
        html! {
            article.message.message-staff[author.role.is_staff()] {
                (avatar(&author.name, false))
                div class="min-w-0 flex-1" {
                    header.message-head {
                        bdi.font-semibold { (called(author)) }
                        span class="text-2xs text-base-content/70" { (place(author.role)) }
                        (origin(self.origin))
                        span class="ms-auto text-2xs text-base-content/70" { (time(at, false)) }
                        @if let Some(href) = &self.split { (message_menu(href)) }
                    }
                    (text(html))
                    (files(attached))
                    @for to in &self.splits {
                        p class="mt-1 text-2xs text-base-content/70" { (merging().split_to) " " (ticket_name(to)) }
                    }
                }
            }
        }
    }

    /// Internal text: another shape, another colour, and the words.
    fn note(&self, author: &Person, html: &str, attached: &[File], at: &str) -> Markup {
        html! {
            article.note {
                header.message-head {
                    bdi.font-semibold { (called(author)) }
                    span.note-label { (common().staff_only) }
                    (origin(self.origin))
                    span class="ms-auto text-2xs text-base-content/70" { (time(at, false)) }
                }
                (text(html))
                (files(attached))
            }
        }
    }
}

/// What somebody wrote: Markdown, which the server rendered and sanitised.
fn text(safe: &str) -> Markup {
    html! { div.markdown dir="auto" { (PreEscaped(safe)) } }
}

/// Where something was written, when it was on another ticket.
fn origin(number: Option<i64>) -> Markup {
    html! { @if let Some(number) = number { span.origin { (merging().from(number)) } } }
}

/// Another ticket, by its number, leading there.
pub fn ticket_name(link: &TicketLink) -> Markup {
    let base = if role().is_staff() { "/desk/tickets" } else { "/tickets" };
    html! { a.link href={ (base) "/" (link.ticket_id) } { (reference(link.number)) } }
}

/// What can be done with a message.
fn message_menu(split: &str) -> Markup {
    let t = merging();
    let links = html! { a.menu-item href=(split) { (icon(LuSplit)) (t.split) } };
    menu(&icon(LuEllipsis), t.message_menu, "btn btn-ghost btn-xs btn-square", &links)
}

/// What happened between messages, in a line.
fn line(event: &Event, origin: Option<i64>) -> Markup {
    html! {
        p {
            bdi.font-semibold { (called(&event.actor)) } " " span dir="auto" { (sentence(event)) }
            @if let Some(link) = other(&event.what) { " " (ticket_name(&link)) }
            " · " (time(&event.at, false))
            @if let Some(number) = origin { " · " (merging().from(number)) }
        }
    }
}

fn detail(what: &What) -> Vec<String> {
    let What::Escalated { tried, impact, .. } = what else { return Vec::new() };
    let texts = [("Tried", tried), ("Impact", impact)].into_iter();
    texts.filter_map(|(label, text)| text.as_ref().map(|text| format!("{label}: {text}"))).collect()
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
