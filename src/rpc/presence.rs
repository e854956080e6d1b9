//! Telling other staff that one has a ticket before oneself.

use crate::error::AppError;
use contract::{id::TicketId, presence::Activity};
use leptos::prelude::*;

/// What the viewer does at this ticket. Of one that was taken from them a moment ago there is nothing to say, and nothing to
/// complain of.
#[server(endpoint = "presence/put")]
pub async fn be_present(ticket_id: TicketId, activity: Activity) -> Result<(), AppError> {
    use crate::server::finsupport::{finsupport, if_seen};
    if_seen(finsupport()?.be_present(ticket_id, activity).await)?;
    Ok(())
}
