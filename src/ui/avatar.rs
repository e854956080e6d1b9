//! A person as two letters on a colour of their own.

use crate::format;
use leptos::prelude::*;

/// `<Avatar name="Mira Okafor".to_owned() />`; decorative, the name stands beside it or in the label.
#[component]
pub fn Avatar(#[prop(into)] name: String, #[prop(default = false)] small: bool) -> impl IntoView {
    let hue = name.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 8;
    let size = if small { "avatar-i avatar-small" } else { "avatar-i" };
    view! { <span class=format!("{size} avatar-{hue}") aria-hidden="true">{format::initials(&name)}</span> }
}
