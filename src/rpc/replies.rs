//! Replies: public text. The customer and staff have doors of their own.

use crate::error::AppError;
use contract::{id::TicketId, ticket::Status};
use leptos::prelude::*;

/// The customer, or a follower on their side, replies. `based_on` is the last event they had seen, if any; with
/// `anyway` the reply goes out whatever happened since. With the status of a ticket that is done, it stays done; that
/// is to say thanks, which need not be written.
#[server(endpoint = "replies/customer")]
pub async fn reply_as_customer(
    ticket_id: TicketId,
    body: String,
    #[server(default)] based_on: Option<i64>,
    #[server(default)] anyway: bool,
    #[server(default)] status: Option<Status>,
    #[server(default)] file_ids: String,
    key: String,
) -> Result<(), AppError> {
    use crate::server::finsupport::{basis, finsupport, ids};
    let based_on = basis(based_on, anyway);
    let thanks = status == Some(Status::Completed) && body.trim().is_empty();
    let body = if thanks { crate::texts::portal().just_thanks.to_owned() } else { body };
    let new = contract::reply::NewReply { body, file_ids: ids(&file_ids)?, based_on, status };
    finsupport()?.with_idempotency_key(key).customer_reply(ticket_id, &new).await?;
    Ok(())
}

/// Staff reply, and may move the ticket in the same step. The reply waits in the outbox, until `send_at` if that is given;
/// with `as_it_is` whatever the guards find in it. A gateway has no outbox: it gets the reply at once.
#[server(endpoint = "replies/staff")]
pub async fn reply_as_staff(
    ticket_id: TicketId,
    body: String,
    #[server(default)] based_on: Option<i64>,
    #[server(default)] anyway: bool,
    #[server(default)] as_it_is: bool,
    #[server(default)] status: Option<Status>,
    #[server(default)] send_at: Option<String>,
    #[server(default)] file_ids: String,
    key: String,
) -> Result<(), AppError> {
    use crate::server::finsupport::{basis, finsupport, ids, is_admin, is_remote};
    use contract::{outbox::NewOutboxMessage, reply::NewReply};
    let (file_ids, based_on) = (ids(&file_ids)?, basis(based_on, anyway));
    let client = finsupport()?.with_idempotency_key(key);
    if !is_remote() {
        let new = NewOutboxMessage { body, file_ids, based_on, status, send_at, anyway, as_it_is };
        client.put_in_outbox(ticket_id, &new).await?;
        return Ok(());
    }
    let new = NewReply { body, file_ids, based_on, status };
    if is_admin() {
        client.admin_reply(ticket_id, &new).await?
    } else {
        client.assignee_reply(ticket_id, &new).await?
    };
    Ok(())
}
