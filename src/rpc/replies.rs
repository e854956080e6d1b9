//! Replies: public text. The customer and staff have doors of their own.

use crate::error::AppError;
use contract::{id::TicketId, ticket::Status};
use leptos::prelude::*;

/// The customer, or a follower on their side, replies. `based_on` is the last event they had seen, if any; with
/// `anyway` the reply goes out whatever happened since.
#[server(endpoint = "replies/customer")]
pub async fn reply_as_customer(
    ticket_id: TicketId,
    body: String,
    #[server(default)] based_on: Option<i64>,
    #[server(default)] anyway: bool,
    #[server(default)] file_ids: String,
    key: String,
) -> Result<(), AppError> {
    use crate::server::finsupport::{basis, finsupport, ids};
    let new =
        contract::reply::NewReply { body, file_ids: ids(&file_ids)?, based_on: basis(based_on, anyway), status: None };
    finsupport()?.with_idempotency_key(key).customer_reply(ticket_id, &new).await?;
    Ok(())
}

/// Staff reply, and may move the ticket in the same step.
#[server(endpoint = "replies/staff")]
pub async fn reply_as_staff(
    ticket_id: TicketId,
    body: String,
    #[server(default)] based_on: Option<i64>,
    #[server(default)] anyway: bool,
    #[server(default)] status: Option<Status>,
    #[server(default)] file_ids: String,
    key: String,
) -> Result<(), AppError> {
    use crate::server::finsupport::{basis, finsupport, ids, is_admin};
    let new = contract::reply::NewReply { body, file_ids: ids(&file_ids)?, based_on: basis(based_on, anyway), status };
    let client = finsupport()?.with_idempotency_key(key);
    if is_admin() {
        client.admin_reply(ticket_id, &new).await?
    } else {
        client.assignee_reply(ticket_id, &new).await?
    };
    Ok(())
}
