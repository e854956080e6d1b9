//! What [`crate::http`] is on the server.

use super::headers;
use axum::http::{StatusCode, header, request::Parts};
use contract::id::PersonId;
use leptos::{
    nonce::use_nonce,
    prelude::{use_context, with_context},
};
use leptos_axum::ResponseOptions;

/// Sets the status of the answer being written.
pub fn set_status(status: u16) {
    if let (Some(response), Ok(status)) = (use_context::<ResponseOptions>(), StatusCode::from_u16(status)) {
        response.set_status(status);
    }
}

/// Gives the page being rendered its content security policy.
pub fn set_page_policy() {
    if let (Some(response), Some(nonce)) = (use_context::<ResponseOptions>(), use_nonce()) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, headers::page_policy(&nonce));
    }
}

/// What a layer of the server left with the request: the client, the viewer, a refused form.
pub fn left_with_request<T: Clone + Send + Sync + 'static>() -> Option<T> {
    with_context(|parts: &Parts| parts.extensions.get::<T>().cloned())?
}

/// 128 random bits in hex.
pub fn random_key() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// Text for the inside of a `<textarea>`. Leptos writes it there as it is, where `</textarea>` would end it.
pub fn in_textarea(text: String) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// The server calls its functions itself.
pub const fn call_as(_: PersonId) {}
