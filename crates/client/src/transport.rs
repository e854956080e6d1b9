//! The seam: an HTTP request is answered by this process's own router or by a gateway somewhere else.

use crate::{
    InProcess,
    gateway::{ANSWER_MAX, Gateway},
};
use axum::{Router, body::Body};
use contract::{Problem, endpoints::Operation, id::PersonId};
use http::{Request, Response};
use tower::ServiceExt;

/// Who answers.
#[derive(Clone)]
pub enum Transport {
    /// A Finsupport gateway somewhere else.
    Remote(Gateway),
    /// The same API in this process.
    Embedded(Router),
}

/// What a request asks for, for a transport that cannot read it off the path.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub operation: Operation,
    /// What stands in the path's placeholders, in order.
    pub ids: Vec<String>,
    /// In whose name a service asks that signed in for itself.
    pub acting: Option<PersonId>,
}

impl Transport {
    /// The most bytes of an answer that are read as JSON. What this process answers it has in memory already.
    pub(crate) const fn answer_max(&self) -> usize {
        match self {
            Self::Remote(_) => ANSWER_MAX,
            Self::Embedded(_) => usize::MAX,
        }
    }

    /// Sends a request whose URI holds path and query only. Bodies stream both ways.
    pub(crate) async fn send(&self, asked: Asked, mut request: Request<Body>) -> Result<Response<Body>, Problem> {
        match self {
            Self::Embedded(router) => {
                request.extensions_mut().insert(InProcess);
                match router.clone().oneshot(request).await {
                    Ok(response) => Ok(response),
                    Err(never) => match never {},
                }
            }
            Self::Remote(gateway) => gateway.send(&asked, request).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Client, gateway::ANSWER_MAX};
    use axum::{Json, Router};
    use contract::endpoints::Operation;

    #[tokio::test]
    async fn what_this_process_answers_is_read_however_long_it_is() {
        let long = "x".repeat(ANSWER_MAX + 1);
        let answer = long.clone();
        let router = Router::new().fallback(move || async move { Json(answer) });
        let read: String = Client::embedded(router).call(Operation::GetMyFiles, &[]).send().await.unwrap();
        assert_eq!(read.len(), long.len());
    }
}
