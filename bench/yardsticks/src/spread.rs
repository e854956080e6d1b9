//! How a number of durations is spread.

use serde_json::{Value, json};
use std::time::Duration;

#[derive(Default)]
pub struct Spread(Vec<Duration>);

impl Spread {
    pub fn add(&mut self, one: Duration) {
        self.0.push(one);
    }

    /// Percentiles in milliseconds, and how many went in a second.
    pub fn told(mut self) -> Value {
        self.0.sort_unstable();
        let at = |part: usize| self.0.get(self.0.len() * part / 100).map_or(0.0, |one| one.as_secs_f64() * 1000.0);
        let sum: Duration = self.0.iter().sum();
        json!({ "p50": at(50), "p90": at(90), "p99": at(99), "rate": self.0.len() as f64 / sum.as_secs_f64() })
    }
}
