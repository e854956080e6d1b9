//! Texts of drafts: at the composer, and the page of one's own.

/// Texts of drafts.
pub struct Drafts {
    pub drafts: &'static str,
    pub lead: &'static str,
    pub list: &'static str,
    pub none: &'static str,
    pub none_lead: &'static str,
    pub not_seen: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub discard: &'static str,
    pub discarded: &'static str,
    pub newest: &'static str,

    pub saving: &'static str,
    pub saved: &'static str,
    pub not_saved: &'static str,
    pub earlier: &'static str,
    pub no_earlier: &'static str,
    pub newer_elsewhere: &'static str,
    pub older_here: &'static str,
    pub show: &'static str,
}

/// English.
pub const EN: Drafts = Drafts {
    drafts: "Drafts",
    lead: "What you are writing and have not sent, on every ticket. Nobody else can read it.",
    list: "Your drafts",
    none: "No drafts",
    none_lead: "What you begin to write on a ticket is kept here until you send it.",
    not_seen: "You no longer see this ticket. Your words are still yours to copy.",
    copy: "Copy",
    copied: "The text is copied.",
    discard: "Discard",
    discarded: "The draft is discarded. While you see its ticket, you find it there under Earlier versions.",
    newest: "Newest drafts",

    saving: "Saving the draft…",
    saved: "Draft saved",
    not_saved: "The draft is kept in this browser only.",
    earlier: "Earlier versions",
    no_earlier: "No earlier version is left.",
    newer_elsewhere: "A newer draft from another window",
    older_here: "This draft is newer than what you typed here, which is kept",
    show: "show",
};

impl Drafts {
    /// A draft's text, to whoever hears it.
    pub fn text_of(&self, kind: &str, reference: &str) -> String {
        format!("{kind} on {reference}")
    }
}

/// In the viewer's language.
pub const fn drafts() -> &'static Drafts {
    &EN
}
