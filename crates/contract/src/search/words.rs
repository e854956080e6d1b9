//! Words: what somebody typed, and where in a text that stands. Two words are alike when they are the same without case and
//! accents; letters that are not a letter with an accent, and that people write as others, are those others here (`ł` is
//! `l`, `ß` is `ss`). A word that was typed stands for every word that it is the beginning of.

use super::{Mark, Marked};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// How many words of a query count.
pub const WORDS_MAX: usize = 12;
/// How many words of the index one of them may be.
const TOKENS_MAX: usize = 16;
/// How many other spellings of a word are looked for.
const SPELLINGS_MAX: usize = 15;
/// The longest snippet, in characters.
pub const SNIPPET_MAX: usize = 160;
/// How much of a snippet stands before what matches, in characters.
const BEFORE: usize = 40;

/// What somebody looks for: every word has to be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(pub Vec<Word>);

/// Something between two spaces. `re-issue` and `退款` are several words of the index in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it was typed.
    pub typed: String,
    /// Without case and accents; never empty.
    pub tokens: Vec<String>,
}

/// A word in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Token {
    pub mark: Mark,
    /// Without case and accents, as the index has it.
    pub folded: String,
}

impl Words {
    /// Reads what somebody typed.
    pub fn of(text: &str) -> Self {
        let mut words: Vec<Word> = Vec::new();
        for typed in text.split_whitespace() {
            let tokens: Vec<_> = tokens(typed).into_iter().take(TOKENS_MAX).map(|token| token.folded).collect();
            if words.len() < WORDS_MAX && !tokens.is_empty() && words.iter().all(|word| word.tokens != tokens) {
                words.push(Word { typed: typed.to_owned(), tokens });
            }
        }
        Self(words)
    }

    /// As it is typed.
    pub fn text(&self) -> String {
        self.0.iter().map(|word| word.typed.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// What of the text matches, in order, without overlaps.
    pub fn marks(&self, text: &str) -> Vec<Mark> {
        self.found(text).into_iter().map(|(mark, _)| mark).collect()
    }

    /// Which of the words stand in the text, a bit for each.
    pub fn held(&self, text: &str) -> u32 {
        self.found(text).into_iter().fold(0, |all, (_, bits)| all | bits)
    }

    /// The bits of all words.
    pub fn all(&self) -> u32 {
        (1 << self.0.len()) - 1
    }

    /// The part of the text that holds most of the words, on one line, with what matches.
    pub fn snippet(&self, text: &str) -> Marked {
        let line: Vec<char> = one_line(text).chars().collect();
        let text: String = line.iter().collect();
        let found = self.found(&text);
        let start = best_start(&found, &line);
        let end = if line.len() - start <= SNIPPET_MAX { line.len() } else { last_space(&line, start) };
        let (before, after) = (if start > 0 { "…" } else { "" }, if end < line.len() { "…" } else { "" });
        let shift = |at: usize| at - start + before.chars().count();
        let marks = found.iter().map(|(mark, _)| mark).filter(|mark| mark.start >= start && mark.end <= end);
        Marked {
            marks: marks.map(|mark| Mark { start: shift(mark.start), end: shift(mark.end) }).collect(),
            text: format!("{before}{}{after}", line[start..end].iter().collect::<String>()),
        }
    }

    /// What of the text matches, and the bits of the words that do.
    fn found(&self, text: &str) -> Vec<(Mark, u32)> {
        let tokens = tokens(text);
        let loose: Vec<String> = tokens.iter().map(|token| plain(&token.folded)).collect();
        let sought: Vec<Vec<String>> =
            self.0.iter().map(|word| word.tokens.iter().map(|token| plain(token)).collect()).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let matching = || sought.iter().enumerate().filter(|(_, word)| begins(&loose[at..], word));
            let Some(longest) = matching().map(|(_, word)| word.len()).max() else {
                at += 1;
                continue;
            };
            let bits = matching().fold(0, |bits, (index, _)| bits | 1 << index);
            found.push((Mark { start: tokens[at].mark.start, end: tokens[at + longest - 1].mark.end }, bits));
            at += longest;
        }
        found
    }
}

/// The words of a text, as the index takes it apart (FTS5's `unicode61 remove_diacritics 2`).
fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    each_word(text, |mark, folded| found.push(Token { mark, folded: folded.to_owned() }));
    found
}

/// Calls this with each word of a text, in order: where it stands, and how the index has it, without case and accents.
pub fn each_word(text: &str, mut told: impl FnMut(Mark, &str)) {
    let mut open: Option<Mark> = None;
    let mut folded = String::new();
    for (at, c) in text.chars().enumerate() {
        let goes_on = open.is_some() && is_accent(c);
        let is_part = goes_on || is_of_word(c);
        let alone = stands_alone(c);
        if !is_part || alone {
            open.take().into_iter().for_each(|mark| told(mark, &folded));
        }
        if !is_part {
            continue;
        }
        let start = open.map_or(at, |mark| mark.start);
        if start == at {
            folded.clear();
        }
        if !goes_on {
            folded.push(fold(c));
        }
        let mark = Mark { start, end: at + 1 };
        if alone {
            told(mark, &folded);
        } else {
            open = Some(mark);
        }
    }
    open.into_iter().for_each(|mark| told(mark, &folded));
}

/// Whether the index takes this for a part of a word: letters and numbers, and not the marks that go with letters.
fn is_of_word(c: char) -> bool {
    let circled = matches!(c, '\u{24B6}'..='\u{24E9}' | '\u{1F130}'..='\u{1F189}');
    c.is_ascii_alphanumeric() || !c.is_ascii() && c.is_alphanumeric() && !circled && !is_combining_mark(c)
}

/// Whether the index drops this behind a letter: accents of Latin, Greek and Cyrillic letters, written by themselves.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{304}' | '\u{306}'..='\u{30C}' | '\u{30F}' | '\u{311}' | '\u{31B}' | '\u{323}'..='\u{328}' | '\u{32D}' | '\u{32E}' | '\u{330}' | '\u{331}')
}

/// Whether this is written without spaces around words, and so is a word of its own for us.
pub fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FA1F}')
}

/// The other ways in which a folded word may be written: `lodz` is `łodz`, `strasse` is `straße`. At most fifteen.
pub fn spellings(word: &str) -> Vec<String> {
    let mut all = vec![word.to_owned()];
    for (letter, others) in OTHERWISE {
        for (from, to) in [(*others, *letter), (*letter, *others)] {
            for known in all.clone() {
                for (at, _) in known.match_indices(from) {
                    if all.len() > SPELLINGS_MAX {
                        return all.split_off(1);
                    }
                    let other = format!("{}{to}{}", &known[..at], &known[at + from.len()..]);
                    if !all.contains(&other) {
                        all.push(other);
                    }
                }
            }
        }
    }
    all.split_off(1)
}

/// Letters that carry no accent to be dropped, and how they are written by who has not got them.
const OTHERWISE: &[(&str, &str)] =
    &[("ß", "ss"), ("ł", "l"), ("ø", "o"), ("æ", "ae"), ("œ", "oe"), ("đ", "d"), ("ð", "d"), ("þ", "th"), ("ı", "i")];

/// The word with none of those letters.
fn plain(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    OTHERWISE.iter().fold(word.to_owned(), |word, (letter, others)| word.replace(letter, others))
}

/// A character as the index has it: lower case, and a Latin letter without its accents.
fn fold(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let base = c.nfd().next().unwrap_or(c);
    let kept = if base.is_ascii_alphabetic() { base } else { c };
    let mut lower = kept.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => kept,
    }
}

/// Whether the words begin with these, of which the last may go on.
fn begins(words: &[String], sought: &[String]) -> bool {
    let Some((last, first)) = sought.split_last() else { return false };
    words.len() >= sought.len() && words[..first.len()] == *first && words[first.len()].starts_with(last.as_str())
}

/// The text without breaks.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the snippet that holds most of the words starts: a little before the first of them, with a word.
fn best_start(found: &[(Mark, u32)], line: &[char]) -> usize {
    if line.len() <= SNIPPET_MAX {
        return 0;
    }
    let worth = |first: usize| {
        let until = found[first].0.start + SNIPPET_MAX - BEFORE;
        let bits = found[first..].iter().take_while(|(mark, _)| mark.end <= until).fold(0, |all, (_, bits)| all | bits);
        (bits.count_ones(), usize::MAX - first)
    };
    let Some(best) = (0..found.len()).max_by_key(|first| worth(*first)) else { return 0 };
    let at = found[best].0.start;
    let earliest = at.saturating_sub(BEFORE);
    if earliest == 0 {
        return 0;
    }
    (earliest..at).find(|place| line[*place] == ' ').map_or(at, |space| space + 1)
}

/// Where a snippet that starts here ends: with a word, if there is an end of one.
fn last_space(line: &[char], start: usize) -> usize {
    // Room for what says that there is more, on both sides.
    let most = start + SNIPPET_MAX - 2;
    (start + SNIPPET_MAX / 2..=most).rev().find(|place| line[*place] == ' ').unwrap_or(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(query: &str, text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        Words::of(query).marks(text).iter().map(|mark| chars[mark.start..mark.end].iter().collect()).collect()
    }

    #[test]
    fn words_match_by_their_beginning_without_case_and_accents() {
        for (query, text, expected) in [
            ("ref", "Refund of the refunds, preferred", &["Refund", "refunds"][..]),
            ("uberweisung KRAK", "Überweisung nach Kraków", &["Überweisung", "Kraków"]),
            ("lodz", "Z Łodzi, do: Łódź", &["Łodzi", "Łódź"]),
            ("łódź", "Lodz", &["Lodz"]),
            ("strasse", "Lange Straße 5", &["Straße"]),
            ("straße", "Strasse", &["Strasse"]),
            ("istanbul", "İstanbul, ISTANBUL, ıstanbul", &["İstanbul", "ISTANBUL", "ıstanbul"]),
            ("退款", "我的退款在哪里", &["退款"]),
            ("cafe\u{301}", "Café Cafe\u{301}s", &["Café", "Cafe\u{301}s"]),
            ("re-issue", "Please re-issue it; reissue", &["re-issue"]),
            ("fs-10", "See FS-1042", &["FS-1042"]),
            ("scan_2026", "scan_2026-03.pdf", &["scan_2026"]),
            ("\" OR *", "or", &["or"]),
            ("--", "--", &[]),
            ("", "text", &[]),
        ] {
            assert_eq!(marked(query, text), expected, "{query} in {text}");
        }
    }

    #[test]
    fn a_snippet_is_short_and_shows_most_of_the_words() {
        let filler = "nothing of interest here. ".repeat(20);
        let text = format!("{filler}The refund\n\nwas sent to the wrong card today. {filler} refund");
        let snippet = Words::of("card refund").snippet(&text);
        assert!(snippet.text.chars().count() <= SNIPPET_MAX, "{}", snippet.text);
        assert!(snippet.text.starts_with('…') && snippet.text.ends_with('…'), "{}", snippet.text);
        let marked: Vec<_> = snippet.parts().into_iter().filter(|(_, is)| *is).map(|(text, _)| text).collect();
        assert_eq!(marked, ["refund", "card"]);
        let short = Words::of("card").snippet("The\ncard");
        assert_eq!((short.text.as_str(), short.marks.len()), ("The card", 1));
        let endless = Words::of("x").snippet(&"界".repeat(1000));
        assert!(endless.text.chars().count() <= SNIPPET_MAX);
        let far = Words::of("end").snippet(&format!("{} end", "x".repeat(1000)));
        assert_eq!(far.parts().last(), Some(&("end".to_owned(), true)));
    }

    #[test]
    fn a_query_has_so_many_words_and_each_its_bit() {
        let many = Words::of(&(0..100).map(|n| format!("word{n} ")).collect::<String>());
        assert_eq!((many.0.len(), Words::of(&"word ".repeat(100)).0.len()), (WORDS_MAX, 1));
        assert_eq!(Words::of("ref refund").held("One refund"), 0b11);
        let words = Words::of("card refund lost");
        assert_eq!((words.all(), words.held("A lost card")), (0b111, 0b101));
    }

    #[test]
    fn a_word_has_other_spellings() {
        assert!(spellings("lodz").contains(&"łodz".to_owned()));
        assert!(spellings("strasse").contains(&"straße".to_owned()));
        assert!(spellings("straße").contains(&"strasse".to_owned()));
        assert!(spellings("llllllllllllllllll").len() <= 15);
        assert!(spellings("0123").is_empty());
    }
}
