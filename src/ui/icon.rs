//! Icons, from Lucide. Decorative: a text or label always says the same.

use icondata_core::Icon as Drawing;
use leptos::prelude::*;
use leptos_icons::Icon as Drawn;

pub use icondata_lu::{
    LuArrowDown, LuArrowLeft, LuArrowUp, LuBell, LuCheck, LuChevronDown, LuCircleAlert, LuClock, LuDownload,
    LuEllipsis, LuFile, LuFileText, LuFlame, LuImage, LuInbox, LuKey, LuLogOut, LuMoon, LuPaperclip, LuPlus, LuSearch,
    LuSend, LuSettings, LuSplit, LuStar, LuSun, LuTriangleAlert, LuUser, LuUserPlus, LuUsers, LuX,
};

/// An icon beside a text. `<Icon icon=LuPlus />`
#[component]
pub fn Icon(icon: Drawing, #[prop(default = "1em")] size: &'static str) -> impl IntoView {
    view! { <span class="inline-flex shrink-0" aria-hidden="true"><Drawn icon=icon width=size height=size /></span> }
}
