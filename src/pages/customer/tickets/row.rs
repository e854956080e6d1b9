//! One ticket in the list.

use crate::{
    pages::shared::{badges::StatusPill, marked::MarkedText},
    texts::{common, portal},
    ui::time::Time,
};
use contract::{
    choice::Choices,
    search::{Hit, Marked},
    ticket::Ticket,
};
use leptos::prelude::*;

/// A ticket; the whole row opens it. `followed` names who filed it, `hit` says what of it was searched for.
#[component]
pub fn Row(ticket: Ticket, hit: Option<Hit>, followed: bool) -> impl IntoView {
    let (marks, snippet) = hit.map(|hit| (hit.subject, hit.snippet)).unwrap_or_default();
    let subject = Marked { text: ticket.subject.clone(), marks };
    let snippet =
        snippet.map(|marked| view! { <p class="text-2xs text-base-content/70" dir="auto"><MarkedText marked /></p> });
    let unread = ticket.unread;
    let by = followed.then(|| format!(" · {}", portal().by(&ticket.customer.name)));
    view! {
        <li class="portal-row">
            <div class="min-w-0 flex-1">
                <p class="flex items-center gap-2">
                    {unread.then(|| view! { <span class="unread-dot"><span class="sr-only">{common().unread}</span></span> })}
                    <a class="portal-row-link" class:font-semibold=unread href=format!("/tickets/{}", ticket.ticket_id) dir="auto">
                        <MarkedText marked=subject />
                    </a>
                </p>
                <p class="text-2xs text-base-content/70">
                    {ticket.reference()} " · " {ticket.category.label()} {by}
                </p>
                {snippet}
            </div>
            <div class="flex shrink-0 flex-col items-end gap-1">
                <StatusPill status=ticket.status />
                <span class="text-2xs text-base-content/70"><Time at=ticket.updated_at /></span>
            </div>
        </li>
    }
}
