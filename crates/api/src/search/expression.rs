//! What a word that somebody typed is asked of the index. The index streams the places of one word newest first at no cost
//! but for the places read; the places of everything that begins alike it would gather first, however many there are. So
//! a beginning is asked for as the words that begin with it, one by one, which the index knows.

use super::queries;
use crate::{
    caller::Caller,
    db::{Connection, Result},
};
use contract::search::words::{Word, spellings, stands_alone};

/// Most words that a beginning stands for. A customer's tickets are asked for each, one by one.
const TERMS_MAX: usize = 64;
const TERMS_OF_CUSTOMER: usize = 24;
/// Beginnings of two and three characters have an index of their own.
const SHORT_MAX: usize = 3;
/// Most tickets that a number's first digits, or an e-mail address's beginning, stand for.
const GIVEN_MAX: usize = 100;

/// What is looked for with one word.
#[derive(Clone, Debug)]
pub struct Sought {
    /// In the index's own language; `None` when no text holds it.
    pub texts: Option<String>,
    /// Tickets that are found by it whatever their texts say, by number or by the customer's e-mail address.
    pub given: Vec<i64>,
    /// Whether it stands for more than is looked for.
    pub cut: bool,
}

/// What is looked for with this word. `Last::Yes` when its end may not be typed yet.
pub fn sought(db: &Connection, caller: &Caller, word: &Word, last: Last) -> Result<Sought> {
    let most = if caller.is_staff() { TERMS_MAX } else { TERMS_OF_CUSTOMER };
    let (mut given, (texts, terms_cut)) = match (digits(word), word.tokens.as_slice()) {
        // Of a reference that goes on the numbers themselves are known; texts are asked for it as it is.
        (Some(digits), [fs, _]) => (numbers(db, digits)?, (Some(format!("\"{fs} {digits}\"")), false)),
        (Some(digits), _) => (numbers(db, digits)?, texts(db, word, last, most)?),
        (None, _) => (Vec::new(), texts(db, word, last, most)?),
    };
    if caller.is_staff() && word.typed.contains('@') {
        given.extend(queries::tickets_by_email(db, &word.typed.to_lowercase(), GIVEN_MAX)?);
    }
    let texts = texts.map(|texts| if caller.is_staff() { format!("({texts})") } else { format!("public : ({texts})") });
    Ok(Sought { texts, cut: terms_cut || given.len() >= GIVEN_MAX, given })
}

/// Whether a word is the last one, which is still being typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Last {
    Yes,
    No,
}

/// The digits of `FS-1042` or `1042`.
pub fn digits(word: &Word) -> Option<&str> {
    let digits = match word.tokens.as_slice() {
        [number] => number,
        [fs, number] if fs == "fs" => number,
        _ => return None,
    };
    let fits = digits.len() <= 12 && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    fits.then_some(digits.as_str())
}

/// The numbers of tickets that begin with these digits: the very number first, then the newest.
fn numbers(db: &Connection, digits: &str) -> Result<Vec<i64>> {
    let Ok(number) = digits.parse::<i64>() else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for more in 0..=6 {
        let unit = 10_i64.pow(more);
        let room = GIVEN_MAX - found.len();
        found.extend(queries::numbers_between(db, number * unit, (number + 1) * unit - 1, room)?);
    }
    Ok(found)
}

fn texts(db: &Connection, word: &Word, last: Last, most: usize) -> Result<(Option<String>, bool)> {
    let Some((end, before)) = word.tokens.split_last() else { return Ok((None, false)) };
    let phrase = |end: &str| {
        let tokens: Vec<_> = before.iter().map(String::as_str).chain([end]).collect();
        format!("\"{}\"", tokens.join(" "))
    };
    let mut parts = Vec::new();
    let mut cut = false;
    for end in std::iter::once(end.clone()).chain(spellings(end)) {
        let length = end.chars().count();
        if end.chars().all(stands_alone) {
            parts.push(phrase(&end));
        } else if length == 1 {
            parts.push(phrase(&end));
            if last == Last::Yes {
                parts.extend(('0'..='9').chain('a'..='z').map(|next| format!("{} *", phrase(&format!("{end}{next}")))));
            }
        } else if length <= SHORT_MAX {
            parts.push(format!("{} *", phrase(&end)));
        } else {
            let terms = queries::terms(db, &end, most + 1)?;
            cut |= terms.len() > most;
            parts.extend(terms.iter().take(most).map(|term| phrase(term)));
        }
    }
    // A script whose words the index takes apart otherwise than we do: it knows best.
    if parts.is_empty() && !end.is_ascii() {
        parts.push(format!("{} *", phrase(end)));
    }
    Ok(((!parts.is_empty()).then(|| parts.join(" OR ")), cut))
}
