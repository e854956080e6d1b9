//! A reply: public text on a ticket, between the customer and staff. Internal text is a [`crate::note::Note`].

use crate::{
    FieldError,
    file::File,
    id::{FileId, ReplyId, TicketId},
    person::Person,
    text,
    ticket::Status,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A reply on a ticket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reply {
    pub reply_id: ReplyId,
    pub ticket_id: TicketId,
    pub author: Person,
    /// Markdown.
    pub body: String,
    pub files: Vec<File>,
    pub created_at: String,
}

/// What somebody sends to reply.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewReply {
    pub body: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub file_ids: Vec<FileId>,
    /// The `seq` of the last event the author had seen. When something newer was written by somebody else, the reply
    /// is refused with `CONVERSATION_MOVED` and nothing is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<i64>,
    /// Staff: move the ticket there in the same transaction. A customer may say `COMPLETED` to a ticket that is: it stays so, where
    /// a reply would take it back to work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
}

impl NewReply {
    /// The same with its body normalised.
    ///
    /// # Errors
    /// When the body does not pass.
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        let body = text::block("body", &self.body, text::BODY_MAX).map_err(|e| vec![e])?;
        Ok(Self { body, ..self })
    }
}
