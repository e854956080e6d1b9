//! The outbox: replies of staff that are not sent yet.

use crate::{error::AppError, rpc::threads::Waiting};
use contract::{id::OutboxMessageId, outbox::OutboxMessage};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// The viewer's messages, oldest first.
#[server(endpoint = "outbox/mine", input = GetUrl)]
pub async fn my_outbox() -> Result<Vec<Waiting>, AppError> {
    use crate::server::{finsupport::finsupport, thread};
    Ok(thread::my_outbox(&finsupport()?).await?)
}

/// Sends a message now; with `anyway`, whatever others did meanwhile.
#[server(endpoint = "outbox/send")]
pub async fn send_waiting(
    message_id: OutboxMessageId,
    #[server(default)] anyway: bool,
    key: String,
) -> Result<(), AppError> {
    use crate::server::finsupport::finsupport;
    let how = contract::outbox::OutboxSend { anyway };
    finsupport()?.with_idempotency_key(key).send_from_outbox(message_id, how).await?;
    Ok(())
}

/// Takes a message back; answers what it was.
#[server(endpoint = "outbox/take-back")]
pub async fn take_back(message_id: OutboxMessageId, key: String) -> Result<OutboxMessage, AppError> {
    use crate::server::finsupport::finsupport;
    Ok(finsupport()?.with_idempotency_key(key).take_back(message_id).await?)
}

/// Has a message sent at another time.
#[server(endpoint = "outbox/time")]
pub async fn put_off(message_id: OutboxMessageId, send_at: String, key: String) -> Result<(), AppError> {
    use crate::server::finsupport::finsupport;
    finsupport()?.with_idempotency_key(key).outbox_time(message_id, &send_at).await?;
    Ok(())
}
