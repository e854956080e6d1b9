//! Texts of the outbox, of sending later, and of the guards.

/// Texts of the outbox, of sending later, and of the guards.
pub struct Outbox {
    pub outbox: &'static str,
    pub lead: &'static str,
    pub empty: &'static str,
    pub empty_lead: &'static str,
    pub not_sent: &'static str,
    pub sending: &'static str,
    pub will_be_sent: &'static str,
    pub held: &'static str,
    pub undo: &'static str,
    pub edit: &'static str,
    pub drop: &'static str,
    pub stop: &'static str,
    pub send_now: &'static str,
    pub send_anyway: &'static str,
    pub then: &'static str,
    pub dropped: &'static str,
    pub stopped: &'static str,
    pub gone: &'static str,
    pub put_off: &'static str,
    pub queued: &'static str,
    pub queued_last: &'static str,

    pub more: &'static str,
    pub later: &'static str,
    pub change_time: &'static str,
    pub in_an_hour: &'static str,
    pub tomorrow: &'static str,
    pub monday: &'static str,
    pub at: &'static str,
    pub at_that_time: &'static str,
    pub complete_and_next: &'static str,

    pub look_again: &'static str,
    pub add_anyway: &'static str,
}

/// English.
pub const EN: Outbox = Outbox {
    outbox: "Outbox",
    lead: "Your replies that are not sent yet. The customer sees none of them.",
    empty: "Nothing waits",
    empty_lead: "What you send waits here for a moment, so that you can take it back.",
    not_sent: "Not sent yet",
    sending: "Sending…",
    will_be_sent: "Will be sent",
    held: "Not sent",
    undo: "Undo",
    edit: "Edit",
    drop: "Drop",
    stop: "Stop",
    send_now: "Send now",
    send_anyway: "Send anyway",
    then: "then",
    dropped: "Dropped.",
    stopped: "Stopped. Its author decides what becomes of it.",
    gone: "That was sent already.",
    put_off: "The time is changed.",
    queued: "Not sent yet: you can take it back for a moment, in the outbox.",
    queued_last: "Not sent yet: you can take it back for a moment. This was the last of the queue.",

    more: "More ways",
    later: "Send later",
    change_time: "Change time",
    in_an_hour: "In 1 hour",
    tomorrow: "Tomorrow at 9:00",
    monday: "Monday at 9:00",
    at: "Date and time",
    at_that_time: "Send at that time",
    complete_and_next: "Send, complete and next",

    look_again: "Look at this once more before it is sent",
    add_anyway: "Add anyway",
};

impl Outbox {
    /// How long it can still be taken back.
    pub fn sending_in(&self, seconds: i64) -> String {
        format!("Sending in {seconds} s")
    }
}

/// In the viewer's language.
pub const fn outbox() -> &'static Outbox {
    &EN
}
