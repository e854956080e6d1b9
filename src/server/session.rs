//! The site's session: a cookie holds the API token of whoever signed in. This layer turns it into the request's client
//! and viewer, keeps strangers off the pages that need somebody, and sends each role to its own part of the site.

use super::{forms::FUNCTIONS, notifications, serve::Site, views};
use crate::{
    error::AppError,
    form::{AS, AS_FOLDER},
    http::left_with_request,
    pages::assignee::panes::{self, Widths},
    viewer::Theme,
};
use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use client::Client;
use contract::{
    Code, Problem, Role,
    session::{ClientAddress, Token, Viewer},
};
use leptos::prelude::expect_context;
use leptos_axum::ResponseOptions;

/// How the cookie is called where the site is served over https; the prefix binds it to this host.
const SECURE: &str = "__Host-finsupport";
/// How it is called on plain http, where browsers refuse that prefix.
const PLAIN: &str = "finsupport";
/// Remembers the theme; holds nothing secret.
const THEME: &str = "theme";

/// Whether this request reached us over https, directly or through the proxy we were told to trust.
#[derive(Clone, Copy)]
pub struct Https(pub bool);

/// Puts this request's client and viewer beside it, and decides whether the page is for them.
pub async fn layer(State(site): State<Site>, jar: CookieJar, mut request: Request, next: Next) -> Response {
    let whose = whose_page(&mut request);
    let https = Https(site.is_https(request.headers()));
    let mut client = identify(&site.client, &request);
    if let Some(token) = jar.get(cookie_name(https)) {
        client = client.with_token(token.value());
    }
    let mut viewer = match jar.get(cookie_name(https)) {
        Some(_) => match client.viewer().await {
            Ok(viewer) => Some(viewer),
            Err(problem) if problem.code == Code::Unauthenticated => None,
            // Who has a session must not be asked to sign in because we fail.
            Err(problem) => return unreadable(&request, problem),
        },
        None => None,
    };
    if viewer.as_ref().is_some_and(|viewer| whose.as_ref().is_some_and(|id| *id != viewer.person.id.to_string())) {
        client = identify(&site.client, &request);
        viewer = None;
    }
    if request.method() == Method::GET
        && let Some(elsewhere) = elsewhere(request.uri().path(), request.uri().query(), viewer.as_ref())
    {
        return Redirect::to(&elsewhere).into_response();
    }
    let (views, unread) = match &viewer {
        Some(viewer) if is_page(&request) => {
            futures::join!(views::of(&client, viewer), notifications::of(&client, viewer))
        }
        _ => (None, None),
    };
    let extensions = request.extensions_mut();
    extensions.insert(https);
    extensions.insert(client);
    if let Some(theme) = jar.get(THEME) {
        extensions.insert(Theme(theme.value().to_owned()));
    }
    if let Some(panes) = jar.get(panes::COOKIE) {
        extensions.insert(Widths::read(panes.value()));
    }
    if let Some(viewer) = viewer {
        extensions.insert(viewer);
    }
    if let Some(views) = views {
        extensions.insert(views);
    }
    if let Some(unread) = unread {
        extensions.insert(unread);
    }
    next.run(request).await
}

/// Says that it cannot be found out who asks: to our code as a server function would, to everybody else as text.
fn unreadable(request: &Request, problem: Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if request.uri().path().starts_with(FUNCTIONS) && !is_page(request) {
        return (status, Json(AppError::Refused(problem))).into_response();
    }
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], problem.detail).into_response()
}

/// Whose page the request comes from, where it says so: another window may have signed somebody else in meanwhile, and then
/// nobody is signed in to that page any more. A folder that says it is taken off the path.
fn whose_page(request: &mut Request) -> Option<String> {
    if let Some((id, function)) = request.uri().path().strip_prefix(AS_FOLDER).and_then(|path| path.split_once('/')) {
        let query = request.uri().query().map_or_else(String::new, |query| format!("?{query}"));
        let (id, plain) = (id.to_owned(), format!("/{function}{query}").parse().ok());
        if let Some(plain) = plain.filter(|plain: &Uri| plain.path().starts_with(FUNCTIONS)) {
            *request.uri_mut() = plain;
            return Some(id);
        }
    }
    let query = request.uri().query().filter(|_| request.method() == Method::POST)?;
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).ok()?;
    pairs.into_iter().find(|(name, _)| name == AS).map(|(_, id)| id)
}

/// Whether the browser shows what is answered, rather than our code reading it.
fn is_page(request: &Request) -> bool {
    let accept = request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// Where the request should go instead, if its page is not for this viewer.
fn elsewhere(path: &str, query: Option<&str>, viewer: Option<&Viewer>) -> Option<String> {
    let under = |folder: &str| path == folder || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    let (portal, desk) = (under("/tickets") || under("/my-files"), under("/desk"));
    match viewer.map(|v| v.person.role) {
        None if portal || desk || under("/account") || path == "/" => {
            let wanted = query.map_or_else(|| path.to_owned(), |q| format!("{path}?{q}"));
            let next = serde_html_form::to_string([("next", wanted)]).unwrap_or_default();
            Some(if path == "/" { "/sign-in".to_owned() } else { format!("/sign-in?{next}") })
        }
        Some(role) if path == "/" || path == "/sign-in" => Some(home(role).to_owned()),
        // A link from a mail names the portal's or the desk's page; each role has its own for the same ticket.
        Some(Role::Customer) if desk => {
            Some(path.strip_prefix("/desk").filter(|p| p.starts_with("/tickets/")).unwrap_or("/tickets").to_owned())
        }
        Some(Role::Assignee | Role::Admin) if portal => {
            Some(if path.starts_with("/tickets/") && path != "/tickets/new" {
                format!("/desk{path}")
            } else {
                "/desk".to_owned()
            })
        }
        _ => None,
    }
}

/// Where this role starts.
pub const fn home(role: Role) -> &'static str {
    match role {
        Role::Customer => "/tickets",
        Role::Assignee | Role::Admin => "/desk",
    }
}

/// Starts the site's session with this token, in the response being written.
pub fn begin(token: &Token) {
    let https = left_with_request::<Https>().unwrap_or(Https(false));
    set_cookie(&cookie(https, &token.access_token, token.expires_in));
}

/// Ends the site's session.
pub fn end() {
    let https = left_with_request::<Https>().unwrap_or(Https(false));
    set_cookie(&cookie(https, "", 0));
}

/// Remembers the theme for a year.
pub fn remember_theme(theme: &str) {
    let value = match theme {
        "light" | "dark" => theme,
        _ => "system",
    };
    set_cookie(&format!("{THEME}={value}; Path=/; SameSite=Lax; Max-Age=31536000"));
}

/// Sends the browser there after this. Only paths of this site are followed; anything else leads home.
pub fn go(path: &str) {
    leptos_axum::redirect(if is_own_path(path) { path } else { "/" });
}

/// Whether this is a path of this site, and no way to another one: not `//host`, not `/\host`, no control characters.
pub fn is_own_path(path: &str) -> bool {
    path.starts_with('/') && !path[1..].starts_with(['/', '\\']) && !path.chars().any(char::is_control)
}

/// A client that passes on whose browser is asking.
fn identify(client: &Client, request: &Request) -> Client {
    let mut client = client.clone();
    if let Some(address) = request.extensions().get::<ClientAddress>() {
        client = client.with_address(*address);
    }
    match user_agent(request.headers()) {
        Some(name) => client.with_user_agent(name),
        None => client,
    }
}

fn user_agent(headers: &HeaderMap) -> Option<String> {
    headers.get(header::USER_AGENT)?.to_str().ok().map(|name| name.chars().take(300).collect())
}

/// RFC 6265: out of scripts' reach, sent only to us and not along with other sites' posts.
fn cookie(https: Https, value: &str, seconds: i64) -> String {
    let secure = if https.0 { "; Secure" } else { "" };
    format!("{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}", cookie_name(https))
}

const fn cookie_name(https: Https) -> &'static str {
    if https.0 { SECURE } else { PLAIN }
}

fn set_cookie(cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        expect_context::<ResponseOptions>().append_header(header::SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_never_leaves_the_site() {
        for (path, own) in [
            ("/tickets/1?q=a", true),
            ("/", true),
            ("", false),
            ("//evil.example", false),
            ("/\\evil.example", false),
            ("https://evil.example", false),
            ("/\t/evil.example", false),
            ("javascript:alert(1)", false),
        ] {
            assert_eq!(is_own_path(path), own, "{path:?}");
        }
    }

    #[test]
    fn strangers_are_asked_to_sign_in_and_come_back() {
        assert_eq!(
            elsewhere("/desk/tickets/1", Some("view=mine"), None).unwrap(),
            "/sign-in?next=%2Fdesk%2Ftickets%2F1%3Fview%3Dmine"
        );
        assert_eq!(elsewhere("/", None, None).unwrap(), "/sign-in");
        assert_eq!(elsewhere("/sign-in", None, None), None);
        assert_eq!(elsewhere("/pkg/x.js", None, None), None);
    }
}
