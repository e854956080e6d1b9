//! Texts of notifications, and of mentioning somebody.

use contract::notification::NotificationKind;

/// Texts of notifications, and of mentioning somebody.
pub struct Notifications {
    pub notifications: &'static str,
    pub lead: &'static str,
    pub list: &'static str,
    pub none: &'static str,
    pub none_lead: &'static str,
    pub unread: &'static str,
    pub mark_read: &'static str,
    pub mark_all: &'static str,
    pub newest: &'static str,
    pub not_seen: &'static str,

    pub mention: &'static str,
    pub mention_somebody: &'static str,
    pub search: &'static str,
    pub staff: &'static str,
    pub close: &'static str,
    pub nobody: &'static str,
    pub no_match: &'static str,
    pub keys: &'static str,
}

/// English.
pub const EN: Notifications = Notifications {
    notifications: "Notifications",
    lead: "What concerns you and was done by others, of the last 90 days. Opening a ticket marks what was told of it as read.",
    list: "Your notifications",
    none: "No notifications",
    none_lead: "You are told here when somebody mentions you, assigns you a ticket, or writes on one of yours.",
    unread: "Unread",
    mark_read: "Mark read",
    mark_all: "Mark all read",
    newest: "Newest notifications",
    not_seen: "Something happened on a ticket that you no longer see.",

    mention: "Mention",
    mention_somebody: "Mention somebody",
    search: "Find somebody of staff",
    staff: "Staff",
    close: "Close",
    nobody: "There is nobody else.",
    no_match: "Nobody is called that.",
    keys: "↑ ↓ to mark · Enter to choose · Esc to leave · @ once more for the sign itself",
};

impl Notifications {
    /// The bell, to whoever hears it.
    pub fn bell(&self, unread: i64) -> String {
        if unread == 0 { self.notifications.to_owned() } else { format!("{}, {unread} unread", self.notifications) }
    }

    /// The number at the bell.
    pub fn badge(&self, unread: i64) -> String {
        if unread > 99 { "99+".to_owned() } else { unread.to_string() }
    }

    /// What happened by this person, or the viewer themselves.
    pub fn told(&self, kind: NotificationKind, actor: &str, mine: bool) -> String {
        match kind {
            NotificationKind::Mentioned => format!("{actor} mentioned you in a note"),
            NotificationKind::Assigned => format!("{actor} assigned this ticket to you"),
            NotificationKind::CustomerReplied => format!("{actor} replied"),
            NotificationKind::Escalated => format!("{actor} escalated this ticket"),
            NotificationKind::Held if !mine => format!("A reply of {actor}, who is not here any more, was not sent"),
            NotificationKind::Held => "Your reply was not sent and waits for you".to_owned(),
        }
    }
}

/// In the viewer's language.
pub const fn notifications() -> &'static Notifications {
    &EN
}
