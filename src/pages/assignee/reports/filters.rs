//! What narrows a report: a plain GET form, so that every report has an address.

use super::wanted::{Wanted, presets};
use crate::{
    error::AppError,
    json::Json,
    pages::shared::choices::options,
    texts::{desk, reports},
    ui::{
        avatar::Avatar,
        boxes::Boxes,
        field::{Select, TextField},
    },
    viewer::role,
};
use contract::{
    Role,
    choice::Choices,
    person::Contact,
    ticket::{Category, Priority, Status},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement, SubmitEvent};

/// Days to choose at once, days to write, and behind "More filters" everything else.
#[component]
pub(super) fn Filters(
    wanted: Memo<Wanted>,
    today: Memo<String>,
    customers: Resource<Result<Vec<Contact>, AppError>, Json>,
    staff: Resource<Result<Vec<Contact>, AppError>, Json>,
) -> impl IntoView {
    let (t, d) = (reports(), desk());
    let navigate = use_navigate();
    let narrow = move |submit: SubmitEvent| {
        submit.prevent_default();
        let form = submit.target().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        let Some(typed) = form.and_then(|form| FormData::new_with_form(&form).ok()) else { return };
        let of = |name: &str| typed.get_all(name).iter().filter_map(|value| value.as_string()).collect::<Vec<_>>();
        navigate(&Wanted::narrowed(of, role()), NavigateOptions { scroll: false, ..NavigateOptions::default() });
    };
    let chosen = move |name: &'static str| Signal::derive(move || wanted.with(|wanted| wanted.values(name)));
    let label = move || if wanted.with(Wanted::is_filtered) { t.more_on } else { t.more };
    let admins = move || (role() == Role::Admin).then(|| view! { <People wanted customers staff /> });
    view! {
        <form class="card-box gap-2 p-3" role="search" aria-label=t.narrow method="get" action="/desk/reports" on:submit=narrow>
            <div class="flex flex-wrap items-end gap-3">
                <Presets wanted today />
                <Day name="from" label=t.from wanted />
                <Day name="to" label=t.to wanted />
                <button class="btn btn-primary btn-sm" type="submit">{d.apply}</button>
                <a class="btn btn-ghost btn-sm" href="/desk/reports">{d.reset}</a>
            </div>
            <Order wanted />
            <details open=wanted.with_untracked(Wanted::is_filtered)>
                <summary class="btn btn-ghost btn-xs">{label}</summary>
                <div class="mt-2 flex flex-col gap-3">
                    <Boxes legend=d.status name="status" options=options(Status::choices()) chosen=chosen("status") />
                    <Boxes legend=d.priority name="priority" options=options(Priority::choices()) chosen=chosen("priority") />
                    <Boxes legend=d.category name="category" options=options(Category::choices()) chosen=chosen("category") />
                    {admins()}
                </div>
            </details>
        </form>
    }
}

/// The days that are asked for most.
#[component]
fn Presets(wanted: Memo<Wanted>, today: Memo<String>) -> impl IntoView {
    let preset = move |which: usize| {
        let preset = Memo::new(move |_| presets(&today.get())[which].clone());
        let current = move || wanted.get().is_of(&preset.get()).then_some("page");
        let href = move || wanted.get().href_of(&preset.get());
        view! { <a class="preset" href=href aria-current=current>{move || preset.get().label}</a> }
    };
    view! { <nav class="presets" aria-label=reports().presets>{(0..4).map(preset).collect_view()}</nav> }
}

#[component]
fn Day(name: &'static str, label: &'static str, wanted: Memo<Wanted>) -> impl IntoView {
    let value = Memo::new(move |_| wanted.with(|wanted| wanted.one(name).to_owned()));
    view! {
        <label class="flex flex-col gap-1">
            <span class="text-2xs font-medium text-base-content/70">{label}</span>
            <input class="input input-sm w-36" type="date" name=name value=value.get_untracked() prop:value=move || value.get() />
        </label>
    }
}

/// The order stays what it is when the report is narrowed.
#[component]
fn Order(wanted: Memo<Wanted>) -> impl IntoView {
    let field = move |name: &'static str| {
        let value = move || wanted.with(|wanted| wanted.one(name).to_owned());
        view! { <input type="hidden" name=name value=value prop:value=value /> }
    };
    view! {
        {field("sortField")}
        {field("sortOrder")}
    }
}

/// Whose tickets: of whom they are, and who works on them.
#[component]
fn People(
    wanted: Memo<Wanted>,
    customers: Resource<Result<Vec<Contact>, AppError>, Json>,
    staff: Resource<Result<Vec<Contact>, AppError>, Json>,
) -> impl IntoView {
    let t = reports();
    view! {
        <div class="grid max-w-3xl grid-cols-1 gap-3 sm:grid-cols-2">
            <Transition>
                {move || Suspend::new(async move {
                    let people = staff.await.unwrap_or_default();
                    let someone = [(String::new(), t.anybody.to_owned()), ("none".to_owned(), t.nobody.to_owned())];
                    let options = someone.into_iter().chain(people.into_iter().map(|contact| (contact.person.id.to_string(), contact.person.name)));
                    let value = wanted.with_untracked(|wanted| wanted.one("assigneeId").to_owned());
                    view! { <Select id="report-assignee" name="assigneeId" label=t.assignee options=options.collect() value /> }
                })}
            </Transition>
            <Transition>
                {move || Suspend::new(async move {
                    let customers = customers.await.unwrap_or_default();
                    let wanted = wanted.get_untracked();
                    let (words, chosen) = (wanted.one("customer").to_owned(), wanted.customer_among(&customers).cloned());
                    view! {
                        <div class="flex min-w-0 flex-col gap-2">
                            <TextField id="report-customer" name="customer" kind="search" label=t.customer hint=t.customer_hint value=words autocomplete="off" />
                            <Which customers chosen />
                        </div>
                    }
                })}
            </Transition>
        </div>
    }
}

/// Which of the customers is meant, when the words fit several.
#[component]
fn Which(customers: Vec<Contact>, chosen: Option<Contact>) -> impl IntoView {
    let chosen = chosen.map(|contact| contact.person.id);
    let choice = move |contact: Contact| {
        let checked = chosen == Some(contact.person.id);
        view! {
            <li>
                <label class="menu-item">
                    <input class="radio radio-sm" type="radio" name="customerId" value=contact.person.id.to_string() checked=checked />
                    <Avatar name=contact.person.name.clone() small=true />
                    <bdi>{contact.person.name}</bdi>
                    <span class="min-w-0 truncate text-base-content/70">{contact.person.email}</span>
                </label>
            </li>
        }
    };
    (customers.len() > 1).then(|| {
        view! {
            <fieldset class="min-w-0">
                <legend class="font-medium">{reports().which_customer}</legend>
                <ul class="max-h-48 overflow-y-auto rounded-box border border-base-300" tabindex="-1">
                    {customers.into_iter().map(choice).collect_view()}
                </ul>
            </fieldset>
        }
    })
}
