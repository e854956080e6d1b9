//! A ticket in the queue.

use super::super::view::{Columns, use_columns};
use super::{rows::Rows, selection::Selection};
use crate::{
    live::live,
    pages::shared::badges::{priority_bars, status_pill},
    texts::{command, common, desk},
    ui::{
        avatar::avatar,
        icon::{LuFlame, icon},
        settled::Settled,
        time::{Now, now},
        written::END,
    },
    viewer::viewer,
};
use contract::{
    choice::Choices,
    id::{PersonId, TicketId},
    presence::Present,
    ticket::Ticket,
    view::Column,
};
use leptos::prelude::*;
use maud::{Markup, html};
use std::collections::HashMap;
use web_sys::MouseEvent;

/// What all rows of a queue are told with, found once for all of them.
#[derive(Clone, Copy)]
pub struct Teller {
    columns: Signal<Columns>,
    present: RwSignal<HashMap<TicketId, Vec<Present>>>,
    now: Now,
    me: Option<PersonId>,
}

/// What the rows of this page are told with.
pub fn use_teller() -> Teller {
    Teller { columns: use_columns(), present: live().present, now: now(), me: viewer().map(|viewer| viewer.person.id) }
}

/// A row; the one that is open beside the queue is marked, and being read. What it says is written anew when it changes.
#[component]
pub fn Row(
    id: TicketId,
    ticket: ArcRwSignal<Ticket>,
    open: Memo<Option<TicketId>>,
    query: StoredValue<String>,
    rows: Rows,
    selection: Selection,
    teller: Teller,
) -> impl IntoView {
    let Teller { columns, present: all_present, .. } = teller;
    let href = move || query.with_value(|query| format!("/desk/tickets/{id}?{query}"));
    let named = |ticket: &Ticket| command().select_ticket(&ticket.subject);
    let same = ticket.clone();
    let write = move || {
        same.with_untracked(|ticket| {
            let current = open.get_untracked() == Some(id);
            let says = all_present.with_untracked(|all| {
                let present = all.get(&id).map_or(&[][..], Vec::as_slice);
                teller.lines(ticket, ticket.unread && !current, columns.get_untracked(), present)
            });
            html! {
                li class="desk-item" {
                    label class="desk-box needs-js" {
                        input type="checkbox" tabindex="-1" aria-label=(named(ticket)) class="checkbox checkbox-xs";
                        (END)
                    }
                    a href=(href()) aria-current=[current.then_some("true")] class="desk-row" { (says) }
                    (END) (END)
                }
            }
        })
    };
    let build = move || {
        let ticket = RwSignal::from(ticket);
        let current = move || open.get() == Some(id);
        let unread = Memo::new(move |_| ticket.with(|ticket| ticket.unread) && !current());
        let present = Memo::new(move |_| all_present.with(|all| all.get(&id).cloned().unwrap_or_default()));
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
                        aria-label=move || ticket.with(named)
                        prop:checked=move || selection.has(id)
                        on:click=on_box
                        on:change=move |_| selection.toggle(id)
                    />
                </label>
                <a
                    class="desk-row"
                    href=href()
                    aria-current=move || current().then_some("true")
                    inner_html=move || ticket.with(|ticket| teller.lines(ticket, unread.get(), columns.get(), &present.get())).into_string()
                ></a>
            </li>
        }
    };
    Settled::new(build).written(write)
}

impl Teller {
    /// What a row says.
    fn lines(self, ticket: &Ticket, unread: bool, columns: Columns, present: &[Present]) -> Markup {
        html! {
            span class="flex items-center gap-2" {
                span class=(if unread { "unread-dot" } else { "size-2 shrink-0" }) aria-hidden="true" {}
                @if unread { span.sr-only { (common().unread) } }
                span.min-w-0.flex-1.truncate.font-semibold[unread] dir="auto" { (ticket.subject) }
                @if columns.has(Column::Age) {
                    span class="text-2xs text-base-content/70 tabular-nums" { (self.now.time(&ticket.updated_at, true)) }
                }
            }
            (self.marks(ticket, columns))
            @for Present { person, typing } in present {
                span.present.present-row.present-typing[*typing] {
                    (avatar(&person.name, true)) (command().present(&person.name, *typing))
                }
            }
        }
    }

    /// The second line: how urgent, where it stands, whose it is; of these, what the view shows.
    fn marks(self, ticket: &Ticket, columns: Columns) -> Markup {
        let (number, customer) = (columns.has(Column::Number), columns.has(Column::Customer));
        // Whose ticket it is, unless it is the viewer's own.
        let assignee = ticket.assignee.as_ref().filter(|_| columns.has(Column::Assignee));
        let assignee = assignee.filter(|assignee| self.me != Some(assignee.id));
        html! {
            span class="mt-1 flex items-center gap-2 ps-4" {
                @if columns.has(Column::Priority) { (priority_bars(ticket.priority)) }
                @if columns.has(Column::Status) { (status_pill(ticket.status)) }
                @if columns.has(Column::Category) { span class="text-2xs text-base-content/70" { (ticket.category.label()) } }
                @if let Some(escalation) = &ticket.escalation {
                    @let label = desk().escalation(escalation.level);
                    span.text-error title=(label) { (icon(LuFlame)) span.sr-only { (label) } }
                }
                span class="min-w-0 flex-1 truncate text-2xs text-base-content/70" {
                    @if number { (ticket.reference()) }
                    @if number && customer { " · " }
                    @if customer { bdi { (ticket.customer.name) } }
                }
                @if let Some(assignee) = assignee {
                    span.sr-only { (desk().worked_by(&assignee.name)) }
                    span title=(assignee.name) { (avatar(&assignee.name, true)) }
                }
            }
        }
    }
}
