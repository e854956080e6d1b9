//! A Finsupport gateway somewhere else, and living with what networks do: time limits, repetition where it is safe, rest
//! for a gateway that fails, a bound on what is on its way, and one sign-in for all.
//!
//! [`Settings`] say where it is and what differs there; `shape` rewrites what is said; `token` signs in; `wire` is one
//! try; this file decides about the next.

mod settings;
mod shape;
mod token;
mod wire;

pub use settings::{Answers, Breaker, Elsewhere, Errors, Retry, Settings, Times, TokenSettings};

use crate::transport::Asked;
use axum::body::Body;
use backon::{ExponentialBuilder, Retryable};
use bytes::Bytes;
use contract::{Code, Problem, endpoints::Operation};
use futures::StreamExt;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, header};
use http_body_util::BodyExt;
use settings::seconds;
use shape::Shapes;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use token::Tokens;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt;
use tower_resilience_circuitbreaker::{CircuitBreaker, CircuitBreakerError, CircuitBreakerLayer, CircuitState};
use url::Url;
use wire::{Again, Failure, Illness, Outgoing, Wire};

/// The largest body of a request that is kept for another try: 1 MiB, more than any text of the contract.
const KEPT_MAX: usize = 1 << 20;
/// Pauses grow up to this.
const PAUSE_MAX: Duration = Duration::from_secs(2);
/// The headers of a request that a gateway should see, besides our own.
pub const PASSED_ON: [HeaderName; 9] = [
    header::ACCEPT,
    header::CONTENT_TYPE,
    header::IF_MATCH,
    header::IF_NONE_MATCH,
    header::IF_RANGE,
    header::RANGE,
    header::USER_AGENT,
    HeaderName::from_static("last-event-id"),
    HeaderName::from_static("x-request-id"),
];
/// The header under which we know a repeated write again; a gateway may call it something else.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A gateway. Clones are cheap and share connections, token and health.
#[derive(Clone)]
pub struct Gateway(Arc<Inner>);

struct Inner {
    settings: Settings,
    url: Url,
    headers: HeaderMap,
    acting_user: Option<HeaderName>,
    idempotency: Option<HeaderName>,
    shapes: Arc<Shapes>,
    tokens: Tokens,
    wire: CircuitBreaker<Wire, Illness>,
    turns: Arc<Semaphore>,
}

/// How a gateway is, as far as we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// It answers.
    Well,
    /// It failed too often and is left alone for some seconds.
    Resting,
    /// It is being tried again.
    Recovering,
}

impl Health {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Well, Self::Resting, Self::Recovering];

    /// In one word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Well => "well",
            Self::Resting => "resting",
            Self::Recovering => "recovering",
        }
    }
}

/// A request, as it is sent at each try.
struct Head {
    operation: Operation,
    method: Method,
    url: Url,
    headers: HeaderMap,
    /// Whether it may reach the gateway twice.
    repeatable: bool,
    whole: bool,
}

impl Gateway {
    /// A gateway with these settings. Nothing is sent yet.
    ///
    /// # Errors
    /// The setting that cannot work, by its name.
    pub fn new(settings: Settings) -> Result<Self, String> {
        settings.check()?;
        let url = settings.url.clone().ok_or("url: say where the gateway is")?;
        let mut headers = HeaderMap::new();
        for (name, value) in &settings.headers {
            let bad = |_| format!("headers.{name}: this cannot be a header");
            let key = HeaderName::try_from(name).map_err(|e| bad(e.to_string()))?;
            headers.insert(key, HeaderValue::try_from(value).map_err(|e| bad(e.to_string()))?);
        }
        let shapes = Arc::new(Shapes::new(&settings));
        let client = || {
            reqwest::Client::builder()
                .connect_timeout(seconds(settings.time.connect))
                .redirect(reqwest::redirect::Policy::none())
                .tcp_nodelay(true)
        };
        let failed = |error: reqwest::Error| format!("the connections could not be prepared: {error}");
        let http = client().read_timeout(seconds(settings.time.answer)).build().map_err(failed)?;
        let patient = client().timeout(seconds(settings.time.upload)).build().map_err(failed)?;
        let wire = Wire { http: http.clone(), patient, shapes: shapes.clone(), answer: settings.time.answer };
        let breaker = CircuitBreakerLayer::builder()
            .consecutive_failures(settings.breaker.failures)
            .wait_duration_in_open(seconds(settings.breaker.rest))
            .permitted_calls_in_half_open(1)
            .failure_classifier_type(Illness)
            .build()
            .map_err(|error| format!("breaker: {error}"))?;
        Ok(Self(Arc::new(Inner {
            acting_user: named("acting_user_header", &settings.acting_user_header)?,
            idempotency: named("idempotency_header", &settings.idempotency_header)?,
            tokens: Tokens::new(http, &settings),
            turns: Arc::new(Semaphore::new(settings.in_flight_max)),
            wire: breaker.layer_fn(wire),
            settings,
            url,
            headers,
            shapes,
        })))
    }

    /// How it is.
    pub fn health(&self) -> Health {
        match self.0.wire.state_sync() {
            CircuitState::Closed => Health::Well,
            CircuitState::Open => Health::Resting,
            CircuitState::HalfOpen => Health::Recovering,
        }
    }

    /// How many requests are on their way.
    pub fn in_flight(&self) -> usize {
        self.0.settings.in_flight_max - self.0.turns.available_permits()
    }

    /// Sends a request, as often as it takes and is safe.
    pub(crate) async fn send(&self, asked: &Asked, request: Request<Body>) -> Result<Response<Body>, Problem> {
        let inner = &self.0;
        let turn = inner.turn().await?;
        let (head, body) = inner.head(asked, request)?;
        let kept = match kept(&head, body).await? {
            Ok(kept) => kept,
            Err(stream) => {
                let body = reqwest::Body::wrap_stream(stream.into_data_stream());
                let response = inner.try_once(&head, body, true).await.map_err(|failure| failure.problem)??;
                return Ok(held_until_read(response, turn));
            }
        };
        let started = Instant::now();
        let patience = seconds(inner.settings.time.answer);
        let pause_max = seconds(inner.settings.retry.pause_max);
        let response = (|| inner.try_once(&head, kept.clone().into(), false))
            .retry(inner.pauses())
            .when(|failure: &Failure| match failure.again {
                Again::Always => true,
                Again::IfRepeatable => head.repeatable,
                Again::Never => false,
            })
            .adjust(|failure, pause| {
                let pause = failure.wait().map_or(pause, |asked| pause.map(|pause| pause.max(asked)))?;
                (pause <= pause_max.max(PAUSE_MAX) && started.elapsed() + pause < patience).then_some(pause)
            })
            .await
            .map_err(|failure| failure.problem)??;
        Ok(held_until_read(response, turn))
    }
}

impl Inner {
    /// Waits until fewer requests are on their way than may be.
    async fn turn(&self) -> Result<OwnedSemaphorePermit, Problem> {
        let turn = tokio::time::timeout(seconds(self.settings.time.turn), self.turns.clone().acquire_owned()).await;
        turn.ok().and_then(Result::ok).ok_or_else(|| {
            let mut problem =
                Problem::new(Code::Unavailable, "Too much is waiting for Finsupport. Nothing was lost; try again.");
            problem.retry_after = Some(1);
            problem
        })
    }

    fn head(&self, asked: &Asked, request: Request<Body>) -> Result<(Head, Body), Problem> {
        let (parts, body) = request.into_parts();
        let (method, path) = self.settings.place(asked.operation, &asked.ids);
        let mut url = self.url.clone();
        url.set_path(&format!("{}{path}", self.url.path().trim_end_matches('/')));
        url.set_query(parts.uri.query().map(|query| self.shapes.query_out(query)).as_deref());
        let mut headers = self.headers.clone();
        for name in PASSED_ON {
            if let Some(value) = parts.headers.get(&name) {
                headers.insert(name, value.clone());
            }
        }
        // Where the site does not sign in for itself, whoever asks does.
        if let (None, Some(own)) = (&self.settings.token, parts.headers.get(header::AUTHORIZATION)) {
            headers.insert(header::AUTHORIZATION, own.clone());
        }
        if let (Some(name), Some(person)) = (&self.acting_user, asked.acting) {
            headers.insert(name, text(&person.to_string())?);
        }
        let reads = method == Method::GET || method == Method::HEAD;
        let mut repeatable = reads;
        if let Some(name) = self.idempotency.as_ref().filter(|_| !reads) {
            // Whoever did not think of a key gets one for the tries of this request.
            let key = match parts.headers.get(&IDEMPOTENCY_KEY) {
                Some(key) => key.clone(),
                None => text(&format!("{:032x}", rand::random::<u128>()))?,
            };
            headers.insert(name, key);
            repeatable = true;
        }
        let bytes =
            matches!(asked.operation, Operation::GetFileContent | Operation::GetFileThumbnail | Operation::GetEvents)
                || headers
                    .get(header::ACCEPT)
                    .and_then(|kind| kind.to_str().ok())
                    .is_some_and(|kind| kind.contains("text/csv"));
        Ok((Head { operation: asked.operation, method, url, headers, repeatable, whole: !bytes }, body))
    }

    /// One try.
    async fn try_once(&self, head: &Head, body: reqwest::Body, upload: bool) -> Result<wire::Received, Failure> {
        let token = self.tokens.get().await.map_err(|problem| Failure::of(problem, Again::Always))?;
        let mut request = reqwest::Request::new(head.method.clone(), head.url.clone());
        request.headers_mut().clone_from(&head.headers);
        if let Some(token) = &token {
            let mut value = text(&format!("Bearer {token}")).map_err(|problem| Failure::of(problem, Again::Never))?;
            value.set_sensitive(true);
            request.headers_mut().insert(header::AUTHORIZATION, value);
        }
        if head.method != Method::GET {
            let body = match body.as_bytes() {
                Some(bytes) => self.shapes.body_out(Bytes::copy_from_slice(bytes)).into(),
                None => body,
            };
            *request.body_mut() = Some(body);
        }
        // A feed of events may be silent for long.
        let patient = upload || head.operation == Operation::GetEvents;
        let outgoing = Outgoing { operation: head.operation, request, whole: head.whole, patient };
        match self.wire.clone().oneshot(outgoing).await {
            Ok(received) => Ok(received),
            Err(CircuitBreakerError::OpenCircuit) => Err(Failure::resting(self.settings.breaker.rest.ceil() as u64)),
            Err(CircuitBreakerError::Inner(failure)) => {
                if let (Some(token), true) = (&token, failure.stranger) {
                    self.tokens.refused(token).await;
                }
                Err(failure)
            }
        }
    }

    fn pauses(&self) -> ExponentialBuilder {
        ExponentialBuilder::default()
            .with_min_delay(seconds(self.settings.retry.pause))
            .with_max_delay(PAUSE_MAX)
            .with_factor(2.0)
            .with_max_times(self.settings.retry.times)
            .with_jitter()
    }
}

/// The body, if it is small JSON or nothing and so can be sent again; otherwise the stream that it is.
async fn kept(head: &Head, body: Body) -> Result<Result<Bytes, Body>, Problem> {
    let kind = head.headers.get(header::CONTENT_TYPE);
    if kind.is_some_and(|kind| !kind.as_bytes().starts_with(b"application/json")) {
        return Ok(Err(body));
    }
    let read = http_body_util::Limited::new(body, KEPT_MAX).collect().await;
    let read = read.map_err(|_| Problem::new(Code::TooLarge, "The request is larger than Finsupport takes."))?;
    Ok(Ok(read.to_bytes()))
}

/// A response that counts as on its way until its body is read.
fn held_until_read(response: Response<Body>, turn: OwnedSemaphorePermit) -> Response<Body> {
    response.map(|body| {
        Body::from_stream(body.into_data_stream().map(move |piece| {
            let _turn = &turn;
            piece
        }))
    })
}

fn named(setting: &str, name: &str) -> Result<Option<HeaderName>, String> {
    if name.is_empty() {
        return Ok(None);
    }
    HeaderName::try_from(name).map(Some).map_err(|_| format!("{setting}: {name:?} cannot be a header"))
}

fn text(value: &str) -> Result<HeaderValue, Problem> {
    HeaderValue::try_from(value).map_err(|_| Problem::new(Code::Malformed, "A header of this request cannot be sent."))
}
