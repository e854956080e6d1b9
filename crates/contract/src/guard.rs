//! Guardrails: what a text is looked at for before it goes out. Pure, so that the browser says it while the text is in
//! hand, and the service says it to whoever asks without a browser.
//!
//! A finding stops nobody: it is told once, and then the author means it.

use crate::{
    FieldError,
    choice::Choices,
    mention,
    reply_message::{Placeholder, placeholders},
};

/// Where a text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goes {
    /// To the customer.
    Out,
    /// To colleagues. Only what must stand nowhere is looked for.
    Inside,
}

/// Whether files go with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carries {
    Files,
    Nothing,
}

/// Something that its author may not have meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// These placeholders are not filled.
    Unresolved(Vec<String>),
    /// It speaks of a file with this word, and there is none.
    NoFile(String),
    /// A card number; its last four digits.
    Card(String),
    /// An IBAN; its country and its last four characters.
    Iban(String),
}

impl Finding {
    /// What to tell the author. Numbers are not repeated: this may be logged or shown elsewhere.
    pub fn message(&self) -> String {
        match self {
            Self::Unresolved(names) => {
                let names: Vec<_> = names.iter().map(|name| format!("{{{name}}}")).collect();
                format!("This still has {} to be filled in.", names.join(", "))
            }
            Self::NoFile(word) => format!("This says “{word}”, and no file is attached."),
            Self::Card(last) => format!("This holds what looks like a card number, ending in {last}."),
            Self::Iban(ends) => format!("This holds what looks like an IBAN, {ends}."),
        }
    }

    /// As a refusal tells it.
    pub fn at_body(&self) -> FieldError {
        FieldError::new("body", self.message())
    }
}

/// Words that promise a file, each as words begin: "anhang" stands for Anhangs too. English,
/// German, French, Spanish, Portuguese, Italian, Dutch, Polish, Turkish, Russian and Ukrainian, Arabic, Chinese and
/// Japanese. A language without spaces is looked for anywhere in the text.
const FILE_WORDS: &[&str] = &[
    "attached",
    "attachment",
    "attaching",
    "enclosed",
    "enclosure",
    "angehängt",
    "anhang",
    "anbei",
    "beigefügt",
    "pièce jointe",
    "pièces jointes",
    "ci-joint",
    "adjunto",
    "adjunta",
    "adjuntos",
    "adjuntas",
    "em anexo",
    "anexado",
    "anexada",
    "in allegato",
    "allegato",
    "allegata",
    "bijlage",
    "bijgevoegd",
    "bijgesloten",
    "w załączniku",
    "w załączeniu",
    "załącznik",
    "ekteki",
    "ekte",
    "ilişikte",
    "во вложении",
    "прикреп",
    "прилага",
    "вкладен",
    "додаток",
    "додатку",
    "مرفق",
    "المرفق",
    "附件",
    "附上",
    "添付",
];

/// Everything worth a second look in this text, each thing once, the most serious first.
pub fn findings(text: &str, goes: Goes, carries: Carries) -> Vec<Finding> {
    // The id of somebody who is mentioned is no number of a card.
    let text = &mention::plain(text);
    let mut found: Vec<_> = cards(text).into_iter().map(Finding::Card).collect();
    found.extend(ibans(text).into_iter().map(Finding::Iban));
    if goes == Goes::Out {
        let names = unresolved(text);
        if !names.is_empty() {
            found.push(Finding::Unresolved(names.into_iter().map(str::to_owned).collect()));
        }
        if carries == Carries::Nothing
            && let Some(word) = promises_file(text)
        {
            found.push(Finding::NoFile(word.to_owned()));
        }
    }
    found
}

/// The known placeholders that a text still has, each once.
pub fn unresolved(text: &str) -> Vec<&str> {
    let mut known: Vec<_> = placeholders(text).into_iter().filter(|name| Placeholder::parse(name).is_some()).collect();
    known.sort_unstable();
    known.dedup();
    known
}

/// The word by which a text promises a file, outside of what it quotes.
fn promises_file(text: &str) -> Option<&'static str> {
    let own: Vec<_> = text.lines().filter(|line| !line.trim_start().starts_with('>')).collect();
    let own = own.join("\n").to_lowercase();
    FILE_WORDS.iter().copied().find(|word| {
        own.match_indices(word).any(|(at, _)| is_spaceless(word) || !own[..at].ends_with(char::is_alphanumeric))
    })
}

/// Whether this is written without spaces between words.
fn is_spaceless(word: &str) -> bool {
    word.chars().any(|c| ('\u{3040}'..='\u{9FFF}').contains(&c))
}

/// The last four digits of every card number: 13 to 19 digits, single spaces, dots or dashes between them, that pass
/// Luhn's test. A run of more digits is something else, and so is one digit repeated.
pub fn cards(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for run in runs(text, |c| c.is_ascii_digit(), |c| matches!(c, ' ' | '-' | '.' | '\u{A0}' | '\u{202F}')) {
        let last = run[run.len().saturating_sub(4)..].to_owned();
        if (13..=19).contains(&run.len()) && passes_luhn(&run) && !found.contains(&last) {
            found.push(last);
        }
    }
    found
}

/// Luhn's test (ISO/IEC 7812-1, annex B): every second digit from the right counts double, its digits added.
fn passes_luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .map(|digit| u32::from(digit - b'0'))
        .enumerate()
        .map(|(place, digit)| if place % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 })
        .sum();
    sum.is_multiple_of(10) && digits.bytes().any(|digit| digit != digits.as_bytes()[0])
}

/// Country and last four characters of every IBAN (ISO 13616): two letters, two digits, 11 to 30 letters or digits,
/// written together or in groups, whose number is 1 modulo 97.
fn ibans(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let upper = text.to_ascii_uppercase();
    for (start, _) in upper.match_indices(|c: char| c.is_ascii_uppercase()) {
        if upper[..start].ends_with(char::is_alphanumeric) {
            continue;
        }
        if let Some(iban) = iban_at(&upper[start..]) {
            let said = format!("{}…{}", &iban[..2], &iban[iban.len() - 4..]);
            if !found.contains(&said) {
                found.push(said);
            }
        }
    }
    found
}

/// The IBAN that a text begins with: the longest that fits, for words may follow its last group.
fn iban_at(text: &str) -> Option<String> {
    let mut iban = String::new();
    let mut best = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c.is_ascii_alphanumeric() {
            let fits = match iban.len() {
                0 | 1 => c.is_ascii_uppercase(),
                2 | 3 => c.is_ascii_digit(),
                4..34 => true,
                _ => false,
            };
            if !fits {
                break;
            }
            iban.push(c);
            let ends = rest.peek().is_none_or(|next| !next.is_alphanumeric());
            if ends && iban.len() >= 15 && passes_mod_97(&iban) {
                best = Some(iban.clone());
            }
        } else if !matches!(c, ' ' | '-' | '\u{A0}' | '\u{202F}') || iban.is_empty() {
            break;
        }
    }
    best
}

/// ISO 7064 MOD 97-10, the first four characters moved to the end, letters counted from A = 10.
fn passes_mod_97(iban: &str) -> bool {
    let moved = iban.bytes().skip(4).chain(iban.bytes().take(4));
    let rest = moved.fold(0_u32, |rest, c| match c {
        b'0'..=b'9' => (rest * 10 + u32::from(c - b'0')) % 97,
        _ => (rest * 100 + u32::from(c - b'A') + 10) % 97,
    });
    rest == 1
}

/// The runs of wanted characters in a text, with at most one joiner between two of them, without the joiners.
fn runs(text: &str, wanted: impl Fn(char) -> bool, joins: impl Fn(char) -> bool) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut before = None;
    for c in text.chars() {
        if wanted(c) {
            all.last_mut().expect("there is always one").push(c);
        } else if !(joins(c) && before.is_some_and(&wanted)) {
            all.push(String::new());
        }
        before = Some(c);
    }
    all.retain(|run| !run.is_empty());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, goes: Goes, carries: Carries) -> Vec<String> {
        findings(text, goes, carries).iter().map(Finding::message).collect()
    }

    #[test]
    fn card_numbers_are_found_however_they_are_grouped_and_other_numbers_are_not() {
        let table: &[(&str, &[&str])] = &[
            ("4111111111111111", &["1111"]),
            ("Card 4111 1111 1111 1111.", &["1111"]),
            ("4111-1111-1111-1111, thanks", &["1111"]),
            ("4111.1111.1111.1111", &["1111"]),
            ("378282246310005", &["0005"]),
            ("3782 822463 10005 and 5555 5555 5555 4444", &["0005", "4444"]),
            ("3782 822463 10005, and 5555 5555 5555 4444", &["0005", "4444"]),
            ("4222222222222", &["2222"]),
            ("6304000000000000000", &["0000"]),
            ("4111 1111 1111 1112", &[]),
            ("4111  1111  1111  1111", &[]),
            ("0000 0000 0000 0000", &[]),
            ("41111111111111111111111", &[]),
            ("Ticket 1042, payment 12345678", &[]),
            ("+44 20 7946 0958 on 2026-11-22", &[]),
            ("0190f3c2-7c1e-7d3a-9b1f-2f6f0a8b4c5d", &[]),
            ("4111 1111 1111 1111 and again 4111111111111111", &["1111"]),
            ("", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(cards(text), *expected, "{text}");
        }
    }

    #[test]
    fn ibans_are_found_in_groups_in_sentences_and_in_small_letters() {
        let table: &[(&str, &[&str])] = &[
            ("DE89370400440532013000", &["DE…3000"]),
            ("IBAN: DE89 3704 0044 0532 0130 00 please", &["DE…3000"]),
            ("gb82 west 1234 5698 7654 32", &["GB…5432"]),
            ("NO93 8601 1117 947", &["NO…7947"]),
            ("MT84MALT011000012345MTLCAST001S.", &["MT…001S"]),
            ("to GB82WEST12345698765432 and FR1420041010050500013M02606", &["GB…5432", "FR…2606"]),
            ("DE89370400440532013001", &[]),
            ("XDE89370400440532013000", &[]),
            ("Order DE12 was sent to you", &[]),
            ("Überweisung an DE89370400440532013000", &["DE…3000"]),
            ("", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(ibans(text), *expected, "{text}");
        }
    }

    #[test]
    fn a_promised_file_is_missed_in_several_languages_and_not_in_quotes() {
        let table = [
            ("Please see the attached form.", Some("attached")),
            ("ATTACHMENT below", Some("attachment")),
            ("I have enclosed it", Some("enclosed")),
            ("Im Anhang finden Sie", Some("anhang")),
            ("Vous trouverez ci-joint", Some("ci-joint")),
            ("Le adjunto la factura", Some("adjunto")),
            ("In bijlage", Some("bijlage")),
            ("Файл во вложении", Some("во вложении")),
            ("请看附件。", Some("附件")),
            ("資料を添付します", Some("添付")),
            ("تجد المستند في المرفق", Some("المرفق")),
            ("The card is unattached", None),
            ("> see attached\nWe got it.", None),
            ("We got your form.", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(promises_file(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_looked_for_depends_on_where_it_goes_and_what_it_carries() {
        let all = "Dear {customer.name}, attached: 4111 1111 1111 1111";
        let table: &[(Goes, Carries, &[&str])] = &[
            (
                Goes::Out,
                Carries::Nothing,
                &[
                    "This holds what looks like a card number, ending in 1111.",
                    "This still has {customer.name} to be filled in.",
                    "This says “attached”, and no file is attached.",
                ],
            ),
            (
                Goes::Out,
                Carries::Files,
                &[
                    "This holds what looks like a card number, ending in 1111.",
                    "This still has {customer.name} to be filled in.",
                ],
            ),
            (Goes::Inside, Carries::Nothing, &["This holds what looks like a card number, ending in 1111."]),
        ];
        for (goes, carries, expected) in table {
            assert_eq!(said(all, *goes, *carries), *expected, "{goes:?} {carries:?}");
        }
        assert!(said("Your refund is on its way.", Goes::Out, Carries::Nothing).is_empty());
    }

    #[test]
    fn only_known_placeholders_stop_a_reply_and_each_is_named_once() {
        for (text, names) in [
            ("Dear {customer.name}, {customer.name}: {ticket.number}", &["customer.name", "ticket.number"][..]),
            ("Send {\"amount\": 5} to /payments/{id}", &[]),
            ("", &[]),
        ] {
            assert_eq!(unresolved(text), names, "{text}");
        }
    }
}
