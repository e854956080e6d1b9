//! Titles of canned replies: operations 46, 50, 51, 52.

use crate::{Client, Result};
use contract::{
    endpoints::Operation as Op,
    id::ReplyTitleId,
    page::Page,
    reply_title::{NewReplyTitle, ReplyTitle, ReplyTitleFilter, ReplyTitleStatus, ReplyTitleStatusUpdate},
};

impl Client {
    /// 46, *Reply Title Status*.
    pub async fn reply_title_status(&self, id: ReplyTitleId, status: ReplyTitleStatus) -> Result<ReplyTitle> {
        self.call(Op::PutReplyTitleStatus, &[&id]).json(&ReplyTitleStatusUpdate { status }).await
    }

    /// 50, *Replay Title*: the titles, in their order.
    pub async fn reply_titles(&self, filter: &ReplyTitleFilter) -> Result<Page<ReplyTitle>> {
        self.call(Op::GetReplyTitles, &[]).query(filter).send().await
    }

    /// 51, *Replay Title*: a new one.
    pub async fn add_reply_title(&self, new: &NewReplyTitle) -> Result<ReplyTitle> {
        self.call(Op::PostReplyTitle, &[]).json(new).await
    }

    /// 52, *Reply Title By Id*.
    pub async fn reply_title(&self, id: ReplyTitleId) -> Result<ReplyTitle> {
        self.call(Op::GetReplyTitle, &[&id]).send().await
    }
}
