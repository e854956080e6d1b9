//! What [`crate::http`] is in the browser.

use leptos::prelude::window;

/// No response is being written.
pub fn set_status(_status: u16) {}

/// No response is being written.
pub fn set_page_policy() {}

/// No request is being answered: what the server left travels in the page instead.
pub fn left_with_request<T>() -> Option<T> {
    None
}

/// 128 random bits in hex.
pub fn random_key() -> String {
    let mut bytes = [0_u8; 16];
    if let Ok(crypto) = window().crypto() {
        _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Text for the inside of a `<textarea>`: the browser takes it as text.
pub fn in_textarea(text: String) -> String {
    text
}
