//! Beside the conversation: the ticket's facts, its followers and files, and who the customer is.

use super::{followers::Followers, merge::MergedTickets};
use crate::{
    error::AppError,
    form::Form,
    format,
    pages::shared::{attach::FileChip, badges::StatusPill, refusal::Failed, shown::Shown},
    rpc::{
        merges::UndoMerge,
        threads::{Around, Item, Thread},
    },
    texts::desk,
    ui::{
        avatar::Avatar,
        icon::{Icon, LuChevronDown},
        time::Time,
    },
};
use contract::{choice::Choices, file::File, person::Contact, ticket::Ticket};
use leptos::prelude::*;

/// The rightmost pane; where there is no room beside the conversation, folded away below it.
#[component]
pub fn Context(shown: Shown, around: Result<Around, AppError>, undo: Form<UndoMerge>) -> impl IntoView {
    let t = desk();
    let people = around.as_ref().map(|around| around.people.clone()).unwrap_or_default();
    let open = RwSignal::new(false);
    view! {
        <aside class="desk-context" class:desk-context-open=move || open.get() aria-label=t.context tabindex="0">
            <button
                class="desk-context-toggle needs-js"
                type="button"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls="context"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <span class="desk-context-chevron"><Icon icon=LuChevronDown /></span>
                {t.show_context}
            </button>
            <div class="desk-context-body" id="context">
                <section>
                    <h2 class="desk-context-title">{t.ticket}</h2>
                    {move || shown.thread.with(|thread| view! { <Facts ticket=thread.ticket.clone() /> })}
                </section>
                <MergedTickets shown undo />
                <section>
                    <h2 class="sr-only">{t.followers}</h2>
                    <Followers shown people />
                </section>
                <Files shown />
                <section>
                    <h2 class="desk-context-title">{t.customer}</h2>
                    <Customer shown around />
                </section>
            </div>
        </aside>
    }
}

#[component]
fn Facts(ticket: Ticket) -> impl IntoView {
    let t = desk();
    let assignee = ticket.assignee.map(|assignee| assignee.name);
    view! {
        <dl class="desk-facts">
            <dt>{t.assignee}</dt>
            <dd class="flex items-center gap-1.5">
                {match assignee {
                    Some(name) => view! { <Avatar name=name.clone() small=true /><bdi>{name}</bdi> }.into_any(),
                    None => view! { {t.nobody} }.into_any(),
                }}
            </dd>
            <dt>{t.category}</dt>
            <dd>{ticket.category.label()}</dd>
            <dt>{t.priority}</dt>
            <dd>{ticket.priority.label()}</dd>
            <dt>{t.starts}</dt>
            <dd>{ticket.start_date.map_or_else(|| t.now.to_owned(), |date| format::date(&date))}</dd>
            {ticket.payment_id.map(|id| view! { <dt>{t.payment}</dt><dd class="font-mono text-2xs break-all">{id}</dd> })}
            <dt>{t.channel}</dt>
            <dd>{ticket.channel.label()}</dd>
            <dt>{t.filed}</dt>
            <dd><Time at=ticket.created_at /></dd>
            {ticket.follow_up_of.map(|link| view! {
                <dt>{t.follows_up}</dt>
                <dd><a class="link" href=format!("/desk/tickets/{}", link.ticket_id)>{contract::ticket::reference(link.number)}</a></dd>
            })}
        </dl>
    }
}

/// Every file of the conversation in one place.
#[component]
fn Files(shown: Shown) -> impl IntoView {
    let files = Memo::new(move |_| shown.thread.with(all_files));
    view! {
        <Show when=move || files.with(|files| !files.is_empty())>
            <section>
                <h2 class="desk-context-title">{desk().files}</h2>
                <ul class="flex flex-col items-start gap-1">
                    <For each=move || files.get() key=|file| file.file_id let(file)>
                        <li class="max-w-full"><FileChip file /></li>
                    </For>
                </ul>
            </section>
        </Show>
    }
}

fn all_files(thread: &Thread) -> Vec<File> {
    let later = thread.items.iter().flat_map(|item| match item {
        Item::Reply { reply, .. } => reply.files.clone(),
        Item::Note { note, .. } => note.files.clone(),
        Item::Beginning { files, .. } => files.clone(),
        Item::Event(_) => Vec::new(),
    });
    thread.files.iter().cloned().chain(later).collect()
}

#[component]
fn Customer(shown: Shown, around: Result<Around, AppError>) -> impl IntoView {
    match around {
        Ok(Around { customer, tickets, .. }) => {
            let others = tickets.into_iter().filter(|other| other.ticket_id != shown.id()).collect();
            view! { <Known contact=customer others /> }.into_any()
        }
        Err(error) => view! { <Failed error /> }.into_any(),
    }
}

#[component]
fn Known(contact: Contact, others: Vec<Ticket>) -> impl IntoView {
    let t = desk();
    let none = others.is_empty();
    view! {
        <p class="font-medium"><bdi>{contact.person.name}</bdi></p>
        {contact.person.email.map(|email| view! { <p class="break-all"><a class="link" href=format!("mailto:{email}")>{email.clone()}</a></p> })}
        <p class="text-base-content/70">
            {contact.organization.map(|organization| view! { <bdi>{organization.name}</bdi> " · " })} {t.since} " " {format::date(&contact.since)}
        </p>
        <h3 class="mt-3 text-2xs font-medium text-base-content/70">{t.other_tickets}</h3>
        {none.then(|| view! { <p class="text-base-content/70">{t.no_other_tickets}</p> })}
        <ul class="mt-1 flex flex-col gap-1.5">
            {others.into_iter().map(|ticket| view! {
                <li class="flex min-h-6 items-center gap-2">
                    <StatusPill status=ticket.status />
                    <a class="min-w-0 truncate py-0.5 hover:underline" href=format!("/desk/tickets/{}", ticket.ticket_id) dir="auto">{ticket.subject}</a>
                </li>
            }).collect_view()}
        </ul>
    }
}
