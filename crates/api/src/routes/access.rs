//! Who may call an operation at all. What somebody may do to one ticket is decided by `contract::policy` in the actions.

use crate::{app::App, caller::Caller, error::Error};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use contract::{Code, Role, endpoints::Operation};
use std::{sync::Arc, time::Instant};

/// Who may call an operation, whatever it is about. Decided before the body is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone, signed in or not.
    Public,
    /// Anyone signed in.
    SignedIn,
    /// Customers; others are refused with 403.
    Customer,
    /// Assignees; others are refused with 403.
    Assignee,
    /// Assignees and admins; customers are refused with 403.
    Staff,
    /// Assignees and admins; for customers there is no such thing (404).
    StaffOrMissing,
    /// Admins; others are refused with 403.
    Admin,
}

impl Access {
    /// Whether somebody of this role may call the operation.
    ///
    /// # Errors
    /// The refusal, the same whatever the operation is about.
    pub fn check(self, role: Role) -> Result<(), Error> {
        let allowed = match self {
            Self::Public | Self::SignedIn => true,
            Self::Customer => role == Role::Customer,
            Self::Assignee => role == Role::Assignee,
            Self::Staff | Self::StaffOrMissing => role.is_staff(),
            Self::Admin => role == Role::Admin,
        };
        match (allowed, self) {
            (true, _) => Ok(()),
            (false, Self::StaffOrMissing) => Err(Error::not_found()),
            (false, _) => Err(Error::forbidden()),
        }
    }
}

/// What is guarded, and what it says that it may refuse with.
#[derive(Clone)]
pub struct Guarded {
    pub access: Access,
    pub operation: Operation,
    pub refuses: Arc<[Code]>,
}

impl Guarded {
    /// Whether the API's description knows this refusal. That we fail, or are asked too much or too slowly, may be said
    /// anywhere; so may to a service that it has to name whom it speaks for; and a gateway may say anything.
    fn knows(&self, app: &App, answer: &Response) -> bool {
        use Code::{Forbidden, Internal, TimedOut, TooManyRequests, Unavailable};
        let refused = answer.extensions().get::<Error>().map(|error| error.problem().code);
        refused.is_none_or(|code| {
            matches!(code, Internal | TimedOut | TooManyRequests | Unavailable)
                || (code == Forbidden && app.services.are_let_in())
                || app.gateway.is_some()
                || self.refuses.contains(&code)
        })
    }
}

/// Lets a request through to its handler when its caller may call it, and tells the handler who that is.
pub async fn guard(State((app, guarded)): State<(App, Guarded)>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let Guarded { access, operation, .. } = guarded;
    let answer = admit(&app, access, operation, request, next).await.unwrap_or_else(IntoResponse::into_response);
    debug_assert!(
        guarded.knows(&app, &answer),
        "{operation:?} refuses with what is not described: {:?}",
        answer.extensions().get::<Error>()
    );
    let (operation, status) = (operation.id(), answer.status().as_u16().to_string());
    metrics::counter!("finsupport_requests_total", "operation" => operation, "status" => status).increment(1);
    metrics::histogram!("finsupport_request_seconds", "operation" => operation).record(started.elapsed());
    answer
}

async fn admit(
    app: &App,
    access: Access,
    operation: Operation,
    mut request: Request,
    next: Next,
) -> Result<Response, Error> {
    if access != Access::Public {
        let caller = Caller::of(app, request.headers()).await?;
        access.check(caller.role())?;
        app.pace.check(&caller, operation)?;
        request.extensions_mut().insert(caller);
    }
    Ok(next.run(request).await)
}
