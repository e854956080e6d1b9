//! Full text. The words of tickets and replies are public; those of notes are internal and are never looked at for a
//! customer.
//!
//! The table keeps no texts, only words. A row's id is the ticket's number × 2²⁰ plus which of its texts it is: 0 for
//! the ticket itself, then one for each reply and note.

use rusqlite::{Connection, Result, params, types::Value};
use std::ops::Range;

/// The ticket whose number is `rowid >> SHIFT`.
const SHIFT: i64 = 20;

/// What somebody looks for: every word has to occur somewhere in the ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search(Vec<Word>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Word {
    /// `FS-1042`.
    Number(i64),
    /// The beginning of a word, in the words table's own syntax, quoted.
    Prefix(String),
}

impl Search {
    /// Reads what somebody typed; `None` when there is nothing to look for.
    pub fn parse(text: &str) -> Option<Self> {
        let words: Vec<_> =
            text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).take(12).map(word).collect();
        (!text.trim().is_empty()).then_some(Self(words))
    }

    /// A query for the numbers of the tickets found, with its values: one set of tickets for each word, intersected.
    pub fn numbers(&self, internal: bool) -> (String, Vec<Value>) {
        if self.0.is_empty() {
            return ("SELECT 0 WHERE 0".to_owned(), Vec::new());
        }
        let parts: Vec<_> = self.0.iter().map(|word| part(word, internal)).collect();
        let sql = parts.iter().map(|(sql, _)| *sql).collect::<Vec<_>>().join(" INTERSECT ");
        (sql, parts.into_iter().map(|(_, value)| value).collect())
    }
}

/// Makes the ticket itself findable, or findable anew after an edit.
pub fn index_ticket(db: &Connection, number: i64, subject: &str, description: &str, customer: &str) -> Result<()> {
    let text = format!("FS-{number} {subject}\n{customer}\n{description}");
    db.prepare_cached("INSERT OR REPLACE INTO words (rowid, public, internal) VALUES (?1, ?2, '')")?
        .execute(params![number << SHIFT, spaced(&text)])?;
    Ok(())
}

/// Makes a reply findable by everyone who sees the ticket.
pub fn index_reply(db: &Connection, number: i64, body: &str) -> Result<()> {
    let row = next_row(db, number)?;
    db.prepare_cached("INSERT INTO words (rowid, public, internal) VALUES (?1, ?2, '')")?
        .execute(params![row, spaced(body)])?;
    Ok(())
}

/// Makes a note findable by staff who see the ticket.
pub fn index_note(db: &Connection, number: i64, body: &str) -> Result<()> {
    let row = next_row(db, number)?;
    db.prepare_cached("INSERT INTO words (rowid, public, internal) VALUES (?1, '', ?2)")?
        .execute(params![row, spaced(body)])?;
    Ok(())
}

/// Makes a message findable that is the ticket's `nth` text, when the ticket counts its texts already: load data.
pub fn index_nth(db: &Connection, number: i64, nth: i64, public: &str, internal: &str) -> Result<()> {
    db.prepare_cached("INSERT INTO words (rowid, public, internal) VALUES (?1, ?2, ?3)")?.execute(params![
        (number << SHIFT) + nth,
        spaced(public),
        spaced(internal)
    ])?;
    Ok(())
}

/// Makes these texts of a ticket findable no more: those from the first on, up to before the second.
pub fn forget(db: &Connection, number: i64, texts: Range<i64>) -> Result<()> {
    let row = |text: i64| (number << SHIFT) + text;
    db.prepare_cached("DELETE FROM words WHERE rowid >= ?1 AND rowid < ?2")?
        .execute([row(texts.start), row(texts.end)])?;
    Ok(())
}

fn next_row(db: &Connection, number: i64) -> Result<i64> {
    let index: i64 = db
        .prepare_cached("UPDATE tickets SET texts = texts + 1 WHERE number = ?1 RETURNING texts - 1")?
        .query_row([number], |row| row.get(0))?;
    Ok((number << SHIFT) + index)
}

fn word(text: &str) -> Word {
    let number = text.get(..3).filter(|start| start.eq_ignore_ascii_case("fs-")).and_then(|_| text[3..].parse().ok());
    match number {
        Some(number) => Word::Number(number),
        None => Word::Prefix(format!("\"{}\" *", spaced(text).replace('"', "\"\""))),
    }
}

fn part(word: &Word, internal: bool) -> (&'static str, Value) {
    match (word, internal) {
        // A ticket that was merged into another is found there.
        (Word::Number(number), _) => (
            "SELECT coalesce(g.number, n.number) FROM (SELECT ? AS number) n
             LEFT JOIN tickets m ON m.number = n.number LEFT JOIN tickets g ON g.id = m.merged_into",
            Value::Integer(*number),
        ),
        (Word::Prefix(words), true) => {
            ("SELECT rowid >> 20 FROM words WHERE words MATCH ?", Value::Text(words.clone()))
        }
        (Word::Prefix(words), false) => {
            ("SELECT rowid >> 20 FROM words WHERE words MATCH ?", Value::Text(format!("public : {words}")))
        }
    }
}

/// Chinese, Japanese and Korean write no spaces between words: each character is made a word of its own, so that a
/// phrase is found wherever it stands.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FA1F}')
        {
            out.extend([' ', c, ' ']);
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_never_becomes_query_syntax() {
        for hostile in [
            "\"",
            "a OR b",
            "NEAR(a b)",
            "internal : x",
            "a*",
            "^a",
            "\"x\" AND \"y",
            "{public internal}: a",
            "-a",
            "(",
            "a\0b",
        ] {
            if let Some(Search(words)) = Search::parse(hostile) {
                for word in words {
                    let Word::Prefix(text) = word else { panic!("{hostile} is no number") };
                    let inside = text.strip_prefix('"').and_then(|t| t.strip_suffix("\" *")).expect("quoted");
                    assert!(!inside.replace("\"\"", "").contains('"'), "{hostile} became {text}");
                }
            }
        }
    }

    #[test]
    fn a_reference_is_a_number_and_nothing_is_nothing() {
        assert_eq!(Search::parse("fs-1042"), Some(Search(vec![Word::Number(1042)])));
        assert_eq!(Search::parse("   "), None);
        assert_eq!(Search::parse("--"), Some(Search(vec![])));
    }
}
