//! Reads the parts of a request. Whatever cannot be read is refused with a Problem that says what and where.

mod json;
mod path;
mod query;

pub use json::{BODY_MAX, Json, parse, read};
pub use path::{Id, Ids, id};
pub use query::Query;

use crate::error::Error;
use axum::{extract::FromRequestParts, http::request::Parts};
use contract::Code;
use http::header;

/// Which version of a thing the caller means to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IfMatch(String);

impl IfMatch {
    /// Whether this is the version meant; `*` means any.
    pub fn matches(&self, version: i64) -> bool {
        let current = format!("\"{version}\"");
        self.0.split(',').map(str::trim).any(|tag| tag == "*" || tag == current)
    }
}

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let value = parts.headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok());
        value.map(|value| Self(value.to_owned())).ok_or_else(|| {
            Error::new(
                Code::IfMatchMissing,
                "Send the ETag of the ticket you saw as If-Match, so that nobody's change is lost.",
            )
        })
    }
}
