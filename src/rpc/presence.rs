//! Telling other staff that one has a ticket before oneself.

use crate::error::AppError;
use contract::{id::TicketId, presence::Activity};
use leptos::prelude::*;

/// What the viewer does at this ticket.
#[server(endpoint = "presence/put")]
pub async fn be_present(ticket_id: TicketId, activity: Activity) -> Result<(), AppError> {
    crate::server::finsupport::finsupport()?.be_present(ticket_id, activity).await?;
    Ok(())
}
