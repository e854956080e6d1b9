//! A ticket at the desk: the conversation with notes and events, what can be done, the composer, and the context beside
//! it. Built once per ticket; what happens afterwards flows in, see [`use_shown`].

mod actions;
mod canned;
mod composer;
mod context;
mod edit;
mod followers;
mod header;

use super::{
    outbox::{self, WaitingMessage},
    view::Wanted,
};
use crate::{
    error::AppError,
    pages::{
        Missing,
        shared::{
            refusal::Failed,
            shown::{LostSight, use_shown},
            thread::Conversation,
        },
    },
    rpc::threads::{Around, Thread, read_around, read_thread},
    texts::{common, desk},
    ui::afresh::Afresh,
};
use composer::Composer;
use context::Context;
use contract::{Code, id::TicketId};
use header::Header;
use leptos::{html, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// How near the end of the conversation somebody reads who wants to see what is added to it, in pixels.
const NEAR_END: i32 = 400;

/// The page of a ticket.
#[component]
pub fn TicketPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get_str("id").and_then(|id| id.parse::<TicketId>().ok())));
    // Whatever the page needs is read here: a resource made within a `Suspend` would be made once more on the server than
    // in the browser, and neither would know the other's.
    let loaded = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => {
                    let thread = read_thread(id).await?;
                    let around = read_around(thread.ticket.customer.id, thread.ticket.organization_id).await;
                    Ok(Some((thread, around)))
                }
                None => Ok::<_, AppError>(None),
            }
        },
    );
    view! {
        <Transition fallback=Loading>
            {move || Suspend::new(async move {
                match loaded.await {
                    Ok(Some((thread, around))) => {
                        view! { <Afresh><Opened thread=thread.clone() around=around.clone() /></Afresh> }.into_any()
                    }
                    Ok(None) => view! { <Missing /> }.into_any(),
                    Err(error) => view! { <NotOpened error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Opened(thread: Thread, around: Result<Around, AppError>) -> impl IntoView {
    let people = around.as_ref().map(|around| around.people.clone()).unwrap_or_default();
    let shown = use_shown(thread);
    let title = shown.of(|ticket| format!("{} {}", ticket.reference(), ticket.subject));
    let pane = NodeRef::<html::Section>::new();
    // The newest message is what an agent came for; one that arrives moves nothing under the eyes of who reads further up.
    Effect::new(move |before: Option<usize>| {
        let items = shown.thread.with(|thread| thread.items.len() + thread.outbox.len());
        if let Some(pane) = pane.get()
            && before != Some(items)
        {
            let first = before.is_none();
            request_animation_frame(move || {
                let below = pane.scroll_height() - pane.client_height() - pane.scroll_top();
                if first || below < NEAR_END {
                    pane.set_scroll_top(pane.scroll_height());
                }
            });
        }
        items
    });
    let again = Callback::new(move |()| shown.read_again());
    view! {
        // The document asks once more for the title of a page that is being left.
        <Title text=move || title.try_get().unwrap_or_default() />
        <main class="desk-main desk-ticket" id="content" tabindex="-1">
            <Header shown people />
            <LostSight shown back=Signal::derive(back()) />
            <section class="desk-thread" aria-label=desk().conversation tabindex="0" node_ref=pane>
                {move || shown.thread.with(|thread| {
                    let Thread { ticket, description, files, items, .. } = thread.clone();
                    view! { <Conversation author=ticket.customer description files at=ticket.created_at items /> }
                })}
                <For each=move || shown.thread.with(|thread| thread.outbox.clone()) key=outbox::showing let(waiting)>
                    <WaitingMessage waiting changed=again />
                </For>
            </section>
            <Composer shown />
        </main>
        <Context shown around />
    }
}

/// Why the ticket cannot be shown; one that is missing, or not the viewer's to see, makes the missing page.
#[component]
fn NotOpened(error: AppError) -> impl IntoView {
    if error.problem().code == Code::NotFound {
        return view! { <Failed error /> }.into_any();
    }
    view! {
        <main class="desk-main" id="content">
            <h1 class="sr-only">{error.problem().title}</h1>
            <Failed error />
        </main>
    }
    .into_any()
}

#[component]
fn Loading() -> impl IntoView {
    view! {
        <main class="desk-main flex flex-col gap-4 p-5" id="content">
            <h1 class="sr-only" role="status">{common().loading}</h1>
            <div class="skeleton h-6 w-1/2"></div>
            <div class="skeleton h-24 w-full"></div>
            <div class="skeleton h-24 w-2/3"></div>
        </main>
    }
}

/// The queue that this ticket was opened from.
fn back() -> impl Fn() -> String + Copy + Send + Sync {
    let wanted = use_context::<Memo<Wanted>>();
    move || wanted.map_or_else(|| "/desk".to_owned(), |wanted| format!("/desk?{}", wanted.with(Wanted::page_query)))
}
