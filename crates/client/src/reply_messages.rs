//! Texts of canned replies: operations 47, 48, 49, 53, and counting their uses.

use crate::{Client, Result};
use contract::{
    endpoints::Operation as Op,
    id::ReplyMessageId,
    page::Page,
    reply_message::{NewReplyMessage, ReplyMessage, ReplyMessageEdit, ReplyMessageFilter},
};

impl Client {
    /// 47, *Reply Messages*, in the order of their titles.
    pub async fn reply_messages(&self, filter: &ReplyMessageFilter) -> Result<Page<ReplyMessage>> {
        self.call(Op::GetReplyMessages, &[]).query(filter).send().await
    }

    /// 48, *Replay Messages*: another text.
    pub async fn edit_reply_message(&self, id: ReplyMessageId, edit: &ReplyMessageEdit) -> Result<ReplyMessage> {
        self.call(Op::PutReplyMessage, &[&id]).json(edit).await
    }

    /// 49, *Replay Messages*: a new one.
    pub async fn add_reply_message(&self, new: &NewReplyMessage) -> Result<ReplyMessage> {
        self.call(Op::PostReplyMessage, &[]).json(new).await
    }

    /// 53, *Reply Messages by id*.
    pub async fn reply_message(&self, id: ReplyMessageId) -> Result<ReplyMessage> {
        self.call(Op::GetReplyMessage, &[&id]).send().await
    }

    /// Counts that this message was inserted.
    pub async fn use_reply_message(&self, id: ReplyMessageId) -> Result<()> {
        self.call(Op::PostReplyMessageUse, &[&id]).done().await
    }
}
