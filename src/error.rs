//! What can go wrong between a page and Finsupport: it refused, or it could not be asked.

use contract::{Code, Problem};
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// Why a server function did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum AppError {
    /// Finsupport said no.
    Refused(Problem),
    /// It could not be asked: the network, the program, a broken answer.
    Broken(String),
}

impl AppError {
    /// The refusal to show, whichever way it went wrong.
    pub fn problem(&self) -> Problem {
        match self {
            // People know no keys.
            Self::Refused(problem) if problem.code == Code::IdempotencyKeyReused => Problem {
                title: "It has arrived already".to_owned(),
                detail: "What you sent before has arrived after all, as it was then. Look at it first; to send this too, send it again."
                    .to_owned(),
                ..problem.clone()
            },
            Self::Refused(problem) => problem.clone(),
            Self::Broken(_) => {
                Problem::new(Code::Unavailable, "Finsupport cannot be reached. Nothing you typed is lost; try again.")
            }
        }
    }

    /// Whether signing in again is what helps.
    pub fn session_ended(&self) -> bool {
        matches!(self, Self::Refused(problem) if problem.code == Code::Unauthenticated)
    }
}

impl From<Problem> for AppError {
    fn from(problem: Problem) -> Self {
        crate::http::set_status(problem.status);
        Self::Refused(problem)
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self::Broken(error.to_string())
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.problem().detail)
    }
}

impl std::error::Error for AppError {}
