//! Followers.

use crate::error::AppError;
use contract::id::{PersonId, TicketId};
use leptos::prelude::*;

/// Adds a follower.
#[server(endpoint = "followers/add")]
pub async fn add_follower(ticket_id: TicketId, follower_id: PersonId) -> Result<(), AppError> {
    crate::server::finsupport::finsupport()?.add_follower(ticket_id, follower_id).await?;
    Ok(())
}

/// Removes a follower.
#[server(endpoint = "followers/remove")]
pub async fn remove_follower(ticket_id: TicketId, follower_id: PersonId) -> Result<(), AppError> {
    Ok(crate::server::finsupport::finsupport()?.remove_follower(ticket_id, follower_id).await?)
}
