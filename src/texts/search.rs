//! Texts of searching as one types.

/// Texts of searching.
pub struct Search {
    pub hits: &'static str,
    pub keys: &'static str,
    pub more: &'static str,
    pub none: &'static str,
}

/// English.
pub const EN: Search = Search {
    hits: "Tickets found",
    keys: "↓ and Enter open a ticket · Enter shows all in the queue",
    more: "Only the best are shown.",
    none: "No ticket found. Try another word, a number, or the customer's name.",
};

/// Texts of searching, in the viewer's language.
pub const fn search() -> &'static Search {
    &EN
}

impl Search {
    /// How many tickets were found, and whether there may be others.
    pub fn found(&self, hits: usize, more: bool) -> String {
        match (hits, more) {
            (0, _) => self.none.to_owned(),
            (1, false) => "1 ticket found".to_owned(),
            (hits, false) => format!("{hits} tickets found"),
            (hits, true) => format!("The best {hits} tickets found"),
        }
    }

    /// What was looked for instead of what was typed.
    pub fn instead(&self, meant: &str) -> String {
        format!("Showing results for {meant}")
    }
}
