//! Drafts of the desk, on the server. Those of a ticket come with its thread.

use crate::error::AppError;
use contract::{
    draft::{Draft, DraftKind, DraftVersion, SavedDraft},
    id::TicketId,
    page::Page,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// A page of the viewer's drafts.
#[server(endpoint = "drafts/mine", input = GetUrl)]
pub async fn my_drafts(#[server(default)] cursor: Option<String>) -> Result<Page<Draft>, AppError> {
    let paging = contract::page::Paging { page_size: None, cursor };
    Ok(crate::server::finsupport::finsupport()?.drafts(&paging).await?)
}

/// Saves what the viewer is writing, see `contract::draft::DraftEdit`.
#[server(endpoint = "drafts/save")]
pub async fn save_draft(
    ticket_id: TicketId,
    kind: DraftKind,
    #[server(default)] text: String,
    #[server(default)] based_on: Option<i64>,
    #[server(default)] typed_ago: Option<i64>,
    #[server(default)] keeps_earlier: bool,
) -> Result<SavedDraft, AppError> {
    let edit = contract::draft::DraftEdit { text, based_on, typed_ago, keeps_earlier };
    Ok(crate::server::finsupport::finsupport()?.save_draft(ticket_id, kind, &edit).await?)
}

/// Discards what the viewer was writing.
#[server(endpoint = "drafts/discard")]
pub async fn discard_draft(ticket_id: TicketId, kind: DraftKind) -> Result<(), AppError> {
    Ok(crate::server::finsupport::finsupport()?.discard_draft(ticket_id, kind).await?)
}

/// What the viewer wrote there before, newest first.
#[server(endpoint = "drafts/versions", input = GetUrl)]
pub async fn draft_versions(ticket_id: TicketId, kind: DraftKind) -> Result<Vec<DraftVersion>, AppError> {
    let all = contract::page::Paging::default();
    Ok(crate::server::finsupport::finsupport()?.draft_versions(ticket_id, kind, &all).await?.items)
}
