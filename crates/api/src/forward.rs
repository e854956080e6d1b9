//! Answering for a gateway: in front of a remote Finsupport, the 53 operations pass through here, in the name of whoever
//! is signed in at this site. The route's own policy has been asked already; what somebody may do to one ticket is
//! the gateway's to decide.

use crate::{caller::Caller, error::Error, extract, files::content};
use axum::{
    body::Body,
    extract::{RawPathParams, Request},
    response::Response,
};
use client::{
    Client,
    gateway::{IDEMPOTENCY_KEY, PASSED_ON},
};
use contract::{endpoints::Operation, id::TicketId};
use http::{HeaderMap, HeaderName, HeaderValue, header};

/// What an answer says that the caller should hear.
const INWARD: [HeaderName; 9] = [
    header::ACCEPT_RANGES,
    header::CACHE_CONTROL,
    header::CONTENT_DISPOSITION,
    header::CONTENT_LENGTH,
    header::CONTENT_RANGE,
    header::CONTENT_TYPE,
    header::ETAG,
    header::LAST_MODIFIED,
    header::RETRY_AFTER,
];

/// Asks the gateway and hands its answer on, bodies streaming both ways.
///
/// # Errors
/// The gateway's refusal, or that it could not be asked.
pub async fn forward(
    gateway: &Client,
    operation: Operation,
    caller: &Caller,
    params: &RawPathParams,
    request: Request,
) -> Result<Response, Error> {
    // Whichever thing an id names, it is written alike.
    let mut ids: Vec<TicketId> = Vec::new();
    for (name, value) in params {
        ids.push(extract::id(name, value)?);
    }
    let ids: Vec<&(dyn std::fmt::Display + Sync)> = ids.iter().map(|id| id as _).collect();
    let (parts, body) = request.into_parts();
    let client = gateway.acting_for(caller.id());
    let mut call = client.call(operation, &ids).raw_query(parts.uri.query().unwrap_or_default());
    for name in PASSED_ON.into_iter().chain([IDEMPOTENCY_KEY]) {
        if let Some(value) = parts.headers.get(&name).and_then(|value| value.to_str().ok()) {
            call = call.header(name, value);
        }
    }
    Ok(inward(operation, call.stream(body).await?))
}

fn inward(operation: Operation, answer: http::Response<Body>) -> Response {
    let (mut parts, body) = answer.into_parts();
    let said = std::mem::take(&mut parts.headers);
    for name in INWARD {
        if let Some(value) = said.get(&name) {
            parts.headers.insert(name, value.clone());
        }
    }
    if matches!(operation, Operation::GetFileContent | Operation::GetFileThumbnail) {
        keep_harmless(&mut parts.headers, operation == Operation::GetFileThumbnail);
    }
    Response::from_parts(parts, body)
}

/// Whatever a gateway says of a file, a browser must not run it.
fn keep_harmless(headers: &mut HeaderMap, is_thumbnail: bool) {
    content::keep_harmless(headers);
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let painted = content::is_painted(kind);
    let says_attachment =
        headers.get(header::CONTENT_DISPOSITION).is_some_and(|said| said.as_bytes().starts_with(b"attachment"));
    if is_thumbnail {
        content::may_be_kept(headers);
    }
    if !painted && is_thumbnail {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    }
    if !painted && !says_attachment {
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    }
}
