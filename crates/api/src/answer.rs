//! What is answered: a value that was read, or what an action said, ready to be kept for a repeated request.

use crate::error::Error;
use axum::response::{IntoResponse, Response};
use client::Handed;
use contract::ticket::Ticket;
use http::{HeaderValue, StatusCode, header};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

/// Status, body and `ETag` of a success.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: StatusCode,
    pub etag: Option<String>,
    pub body: String,
}

impl Answer {
    /// 200 with this body.
    ///
    /// # Errors
    /// Never for the contract's types.
    pub fn ok(body: &impl Serialize) -> Result<Self, Error> {
        Self::with(StatusCode::OK, body)
    }

    /// 201 with this body.
    ///
    /// # Errors
    /// Never for the contract's types.
    pub fn created(body: &impl Serialize) -> Result<Self, Error> {
        Self::with(StatusCode::CREATED, body)
    }

    /// 204: done, and nothing to tell.
    pub const fn nothing() -> Self {
        Self { status: StatusCode::NO_CONTENT, etag: None, body: String::new() }
    }

    /// 200 with a ticket and its version as the `ETag`.
    ///
    /// # Errors
    /// Never.
    pub fn ticket(ticket: &Ticket) -> Result<Self, Error> {
        Ok(Self { etag: Some(format!("\"{}\"", ticket.version)), ..Self::ok(ticket)? })
    }

    /// 201 with a ticket and its version as the `ETag`.
    ///
    /// # Errors
    /// Never.
    pub fn created_ticket(ticket: &Ticket) -> Result<Self, Error> {
        Ok(Self { status: StatusCode::CREATED, ..Self::ticket(ticket)? })
    }

    fn with(status: StatusCode, body: &impl Serialize) -> Result<Self, Error> {
        let body = serde_json::to_string(body).map_err(Error::internal)?;
        Ok(Self { status, etag: None, body })
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let etag = self.etag.and_then(|etag| HeaderValue::from_str(&etag).ok());
        if self.status == StatusCode::NO_CONTENT {
            return self.status.into_response();
        }
        let mut response = (self.status, self.body).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(etag) = etag {
            response.headers_mut().insert(header::ETAG, etag);
        }
        response
    }
}

/// 200 with a value that was read. Whoever asks from this process gets the value itself, everybody else its JSON
/// ([`crate::request`]).
pub struct Found {
    value: Handed,
    etag: Option<String>,
}

impl Found {
    /// This value. Both ways must tell the same, so it is one that JSON brings back as it was.
    pub fn of<T>(value: T) -> Self
    where
        T: Serialize + DeserializeOwned + PartialEq + Debug + Send + Sync + 'static,
    {
        debug_assert_eq!(
            serde_json::to_vec(&value).and_then(|json| serde_json::from_slice::<T>(&json)).expect("it is read again"),
            value,
        );
        Self { value: Handed::new(value), etag: None }
    }

    /// A ticket and its version as the `ETag`.
    pub fn ticket(ticket: Ticket) -> Self {
        Self { etag: Some(format!("\"{}\"", ticket.version)), ..Self::of(ticket) }
    }
}

impl IntoResponse for Found {
    fn into_response(self) -> Response {
        let mut response = Response::default();
        response.extensions_mut().insert(self.value);
        if let Some(etag) = self.etag.and_then(|etag| HeaderValue::from_str(&etag).ok()) {
            response.headers_mut().insert(header::ETAG, etag);
        }
        response
    }
}
