//! One call: what is asked, and how the answer is read.

use crate::{Client, Handed, Result, transport::Asked};
use axum::body::Body;
use contract::{
    Code, Problem,
    endpoints::{Method, Operation},
};
use http::{HeaderValue, Request, Response, header};
use http_body_util::BodyExt;
use serde::{Serialize, de::DeserializeOwned};
use std::fmt;

/// What can be answered: it is read, or handed over within this process.
pub trait Told: DeserializeOwned + Clone + Send + Sync + 'static {}

impl<T: DeserializeOwned + Clone + Send + Sync + 'static> Told for T {}

/// A value with the version it was answered at.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer<T> {
    pub value: T,
    /// The `ETag`, without quotes.
    pub version: Option<String>,
}

/// A call being put together.
pub struct Call<'c> {
    client: &'c Client,
    operation: Operation,
    ids: Vec<String>,
    query: String,
    headers: Vec<(header::HeaderName, String)>,
}

impl<'c> Call<'c> {
    pub(crate) fn new(client: &'c Client, operation: Operation, ids: &[&(dyn fmt::Display + Sync)]) -> Self {
        let ids = ids.iter().map(ToString::to_string).collect();
        Self { client, operation, ids, query: String::new(), headers: Vec::new() }
    }

    /// Adds query parameters; lists repeat their key.
    #[must_use]
    pub fn query(mut self, query: &impl Serialize) -> Self {
        self.query = serde_html_form::to_string(query).expect("filters are flat");
        self
    }

    /// Adds a query string as it came.
    #[must_use]
    pub fn raw_query(mut self, query: &str) -> Self {
        query.clone_into(&mut self.query);
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: header::HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Sends without a body and reads JSON.
    ///
    /// # Errors
    /// The service's refusal, or that it could not be asked.
    pub async fn send<T: Told>(self) -> Result<T> {
        let most = self.client.transport.answer_max();
        Ok(read(self.stream(Body::empty()).await?, most).await?.value)
    }

    /// Sends this as JSON and reads JSON.
    ///
    /// # Errors
    /// The service's refusal, or that it could not be asked.
    pub async fn json<T: Told>(self, body: &impl Serialize) -> Result<T> {
        Ok(self.json_answer(body).await?.value)
    }

    /// As [`Call::json`], with the version.
    ///
    /// # Errors
    /// The service's refusal, or that it could not be asked.
    pub async fn json_answer<T: Told>(self, body: &impl Serialize) -> Result<Answer<T>> {
        let bytes = serde_json::to_vec(body).expect("wire types serialise");
        let most = self.client.transport.answer_max();
        read(self.header(header::CONTENT_TYPE, "application/json").stream(Body::from(bytes)).await?, most).await
    }

    /// Sends this as JSON; a success says no more.
    ///
    /// # Errors
    /// The service's refusal, or that it could not be asked.
    pub async fn json_done(self, body: &impl Serialize) -> Result<()> {
        let bytes = serde_json::to_vec(body).expect("wire types serialise");
        self.header(header::CONTENT_TYPE, "application/json").stream(Body::from(bytes)).await.map(drop)
    }

    /// Sends without a body; a success says no more.
    ///
    /// # Errors
    /// The service's refusal, or that it could not be asked.
    pub async fn done(self) -> Result<()> {
        self.stream(Body::empty()).await.map(drop)
    }

    /// Sends this body and hands on the whole answer, its body streaming; refusals are read.
    ///
    /// # Errors
    /// The service's refusal, or that it could not be asked.
    pub async fn stream(self, body: Body) -> Result<Response<Body>> {
        let client = self.client;
        let asked = Asked { operation: self.operation, ids: self.ids.clone(), acting: client.acting };
        let request = self.request(body)?;
        let response = client.transport.send(asked, request).await?;
        if response.status().is_success() || response.status().is_redirection() {
            return Ok(response);
        }
        Err(refusal(response, client.transport.answer_max()).await)
    }

    fn request(self, body: Body) -> Result<Request<Body>> {
        let path = self.operation.endpoint().path_with(&self.ids);
        let uri = if self.query.is_empty() { path } else { format!("{path}?{}", self.query) };
        let mut request = Request::builder().method(method(self.operation)).uri(uri);
        for (name, value) in identity(self.client) {
            request = request.header(name, value);
        }
        let mut request = request.body(body).map_err(|_| unsendable())?;
        for (name, value) in self.headers {
            request.headers_mut().insert(name, HeaderValue::try_from(value).map_err(|_| unsendable())?);
        }
        if let Some(address) = self.client.address {
            request.extensions_mut().insert(address);
        }
        Ok(request)
    }
}

fn unsendable() -> Problem {
    Problem::new(Code::Malformed, "A header or path of this request cannot be sent.")
}

fn identity(client: &Client) -> Vec<(header::HeaderName, String)> {
    let mut headers = vec![(header::ACCEPT, "application/json".to_owned())];
    headers.extend(client.token.as_ref().map(|token| (header::AUTHORIZATION, format!("Bearer {token}"))));
    headers.extend(client.user_agent.clone().map(|name| (header::USER_AGENT, name)));
    headers.extend(client.idempotency_key.clone().map(|key| (header::HeaderName::from_static("idempotency-key"), key)));
    headers
}

const fn method(operation: Operation) -> http::Method {
    match operation.endpoint().method {
        Method::Get => http::Method::GET,
        Method::Post => http::Method::POST,
        Method::Put => http::Method::PUT,
        Method::Delete => http::Method::DELETE,
    }
}

/// Takes what was handed over, or reads JSON of at most so many bytes.
pub(crate) async fn read<T: Told>(mut response: Response<Body>, most: usize) -> Result<Answer<T>> {
    let version =
        response.headers().get(header::ETAG).and_then(|v| v.to_str().ok()).map(|v| v.trim_matches('"').to_owned());
    let value = match response.extensions_mut().remove::<Handed>() {
        Some(handed) => handed.take(),
        None => serde_json::from_slice(&whole(response.into_body(), most).await?),
    };
    let value =
        value.map_err(|_| Problem::new(Code::Unavailable, "Finsupport answered something that cannot be read."))?;
    Ok(Answer { value, version })
}

async fn refusal(response: Response<Body>, most: usize) -> Problem {
    let status = response.status().as_u16();
    let bytes = whole(response.into_body(), most).await.unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_else(|_| {
        Problem::new(Code::Unavailable, format!("Finsupport answered with status {status} and no reason."))
    })
}

async fn whole(body: Body, most: usize) -> Result<bytes::Bytes> {
    let limited = http_body_util::Limited::new(body, most);
    let collected = limited.collect().await.map_err(|_| Problem::new(Code::Unavailable, "The answer broke off."))?;
    Ok(collected.to_bytes())
}
