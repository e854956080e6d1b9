//! One ticket in the list.

use crate::{
    pages::shared::badges::StatusPill,
    texts::{common, portal},
    ui::time::Time,
};
use contract::{choice::Choices, ticket::Ticket};
use leptos::prelude::*;

/// A ticket; the whole row opens it. `followed` names who filed it.
#[component]
pub fn Row(ticket: Ticket, followed: bool) -> impl IntoView {
    let unread = ticket.unread;
    let by = followed.then(|| format!(" · {}", portal().by(&ticket.customer.name)));
    view! {
        <li class="portal-row">
            <div class="min-w-0 flex-1">
                <p class="flex items-center gap-2">
                    {unread.then(|| view! { <span class="unread-dot"><span class="sr-only">{common().unread}</span></span> })}
                    <a class="portal-row-link" class:font-semibold=unread href=format!("/tickets/{}", ticket.ticket_id) dir="auto">
                        {ticket.subject.clone()}
                    </a>
                </p>
                <p class="text-2xs text-base-content/70">
                    {ticket.reference()} " · " {ticket.category.label()} {by}
                </p>
            </div>
            <div class="flex shrink-0 flex-col items-end gap-1">
                <StatusPill status=ticket.status />
                <span class="text-2xs text-base-content/70"><Time at=ticket.updated_at /></span>
            </div>
        </li>
    }
}
