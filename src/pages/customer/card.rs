//! Whoever types a card number into a ticket is told while it can still be taken out: nobody here needs it.

use crate::{
    draft::Draft,
    texts::portal,
    ui::alert::{Alert, Tone},
};
use contract::guard::{Finding, cards};
use leptos::prelude::*;

/// Says so below the field, as long as a card number stands in it. It stops nobody: not every such number is one.
#[component]
pub fn CardSeen(draft: Draft) -> impl IntoView {
    let seen = Memo::new(move |_| draft.text.with(|text| cards(text)));
    move || {
        let last = seen.with(|seen| seen.first().cloned())?;
        Some(view! {
            <Alert tone=Tone::Warning>
                <p class="font-medium">{Finding::Card(last).message()}</p>
                <p>{portal().no_card_needed}</p>
            </Alert>
        })
    }
}
