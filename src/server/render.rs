//! Pages are rendered whole, and anew when that does not end: under load, the rendering of a page with two `Suspense` can
//! lose a wake-up and wait for ever (see docs/decisions/0005-rendering.md). Whoever asked for it must not. And a rendering goes on
//! when whoever asked has left: what it has set going would find nothing of it, and panic.
//!
//! While it is rendered a page is alone: see [`Alone`].

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{Method, header},
    middleware::Next,
    response::Response,
};
use contract::session::Viewer;
use leptos::prelude::Owner;
use std::{
    panic::resume_unwind,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::timeout;
use tracing::Instrument;

/// What a page may take whose data are here; some hundred times what it takes.
const PATIENCE: Duration = Duration::from_secs(3);
/// What it may take whose data come from a gateway: longer than that is waited for.
const PATIENCE_WITH_GATEWAY: Duration = Duration::from_secs(30);
/// Renderings that are given up; the one after them may take for ever.
const GIVEN_UP_MAX: usize = 2;

/// Renders a page, again if it must be. Anything that is no page passes as it is.
pub async fn layer(request: Request, next: Next) -> Response {
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    let remote = request.extensions().get::<Viewer>().is_some_and(|viewer| viewer.remote);
    let patience = if remote { PATIENCE_WITH_GATEWAY } else { PATIENCE };
    let (parts, _) = request.into_parts();
    let again = || Request::from_parts(parts.clone(), Body::empty());
    for _ in 0..GIVEN_UP_MAX {
        let rendering = timeout(patience, Alone::new(whole(next.clone(), again())));
        match tokio::spawn(rendering.in_current_span()).await {
            Ok(Ok(response)) => return response,
            Ok(Err(_)) => tracing::warn!(path = parts.uri.path(), "a page was not rendered in time; once more"),
            Err(failed) => failed.try_into_panic().map_or_else(drop, |panic| resume_unwind(panic)),
        }
    }
    Alone::new(whole(next, again())).await
}

/// A rendering that finds what is its own whenever it goes on. Leptos keeps the owner of contexts, and with it where signals
/// lie, by thread: it sets them where a page begins, and reads them once more where it has waited, for the title and for what
/// is to be loaded with the page. By then another page's may stand there, and the title of one would be shown on the other.
struct Alone<F> {
    rendering: Pin<Box<F>>,
    /// The page's, once it has begun.
    owner: Option<Owner>,
}

impl<F> Alone<F> {
    fn new(rendering: F) -> Self {
        Self { rendering: Box::pin(rendering), owner: None }
    }
}

impl<F: Future> Future for Alone<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = &mut *self;
        leave();
        let polled = match &this.owner {
            Some(owner) => owner.with(|| this.rendering.as_mut().poll(context)),
            None => this.rendering.as_mut().poll(context),
        };
        if this.owner.is_none() {
            this.owner = Owner::current();
        }
        leave();
        polled
    }
}

/// Leaves this thread without an owner.
fn leave() {
    if let Some(owner) = Owner::current() {
        owner.unset();
    }
}

/// The response; a page with its whole body.
async fn whole(next: Next, request: Request) -> Response {
    let (parts, body) = next.run(request).await.into_parts();
    let is_page = parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_page {
        return Response::from_parts(parts, body);
    }
    match to_bytes(body, usize::MAX).await {
        Ok(bytes) => Response::from_parts(parts, Body::from(bytes)),
        Err(error) => Response::from_parts(parts, Body::from(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, extract::Path, middleware::from_fn, response::Html, routing::get};
    use leptos::prelude::{provide_context, use_context};
    use std::sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    };
    use tokio::sync::{Notify, mpsc, oneshot};
    use tower::ServiceExt;

    #[tokio::test(start_paused = true)]
    async fn a_page_whose_rendering_never_ends_is_rendered_anew() {
        let tries = Arc::new(AtomicUsize::new(0));
        let counted = tries.clone();
        let page = move || async move {
            if counted.fetch_add(1, Ordering::Relaxed) < GIVEN_UP_MAX {
                std::future::pending::<()>().await;
            }
            Html("<p>whole</p>")
        };
        let router = Router::new().route("/", get(page)).layer(from_fn(layer));
        let response =
            router.oneshot(Request::get("/").body(Body::empty()).expect("a request")).await.expect("an answer");
        let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        assert_eq!((&body[..], tries.load(Ordering::Relaxed)), (&b"<p>whole</p>"[..], GIVEN_UP_MAX + 1));
    }

    #[tokio::test]
    async fn a_page_is_rendered_to_its_end_when_the_reader_has_left() {
        let (begun, has_begun) = oneshot::channel();
        let (left, has_left) = oneshot::channel::<()>();
        let (done, is_done) = oneshot::channel();
        let once = Arc::new(Mutex::new(Some((begun, has_left, done))));
        let page = move || async move {
            let (begun, has_left, done) = once.lock().expect("a lock").take().expect("one reader");
            begun.send(()).expect("a test that waits");
            has_left.await.expect("a reader who leaves");
            done.send(()).expect("a test that waits");
            Html("<p>whole</p>")
        };
        let router = Router::new().route("/", get(page)).layer(from_fn(layer));
        let reader = tokio::spawn(router.oneshot(Request::get("/").body(Body::empty()).expect("a request")));
        has_begun.await.expect("a page that begins");
        reader.abort();
        assert!(reader.await.is_err_and(|error| error.is_cancelled()));
        left.send(()).expect("a page that waits");
        is_done.await.expect("a page that ends");
    }
    #[tokio::test]
    async fn security_mixed_pages_one_finds_nothing_of_another_rendered_meanwhile() {
        let (begun, mut has_begun) = mpsc::channel(2);
        let go_on = Arc::new(Notify::new());
        let may_go_on = go_on.clone();
        let page = move |Path(name): Path<String>| async move {
            // As Leptos begins a page.
            let owner = Owner::new_root(None);
            owner.with(|| provide_context(name));
            begun.send(()).await.expect("a test that waits");
            may_go_on.notified().await;
            let found = use_context::<String>().unwrap_or_default();
            drop(owner);
            Html(found)
        };
        let router = Router::new().route("/{name}", get(page)).layer(from_fn(layer));
        let mut readers = Vec::new();
        for name in ["mine", "theirs"] {
            let request = Request::get(format!("/{name}")).body(Body::empty()).expect("a request");
            readers.push((name, tokio::spawn(router.clone().oneshot(request))));
            has_begun.recv().await.expect("a page that begins");
        }
        go_on.notify_waiters();
        for (name, reader) in readers {
            let response = reader.await.expect("a reader").expect("an answer");
            assert_eq!(&to_bytes(response.into_body(), usize::MAX).await.expect("a body")[..], name.as_bytes());
        }
    }
}
