//! That the ticket shown is made of several, or was itself merged into another.

use crate::{
    pages::shared::shown::Shown,
    texts::merging,
    ui::alert::{Alert, Tone},
};
use leptos::prelude::*;

/// A line for each ticket that was merged into the one shown.
#[component]
pub fn MergedHere(shown: Shown) -> impl IntoView {
    let numbers =
        Memo::new(move |_| shown.thread.with(|thread| thread.sources().map(|s| s.number).collect::<Vec<_>>()));
    view! {
        <For each=move || numbers.get() key=|number| *number let(number)>
            <p class="text-base-content/70">{merging().was_merged(number)}</p>
        </For>
    }
}

/// What is said on the page of a ticket that was merged into another while it was open. Whoever opens it later is led there
/// at once; here somebody may be typing.
#[component]
pub fn MergedAway(
    shown: Shown,
    /// Where tickets are: `/tickets`.
    base: &'static str,
) -> impl IntoView {
    let t = merging();
    let target = shown.of(|ticket| ticket.merged_into.clone());
    move || {
        target.get().map(|target| {
            let told = t.is_merged(&contract::ticket::reference(target.number));
            let there = format!("{base}/{}", target.ticket_id);
            view! { <Alert tone=Tone::Warning>{told} " " <a class="link" href=there>{t.go_there}</a></Alert> }
        })
    }
}
