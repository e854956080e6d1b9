//! What narrows the queue, each in words and with the way to be rid of it.

use super::super::view::Wanted;
use crate::{
    json::resource,
    rpc::people::find_person,
    texts::desk,
    ui::icon::{Icon, LuX},
};
use contract::{
    choice::Choices,
    id::PersonId,
    ticket::{Category, Priority, Status},
    view::NOBODY,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The names of people whom filters name by id.
type Names = Vec<(PersonId, String)>;

/// A link for each filter that is on: the same queue without it. An open ticket stays open.
#[component]
pub fn Chips(wanted: Memo<Wanted>) -> impl IntoView {
    let path = use_location().pathname;
    let people = Memo::new(move |_| wanted.with(people));
    let names = resource(
        move || people.get(),
        |people| async move {
            let mut names = Names::new();
            for id in people {
                names.extend(find_person(id).await.map(|person| (id, person.name)));
            }
            names
        },
    );
    let on = move || {
        wanted.with(|wanted| {
            let filters = wanted.narrowing().cloned();
            filters.map(|(name, value)| (wanted.without(&name, &value), name, value)).collect::<Vec<_>>()
        })
    };
    view! {
        <Transition>
            {move || {
                let on = on();
                Suspend::new(async move {
                    let names = names.await;
                    (!on.is_empty()).then(|| view! {
                        <ul class="chips" aria-label=desk().filters_on_now>
                            {on.into_iter().map(|(without, name, value)| view! {
                                <li>
                                    <a class="chip" href=move || format!("{}?{without}", path.get())>
                                        <bdi class="min-w-0 truncate">{label(&name, &value, &names)}</bdi>
                                        <Icon icon=LuX />
                                        <span class="sr-only">{desk().remove_filter}</span>
                                    </a>
                                </li>
                            }).collect_view()}
                        </ul>
                    })
                })
            }}
        </Transition>
    }
}

/// Those whom filters name.
fn people(wanted: &Wanted) -> Vec<PersonId> {
    ["assigneeId", "customerId"].into_iter().filter_map(|name| wanted.filter(name).parse().ok()).collect()
}

/// The filter in words: `Priority: High`.
fn label(name: &str, value: &str, names: &Names) -> String {
    let t = desk();
    let person = || {
        let known = value.parse().ok().and_then(|id| names.iter().find(|(other, _)| *other == id));
        known.map_or(value, |(_, name)| name.as_str())
    };
    match (name, value) {
        ("status", _) => said(t.status, Status::parse(value).map_or(value, |one| one.label())),
        ("priority", _) => said(t.priority, Priority::parse(value).map_or(value, |one| one.label())),
        ("category", _) => said(t.category, Category::parse(value).map_or(value, |one| one.label())),
        ("assigneeId", NOBODY) => said(t.assignee, t.nobody),
        ("assigneeId", _) => said(t.assignee, person()),
        ("customerId", _) => said(t.customer, person()),
        ("unread", "true") => t.only_unread.to_owned(),
        ("unread", _) => t.only_read.to_owned(),
        ("escalated", "true") => t.only_escalated.to_owned(),
        ("escalated", _) => t.not_escalated.to_owned(),
        ("startsLater", "true") => t.starting_later.to_owned(),
        ("startsLater", _) => t.not_starting_later.to_owned(),
        (_, words) => said(t.words, words),
    }
}

fn said(field: &str, value: &str) -> String {
    format!("{field}: {value}")
}
