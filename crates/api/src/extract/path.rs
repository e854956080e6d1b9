//! Ids in the path. A malformed one is refused by the name of its placeholder.

use crate::error::Error;
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
use contract::Code;
use std::str::FromStr;

/// The one id in the path.
pub struct Id<T>(pub T);

/// The two ids in the path, in order.
pub struct Ids<A, B>(pub A, pub B);

impl<S: Sync + Send, T: FromStr> FromRequestParts<S> for Id<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        Ok(Self(nth(&params(parts, state).await?, 0)?))
    }
}

impl<S: Sync + Send, A: FromStr, B: FromStr> FromRequestParts<S> for Ids<A, B> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let params = params(parts, state).await?;
        Ok(Self(nth(&params, 0)?, nth(&params, 1)?))
    }
}

async fn params<S: Sync + Send>(parts: &mut Parts, state: &S) -> Result<RawPathParams, Error> {
    RawPathParams::from_request_parts(parts, state)
        .await
        .map_err(|_| Error::new(Code::MalformedId, "The path holds bytes that are not UTF-8."))
}

fn nth<T: FromStr>(params: &RawPathParams, index: usize) -> Result<T, Error> {
    let (name, value) =
        params.iter().nth(index).ok_or_else(|| Error::internal("a route without the id its handler reads"))?;
    id(name, value)
}

/// An id that stands in the path under this name.
///
/// # Errors
/// When it is none.
pub fn id<T: FromStr>(name: &str, value: &str) -> Result<T, Error> {
    value.parse().map_err(|_| {
        Error::new(
            Code::MalformedId,
            format!("{name} is not an id: expected a UUID such as 0190f3c2-7c1e-7d3a-9b1f-2f6f0a8b4c5d."),
        )
    })
}
