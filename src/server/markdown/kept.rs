//! What was rendered lately. The same text always becomes the same HTML, whoever asks, so nothing is learnt here that the
//! asker did not bring; a conversation is rendered at each opening, refresh and glance ahead, and mostly the same.

use std::{
    collections::HashMap,
    mem,
    sync::{Mutex, PoisonError},
};

/// The bytes of text and HTML after which the older half is forgotten.
const HALF: usize = 1 << 20;

/// Rendered texts, newer and older ones. One that is asked for again becomes a newer one.
pub struct Kept {
    render: fn(&str) -> String,
    halves: Mutex<Halves>,
}

#[derive(Default)]
struct Halves {
    newer: HashMap<String, String>,
    older: HashMap<String, String>,
    bytes: usize,
}

impl Kept {
    /// Nothing yet.
    pub fn new(render: fn(&str) -> String) -> Self {
        Self { render, halves: Mutex::default() }
    }

    /// The HTML of this text.
    pub fn html(&self, text: &str) -> String {
        if let Some(html) = self.found(text) {
            return html;
        }
        let html = (self.render)(text);
        self.keep(text.to_owned(), html.clone());
        html
    }

    fn found(&self, text: &str) -> Option<String> {
        let mut halves = self.halves.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(html) = halves.newer.get(text) {
            return Some(html.clone());
        }
        let (text, html) = halves.older.remove_entry(text)?;
        let answer = html.clone();
        halves.keep(text, html);
        Some(answer)
    }

    fn keep(&self, text: String, html: String) {
        self.halves.lock().unwrap_or_else(PoisonError::into_inner).keep(text, html);
    }
}

impl Halves {
    fn keep(&mut self, text: String, html: String) {
        self.bytes += text.len() + html.len();
        self.newer.insert(text, html);
        if self.bytes > HALF {
            self.older = mem::take(&mut self.newer);
            self.bytes = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stays_and_the_rest_is_forgotten() {
        let kept = Kept::new(|text| format!("<p>{}</p>", text.len()));
        let long = |n: usize| format!("{n}{}", "x".repeat(HALF / 4));
        assert_eq!(kept.html("a"), "<p>1</p>");
        for n in 0..20 {
            kept.html(&long(n));
            assert_eq!(kept.html("a"), "<p>1</p>");
        }
        let halves = kept.halves.lock().unwrap();
        let held: usize = halves.newer.iter().chain(&halves.older).map(|(text, html)| text.len() + html.len()).sum();
        assert!(held < 3 * HALF, "{held}");
        assert!(halves.newer.contains_key("a") || halves.older.contains_key("a"));
        assert!(!halves.newer.contains_key(&long(0)) && !halves.older.contains_key(&long(0)));
    }
}
