//! The dialogs of the desk: palette, sheet of keys, choosers. Most pages are left without one; so each is built when somebody
//! first asks for it, of code that comes with what is opened at the desk. Their commands are known before.

use super::{choosing::Choosing, commands::commands};
use crate::{
    keys::Command,
    pages::lazy::{self, once_asked},
};
use leptos::prelude::*;
use leptos_router::LazyRoute;

/// Which of the dialogs that every page has are open.
#[derive(Clone, Copy)]
pub struct Dialogs {
    pub palette: RwSignal<bool>,
    pub sheet: RwSignal<bool>,
}

/// Puts them in context. Called once, by the frame, after its commands.
pub fn provide_dialogs() {
    let dialogs = Dialogs { palette: RwSignal::new(false), sheet: RwSignal::new(false) };
    provide_context(dialogs);
    commands().on(Command::Palette, move || dialogs.palette.set(true));
    commands().on(Command::Sheet, move || dialogs.sheet.set(true));
}

/// The dialogs that every page of the desk has.
pub fn dialogs() -> Dialogs {
    expect_context()
}

/// The dialogs of a page, and the choosers where something can be chosen.
#[component]
pub fn Dialogs(#[prop(optional)] choosing: Option<Choosing>) -> impl IntoView {
    let Dialogs { palette, sheet } = dialogs();
    let choosers =
        choosing.map(|Choosing { chooser, .. }| late::<lazy::Choosers>(move || chooser.with(Option::is_some)));
    (choosers, late::<lazy::Palette>(move || palette.get()), late::<lazy::Sheet>(move || sheet.get()))
}

/// A dialog, from when it first opens. Until it is here keys are no commands: whoever asked for a dialog types into it.
fn late<Dialog: LazyRoute>(open: impl Fn() -> bool + 'static) -> impl IntoView {
    let commands = commands();
    once_asked::<Dialog>(open, move || commands.hold(true), move || commands.hold(false))
}
