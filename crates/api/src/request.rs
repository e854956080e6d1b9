//! Around every request: its id, its line in the log, the body of what was found, and that of a refusal.

use crate::error::Error;
use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use client::{Handed, InProcess};
use http::{HeaderName, HeaderValue, header};
use tracing::Instrument;

/// The request's id, in and out.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request an id, unless a sane one came in; the id stands in the log, in the answer's header and in every
/// Problem.
pub async fn identify(mut request: Request, next: Next) -> Response {
    let id = request.headers().get(&REQUEST_ID).filter(|id| is_sane(id)).cloned().unwrap_or_else(new_id);
    request.headers_mut().insert(REQUEST_ID, id.clone());
    let shown = id.to_str().unwrap_or_default().to_owned();
    let span = tracing::info_span!("request", id = %shown, method = %request.method(), path = %request.uri().path());
    async move {
        let here = request.extensions().get::<InProcess>().is_some();
        let answer = next.run(request).await;
        let mut response = finish(if here { answer } else { written(answer) }, &shown);
        response.headers_mut().insert(REQUEST_ID, id);
        tracing::debug!(status = response.status().as_u16(), "answered");
        response
    }
    .instrument(span)
    .await
}

/// Writes what was found for whoever is not in this process.
fn written(mut response: Response) -> Response {
    let Some(found) = response.extensions_mut().remove::<Handed>() else { return response };
    let body = match found.written() {
        Ok(body) => body,
        Err(error) => return Error::internal(error).into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    *response.body_mut() = body.into();
    response
}

fn finish(mut response: Response, id: &str) -> Response {
    let Some(error) = response.extensions_mut().remove::<Error>() else { return response };
    if let Some(cause) = error.cause() {
        tracing::error!(cause, "failed");
    }
    let mut problem = error.problem().clone();
    problem.request_id = id.to_owned();
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    let body =
        (parts.status, [(header::CONTENT_TYPE, "application/problem+json")], axum::Json(problem)).into_response();
    let (body_parts, body) = body.into_parts();
    for (name, value) in &body_parts.headers {
        parts.headers.insert(name, value.clone());
    }
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    Response::from_parts(parts, body)
}

fn is_sane(id: &HeaderValue) -> bool {
    (8..=64).contains(&id.len()) && id.as_bytes().iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
}

fn new_id() -> HeaderValue {
    let id = uuid::Uuid::from_u128(rand::random());
    HeaderValue::from_str(&id.simple().to_string()).expect("hex digits fit a header")
}
