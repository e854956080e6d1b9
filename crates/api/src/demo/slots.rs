//! Filling the slots of a story: amounts, merchants, dates, so that no two tickets read alike.

use super::{people::first_name, story::Language};
use crate::{clock::Timestamp, dice::Dice};

const MERCHANTS: &[&str] = &[
    "Fjällstuga",
    "Kitchen & Co",
    "Bluebird Books",
    "Velo Nord",
    "Casa Lumen",
    "TechHalle",
    "Green Basket",
    "Atlas Shoes",
];
const CITIES: &[&str] = &["Lisbon", "Osaka", "Nairobi", "Montréal", "Istanbul", "Kraków", "Dubai", "São Paulo"];
const ALPHABET: &[u8] = b"23456789abcdefghjkmnpqrstuvwxyz";

/// The particulars of one ticket.
#[derive(Clone, Debug)]
pub struct Slots {
    pub payment: String,
    pairs: Vec<(&'static str, String)>,
}

impl Slots {
    /// Particulars of a ticket that `customer` files at this time.
    pub fn new(dice: &mut Dice, customer: &str, language: Language, filed: Timestamp) -> Self {
        let payment: String = (0..12).map(|_| char::from(*dice.pick(ALPHABET))).collect();
        let payment = format!("pay_{payment}");
        let days = dice.between(1, 12);
        let pairs = vec![
            ("{first}", first_name(customer).to_owned()),
            ("{amount}", money(language, dice.between(1_900, 98_000))),
            ("{small}", money(language, dice.between(150, 2_400))),
            ("{merchant}", (*dice.pick(MERCHANTS)).to_owned()),
            ("{city}", (*dice.pick(CITIES)).to_owned()),
            ("{card}", format!("{:04}", dice.between(0, 10_000))),
            ("{date}", filed.plus_seconds(-days * 86_400).date()),
            ("{payment}", payment.clone()),
        ];
        Self { payment, pairs }
    }

    /// The text with its slots filled.
    pub fn fill(&self, text: &str) -> String {
        self.pairs.iter().fold(text.to_owned(), |filled, (slot, value)| filled.replace(slot, value))
    }
}

fn money(language: Language, minor: i64) -> String {
    let (units, cents) = (minor / 100, minor % 100);
    match language {
        Language::En => format!("€{units}.{cents:02}"),
        Language::De | Language::Es => format!("{units},{cents:02} €"),
        Language::Pl => format!("{},{cents:02} zł", units * 4),
        Language::Tr => format!("{},{cents:02} TL", units * 40),
        Language::Ar => format!("{}.{cents:02} درهم", units * 4),
        Language::Zh => format!("¥{}.{cents:02}", units * 8),
    }
}
