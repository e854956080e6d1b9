//! The seam: an HTTP request is answered by this process's own router or by a gateway somewhere else.

use crate::gateway::Gateway;
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
    /// Sends a request whose URI holds path and query only. Bodies stream both ways.
    pub(crate) async fn send(&self, asked: Asked, request: Request<Body>) -> Result<Response<Body>, Problem> {
        match self {
            Self::Embedded(router) => match router.clone().oneshot(request).await {
                Ok(response) => Ok(response),
                Err(never) => match never {},
            },
            Self::Remote(gateway) => gateway.send(&asked, request).await,
        }
    }
}
