//! A ticket in the queue.

use super::super::view::{Columns, use_columns};
use super::{rows::Rows, selection::Selection};
use crate::{
    live::live,
    pages::shared::badges::{PriorityBars, StatusPill},
    texts::{command, common, desk},
    ui::{
        avatar::Avatar,
        icon::{Icon, LuFlame},
        time::Time,
    },
    viewer::viewer,
};
use contract::{choice::Choices, id::TicketId, ticket::Ticket, view::Column};
use leptos::prelude::*;
use web_sys::MouseEvent;

/// A row; the one that is open beside the queue is marked, and being read.
#[component]
pub fn Row(
    id: TicketId,
    ticket: ArcRwSignal<Ticket>,
    open: Memo<Option<TicketId>>,
    query: StoredValue<String>,
    rows: Rows,
    selection: Selection,
) -> impl IntoView {
    let ticket = RwSignal::from(ticket);
    let columns = use_columns();
    let current = move || open.get() == Some(id);
    let unread = Memo::new(move |_| ticket.with(|ticket| ticket.unread) && !current());
    let present = move || live().present.with(|all| all.get(&id).cloned().unwrap_or_default());
    let named = move || command().select_ticket(&ticket.with(|ticket| ticket.subject.clone()));
    let on_box = move |click: MouseEvent| {
        if click.shift_key() {
            click.prevent_default();
            let order = rows.shown.with_untracked(|rows| rows.iter().map(|(id, _)| *id).collect::<Vec<_>>());
            // The box is set by the selection once the click is over.
            request_animation_frame(move || selection.extend(id, &order));
        }
    };
    view! {
        <li class="desk-item" class:desk-item-selected=move || selection.has(id)>
            <label class="desk-box needs-js">
                <input
                    class="checkbox checkbox-xs"
                    type="checkbox"
                    // With the keyboard a row is selected by its command; tabbing stays one stop for each.
                    tabindex="-1"
                    aria-label=named
                    prop:checked=move || selection.has(id)
                    on:click=on_box
                    on:change=move |_| selection.toggle(id)
                />
            </label>
            <a class="desk-row" href=format!("/desk/tickets/{id}?{}", query.get_value()) aria-current=move || current().then_some("true")>
                <span class="flex items-center gap-2">
                    <span class=move || if unread.get() { "unread-dot" } else { "size-2 shrink-0" } aria-hidden="true"></span>
                    {move || unread.get().then(|| view! { <span class="sr-only">{common().unread}</span> })}
                    <span class=move || if unread.get() { "min-w-0 flex-1 truncate font-semibold" } else { "min-w-0 flex-1 truncate" } dir="auto">
                        {move || ticket.with(|ticket| ticket.subject.clone())}
                    </span>
                    <span class="text-2xs text-base-content/70 tabular-nums">
                        {move || columns.get().has(Column::Age).then(|| view! { <Time at=ticket.with(|ticket| ticket.updated_at.clone()) short=true /> })}
                    </span>
                </span>
                {move || view! { <Marks ticket=ticket.get() columns=columns.get() /> }}
                {move || present().into_iter().map(|present| {
                    let text = command().present(&present.person.name, present.typing);
                    view! { <span class="present present-row" class:present-typing=present.typing><Avatar name=present.person.name small=true />{text}</span> }
                }).collect_view()}
            </a>
        </li>
    }
}

/// The second line: how urgent, where it stands, whose it is; of these, what the view shows.
#[component]
fn Marks(ticket: Ticket, columns: Columns) -> impl IntoView {
    let escalation = ticket.escalation.as_ref().map(|escalation| desk().escalation(escalation.level));
    let reference = columns.has(Column::Number).then(|| ticket.reference());
    let customer = columns.has(Column::Customer).then(|| view! { <bdi>{ticket.customer.name.clone()}</bdi> });
    let dot = (reference.is_some() && customer.is_some()).then_some(" · ");
    // Whose ticket it is, unless it is the viewer's own.
    let assignee = ticket.assignee.filter(|_| columns.has(Column::Assignee));
    let assignee = assignee.filter(|assignee| viewer().is_none_or(|viewer| viewer.person.id != assignee.id));
    view! {
        <span class="mt-1 flex items-center gap-2 ps-4">
            {columns.has(Column::Priority).then(|| view! { <PriorityBars priority=ticket.priority /> })}
            {columns.has(Column::Status).then(|| view! { <StatusPill status=ticket.status /> })}
            {columns.has(Column::Category).then(|| view! { <span class="text-2xs text-base-content/70">{ticket.category.label()}</span> })}
            {escalation.map(|label| {
                let title = label.clone();
                view! { <span class="text-error" title=title><Icon icon=LuFlame /><span class="sr-only">{label}</span></span> }
            })}
            <span class="min-w-0 flex-1 truncate text-2xs text-base-content/70">{reference} {dot} {customer}</span>
            {assignee.map(|assignee| {
                let title = assignee.name.clone();
                view! {
                    <span class="sr-only">{desk().worked_by(&title)}</span>
                    <span title=title><Avatar name=assignee.name small=true /></span>
                }
            })}
        </span>
    }
}
