//! What comes after a ticket that is done.

use leptos::prelude::document;

/// The address of the ticket below the open one in the queue beside it, if there is one. The queue is on the screen, in the
/// order in which its reader sees it; so the screen is asked.
pub fn next_in_queue() -> Option<String> {
    let open = document().query_selector(".desk-rows a[aria-current]").ok().flatten()?;
    let row = open.closest("li").ok().flatten()?.next_element_sibling()?;
    row.query_selector("a").ok().flatten()?.get_attribute("href")
}
