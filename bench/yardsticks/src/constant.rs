//! The same pages rendered by the same code, over an API that remembers: the first answer to each request is the true one,
//! every other is a constant. What is left is Leptos: no database, no policy.

use api::{App, clock::Clock, config::Config};
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use client::{Client, Handed};
use finsupport::server::serve::{self, Site};
use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, PoisonError, RwLock},
};
use tower::ServiceExt;

/// Most bytes of an answer that is kept.
const BODY_MAX: usize = 16 << 20;

#[derive(Clone)]
struct Memory {
    api: Router,
    answers: Arc<RwLock<HashMap<Asked, Answer>>>,
}

/// Method and address, and who asked.
type Asked = (String, Option<String>);

/// What was answered: handed over as it is, or written.
#[derive(Clone)]
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    handed: Option<Handed>,
    body: Bytes,
}

/// The site over this data folder's remembered answers.
///
/// # Errors
/// When the folder cannot be opened.
pub fn site(data: &Path) -> Result<Router, String> {
    let app = App::open(data, Config::default(), Clock::System).map_err(|error| error.to_string())?;
    let memory = Memory { api: api::router(app.clone()), answers: Arc::default() };
    let constants = Router::new().fallback(answer).with_state(memory);
    let site = Site { options: serve::options()?, client: Client::embedded(constants.clone()), behind_proxy: false };
    Ok(serve::router(site, constants))
}

async fn answer(State(memory): State<Memory>, request: Request<Body>) -> Response {
    let token = request.headers().get(header::AUTHORIZATION).and_then(|token| token.to_str().ok()).map(str::to_owned);
    let asked = (format!("{} {}", request.method(), request.uri()), token);
    let known = memory.answers.read().unwrap_or_else(PoisonError::into_inner).get(&asked).cloned();
    if let Some(known) = known {
        return known.into_response();
    }
    let (mut parts, body) = memory.api.oneshot(request).await.into_response().into_parts();
    let Ok(body) = to_bytes(body, BODY_MAX).await else { return StatusCode::BAD_GATEWAY.into_response() };
    let answer =
        Answer { status: parts.status, headers: parts.headers, handed: parts.extensions.remove::<Handed>(), body };
    memory.answers.write().unwrap_or_else(PoisonError::into_inner).insert(asked, answer.clone());
    answer.into_response()
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut response = (self.status, self.headers, self.body).into_response();
        if let Some(handed) = self.handed {
            response.extensions_mut().insert(handed);
        }
        response
    }
}
