//! Icons, from Lucide. Decorative: a text or label always says the same.

use icondata_core::Icon as Drawing;
use leptos::prelude::*;

pub use icondata_lu::{
    LuArrowDown, LuArrowLeft, LuArrowUp, LuBell, LuCheck, LuChevronDown, LuCircleAlert, LuClock, LuDownload,
    LuEllipsis, LuFile, LuFileText, LuFlame, LuImage, LuInbox, LuKey, LuLogOut, LuMoon, LuPaperclip, LuPlus, LuSearch,
    LuSend, LuSettings, LuSplit, LuStar, LuSun, LuTriangleAlert, LuUser, LuUserPlus, LuUsers, LuX,
};

/// An icon beside a text. `<Icon icon=LuPlus />`. Its drawing is one text: a page has many, and none of their lines ever
/// changes.
#[component]
pub fn Icon(icon: Drawing, #[prop(default = "1em")] size: &'static str) -> impl IntoView {
    view! { <span class="inline-flex shrink-0" aria-hidden="true" inner_html=drawn(icon, size)></span> }
}

fn drawn(icon: Drawing, size: &str) -> String {
    let given = [
        ("width", Some(size)),
        ("height", Some(size)),
        ("viewBox", icon.view_box),
        ("stroke-linecap", icon.stroke_linecap),
        ("stroke-linejoin", icon.stroke_linejoin),
        ("stroke-width", icon.stroke_width),
        ("stroke", icon.stroke),
        ("fill", icon.fill.or(Some("currentColor"))),
    ];
    let mut svg = String::with_capacity(icon.data.len() + 192);
    svg.push_str("<svg");
    for (name, value) in given.iter().filter_map(|(name, value)| Some((name, (*value)?))) {
        svg.extend([" ", name, "=\"", value, "\""]);
    }
    svg.extend([">", icon.data, "</svg>"]);
    svg
}
