//! Texts of load data, put together from words, so that searching and listing have something like real work to do.

use crate::dice::Dice;
use contract::ticket::Category;
use std::collections::HashSet;

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
/// What every text is full of, the most frequent first.
const COMMON: &str = "\
    the to and you i it is of a in for your we that my not was have on with this be are from can at please as \
    but our has will by an if no so been me do they what which when there one all would were more any also \
    after only out up had their some how then about than could back them other did over into see now get \
    again today still us time just day very should first who here his its made may since before where two \
    while both each such through under between last same next own within without against during yet why off \
    too";
/// What people write to a payments company about, the most frequent first.
const TRADE: &str = "\
    payment account card refund bank amount order transfer thank team help support statement booked money \
    customer merchant receipt transaction balance invoice fee limit reference email number address name date \
    charge currency exchange rate confirm confirmation received pending declined approved processed checked \
    attached document verification identity passport security code password login device browser error \
    message screen page button download upload webhook signature request response timeout server sandbox \
    production test live settlement payout schedule standing weekly monthly duplicate missing wrong correct \
    corrected restored blocked unblocked expired renewed replaced delivered shipped cancelled subscription \
    plan upgrade discount coupon tax threshold chargeback dispute evidence deadline decision appeal regulator \
    complaint compliance sanction screening beneficiary sender recipient intermediary correspondent routing \
    clearing reconciliation ledger journal report export spreadsheet column total subtotal rounding cent euro \
    dollar pound franc krona yen terminal contactless chip reader battery firmware cable printer shop store \
    website checkout basket cart redirect callback notification reminder overdue collection instalment credit \
    debit overdraft interest mortgage insurance policy claim agreement contract signed unsigned expires \
    annual quarterly branch office colleague manager director accountant auditor bookkeeper assistant weekend \
    holiday morning afternoon evening yesterday tomorrow week month year hour minute urgent patience apology \
    inconvenience solved unresolved escalated reopened followed";
/// What the rest of the vocabulary is made of: names, towns, products, slips of the pen.
const BEGINNINGS: &[&str] = &[
    "al", "bar", "cor", "den", "el", "fer", "gran", "hol", "in", "jas", "kel", "lor", "mar", "nor", "or", "pel",
    "quin", "ros", "sal", "tor", "ul", "ver", "wil", "xan", "yor", "zel", "bran", "cal", "dor", "fin",
];
const MIDDLES: &[&str] =
    &["a", "e", "i", "o", "u", "an", "en", "il", "or", "us", "ar", "et", "ol", "im", "ad", "ev", "os", "um"];
const ENDINGS: &[&str] = &[
    "berg", "dale", "field", "ford", "ham", "ia", "ic", "ing", "ite", "ler", "ling", "ment", "mont", "ner", "ora",
    "port", "ra", "son", "stad", "ster", "tek", "ton", "ville", "worth", "ys",
];
/// Words in the vocabulary.
const WORDS: usize = 12_000;
/// Faces of the loaded die that picks a word: rare words have a few, the most frequent has a tenth of all.
const FACES: usize = 1 << 20;
/// Messages that have a reference in common, when there are many; one in [`REFERENCE_IN`] names one.
pub const RARE: u64 = 20;
const REFERENCE_IN: u64 = 10;

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

/// Writes messages: words of a large vocabulary, as often as in real texts, where the second is half as frequent as the
/// first, the third a third (Zipf), and here and there a reference that few others have.
pub struct Texts {
    words: Vec<String>,
    /// Which word each face of the die is.
    faces: Vec<u16>,
    /// How many references there are.
    references: u64,
    written: u64,
}

impl Texts {
    /// For so many texts.
    pub fn new(messages: u64) -> Self {
        let words = vocabulary();
        let whole: f64 = (1..=words.len()).map(|rank| 1.0 / rank as f64).sum();
        let faces = words.iter().enumerate().flat_map(|(index, _)| {
            let share = (FACES as f64 / (whole * (index + 1) as f64)).round().max(1.0) as usize;
            std::iter::repeat_n(u16::try_from(index).expect("a vocabulary of thousands"), share)
        });
        Self { faces: faces.collect(), words, references: (messages / (RARE * REFERENCE_IN)).max(1), written: 0 }
    }

    /// Some sentences, in one paragraph or two.
    pub fn message(&mut self, dice: &mut Dice) -> String {
        let mut text = String::with_capacity(256);
        let sentences = dice.between(1, 6);
        for nth in 0..sentences {
            if nth > 0 {
                text.push_str(if nth == 3 { "\n\n" } else { " " });
            }
            self.sentence(&mut text, dice);
        }
        if self.written.is_multiple_of(REFERENCE_IN) {
            text.push_str(" Our reference is ");
            text.push_str(&reference(self.written / REFERENCE_IN % self.references));
            text.push('.');
        }
        self.written += 1;
        text
    }

    fn sentence(&self, text: &mut String, dice: &mut Dice) {
        let start = text.len();
        for nth in 0..dice.between(4, 12) {
            if nth > 0 {
                text.push(' ');
            }
            let face = usize::from(*dice.pick(&self.faces));
            text.push_str(&self.words[face]);
        }
        if let Some(first) = text.get_mut(start..=start) {
            first.make_ascii_uppercase();
        }
        text.push('.');
    }
}

/// The reference of this number: seven letters and digits, as hard to guess as real ones.
pub fn reference(number: u64) -> String {
    // An odd factor makes each number another one below 2³⁰, far from its neighbours'.
    let mut rest = (number + 7) * 715_225_739 % (1 << 30);
    let digits = (0..6).map(|_| {
        let digit = u32::try_from(rest % 32).expect("below 32");
        rest /= 32;
        char::from_digit(digit, 32).expect("a digit")
    });
    format!("q{}", digits.collect::<String>())
}

/// All words, the most frequent first, and none twice.
fn vocabulary() -> Vec<String> {
    let mut words: Vec<String> = COMMON.split(' ').chain(TRADE.split(' ')).map(str::to_owned).collect();
    let mut known: HashSet<String> = words.iter().cloned().collect();
    let mut dice = Dice::new(WORDS as u64);
    while words.len() < WORDS {
        let middles = (0..dice.between(1, 4)).map(|_| *dice.pick::<&str>(MIDDLES)).collect::<String>();
        let word = format!("{}{middles}{}", dice.pick(BEGINNINGS), dice.pick(ENDINGS));
        if known.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_reference_is_the_beginning_of_another_and_none_comes_twice() {
        let all: HashSet<_> = (0..25_000).map(reference).collect();
        assert_eq!(all.len(), 25_000);
        assert!(all.iter().all(|word| word.len() == 7));
    }

    #[test]
    fn frequent_words_come_often_and_rare_ones_now_and_then() {
        let mut texts = Texts::new(4_000);
        let mut dice = Dice::new(1);
        let all: Vec<_> = (0..4_000).map(|_| texts.message(&mut dice).to_lowercase()).collect();
        let with = |word: &str| all.iter().filter(|text| text.split([' ', '.', '\n']).any(|one| one == word)).count();
        assert!((1_600..3_000).contains(&with("and")), "{} messages with \"and\"", with("and"));
        assert!((4..200).contains(&with("reconciliation")), "{} with \"reconciliation\"", with("reconciliation"));
        assert_eq!(with(&reference(0)), RARE as usize);
    }
}
