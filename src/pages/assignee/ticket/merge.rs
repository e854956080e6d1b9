//! Merging the customer's other tickets into this one, and undoing that.

use crate::{
    form::{ActionForm, Form, KeyField, Posting, after_each, use_form},
    pages::{
        assignee::deeds::deeds,
        shared::{badges::status_pill, fold::Fold, refusal::Refusal, shown::Shown},
    },
    rpc::merges::{Merge as MergeCall, UndoMerge, undo_merge},
    texts::merging,
    ui::{
        field::TextField,
        submit::Submit,
        time::time,
        toast::{Toast, show_toast, toast},
        written::written,
    },
    viewer::i_may,
};
use contract::{
    id::MergeId,
    merge::Merge as Merged,
    policy::Action as May,
    ticket::{Status, Ticket, reference},
};
use leptos::{html, prelude::*, task::spawn_local};
use maud::{Markup, html as markup};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// Undoes merges of this ticket, and says so.
pub fn use_undo(shown: Shown) -> Form {
    let (form, tell) = (use_form::<UndoMerge>(), toast());
    let version = form.action.version();
    shown.again_after(move || version.get());
    after_each(form.successes(), move || tell(merging().undone.to_owned()));
    form
}

/// Undoes a merge, and tells what came of it.
async fn undone(merge: MergeId) -> Toast {
    match undo_merge(merge).await {
        Ok(()) => Toast::saying(merging().undone),
        Err(error) => Toast::alarm(error.problem().detail),
    }
}

/// How many tickets are going to be merged, as the form stands.
#[derive(Clone, Copy)]
struct Count {
    fields: NodeRef<html::Div>,
    chosen: RwSignal<usize>,
}

/// Choosing what to merge.
#[component]
pub fn Merging(
    shown: Shown,
    /// The customer's tickets that the viewer sees.
    tickets: Vec<Ticket>,
) -> impl IntoView {
    let (t, form, deeds, tell) = (merging(), use_form::<MergeCall>(), deeds(), show_toast());
    let done = form.successes();
    shown.again_after(move || done.get());
    let before = StoredValue::new(form.values("sources[]"));
    let count = Count { fields: NodeRef::new(), chosen: RwSignal::new(0) };
    Effect::new(move |_| count.again());
    after_each(done, move || {
        count.chosen.set(0);
        let Some(merge) = untrack(|| form.action.answer::<Merged>()) else { return };
        let (sources, merge_id) =
            (merge.sources.iter().map(|source| source.number).collect::<Vec<_>>(), merge.merge_id);
        let said = t.merged(&sources, merge.target.number);
        // Of no page: the one that it was merged from may be left by then.
        spawn_local(async move {
            let undo = move |()| spawn_local(async move { tell(undone(merge_id).await) });
            deeds.did(said, Callback::new(undo));
        });
    });
    let (may, status) = (shown.may(May::Merge), shown.status());
    let tickets = StoredValue::new(tickets);
    let others = Memo::new(move |_| tickets.with_value(|tickets| others(shown, tickets)));
    view! {
        <Show when=move || may.get() && status.get() != Status::Closed>
            {move || {
                let action = form.action;
                view! {
                    <Fold label=t.merge open=form.was_refused() done floats=true>
                        <ActionForm action attr:class="flex flex-col gap-3">
                            <p class="text-base-content/70">{t.lead(&stays(shown))}</p>
                            <Refusal problem=form.error_elsewhere(&["sources", "number"]) />
                            <input type="hidden" name="ticket_id" value=shown.id().to_string() />
                            <KeyField form />
                            <div class="merge-fields flex flex-col gap-3" node_ref=count.fields on:input=move |_| count.again()>
                                <Others others before error=form.error("sources") />
                                <TextField id="merge-number" name="number" label=t.number hint=t.number_hint value=form.value("number", "") error=form.error("number") />
                            </div>
                            <Submit pending=action.pending() class="btn btn-primary btn-sm self-start">{move || t.merge_into(count.chosen.get(), &stays(shown))}</Submit>
                        </ActionForm>
                    </Fold>
                }
            }}
        </Show>
    }
}

/// The customer's other tickets, to be ticked; those that were before a refusal are.
#[component]
fn Others(others: Memo<Vec<Ticket>>, before: StoredValue<Vec<String>>, error: Signal<Option<String>>) -> impl IntoView {
    let t = merging();
    let one = move |ticket: Ticket| {
        let id = ticket.ticket_id.to_string();
        written(other(&ticket, before.with_value(|ticked| ticked.contains(&id))))
    };
    view! {
        <fieldset class="min-w-0" aria-describedby="merge-sources-about">
            <legend class="mb-1 font-medium">{t.others}</legend>
            <Show when=move || others.with(|others| !others.is_empty()) fallback=move || view! { <p class="text-base-content/70">{t.no_others}</p> }>
                <div class="flex max-h-56 flex-col overflow-y-auto">
                    <For each=move || others.get() key=|ticket| ticket.ticket_id children=one />
                </div>
            </Show>
            <div id="merge-sources-about">{move || error.get().map(|error| view! { <p class="field-error" role="alert">{error}</p> })}</div>
        </fieldset>
    }
}

/// One of them.
fn other(ticket: &Ticket, is_ticked: bool) -> Markup {
    markup! {
        label class="flex min-h-8 cursor-pointer items-center gap-2" {
            input class="checkbox checkbox-xs" type="checkbox" name="sources[]" value=(ticket.ticket_id) checked[is_ticked];
            span class="shrink-0 text-2xs text-base-content/70 tabular-nums" { (ticket.reference()) }
            span class="min-w-0 flex-1 truncate" dir="auto" { (ticket.subject) }
            (status_pill(ticket.status))
            span class="shrink-0 text-2xs text-base-content/70" { (time(&ticket.updated_at, true)) }
        }
    }
}

/// The tickets that were merged into this one, each merge with its undoing.
#[component]
pub fn MergedTickets(shown: Shown, undo: Form) -> impl IntoView {
    let merges = Memo::new(move |_| {
        let own = |target| target == shown.id();
        shown.thread.with(|thread| {
            let merges = thread.merges.iter().filter(|merge| own(merge.target.ticket_id));
            merges.map(|merge| (merge.merge_id, references(merge))).collect::<Vec<_>>()
        })
    });
    let may = shown.may(May::Merge);
    view! {
        <Show when=move || merges.with(|merges| !merges.is_empty())>
            <section>
                <h2 class="desk-context-title">{merging().merged_tickets}</h2>
                <Refusal problem=undo.problem />
                <ul class="flex flex-col gap-1">
                    <For each=move || merges.get() key=|(id, _)| *id let((id, sources))>
                        <li class="flex min-h-6 flex-wrap items-center gap-2">
                            <span class="tabular-nums">{sources}</span>
                            <Show when=move || may.get()><UndoButton merge=id action=undo.action /></Show>
                        </li>
                    </For>
                </ul>
            </section>
        </Show>
    }
}

/// Undoes this merge.
#[component]
fn UndoButton(merge: MergeId, action: Posting) -> impl IntoView {
    view! {
        <ActionForm action>
            <input type="hidden" name="merge_id" value=merge.to_string() />
            <Submit pending=action.pending() class="btn btn-ghost btn-xs">{merging().undo}</Submit>
        </ActionForm>
    }
}

impl Count {
    /// Reads it from the form. What was ticked before our code had arrived counts too.
    fn again(self) {
        let Some(fields) = self.fields.get() else { return };
        let ticked = fields.query_selector_all("input:checked").map_or(0, |ticked| ticked.length());
        let number = fields.query_selector("input[name=number]").ok().flatten();
        let number = number.and_then(|number| number.dyn_into::<HtmlInputElement>().ok());
        let typed = number.is_some_and(|number| !number.value().trim().is_empty());
        self.chosen.set(usize::try_from(ticked).unwrap_or(0) + usize::from(typed));
    }
}

fn stays(shown: Shown) -> String {
    shown.thread.with_untracked(|thread| thread.ticket.reference())
}

fn references(merge: &contract::merge::Merge) -> String {
    merge.sources.iter().map(|source| reference(source.number)).collect::<Vec<_>>().join(", ")
}

/// Those of the customer's tickets that can be merged into the one shown now.
fn others(shown: Shown, tickets: &[Ticket]) -> Vec<Ticket> {
    shown.thread.with(|thread| {
        let merged = |ticket: &Ticket| thread.sources().any(|source| source.ticket_id == ticket.ticket_id);
        let fits = |ticket: &&Ticket| {
            ticket.ticket_id != thread.ticket.ticket_id
                && ticket.organization_id == thread.ticket.organization_id
                && ticket.status != Status::Closed
                && !merged(ticket)
                && i_may(May::Merge, ticket)
        };
        tickets.iter().filter(fits).cloned().collect()
    })
}
