//! Merging tickets, and undoing it.

use crate::{Client, Result};
use contract::{
    endpoints::Operation as Op,
    id::{MergeId, TicketId},
    merge::{Merge, NewMerge},
};

impl Client {
    /// Merges these tickets into this one.
    pub async fn merge(&self, target: TicketId, sources: &[TicketId]) -> Result<Merge> {
        self.call(Op::PostMerge, &[&target]).json(&NewMerge { sources: sources.to_vec() }).await
    }

    /// The merges that make up a ticket's conversation, oldest first.
    pub async fn merges(&self, ticket: TicketId) -> Result<Vec<Merge>> {
        self.call(Op::GetMerges, &[&ticket]).send().await
    }

    /// Undoes a merge.
    pub async fn undo_merge(&self, id: MergeId) -> Result<()> {
        self.call(Op::DeleteMerge, &[&id]).done().await
    }
}
