//! Says when the page hears nothing any more: what it shows may be old.

use crate::{
    live::{Silence, live},
    texts::{account, common},
};
use leptos::prelude::*;

/// Empty as long as all is well.
#[component]
pub fn Silent() -> impl IntoView {
    let t = common();
    let why = move || {
        live().silence.get().map(|silence| match silence {
            Silence::Lost => view! { <p>{t.silent}</p> }.into_any(),
            Silence::Over => view! {
                <p>
                    {t.session_ended} " "
                    <a class="link" href="/sign-in" target="_blank" rel="external">{account().sign_in}</a>
                </p>
            }
            .into_any(),
        })
    };
    view! { <div class="silent-box" role="status">{why}</div> }
}
