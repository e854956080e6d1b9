//! Texts of signing in, setting up and one's account.

/// Texts of signing in, setting up and one's account.
pub struct Account {
    pub sign_in: &'static str,
    pub sign_in_lead: &'static str,
    pub sign_out: &'static str,
    pub email: &'static str,
    pub password: &'static str,
    pub name: &'static str,
    pub set_up: &'static str,
    pub set_up_lead: &'static str,
    pub set_up_button: &'static str,
    pub account: &'static str,
    pub change_password: &'static str,
    pub current_password: &'static str,
    pub new_password: &'static str,
    pub new_password_hint: &'static str,
    pub password_changed: &'static str,
    pub sessions: &'static str,
    pub sessions_lead: &'static str,
    pub this_session: &'static str,
    pub last_seen: &'static str,
    pub signed_in: &'static str,
    pub revoke: &'static str,
    pub unknown_browser: &'static str,
    pub back: &'static str,
}

/// English.
pub const EN: Account = Account {
    sign_in: "Sign in",
    sign_in_lead: "Help with payments, refunds, cards and accounts.",
    sign_out: "Sign out",
    email: "E-mail",
    password: "Password",
    name: "Name",
    set_up: "Welcome to Finsupport",
    set_up_lead: "Make the first account: the admin who runs this helpdesk. This link works once.",
    set_up_button: "Make the admin account",
    account: "Account",
    change_password: "Change password",
    current_password: "Current password",
    new_password: "New password",
    new_password_hint: "12 to 200 characters. Your other sessions will end.",
    password_changed: "The password is changed. Your other sessions have ended.",
    sessions: "Where you are signed in",
    sessions_lead: "End a session that you do not know, then change your password.",
    this_session: "This session",
    last_seen: "last used",
    signed_in: "since",
    revoke: "End session",
    unknown_browser: "Unknown browser",
    back: "Back",
};

impl Account {
    /// `Chrome on Windows`.
    pub fn browser_on(&self, browser: &str, system: &str) -> String {
        format!("{browser} on {system}")
    }
}

/// In the viewer's language.
pub const fn account() -> &'static Account {
    &EN
}
