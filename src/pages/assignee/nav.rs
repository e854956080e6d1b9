//! The views, and the ways to everything else.

use super::view::{View, Wanted};
use crate::{
    pages::shared::frame::AccountMenu,
    texts::{common, desk, drafts, outbox},
    ui::icon::{Icon, LuPlus},
    viewer::{remote, role},
};
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
    let item = move |view: View| {
        let elsewhere = move || PAGES.iter().any(|(page, _)| is_open(page));
        let current = move || (wanted.with(|wanted| wanted.view == view) && !elsewhere()).then_some("page");
        view! { <li><a class="desk-view" href=format!("/desk?view={}", view.slug()) aria-current=current>{view.label()}</a></li> }
    };
    let page = move |(href, label): (&'static str, &'static str)| {
        view! { <li><a class="desk-view" href=href aria-current=move || is_open(href).then_some("page")>{label}</a></li> }
    };
    let pages = PAGES.into_iter().filter(|(href, _)| *href != DRAFTS || !remote());
    view! {
        <nav class="desk-nav" aria-label=t.views>
            <span class="desk-brand">
                <span class="brand-mark" aria-hidden="true">"F"</span>
                {common().product}
            </span>
            <span class="desk-account"><AccountMenu /></span>
            <a class="desk-new btn btn-sm" href=move || format!("/desk/tickets/new?view={}", wanted.with(|wanted| wanted.view.slug()))>
                <Icon icon=LuPlus />
                {t.new_ticket}
            </a>
            <div class="desk-views">
                <ul>{View::of(role()).iter().copied().map(item).collect_view()}</ul>
                <ul>{pages.map(page).collect_view()}</ul>
            </div>
        </nav>
    }
}
