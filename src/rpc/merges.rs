//! Merges.

use crate::error::AppError;
use contract::id::{MergeId, TicketId};
use leptos::prelude::*;

/// Merges the tickets that are ticked, and the one of this number if any, into this one.
#[server(endpoint = "merges/merge")]
pub async fn merge(
    ticket_id: TicketId,
    #[server(default)] sources: Vec<TicketId>,
    #[server(default)] number: Option<String>,
    key: String,
) -> Result<contract::merge::Merge, AppError> {
    use crate::server::{finsupport::finsupport, merge::with_number};
    let client = finsupport()?.with_idempotency_key(key);
    let sources = with_number(&client, sources, number.as_deref()).await?;
    Ok(client.merge(ticket_id, &sources).await?)
}

/// Undoes a merge. Pressed twice it is undone once: the merge itself is the key.
#[server(endpoint = "merges/undo")]
pub async fn undo_merge(merge_id: MergeId) -> Result<(), AppError> {
    let client = crate::server::finsupport::finsupport()?.with_idempotency_key(merge_id.to_string());
    client.undo_merge(merge_id).await?;
    Ok(())
}
