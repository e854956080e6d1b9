//! The customers' portal. Every page works without JavaScript.

pub mod files;
pub mod new_ticket;
pub mod ticket;
pub mod tickets;

use crate::pages::shared::frame::{AccountMenu, DemoBanner, SkipLink};
use leptos::prelude::*;
use leptos_router::components::Outlet;

/// The frame of the portal.
#[component]
pub fn Portal() -> impl IntoView {
    view! {
        <SkipLink />
        <DemoBanner />
        <AccountMenu />
        <Outlet />
    }
}
