//! What the ticket is, where it stands, and what can be done about it now.

use super::{
    actions::{AdminClose, Assign, Claim, CompleteFor, Escalation, Moves, StartDay},
    back,
    edit::Edit,
    followers::Following,
    merge::Merging,
};
use crate::{
    pages::assignee::present::Others,
    pages::shared::{
        badges::{PriorityBars, StatusPill},
        shown::Shown,
    },
    texts::desk,
    ui::icon::{Icon, LuArrowLeft, LuFlame},
};
use contract::{person::Contact, ticket::Ticket};
use leptos::prelude::*;

/// The head of the conversation.
#[component]
pub fn Header(
    shown: Shown,
    people: Vec<Contact>,
    /// The customer's tickets that the viewer sees.
    tickets: Vec<Ticket>,
) -> impl IntoView {
    let t = desk();
    let subject = shown.of(|ticket| ticket.subject.clone());
    let (status, priority) = (shown.status(), shown.of(|ticket| ticket.priority));
    let escalation = shown.of(|ticket| ticket.escalation.as_ref().map(|escalation| escalation.level));
    let reference = shown.thread.with_untracked(|thread| thread.ticket.reference());
    view! {
        <header class="flex shrink-0 flex-col gap-2 border-b border-base-300 px-5 py-2.5">
            <div class="flex flex-wrap items-center gap-2">
                <a class="btn btn-ghost btn-xs lg:hidden" href=back()><Icon icon=LuArrowLeft />{t.back}</a>
                <span class="text-2xs text-base-content/70 tabular-nums">{reference}</span>
                {move || view! { <StatusPill status=status.get() /> }}
                {move || view! { <PriorityBars priority=priority.get() /> }}
                {move || escalation.get().map(|level| view! { <span class="inline-flex items-center gap-1 text-2xs font-medium text-error"><Icon icon=LuFlame />{t.escalation(level)}</span> })}
                <span class="ms-auto flex items-center gap-2"><Others shown /><Following shown /></span>
            </div>
            <h1 class="text-base font-semibold break-words" dir="auto">{move || subject.get()}</h1>
            <div class="desk-actions" role="group" aria-label=t.actions>
                <Claim shown />
                <Moves shown />
                <CompleteFor shown />
                <Assign shown people />
                <Escalation shown />
                <StartDay shown />
                <Edit shown />
                <Merging shown tickets />
                <AdminClose shown />
            </div>
        </header>
    }
}
