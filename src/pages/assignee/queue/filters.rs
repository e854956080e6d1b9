//! Searching and filtering the queue: a plain GET form, so that every state of it has an address.

use super::super::view::Wanted;
use crate::{
    texts::desk,
    ui::icon::{Icon, LuSearch},
};
use contract::{
    choice::{Choice, Choices},
    ticket::{Category, Priority, Status, TicketSort},
};
use leptos::prelude::*;
use leptos_router::components::Form;

/// The search field, and behind "Filter" everything else.
#[component]
pub fn Filters(wanted: Memo<Wanted>) -> impl IntoView {
    move || wanted.with(|wanted| view! { <Fields wanted=wanted.clone() /> })
}

#[component]
fn Fields(wanted: Wanted) -> impl IntoView {
    let t = desk();
    let label = if wanted.is_filtered() { t.filters_on } else { t.filter };
    view! {
        <Form method="GET" action="/desk" attr:class="flex shrink-0 flex-col border-b border-base-300 px-3 py-2" attr:role="search">
            <input type="hidden" name="view" value=wanted.view.slug() />
            <div class="flex items-center gap-2">
                <label class="input input-sm flex-1">
                    <Icon icon=LuSearch />
                    <span class="sr-only">{t.search}</span>
                    <input type="search" name="q" value=wanted.filter("q").to_owned() placeholder=t.search dir="auto" />
                </label>
            </div>
            <details class="mt-1">
                <summary class="desk-filter-summary">{label}</summary>
                <div class="mt-2 flex flex-col gap-3">
                    <Boxes legend=t.status name="status" choices=Status::choices() wanted=wanted.clone() />
                    <Boxes legend=t.priority name="priority" choices=Priority::choices() wanted=wanted.clone() />
                    <Boxes legend=t.category name="category" choices=Category::choices() wanted=wanted.clone() />
                    <div class="flex flex-wrap gap-x-4 gap-y-1">
                        <Box label=t.only_unread name="unread" value="true" checked=wanted.has("unread", "true") />
                        <Box label=t.only_escalated name="escalated" value="true" checked=wanted.has("escalated", "true") />
                    </div>
                    <label class="flex items-center gap-2">
                        <span>{t.sort}</span>
                        <select class="select select-sm" name="sort">
                            {TicketSort::choices().into_iter().map(|choice| {
                                let selected = wanted.filter("sort") == choice.value;
                                view! { <option value=choice.value selected=selected>{choice.label}</option> }
                            }).collect_view()}
                        </select>
                    </label>
                    <div class="flex gap-2">
                        <button class="btn btn-primary btn-sm" type="submit">{t.apply}</button>
                        <a class="btn btn-ghost btn-sm" href=format!("/desk?view={}", wanted.view.slug())>{t.reset}</a>
                    </div>
                </div>
            </details>
        </Form>
    }
}

#[component]
fn Boxes(legend: &'static str, name: &'static str, choices: Vec<Choice>, wanted: Wanted) -> impl IntoView {
    let boxes = choices.into_iter().map(|choice| {
        let checked = wanted.has(name, &choice.value);
        view! { <Box label=choice.label name value=choice.value checked /> }
    });
    view! {
        <fieldset>
            <legend class="text-2xs font-medium text-base-content/70">{legend}</legend>
            <div class="flex flex-wrap gap-x-4 gap-y-1">{boxes.collect_view()}</div>
        </fieldset>
    }
}

#[component]
fn Box(#[prop(into)] label: String, name: &'static str, #[prop(into)] value: String, checked: bool) -> impl IntoView {
    view! {
        <label class="flex min-h-6 items-center gap-1.5">
            <input class="checkbox checkbox-xs" type="checkbox" name=name value=value checked=checked />
            {label}
        </label>
    }
}
