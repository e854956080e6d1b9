//! The outbox: operations 85–90.

use crate::{Client, Result};
use contract::{
    endpoints::Operation as Op,
    id::{OutboxMessageId, TicketId},
    outbox::{NewOutboxMessage, OutboxMessage, OutboxSend, OutboxTime},
    page::{Page, Paging},
    reply::Reply,
};

impl Client {
    /// 85, *Put In Outbox*.
    pub async fn put_in_outbox(&self, ticket: TicketId, new: &NewOutboxMessage) -> Result<OutboxMessage> {
        self.call(Op::PostOutbox, &[&ticket]).json(new).await
    }

    /// 86, *Outbox By Ticket Id*, oldest first.
    pub async fn outbox_of(&self, ticket: TicketId, paging: &Paging) -> Result<Page<OutboxMessage>> {
        self.call(Op::GetTicketOutbox, &[&ticket]).query(paging).send().await
    }

    /// 87, *My Outbox*, oldest first.
    pub async fn my_outbox(&self, paging: &Paging) -> Result<Page<OutboxMessage>> {
        self.call(Op::GetOutbox, &[]).query(paging).send().await
    }

    /// 88, *Change Outbox Time*.
    pub async fn outbox_time(&self, id: OutboxMessageId, send_at: &str) -> Result<OutboxMessage> {
        self.call(Op::PutOutboxTime, &[&id]).json(&OutboxTime { send_at: send_at.to_owned() }).await
    }

    /// 89, *Send From Outbox*.
    pub async fn send_from_outbox(&self, id: OutboxMessageId, how: OutboxSend) -> Result<Reply> {
        self.call(Op::PostOutboxSend, &[&id]).json(&how).await
    }

    /// 90, *Take Back From Outbox*.
    pub async fn take_back(&self, id: OutboxMessageId) -> Result<OutboxMessage> {
        self.call(Op::DeleteOutbox, &[&id]).send().await
    }
}
