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

/// Removes a follower. A customer who stops following may not see the ticket any more, and goes to their list.
#[server(endpoint = "followers/remove")]
pub async fn remove_follower(ticket_id: TicketId, follower_id: PersonId) -> Result<(), AppError> {
    use crate::server::{
        finsupport::{finsupport, is_staff, me},
        session,
    };
    finsupport()?.remove_follower(ticket_id, follower_id).await?;
    if !is_staff() && me()? == follower_id {
        session::go("/tickets?view=followed");
    }
    Ok(())
}
