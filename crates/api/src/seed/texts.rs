//! Texts of load data, put together from words, so that searching and listing have something like real work to do.

use crate::dice::Dice;
use contract::ticket::Category;

const FIRST: &[&str] = &[
    "Ana", "Bilal", "Chloe", "Deniz", "Emeka", "Freya", "Goran", "Hana", "Ivan", "Jia", "Kofi", "Leila", "Marek",
    "Nadia", "Oscar", "Pilar", "Quinn", "Rosa", "Selin", "Tariq", "Uma", "Viktor", "Wanda", "Xavier", "Yara", "Zoltan",
];
const LAST: &[&str] = &[
    "Abara", "Bauer", "Castro", "Dogan", "Eriksen", "Ferrari", "Garcia", "Hughes", "Ito", "Jensen", "Khan", "Lopez",
    "Mbeki", "Novak", "Ozturk", "Petrov", "Quispe", "Rossi", "Schmidt", "Tanaka", "Ueda", "Varga", "Weiss", "Xu",
    "Yilmaz",
];
const COMPANY: &[&str] =
    &["Trading", "Logistics", "Foods", "Textiles", "Media", "Travel", "Tools", "Books", "Energy", "Design"];
const OBJECTS: &[(&str, Category)] = &[
    ("payment", Category::Payment),
    ("invoice", Category::Payment),
    ("refund", Category::Refund),
    ("card", Category::Card),
    ("transfer", Category::Transfer),
    ("standing order", Category::Transfer),
    ("account", Category::Account),
    ("verification", Category::Verification),
    ("webhook", Category::Technical),
    ("statement download", Category::Technical),
    ("question about fees", Category::Other),
];
const TROUBLES: &[&str] = &[
    "is missing",
    "was made twice",
    "is pending for days",
    "was declined",
    "shows the wrong amount",
    "cannot be opened",
    "went to somebody else",
    "is not accepted",
    "takes too long",
    "has the wrong date",
];
const SENTENCES: &[&str] = &[
    "It worked until last week.",
    "The amount on the statement differs from the one in the order.",
    "I tried again with another browser and got the same message.",
    "Please tell me what you need from me.",
    "The bank says that everything is fine on their side.",
    "We need this before the end of the month.",
    "The merchant sent me to you.",
    "I attached nothing, because there is no error message.",
    "It is the third time that this happens.",
    "The reference is printed on the receipt.",
    "Could you check the exchange rate as well?",
    "Thank you for looking into it.",
    "I have looked into your case and found the entry.",
    "The other bank was asked to return the amount.",
    "It should be booked within three working days.",
    "Could you send us the last four digits of the card?",
    "The limit was raised for one day.",
    "We have restored the setting and will watch it.",
];

/// A person's name, the same for the same number.
pub fn person(number: u64) -> String {
    let first = FIRST[usize::try_from(number % FIRST.len() as u64).expect("below the list's length")];
    let rest = number / FIRST.len() as u64;
    let last = LAST[usize::try_from(rest % LAST.len() as u64).expect("below the list's length")];
    format!("{first} {last}")
}

/// A company's name that no other number has.
pub fn company(number: u64, dice: &mut Dice) -> String {
    format!("{} {} {number}", dice.pick(LAST), dice.pick(COMPANY))
}

/// What a ticket is about: its category and subject.
pub fn concern(dice: &mut Dice) -> (Category, String) {
    let (object, category) = *dice.pick(OBJECTS);
    (category, format!("My {object} {} ({})", dice.pick(TROUBLES), dice.between(1_000, 100_000)))
}

/// Some sentences.
pub fn message(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..dice.between(2, 7) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(dice.pick::<&str>(SENTENCES));
    }
    text
}
