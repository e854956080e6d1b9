//! Chance that falls the same way every time: splitmix64 from a fixed seed, so that two demos show the same tickets.

/// A small generator of numbers.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice that fall alike for the same seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Any number.
    pub const fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `low` up to and without `high`.
    pub const fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.abs_diff(low);
        low.wrapping_add_unsigned(self.roll() % if span == 0 { 1 } else { span })
    }

    /// One of these.
    ///
    /// # Panics
    /// When there are none.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let index = self.roll() % of.len() as u64;
        &of[usize::try_from(index).expect("an index of a slice")]
    }

    /// Whether something happens that does so in `percent` of all cases.
    pub const fn falls(&mut self, percent: i64) -> bool {
        self.between(0, 100) < percent
    }
}
