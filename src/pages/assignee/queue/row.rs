//! A ticket in the queue.

use crate::{
    pages::shared::badges::{PriorityBars, StatusPill},
    texts::{common, desk},
    ui::{
        avatar::Avatar,
        icon::{Icon, LuFlame},
        time::Time,
    },
    viewer::viewer,
};
use contract::{id::TicketId, ticket::Ticket};
use leptos::prelude::*;

/// A row; the one that is open beside the queue is marked, and being read.
#[component]
pub fn Row(
    id: TicketId,
    ticket: ArcRwSignal<Ticket>,
    open: Memo<Option<TicketId>>,
    query: StoredValue<String>,
) -> impl IntoView {
    let ticket = RwSignal::from(ticket);
    let current = move || open.get() == Some(id);
    let unread = Memo::new(move |_| ticket.with(|ticket| ticket.unread) && !current());
    view! {
        <li>
            <a class="desk-row" href=format!("/desk/tickets/{id}?{}", query.get_value()) aria-current=move || current().then_some("true")>
                <span class="flex items-center gap-2">
                    <span class=move || if unread.get() { "unread-dot" } else { "size-2 shrink-0" } aria-hidden="true"></span>
                    {move || unread.get().then(|| view! { <span class="sr-only">{common().unread}</span> })}
                    <span class=move || if unread.get() { "min-w-0 flex-1 truncate font-semibold" } else { "min-w-0 flex-1 truncate" } dir="auto">
                        {move || ticket.with(|ticket| ticket.subject.clone())}
                    </span>
                    <span class="text-2xs text-base-content/70 tabular-nums">
                        {move || view! { <Time at=ticket.with(|ticket| ticket.updated_at.clone()) short=true /> }}
                    </span>
                </span>
                {move || view! { <Marks ticket=ticket.get() /> }}
            </a>
        </li>
    }
}

/// The second line: how urgent, where it stands, whose it is.
#[component]
fn Marks(ticket: Ticket) -> impl IntoView {
    let escalation = ticket.escalation.as_ref().map(|escalation| desk().escalation(escalation.level));
    let reference = ticket.reference();
    // Whose ticket it is, unless it is the viewer's own.
    let assignee = ticket.assignee.filter(|assignee| viewer().is_none_or(|viewer| viewer.person.id != assignee.id));
    view! {
        <span class="mt-1 flex items-center gap-2 ps-4">
            <PriorityBars priority=ticket.priority />
            <StatusPill status=ticket.status />
            {escalation.map(|label| {
                let title = label.clone();
                view! { <span class="text-error" title=title><Icon icon=LuFlame /><span class="sr-only">{label}</span></span> }
            })}
            <span class="min-w-0 flex-1 truncate text-2xs text-base-content/70">{reference} " · " <bdi>{ticket.customer.name}</bdi></span>
            {assignee.map(|assignee| {
                let title = assignee.name.clone();
                view! { <span title=title><Avatar name=assignee.name small=true /></span> }
            })}
        </span>
    }
}
