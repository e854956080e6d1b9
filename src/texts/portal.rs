//! Texts of the customers' portal.

use contract::ticket::Status;

/// Texts of the customers' portal.
pub struct Portal {
    pub main: &'static str,
    pub my_tickets: &'static str,
    pub files: &'static str,
    pub new_ticket: &'static str,

    pub filed_by_me: &'static str,
    pub followed: &'static str,
    pub filters: &'static str,
    pub status: &'static str,
    pub any_status: &'static str,
    pub any_category: &'static str,
    pub words: &'static str,
    pub filter: &'static str,
    pub reset: &'static str,
    pub no_tickets: &'static str,
    pub no_tickets_lead: &'static str,
    pub first_ticket: &'static str,
    pub none_followed: &'static str,
    pub none_followed_lead: &'static str,
    pub none_match: &'static str,
    pub none_match_lead: &'static str,
    pub first_page: &'static str,

    pub new_ticket_lead: &'static str,
    pub subject: &'static str,
    pub subject_hint: &'static str,
    pub category: &'static str,
    pub choose: &'static str,
    pub description: &'static str,
    pub description_hint: &'static str,
    pub no_card_needed: &'static str,
    pub payment_id: &'static str,
    pub payment_id_hint: &'static str,
    pub file_ticket: &'static str,

    pub all_tickets: &'static str,
    pub filed: &'static str,
    pub progress: &'static str,
    pub received: &'static str,
    pub worked_on: &'static str,
    pub waiting_for_you: &'static str,
    pub waiting_for_customer: &'static str,
    pub done: &'static str,
    pub next: &'static str,
    pub escalated: &'static str,
    pub conversation: &'static str,

    pub your_reply: &'static str,
    pub send_reply: &'static str,
    pub thanks: &'static str,
    pub just_thanks: &'static str,
    pub reopens: &'static str,
    pub send_anyway: &'static str,
    pub reply_sent: &'static str,
    pub closed_while_typing: &'static str,

    pub urgent: &'static str,
    pub urgent_lead: &'static str,
    pub urgent_reason: &'static str,
    pub urgent_impact: &'static str,
    pub urgent_impact_hint: &'static str,
    pub escalate: &'static str,
    pub escalated_now: &'static str,

    pub add_colleague: &'static str,
    pub add_colleague_lead: &'static str,
    pub colleague: &'static str,
    pub add: &'static str,
    pub no_colleagues: &'static str,
    pub followers: &'static str,
    pub stop_following: &'static str,

    pub close_ticket: &'static str,
    pub close_lead: &'static str,
    pub how_did_we_do: &'static str,
    pub ratings: [&'static str; 5],
    pub comment: &'static str,
    pub close_this: &'static str,

    pub edit: &'static str,
    pub edit_lead: &'static str,
    pub save: &'static str,
    pub saved: &'static str,

    pub closed_lead: &'static str,
    pub follow_up: &'static str,

    pub files_lead: &'static str,
    pub no_files: &'static str,
    pub no_files_lead: &'static str,
    pub file_of_ticket: &'static str,
    pub file_of_reply: &'static str,
    pub file_of_nothing: &'static str,
    pub newest_files: &'static str,
}

/// English.
pub const EN: Portal = Portal {
    main: "Main",
    my_tickets: "My tickets",
    files: "Files",
    new_ticket: "New ticket",

    filed_by_me: "Filed by me",
    followed: "Followed",
    filters: "Filters",
    status: "Status",
    any_status: "Any status",
    any_category: "Any category",
    words: "Search words",
    filter: "Filter",
    reset: "Reset filters",
    no_tickets: "No tickets yet",
    no_tickets_lead: "Something wrong with a payment, a refund, a card? Tell us, and follow it here.",
    first_ticket: "File your first ticket",
    none_followed: "You follow no tickets",
    none_followed_lead: "When a colleague adds you to one of theirs, it appears here.",
    none_match: "No ticket matches",
    none_match_lead: "Try other words, or look at all of them.",
    first_page: "Back to the newest",

    new_ticket_lead: "Tell us what happened. You will get an answer here.",
    subject: "Subject",
    subject_hint: "What it is about, in a line.",
    category: "Category",
    choose: "Choose one",
    description: "Description",
    description_hint: "What you did, what you expected, what happened. Markdown works: **bold**, `code`, - lists. \
                       Never send a whole card number or a password.",
    no_card_needed: "We never need the whole number: take it out, or leave its last four digits.",
    payment_id: "Payment id",
    payment_id_hint: "If it is about one payment: its id, from your receipt or bank statement. You may leave it out.",
    file_ticket: "File ticket",

    all_tickets: "All tickets",
    filed: "filed",
    progress: "Progress",
    received: "Received",
    worked_on: "Being worked on",
    waiting_for_you: "Waiting for you",
    waiting_for_customer: "Waiting for an answer",
    done: "Done",
    next: "What happens next.",
    escalated: "This ticket is escalated: we look at it before others.",
    conversation: "Conversation",

    your_reply: "Your reply",
    send_reply: "Send reply",
    thanks: "Just say thanks",
    just_thanks: "Thanks!",
    reopens: "A reply opens this ticket again. To leave it done, just say thanks.",
    send_anyway: "Send anyway",
    reply_sent: "Your reply is sent.",
    closed_while_typing: "This ticket was closed while you were writing. Your text is still here: \
                          copy it into a follow-up ticket.",

    urgent: "It's urgent",
    urgent_lead: "Tell us why, and we look at this ticket before others.",
    urgent_reason: "Why can it not wait?",
    urgent_impact: "What does it hold up?",
    urgent_impact_hint: "A delivery, a salary, a deadline. You may leave it out.",
    escalate: "Escalate",
    escalated_now: "Escalated. We look at it before others.",

    add_colleague: "Add a colleague",
    add_colleague_lead: "They can read this ticket and reply to it.",
    colleague: "Colleague",
    add: "Add",
    no_colleagues: "There is nobody else of your company to add.",
    followers: "Following this ticket",
    stop_following: "Stop following",

    close_ticket: "Close ticket",
    close_lead: "Closing is final. If something comes up later, you can file a follow-up ticket.",
    how_did_we_do: "How did we do?",
    ratings: ["Very bad", "Bad", "All right", "Good", "Very good"],
    comment: "Comment",
    close_this: "Close this ticket",

    edit: "Edit",
    edit_lead: "You can change what you wrote until somebody starts to work on it.",
    save: "Save changes",
    saved: "Your changes are saved.",

    closed_lead: "This ticket is closed, so it takes no more replies.",
    follow_up: "File a follow-up ticket",

    files_lead: "Everything you have sent us, newest first.",
    no_files: "No files yet",
    no_files_lead: "Files that you attach to a ticket or a reply appear here.",
    file_of_ticket: "Open its ticket",
    file_of_reply: "In a reply",
    file_of_nothing: "Not sent yet",
    newest_files: "Back to the newest",
};

impl Portal {
    /// Which ticket a follow-up continues.
    pub fn continues(&self, reference: &str, subject: &str) -> String {
        format!("This continues {reference}, “{subject}”. It will link back to it.")
    }

    /// Which ticket this one follows up.
    pub fn follows_up(&self, reference: &str) -> String {
        format!("follows up {reference}")
    }

    /// Who stops following when this is pressed.
    pub fn remove_follower(&self, name: &str) -> String {
        format!("Remove {name}")
    }

    /// Who filed a ticket that the viewer follows.
    pub fn by(&self, name: &str) -> String {
        format!("by {name}")
    }

    /// What happens next with a ticket, and what the reader can do about it.
    pub fn what_next(&self, status: Status, assignee: Option<&str>, owns: bool) -> String {
        match (status, assignee) {
            (Status::Open, None) => {
                "We have your ticket and will give it to somebody soon. The answer will appear here.".to_owned()
            }
            (Status::Open, Some(name)) => format!("{name} has your ticket and will answer here."),
            (Status::InProgress, Some(name)) => {
                format!("{name} is working on it and will write here. You can add to it below at any time.")
            }
            (Status::InProgress, None) => {
                "We are working on it and will write here. You can add to it below at any time.".to_owned()
            }
            (Status::Waiting, _) => "We wait for your answer. Reply below, and the work goes on.".to_owned(),
            (Status::Completed, _) if owns => {
                "We think this is solved. If it is not, reply below and the work goes on. If it is, close the ticket."
                    .to_owned()
            }
            (Status::Completed, _) => {
                "We think this is solved. If it is not, reply below and the work goes on.".to_owned()
            }
            (Status::Closed, _) => {
                "Nothing more: this ticket is closed for good. If something is left, file a follow-up ticket."
                    .to_owned()
            }
        }
    }
}

/// In the viewer's language.
pub const fn portal() -> &'static Portal {
    &EN
}
