//! This request's client of Finsupport, and what server functions need to call it: the viewer, parsed fields.

use crate::http::left_with_request;
use client::Client;
use contract::{
    Code, FieldError, Problem, Role,
    id::{FileId, PersonId},
    session::Viewer,
};
use serde::de::DeserializeOwned;

/// The client that speaks in the name of whoever made this request.
///
/// # Errors
/// When there is no request, which only a mistake in the program can bring about.
pub fn finsupport() -> Result<Client, Problem> {
    left_with_request::<Client>().ok_or_else(|| Problem::new(Code::Internal, "This was called outside a request."))
}

/// The same for one press of a button, which may arrive several times: the form's key tells that it is the same.
///
/// # Errors
/// As [`finsupport`].
pub fn finsupport_once(key: Option<String>) -> Result<Client, Problem> {
    let client = finsupport()?;
    Ok(match key.filter(|key| !key.is_empty()) {
        Some(key) => client.with_idempotency_key(key),
        None => client,
    })
}

/// Who made this request.
///
/// # Errors
/// When nobody is signed in.
pub fn me() -> Result<PersonId, Problem> {
    left_with_request::<Viewer>().map(|viewer| viewer.person.id).ok_or_else(|| {
        Problem::new(Code::Unauthenticated, "Your session has ended. Sign in again; what you typed is kept.")
    })
}

/// Whether an admin made this request: which of two doors to knock at. The service checks.
pub fn is_admin() -> bool {
    left_with_request::<Viewer>().is_some_and(|viewer| viewer.person.role == Role::Admin)
}

/// Whether staff made this request: whether to ask for what only they get. The service checks.
pub fn is_staff() -> bool {
    left_with_request::<Viewer>().is_some_and(|viewer| viewer.person.role.is_staff())
}

/// Whether a gateway keeps the tickets, which tells no events.
pub fn is_remote() -> bool {
    left_with_request::<Viewer>().is_some_and(|viewer| viewer.remote)
}

/// What a reply is based on: the last event its author had seen, unless it is to go out whatever happened since. Where a
/// gateway keeps the tickets no event is seen, and the form says 0.
pub fn basis(seen: Option<i64>, anyway: bool) -> Option<i64> {
    seen.filter(|seen| !anyway && *seen > 0)
}

/// File ids as a form carries them, separated by commas.
///
/// # Errors
/// When one is not an id.
pub fn ids(text: &str) -> Result<Vec<FileId>, Problem> {
    let ids: Result<Vec<FileId>, _> = text.split(',').filter(|id| !id.is_empty()).map(str::parse).collect();
    ids.map_err(|_| {
        Problem::invalid(vec![FieldError::new("fileIds", "Attach these files again: their ids cannot be read.")])
    })
}

/// A filter from the page's query string; parameters that are the page's own are passed over.
///
/// # Errors
/// When a value is not one the filter knows.
pub fn filter<Filter: DeserializeOwned>(query: &str) -> Result<Filter, Problem> {
    const OWN: [&str; 2] = ["view", "tab"];
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
    let kept: Vec<_> =
        pairs.into_iter().filter(|(key, value)| !OWN.contains(&key.as_str()) && !value.is_empty()).collect();
    let text = serde_html_form::to_string(kept).unwrap_or_default();
    serde_html_form::from_str(&text).map_err(|_| {
        Problem::new(Code::Malformed, "This address asks for a filter that does not exist. Reset the filters.")
    })
}

/// What was answered; none when the ticket has just gone out of the viewer's sight, and nobody asked to see it: the page
/// spoke of it by itself.
///
/// # Errors
/// Every other refusal.
pub fn if_seen<T>(answer: Result<T, Problem>) -> Result<Option<T>, Problem> {
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(problem) if problem.code == Code::NotFound => Ok(None),
        Err(problem) => Err(problem),
    }
}
