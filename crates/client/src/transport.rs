//! The seam: an HTTP request is answered by this process's own router or by a gateway somewhere else.

use axum::{Router, body::Body};
use contract::{Code, Problem};
use http::{Request, Response, Uri};
use tower::ServiceExt;
use url::Url;

/// Who answers.
#[derive(Clone)]
pub enum Transport {
    /// A Finsupport gateway; the operations' paths are appended to `base`.
    Remote { http: reqwest::Client, base: Url },
    /// The same API in this process.
    Embedded(Router),
}

impl Transport {
    /// Sends a request whose URI holds path and query only. Bodies stream both ways.
    pub(crate) async fn send(&self, request: Request<Body>) -> Result<Response<Body>, Problem> {
        match self {
            Self::Embedded(router) => match router.clone().oneshot(request).await {
                Ok(response) => Ok(response),
                Err(never) => match never {},
            },
            Self::Remote { http, base } => {
                let request = outward(base, request)?;
                let response = http.execute(request).await.map_err(|cause| unreachable_because(&cause))?;
                Ok(Response::<reqwest::Body>::from(response).map(Body::new))
            }
        }
    }
}

fn outward(base: &Url, request: Request<Body>) -> Result<reqwest::Request, Problem> {
    let (mut parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().map_or("/", |p| p.as_str());
    let whole = format!("{}{path}", base.as_str().trim_end_matches('/'));
    parts.uri =
        whole.parse::<Uri>().map_err(|_| Problem::new(Code::Internal, "The gateway's address cannot be used."))?;
    let body = reqwest::Body::wrap_stream(body.into_data_stream());
    Request::from_parts(parts, body).try_into().map_err(|cause| unreachable_because(&cause))
}

fn unreachable_because(cause: &reqwest::Error) -> Problem {
    if cause.is_timeout() {
        return Problem::new(Code::TimedOut, "Finsupport did not answer in time. Nothing was lost; try again.");
    }
    Problem::new(Code::Unavailable, "Finsupport cannot be reached right now. Nothing was lost; try again.")
}
