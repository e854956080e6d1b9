//! A person as two letters on a colour of their own.

use super::written::{Written, written};
use crate::format;
use leptos::prelude::*;
use maud::{Markup, html};

/// Decorative: the name stands beside it or in the label.
pub fn avatar(name: &str, small: bool) -> Markup {
    let hue = name.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 8;
    html! { span.avatar-i.avatar-small[small].{ "avatar-" (hue) } aria-hidden="true" { (format::initials(name)) } }
}

/// `<Avatar name="Mira Okafor".to_owned() />`
#[component(transparent)]
pub fn Avatar(#[prop(into)] name: String, #[prop(default = false)] small: bool) -> Written {
    written(avatar(&name, small))
}
