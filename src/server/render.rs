//! Pages are rendered whole, and anew when that does not end: under load, the rendering of a page with two `Suspense` can
//! lose a wake-up and wait for ever (see docs/decisions/0005-rendering.md). Whoever asked for it must not. And a rendering goes on
//! when whoever asked has left: what it has set going would find nothing of it, and panic.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{Method, header},
    middleware::Next,
    response::Response,
};
use contract::session::Viewer;
use std::{panic::resume_unwind, time::Duration};
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
        let rendering = timeout(patience, whole(next.clone(), again()));
        match tokio::spawn(rendering.in_current_span()).await {
            Ok(Ok(response)) => return response,
            Ok(Err(_)) => tracing::warn!(path = parts.uri.path(), "a page was not rendered in time; once more"),
            Err(failed) => failed.try_into_panic().map_or_else(drop, |panic| resume_unwind(panic)),
        }
    }
    whole(next, again()).await
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
    use axum::{Router, middleware::from_fn, response::Html, routing::get};
    use std::sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    };
    use tokio::sync::oneshot;
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
}
