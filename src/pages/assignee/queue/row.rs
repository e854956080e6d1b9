//! A ticket in the queue.

use crate::{
    pages::shared::badges::{PriorityBars, StatusPill},
    texts::{common, desk},
    ui::{
        avatar::Avatar,
        icon::{Icon, LuFlame},
        time::Time,
    },
};
use contract::ticket::Ticket;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// A row; the one that is open beside the queue is marked.
#[component]
pub fn Row(ticket: Ticket, query: String) -> impl IntoView {
    let page = format!("/desk/tickets/{}", ticket.ticket_id);
    let href = format!("{page}?{query}");
    let path = use_location().pathname;
    let current = move || path.with(|path| *path == page).then_some("true");
    let weight = if ticket.unread { "truncate flex-1 font-semibold" } else { "truncate flex-1" };
    let dot = if ticket.unread { "unread-dot" } else { "size-2 shrink-0" };
    let escalation = ticket.escalation.as_ref().map(|escalation| desk().escalation(escalation.level));
    let reference = ticket.reference();
    view! {
        <li>
            <a class="desk-row" href=href aria-current=current>
                <span class="flex items-center gap-2">
                    <span class=dot aria-hidden="true"></span>
                    {ticket.unread.then(|| view! { <span class="sr-only">{common().unread}</span> })}
                    <span class=weight dir="auto">{ticket.subject}</span>
                    <span class="text-2xs text-base-content/70 tabular-nums"><Time at=ticket.updated_at short=true /></span>
                </span>
                <span class="mt-1 flex items-center gap-2 ps-4">
                    <PriorityBars priority=ticket.priority />
                    <StatusPill status=ticket.status />
                    {escalation.map(|label| {
                        let title = label.clone();
                        view! { <span class="text-error" title=title><Icon icon=LuFlame /><span class="sr-only">{label}</span></span> }
                    })}
                    <span class="min-w-0 flex-1 truncate text-2xs text-base-content/70">{reference} " · " <bdi>{ticket.customer.name}</bdi></span>
                    {ticket.assignee.map(|assignee| {
                        let title = assignee.name.clone();
                        view! { <span title=title><Avatar name=assignee.name small=true /></span> }
                    })}
                </span>
            </a>
        </li>
    }
}
