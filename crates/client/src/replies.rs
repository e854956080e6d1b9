//! Replies: operations 12, 15, 17, 33, 35.

use crate::{Client, Result};
use contract::{
    endpoints::Operation as Op,
    id::{ReplyId, TicketId},
    page::{Page, Paging},
    reply::{NewReply, Reply},
};

impl Client {
    /// 12, *Customer Reply On Ticket*.
    pub async fn customer_reply(&self, ticket: TicketId, new: &NewReply) -> Result<Reply> {
        self.call(Op::CustomerReplyOnTicket, &[&ticket]).json(new).await
    }

    /// 15, *Assignee Reply On Ticket*.
    pub async fn assignee_reply(&self, ticket: TicketId, new: &NewReply) -> Result<Reply> {
        self.call(Op::AssigneeReplyOnTicket, &[&ticket]).json(new).await
    }

    /// 17, *Admin Reply On Ticket*.
    pub async fn admin_reply(&self, ticket: TicketId, new: &NewReply) -> Result<Reply> {
        self.call(Op::AdminReplyOnTicket, &[&ticket]).json(new).await
    }

    /// 33, *List Of Replies By Ticket Id*, oldest first.
    pub async fn replies(&self, ticket: TicketId, paging: &Paging) -> Result<Page<Reply>> {
        self.call(Op::RepliesByTicket, &[&ticket]).query(paging).send().await
    }

    /// 35, *Reply By Reply Id*.
    pub async fn reply(&self, id: ReplyId) -> Result<Reply> {
        self.call(Op::ReplyById, &[&id]).send().await
    }
}
