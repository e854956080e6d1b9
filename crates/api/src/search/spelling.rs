//! What was meant. A word that nothing was found by is exchanged for words of the index that are one slip away: a letter too
//! few, too many, wrong, or exchanged with its neighbour. Nothing is kept for this: all slips of a word are some hundred,
//! and each is one look into the index. Whether a word suits is decided by who asks finding something with it, so nobody is
//! told words of texts that they do not see.

use super::queries;
use crate::{
    caller::Caller,
    db::{Connection, Result},
};
use contract::search::words::{Word, Words};
use std::collections::HashSet;

/// The lengths of words that are corrected: of shorter ones everything is one slip away.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=24;
/// Those of words whose correction may go on, for they are still being typed.
const UNFINISHED: std::ops::RangeInclusive<usize> = 5..=10;
/// How many corrections of one word are tried.
const TRIED: usize = 3;
/// The most that frequencies are told apart.
const FREQUENT: usize = 1_000;

/// What may have been meant, most likely first.
pub fn corrections(db: &Connection, caller: &Caller, words: &Words) -> Result<Vec<Words>> {
    let mut unknown = words.clone();
    let mut single = Vec::new();
    let mut several = 0;
    for (index, word) in words.0.iter().enumerate() {
        let [token] = word.tokens.as_slice() else { continue };
        let last = index + 1 == words.0.len();
        let known = !queries::terms(db, token, 1)?.is_empty();
        let corrected = meant(db, caller, token, last)?;
        if let Some(best) = corrected.first().filter(|_| !known) {
            unknown.0[index] = as_typed(best);
            several += 1;
        }
        let exchanged = corrected.iter().map(|meant| {
            let mut words = words.clone();
            words.0[index] = as_typed(meant);
            (known, words)
        });
        single.extend(exchanged);
    }
    single.sort_by_key(|(known, _)| *known);
    let all = (several > 1).then_some(unknown);
    Ok(all.into_iter().chain(single.into_iter().map(|(_, words)| words)).take(2 * TRIED).collect())
}

/// Words of the index that are one slip away, the most frequent first; when there are none and the word may go on, one
/// that begins like that.
fn meant(db: &Connection, caller: &Caller, word: &str, last: bool) -> Result<Vec<String>> {
    let length = word.chars().count();
    if !LENGTHS.contains(&length) || !word.chars().all(char::is_alphabetic) {
        return Ok(Vec::new());
    }
    let slips = slips(word);
    let mut known = Vec::new();
    for slip in queries::known(db, &slips)? {
        known.push((queries::frequency(db, caller, &slip, FREQUENT)?, slip));
    }
    known.retain(|(frequency, _)| *frequency > 0);
    if known.is_empty() && last && UNFINISHED.contains(&length) {
        for slip in slips.iter().filter(|slip| slip.chars().count() >= length - 1) {
            if let Some(term) = queries::terms(db, slip, 1)?.pop() {
                known.push((queries::frequency(db, caller, &term, FREQUENT)?, term));
            }
        }
        known.retain(|(frequency, _)| *frequency > 0);
    }
    known.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    known.dedup_by(|a, b| a.1 == b.1);
    Ok(known.into_iter().take(TRIED).map(|(_, word)| word).collect())
}

fn as_typed(word: &str) -> Word {
    Word { typed: word.to_owned(), tokens: vec![word.to_owned()] }
}

/// Everything that is one slip away from a word, each once.
fn slips(word: &str) -> Vec<String> {
    let chars: Vec<char> = word.chars().collect();
    let mut letters: Vec<char> = ('a'..='z').collect();
    letters.extend(chars.iter().copied().filter(|c| !c.is_ascii_alphabetic()));
    let with = |change: &dyn Fn(&mut Vec<char>)| {
        let mut chars = chars.clone();
        change(&mut chars);
        chars.into_iter().collect::<String>()
    };
    let mut all = HashSet::new();
    for at in 0..chars.len() {
        all.insert(with(&|chars| {
            chars.remove(at);
        }));
        if at > 0 {
            all.insert(with(&|chars| chars.swap(at - 1, at)));
        }
        for letter in &letters {
            all.insert(with(&|chars| chars[at] = *letter));
        }
    }
    for at in 0..=chars.len() {
        for letter in &letters {
            all.insert(with(&|chars| chars.insert(at, *letter)));
        }
    }
    all.remove(word);
    let mut all: Vec<_> = all.into_iter().collect();
    // The index is read from front to back.
    all.sort_unstable();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_a_letter_missing_too_many_wrong_or_exchanged() {
        let all = slips("refund");
        for one in ["refnd", "rrefund", "refuns", "rfeund", "refundy"] {
            assert!(all.contains(&one.to_owned()), "{one}");
        }
        for none in ["refund", "rfund2x", "dnufer"] {
            assert!(!all.contains(&none.to_owned()), "{none}");
        }
        assert!(all.len() < 400, "{}", all.len());
        assert!(slips("łodz").contains(&"łoddz".to_owned()));
    }
}
