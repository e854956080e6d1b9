//! The shell around every page, and the site map.

use crate::{
    form, http, live, notifications,
    pages::{
        Missing,
        assignee::{outbox, panes::Widths},
        customer, lazy,
        shared::silent::Silent,
        sign_in,
    },
    ui, viewer, views,
};
use leptos::{WasmSplitManifest, prelude::*};
use leptos_meta::{HashedStylesheet, MetaTags, Title, provide_meta_context};
use leptos_router::{
    Lazy, SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};
use maud::PreEscaped;
use std::sync::OnceLock;
use ui::written::{Written, written};

/// The document that the server sends around the application.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let theme = viewer::theme();
    http::set_page_policy();
    // The browser has posted a refused form to its server function; the page takes its own address back.
    let back = http::left_with_request::<form::Refused>().map(|refused| {
        let script = "history.replaceState(null, '', document.currentScript.dataset.page)";
        view! { <script nonce=leptos::nonce::use_nonce() data-page=refused.page inner_html=script></script> }
    });
    let panes = http::left_with_request::<Widths>()
        .map(|widths| view! { <style nonce=leptos::nonce::use_nonce() inner_html=widths.style()></style> });
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="manifest" href="/manifest.webmanifest" />
                {back}
                {panes}
                {program(options)}
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// What the browser is to load, as Leptos says it. That would ask the disk for the files' names once for each page; but for the
/// nonce it is the same for all, so it is said once.
fn program(options: LeptosOptions) -> Written {
    static SAID: OnceLock<(Vec<String>, Option<WasmSplitManifest>)> = OnceLock::new();
    let nonce = leptos::nonce::use_nonce().expect("a page has a nonce, for its policy").to_string();
    let (between, parts) = SAID.get_or_init(|| {
        let said = view! {
            <AutoReload options=options.clone() />
            <HydrationScripts options=options.clone() />
            <HashedStylesheet options id="leptos" />
        };
        let said = said.to_html();
        (said.split(&nonce).map(str::to_owned).collect(), use_context())
    });
    // A page tells by it which of the files it needs besides.
    if let Some(parts) = parts {
        provide_context(parts.clone());
    }
    written(PreEscaped(between.join(&nonce)))
}

/// The application: what every page shares, and which page stands where.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    viewer::provide_viewer();
    form::provide_refused();
    ui::time::provide_now();
    ui::menu::provide_menus();
    ui::focus::provide_focus();
    ui::toast::provide_toasts();
    live::provide_live();
    outbox::provide_taken_back();
    views::provide_views();
    notifications::provide_unread();
    view! {
        <Title formatter=in_title />
        <Router>
            <ui::toast::Toasts />
            <Silent />
            <Routes fallback=Missing>
                <Route path=path!("/sign-in") view=sign_in::SignIn ssr=SsrMode::Async />
                <Route path=path!("/setup/:token") view=sign_in::SetUp ssr=SsrMode::Async />
                <Route path=path!("/account") view={Lazy::<lazy::Account>::new()} ssr=SsrMode::Async />
                <ParentRoute path=path!("/") view=customer::Portal ssr=SsrMode::Async>
                    <Route path=path!("tickets") view=customer::tickets::Tickets />
                    <Route path=path!("tickets/new") view={Lazy::<lazy::CustomerNewTicket>::new()} />
                    <Route path=path!("tickets/:id") view={Lazy::<lazy::CustomerTicketPage>::new()} />
                    <Route path=path!("my-files") view=customer::files::Files />
                </ParentRoute>
                <ParentRoute path=path!("/desk") view={Lazy::<lazy::Desk>::new()} ssr=SsrMode::Async>
                    <Route path=path!("") view={Lazy::<lazy::NothingOpen>::new()} />
                    <Route path=path!("tickets/new") view={Lazy::<lazy::NewTicket>::new()} />
                    <Route path=path!("tickets/:id") view={Lazy::<lazy::TicketPage>::new()} />
                </ParentRoute>
                <ParentRoute path=path!("/desk") view={Lazy::<lazy::DeskPages>::new()} ssr=SsrMode::Async>
                    <Route path=path!("notifications") view={Lazy::<lazy::Notifications>::new()} />
                    <Route path=path!("outbox") view={Lazy::<lazy::Outbox>::new()} />
                    <Route path=path!("reports") view={Lazy::<lazy::Reports>::new()} />
                    <Route path=path!("canned-replies") view={Lazy::<lazy::CannedReplies>::new()} />
                    <Route path=path!("drafts") view={Lazy::<lazy::Drafts>::new()} />
                    <Route path=path!("files") view={Lazy::<lazy::Files>::new()} />
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// A page's title. leptos_meta writes it into `<title>` as it is, where `</title>` would end it; subjects come from
/// people, so that sign is exchanged for one that looks like it.
fn in_title(title: String) -> String {
    let title = title.replace('<', "\u{2039}");
    if title.is_empty() { "Finsupport".to_owned() } else { format!("{title} · Finsupport") }
}
