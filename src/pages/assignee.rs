//! The desk, of assignees and admins: views and queue, conversation, context. One pane at a time on a phone.

pub mod canned_replies;
pub mod files;
pub mod lazy;
pub mod new_ticket;
pub mod outbox;
pub mod reports;
pub mod ticket;

mod nav;
mod queue;
mod view;

use crate::{
    pages::shared::frame::{DemoBanner, SkipLink},
    texts::desk,
    ui::empty::Empty,
    viewer::role,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    components::Outlet,
    hooks::{use_location, use_query_map},
    params::ParamsMap,
};
use nav::Nav;
use queue::Queue;
use view::Wanted;

/// The frame of the desk: the queue stays while tickets are opened beside it.
#[component]
pub fn Desk() -> impl IntoView {
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(|query| Wanted::of(query, role())));
    let path = use_location().pathname;
    let open = move || path.with(|path| path.trim_end_matches('/') != "/desk");
    provide_context(wanted);
    view! {
        <div class="desk desk-frame">
            <SkipLink />
            <DemoBanner />
            <div class="desk-panes" class:desk-open=open>
                <Nav wanted />
                <Queue wanted />
                <Outlet />
            </div>
        </div>
    }
}

/// The frame of the desk's other pages, which need the room of the queue.
#[component]
pub fn DeskPages() -> impl IntoView {
    let wanted = Memo::new(move |_| Wanted::of(&ParamsMap::new(), role()));
    view! {
        <div class="desk desk-frame">
            <SkipLink />
            <DemoBanner />
            <div class="desk-panes desk-wide">
                <Nav wanted />
                <Outlet />
            </div>
        </div>
    }
}

/// What the desk shows while no ticket is open.
#[component]
pub fn NothingOpen() -> impl IntoView {
    let t = desk();
    let wanted = expect_context::<Memo<Wanted>>();
    view! {
        // The document asks once more for the title of a page that is being left.
        <Title text=move || wanted.try_with(|wanted| wanted.view.label()).unwrap_or_default() />
        <main class="desk-main desk-nothing" id="content" tabindex="-1">
            <h1 class="sr-only">{t.desk}</h1>
            <Empty title=t.nothing_open><p>{t.nothing_open_lead}</p></Empty>
        </main>
    }
}
