//! The rows, in the order of the contract.

use super::{Access, Route};
use crate::sessions;
use contract::{endpoints::Operation as Op, session::Viewer};

/// Every operation the service answers.
pub fn table() -> Vec<Route> {
    vec![Route::new(Op::GetSession, Access::SignedIn, sessions::session).answers::<Viewer>(200)]
}
