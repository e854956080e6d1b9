//! Searching: the tickets that hold the words, put into order, each with what of it matches.

use super::{
    expression::{self, Last, Sought, sought},
    places::{self, InFiles, Looked},
    queries::{self, Candidate},
    spelling,
};
use crate::{
    caller::Caller,
    db::{
        Connection,
        search::{Search, Weighed},
    },
    error::Error,
    merges,
    tickets::{self, list::TOLD},
};
use contract::{
    mention,
    policy::Action,
    search::{Found, FoundIn, HITS, HITS_MAX, Hit, Marked, SearchFilter, words::Words},
    text,
    ticket::{Status, Ticket},
};
use std::{cmp::Reverse, ops::ControlFlow};

/// Most replies and notes that are read for the snippets of one answer.
const READ: usize = 2_000;

/// How many tickets are looked at together to see whether there is any.
const GLANCE: usize = 20;

/// *Search*.
///
/// # Errors
/// When so many hits cannot be asked for, or the words are too long.
pub fn search(db: &Connection, caller: &Caller, filter: &SearchFilter) -> Result<Found, Error> {
    let limit = match filter.limit.unwrap_or(HITS) {
        limit @ 1..=HITS_MAX => limit as usize,
        _ => return Err(Error::invalid("limit", format!("Ask for 1 to {HITS_MAX} hits."))),
    };
    text::query("q", &filter.q)?;
    let words = Words::of(&filter.q);
    let found = find(db, caller, &words)?;
    if !found.candidates.is_empty() {
        return found.answer(db, caller, &words, limit);
    }
    for meant in spelling::corrections(db, caller, &words)? {
        let found = find(db, caller, &meant)?;
        if !found.candidates.is_empty() {
            let found = found.answer(db, caller, &meant, limit)?;
            return Ok(Found { corrected_to: Some(meant.text()), ..found });
        }
    }
    Ok(Found::default())
}

/// What was meant by words that find nothing; `None` when they do, or nothing like them does.
///
/// # Errors
/// When the database fails.
pub fn corrected(db: &Connection, caller: &Caller, words: &str) -> Result<Option<String>, Error> {
    let words = Words::of(words);
    if finds(db, caller, &words)? {
        return Ok(None);
    }
    for meant in spelling::corrections(db, caller, &words)? {
        if finds(db, caller, &meant)? {
            return Ok(Some(meant.text()));
        }
    }
    Ok(None)
}

/// The words of a list. Those that are in very many texts are asked of each ticket; a beginning is asked for as the words
/// that begin with it, and not at all when there are none: to find the next word after a frequent one, the index reads
/// all its places.
///
/// # Errors
/// When the database fails.
pub fn weighed(db: &Connection, caller: &Caller, search: Search) -> Result<Search, Error> {
    search.weighed(|quoted| {
        let words = Words::of(quoted);
        let [word] = words.0.as_slice() else { return Ok(None) };
        let sought = sought(db, caller, word, Last::Yes)?;
        let Some(texts) = sought.texts else { return Ok(Some(Weighed::Nowhere)) };
        if let Some(frequent) = places::frequent_word(db, texts.clone())? {
            return Ok(Some(Weighed::Frequent(frequent)));
        }
        Ok((!sought.cut).then_some(Weighed::Somewhere(texts)))
    })
}

/// What the caller sees of what was found, best first.
struct Ranked {
    candidates: Vec<(Rank, Candidate)>,
    whole: bool,
}

/// How well a ticket fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Its very number.
    Number,
    /// All words in its subject.
    Subject,
    /// In its subject, its customer's name, and names of files.
    Names,
    Anywhere,
}

/// What each of the words is asked of the index.
fn sought_of_all(db: &Connection, caller: &Caller, words: &Words) -> Result<Vec<Sought>, Error> {
    let which = |index| if index + 1 == words.0.len() { Last::Yes } else { Last::No };
    let every = words.0.iter().enumerate().map(|(index, word)| sought(db, caller, word, which(index)));
    Ok(every.collect::<Result<_, _>>()?)
}

/// Whether the caller sees a ticket that holds the words. The newest are looked at first, for one is enough.
fn finds(db: &Connection, caller: &Caller, words: &Words) -> Result<bool, Error> {
    if words.0.is_empty() {
        return Ok(false);
    }
    let every = sought_of_all(db, caller, words)?;
    let looked = places::look(db, caller, &every)?;
    let mut numbers = numbers(&looked, words);
    numbers.sort_unstable_by_key(|number| Reverse(*number));
    for some in numbers.chunks(GLANCE) {
        if !queries::candidates(db, caller, some)?.is_empty() {
            return Ok(true);
        }
    }
    if looked.whole {
        return Ok(false);
    }
    let nearby: Vec<_> = places::nearby(db, caller, &every)?.into_keys().collect();
    Ok(!queries::candidates(db, caller, &nearby)?.is_empty())
}

fn find(db: &Connection, caller: &Caller, words: &Words) -> Result<Ranked, Error> {
    if words.0.is_empty() {
        return Ok(Ranked { candidates: Vec::new(), whole: true });
    }
    let every = sought_of_all(db, caller, words)?;
    let looked = places::look(db, caller, &every)?;
    let (mut seen, mut known) = (queries::candidates(db, caller, &numbers(&looked, words))?, looked);
    if !known.whole && seen.len() <= HITS_MAX as usize {
        known.places.extend(places::nearby(db, caller, &every)?);
        seen = queries::candidates(db, caller, &numbers(&known, words))?;
    }
    // Whether a word of texts that a customer does not see was left out is not theirs to know.
    let whole = known.whole && !(caller.is_staff() && every.iter().any(|word| word.cut));
    let mut candidates: Vec<_> = seen
        .into_iter()
        .map(|candidate| {
            let in_files = known.places.get(&candidate.number).copied().unwrap_or_default();
            (rank(&candidate, words, in_files), candidate)
        })
        .collect();
    candidates.sort_by_key(|(rank, candidate)| {
        (*rank, candidate.status == Status::Closed, Reverse((candidate.updated_at, candidate.number)))
    });
    Ok(Ranked { candidates, whole })
}

/// The numbers of what was found, and that which was named.
fn numbers(looked: &Looked, words: &Words) -> Vec<i64> {
    looked.places.keys().copied().chain(named(words)).collect()
}

/// The ticket whose number was typed, and nothing else.
fn named(words: &Words) -> Option<i64> {
    let [word] = words.0.as_slice() else { return None };
    expression::digits(word)?.parse().ok()
}

fn rank(candidate: &Candidate, words: &Words, in_files: InFiles) -> Rank {
    if named(words) == Some(candidate.number) {
        return Rank::Number;
    }
    let in_subject = words.held(&candidate.subject);
    if in_subject == words.all() {
        return Rank::Subject;
    }
    let of_customer = words.held(&customer(&candidate.customer, candidate.email.as_deref()));
    if in_files.0 || in_subject | of_customer == words.all() { Rank::Names } else { Rank::Anywhere }
}

/// Who a ticket is of, as far as the reader knows them.
fn customer(name: &str, email: Option<&str>) -> String {
    match email {
        Some(email) => format!("{name} · {email}"),
        None => name.to_owned(),
    }
}

impl Ranked {
    fn answer(self, db: &Connection, caller: &Caller, words: &Words, limit: usize) -> Result<Found, Error> {
        let more = !self.whole || self.candidates.len() > limit;
        let mut read = READ;
        let mut hits = Vec::new();
        for (rank, candidate) in self.candidates.into_iter().take(limit) {
            // Asked once more, as whoever opens it would be.
            let ticket = tickets::actions::find(db, caller, candidate.id, Action::See)?;
            hits.push(hit(db, caller, words, rank, ticket, &mut read)?);
        }
        Ok(Found { hits, corrected_to: None, more })
    }
}

fn hit(
    db: &Connection,
    caller: &Caller,
    words: &Words,
    rank: Rank,
    ticket: Ticket,
    read: &mut usize,
) -> Result<Hit, Error> {
    let (found_in, snippet) = match rank {
        Rank::Number => (FoundIn::Number, None),
        Rank::Subject => (FoundIn::Subject, None),
        Rank::Names | Rank::Anywhere => shown(db, caller, words, &ticket, read)?,
    };
    let subject = words.marks(&ticket.subject);
    let description = ticket.description.chars().take(TOLD).collect();
    Ok(Hit { ticket: Ticket { description, ..ticket }, found_in, subject, snippet })
}

/// The text that holds most of the words that are not in the subject, which is shown anyway; the first of those that hold
/// as many.
struct Best<'w> {
    words: &'w Words,
    in_subject: u32,
    held: u32,
    found: Option<(FoundIn, String)>,
}

impl Best<'_> {
    /// Looks at a text; breaks when no other can hold more.
    fn look(&mut self, place: FoundIn, text: &str) -> ControlFlow<()> {
        let held = self.words.held(text) | self.in_subject;
        if held.count_ones() > self.held.count_ones() {
            self.held = held;
            self.found = Some((place, text.to_owned()));
        }
        if self.held == self.words.all() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// Where the words are, and the part of it that shows them.
fn shown(
    db: &Connection,
    caller: &Caller,
    words: &Words,
    ticket: &Ticket,
    read: &mut usize,
) -> Result<(FoundIn, Option<Marked>), Error> {
    let in_subject = words.held(&ticket.subject);
    let mut best = Best { words, in_subject, held: in_subject, found: None };
    look_at(db, caller, ticket, read, &mut best)?;
    Ok(match best.found {
        None => (FoundIn::Subject, None),
        Some((place, text)) => (place, Some(words.snippet(&text))),
    })
}

fn look_at(
    db: &Connection,
    caller: &Caller,
    ticket: &Ticket,
    read: &mut usize,
    best: &mut Best<'_>,
) -> Result<(), Error> {
    let of = customer(&ticket.customer.name, ticket.customer.email.as_deref());
    if best.look(FoundIn::Customer, &of).is_break() {
        return Ok(());
    }
    let conversation = merges::queries::conversation(db, ticket.ticket_id)?;
    for part in &conversation {
        for name in queries::file_names(db, caller, *part)? {
            if best.look(FoundIn::File, &name).is_break() {
                return Ok(());
            }
        }
    }
    if best.look(FoundIn::Description, &ticket.description).is_break() {
        return Ok(());
    }
    for part in &conversation {
        let mut look = |place, body: &str| {
            *read = read.saturating_sub(1);
            if *read == 0 { ControlFlow::Break(()) } else { best.look(place, body) }
        };
        queries::replies(db, *part, |body| look(FoundIn::Reply, &body))?;
        if caller.is_staff() {
            queries::notes(db, *part, |body| look(FoundIn::Note, &mention::plain(&body)))?;
        }
        if *part != ticket.ticket_id {
            let merged = tickets::actions::find(db, caller, *part, Action::See)?;
            _ = best.look(FoundIn::Description, &format!("{}\n{}", merged.subject, merged.description));
        }
        if best.held == best.words.all() {
            break;
        }
    }
    Ok(())
}
