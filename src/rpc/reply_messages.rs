//! Messages of canned replies: reading and keeping them, and counting that one was inserted.

use crate::error::AppError;
use contract::{
    id::{ReplyMessageId, ReplyTitleId},
    reply_message::ReplyMessage,
    reply_title::ReplyTitle,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

/// A title with its messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Canned {
    pub title: ReplyTitle,
    pub messages: Vec<ReplyMessage>,
}

/// One title with its messages.
#[server(endpoint = "reply_messages/of_title", input = GetUrl)]
pub async fn read_canned(reply_title_id: ReplyTitleId) -> Result<Canned, AppError> {
    use crate::server::{canned, finsupport::finsupport};
    Ok(canned::one(&finsupport()?, reply_title_id).await?)
}

/// Every active title with its messages: what can be inserted into a reply.
#[server(endpoint = "reply_messages/offered", input = GetUrl)]
pub async fn offered_replies() -> Result<Vec<Canned>, AppError> {
    use crate::server::{canned, finsupport::finsupport};
    Ok(canned::offered(&finsupport()?).await?)
}

/// Adds a message below a title.
#[server(endpoint = "reply_messages/add")]
pub async fn add_reply_message(reply_title_id: ReplyTitleId, message: String, key: String) -> Result<(), AppError> {
    let new = contract::reply_message::NewReplyMessage { reply_title_id, message };
    crate::server::finsupport::finsupport()?.with_idempotency_key(key).add_reply_message(&new).await?;
    Ok(())
}

/// Gives a message another text.
#[server(endpoint = "reply_messages/edit")]
pub async fn edit_reply_message(reply_message_id: ReplyMessageId, message: String) -> Result<(), AppError> {
    let edit = contract::reply_message::ReplyMessageEdit { message };
    crate::server::finsupport::finsupport()?.edit_reply_message(reply_message_id, &edit).await?;
    Ok(())
}

/// Counts that a message was inserted.
#[server(endpoint = "reply_messages/use")]
pub async fn use_reply_message(reply_message_id: ReplyMessageId) -> Result<(), AppError> {
    crate::server::finsupport::finsupport()?.use_reply_message(reply_message_id).await?;
    Ok(())
}
