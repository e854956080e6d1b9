//! Uploaded files: what they are, whose they are, which kinds are accepted.

use crate::{
    id::{FileId, PersonId},
    page::Paging,
    person::Person,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// Most files a reply, note or new ticket may carry, when the deployment does not say otherwise.
pub const FILES_MAX: usize = 10;
/// Most bytes a file may have, when the deployment does not say otherwise: 25 MB.
pub const FILE_SIZE_MAX: u64 = 25 * 1_000_000;

/// The media types accepted, each with the endings its files usually carry. The type is told by content, never by the
/// sender's word. Nothing here can run in a browser: no HTML, SVG, XML or script.
pub const ACCEPTED: &[(&str, &[&str])] = &[
    ("image/jpeg", &["jpg", "jpeg", "jfif"]),
    ("image/png", &["png"]),
    ("image/gif", &["gif"]),
    ("image/webp", &["webp"]),
    ("image/heif", &["heic", "heif"]),
    ("application/pdf", &["pdf"]),
    ("text/plain", &["txt", "log", "csv", "md", "json"]),
    ("application/zip", &["zip"]),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", &["docx"]),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &["xlsx"]),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", &["pptx"]),
];

crate::choices! {
    /// What a file belongs to.
    OwnerKind {
        Ticket "TICKET" "Ticket",
        Reply "REPLY" "Reply",
        Note "NOTE" "Note",
        /// Reserved for a message that waits in the outbox: staff only, until it is sent.
        Outbox "OUTBOX" "Waiting message",
        /// Uploaded, not attached yet: only its uploader sees it.
        Nothing "NONE" "Nothing yet",
    }
}

/// What a file belongs to, and which one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Owner {
    pub kind: OwnerKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
}

/// A file. Its bytes are at `…/files/{fileId}/content`, its thumbnail, for images, at `…/files/{fileId}/thumbnail`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct File {
    pub file_id: FileId,
    pub name: String,
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Lower-case hex.
    pub sha256: String,
    pub owner: Owner,
    pub uploaded_by: Person,
    pub created_at: String,
    /// Whether there is a thumbnail.
    pub thumbnail: bool,
}

/// Which page of the caller's files, or of all files, is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FileFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_size: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

impl FileFilter {
    pub fn paging(&self) -> Paging {
        Paging { page_size: self.page_size, cursor: self.cursor.clone() }
    }
}

/// *Aggregate*: how many files the caller sees, and how large they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FileAggregate {
    pub files: i64,
    /// Together.
    pub bytes: i64,
    /// The same by what they belong to and of which type they are, in this order. Groups without files are left out.
    pub groups: Vec<FileGroup>,
}

/// The files of one media type that belong to one kind of thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FileGroup {
    pub owner_kind: OwnerKind,
    pub media_type: String,
    pub files: i64,
    /// Together.
    pub bytes: i64,
}

impl FileAggregate {
    /// The groups, those alike put together, and their sum.
    pub fn of(parts: Vec<FileGroup>) -> Self {
        let mut all = Self::default();
        let mut groups: BTreeMap<(OwnerKind, String), (i64, i64)> = BTreeMap::new();
        for part in parts {
            all.files += part.files;
            all.bytes += part.bytes;
            let group = groups.entry((part.owner_kind, part.media_type)).or_default();
            *group = (group.0 + part.files, group.1 + part.bytes);
        }
        let group = |((owner_kind, media_type), (files, bytes))| FileGroup { owner_kind, media_type, files, bytes };
        Self { groups: groups.into_iter().map(group).collect(), ..all }
    }
}

/// Whether this person may see a file that belongs to nothing yet: only who uploaded it.
pub fn sees_loose(uploader: PersonId, reader: PersonId) -> bool {
    uploader == reader
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_alike_are_one_and_add_up() {
        let part = |owner_kind, media_type: &str, files, bytes| FileGroup {
            owner_kind,
            media_type: media_type.to_owned(),
            files,
            bytes,
        };
        let all = FileAggregate::of(vec![
            part(OwnerKind::Reply, "image/png", 1, 10),
            part(OwnerKind::Ticket, "text/plain", 2, 7),
            part(OwnerKind::Reply, "image/png", 3, 5),
        ]);
        assert_eq!((all.files, all.bytes), (6, 22));
        let groups = vec![part(OwnerKind::Ticket, "text/plain", 2, 7), part(OwnerKind::Reply, "image/png", 4, 15)];
        assert_eq!(all.groups, groups);
    }
}
