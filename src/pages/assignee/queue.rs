//! The queue: the tickets of a view, searched and filtered by the URL, growing as it is scrolled, kept up to date.

mod filters;
mod row;

use super::view::Wanted;
use crate::{
    live::live,
    pages::shared::refusal::Failed,
    rpc::tickets::list,
    texts::{common, desk},
    ui::empty::Empty,
};
use contract::{
    page::{PAGE_SIZE_MAX, Page},
    ticket::Ticket,
};
use filters::Filters;
use leptos::{html, prelude::*};
use row::Row;

/// Rows shown at first, and added when the end comes near.
const ROWS: u32 = 50;
/// How near, in pixels.
const NEAR: i32 = 400;

/// The pane of the queue.
#[component]
pub fn Queue(wanted: Memo<Wanted>) -> impl IntoView {
    let t = desk();
    // How many rows are wanted, and of which queue: another queue starts over.
    let more = RwSignal::new((Wanted::default(), 0_u32));
    let rows = Memo::new(move |_| more.with(|(of, rows)| if wanted.with(|w| w == of) { *rows } else { 0 }) + ROWS);
    let version = live().version();
    let tickets = Resource::new(
        move || (wanted.get(), rows.get(), version.get()),
        |(wanted, rows, _)| async move { list(wanted.scope(), wanted.query(rows)).await },
    );
    let shown = RwSignal::new(0_u32);
    let show_more = move || {
        // Only when the rows asked for are here, so that one scroll asks once.
        if shown.get_untracked() >= rows.get_untracked() && rows.get_untracked() < PAGE_SIZE_MAX {
            more.set((wanted.get_untracked(), rows.get_untracked()));
        }
    };
    let pane = NodeRef::<html::Div>::new();
    let on_scroll = move |_| {
        if let Some(pane) = pane.get_untracked()
            && pane.scroll_height() - pane.scroll_top() - pane.client_height() < NEAR
        {
            show_more();
        }
    };
    view! {
        <section class="desk-queue" aria-label=t.queue>
            <header class="flex h-11 shrink-0 items-center gap-2 border-b border-base-300 px-3">
                <h2 class="font-semibold">{move || wanted.with(|wanted| wanted.view.label())}</h2>
                <span class="sr-only" role="status">{move || shown.get()}</span>
            </header>
            <Filters wanted />
            <div class="min-h-0 flex-1 overflow-y-auto" node_ref=pane on:scroll=on_scroll tabindex="-1">
                <Transition fallback=Loading>
                    {move || Suspend::new(async move {
                        let now = wanted.get_untracked();
                        match tickets.await {
                            Ok(page) if page.items.is_empty() => view! { <Nothing wanted=now /> }.into_any(),
                            Ok(page) => {
                                shown.set(u32::try_from(page.items.len()).unwrap_or(u32::MAX));
                                view! { <List page wanted=now show_more /> }.into_any()
                            }
                            Err(error) => view! { <Failed error /> }.into_any(),
                        }
                    })}
                </Transition>
            </div>
        </section>
    }
}

#[component]
fn List(page: Page<Ticket>, wanted: Wanted, show_more: impl Fn() + Copy + 'static) -> impl IntoView {
    let further = !wanted.filter("cursor").is_empty();
    let query = wanted.page_query();
    let first = format!("/desk?{query}");
    let in_place = page.items.len() < PAGE_SIZE_MAX as usize && !further;
    let more = page.next_cursor.map(|cursor| {
        view! {
            <a
                class="btn btn-sm"
                href=wanted.from_cursor(&cursor)
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
        <ul>{page.items.into_iter().map(|ticket| view! { <Row ticket query=query.clone() /> }).collect_view()}</ul>
        <p class="flex justify-center gap-2 p-3 empty:hidden">
            {further.then(|| view! { <a class="btn btn-ghost btn-sm" href=first>{desk().first_page}</a> })} {more}
        </p>
    }
}

/// An empty queue says what to do next.
#[component]
fn Nothing(wanted: Wanted) -> impl IntoView {
    let t = desk();
    let (title, lead) =
        if wanted.is_filtered() { (t.nothing_matches, t.nothing_matches_lead) } else { wanted.view.when_empty() };
    let reset = wanted.is_filtered().then(|| format!("/desk?view={}", wanted.view.slug()));
    view! {
        <Empty title>
            <p>{lead}</p>
            {reset.map(|href| view! { <p class="mt-4"><a class="btn btn-sm" href=href>{t.reset}</a></p> })}
        </Empty>
    }
}

/// Rows to come.
#[component]
fn Loading() -> impl IntoView {
    view! {
        <div role="status">
            <span class="sr-only">{common().loading}</span>
            {(0..6).map(|_| view! { <div class="px-3 py-2"><div class="skeleton h-10 w-full"></div></div> }).collect_view()}
        </div>
    }
}
