//! Which tickets hold all the words. Two ways lead there. A customer, who sees few, is answered from those, one by one: so
//! what they are told, and when, depends on nothing but their own tickets. Staff are answered from the newest places of the
//! words; a word that is in fewer texts than are looked at decides, however frequent the others are.

use super::{expression::Sought, queries};
use crate::{
    caller::Caller,
    db::{
        Connection, Result,
        search::{Frequent, SHIFT, is_of_file},
    },
};
use std::collections::HashMap;

/// So many tickets are few.
pub const FEW: usize = 200;
/// How many places of a word are looked at, when it is the only one.
const PLACES: usize = 1_000;
/// And when there are others.
const PLACES_OF_EACH: usize = 2_000;
/// How many tickets are asked for a word that is too frequent to be looked at wholly.
const ASKED: usize = 400;

/// Whether the words are in names of files, by ticket.
pub type Places = HashMap<i64, InFiles>;

/// Whether a word was found in the name of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InFiles(pub bool);

/// What was found, and whether that is all.
pub struct Looked {
    pub places: Places,
    pub whole: bool,
}

/// The tickets that hold all the words, before it is asked which of them the caller sees.
pub fn look(db: &Connection, caller: &Caller, words: &[Sought]) -> Result<Looked> {
    if caller.is_staff() {
        return everywhere(db, words);
    }
    let near = queries::in_sight(db, caller, FEW + 1)?;
    if near.len() <= FEW {
        return Ok(Looked { places: among(db, &near, words)?, whole: true });
    }
    everywhere(db, words)
}

/// The tickets near to the caller that hold all the words: for when those that were found everywhere are others'.
pub fn nearby(db: &Connection, caller: &Caller, words: &[Sought]) -> Result<Places> {
    among(db, &queries::in_sight(db, caller, FEW)?, words)
}

/// What is in more texts than one would look at, with the newest of them.
pub fn frequent_word(db: &Connection, texts: String) -> Result<Option<Frequent>> {
    let newest = queries::newest(db, &texts, PLACES_OF_EACH)?;
    Ok((newest.len() == PLACES_OF_EACH).then(|| Frequent::of(texts, &newest)))
}

/// Which of these tickets hold all the words.
fn among(db: &Connection, numbers: &[i64], words: &[Sought]) -> Result<Places> {
    let mut all: Places = numbers.iter().map(|number| (*number, InFiles(false))).collect();
    for word in words {
        let left: Vec<_> = numbers.iter().copied().filter(|number| all.contains_key(number)).collect();
        let holding = holding(db, &left, word)?;
        all.retain(|number, _| holding.contains_key(number));
        all.iter_mut().for_each(|(number, in_files)| in_files.0 |= holding[number].0);
    }
    Ok(all)
}

/// Which of these tickets hold a word.
fn holding(db: &Connection, numbers: &[i64], word: &Sought) -> Result<Places> {
    let given = numbers.iter().filter(|number| word.given.contains(number));
    let mut places: Places = given.map(|number| (*number, InFiles(false))).collect();
    if let Some(texts) = word.texts.as_deref().filter(|_| !numbers.is_empty()) {
        for row in queries::within(db, texts, numbers)? {
            places.entry(row >> SHIFT).or_default().0 |= is_of_file(row);
        }
    }
    Ok(places)
}

/// The newest places of one word.
struct Newest {
    places: Places,
    whole: bool,
    /// Where looking ended: of what is older, nothing is known.
    end: i64,
}

fn newest(db: &Connection, word: &Sought, most: usize) -> Result<Newest> {
    let mut places: Places = word.given.iter().map(|number| (*number, InFiles(false))).collect();
    let rows = match &word.texts {
        Some(texts) => queries::newest(db, texts, most)?,
        None => Vec::new(),
    };
    for row in &rows {
        places.entry(row >> SHIFT).or_default().0 |= is_of_file(*row);
    }
    let whole = rows.len() < most;
    let end = rows.last().filter(|_| !whole).map_or(0, |row| row >> SHIFT);
    Ok(Newest { places, whole, end })
}

fn everywhere(db: &Connection, words: &[Sought]) -> Result<Looked> {
    if let [word] = words {
        let found = newest(db, word, PLACES)?;
        return Ok(Looked { places: found.places, whole: found.whole });
    }
    let mut all: Vec<_> = words.iter().map(|word| newest(db, word, PLACES_OF_EACH)).collect::<Result<_>>()?;
    let fewest = (0..all.len()).filter(|i| all[*i].whole).min_by_key(|i| all[*i].places.len());
    let Some(fewest) = fewest else { return frequent(db, words, &all) };
    let decides = all.swap_remove(fewest);
    let others: Vec<_> = {
        let mut sought: Vec<_> = words.iter().collect();
        sought.swap_remove(fewest);
        all.iter().zip(sought).collect()
    };
    let mut looked = Looked { places: decides.places, whole: true };
    for (known, word) in others {
        let unknown = |number: &i64| !known.whole && *number <= known.end && !known.places.contains_key(number);
        let mut asked: Vec<_> = looked.places.keys().copied().filter(unknown).collect();
        asked.sort_unstable_by(|a, b| b.cmp(a));
        looked.whole &= asked.len() <= ASKED;
        asked.truncate(ASKED);
        let holding = holding(db, &asked, word)?;
        looked.places.retain(|number, in_files| {
            let found = known.places.get(number).or_else(|| holding.get(number));
            in_files.0 |= found.is_some_and(|InFiles(yes)| *yes);
            found.is_some()
        });
    }
    Ok(looked)
}

/// When each word is in more texts than are looked at: the newest tickets that have all of them, be it in different texts,
/// and the newest texts that have all of them, which the index skips to.
fn frequent(db: &Connection, words: &[Sought], all: &[Newest]) -> Result<Looked> {
    let (first, others) = all.split_first().expect("a search has words");
    let mut places: Places = first
        .places
        .iter()
        .filter(|(number, _)| others.iter().all(|o| o.places.contains_key(number)))
        .map(|(n, f)| (*n, *f))
        .collect();
    let together: Vec<_> = words.iter().filter_map(|word| word.texts.as_deref()).collect();
    let together = Sought { texts: Some(together.join(" AND ")), given: Vec::new(), cut: false };
    places.extend(newest(db, &together, PLACES)?.places);
    let mut numbers: Vec<_> = places.keys().copied().collect();
    numbers.sort_unstable_by(|a, b| b.cmp(a));
    for older in numbers.iter().skip(ASKED) {
        places.remove(older);
    }
    Ok(Looked { places, whole: false })
}
