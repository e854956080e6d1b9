//! Puts canned replies together from what Finsupport answers: titles, each with its messages.

use super::thread::all;
use crate::rpc::reply_messages::Canned;
use client::Client;
use contract::{
    Problem,
    id::ReplyTitleId,
    page::Paging,
    reply_message::{ReplyMessage, ReplyMessageFilter},
    reply_title::{ReplyTitle, ReplyTitleFilter, ReplyTitleStatus},
};

/// Every title of this status, or of any, that the viewer may see.
///
/// # Errors
/// Finsupport's refusal.
pub async fn titles(client: &Client, status: Option<ReplyTitleStatus>) -> Result<Vec<ReplyTitle>, Problem> {
    all(|Paging { page_size, cursor }| async move {
        client.reply_titles(&ReplyTitleFilter { status, page_size, cursor }).await
    })
    .await
}

/// One title with its messages.
///
/// # Errors
/// Finsupport's refusal; 404 when the viewer may not see it.
pub async fn one(client: &Client, id: ReplyTitleId) -> Result<Canned, Problem> {
    let (title, messages) = futures::try_join!(client.reply_title(id), messages(client, Some(id)))?;
    Ok(Canned { title, messages })
}

/// The active titles that have messages, each with them.
///
/// # Errors
/// Finsupport's refusal.
pub async fn offered(client: &Client) -> Result<Vec<Canned>, Problem> {
    let (titles, mut messages) =
        futures::try_join!(titles(client, Some(ReplyTitleStatus::Active)), messages(client, None))?;
    let with_messages = titles.into_iter().map(|title| {
        let own = messages.extract_if(.., |message| message.reply_title_id == title.reply_title_id).collect();
        Canned { title, messages: own }
    });
    Ok(with_messages.filter(|canned| !canned.messages.is_empty()).collect())
}

async fn messages(client: &Client, reply_title_id: Option<ReplyTitleId>) -> Result<Vec<ReplyMessage>, Problem> {
    all(|Paging { page_size, cursor }| async move {
        client.reply_messages(&ReplyMessageFilter { reply_title_id, page_size, cursor }).await
    })
    .await
}
