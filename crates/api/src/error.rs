//! Every refusal and failure of the service becomes one shape, [`contract::Problem`]. What went wrong inside is
//! logged once, beside the request's id, and never sent.

use axum::response::{IntoResponse, Response};
use contract::{Code, FieldError, Problem, ticket::IllegalMove};
use http::{HeaderValue, StatusCode, header};

/// A refusal, with what only the log may know.
#[derive(Clone, Debug)]
pub struct Error(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    problem: Problem,
    cause: Option<String>,
}

impl Error {
    /// A refusal of this kind, with what to tell the person.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Problem::new(code, detail).into()
    }

    /// Something here broke. `cause` is logged and never sent.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        let mut error =
            Self::new(Code::Internal, "Something went wrong on our side. Nothing was changed; please try again.");
        error.0.cause = Some(cause.to_string());
        error
    }

    /// There is no such thing, or the caller may not know that there is: the answer is the same.
    pub fn not_found() -> Self {
        Self::new(Code::NotFound, "There is nothing here, or it is not yours to see.")
    }

    /// The caller sees the thing, or it concerns everyone of their role, but this is not theirs to do.
    pub fn forbidden() -> Self {
        Self::new(Code::Forbidden, "You may not do this.")
    }

    /// No token, or one that is not good any more.
    pub fn unauthenticated() -> Self {
        Self::new(Code::Unauthenticated, "Sign in first: there is no session, or it has ended.")
    }

    /// One field that did not pass.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        vec![FieldError::new(field, message)].into()
    }

    /// The ticket is closed, and closed is final.
    pub fn closed() -> Self {
        IllegalMove { from: contract::ticket::Status::Closed }.into()
    }

    /// Too many tries; again after this many seconds.
    pub fn too_many(seconds: u64) -> Self {
        Self::too_many_of(format!("Too many tries. Try again in {seconds} seconds."), seconds)
    }

    /// Too much of something, as `why` says; there is room again after this many seconds.
    pub fn too_many_of(why: impl Into<String>, seconds: u64) -> Self {
        let mut error = Self::new(Code::TooManyRequests, why);
        error.0.problem.retry_after = Some(seconds);
        error
    }

    /// What will be sent, but for the request's id.
    pub fn problem(&self) -> &Problem {
        &self.0.problem
    }

    /// What only the log may know.
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self(Box::new(Inner { problem, cause: None }))
    }
}

impl From<Vec<FieldError>> for Error {
    fn from(errors: Vec<FieldError>) -> Self {
        Problem::invalid(errors).into()
    }
}

impl From<FieldError> for Error {
    fn from(error: FieldError) -> Self {
        vec![error].into()
    }
}

impl From<IllegalMove> for Error {
    fn from(illegal: IllegalMove) -> Self {
        Problem::from(illegal).into()
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.problem)?;
        self.cause().map_or(Ok(()), |cause| write!(f, " ({cause})"))
    }
}

impl std::error::Error for Error {}

impl IntoResponse for Error {
    /// Status and headers; the body is written by [`crate::request`], which knows the request's id.
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        if let Some(seconds) = self.0.problem.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(self);
        response
    }
}
