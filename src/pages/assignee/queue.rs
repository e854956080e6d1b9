//! The queue: the tickets of a view, searched and filtered by the URL, growing as it is scrolled, kept up to date.

mod chips;
mod filters;
mod keeping;
mod row;
mod rows;
pub mod selection;
pub mod walk;

use super::{
    deeds::deeds,
    panes::{Edge, Side},
    standing::standing,
    view::Wanted,
};
use crate::{
    json::resource,
    live::live,
    pages::shared::refusal::{Failed, Refusal},
    rpc::tickets::list,
    texts::{common, desk},
    ui::{afresh::Afresh, empty::Empty},
    viewer::role,
};
use chips::Chips;
use contract::{id::TicketId, page::Page, ticket::Ticket};
use filters::Filters;
use keeping::Keeping;
use leptos::{ev, html, prelude::*};
use row::{Row, use_teller};
use rows::{ROWS, Rows, use_rows};
use selection::{Bulk, Selection};
use walk::use_walk;

/// How near the end of the rows may come before more are read, in pixels below the window's edge.
const NEAR: f64 = 600.0;

/// The pane of the queue.
#[component]
pub fn Queue(wanted: Memo<Wanted>) -> impl IntoView {
    let t = desk();
    let version = live().version();
    let tickets = resource(
        move || wanted.get(),
        move |wanted| {
            let since = version.get_untracked();
            async move {
                let page = list(wanted.scope(), wanted.query(ROWS)).await;
                (wanted, page, since)
            }
        },
    );
    let count = RwSignal::new(None);
    let counted = move || count.get().map(|(rows, more)| t.tickets(rows, more));
    view! {
        <section class="desk-queue" aria-label=t.queue>
            <header class="flex h-11 shrink-0 items-center gap-2 px-3">
                <h2 class="min-w-0 truncate font-semibold">{move || wanted.with(Wanted::title)}</h2>
                <span class="shrink-0 text-base-content/70" role="status">{counted}</span>
            </header>
            <Filters wanted />
            <Chips wanted />
            <Keeping wanted />
            <Transition fallback=Loading>
                {move || Suspend::new(async move {
                    match tickets.await {
                        (wanted, Ok(page), since) => view! { <Afresh><List page=page.clone() wanted=wanted.clone() since count /></Afresh> }.into_any(),
                        (_, Err(error), _) => view! { <Failed error /> }.into_any(),
                    }
                })}
            </Transition>
            <Edge side=Side::Queue />
        </section>
    }
}

/// The rows. They stay what they are while tickets come, change and go, so that neither focus nor place is lost.
#[component]
fn List(
    page: Page<Ticket>,
    wanted: Wanted,
    /// What the live feed had told when the rows began to be read: what it told meanwhile may not be in them.
    since: i64,
    count: RwSignal<Option<(usize, bool)>>,
) -> impl IntoView {
    let open = standing().at;
    let rows = use_rows(wanted.clone(), page, open);
    let version = live().version();
    Effect::new(move |before: Option<i64>| {
        let now = version.get();
        if before.unwrap_or(since) != now {
            rows.refresh();
        }
        now
    });
    let selection = expect_context::<Selection>();
    deeds().face(move |id| rows.look(id), move |ticket| rows.show(ticket));
    Effect::new(move |before: Option<Option<TicketId>>| {
        let now = open.get();
        [before.flatten(), now].into_iter().flatten().for_each(|id| rows.read(id));
        now
    });
    Effect::new(move |_| count.set(Some((rows.shown.with(Vec::len), rows.next.with(Option::is_some)))));
    let end = NodeRef::<html::Div>::new();
    let on_scroll = move || {
        if end.get_untracked().is_some_and(|end| is_near(&end)) {
            rows.grow();
        }
    };
    // On a phone the page scrolls; on a desktop the pane does.
    let scroll = window_event_listener(ev::scroll, move |_| on_scroll());
    on_cleanup(move || scroll.remove());
    let (query, teller) = (StoredValue::new(wanted.page_query()), use_teller());
    let empty = wanted.clone();
    use_walk(rows, open, query, selection);
    view! {
        <Bulk rows selection />
        <div class="desk-rows" on:scroll=move |_| on_scroll()>
            <ul>
                <For each=move || rows.shown.get() key=|(id, _)| *id let((id, ticket))>
                    <Row id ticket open query rows selection teller />
                </For>
            </ul>
            <Show when=move || rows.shown.with(Vec::is_empty)>
                <Nothing wanted=empty.clone() />
            </Show>
            <div class="flex flex-col items-center gap-2 p-3 empty:hidden" node_ref=end>
                <More rows wanted />
            </div>
        </div>
    }
}

/// What stands after the rows: the way to more of them, and back to the first.
#[component]
fn More(rows: Rows, wanted: Wanted) -> impl IntoView {
    let further = !wanted.filter("cursor").is_empty();
    let first = format!("/desk?{}", wanted.page_query());
    let problem =
        Signal::derive(move || rows.failed.with(|failed| failed.as_ref().map(crate::error::AppError::problem)));
    let more = move || {
        rows.next.get().map(|cursor| {
            view! {
                <a
                    class="btn btn-sm"
                    href=wanted.page_at(&cursor)
                    aria-busy=move || rows.growing.get().then_some("true")
                    on:click=move |click| {
                        click.prevent_default();
                        rows.grow();
                    }
                >
                    {move || if rows.growing.get() { common().loading } else { common().load_more }}
                </a>
            }
        })
    };
    view! {
        <Refusal problem />
        {further.then(|| view! { <a class="btn btn-ghost btn-sm" href=first>{desk().first_page}</a> })}
        {more}
    }
}

/// An empty queue says what to do next.
#[component]
fn Nothing(wanted: Wanted) -> impl IntoView {
    let t = desk();
    let (title, lead) = wanted.when_empty();
    let changed = wanted.is_filtered() && wanted.is_changed();
    let reset = changed.then(|| format!("/desk?{}", wanted.reset()));
    let everywhere = wanted.everywhere(role()).map(|query| format!("/desk?{query}"));
    view! {
        <Empty title>
            <p>{lead}</p>
            <p class="mt-4 flex flex-wrap justify-center gap-2 empty:hidden">
                {everywhere.map(|href| view! { <a class="btn btn-sm" href=href>{t.search_all}</a> })}
                {reset.map(|href| view! { <a class="btn btn-sm" href=href>{t.reset}</a> })}
            </p>
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

fn is_near(end: &web_sys::Element) -> bool {
    let window = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
    end.get_bounding_client_rect().top() < window + NEAR
}
