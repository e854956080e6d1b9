//! The views, and the ways to everything else.

use super::{
    notifications::{self, Bell},
    view::{Told, View, Wanted},
};
use crate::{
    live::live,
    pages::shared::frame::AccountMenu,
    texts::{common, desk, drafts, outbox},
    ui::icon::{Icon, LuPlus, LuUsers},
    viewer::{remote, role},
    views::kept_views,
};
use contract::{id::ViewId, view::Sharing};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// What the desk has besides the queue: where it is, and how it is called.
const PAGES: [(&str, &str); 5] = [
    (OUTBOX, outbox().outbox),
    (DRAFTS, drafts().drafts),
    ("/desk/reports", desk().reports),
    ("/desk/canned-replies", desk().canned_replies),
    ("/desk/files", desk().files),
];

/// Where a gateway keeps the tickets, drafts stay in the browser.
const DRAFTS: &str = "/desk/drafts";
/// A gateway has none.
const OUTBOX: &str = "/desk/outbox";

/// The leftmost pane; a bar at the top on a phone.
#[component]
pub fn Nav(wanted: Memo<Wanted>) -> impl IntoView {
    let t = desk();
    let path = use_location().pathname;
    let is_open = move |page: &str| path.with(|path| path.trim_end_matches('/') == page);
    let elsewhere = move || PAGES.iter().any(|(page, _)| is_open(page)) || is_open(notifications::PATH);
    let (kept, version) = (kept_views(), live().version());
    Effect::new(move |_| kept.hear(version.get()));
    let item = move |view: View| {
        let of_this = move || wanted.with(|wanted| wanted.saved.is_none() && wanted.view == view);
        let current = move || (of_this() && !elsewhere()).then_some("page");
        view! {
            <li>
                <a class="desk-view" href=format!("/desk?view={}", view.slug()) aria-current=current>
                    {view.name()} <Count count=Signal::derive(move || kept.count(view)) />
                </a>
            </li>
        }
    };
    let saved = Memo::new(move |_| kept.saved(|views| views.iter().map(|view| view.view_id).collect::<Vec<_>>()));
    let saved_item = move |id: ViewId| {
        let found = Memo::new(move |_| kept.find(id).map(|view| (view.name, view.sharing == Sharing::Shared)));
        let count = Memo::new(move |_| kept.find(id).and_then(|view| view.count));
        let of_this = move || wanted.with(|wanted| wanted.saved.as_ref().is_some_and(|saved| saved.id == id));
        let current = move || (of_this() && !elsewhere()).then_some("page");
        view! {
            <li>
                <a class="desk-view" href=format!("/desk?view={id}") aria-current=current>
                    <bdi class="desk-view-name">{move || found.get().map(|(name, _)| name)}</bdi>
                    {move || found.get().is_some_and(|(_, shared)| shared).then(|| view! {
                        <span class="text-base-content/60" title=t.shared_view><Icon icon=LuUsers /><span class="sr-only">", " {t.shared_view}</span></span>
                    })}
                    <Count count />
                </a>
            </li>
        }
    };
    let page = move |(href, label): (&'static str, &'static str)| {
        view! { <li><a class="desk-view" href=href aria-current=move || is_open(href).then_some("page")>{label}</a></li> }
    };
    let pages = PAGES.into_iter().filter(|(href, _)| !remote() || ![DRAFTS, OUTBOX].contains(href));
    view! {
        <nav class="desk-nav" aria-label=t.views>
            <span class="desk-brand">
                <span class="brand-mark" aria-hidden="true">"F"</span>
                {common().product}
            </span>
            <span class="desk-account"><Bell /><AccountMenu /></span>
            <a class="desk-new btn btn-sm" href=move || format!("/desk/tickets/new?{}", wanted.with(Wanted::reset))>
                <Icon icon=LuPlus />
                {t.new_ticket}
            </a>
            <div class="desk-views">
                <ul>{View::of(role()).iter().copied().map(item).collect_view()}</ul>
                <Show when=move || saved.with(|saved| !saved.is_empty())>
                    <ul aria-label=t.saved_views><For each=move || saved.get() key=|id| *id children=saved_item /></ul>
                </Show>
                <ul>{pages.map(page).collect_view()}</ul>
            </div>
        </nav>
    }
}

/// How many tickets a view has, where that is counted.
#[component]
fn Count(#[prop(into)] count: Signal<Option<i64>>) -> impl IntoView {
    move || {
        count.get().map(|count| {
            view! {
                <span class="sr-only">{desk().counted(count)}</span>
                <span class="desk-count" aria-hidden="true">{count}</span>
            }
        })
    }
}
