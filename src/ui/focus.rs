//! Keeps the focus near where it was when what has it is taken away, as a button is that was pressed and is offered no
//! more. A browser gives it to the page as a whole then, and whoever listens to the page hears it from its beginning.

use leptos::{ev, prelude::*};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{FocusEvent, FocusOptions, HtmlElement, MutationObserver, MutationObserverInit};

/// What the part of a page that keeps the focus is marked with. It shows no ring: nothing can be done with it.
const KEEPS: &str = "data-keeps-focus";

/// Where the focus was.
#[derive(Default)]
struct Last {
    /// What had it and what is around that, inside out, as far as the part of the page that it belongs to.
    place: Vec<HtmlElement>,
    /// The same of what had it last in such a part. What had it elsewhere may be gone with all around it, as a message is.
    part: Vec<HtmlElement>,
    /// What has it now in place of something else.
    keeper: Option<HtmlElement>,
}

/// Keeps it. Called once, by the application.
pub fn provide_focus() {
    Effect::new(move |_| {
        let last = Rc::new(RefCell::new(Last::default()));
        let seen = last.clone();
        let comes = window_event_listener(ev::focusin, move |focus| seen.borrow_mut().see(&focus));
        on_cleanup(move || comes.remove());
        let on_change = Closure::<dyn Fn()>::new(move || {
            // Giving the focus to something is seen too.
            let place = last.borrow().place_for_lost();
            if let Some(place) = place {
                last.borrow_mut().keeper = Some(place.clone());
                keep_at(&place);
            }
        });
        if let (Ok(observer), Some(body)) =
            (MutationObserver::new(on_change.as_ref().unchecked_ref()), document().body())
        {
            let changes = MutationObserverInit::new();
            changes.set_child_list(true);
            changes.set_subtree(true);
            _ = observer.observe_with_options(&body, &changes);
        }
        // It watches as long as the page is there.
        on_change.forget();
    });
}

impl Last {
    fn see(&mut self, focus: &FocusEvent) {
        let Some(target) = focus.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return };
        if let Some(keeper) = self.keeper.take_if(|keeper| *keeper != target) {
            _ = keeper.remove_attribute("tabindex");
            _ = keeper.remove_attribute(KEEPS);
        }
        self.place = around(target.clone());
        if self.place.iter().any(is_part) {
            self.part.clone_from(&self.place);
        }
    }

    /// What is left nearest to where the focus was, if it was lost.
    fn place_for_lost(&self) -> Option<HtmlElement> {
        let is_lost = self.place.first().is_some_and(|had| !had.is_connected())
            && document().active_element() == document().body().map(Into::into);
        let mut places = self.place.iter().chain(&self.part).filter(|_| is_lost);
        places.find(|place| place.is_connected() && place.get_bounding_client_rect().height() > 0.0).cloned()
    }
}

/// This and what is around it, as far as the part of the page; nothing but itself where there is none.
fn around(target: HtmlElement) -> Vec<HtmlElement> {
    let parent = |of: &HtmlElement| of.parent_element().and_then(|parent| parent.dyn_into().ok());
    let mut all: Vec<HtmlElement> = std::iter::successors(Some(target), parent).collect();
    all.truncate(all.iter().rposition(is_part).unwrap_or(0) + 1);
    all
}

/// Whether it is a part of the page that has a name of its own.
fn is_part(place: &HtmlElement) -> bool {
    matches!(place.tag_name().as_str(), "MAIN" | "ASIDE" | "SECTION" | "NAV")
}

fn keep_at(place: &HtmlElement) {
    if !place.has_attribute("tabindex") {
        _ = place.set_attribute("tabindex", "-1");
        _ = place.set_attribute(KEEPS, "");
    }
    let still = FocusOptions::new();
    still.set_prevent_scroll(true);
    _ = place.focus_with_options(&still);
}
