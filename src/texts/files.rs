//! Texts of the files of staff.

use crate::format;

/// Texts of the files of staff.
pub struct Files {
    pub files: &'static str,
    pub lead: &'static str,
    pub all_lead: &'static str,
    pub whose: &'static str,
    pub mine: &'static str,
    pub all: &'static str,
    pub newest: &'static str,
    pub none: &'static str,
    pub none_lead: &'static str,
    pub no_files: &'static str,
    pub no_files_lead: &'static str,
    pub list: &'static str,
    pub groups: &'static str,
    pub belongs_to: &'static str,
    pub kind: &'static str,
    pub count: &'static str,
    pub size: &'static str,
    pub of_ticket: &'static str,
    pub of_reply: &'static str,
    pub of_note: &'static str,
    pub of_outbox: &'static str,
    pub of_nothing: &'static str,
}

/// English.
pub const EN: Files = Files {
    files: "Files",
    lead: "Everything you have uploaded, newest first.",
    all_lead: "Every file that anybody has attached, and what you have uploaded, newest first.",
    whose: "Whose files",
    mine: "Mine",
    all: "All",
    newest: "Back to the newest",
    none: "You have uploaded nothing yet",
    none_lead: "Files that you attach to replies and notes appear here.",
    no_files: "No files yet",
    no_files_lead: "Files that anybody attaches appear here.",
    list: "The files",
    groups: "All files, by what they belong to",
    belongs_to: "Belongs to",
    kind: "Type",
    count: "Files",
    size: "Size",
    of_ticket: "with a ticket",
    of_reply: "with a reply",
    of_note: "with a note",
    of_outbox: "with a reply that is not sent yet",
    of_nothing: "not attached yet",
};

impl Files {
    /// Who uploaded a file.
    pub fn by(&self, name: &str) -> String {
        format!("by {name}")
    }

    /// How many files there are, and how large they are together.
    pub fn sum(&self, files: i64, bytes: i64) -> String {
        let files = if files == 1 { "1 file".to_owned() } else { format!("{} files", format::count(files)) };
        format!("{files}, {}", format::size(bytes))
    }
}

/// In the viewer's language.
pub const fn files() -> &'static Files {
    &EN
}
