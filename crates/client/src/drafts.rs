//! Drafts: what the caller is writing, and what they wrote before.

use crate::{Client, Result};
use contract::{
    draft::{Draft, DraftEdit, DraftKind, DraftVersion, SavedDraft},
    endpoints::Operation as Op,
    id::TicketId,
    page::{Page, Paging},
};

impl Client {
    /// All drafts of the caller, newest first.
    pub async fn drafts(&self, paging: &Paging) -> Result<Page<Draft>> {
        self.call(Op::GetDrafts, &[]).query(paging).send().await
    }

    /// The caller's drafts on a ticket, of both kinds; one that was emptied too, while earlier versions of it are kept.
    pub async fn ticket_drafts(&self, ticket: TicketId) -> Result<Vec<Draft>> {
        self.call(Op::GetTicketDrafts, &[&ticket]).send().await
    }

    /// Saves what the caller is writing.
    pub async fn save_draft(&self, ticket: TicketId, kind: DraftKind, edit: &DraftEdit) -> Result<SavedDraft> {
        self.call(Op::PutDraft, &[&ticket, &kind]).json(edit).await
    }

    /// Discards what the caller was writing; it can be restored.
    pub async fn discard_draft(&self, ticket: TicketId, kind: DraftKind) -> Result<()> {
        self.call(Op::DeleteDraft, &[&ticket, &kind]).done().await
    }

    /// What the caller wrote there before, newest first.
    pub async fn draft_versions(
        &self,
        ticket: TicketId,
        kind: DraftKind,
        paging: &Paging,
    ) -> Result<Page<DraftVersion>> {
        self.call(Op::GetDraftVersions, &[&ticket, &kind]).query(paging).send().await
    }
}
