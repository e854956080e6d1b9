//! Identifiers. Each noun has its own type, so that a ticket's id cannot be handed in where a file's is wanted.
//! On the wire every id is a UUIDv7 string.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use utoipa::ToSchema;
use uuid::Uuid;

/// A string that is not an id: not a UUID in its usual hyphenated form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MalformedId;

impl fmt::Display for MalformedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id: expected a UUID such as 0190f3c2-7c1e-7d3a-9b1f-2f6f0a8b4c5d")
    }
}

impl std::error::Error for MalformedId {}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.hyphenated().fmt(f) }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Display::fmt(self, f) }
        }

        impl FromStr for $name {
            type Err = MalformedId;
            fn from_str(text: &str) -> Result<Self, MalformedId> {
                if text.len() != 36 { return Err(MalformedId); }
                Uuid::try_parse(text).map(Self).map_err(|_| MalformedId)
            }
        }
    )*};
}

ids! {
    /// A person: customer, assignee or admin.
    PersonId,
    /// The company a customer belongs to.
    OrganizationId,
    /// A ticket. People see its number, `FS-1042`, instead.
    TicketId,
    /// A reply: public text on a ticket.
    ReplyId,
    /// A note: internal text on a ticket.
    NoteId,
    /// A message that waits in the outbox.
    OutboxMessageId,
    /// An uploaded file.
    FileId,
    /// A title of canned replies.
    ReplyTitleId,
    /// A text of a canned reply.
    ReplyMessageId,
    /// A merge of tickets.
    MergeId,
    /// A notification.
    NotificationId,
    /// A saved view.
    ViewId,
    /// A signed-in session.
    SessionId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_hyphenated_uuid_and_nothing_else() {
        let id = "0190f3c2-7c1e-7d3a-9b1f-2f6f0a8b4c5d";
        assert_eq!(id.parse::<TicketId>().unwrap().to_string(), id);
        for bad in
            ["", "1", "0190f3c27c1e7d3a9b1f2f6f0a8b4c5d", "{0190f3c2-7c1e-7d3a-9b1f-2f6f0a8b4c5d}", "../../etc/passwd"]
        {
            assert_eq!(bad.parse::<TicketId>(), Err(MalformedId), "{bad}");
        }
    }
}
