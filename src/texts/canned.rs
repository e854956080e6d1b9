//! Texts of canned replies: the page that keeps them, and choosing one while writing.

/// Texts of canned replies.
pub struct Canned {
    pub canned_replies: &'static str,
    pub lead: &'static str,
    pub lead_to_read: &'static str,
    pub titles: &'static str,
    pub no_titles: &'static str,
    pub no_titles_lead: &'static str,
    pub all_titles: &'static str,
    pub add_title: &'static str,
    pub new_title: &'static str,
    pub choose: &'static str,
    pub choose_lead: &'static str,
    pub activate: &'static str,
    pub deactivate: &'static str,
    pub activated: &'static str,
    pub messages: &'static str,
    pub no_messages: &'static str,
    pub no_messages_lead: &'static str,
    pub never_used: &'static str,
    pub edit: &'static str,
    pub message: &'static str,
    pub new_message: &'static str,
    pub add_message: &'static str,
    pub added: &'static str,
    pub save: &'static str,
    pub saved: &'static str,
    pub preview: &'static str,
    /// The ticket that fills previews: its customer and assignee.
    pub example_customer: &'static str,
    pub example_assignee: &'static str,

    pub canned_reply: &'static str,
    pub insert: &'static str,
    pub search: &'static str,
    pub close: &'static str,
    pub whole: &'static str,
    pub none_match: &'static str,
    pub none_yet: &'static str,
    pub keys: &'static str,
    pub fill_in: &'static str,
}

/// English.
pub const EN: Canned = Canned {
    canned_replies: "Canned replies",
    lead: "What is written every day, ready to be inserted into a reply with / or by its button.",
    lead_to_read: "What is written every day. Insert it into a reply with / or by its button; admins keep the texts.",
    titles: "Titles",
    no_titles: "No canned replies yet",
    no_titles_lead: "Begin with a title, then add its messages.",
    all_titles: "All titles",
    add_title: "Add title",
    new_title: "New title",
    choose: "Choose a title",
    choose_lead: "Its messages are shown here.",
    activate: "Make active",
    deactivate: "Make inactive",
    activated: "The status is changed.",
    messages: "Messages",
    no_messages: "No messages yet",
    no_messages_lead: "A title is offered once it has a message.",
    never_used: "never used",
    edit: "Edit",
    message: "Message",
    new_message: "New message",
    add_message: "Add message",
    added: "The message is added.",
    save: "Save",
    saved: "The message is saved.",
    preview: "On an example ticket",
    example_customer: "Mira Okafor",
    example_assignee: "Sam Reyes",

    canned_reply: "Canned reply",
    insert: "Insert a canned reply",
    search: "Search titles and messages",
    close: "Close",
    whole: "The whole text",
    none_match: "None matches. Try other words.",
    none_yet: "There are no canned replies yet.",
    keys: "↑ ↓ to choose, Enter to insert, Esc to leave the text as it is",
    fill_in: "Fill it in",
};

impl Canned {
    /// How often a message was inserted.
    pub fn uses(&self, uses: i64) -> String {
        match uses {
            0 => self.never_used.to_owned(),
            1 => "used once".to_owned(),
            uses => format!("used {} times", crate::format::count(uses)),
        }
    }

    /// How many messages a title has.
    pub fn messages_of(&self, messages: i64) -> String {
        if messages == 1 { "1 message".to_owned() } else { format!("{messages} messages") }
    }

    /// What may stand in a message.
    pub fn placeholders(&self, known: &[&str]) -> String {
        let known: Vec<_> = known.iter().map(|name| format!("{{{name}}}")).collect();
        format!("Markdown. Filled in when it is inserted: {}.", known.join(", "))
    }
}

/// In the viewer's language.
pub const fn canned() -> &'static Canned {
    &EN
}
