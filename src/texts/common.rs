//! Texts that appear everywhere.

use crate::format;

/// Texts that appear everywhere.
pub struct Common {
    pub product: &'static str,
    pub demo: &'static str,
    pub skip: &'static str,
    pub missing_title: &'static str,
    pub missing: &'static str,
    pub go_home: &'static str,
    pub try_again: &'static str,
    pub silent: &'static str,
    pub session_ended: &'static str,
    pub sign_in_again: &'static str,
    pub typed: &'static str,
    pub send_again: &'static str,
    pub request: &'static str,
    pub cancel: &'static str,
    pub remove: &'static str,
    pub attach: &'static str,
    pub attach_hint: &'static str,
    pub uploading: &'static str,
    pub upload_failed: &'static str,
    pub earlier_file: &'static str,
    pub theme: &'static str,
    pub theme_light: &'static str,
    pub theme_dark: &'static str,
    pub theme_system: &'static str,
    pub load_more: &'static str,
    pub loading: &'static str,
    pub staff_only: &'static str,
    pub you: &'static str,
    pub unread: &'static str,
    pub replied: &'static str,
    pub noted: &'static str,
    pub read_first: &'static str,
    pub lost_sight: &'static str,
    pub lost_back: &'static str,
    pub still_uploading: &'static str,
}

/// English.
pub const EN: Common = Common {
    product: "Finsupport",
    demo: "This is a demo: the data is made up, and the accounts' password is public.",
    skip: "Skip to content",
    missing_title: "Not found",
    missing: "There is nothing here, or it is not yours to see.",
    go_home: "Go to the start page",
    try_again: "Try again",
    silent: "No connection. What you see may be out of date; nothing you typed is lost.",
    session_ended: "Your session has ended. What you typed is still here.",
    sign_in_again: "Sign in again in a new tab, then send once more",
    typed: "What you typed",
    send_again: "Send again",
    request: "Request",
    cancel: "Cancel",
    remove: "Remove",
    attach: "Add files",
    attach_hint: "or drop or paste them here, 25 MB each",
    uploading: "Uploading",
    upload_failed: "Not uploaded",
    earlier_file: "A file that you attached before",
    theme: "Theme",
    theme_light: "Light",
    theme_dark: "Dark",
    theme_system: "Like the system",
    load_more: "Show more",
    loading: "Loading",
    staff_only: "Note · staff only",
    you: "you",
    unread: "Unread",
    replied: "replied",
    noted: "added a note",
    read_first: "Read it before you send.",
    lost_sight: "This ticket is no longer yours to see: it was passed on, or you stopped following it. \
                 What you typed is still here.",
    lost_back: "Back to your tickets.",
    still_uploading: "Not sent yet: files are still on their way. Send once they have arrived.",
};

impl Common {
    /// How many files are left behind if it is sent as it is.
    pub fn not_attached(&self, files: usize) -> String {
        match files {
            1 => "Not sent yet: 1 file is not attached. Remove it, or send again to send without it.".to_owned(),
            _ => format!(
                "Not sent yet: {files} files are not attached. Remove them, or send again to send without them."
            ),
        }
    }

    /// When it may be tried again, in seconds from now.
    pub fn again_in(&self, seconds: u64) -> String {
        let wait = format::lasting(i64::try_from(seconds).unwrap_or(i64::MAX));
        format!("It can be tried again in {wait}.")
    }

    /// How many more things happened than the one that was named.
    pub fn and_more(&self, more: usize) -> String {
        if more == 0 { ".".to_owned() } else { format!(", and {more} more.") }
    }
}

/// In the viewer's language.
pub const fn common() -> &'static Common {
    &EN
}
