//! Texts of the staff desk.

/// Texts of the staff desk.
pub struct Desk {
    pub my_tickets: &'static str,
}

/// English.
pub const EN: Desk = Desk { my_tickets: "My tickets" };

/// In the viewer's language.
pub const fn desk() -> &'static Desk {
    &EN
}
