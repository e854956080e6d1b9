//! Notes: internal text.

use crate::error::AppError;
use contract::id::TicketId;
use leptos::prelude::*;

/// Staff add a note.
#[server(endpoint = "notes/add")]
pub async fn add_note(
    ticket_id: TicketId,
    body: String,
    #[server(default)] file_ids: String,
    key: String,
) -> Result<(), AppError> {
    use crate::server::finsupport::{finsupport, ids, is_admin};
    let new = contract::note::NewNote { body, file_ids: ids(&file_ids)? };
    let client = finsupport()?.with_idempotency_key(key);
    if is_admin() {
        client.admin_note(ticket_id, &new).await?
    } else {
        client.assignee_note(ticket_id, &new).await?
    };
    Ok(())
}
