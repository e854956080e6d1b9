//! The dialogs in which is chosen what a command needs: whom to assign, which status, which priority, for what reason.

use super::{
    choosing::{Chooser, Choosing, choosing},
    deeds::{Deed, deeds},
};
use crate::{
    rpc::people::staff,
    texts::{command, common},
    ui::picker::{Group, Item, Picker, PickerTexts, when_opened},
};
use contract::{
    choice::Choices,
    id::TicketId,
    person::{Person, present},
    ticket::{Priority, Status},
};
use leptos::{html, prelude::*, web_sys::SubmitEvent};

/// Where an admin's statuses and an assignee's end: closing wants a reason, opening happens by itself.
const STATUSES: [Status; 3] = [Status::InProgress, Status::Waiting, Status::Completed];

/// The choosers.
#[component]
pub fn Choosers() -> impl IntoView {
    let (t, Choosing { chooser, tickets }, deeds) = (command(), choosing(), deeds());
    let act = move |deed: Deed| deeds.act(deed, tickets.get_untracked());
    let status = options(STATUSES.map(|status| (status.as_str(), status.label())));
    let priority =
        options([Priority::Urgent, Priority::High, Priority::Medium, Priority::Low].map(|p| (p.as_str(), p.label())));
    view! {
        <People chooser on_choose=Callback::new(move |person| act(Deed::Assign(person))) />
        <OneOf id="choose-status" title=t.new_status this=Chooser::Status chooser options=status on_choose=Callback::new(move |value: String| {
            if let Some(status) = Status::parse(&value) {
                act(Deed::Move(status));
            }
        }) />
        <OneOf id="choose-priority" title=t.new_priority this=Chooser::Priority chooser options=priority on_choose=Callback::new(move |value: String| {
            if let Some(priority) = Priority::parse(&value) {
                act(Deed::Prioritise(priority));
            }
        }) />
        <Reason chooser tickets on_choose=Callback::new(move |reason| act(Deed::Close(reason))) />
    }
}

fn options<const N: usize>(choices: [(&'static str, &'static str); N]) -> Vec<Item> {
    let item =
        |(value, label): (&str, &str)| Item { id: value.to_owned(), text: label.to_owned(), hint: String::new() };
    choices.into_iter().map(item).collect()
}

/// Whether this chooser is open; closing it ends the choosing.
fn is_open(chooser: RwSignal<Option<Chooser>>, this: Chooser) -> RwSignal<bool> {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(chooser.get() == Some(this)));
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now && chooser.get_untracked() == Some(this) {
            chooser.set(None);
        }
        now
    });
    open
}

const fn texts(title: &'static str) -> PickerTexts {
    let t = command();
    PickerTexts {
        title,
        search: title,
        close: t.leave,
        loading: t.loading,
        whole: t.whole,
        none_match: t.no_match,
        none_yet: t.no_match,
        keys: t.palette_keys,
    }
}

#[component]
fn OneOf(
    id: &'static str,
    title: &'static str,
    this: Chooser,
    chooser: RwSignal<Option<Chooser>>,
    options: Vec<Item>,
    on_choose: Callback<String>,
) -> impl IntoView {
    let open = is_open(chooser, this);
    let groups = Signal::stored(Some(vec![Group { name: title.to_owned(), items: options, found: false }]));
    view! { <Picker id open groups texts=texts(title) whole=false on_choose=Callback::new(move |item: Item| on_choose.run(item.id)) /> }
}

/// Staff, read when they are wanted.
#[component]
fn People(chooser: RwSignal<Option<Chooser>>, on_choose: Callback<Person>) -> impl IntoView {
    let t = command();
    let open = is_open(chooser, Chooser::Assignee);
    let read = Action::new(|()| staff());
    when_opened(open, move || drop(read.dispatch(())));
    let groups = Signal::derive(move || {
        let Some(Ok(people)) = read.value().get() else { return None };
        let item = |person: Person| Item { id: person.id.to_string(), text: person.name, hint: String::new() };
        Some(vec![Group {
            name: t.people.to_owned(),
            items: present(people).map(|contact| item(contact.person)).collect(),
            found: false,
        }])
    });
    let failed = Signal::derive(move || read.value().get().and_then(Result::err).map(|error| error.problem().detail));
    let on_choose = Callback::new(move |item: Item| {
        let Some(Ok(people)) = read.value().get_untracked() else { return };
        if let Some(person) =
            present(people).map(|contact| contact.person).find(|person| person.id.to_string() == item.id)
        {
            on_choose.run(person);
        }
    });
    view! { <Picker id="choose-assignee" open groups failed texts=texts(t.assign_to) whole=false on_choose /> }
}

/// Why tickets are closed.
#[component]
fn Reason(
    chooser: RwSignal<Option<Chooser>>,
    tickets: Signal<Vec<TicketId>>,
    on_choose: Callback<String>,
) -> impl IntoView {
    let t = command();
    let title = move || t.close_title(tickets.with(Vec::len));
    let (dialog, field) = (NodeRef::<html::Dialog>::new(), NodeRef::<html::Textarea>::new());
    let wrong = RwSignal::new(false);
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        let wanted = chooser.get() == Some(Chooser::Reason);
        if wanted && !dialog.open() {
            wrong.set(false);
            _ = dialog.show_modal();
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    let on_submit = move |submit: SubmitEvent| {
        submit.prevent_default();
        let Some(area) = field.get_untracked() else { return };
        let reason = area.value();
        if reason.trim().is_empty() {
            wrong.set(true);
            _ = area.focus();
            return;
        }
        area.set_value("");
        chooser.set(None);
        on_choose.run(reason);
    };
    view! {
        <dialog class="picker" aria-labelledby="closing-title" node_ref=dialog on:close=move |_| chooser.update(|now| {
            if *now == Some(Chooser::Reason) {
                *now = None;
            }
        })>
            <div class="picker-box">
                <form class="flex flex-col gap-3 p-4" on:submit=on_submit>
                    <h2 class="font-semibold" id="closing-title">{title}</h2>
                    <p class="text-base-content/70">{t.close_lead}</p>
                    <label class="flex flex-col gap-1" for="closing-reason">{t.reason}</label>
                    <textarea class="textarea w-full" id="closing-reason" rows="3" dir="auto" node_ref=field aria-describedby="closing-wrong"></textarea>
                    <p class="field-error empty:hidden" id="closing-wrong" role="alert">{move || wrong.get().then_some(t.reason_missing)}</p>
                    <div class="flex justify-end gap-2">
                        <button class="btn btn-sm" type="button" on:click=move |_| chooser.set(None)>{common().cancel}</button>
                        <button class="btn btn-primary btn-sm" type="submit">{title}</button>
                    </div>
                </form>
            </div>
        </dialog>
    }
}
