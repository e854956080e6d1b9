//! The one shape of every refusal: RFC 9457 `application/problem+json`, with a stable `code`, the fields at fault
//! and the request's id.

use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// A refusal, as it travels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// A URI reference naming the kind of problem: `/problems/ticket-closed`.
    #[serde(rename = "type", default)]
    pub kind: String,
    /// The kind in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened and what to do, for the person concerned.
    pub detail: String,
    /// Stable and machine-readable.
    pub code: Code,
    /// Every field at fault, all at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// Stands in the server's log beside the cause.
    #[serde(default)]
    pub request_id: String,
    /// Seconds after which it makes sense to try again; also the header `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

/// What is wrong with one field, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldError {
    pub field: String,
    pub message: String,
}

impl FieldError {
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

impl Problem {
    /// A problem of this kind, with what to tell the person.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("/problems/{}", code.as_str().to_ascii_lowercase().replace('_', "-")),
            title: code.title().to_owned(),
            status: code.status(),
            detail: detail.into(),
            code,
            errors: Vec::new(),
            request_id: String::new(),
            retry_after: None,
        }
    }

    /// Fields that did not pass, all of them.
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let detail = match errors.as_slice() {
            [one] => format!("{}: {}", one.field, one.message),
            _ => "Some fields need another look.".to_owned(),
        };
        Self { errors, ..Self::new(Code::InvalidFields, detail) }
    }

    /// What is wrong with this field, if anything.
    pub fn about(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|e| e.field == field).map(|e| e.message.as_str())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.status, self.code.as_str(), self.detail)
    }
}

impl std::error::Error for Problem {}

// `tt`, not `literal`: the schema is derived from the attribute, which must be a bare token to be read.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $text:tt $status:literal $title:literal;)*) => {
        /// Every kind of refusal.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        pub enum Code {$(
            $(#[$doc])* #[serde(rename = $text)] $name,
        )*
            /// A code this version does not know; newer services may send one.
            #[serde(other, rename = "UNKNOWN")] Unknown,
        }

        impl Code {
            /// Every code but `Unknown`.
            pub const ALL: &[Self] = &[$(Self::$name),*];
            /// As it stands on the wire.
            pub const fn as_str(self) -> &'static str { match self { $(Self::$name => $text,)* Self::Unknown => "UNKNOWN" } }
            /// The HTTP status it travels with.
            pub const fn status(self) -> u16 { match self { $(Self::$name => $status,)* Self::Unknown => 500 } }
            /// In a few words, for people.
            pub const fn title(self) -> &'static str { match self { $(Self::$name => $title,)* Self::Unknown => "Something went wrong" } }
        }
    };
}

codes! {
    Malformed "MALFORMED" 400 "The request could not be read";
    MalformedId "MALFORMED_ID" 400 "That is not an id";
    MalformedCursor "MALFORMED_CURSOR" 400 "That cursor is not one of ours";
    Unauthenticated "UNAUTHENTICATED" 401 "Sign in first";
    WrongCredentials "WRONG_CREDENTIALS" 401 "E-mail or password is wrong";
    Forbidden "FORBIDDEN" 403 "Not allowed";
    NotFound "NOT_FOUND" 404 "Not found";
    NoAssignee "NO_ASSIGNEE" 404 "Nobody is assigned";
    MethodNotAllowed "METHOD_NOT_ALLOWED" 405 "Wrong method";
    TimedOut "TIMED_OUT" 408 "That took too long";
    IllegalMove "ILLEGAL_MOVE" 409 "The ticket cannot move there";
    TicketClosed "TICKET_CLOSED" 409 "The ticket is closed";
    TicketDone "TICKET_DONE" 409 "The ticket is done";
    TicketMerged "TICKET_MERGED" 409 "The ticket was merged into another";
    AlreadyAssigned "ALREADY_ASSIGNED" 409 "Somebody already has it";
    AlreadyFollowing "ALREADY_FOLLOWING" 409 "Already a follower";
    TitleTaken "TITLE_TAKEN" 409 "That title is taken";
    ConversationMoved "CONVERSATION_MOVED" 409 "Something newer happened";
    NothingToUndo "NOTHING_TO_UNDO" 409 "There is nothing to undo";
    ReplyUnderWay "REPLY_UNDER_WAY" 409 "A colleague is sending a reply";
    Stale "STALE" 409 "Somebody changed it meanwhile";
    TooLarge "TOO_LARGE" 413 "Too large";
    UnsupportedMediaType "UNSUPPORTED_MEDIA_TYPE" 415 "That type is not accepted";
    InvalidFields "INVALID_FIELDS" 422 "Some fields need another look";
    LookAgain "LOOK_AGAIN" 422 "Look at this once more before it is sent";
    IdempotencyKeyReused "IDEMPOTENCY_KEY_REUSED" 422 "That idempotency key was used for something else";
    IfMatchMissing "IF_MATCH_MISSING" 428 "Say which version you are changing";
    TooManyRequests "TOO_MANY_REQUESTS" 429 "Too many requests";
    Internal "INTERNAL" 500 "Something went wrong";
    BadGateway "BAD_GATEWAY" 502 "Finsupport answered something else";
    Unavailable "UNAVAILABLE" 503 "Not available right now";
    GatewayTimeout "GATEWAY_TIMEOUT" 504 "Finsupport did not answer in time";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_survives_the_wire_and_newer_codes_do_not_break_it() {
        let problem = Problem::invalid(vec![FieldError::new("subject", "Fill this in: it is empty.")]);
        let json = serde_json::to_value(&problem).unwrap();
        assert_eq!(json["type"], "/problems/invalid-fields");
        assert_eq!(json["code"], "INVALID_FIELDS");
        assert_eq!(serde_json::from_value::<Problem>(json).unwrap(), problem);
        let newer = r#"{"title":"t","status":418,"detail":"d","code":"TEAPOT"}"#;
        assert_eq!(serde_json::from_str::<Problem>(newer).unwrap().code, Code::Unknown);
    }
}
