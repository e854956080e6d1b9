//! The pages, in a folder per role; what two roles show is in `shared`. Admins use the desk of the assignees, which
//! offers them more.

pub mod account;
pub mod assignee;
pub mod customer;
pub mod lazy;
pub mod shared;
pub mod sign_in;

use crate::{http, texts::common, ui::empty::Empty};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page for whatever is not there, or not the viewer's to see: the two look the same.
#[component]
pub fn Missing() -> impl IntoView {
    http::set_status(404);
    let t = common();
    view! {
        <Title text=t.missing_title />
        <main class="mx-auto max-w-3xl p-4" id="content">
            <h1 class="sr-only">{t.missing_title}</h1>
            <Empty title=t.missing_title>
                <p>{t.missing}</p>
                <p class="mt-4"><a class="btn btn-primary btn-sm" href="/" rel="external">{t.go_home}</a></p>
            </Empty>
        </main>
    }
}
