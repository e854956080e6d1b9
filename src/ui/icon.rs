//! Icons, from Lucide. Decorative: a text or label always says the same.

use super::written::{Written, written};
use icondata_core::Icon as Drawing;
use leptos::prelude::*;
use maud::{Markup, PreEscaped, html};

pub use icondata_lu::{
    LuArrowDown, LuArrowLeft, LuArrowUp, LuBell, LuChevronDown, LuDownload, LuEllipsis, LuFile, LuFileText, LuFlame,
    LuImage, LuLogOut, LuMoon, LuPaperclip, LuPlus, LuSearch, LuSettings, LuSplit, LuSun, LuUsers, LuX,
};

/// An icon beside a text. Its drawing is one text: a page has many, and none of their lines ever changes.
pub fn icon(icon: Drawing) -> Markup {
    html! { span.inline-flex.shrink-0 aria-hidden="true" { (PreEscaped(drawn(icon, "1em"))) } }
}

/// `<Icon icon=LuPlus />`
#[component(transparent)]
pub fn Icon(icon: Drawing) -> Written {
    written(self::icon(icon))
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
