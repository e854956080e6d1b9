//! Texts of the customers' portal.

/// Texts of the customers' portal.
pub struct Portal {
    pub my_tickets: &'static str,
}

/// English.
pub const EN: Portal = Portal { my_tickets: "My tickets" };

/// In the viewer's language.
pub const fn portal() -> &'static Portal {
    &EN
}
