//! A network between two programs that does what networks do, and then some: late, stalled, broken off before and after
//! the work was done, refusing, garbled.

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderValue, Request, Response, StatusCode, header},
};
use futures::stream;
use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{
    collections::BTreeMap,
    io,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{net::TcpListener, time::sleep};

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    Late,
    Stalled,
    ResetBefore,
    ResetAfter,
    TooManyRequests,
    FailedBefore,
    FailedAfter,
    BadGatewayInHtml,
    Truncated,
    Mistyped,
    WrongType,
    SlowBody,
}

const FAULTS: [Fault; 12] = [
    Fault::Late,
    Fault::Stalled,
    Fault::ResetBefore,
    Fault::ResetAfter,
    Fault::TooManyRequests,
    Fault::FailedBefore,
    Fault::FailedAfter,
    Fault::BadGatewayInHtml,
    Fault::Truncated,
    Fault::Mistyped,
    Fault::WrongType,
    Fault::SlowBody,
];

/// One request in so many is spared.
const SPARED: u64 = 3;

/// The proxy, until the test ends.
pub struct Proxy {
    address: std::net::SocketAddr,
    inner: Arc<Inner>,
}

struct Inner {
    to: String,
    http: reqwest::Client,
    calm: AtomicBool,
    /// A generator with a seed, so that every run does the same to as many requests.
    state: AtomicU64,
    happened: Mutex<BTreeMap<Fault, usize>>,
}

impl Proxy {
    /// Listens, and passes on to this address.
    pub async fn start(to: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let inner = Arc::new(Inner {
            to,
            http: reqwest::Client::new(),
            calm: AtomicBool::new(true),
            state: AtomicU64::new(42),
            happened: Mutex::default(),
        });
        let serving = inner.clone();
        tokio::spawn(async move {
            loop {
                let (socket, _) = listener.accept().await.unwrap();
                let inner = serving.clone();
                tokio::spawn(async move {
                    let service = service_fn(move |request| {
                        let inner = inner.clone();
                        async move { inner.pass(request).await }
                    });
                    // A connection that is broken off is what this is for.
                    _ = http1::Builder::new()
                        .timer(TokioTimer::new())
                        .serve_connection(TokioIo::new(socket), service)
                        .await;
                });
            }
        });
        Self { address, inner }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Passes everything on as it is.
    pub fn behave(&self) {
        self.inner.calm.store(true, Ordering::Relaxed);
    }

    pub fn misbehave(&self) {
        self.inner.calm.store(false, Ordering::Relaxed);
    }

    /// How often each fault happened.
    pub fn faults(&self) -> BTreeMap<Fault, usize> {
        let happened = self.inner.happened.lock().unwrap();
        FAULTS.into_iter().map(|fault| (fault, happened.get(&fault).copied().unwrap_or(0))).collect()
    }
}

impl Inner {
    /// Nothing, mostly; otherwise one fault after the other, in an order that looks like none.
    fn next(&self) -> Option<Fault> {
        if self.calm.load(Ordering::Relaxed) {
            return None;
        }
        let before = self.state.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
        let mixed = (before ^ (before >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = mixed ^ (mixed >> 31);
        let fault = (!mixed.is_multiple_of(SPARED)).then_some(()).and_then(|()| {
            // A stall takes long: it is rare.
            let index = (mixed >> 20) as usize % 40;
            FAULTS.get(index).copied()
        });
        if let Some(fault) = fault {
            *self.happened.lock().unwrap().entry(fault).or_default() += 1;
        }
        fault
    }

    async fn pass(&self, request: Request<hyper::body::Incoming>) -> io::Result<Response<Body>> {
        let fault = self.next();
        match fault {
            Some(Fault::Late) => sleep(Duration::from_millis(60)).await,
            Some(Fault::Stalled) => sleep(Duration::from_millis(1_500)).await,
            Some(Fault::ResetBefore) => return Err(io::ErrorKind::ConnectionReset.into()),
            Some(Fault::TooManyRequests) => {
                let mut response = plain(StatusCode::TOO_MANY_REQUESTS, "application/json", "{}");
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("0"));
                return Ok(response);
            }
            Some(Fault::FailedBefore) => return Ok(plain(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", "")),
            Some(Fault::BadGatewayInHtml) => {
                return Ok(plain(StatusCode::BAD_GATEWAY, "text/html", "<html><h1>502 Bad Gateway</h1></html>"));
            }
            _ => {}
        }
        let (mut response, body) = self.forward(request).await?;
        let text = String::from_utf8_lossy(&body).into_owned();
        Ok(match fault {
            Some(Fault::ResetAfter) => return Err(io::ErrorKind::ConnectionReset.into()),
            Some(Fault::FailedAfter) => plain(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", ""),
            Some(Fault::Truncated) => {
                plain(StatusCode::OK, "application/json", &text[..text.floor_char_boundary(text.len() / 2)])
            }
            Some(Fault::Mistyped) => plain(StatusCode::OK, "application/json", r#"{"ticketId":7,"items":"none"}"#),
            Some(Fault::WrongType) => {
                response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
                response.map(|()| Body::from(body))
            }
            Some(Fault::SlowBody) => {
                response.headers_mut().remove(header::CONTENT_LENGTH);
                let pieces: Vec<Bytes> = body.chunks(body.len() / 4 + 1).map(Bytes::copy_from_slice).collect();
                let slowly = stream::unfold(pieces.into_iter(), |mut pieces| async {
                    sleep(Duration::from_millis(15)).await;
                    pieces.next().map(|piece| (Ok::<_, io::Error>(piece), pieces))
                });
                response.map(|()| Body::from_stream(slowly))
            }
            _ => response.map(|()| Body::from(body)),
        })
    }

    async fn forward(&self, request: Request<hyper::body::Incoming>) -> io::Result<(Response<()>, Bytes)> {
        let (parts, body) = request.into_parts();
        let body = to_bytes(Body::new(body), usize::MAX).await.map_err(io::Error::other)?;
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        let mut outward = self.http.request(parts.method, format!("http://{}{path}", self.to)).body(body);
        for (name, value) in &parts.headers {
            if name != header::HOST && name != header::CONTENT_LENGTH && name != header::TRANSFER_ENCODING {
                outward = outward.header(name, value);
            }
        }
        let answer = outward.send().await.map_err(io::Error::other)?;
        let mut response = Response::new(());
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        response.headers_mut().remove(header::TRANSFER_ENCODING);
        Ok((response, answer.bytes().await.map_err(io::Error::other)?))
    }
}

fn plain(status: StatusCode, kind: &'static str, body: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_owned()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
