//! My tickets: those the viewer filed, and those of colleagues that they follow. Filters are the URL.

mod filters;
mod row;

use crate::{
    json::resource,
    live::live,
    pages::shared::refusal::Failed,
    rpc::{search::search, tickets::list},
    texts::{self, common, portal},
    ui::{empty::Empty, written::written},
    viewer::remote,
};
use contract::{
    page::{PAGE_SIZE_MAX, Page},
    search::{Found, HITS_MAX},
    ticket::Ticket,
};
use filters::{Filters, Wanted};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use row::row;
use std::collections::HashMap;

/// Tickets shown at first, and added by each "Show more".
const ROWS: u32 = 25;

/// The list of tickets.
#[component]
pub fn Tickets() -> impl IntoView {
    let t = portal();
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(Wanted::of));
    // How many rows are wanted, and of which list: another list starts over.
    let more = RwSignal::new((Wanted::default(), 0_u32));
    let rows = Memo::new(move |_| more.with(|(of, rows)| if wanted.with(|w| w == of) { *rows } else { 0 }) + ROWS);
    let version = live().version();
    // A gateway has lists only, and marks nothing in them.
    let marks = !remote();
    let tickets = resource(
        move || (wanted.get(), rows.get(), version.get()),
        move |(wanted, rows, _)| async move {
            let page = list(wanted.scope(), wanted.query(rows)).await;
            let found = if marks && !wanted.q.trim().is_empty() { search(wanted.q, HITS_MAX).await.ok() } else { None };
            (page, found.unwrap_or_default())
        },
    );
    let show_more = move || more.set((wanted.get_untracked(), rows.get_untracked()));
    view! {
        <Title text=t.my_tickets />
        <main class="mx-auto flex max-w-3xl flex-col gap-4 px-4 py-6" id="content">
            <h1 class="text-xl font-semibold">{t.my_tickets}</h1>
            <Filters wanted />
            <Transition fallback=Loading>
                {move || Suspend::new(async move {
                    let (wanted, rows) = (wanted.get_untracked(), rows.get_untracked());
                    match tickets.await {
                        (Ok(page), _) if page.items.is_empty() => view! { <Nothing wanted /> }.into_any(),
                        (Ok(page), found) => view! { <List page found wanted rows show_more /> }.into_any(),
                        (Err(error), _) => view! { <Failed error /> }.into_any(),
                    }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn List(
    page: Page<Ticket>,
    /// What of the tickets matches the words that are searched for.
    found: Found,
    wanted: Wanted,
    rows: u32,
    show_more: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let (followed, further) = (wanted.followed, !wanted.cursor.is_empty());
    let instead = found.corrected_to.as_deref().map(|meant| texts::search().instead(meant));
    let mut hits: HashMap<_, _> = found.hits.into_iter().map(|hit| (hit.ticket.ticket_id, hit)).collect();
    let tickets = page.items.into_iter().map(|ticket| {
        let hit = hits.remove(&ticket.ticket_id);
        written(row(&ticket, hit, followed))
    });
    let tickets = tickets.collect_view();
    let first = wanted.href("");
    let more = page.next_cursor.map(|cursor| {
        // In place as long as one page of the API can hold them all; beyond that, as without JavaScript, by address.
        let in_place = rows + ROWS <= PAGE_SIZE_MAX;
        view! {
            <a
                class="btn btn-sm"
                href=wanted.href(&cursor)
                on:click=move |click| {
                    if in_place {
                        click.prevent_default();
                        show_more();
                    }
                }
            >
                {common().load_more}
            </a>
        }
    });
    view! {
        <div role="status">{instead.map(|instead| view! { <p>{instead}</p> })}</div>
        <ul class="portal-list">{tickets}</ul>
        <p class="flex justify-center gap-2 empty:hidden">
            {further.then(|| view! { <a class="btn btn-ghost btn-sm" href=first>{portal().first_page}</a> })} {more}
        </p>
    }
}

/// An empty list: none yet, none followed, or none that matches.
#[component]
fn Nothing(wanted: Wanted) -> impl IntoView {
    let t = portal();
    let (title, lead, way_out) = if wanted.filters() {
        let all = Wanted { followed: wanted.followed, ..Wanted::default() }.href("");
        (t.none_match, t.none_match_lead, Some(view! { <a class="btn btn-sm" href=all>{t.reset}</a> }.into_any()))
    } else if wanted.followed {
        (t.none_followed, t.none_followed_lead, None)
    } else {
        let first = view! { <a class="btn btn-primary btn-sm" href="/tickets/new">{t.first_ticket}</a> };
        (t.no_tickets, t.no_tickets_lead, Some(first.into_any()))
    };
    view! {
        <div class="portal-list">
            <Empty title>
                <p>{lead}</p>
                {way_out.map(|link| view! { <p class="mt-4">{link}</p> })}
            </Empty>
        </div>
    }
}

/// Rows to come.
#[component]
fn Loading() -> impl IntoView {
    view! {
        <div class="portal-list" role="status">
            <span class="sr-only">{common().loading}</span>
            {(0..4).map(|_| view! { <div class="p-4"><div class="skeleton h-10 w-full"></div></div> }).collect_view()}
        </div>
    }
}
