//! Going to places by a key: the views, the desk's other pages, the search field, and back.

use super::{
    commands::commands,
    notifications,
    queue::selection::Selection,
    standing::Standing,
    view::{View, Wanted},
};
use crate::{keys::Command, notifications::offered, viewer::role};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The commands that go somewhere.
pub fn use_places() {
    let commands = commands();
    for (command, view) in [
        (Command::GoMine, View::Mine),
        (Command::GoUnassigned, View::Unassigned),
        (Command::GoFollowed, View::Followed),
        (Command::GoEscalated, View::Escalated),
        (Command::GoLater, View::StartingLater),
        (Command::GoAll, View::widest(role())),
    ] {
        go(command, format!("/desk?view={}", view.slug()));
    }
    go(Command::GoNew, "/desk/tickets/new".to_owned());
    if offered() {
        go(Command::GoNotifications, notifications::PATH.to_owned());
    }
    go(Command::GoReports, "/desk/reports".to_owned());
    go(Command::GoCanned, "/desk/canned-replies".to_owned());
    go(Command::GoFiles, "/desk/files".to_owned());
    commands.on(Command::Search, || focus(".desk-filters input[type=search]"));
}

/// Clearing the selection; when there is none, back from the ticket to its row in the queue, from where Enter opens it again.
pub fn use_back(wanted: Memo<Wanted>, selection: Selection, standing: Standing) {
    let (navigate, path) = (use_navigate(), use_location().pathname);
    commands().on(Command::Back, move || {
        if selection.tickets.with_untracked(|all| !all.is_empty()) {
            selection.clear();
            return;
        }
        let left = standing.at.get_untracked();
        standing.stay();
        if path.with_untracked(|path| path.starts_with("/desk/tickets/")) {
            navigate(&format!("/desk?{}", wanted.with_untracked(Wanted::page_query)), Default::default());
            if let Some(id) = left {
                request_animation_frame(move || focus(&format!(".desk-rows a[href^='/desk/tickets/{id}']")));
            }
        }
    });
}

fn go(command: Command, to: String) {
    let navigate = use_navigate();
    commands().on(command, move || navigate(&to, Default::default()));
}

/// Puts the focus on the first such element, and selects what stands in it.
pub fn focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else { return };
    _ = element.focus();
    if let Some(field) = element.dyn_ref::<web_sys::HtmlInputElement>() {
        field.select();
    }
}
