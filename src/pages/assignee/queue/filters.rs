//! Searching and filtering the queue: a plain GET form, so that every state of it has an address.

use super::super::{search::SearchField, view::Wanted};
use crate::{
    json::resource,
    pages::shared::choices::options,
    rpc::people::staff,
    texts::desk,
    ui::boxes::{Box, Boxes},
    viewer::role,
};
use contract::{
    Role,
    choice::Choices,
    person::Contact,
    ticket::{Category, Priority, Status, TicketSort},
    view::{Column, NOBODY},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement, SubmitEvent};

/// The search field, and behind "Filter" everything else. Built once, so that it keeps its focus and what is typed; with
/// our code it changes the address in place, so that an open ticket stays open.
#[component]
pub fn Filters(wanted: Memo<Wanted>) -> impl IntoView {
    let t = desk();
    let navigate = use_navigate();
    let path = use_location().pathname;
    let narrow = move |submit: SubmitEvent| {
        submit.prevent_default();
        let form = submit.target().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        let Some(typed) = form.and_then(|form| FormData::new_with_form(&form).ok()) else { return };
        let of = |name: &str| typed.get_all(name).iter().filter_map(|value| value.as_string()).collect::<Vec<_>>();
        let to = wanted.with_untracked(|wanted| wanted.narrowed(of));
        navigate(
            &format!("{}?{to}", path.get_untracked()),
            NavigateOptions { scroll: false, ..NavigateOptions::default() },
        );
    };
    let label = move || if wanted.with(Wanted::is_filtered) { t.filters_on } else { t.filter };
    let view = move || {
        wanted.with(|wanted| {
            wanted.saved.as_ref().map_or_else(|| wanted.view.slug().to_owned(), |saved| saved.id.to_string())
        })
    };
    let base = move || wanted.with(|wanted| wanted.saved.as_ref().map(|_| wanted.view.slug()));
    let kept_as = |name: &'static str| move || wanted.with(|wanted| wanted.filter(name).to_owned());
    let customer = kept_as("customerId");
    let is_admin = role() == Role::Admin;
    let people = is_admin.then(|| resource(|| (), |()| staff()));
    let names_nobody = move || wanted.with(|wanted| !wanted.view.names_assignee());
    view! {
        <form class="desk-filters flex shrink-0 flex-col border-b border-base-300 px-3 pb-2" role="search" aria-label=t.narrow method="get" action="/desk" on:submit=narrow>
            <input type="hidden" name="view" value=view prop:value=view />
            {move || base().map(|base| view! { <input type="hidden" name="base" value=base /> })}
            <input type="hidden" name="customerId" value=customer prop:value=customer />
            <SearchField wanted />
            <details>
                <summary class="desk-filter-summary btn btn-ghost btn-xs">{label}</summary>
                <div class="mt-2 flex flex-col gap-3">
                    <Boxes legend=t.status name="status" options=options(Status::choices()) chosen=chosen(wanted, "status") />
                    <Boxes legend=t.priority name="priority" options=options(Priority::choices()) chosen=chosen(wanted, "priority") />
                    <Boxes legend=t.category name="category" options=options(Category::choices()) chosen=chosen(wanted, "category") />
                    <div class="flex flex-wrap gap-x-4 gap-y-1">
                        <Box label=t.only_unread name="unread" value="true" chosen=chosen(wanted, "unread") />
                        <Box label=t.only_escalated name="escalated" value="true" chosen=chosen(wanted, "escalated") />
                        <Box label=t.starting_later name="startsLater" value="true" chosen=chosen(wanted, "startsLater") />
                    </div>
                    {people.map(|people| view! {
                        <Show when=names_nobody>
                            <label class="flex items-center gap-2">
                                <span>{t.assignee}</span>
                                <Transition>
                                    {move || Suspend::new(async move { view! { <Assignees people=people.await.unwrap_or_default() wanted /> } })}
                                </Transition>
                            </label>
                        </Show>
                    })}
                    <label class="flex items-center gap-2">
                        <span>{t.sort}</span>
                        <select class="select select-sm" name="sort">
                            <option value="">{t.usual}</option>
                            {TicketSort::choices().into_iter().skip(1).map(|choice| {
                                let value = choice.value.clone();
                                let selected = move || wanted.with(|wanted| wanted.filter("sort") == value);
                                view! { <option value=choice.value selected=selected>{choice.label}</option> }
                            }).collect_view()}
                        </select>
                    </label>
                    <Boxes legend=t.rows_show name="columns" options=options(Column::choices()) chosen=columns(wanted) />
                    <div class="flex gap-2">
                        <button class="btn btn-primary btn-sm" type="submit">{t.apply}</button>
                        <a class="btn btn-ghost btn-sm" href=move || wanted.with(|wanted| format!("/desk?{}", wanted.reset()))>{t.reset}</a>
                    </div>
                </div>
            </details>
        </form>
    }
}

/// Whose tickets: anybody's, nobody's, or one person's.
#[component]
fn Assignees(people: Vec<Contact>, wanted: Memo<Wanted>) -> impl IntoView {
    let t = desk();
    let people = people.into_iter().map(|contact| (contact.person.id.to_string(), contact.person.name));
    let options =
        [(String::new(), t.anybody.to_owned()), (NOBODY.to_owned(), t.nobody.to_owned())].into_iter().chain(people);
    view! {
        <select class="select select-sm" name="assigneeId">
            {options.map(|(value, label)| {
                let this = value.clone();
                let selected = move || wanted.with(|wanted| wanted.filter("assigneeId") == this);
                view! { <option value=value selected=selected>{label}</option> }
            }).collect_view()}
        </select>
    }
}

/// What the rows show.
fn columns(wanted: Memo<Wanted>) -> Signal<Vec<String>> {
    let shown = move || {
        let columns = wanted.with(Wanted::columns);
        Column::ALL.iter().filter(|column| columns.has(**column)).map(|column| column.as_str().to_owned()).collect()
    };
    Signal::derive(shown)
}

/// The values that the address has for this filter.
fn chosen(wanted: Memo<Wanted>, name: &'static str) -> Signal<Vec<String>> {
    Signal::derive(move || wanted.with(|wanted| wanted.values(name)))
}
