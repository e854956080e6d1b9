//! Splits.

use crate::error::AppError;
use contract::{
    id::ReplyId,
    ticket::{Category, Priority},
};
use leptos::prelude::*;

/// Makes a ticket of a reply, and goes to it.
#[server(endpoint = "splits/split")]
pub async fn split(
    reply_id: ReplyId,
    #[server(default)] subject: String,
    #[server(default)] category: Option<Category>,
    #[server(default)] priority: Option<Priority>,
    key: String,
) -> Result<(), AppError> {
    use crate::server::{finsupport::finsupport, session};
    let new = contract::split::NewSplit { subject, category, priority };
    let ticket = finsupport()?.with_idempotency_key(key).split(reply_id, &new).await?;
    session::go(&format!("/desk/tickets/{}", ticket.ticket_id));
    Ok(())
}
