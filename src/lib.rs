//! WHAT PEOPLE SEE: the Finsupport web application.
//!
//! Read in this order: [`app`] (the site map), [`pages`] (a folder per role), [`rpc`] (how pages ask), [`ui`] (the
//! design system), [`server`] (the program around it all). The facts live in the `contract` crate, the answers in
//! `api`; a page knows neither SQL nor rules.

#![recursion_limit = "512"]

pub mod app;
pub mod draft;
pub mod error;
pub mod form;
pub mod format;
pub mod http;
pub mod json;
pub mod keys;
pub mod live;
pub mod notifications;
pub mod pages;
pub mod reading;
pub mod rpc;
pub mod server;
pub mod texts;
pub mod ui;
pub mod viewer;
pub mod views;

/// Wakes the page that the server rendered, and tells whoever waits for that.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(async {
        let body = leptos::prelude::document().body().expect("a document has a body");
        let page = leptos::mount::hydrate_from_async(body, app::App).await;
        http::browser::awake();
        page.forget();
    });
}
