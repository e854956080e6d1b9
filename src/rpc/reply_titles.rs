//! Titles of canned replies.

use crate::error::AppError;
use contract::{
    id::ReplyTitleId,
    reply_title::{ReplyTitle, ReplyTitleStatus},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// Every title that the viewer may see, in their order.
#[server(endpoint = "reply_titles/all", input = GetUrl)]
pub async fn reply_titles() -> Result<Vec<ReplyTitle>, AppError> {
    use crate::server::{canned, finsupport::finsupport};
    Ok(canned::titles(&finsupport()?, None).await?)
}

/// Adds a title and goes to it.
#[server(endpoint = "reply_titles/add")]
pub async fn add_reply_title(title: String, key: String) -> Result<(), AppError> {
    use crate::server::{finsupport::finsupport, session};
    let new = contract::reply_title::NewReplyTitle { title };
    let added = finsupport()?.with_idempotency_key(key).add_reply_title(&new).await?;
    session::go(&format!("/desk/canned-replies?title={}", added.reply_title_id));
    Ok(())
}

/// Offers a title with its messages, or withdraws them.
#[server(endpoint = "reply_titles/set_status")]
pub async fn set_reply_title_status(reply_title_id: ReplyTitleId, status: ReplyTitleStatus) -> Result<(), AppError> {
    crate::server::finsupport::finsupport()?.reply_title_status(reply_title_id, status).await?;
    Ok(())
}
