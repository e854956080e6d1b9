//! The outbox: replies of staff that are accepted and not sent yet. Each waits a few seconds, so that it can be taken
//! back, or until the time its author chose. Then it becomes a [`crate::reply::Reply`], once; or, when something
//! happened meanwhile, it is held until its author decides. The customer sees none of this.

use crate::{
    Code, FieldError,
    file::File,
    id::{FileId, OutboxMessageId, TicketId},
    person::Person,
    reply::NewReply,
    ticket::Status,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How far ahead a message may be sent, in days.
pub const AHEAD_DAYS_MAX: i64 = 90;
/// How long a message may wait to be taken back, in seconds, when no time is chosen.
pub const UNDO_SECONDS_MAX: i64 = 60;

/// A reply that waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OutboxMessage {
    pub message_id: OutboxMessageId,
    pub ticket_id: TicketId,
    /// The ticket's number.
    pub number: i64,
    pub author: Person,
    /// Markdown.
    pub body: String,
    pub files: Vec<File>,
    /// Where the ticket is moved when this is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Whether it goes out whatever others do meanwhile.
    pub anyway: bool,
    pub created_at: String,
    pub send_at: String,
    /// Until then, from when this was answered: clocks differ.
    pub seconds_left: i64,
    /// Why it was not sent when its time came. Until its author decides, it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
}

/// Why a message is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Held {
    /// The refusal that sending met: `CONVERSATION_MOVED`, `TICKET_CLOSED`, …
    pub code: Code,
    /// The same for its author.
    pub detail: String,
}

/// *Put In Outbox*: a reply that is to be sent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewOutboxMessage {
    pub body: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub file_ids: Vec<FileId>,
    /// The `seq` of the last event the author had seen, as in [`NewReply`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<i64>,
    /// Move the ticket there when it is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// When to send it; without, after the time in which it can be taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub send_at: Option<String>,
    /// Send it whatever others did, do and are sending.
    #[serde(default)]
    pub anyway: bool,
    /// Send the text as it is, whatever [`crate::guard`] finds in it.
    #[serde(default)]
    pub as_it_is: bool,
}

impl NewOutboxMessage {
    /// The reply that it will be.
    ///
    /// # Errors
    /// When the body does not pass.
    pub fn reply(&self) -> Result<NewReply, Vec<FieldError>> {
        let based_on = self.based_on.filter(|_| !self.anyway);
        let (body, file_ids) = (self.body.clone(), self.file_ids.clone());
        NewReply { body, file_ids, based_on, status: self.status }.checked()
    }
}

/// *Change Outbox Time*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutboxTime {
    pub send_at: String,
}

/// *Send From Outbox*: now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutboxSend {
    /// Whatever others did meanwhile.
    #[serde(default)]
    pub anyway: bool,
}
