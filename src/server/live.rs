//! `GET /live`: the viewer's event stream, passed through from Finsupport.

use axum::{
    Extension,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use client::Client;

/// Streams what happens, from after `Last-Event-ID` when the browser reconnects.
pub async fn stream(Extension(client): Extension<Client>, headers: HeaderMap) -> Response {
    let last = headers.get("last-event-id").and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
    match client.live_events(last).await {
        Ok(response) => response,
        // 204 tells an EventSource to stop trying: the session is over.
        Err(problem) if problem.status == 401 => axum::http::StatusCode::NO_CONTENT.into_response(),
        Err(_) => axum::http::StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
