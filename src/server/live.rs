//! `GET /live`: the viewer's event stream, passed through from Finsupport.

use axum::{
    Extension,
    extract::Query,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use client::Client;
use contract::{id::PersonId, session::Viewer};
use serde::Deserialize;

/// What a browser hears that has to try again later, in milliseconds: an `EventSource` gives up on every other refusal.
const LATER: &str = "retry: 5000\n\n";

/// Whose stream, and from where on.
#[derive(Deserialize)]
pub struct Wanted {
    /// For whom the page was made: it hears nothing of what somebody else may see who signed in meanwhile.
    #[serde(rename = "as")]
    person: Option<PersonId>,
    /// The last event that the page has heard of. A browser that reconnects says it in `Last-Event-ID`.
    after: Option<i64>,
}

/// Streams what happens.
pub async fn stream(
    Extension(client): Extension<Client>,
    viewer: Option<Extension<Viewer>>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Response {
    let another = |Extension(viewer): Extension<Viewer>| wanted.person.is_some_and(|id| id != viewer.person.id);
    if viewer.is_some_and(another) {
        return StatusCode::NO_CONTENT.into_response();
    }
    let last = headers.get("last-event-id").and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
    match client.live_events(last.or(wanted.after)).await {
        Ok(response) => response,
        // 204 tells an EventSource to stop trying: the session is over.
        Err(problem) if problem.status == 401 => StatusCode::NO_CONTENT.into_response(),
        Err(_) => {
            ([(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store")], LATER).into_response()
        }
    }
}
