//! Searching tickets as one types.

use crate::error::AppError;
use contract::search::Found;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// The tickets that these words find, best first, at most so many, without descriptions.
#[server(endpoint = "search", input = GetUrl)]
pub async fn search(q: String, limit: u32) -> Result<Found, AppError> {
    let filter = contract::search::SearchFilter { q, limit: Some(limit) };
    let mut found = crate::server::finsupport::finsupport()?.search(&filter).await?;
    found.hits.iter_mut().for_each(|hit| hit.ticket.description.clear());
    Ok(found)
}
