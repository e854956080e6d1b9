//! The desk: queue, conversation, context.

pub mod new_ticket;
pub mod ticket;

use crate::pages::shared::frame::{AccountMenu, DemoBanner, SkipLink};
use leptos::prelude::*;
use leptos_router::components::Outlet;

/// The frame of the desk.
#[component]
pub fn Desk() -> impl IntoView {
    view! {
        <SkipLink />
        <DemoBanner />
        <AccountMenu />
        <Outlet />
    }
}

/// What the desk shows while no ticket is open.
#[component]
pub fn NothingOpen() -> impl IntoView {
    view! { <main id="content"></main> }
}
