//! Who is looking at the page. The server finds out once per page and hands it over; signing in and out load a new page.

use crate::{http, json::shared};
use contract::{
    Actor, Role,
    policy::{Action, Standing, may},
    session::Viewer,
    ticket::Ticket,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The theme chosen in this browser: `light`, `dark` or `system`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme(pub String);

impl Default for Theme {
    fn default() -> Self {
        Self("system".to_owned())
    }
}

/// The name of the chosen theme in the style sheet; none follows the system. For the server's shell only.
pub fn theme() -> Option<&'static str> {
    match http::left_with_request::<Theme>()?.0.as_str() {
        "light" => Some("finsupport"),
        "dark" => Some("finsupport-dark"),
        _ => None,
    }
}

/// The person signed in, if any, in context for every component.
#[derive(Clone)]
struct Looking(Option<Arc<Viewer>>);

/// Takes over the viewer and their theme from the server and puts them in context. Called once, by the application.
pub fn provide_viewer() {
    let viewer = shared(http::left_with_request::<Viewer>);
    if let Some(viewer) = &viewer {
        http::call_as(viewer.person.id);
    }
    provide_context(Looking(viewer.map(Arc::new)));
    provide_context(shared(|| http::left_with_request::<Theme>().unwrap_or_default()));
}

/// The theme chosen in this browser.
pub fn chosen_theme() -> Theme {
    expect_context()
}

/// The person signed in.
pub fn viewer() -> Option<Arc<Viewer>> {
    expect_context::<Looking>().0
}

/// The person signed in, as the rules see them.
pub fn actor() -> Option<Actor> {
    viewer().map(|v| v.actor())
}

/// Their role; a customer when nobody is signed in, for that shows least.
pub fn role() -> Role {
    viewer().map_or(Role::Customer, |v| v.person.role)
}

/// Whether a gateway keeps the tickets: it has no claiming, no end of following, no merging, no history.
pub fn remote() -> bool {
    viewer().is_some_and(|v| v.remote)
}

/// Whether the viewer may do this to the ticket: decides what is offered. The service decides again.
pub fn i_may(action: Action, ticket: &Ticket) -> bool {
    !(matches!(action, Action::Claim | Action::Merge | Action::Split) && remote())
        && actor().is_some_and(|actor| may(&actor, action, Standing::to(&actor, ticket)))
}
