//! The desk, of assignees and admins: views and queue, conversation, context. One pane at a time on a phone.

pub mod canned_replies;
pub mod drafts;
pub mod files;
pub mod new_ticket;
pub mod notifications;
pub mod outbox;
pub mod reports;
pub mod ticket;

pub mod ahead;
pub mod choosers;
mod choosing;
mod commands;
mod deeds;
mod dialogs;
mod nav;
pub mod palette;
pub mod panes;
mod places;
mod present;
mod queue;
mod search;
pub mod sheet;
mod standing;
mod view;

use crate::{
    pages::{
        lazy,
        shared::frame::{DemoBanner, SkipLink},
    },
    texts::desk,
    ui::empty::Empty,
    viewer::role,
    views::kept_views,
};
use ahead::provide_ahead;
use choosing::provide_choosing;
use commands::provide_commands;
use deeds::provide_deeds;
use dialogs::{Dialogs, provide_dialogs};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    components::Outlet,
    hooks::{use_location, use_query_map},
    params::ParamsMap,
};
use nav::Nav;
use panes::provide_panes;
use places::{use_back, use_places};
use queue::{Queue, selection::provide_selection};
use standing::provide_standing;
use view::{Wanted, provide_columns, view_id};

/// The frame of the desk: the queue stays while tickets are opened beside it.
#[component]
pub fn Desk() -> impl IntoView {
    let query = use_query_map();
    let wanted = use_wanted(query);
    let path = use_location().pathname;
    let open = move || path.with(|path| path.trim_end_matches('/') != "/desk");
    provide_context(wanted);
    provide_panes();
    provide_commands();
    provide_deeds();
    provide_ahead();
    let standing = provide_standing();
    let selection = provide_selection();
    let choosing = provide_choosing(standing.at, selection);
    provide_dialogs();
    use_places();
    use_back(wanted, selection, standing);
    provide_columns(wanted);
    let touched = lazy::touched();
    let reads_on = move || touched.get() || standing.at.with(Option::is_some);
    view! {
        <div class="desk desk-frame">
            <SkipLink />
            <DemoBanner />
            <div class="desk-panes" class:desk-open=open>
                <Nav wanted />
                <Queue wanted />
                <Outlet />
            </div>
            <Dialogs choosing />
            {lazy::once_asked::<lazy::Reader>(reads_on, || (), || ())}
        </div>
    }
}

/// What the address asks for. A view that is not known yet, for it has just been saved, is looked for first.
fn use_wanted(query: Memo<ParamsMap>) -> Memo<Wanted> {
    let kept = kept_views();
    Effect::new(move |_| {
        if let Some(id) = query.with(view_id) {
            kept.look_for(id);
        }
    });
    Memo::new(move |before: Option<&Wanted>| {
        let may_come = query.with(view_id).is_some_and(|id| kept.may_come(id));
        match before {
            Some(before) if may_come => before.clone(),
            _ => query.with(|query| kept.saved(|saved| Wanted::of(query, role(), saved))),
        }
    })
}

/// The frame of the desk's other pages, which need the room of the queue.
#[component]
pub fn DeskPages() -> impl IntoView {
    let wanted = Memo::new(move |_| Wanted::of(&ParamsMap::new(), role(), &[]));
    provide_commands();
    provide_dialogs();
    use_places();
    view! {
        <div class="desk desk-frame">
            <SkipLink />
            <DemoBanner />
            <div class="desk-panes desk-wide">
                <Nav wanted />
                <Outlet />
            </div>
            <Dialogs />
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
        <Title text=move || wanted.try_with(Wanted::title).unwrap_or_default() />
        <main class="desk-main desk-nothing" id="content" tabindex="-1">
            <h1 class="sr-only">{t.desk}</h1>
            <Empty title=t.nothing_open><p>{t.nothing_open_lead}</p></Empty>
        </main>
    }
}
