//! A reply that is not sent yet: what it says, when it goes, and what its author can do about it.

use super::{Later, taken_back};
use crate::{
    http,
    pages::shared::{attach::files, thread::called},
    rpc::{
        outbox::{put_off, send_waiting, take_back},
        threads::Waiting,
    },
    texts::outbox,
    ui::{
        alert::{Alert, Tone},
        time::{Moment, countdown},
        toast::toast,
        written::written,
    },
    viewer::{role, viewer},
};
use contract::{
    Code, Problem, Role,
    choice::Choices,
    outbox::{Held, OutboxMessage},
};
use leptos::prelude::*;

/// Below this many seconds the time that is left is counted down.
const SOON: i64 = 90;

/// What becomes of a message that was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Back {
    ToComposer,
    Dropped,
}

/// The message. `changed` is called when it is to be read anew.
#[component]
pub fn WaitingMessage(waiting: Waiting, changed: Callback<()>) -> impl IntoView {
    let (t, tell) = (outbox(), toast());
    let Waiting { message, html } = waiting;
    let mine = viewer().is_some_and(|viewer| viewer.person.id == message.author.id);
    let (held, was_held) = (message.held.clone(), message.held.is_some());
    let id = message.message_id;
    let (refused, taken) = (RwSignal::new(None::<Problem>), taken_back());
    // A try that failed is repeated with the same key, so that an answer that was lost comes after all.
    let key = StoredValue::new(String::new());
    let keyed = move || {
        if key.with_value(String::is_empty) {
            key.set_value(http::random_key());
        }
        key.get_value()
    };
    let failed = move |problem: Problem| {
        if problem.code == Code::NotFound {
            tell(t.gone.to_owned());
        } else {
            key.try_set_value(String::new());
            refused.try_set(Some(problem));
        }
        _ = changed.try_run(());
    };
    let back = Action::new(move |how: &Back| {
        let (how, key) = (*how, keyed());
        async move {
            match take_back(id, key).await {
                Ok(message) if message.held.is_some() && !was_held && !mine => tell(t.stopped.to_owned()),
                Ok(message) if how == Back::ToComposer => {
                    taken.set(Some(message));
                }
                Ok(_) => tell(t.dropped.to_owned()),
                Err(error) => return failed(error.problem()),
            }
            _ = changed.try_run(());
        }
    });
    let send = Action::new(move |anyway: &bool| {
        let (anyway, key) = (*anyway, keyed());
        async move {
            match send_waiting(id, anyway, key).await {
                Ok(()) => _ = changed.try_run(()),
                Err(error) => failed(error.problem()),
            }
        }
    });
    let time = Action::new(move |at: &String| {
        let (at, key) = (at.clone(), keyed());
        async move {
            match put_off(id, at, key).await {
                Ok(()) => {
                    tell(t.put_off.to_owned());
                    _ = changed.try_run(());
                }
                Err(error) => failed(error.problem()),
            }
        }
    });
    let busy = Signal::derive(move || back.pending().get() || send.pending().get() || time.pending().get());
    let press = move |class: &'static str, label: &'static str, act: Callback<()>| {
        view! {
            <button class=class type="button" disabled=move || busy.get() on:click=move |_| act.run(())>{label}</button>
        }
    };
    let to_composer = Callback::new(move |()| _ = back.dispatch(Back::ToComposer));
    let dropped = Callback::new(move |()| _ = back.dispatch(Back::Dropped));
    let now = Callback::new(move |()| _ = send.dispatch(false));
    let anyway = Callback::new(move |()| _ = send.dispatch(true));
    let main = "btn btn-primary btn-sm";
    let buttons = match (&held, mine) {
        (Some(held), true) => {
            // Whoever may not reply any more has nowhere to edit, and no way to send.
            let may = held.code != Code::Forbidden;
            let sendable = may && held.code != Code::TicketClosed;
            view! {
                {may.then(|| press(main, t.edit, to_composer))}
                {sendable.then(|| press("btn btn-sm", t.send_anyway, anyway))}
                {press("btn btn-ghost btn-sm", t.drop, dropped)}
            }
            .into_any()
        }
        (None, true) => view! {
            {press(main, t.undo, to_composer)} {press("btn btn-sm", t.send_now, now)}
            <Later id=format!("outbox-at-{id}") label=t.change_time on_choose=Callback::new(move |at| _ = time.dispatch(at)) />
        }
        .into_any(),
        (None, false) if role() == Role::Admin => press("btn btn-sm", t.stop, dropped).into_any(),
        // What a colleague left who is not here any more; of others, it is refused.
        (Some(held), false) if role() == Role::Admin && held.code == Code::Forbidden => {
            press("btn btn-ghost btn-sm", t.drop, dropped).into_any()
        }
        _ => ().into_any(),
    };
    let moves = message.status.map(|status| format!("· {} {}", t.then, status.label()));
    view! {
        <article class="waiting" aria-label=t.not_sent>
            <header class="message-head flex-wrap">
                <bdi class="font-semibold">{called(&message.author)}</bdi>
                <span class="waiting-label">{if held.is_some() { t.held } else { t.not_sent }}</span>
                {held.is_none().then(|| view! { <When message=message.clone() changed /> })}
                {moves.map(|moves| view! { <span class="text-2xs text-base-content/70">{moves}</span> })}
            </header>
            {held.map(|Held { detail, .. }| view! { <Alert tone=Tone::Warning><p>{detail}</p></Alert> })}
            <div class="markdown mt-1" dir="auto" inner_html=html></div>
            {(!message.files.is_empty()).then(|| written(files(&message.files)))}
            {move || refused.get().map(|problem| view! { <Alert tone=Tone::Error><p>{problem.detail}</p></Alert> })}
            <div class="needs-js mt-2 flex flex-wrap items-center gap-2">{buttons}</div>
        </article>
    }
}

/// When it goes: counted down when that is soon.
#[component]
fn When(message: OutboxMessage, changed: Callback<()>) -> impl IntoView {
    let t = outbox();
    let left = countdown(message.seconds_left);
    let over = Memo::new(move |_| left.get() <= 0);
    // The feed tells that it was sent; should it not, this looks.
    Effect::new(move |_| {
        if over.get() {
            changed.run(());
        }
    });
    let soon = Memo::new(move |_| left.get() <= SOON);
    move || {
        if soon.get() {
            let text = move || if over.get() { t.sending.to_owned() } else { t.sending_in(left.get()) };
            view! { <span class="text-2xs tabular-nums" role="timer">{text}</span> }.into_any()
        } else {
            view! { <span class="text-2xs">{t.will_be_sent} " " <Moment at=message.send_at.clone() /></span> }
                .into_any()
        }
    }
}
