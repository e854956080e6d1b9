//! Query strings. A repeated key fills a list.

use super::json::fault;
use crate::error::Error;
use axum::{extract::FromRequestParts, http::request::Parts};
use serde::de::DeserializeOwned;

/// A query string.
pub struct Query<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let pairs = serde_html_form::Deserializer::from_bytes(parts.uri.query().unwrap_or_default().as_bytes());
        serde_path_to_error::deserialize(pairs).map(Self).map_err(|error| {
            let path = error.path().to_string();
            let field = path.split('[').next().unwrap_or_default();
            fault(field, &error.inner().to_string()).into()
        })
    }
}
