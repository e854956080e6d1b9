//! Splitting replies off.

use crate::{Client, Result};
use contract::{endpoints::Operation as Op, id::ReplyId, split::NewSplit, ticket::Ticket};

impl Client {
    /// Makes a ticket of a reply.
    pub async fn split(&self, reply: ReplyId, new: &NewSplit) -> Result<Ticket> {
        self.call(Op::PostSplit, &[&reply]).json(new).await
    }
}
