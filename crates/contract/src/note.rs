//! A note: internal text on a ticket. No operation that a customer may call carries one.

use crate::{
    FieldError,
    file::File,
    id::{FileId, NoteId, TicketId},
    mention,
    person::Person,
    text,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A note on a ticket, for staff.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    pub note_id: NoteId,
    pub ticket_id: TicketId,
    pub author: Person,
    /// Markdown, with mentions, see [`mention`].
    pub body: String,
    pub files: Vec<File>,
    pub created_at: String,
}

/// What staff send to add a note.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewNote {
    pub body: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub file_ids: Vec<FileId>,
}

impl NewNote {
    /// The same with its body normalised.
    ///
    /// # Errors
    /// When the body does not pass, or mentions too many.
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        let body = text::block("body", &self.body, text::BODY_MAX).map_err(|e| vec![e])?;
        mention::check("body", &body).map_err(|e| vec![e])?;
        Ok(Self { body, ..self })
    }
}
