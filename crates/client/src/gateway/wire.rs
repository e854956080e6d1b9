//! One try of one request: what is sent, what comes back, and what a failure means for the next try.

use super::{settings::seconds, shape::Shapes};
use axum::body::Body;
use bytes::{Bytes, BytesMut};
use contract::{Code, Problem, endpoints::Operation};
use futures::{FutureExt, future::BoxFuture};
use http::{HeaderMap, Response, StatusCode, header};
use std::{
    sync::Arc,
    task::{Context, Poll},
    time::{Duration, Instant},
};
use tokio::time::timeout;
use tower::Service;
use tower_resilience_circuitbreaker::FailureClassifier;

/// The largest answer that is read as a whole: 32 MiB. Bytes of files are streamed instead.
pub const ANSWER_MAX: usize = 32 << 20;
/// The largest refusal that is read: 64 KiB.
const REFUSAL_MAX: usize = 64 << 10;

/// What is sent.
pub(super) struct Outgoing {
    pub operation: Operation,
    pub request: reqwest::Request,
    /// Whether the answer is JSON, to be read as a whole and judged; otherwise it streams.
    pub whole: bool,
    /// Whether it may take as long as an upload may.
    pub patient: bool,
}

/// What came back: a success, or the gateway's refusal.
pub(super) type Received = Result<Response<Body>, Problem>;

/// A try that failed.
#[derive(Debug)]
pub(super) struct Failure {
    pub problem: Problem,
    pub again: Again,
    /// Whether it tells that the gateway is not well.
    pub ill: bool,
    /// Whether it is the site that is not let in.
    pub stranger: bool,
}

/// Whether another try is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// The gateway did nothing: it was not reached, or refused before it looked.
    Always,
    /// It may have done what was asked: only what may happen twice, or is known again.
    IfRepeatable,
    Never,
}

/// The connections, and how answers are read.
#[derive(Clone)]
pub(super) struct Wire {
    pub http: reqwest::Client,
    /// With a limit for the whole only.
    pub patient: reqwest::Client,
    pub shapes: Arc<Shapes>,
    pub answer: f64,
}

/// Which tries count against the gateway.
#[derive(Clone, Copy)]
pub(super) struct Illness;

impl FailureClassifier<Received, Failure> for Illness {
    fn classify(&self, result: &Result<Received, Failure>) -> bool {
        result.as_ref().is_err_and(|failure| failure.ill)
    }
}

impl Service<Outgoing> for Wire {
    type Response = Received;
    type Error = Failure;
    type Future = BoxFuture<'static, Result<Received, Failure>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, outgoing: Outgoing) -> Self::Future {
        let wire = self.clone();
        async move {
            let (operation, started) = (format!("{:?}", outgoing.operation), Instant::now());
            let result = wire.exchange(outgoing).await;
            let outcome = match &result {
                Ok(Ok(_)) => "answered",
                Ok(Err(_)) => "refused",
                Err(_) => "failed",
            };
            metrics::counter!("finsupport_gateway_requests_total", "operation" => operation, "outcome" => outcome)
                .increment(1);
            metrics::histogram!("finsupport_gateway_seconds", "outcome" => outcome).record(started.elapsed());
            result
        }
        .boxed()
    }
}

impl Wire {
    async fn exchange(&self, outgoing: Outgoing) -> Result<Received, Failure> {
        let Outgoing { request, whole, patient, .. } = outgoing;
        let http = if patient { &self.patient } else { &self.http };
        let exchange = async {
            let response = http.execute(request).await.map_err(|cause| unreached(&cause))?;
            self.read(response, whole).await
        };
        if whole && !patient {
            timeout(seconds(self.answer), exchange).await.unwrap_or_else(|_| Err(late()))
        } else {
            exchange.await
        }
    }

    async fn read(&self, response: reqwest::Response, whole: bool) -> Result<Received, Failure> {
        let status = response.status();
        let wait = retry_after(response.headers());
        if status.is_success() || status == StatusCode::NOT_MODIFIED {
            return if whole { self.judged(response).await.map(Ok) } else { Ok(Ok(streamed(response))) };
        }
        let body = collect(response, REFUSAL_MAX).await.unwrap_or_default();
        let mut problem = self.shapes.refusal(status, &body);
        problem.retry_after = wait;
        match status.as_u16() {
            // It is this site that is not let in, not the person.
            401 => {
                let problem = Problem::new(
                    Code::Unavailable,
                    "Finsupport does not let this site in right now. Nothing was lost; try again.",
                );
                Err(Failure { stranger: true, ..Failure::of(problem, Again::Always) })
            }
            429 => Err(Failure::of(problem, Again::Always)),
            503 if problem.retry_after.is_some() => Err(Failure { ill: true, ..Failure::of(problem, Again::Always) }),
            400..=499 => Ok(Err(problem)),
            500..=599 => Err(Failure { ill: true, ..Failure::of(problem, Again::IfRepeatable) }),
            _ => Err(nonsense(&format!("status {status}"))),
        }
    }

    /// A success that has to be JSON.
    async fn judged(&self, response: reqwest::Response) -> Result<Response<Body>, Failure> {
        let (status, headers) = (response.status(), response.headers().clone());
        if status == StatusCode::NO_CONTENT || status == StatusCode::NOT_MODIFIED {
            return Ok(answer(status, headers, Body::empty()));
        }
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.contains("json") {
            return Err(nonsense(&format!("an answer of type {kind:?}")));
        }
        let body = collect(response, ANSWER_MAX).await?;
        if serde_json::from_slice::<serde::de::IgnoredAny>(&body).is_err() {
            return Err(nonsense("an answer that is not JSON"));
        }
        Ok(answer(status, headers, Body::from(self.shapes.answer_in(body))))
    }
}

/// An answer, of whose headers the length is ours to say.
fn answer(status: StatusCode, mut headers: HeaderMap, body: Body) -> Response<Body> {
    headers.remove(header::CONTENT_LENGTH);
    headers.remove(header::TRANSFER_ENCODING);
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

fn streamed(response: reqwest::Response) -> Response<Body> {
    let (parts, body) = Response::<reqwest::Body>::from(response).into_parts();
    Response::from_parts(parts, Body::new(body))
}

async fn collect(mut response: reqwest::Response, max: usize) -> Result<Bytes, Failure> {
    let mut body = BytesMut::new();
    while let Some(piece) = response.chunk().await.map_err(|cause| unreached(&cause))? {
        if body.len() + piece.len() > max {
            return Err(nonsense("an answer that does not end"));
        }
        body.extend_from_slice(&piece);
    }
    Ok(body.freeze())
}

/// Seconds to wait (RFC 9110 section 10.2.3); a date is not used by gateways.
fn retry_after(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}

/// What stopped a request on its way.
fn unreached(cause: &reqwest::Error) -> Failure {
    if cause.is_timeout() && !cause.is_connect() {
        return late();
    }
    let again = if cause.is_connect() { Again::Always } else { Again::IfRepeatable };
    tracing::warn!(cause = chain(cause), "the gateway was not reached");
    let problem =
        Problem::new(Code::Unavailable, "Finsupport cannot be reached right now. Nothing was lost; try again.");
    Failure { ill: true, ..Failure::of(problem, again) }
}

fn late() -> Failure {
    let problem = Problem::new(Code::GatewayTimeout, "Finsupport did not answer in time. Nothing was lost; try again.");
    Failure { ill: true, ..Failure::of(problem, Again::IfRepeatable) }
}

fn nonsense(what: &str) -> Failure {
    tracing::warn!(what, "the gateway answered nonsense");
    let problem = Problem::new(
        Code::BadGateway,
        "Finsupport answered something that cannot be read. Nothing was lost; try again.",
    );
    Failure { ill: true, ..Failure::of(problem, Again::IfRepeatable) }
}

impl Failure {
    /// A failure that says nothing about the gateway's health.
    pub const fn of(problem: Problem, again: Again) -> Self {
        Self { problem, again, ill: false, stranger: false }
    }

    /// How long the gateway asked to be left alone.
    pub fn wait(&self) -> Option<Duration> {
        self.problem.retry_after.map(Duration::from_secs)
    }

    /// The gateway rests: nothing is sent.
    pub fn resting(seconds: u64) -> Self {
        let mut problem = Problem::new(
            Code::Unavailable,
            "Finsupport is not well at the moment and is left alone for a few seconds. Nothing was lost; try again.",
        );
        problem.retry_after = Some(seconds);
        Self::of(problem, Again::Never)
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
