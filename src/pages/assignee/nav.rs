//! The views, and the ways to everything else.

use super::view::{View, Wanted};
use crate::{
    pages::shared::frame::AccountMenu,
    texts::{common, desk},
    ui::icon::{Icon, LuPlus},
    viewer::role,
};
use leptos::prelude::*;

/// The leftmost pane; a bar at the top on a phone.
#[component]
pub fn Nav(wanted: Memo<Wanted>) -> impl IntoView {
    let t = desk();
    let item = move |view: View| {
        let current = move || wanted.with(|wanted| wanted.view == view).then_some("page");
        view! { <li><a class="desk-view" href=format!("/desk?view={}", view.slug()) aria-current=current>{view.label()}</a></li> }
    };
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
            <ul class="desk-views">{View::of(role()).iter().copied().map(item).collect_view()}</ul>
        </nav>
    }
}
