//! Presence: who of staff has a ticket before them at the moment, and who is writing. Nothing of it is kept, and no
//! customer ever hears of it.

use crate::{id::TicketId, person::Person};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Seconds after which somebody who has not said so again is no longer present.
pub const PRESENT_SECONDS: i64 = 30;

/// `PUT /tickets/{ticketId}/presence`: the caller has the ticket before them, or has left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Activity {
    Looking,
    Typing,
    Gone,
}

/// The body of that request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPresence {
    pub activity: Activity,
}

/// Who is at a ticket now, as the live feed tells it (`event: presence`). Never the listener.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Presence {
    pub ticket_id: TicketId,
    /// By name; nobody when the last one left.
    pub people: Vec<Present>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Present {
    /// Without e-mail.
    pub person: Person,
    pub typing: bool,
}
