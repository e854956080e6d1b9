//! The customers' portal. Every page works without JavaScript.

mod card;
pub mod files;
pub mod new_ticket;
pub mod ticket;
pub mod tickets;

use crate::{
    pages::{
        lazy::{load_when_touched, portal_more},
        shared::frame::{AccountMenu, DemoBanner, SkipLink},
    },
    texts::portal,
    ui::icon::{Icon, LuPlus},
};
use leptos::prelude::*;
use leptos_router::components::{A, Outlet};

/// The frame of the portal.
#[component]
pub fn Portal() -> impl IntoView {
    let t = portal();
    load_when_touched(portal_more::load);
    view! {
        <SkipLink />
        <DemoBanner />
        <header class="border-b border-base-300 bg-base-100">
            <div class="mx-auto flex h-14 max-w-3xl items-center gap-3 px-4 sm:gap-4">
                <span class="brand-mark portal-mark" aria-hidden="true">"F"</span>
                <nav class="flex min-w-0 flex-1 items-center gap-3 sm:gap-4" aria-label=t.main>
                    <A href="/tickets" exact=true attr:class="portal-nav">{t.my_tickets}</A>
                    <A href="/my-files" exact=true attr:class="portal-nav">{t.files}</A>
                    <A href="/tickets/new" exact=true attr:class="btn btn-primary btn-sm ms-auto">
                        <span class="hidden sm:inline-flex"><Icon icon=LuPlus /></span>
                        {t.new_ticket}
                    </A>
                </nav>
                <AccountMenu />
            </div>
        </header>
        <Outlet />
    }
}
