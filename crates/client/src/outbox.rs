//! The outbox: operations 76–81.

use crate::{Client, Result};
use contract::{
    endpoints::Operation as Op,
    id::{OutboxMessageId, TicketId},
    outbox::{NewOutboxMessage, OutboxMessage, OutboxSend, OutboxTime},
    page::{Page, Paging},
    reply::Reply,
};

impl Client {
    /// 76, *Put In Outbox*.
    pub async fn put_in_outbox(&self, ticket: TicketId, new: &NewOutboxMessage) -> Result<OutboxMessage> {
        self.call(Op::PostOutbox, &[&ticket]).json(new).await
    }

    /// 77, *Outbox By Ticket Id*, oldest first.
    pub async fn outbox_of(&self, ticket: TicketId, paging: &Paging) -> Result<Page<OutboxMessage>> {
        self.call(Op::GetTicketOutbox, &[&ticket]).query(paging).send().await
    }

    /// 78, *My Outbox*, oldest first.
    pub async fn my_outbox(&self, paging: &Paging) -> Result<Page<OutboxMessage>> {
        self.call(Op::GetOutbox, &[]).query(paging).send().await
    }

    /// 79, *Change Outbox Time*.
    pub async fn outbox_time(&self, id: OutboxMessageId, send_at: &str) -> Result<OutboxMessage> {
        self.call(Op::PutOutboxTime, &[&id]).json(&OutboxTime { send_at: send_at.to_owned() }).await
    }

    /// 80, *Send From Outbox*.
    pub async fn send_from_outbox(&self, id: OutboxMessageId, how: OutboxSend) -> Result<Reply> {
        self.call(Op::PostOutboxSend, &[&id]).json(&how).await
    }

    /// 81, *Take Back From Outbox*.
    pub async fn take_back(&self, id: OutboxMessageId) -> Result<OutboxMessage> {
        self.call(Op::DeleteOutbox, &[&id]).send().await
    }
}
