//! A Finsupport gateway somewhere else, and living with what networks do: time limits, repetition where it is safe, rest
//! for a gateway that fails, a bound on what is on its way, and one sign-in for all.
//!
//! [`Settings`] say where it is and what differs there; `body` reads what is sent; `turns` bounds what is on its way;
//! `shape` rewrites what is said; `token` signs in; `wire` is one try; this file decides about the next.

mod body;
mod settings;
mod shape;
mod token;
mod turns;
mod wire;

pub use settings::{Answers, Breaker, Elsewhere, Errors, Retry, Settings, Times, TokenSettings};

use crate::transport::Asked;
use axum::body::Body;
use backon::{ExponentialBuilder, Retryable};
use body::Sent;
use bytes::Bytes;
use contract::{Code, Problem, endpoints::Operation};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, header};
use settings::seconds;
use shape::Shapes;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use token::Tokens;
use tower::ServiceExt;
use tower_resilience_circuitbreaker::{CircuitBreaker, CircuitBreakerError, CircuitBreakerLayer, CircuitState};
use turns::{Turns, held_until_read};
use url::Url;
pub(crate) use wire::ANSWER_MAX;
use wire::{Again, Failure, Illness, Outgoing, Wire};

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
    turns: Turns,
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
    /// Whether the answer is read at once; otherwise it streams to whoever asked.
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
            turns: Turns::new(&settings),
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

    /// How many requests are on their way, those that stream included.
    pub fn in_flight(&self) -> usize {
        self.0.turns.taken()
    }

    /// Sends a request, as often as it takes and is safe.
    pub(crate) async fn send(&self, asked: &Asked, request: Request<Body>) -> Result<Response<Body>, Problem> {
        let inner = &self.0;
        let (head, body) = inner.head(asked, request)?;
        // Read before its turn: whoever sends slowly keeps nobody else waiting.
        let sent = Sent::of(&head.headers, body).await?;
        let turn = match &sent {
            Sent::Kept(_) if head.whole => inner.turns.ordinary().await?,
            _ => inner.turns.streaming().await?,
        };
        let response = match sent {
            Sent::Kept(body) => inner.try_often(&head, &body).await,
            Sent::Stream(body) => {
                let body = reqwest::Body::wrap_stream(body.into_data_stream());
                inner.try_once(&head, body, true).await
            }
        }
        .map_err(|failure| failure.problem)??;
        Ok(if head.whole { response } else { held_until_read(response, turn) })
    }
}

impl Inner {
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

    /// As many tries as it takes and are safe.
    async fn try_often(&self, head: &Head, body: &Bytes) -> Result<wire::Received, Failure> {
        let started = Instant::now();
        let patience = seconds(self.settings.time.answer);
        let pause_max = seconds(self.settings.retry.pause_max);
        (|| self.try_once(head, body.clone().into(), false))
            .retry(self.pauses())
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
                    self.tokens.refused(token);
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

fn named(setting: &str, name: &str) -> Result<Option<HeaderName>, String> {
    if name.is_empty() {
        return Ok(None);
    }
    HeaderName::try_from(name).map(Some).map_err(|_| format!("{setting}: {name:?} cannot be a header"))
}

fn text(value: &str) -> Result<HeaderValue, Problem> {
    HeaderValue::try_from(value).map_err(|_| Problem::new(Code::Malformed, "A header of this request cannot be sent."))
}
