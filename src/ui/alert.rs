//! A message that stands where it belongs: what happened, whether anything was lost, what to do.

use leptos::prelude::*;

/// How a message is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Info,
    Success,
    Warning,
    Error,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "alert alert-soft alert-info",
            Self::Success => "alert alert-soft alert-success",
            Self::Warning => "alert alert-soft alert-warning",
            Self::Error => "alert alert-soft alert-error",
        }
    }
}

/// A message. `<Alert tone=Tone::Error>"Not sent."</Alert>`
#[component]
pub fn Alert(tone: Tone, children: Children) -> impl IntoView {
    let role = if tone == Tone::Error { "alert" } else { "status" };
    view! { <div class=tone.class() role=role><div class="min-w-0 wrap-anywhere">{children()}</div></div> }
}
