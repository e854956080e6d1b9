//! Full text. The words of tickets, of replies and of the names of their files are public; those of notes are internal and
//! are never looked at for a customer.
//!
//! The table keeps no texts, only words. A row's id is the ticket's number × 2²⁰ plus which of its texts it is: 0 for
//! the ticket itself, then one for each reply and note, and for the files of each, which have a bit of their own.

use contract::{file::OwnerKind, search::words::stands_alone};
use rusqlite::{Connection, Result, params, types::Value};
use std::ops::Range;

/// The ticket whose number is `rowid >> SHIFT`.
pub const SHIFT: i64 = 20;
/// Set in the rows of names of files.
const OF_FILE: i64 = 1 << (SHIFT - 1);

/// What somebody looks for: every word has to occur somewhere in the ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search(Vec<Word>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Word {
    /// `FS-1042`.
    Number(i64),
    /// The beginning of a word, in the words table's own syntax, quoted.
    Prefix(String),
    /// In the same syntax, what is in so many texts that each ticket is asked for it rather than it for its tickets.
    Frequent(String),
}

impl Search {
    /// Reads what somebody typed; `None` when there is nothing to look for.
    pub fn parse(text: &str) -> Option<Self> {
        let words: Vec<_> =
            text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).take(12).map(word).collect();
        (!text.trim().is_empty()).then_some(Self(words))
    }

    /// The same, where each word that `frequent` knows to be in very many texts is asked as it says, and of each ticket.
    ///
    /// # Errors
    /// Those of `frequent`.
    pub fn weighed<E>(self, frequent: impl Fn(&str) -> Result<Option<String>, E>) -> Result<Self, E> {
        let weighed = self.0.into_iter().map(|word| match word {
            Word::Prefix(quoted) => {
                let asked = frequent(&quoted)?;
                Ok(asked.map_or(Word::Prefix(quoted), Word::Frequent))
            }
            word => Ok(word),
        });
        Ok(Self(weighed.collect::<Result<_, E>>()?))
    }

    /// Whether its words say where the tickets are, so that no list has to be walked.
    pub fn leads(&self) -> bool {
        self.0.is_empty() || self.0.iter().any(|word| !matches!(word, Word::Frequent(_)))
    }

    /// What each ticket of the list is asked: a condition on `t.number`, with its value, for each frequent word.
    pub fn asked(&self) -> impl Iterator<Item = (&'static str, Value)> {
        self.0.iter().filter_map(|word| match word {
            Word::Frequent(texts) => Some((
                " AND EXISTS (SELECT 1 FROM words WHERE words MATCH ? AND rowid >= t.number << 20 AND rowid < (t.number + 1) << 20)",
                Value::Text(texts.clone()),
            )),
            Word::Number(_) | Word::Prefix(_) => None,
        })
    }

    /// A query for the numbers of the tickets found, with its values: one set of tickets for each word that leads to some,
    /// intersected.
    pub fn numbers(&self, internal: bool) -> (String, Vec<Value>) {
        if self.0.is_empty() {
            return ("SELECT 0 WHERE 0".to_owned(), Vec::new());
        }
        let parts: Vec<_> = self.0.iter().filter_map(|word| part(word, internal)).collect();
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

/// Makes the names of files findable by whoever sees what they belong to.
pub fn index_files(db: &Connection, number: i64, names: &str, kind: OwnerKind) -> Result<()> {
    let column = match kind {
        OwnerKind::Ticket | OwnerKind::Reply => "INSERT INTO words (rowid, public, internal) VALUES (?1, ?2, '')",
        OwnerKind::Note => "INSERT INTO words (rowid, public, internal) VALUES (?1, '', ?2)",
        OwnerKind::Outbox | OwnerKind::Nothing => return Ok(()),
    };
    let row = next_row(db, number)? + OF_FILE;
    db.prepare_cached(column)?.execute(params![row, spaced(names)])?;
    Ok(())
}

/// Whether this row holds names of files.
pub const fn is_of_file(row: i64) -> bool {
    row & OF_FILE != 0
}

/// Makes these texts of a ticket findable no more: those from the first on, up to before the second.
pub fn forget(db: &Connection, number: i64, texts: Range<i64>) -> Result<()> {
    let mut forget = db.prepare_cached("DELETE FROM words WHERE rowid >= ?1 AND rowid < ?2")?;
    for first in [number << SHIFT, (number << SHIFT) + OF_FILE] {
        forget.execute([first + texts.start, first + texts.end])?;
    }
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

fn part(word: &Word, internal: bool) -> Option<(&'static str, Value)> {
    Some(match (word, internal) {
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
        (Word::Frequent(_), _) => return None,
    })
}

/// Chinese, Japanese and Korean write no spaces between words: each character is made a word of its own, so that a
/// phrase is found wherever it stands.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if stands_alone(c) {
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
    use contract::search::words::tokens;

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
    fn the_index_takes_words_apart_as_we_do() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(
            "CREATE VIRTUAL TABLE texts USING fts5 (text, content = '', tokenize = 'unicode61 remove_diacritics 2');
             CREATE VIRTUAL TABLE terms USING fts5vocab ('texts', 'instance');",
        )
        .unwrap();
        for text in [
            "Überweisung nach Łódź, Lange Straße 5",
            "İstanbul ISTANBUL ığdır Çağrı",
            "Žižkov naïve Ørsted Ærø Đakovo Þór żółć Ñandú Ḥ",
            "Ελλάδα Москва й Cafe\u{301}",
            "scan_2026-03.pdf re-issue a@b.example",
            "我的退款在哪里",
        ] {
            db.execute("INSERT INTO texts (texts) VALUES ('delete-all')", []).unwrap();
            db.execute("INSERT INTO texts (rowid, text) VALUES (1, ?1)", [spaced(text)]).unwrap();
            let mut terms = db.prepare("SELECT term FROM terms ORDER BY offset").unwrap();
            let terms: Vec<String> = terms.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
            let ours: Vec<_> = tokens(text).into_iter().map(|token| token.folded).collect();
            assert_eq!(ours, terms, "{text}");
        }
    }

    #[test]
    fn a_reference_is_a_number_and_nothing_is_nothing() {
        assert_eq!(Search::parse("fs-1042"), Some(Search(vec![Word::Number(1042)])));
        assert_eq!(Search::parse("   "), None);
        assert_eq!(Search::parse("--"), Some(Search(vec![])));
    }
}
