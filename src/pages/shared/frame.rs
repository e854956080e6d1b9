//! What stands around every page of somebody signed in: the demo banner, the account menu, the theme.

use crate::{
    rpc::sessions::{SetTheme, SignOut},
    texts::{account, common},
    ui::{
        avatar::Avatar,
        icon::{Icon, LuLogOut, LuMoon, LuSettings, LuSun},
        menu::Menu,
    },
    viewer::{Theme, chosen_theme, viewer},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// Says that this is a demo, if it is.
#[component]
pub fn DemoBanner() -> impl IntoView {
    viewer().filter(|viewer| viewer.demo).map(|_| view! { <aside class="demo-banner">{common().demo}</aside> })
}

/// A link for keyboards, first on every page.
#[component]
pub fn SkipLink() -> impl IntoView {
    view! { <a class="skip-link" href="#content">{common().skip}</a> }
}

/// The viewer's avatar, with their account behind it. Its forms are plain ones: each loads a new page.
#[component]
pub fn AccountMenu() -> impl IntoView {
    let t = account();
    viewer().map(|viewer| {
        let name = viewer.person.name.clone();
        let avatar = name.clone();
        view! {
            <Menu
                label=move || view! { <Avatar name=avatar.clone() /> }
                name=format!("{}: {name}", t.account)
                button="btn btn-ghost btn-circle btn-sm"
                end=true
            >
                <p class="px-3 pt-2 font-medium"><bdi>{name.clone()}</bdi></p>
                <p class="px-3 pb-2 text-base-content/70">{viewer.organization.as_ref().map(|o| o.name.clone())}</p>
                <a class="menu-item" href="/account" rel="external"><Icon icon=LuSettings />{t.account}</a>
                <ThemeItems />
                <form method="post" action=SignOut::url()>
                    <button class="menu-item w-full" type="submit"><Icon icon=LuLogOut />{t.sign_out}</button>
                </form>
            </Menu>
        }
    })
}

/// The themes to choose from, and which one is chosen.
#[component]
pub fn ThemeItems() -> impl IntoView {
    let (t, Theme(chosen)) = (common(), chosen_theme());
    let item = |value: &'static str, label: &'static str, icon| {
        let pressed = (chosen == value).to_string();
        view! { <button class="menu-item w-full" type="submit" name="theme" value=value aria-pressed=pressed><Icon icon />{t.theme} ": " {label}</button> }
    };
    view! {
        <form method="post" action=SetTheme::url()>
            {item("light", t.theme_light, LuSun)} {item("dark", t.theme_dark, LuMoon)} {item("system", t.theme_system, LuSettings)}
        </form>
    }
}
