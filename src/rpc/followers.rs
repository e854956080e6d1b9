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

/// Removes a follower. Who stops following and does not see the ticket any more goes to their list.
#[server(endpoint = "followers/remove")]
pub async fn remove_follower(ticket_id: TicketId, follower_id: PersonId) -> Result<(), AppError> {
    use crate::server::{
        finsupport::{finsupport, is_staff, me},
        session,
    };
    let client = finsupport()?;
    client.remove_follower(ticket_id, follower_id).await?;
    if me()? == follower_id && client.ticket(ticket_id).await.is_err() {
        session::go(if is_staff() { "/desk?view=followed" } else { "/tickets?view=followed" });
    }
    Ok(())
}
