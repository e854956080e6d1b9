//! Full text. The words of tickets, of replies and of the names of their files are public; those of notes are internal and
//! are never looked at for a customer.
//!
//! The table keeps no texts, only words. A row's id is the ticket's number × 2²⁰ plus which of its texts it is: 0 for
//! the ticket itself, then one for each reply and note, and for the files of each, which have a bit of their own.

use super::Tx;
use contract::{
    file::OwnerKind,
    search::words::{each_word, stands_alone},
};
use rusqlite::{Connection, Result, params, types::Value};
use std::{collections::HashSet, ops::Range};

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
    Weighed(Weighed),
}

/// What is known of the beginning of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Weighed {
    /// No text has it.
    Nowhere,
    /// Some texts have it: what finds them, in the words table's syntax.
    Somewhere(String),
    Frequent(Frequent),
}

/// What is in so many texts that each ticket is asked for it rather than it for its tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frequent {
    /// In the words table's syntax.
    texts: String,
    /// Of tickets with a higher number is known whether they have it: those in `newest`, a byte for each number, 1 if so.
    /// Most tickets of a list are among them; to ask the index for one costs a hundred times as much.
    known_above: i64,
    newest: Vec<u8>,
}

/// Most numbers of tickets of which is known whether they have a word.
const KNOWN: i64 = 1 << 20;

impl Frequent {
    /// The newest places of what is in so many texts, newest first, and not all of them.
    pub fn of(texts: String, places: &[i64]) -> Self {
        let number = |place: Option<&i64>| place.map_or(0, |row| row >> SHIFT);
        let (newest, oldest) = (number(places.first()), number(places.last()));
        // Of the oldest ticket there may be places that were not looked at.
        let known_above = oldest.max(newest - KNOWN);
        let mut known = vec![0; usize::try_from(newest - known_above).unwrap_or_default()];
        for place in places {
            let nth = usize::try_from((place >> SHIFT) - known_above - 1);
            if let Some(byte) = nth.ok().and_then(|nth| known.get_mut(nth)) {
                *byte = 1;
            }
        }
        Self { texts, known_above, newest: known }
    }
}

impl Search {
    /// Reads what somebody typed; `None` when there is nothing to look for.
    pub fn parse(text: &str) -> Option<Self> {
        let words: Vec<_> =
            text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).take(12).map(word).collect();
        (!text.trim().is_empty()).then_some(Self(words))
    }

    /// The same, where each word of which `weigh` knows something is asked as it says.
    ///
    /// # Errors
    /// Those of `weigh`.
    pub fn weighed<E>(self, weigh: impl Fn(&str) -> Result<Option<Weighed>, E>) -> Result<Self, E> {
        let weighed = self.0.into_iter().map(|word| match word {
            Word::Prefix(quoted) => Ok(weigh(&quoted)?.map_or(Word::Prefix(quoted), Word::Weighed)),
            word => Ok(word),
        });
        Ok(Self(weighed.collect::<Result<_, E>>()?))
    }

    /// Whether its words say where the tickets are, so that no list has to be walked.
    pub fn leads(&self) -> bool {
        self.0.is_empty() || self.0.iter().any(|word| !matches!(word, Word::Weighed(Weighed::Frequent(_))))
    }

    /// What each ticket of the list is asked: a condition on `t.number`, with its values, for each frequent word.
    pub fn asked(&self) -> impl Iterator<Item = (&'static str, [Value; 4])> {
        self.0.iter().filter_map(|word| match word {
            Word::Weighed(Weighed::Frequent(Frequent { texts, known_above, newest })) => Some((
                " AND CASE WHEN t.number > ? THEN substr(?, t.number - ?, 1) = x'01' ELSE
                  EXISTS (SELECT 1 FROM words WHERE words MATCH ? AND rowid >= t.number << 20 AND rowid < (t.number + 1) << 20) END",
                [
                    Value::Integer(*known_above),
                    Value::Blob(newest.clone()),
                    Value::Integer(*known_above),
                    Value::Text(texts.clone()),
                ],
            )),
            Word::Number(_) | Word::Prefix(_) | Word::Weighed(_) => None,
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

/// What changes in the table of words. It is written at the end of a transaction, of all jobs at once: the table writes a
/// part of its index whenever a savepoint begins or ends, and whenever a row does not come after the one before.
pub enum Change {
    /// This text is found.
    Found { row: i64, public: String, internal: String },
    /// This text is found, and not what the row held before.
    FoundAnew { row: i64, public: String },
    /// The texts of these rows are found no more.
    Forgotten(Range<i64>),
}

/// Writes these changes, each after those of the same row that came before it.
pub fn write(db: &Connection, changes: &mut [Change]) -> Result<()> {
    for together in changes.chunk_by_mut(|one, next| one.row().is_some() && next.row().is_some()) {
        together.sort_by_key(|change| change.row());
        together.iter().try_for_each(|change| change.write(db))?;
    }
    learn(db, changes)
}

/// Takes the words of what is found now into the vocabulary.
fn learn(db: &Connection, changes: &[Change]) -> Result<()> {
    let mut words = HashSet::new();
    for text in changes.iter().flat_map(Change::texts) {
        each_word(text, |_, word| {
            if !words.contains(word) {
                words.insert(word.to_owned());
            }
        });
    }
    let mut new = db.prepare_cached("INSERT OR IGNORE INTO vocabulary (word) VALUES (?1)")?;
    words.iter().try_for_each(|word| new.execute([word]).map(drop))
}

impl Change {
    const fn row(&self) -> Option<i64> {
        match self {
            Self::Found { row, .. } | Self::FoundAnew { row, .. } => Some(*row),
            Self::Forgotten(_) => None,
        }
    }

    fn texts(&self) -> [&str; 2] {
        match self {
            Self::Found { public, internal, .. } => [public, internal],
            Self::FoundAnew { public, .. } => [public, ""],
            Self::Forgotten(_) => ["", ""],
        }
    }

    fn write(&self, db: &Connection) -> Result<()> {
        match self {
            Self::Found { row, public, internal } => db
                .prepare_cached("INSERT INTO words (rowid, public, internal) VALUES (?1, ?2, ?3)")?
                .execute(params![row, public, internal]),
            Self::FoundAnew { row, public } => db
                .prepare_cached("INSERT OR REPLACE INTO words (rowid, public, internal) VALUES (?1, ?2, '')")?
                .execute(params![row, public]),
            Self::Forgotten(rows) => {
                db.prepare_cached("DELETE FROM words WHERE rowid >= ?1 AND rowid < ?2")?.execute([rows.start, rows.end])
            }
        }
        .map(drop)
    }
}

/// Makes a new ticket itself findable.
pub fn index_ticket(tx: &Tx<'_>, number: i64, subject: &str, description: &str, customer: &str) {
    let public = spaced(&of_ticket(number, subject, description, customer));
    tx.in_words(Change::Found { row: number << SHIFT, public, internal: String::new() });
}

/// Makes a ticket itself findable as it stands after an edit.
pub fn index_ticket_anew(tx: &Tx<'_>, number: i64, subject: &str, description: &str, customer: &str) {
    let public = spaced(&of_ticket(number, subject, description, customer));
    tx.in_words(Change::FoundAnew { row: number << SHIFT, public });
}

/// What a ticket itself is found by.
pub fn of_ticket(number: i64, subject: &str, description: &str, customer: &str) -> String {
    format!("FS-{number} {subject}\n{customer}\n{description}")
}

/// Makes a reply findable by everyone who sees the ticket.
pub fn index_reply(tx: &Tx<'_>, number: i64, body: &str) -> Result<()> {
    let nth = count_text(tx, number)?;
    index_nth(tx, number, nth, body, "");
    Ok(())
}

/// Makes a note findable by staff who see the ticket.
pub fn index_note(tx: &Tx<'_>, number: i64, body: &str) -> Result<()> {
    let nth = count_text(tx, number)?;
    index_nth(tx, number, nth, "", body);
    Ok(())
}

/// Makes a message findable that is the ticket's `nth` text, when the ticket counts it already.
pub fn index_nth(tx: &Tx<'_>, number: i64, nth: i64, public: &str, internal: &str) {
    let row = (number << SHIFT) + nth;
    tx.in_words(Change::Found { row, public: spaced(public), internal: spaced(internal) });
}

/// Makes the names of files findable by whoever sees what they belong to.
pub fn index_files(tx: &Tx<'_>, number: i64, names: &str, kind: OwnerKind) -> Result<()> {
    let (public, internal) = match kind {
        OwnerKind::Ticket | OwnerKind::Reply => (names, ""),
        OwnerKind::Note => ("", names),
        OwnerKind::Outbox | OwnerKind::Nothing => return Ok(()),
    };
    let nth = count_text(tx, number)? + OF_FILE;
    index_nth(tx, number, nth, public, internal);
    Ok(())
}

/// Whether this row holds names of files.
pub const fn is_of_file(row: i64) -> bool {
    row & OF_FILE != 0
}

/// Makes these texts of a ticket findable no more: those from the first on, up to before the second.
pub fn forget(tx: &Tx<'_>, number: i64, texts: Range<i64>) {
    for first in [number << SHIFT, (number << SHIFT) + OF_FILE] {
        tx.in_words(Change::Forgotten(first + texts.start..first + texts.end));
    }
}

/// Which of its texts the ticket's next one is.
fn count_text(db: &Connection, number: i64) -> Result<i64> {
    let nth =
        db.prepare_cached("SELECT texts FROM tickets WHERE number = ?1")?.query_row([number], |row| row.get(0))?;
    db.prepare_cached("UPDATE tickets SET texts = texts + 1 WHERE number = ?1")?.execute([number])?;
    Ok(nth)
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
        (Word::Prefix(words), true) | (Word::Weighed(Weighed::Somewhere(words)), _) => {
            ("SELECT rowid >> 20 FROM words WHERE words MATCH ?", Value::Text(words.clone()))
        }
        (Word::Prefix(words), false) => {
            ("SELECT rowid >> 20 FROM words WHERE words MATCH ?", Value::Text(format!("public : {words}")))
        }
        (Word::Weighed(Weighed::Nowhere), _) => ("SELECT 0 WHERE ?", Value::Integer(0)),
        (Word::Weighed(Weighed::Frequent(_)), _) => return None,
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
            "Tie\u{302}\u{301}ng Vie\u{323}\u{302}t, e\u{34f}x",
            "नमस्ते दुनिया ภาษาไทยที่ שָׁלוֹם עוֹלָם مُحَمَّد",
            "½ x² ⅷ ⓐbc Ⓩ٣ a\u{20dd}b",
        ] {
            db.execute("INSERT INTO texts (texts) VALUES ('delete-all')", []).unwrap();
            db.execute("INSERT INTO texts (rowid, text) VALUES (1, ?1)", [spaced(text)]).unwrap();
            let mut terms = db.prepare("SELECT term FROM terms ORDER BY offset").unwrap();
            let terms: Vec<String> = terms.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
            let mut words = Vec::new();
            each_word(text, |_, word| words.push(word.to_owned()));
            assert_eq!(words, terms, "{text}");
        }
    }

    #[test]
    fn of_newer_tickets_is_known_whether_they_have_a_frequent_word() {
        let places = [9, 9, 7, 4, 4].map(|number: i64| (number << SHIFT) + 3);
        let found = Frequent::of("x".to_owned(), &places);
        assert_eq!((found.known_above, found.newest), (4, vec![0, 0, 1, 0, 1]));
        let far = [3 * KNOWN, 2 * KNOWN + 1, 1].map(|number| number << SHIFT);
        let found = Frequent::of("x".to_owned(), &far);
        assert_eq!((found.known_above, found.newest.len()), (2 * KNOWN, KNOWN as usize));
        assert_eq!((found.newest[0], found.newest.iter().filter(|byte| **byte == 1).count()), (1, 2));
    }

    #[test]
    fn a_reference_is_a_number_and_nothing_is_nothing() {
        assert_eq!(Search::parse("fs-1042"), Some(Search(vec![Word::Number(1042)])));
        assert_eq!(Search::parse("   "), None);
        assert_eq!(Search::parse("--"), Some(Search(vec![])));
    }
}
