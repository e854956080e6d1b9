//! How many notifications stand at the bell.

use crate::notifications::Counted;
use client::Client;
use contract::{Problem, page::Paging, session::Viewer};

/// The count for a page of this viewer. Customers have none, nor has anybody where a gateway keeps the tickets.
pub async fn of(client: &Client, viewer: &Viewer) -> Option<Counted> {
    let staff = viewer.person.role.is_staff() && !viewer.remote;
    if staff { count(client).await.ok().map(Counted) } else { None }
}

/// How many this client's person has not seen.
///
/// # Errors
/// Finsupport's refusal.
pub async fn count(client: &Client) -> Result<i64, Problem> {
    let one = Paging { page_size: Some(1), cursor: None };
    Ok(client.notifications(&one).await?.unread)
}
