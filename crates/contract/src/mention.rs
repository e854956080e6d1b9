//! A mention: somebody of staff, named in a note by `@[Sam Reed](person:0190f3c2-…)`. The id says who; the name is there
//! to be read, also where the text is shown as it is, and is exchanged for the present one whenever a note is answered.
//! In a reply these words mean nothing.

use crate::{FieldError, id::PersonId};
use std::ops::Range;

/// How many people one note may mention.
pub const MENTIONS_MAX: usize = 20;
/// What the address of somebody begins with.
pub const SCHEME: &str = "person:";

/// Somebody, mentioned in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention<'t> {
    pub person: PersonId,
    pub name: &'t str,
    /// Where it stands in the text, in bytes.
    pub place: Range<usize>,
}

/// The mentions in a text, in order.
pub fn mentions(text: &str) -> Vec<Mention<'_>> {
    let mut found: Vec<Mention<'_>> = Vec::new();
    for (start, _) in text.match_indices("@[") {
        found.extend(mention(text, start));
    }
    found
}

/// Who is mentioned in a text, each once, with the name that is written first.
pub fn mentioned(text: &str) -> Vec<(PersonId, &str)> {
    let mut people: Vec<(PersonId, &str)> = Vec::new();
    for Mention { person, name, .. } in mentions(text) {
        if people.iter().all(|(known, _)| *known != person) {
            people.push((person, name));
        }
    }
    people
}

/// How somebody is mentioned.
pub fn written(name: &str, person: PersonId) -> String {
    let name: String = name.chars().map(|c| if matches!(c, '[' | ']' | '\\' | '\n') { ' ' } else { c }).collect();
    format!("@[{}]({SCHEME}{person})", name.trim())
}

/// The text with the present names of those who have one.
pub fn renamed(text: &str, name: impl Fn(PersonId) -> Option<String>) -> String {
    replaced(text, |mention| match name(mention.person) {
        Some(name) => written(&name, mention.person),
        None => text[mention.place.clone()].to_owned(),
    })
}

/// The text as it is read: names alone.
pub fn plain(text: &str) -> String {
    replaced(text, |mention| format!("@{}", mention.name))
}

/// Refuses a text that mentions too many.
///
/// # Errors
/// When it mentions more than [`MENTIONS_MAX`] people.
pub fn check(field: &str, text: &str) -> Result<(), FieldError> {
    let people = mentioned(text).len();
    if people <= MENTIONS_MAX {
        return Ok(());
    }
    Err(FieldError::new(field, format!("Mention at most {MENTIONS_MAX} people: this mentions {people}.")))
}

fn replaced(text: &str, by: impl Fn(&Mention<'_>) -> String) -> String {
    let (mut whole, mut at) = (String::new(), 0);
    for mention in mentions(text) {
        whole.push_str(&text[at..mention.place.start]);
        whole.push_str(&by(&mention));
        at = mention.place.end;
    }
    whole + &text[at..]
}

/// The mention that begins at `start`, if one does.
fn mention(text: &str, start: usize) -> Option<Mention<'_>> {
    let rest = text[start..].strip_prefix("@[")?;
    let (name, address) = rest.split_once(']')?;
    let (id, _) = address.strip_prefix('(')?.strip_prefix(SCHEME)?.split_once(')')?;
    let person = id.parse().ok()?;
    let fits = !name.trim().is_empty() && !name.contains(['[', '\n']);
    let length = "@[](".len() + name.len() + SCHEME.len() + id.len() + ")".len();
    fits.then_some(Mention { person, name, place: start..start + length })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAM: &str = "0190f3c2-7c1e-7d3a-9b1f-2f6f0a8b4c5d";
    const LIN: &str = "0190f3c2-7c1e-7d3a-9b1f-2f6f0a8b4c5e";

    #[test]
    fn a_mention_is_read_out_of_a_text_and_nothing_else_is() {
        let table = [
            (format!("@[Sam Reed](person:{SAM})"), vec!["Sam Reed"]),
            (format!("Ask @[Sam Reed](person:{SAM}), or @[Lin Chen](person:{LIN})."), vec!["Sam Reed", "Lin Chen"]),
            (format!("@[陳 林](person:{SAM})@[محمد](person:{LIN})"), vec!["陳 林", "محمد"]),
            (format!("@[a @[Sam](person:{SAM})"), vec!["Sam"]),
            (format!("[Sam](person:{SAM})"), vec![]),
            (format!("@[](person:{SAM})"), vec![]),
            (format!("@[Sam\nReed](person:{SAM})"), vec![]),
            (format!("@[Sam] (person:{SAM})"), vec![]),
            (format!("@[Sam](person:{SAM}"), vec![]),
            ("@[Sam](person:1) @[Sam](https://a.example) @sam sam@a.example @[".to_owned(), vec![]),
        ];
        for (text, names) in table {
            let found = mentions(&text);
            assert_eq!(found.iter().map(|mention| mention.name).collect::<Vec<_>>(), names, "{text}");
            for mention in &found {
                assert_eq!(written(mention.name, mention.person), text[mention.place.clone()]);
            }
        }
    }

    #[test]
    fn a_name_that_would_end_the_mention_is_written_without_what_ends_it() {
        let sam: PersonId = SAM.parse().unwrap();
        let text = format!("cc {}", written("Sam [QA]\\\n", sam));
        assert_eq!(mentioned(&text), [(sam, "Sam  QA")]);
    }

    #[test]
    fn a_mention_is_read_by_its_name_and_follows_who_is_called_otherwise_now() {
        let text = format!("@[Sam Reed](person:{SAM}) and @[Lin](person:{LIN})!");
        assert_eq!(plain(&text), "@Sam Reed and @Lin!");
        let now = renamed(&text, |person| (person.to_string() == SAM).then(|| "Sam Reed-Chen".to_owned()));
        assert_eq!(plain(&now), "@Sam Reed-Chen and @Lin!");
        assert_eq!(mentioned(&now).len(), 2);
    }

    #[test]
    fn a_note_mentions_at_most_twenty_people_however_often() {
        let id = |n: usize| PersonId(uuid::Uuid::from_u128(n as u128));
        let text = |people: usize| (0..people).map(|n| written("Sam", id(n))).collect::<String>();
        assert!(check("body", &text(MENTIONS_MAX).repeat(2)).is_ok());
        let refused = check("body", &text(MENTIONS_MAX + 1)).unwrap_err();
        assert_eq!(
            (refused.field.as_str(), refused.message.as_str()),
            ("body", "Mention at most 20 people: this mentions 21.")
        );
    }
}
