//! The outbox: the viewer's replies that are not sent yet, on whatever ticket.

mod later;
mod message;

pub use later::Later;
pub use message::WaitingMessage;

use crate::{
    json::resource,
    live::live,
    pages::shared::refusal::Failed,
    rpc::{outbox::my_outbox, threads::Waiting},
    texts::outbox,
    ui::empty::Empty,
};
use contract::{Code, outbox::OutboxMessage, ticket::reference};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// The message that was taken back last, until the composer of its ticket takes it over.
#[derive(Clone, Copy)]
struct TakenBack(RwSignal<Option<OutboxMessage>>);

/// Makes [`taken_back`] work below. Called once, by the application.
pub fn provide_taken_back() {
    provide_context(TakenBack(RwSignal::new(None)));
}

/// The message that was taken back last, until the composer of its ticket takes it over.
pub fn taken_back() -> RwSignal<Option<OutboxMessage>> {
    expect_context::<TakenBack>().0
}

/// What tells one showing of a message from another: whatever is new of it is shown anew, and a menu that is open stays.
pub fn showing(waiting: &Waiting) -> (String, String, bool) {
    let message = &waiting.message;
    (message.message_id.to_string(), message.send_at.clone(), message.held.is_some())
}

/// The page.
#[component]
pub fn Outbox() -> impl IntoView {
    let t = outbox();
    let changes = RwSignal::new(0_usize);
    let version = live().version();
    let found = resource(move || (changes.get(), version.get()), |_| my_outbox());
    let changed = Callback::new(move |()| changes.update(|n| *n += 1));
    // Its text goes on in the composer of its ticket.
    let navigate = use_navigate();
    let back = taken_back();
    Effect::new(move |_| {
        if let Some(ticket) = back.with(|message| message.as_ref().map(|message| message.ticket_id)) {
            navigate(&format!("/desk/tickets/{ticket}"), NavigateOptions::default());
        }
    });
    view! {
        <Title text=t.outbox />
        <main class="desk-main" id="content" tabindex="-1">
            <div class="desk-page max-w-4xl">
                <header>
                    <h1 class="text-base font-semibold">{t.outbox}</h1>
                    <p class="text-base-content/70">{t.lead}</p>
                </header>
                <Transition fallback=|| view! { <div class="skeleton h-24 w-full"></div> }>
                    {move || Suspend::new(async move {
                        match found.await {
                            Ok(all) if all.is_empty() => view! { <Empty title=t.empty><p>{t.empty_lead}</p></Empty> }.into_any(),
                            Ok(all) => view! { <List all changed /> }.into_any(),
                            Err(error) => view! { <Failed error /> }.into_any(),
                        }
                    })}
                </Transition>
            </div>
        </main>
    }
}

#[component]
fn List(all: Vec<Waiting>, changed: Callback<()>) -> impl IntoView {
    let rows = all.into_iter().map(|waiting| {
        let message = &waiting.message;
        let in_sight = message.held.as_ref().is_none_or(|held| held.code != Code::Forbidden);
        let (reference, href) = (reference(message.number), format!("/desk/tickets/{}", message.ticket_id));
        view! {
            <li class="flex flex-col gap-1">
                {if in_sight {
                    view! { <a class="link self-start font-medium" href=href>{reference}</a> }.into_any()
                } else {
                    view! { <span class="font-medium">{reference}</span> }.into_any()
                }}
                <WaitingMessage waiting changed />
            </li>
        }
    });
    view! { <ul class="flex flex-col gap-4">{rows.collect_view()}</ul> }
}
