//! The tickets to be made, one after the other: when each was filed, how long its thread is, where it stands.

use super::{TOGETHER, life::Life, people::People, people::SPAN, texts::Texts};
use crate::{
    clock::{Ids, Timestamp},
    dice::Dice,
};
use contract::ticket::Status;
use std::sync::Arc;

/// The dice fall alike at every size, so that the same number gives the same data.
const SEED: u64 = 0x5EED;
/// One ticket in so many has a thread of [`LONG`] messages.
const LONG_IN: u64 = 1_000;
const LONG: u64 = 200;

/// How far the work has come.
pub struct Work {
    pub dice: Dice,
    pub ids: Ids,
    pub texts: Texts,
    pub people: Arc<People>,
    pub now: Timestamp,
    /// The number of the next ticket.
    pub number: i64,
    tickets: u64,
    /// Messages of threads that are not long.
    messages: u64,
    long: u64,
    done: u64,
    /// Messages that tickets so far could have had but did not: a later one gets them.
    pool: u64,
}

impl Work {
    pub fn new(people: Arc<People>, now: Timestamp, number: i64, tickets: u64, messages: u64) -> Self {
        let long = (tickets / LONG_IN).min(messages / (2 * LONG));
        Self {
            dice: Dice::new(SEED),
            ids: Ids::default(),
            texts: Texts::new(tickets + messages),
            people,
            now,
            number,
            tickets,
            messages: messages - long * LONG,
            long,
            done: 0,
            pool: 0,
        }
    }

    fn next_life(&mut self) -> Life {
        let share = |done: u64| u64::try_from(u128::from(self.messages) * u128::from(done) / u128::from(self.tickets));
        self.pool += share(self.done + 1).unwrap_or(0) - share(self.done).unwrap_or(0);
        self.done += 1;
        let age = i128::from(SPAN) * i128::from(self.tickets - self.done) / i128::from(self.tickets);
        let filed = self.now.plus_seconds(-i64::try_from(age).unwrap_or(SPAN) - 86_400);
        let messages = self.thread();
        let status = self.status();
        Life::live(self, filed, messages, status)
    }

    /// Most threads are short, one in a thousand is long, one in fifty takes what the others left, and the last takes all.
    fn thread(&mut self) -> u64 {
        if self.done % LONG_IN == LONG_IN / 2 && self.long > 0 {
            self.long -= 1;
            return LONG;
        }
        let usual = 1 + self.messages / self.tickets;
        let taken = if self.done == self.tickets || self.dice.falls(2) {
            self.pool
        } else {
            self.pool.min(self.dice.roll() % (2 * usual))
        };
        self.pool -= taken;
        taken + if self.done == self.tickets { std::mem::take(&mut self.long) * LONG } else { 0 }
    }

    /// Old tickets are closed, of the latest fifth every other is.
    fn status(&mut self) -> Status {
        let closed = if self.done * 5 < self.tickets * 4 { 98 } else { 50 };
        if self.dice.falls(closed) {
            return Status::Closed;
        }
        *self.dice.pick(&[Status::Open, Status::InProgress, Status::Waiting, Status::Completed])
    }
}

impl Iterator for Work {
    type Item = Vec<Life>;

    fn next(&mut self) -> Option<Self::Item> {
        let count = TOGETHER.min(self.tickets - self.done);
        (count > 0).then(|| (0..count).map(|_| self.next_life()).collect())
    }
}
