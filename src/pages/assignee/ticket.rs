//! A ticket at the desk: the conversation with notes and events, what can be done, the composer, and the context beside
//! it. Built once per ticket; what happens afterwards flows in, see [`use_shown`].

mod actions;
mod canned;
mod composer;
mod context;
mod drafts;
mod edit;
mod followers;
mod header;
mod insertion;
mod mentions;
mod merge;
mod split;

use super::{
    ahead::{Ahead, Whole},
    commands::commands,
    deeds::{Deed, deeds},
    outbox::{self, WaitingMessage},
    panes::{Edge, Side},
    places::focus,
    standing::standing,
    view::Wanted,
};
use crate::{
    error::AppError,
    json::resource,
    keys::Command,
    pages::{
        Missing,
        shared::{
            fold::unfold,
            merged::MergedAway,
            moved::News,
            refusal::Failed,
            shown::{LostSight, Shown, use_shown},
            thread::{Conversation, Tools},
        },
    },
    rpc::threads::{Around, Thread, read_around, read_thread},
    texts::{common, desk},
    ui::afresh::Afresh,
    viewer::remote,
};
use composer::Composer;
use context::Context;
use contract::{Code, id::TicketId, policy::Action as May, ticket::Ticket};
use header::Header;
use leptos::{html, prelude::*};
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    components::Redirect,
    hooks::{use_navigate, use_params_map},
};
use merge::use_undo;
use split::SplitOff;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// How near the end of the conversation somebody reads who wants to see what is added to it, in pixels.
const NEAR_END: i32 = 400;

/// The page of a ticket.
#[component]
pub fn TicketPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get_str("id").and_then(|id| id.parse::<TicketId>().ok())));
    // Whatever the page needs is read here: a resource made within a `Suspend` would be made once more on the server than
    // in the browser, and neither would know the other's.
    let ahead = expect_context::<Ahead>();
    let loaded = resource(
        move || id.get(),
        move |wanted| async move {
            let ready =
                wanted.and_then(|wanted| ahead.take(wanted, move || id.try_get_untracked() == Some(Some(wanted))));
            match (wanted, ready) {
                (_, Some(whole)) => Ok(Some(whole)),
                (Some(id), None) => {
                    let thread = read_thread(id).await?;
                    let around = read_around(thread.ticket.customer.id, thread.ticket.organization_id).await;
                    Ok(Some((thread, around)))
                }
                (None, None) => Ok::<Option<Whole>, AppError>(None),
            }
        },
    );
    let query = back_query();
    view! {
        <Transition fallback=Loading>
            {move || Suspend::new(async move {
                match loaded.await {
                    Ok(Some((Thread { ticket: Ticket { merged_into: Some(target), .. }, .. }, _))) => {
                        let path = format!("/desk/tickets/{}?{}", target.ticket_id, query.get_untracked());
                        view! { <Redirect path options=NavigateOptions { replace: true, ..NavigateOptions::default() } /> }.into_any()
                    }
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
    let tickets = around.as_ref().map(|around| around.tickets.clone()).unwrap_or_default();
    let shown = use_shown(thread);
    deeds().face(move |id| shown.look(id), move |ticket| shown.show(ticket));
    use_keys(shown);
    let (undo, query) = (use_undo(shown), back_query());
    let tools = Tools { undo: undo.action, may: shown.may(May::Merge), query };
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
            <Header shown people tickets />
            <LostSight shown back=Signal::derive(back()) />
            <MergedAway shown base="/desk/tickets" />
            <section class="desk-thread" aria-label=desk().conversation tabindex="0" node_ref=pane>
                <Conversation shown tools />
                <For each=move || shown.thread.with(|thread| thread.outbox.clone()) key=outbox::showing let(waiting)>
                    <WaitingMessage waiting changed=again />
                </For>
            </section>
            <News shown />
            <SplitOff shown query />
            <Composer shown />
            <Edge side=Side::Context />
        </main>
        <Context shown around undo />
    }
}

/// The commands of an open ticket that are carried out where their buttons are.
fn use_keys(shown: Shown) {
    let (commands, navigate, deeds) = (commands(), use_navigate(), deeds());
    let at = standing().at;
    let here = move || at.get_untracked() == Some(shown.id());
    // Whoever has just walked on means the next ticket, whose page is not there yet; nothing is sent that was not seen.
    let on = move |command: Command, doing: fn()| {
        commands.on(command, move || if here() { doing() } else { commands.put_off(command) });
    };
    let send = move |command: Command, button: &'static str| {
        commands.on(command, move || {
            if here() {
                press(button);
            }
        });
    };
    on(Command::Reply, || write("#tab-reply-panel", "#reply"));
    on(Command::Note, || write("#tab-note-panel", "#note"));
    send(Command::Send, ".desk-composer [role=tabpanel]:not(.hidden) [data-main]");
    send(Command::SendCompleteNext, "#reply-panel:not(.hidden) [data-next]");
    let settled = shown.of(|ticket| ticket.status.is_settled());
    Effect::new(move |_| {
        if !settled.get() {
            on(Command::Escalate, || unfold("escalate"));
        }
    });
    let standing = standing();
    Effect::new(move |_| {
        standing.built();
        request_animation_frame(move || commands.catch_up());
    });
    let back = back();
    if !remote() {
        commands.on(Command::Unread, move || {
            deeds.act(Deed::MarkUnread, at.get_untracked().into_iter().collect());
            navigate(&untrack(back), Default::default());
        });
    }
}

/// Turns to this tab of the composer and writes there.
fn write(tab: &'static str, area: &'static str) {
    press(tab);
    request_animation_frame(move || focus(area));
}

/// Presses the first such button.
fn press(selector: &str) {
    let button = document().query_selector(selector).ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        button.click();
    }
}

/// Why the ticket cannot be shown; one that is missing, or not the viewer's to see, makes the missing page.
#[component]
fn NotOpened(error: AppError) -> impl IntoView {
    let commands = commands();
    Effect::new(move |_| commands.set_under_way(false));
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

/// The query that names the queue beside the ticket.
pub(super) fn back_query() -> Signal<String> {
    let wanted = use_context::<Memo<Wanted>>();
    Signal::derive(move || wanted.map(|wanted| wanted.with(Wanted::page_query)).unwrap_or_default())
}

/// The queue that this ticket was opened from.
fn back() -> impl Fn() -> String + Copy + Send + Sync {
    let wanted = use_context::<Memo<Wanted>>();
    move || wanted.map_or_else(|| "/desk".to_owned(), |wanted| format!("/desk?{}", wanted.with(Wanted::page_query)))
}
