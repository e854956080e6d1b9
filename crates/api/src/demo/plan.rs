//! What happens in the demo: which ticket, whose, how far it has come, and when each step was.
//!
//! The steps of all tickets are played in the order of their times, so that numbers and events grow as in real life.

use super::{
    people::PEOPLE,
    slots::Slots,
    stories, stories_abroad,
    story::{Language, Story},
};
use crate::{clock::Timestamp, dice::Dice};
use contract::{
    Role,
    ticket::{Channel, Status},
};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The customer who signs in first, and those who can look over their shoulder.
const MIRA: usize = 0;
const COLLEAGUE: usize = 1;
const SAM: usize = 31;
const STAFF: [usize; 4] = [SAM, 32, 33, 34];
pub const ADMIN: usize = 35;

/// What Mira writes about, in the order of [`SHARES`], so that no two of her tickets are alike.
const HERS: [usize; 7] = [5, 0, 14, 21, 22, 11, 4];

/// How many tickets end up in each status. Of the open ones every other is nobody's yet.
const SHARES: [(Status, usize); 5] = [
    (Status::Open, 34),
    (Status::InProgress, 36),
    (Status::Waiting, 28),
    (Status::Completed, 34),
    (Status::Closed, 60),
];

/// A ticket of the demo.
pub struct Script {
    pub customer: usize,
    pub worker: usize,
    pub story: &'static Story,
    pub slots: Slots,
    /// Which subject and which opening.
    pub variant: usize,
    pub steps: Vec<(Timestamp, Step)>,
}

/// One thing that somebody did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    File {
        follow_up_of: Option<usize>,
    },
    /// Staff files it after a call or letter.
    FileFor {
        channel: Channel,
    },
    Claim,
    Assign,
    Ask {
        then: Option<Status>,
    },
    Answer,
    Note,
    Solve,
    CompleteForWorker,
    /// The customer closes.
    Thank {
        rating: Option<i64>,
    },
    /// The admin closes.
    Shelve,
    EscalateByCustomer,
    EscalateByWorker,
    FollowByColleague,
    FollowByStaff(usize),
    StartLater {
        days: i64,
    },
    Look(usize),
}

/// The whole demo, up to `now`.
pub fn scripts(now: Timestamp, dice: &mut Dice) -> Vec<Script> {
    let mut scripts: Vec<Script> = Vec::new();
    let mut hers = HERS.iter();
    for (status, count) in SHARES {
        for nth in 0..count {
            let customer = customer(status, nth, dice);
            let hers = if customer == MIRA { hers.next() } else { None };
            let story = hers.map_or_else(|| story(PEOPLE[customer].speaks, dice), |story| &stories::STORIES[*story]);
            let worker = if customer == MIRA && nth == 0 { SAM } else { STAFF[nth / 2 % STAFF.len()] };
            scripts.push(script(now, Cast { customer, worker, story }, status, nth, dice));
        }
    }
    follow_ups(now, &mut scripts, dice);
    scripts
}

/// Mira has one or two of each status; the others as chance has it.
fn customer(status: Status, nth: usize, dice: &mut Dice) -> usize {
    let hers = if status == Status::Closed || status == Status::InProgress { 2 } else { 1 };
    if nth < hers {
        return MIRA;
    }
    let customers = PEOPLE.iter().filter(|person| person.role == Role::Customer).count();
    let chosen = dice.between(1, i64::try_from(customers).expect("a few dozen"));
    usize::try_from(chosen).expect("an index")
}

/// Who is concerned, and with what.
struct Cast {
    customer: usize,
    worker: usize,
    story: &'static Story,
}

fn script(now: Timestamp, cast: Cast, status: Status, nth: usize, dice: &mut Dice) -> Script {
    let Cast { customer, worker, story } = cast;
    let (age, quiet) = span(status, dice);
    let filed = now.plus_seconds(-age);
    let slots = Slots::new(dice, PEOPLE[customer].name, story.language, filed);
    let steps = steps(customer, worker, status, nth, dice);
    let mut steps = spread(now, age, quiet, steps, dice);
    if quiet > DAY {
        let later = now.plus_seconds(-quiet + HOUR);
        steps.push((later, Step::Look(ADMIN)));
        steps.extend((status == Status::Closed).then_some((later, Step::Look(worker))));
    }
    let variant = usize::try_from(dice.between(0, 12)).expect("small");
    Script { customer, worker, story, slots, variant, steps }
}

/// Mostly in their own language, sometimes in English.
fn story(language: Language, dice: &mut Dice) -> &'static Story {
    let own: Vec<_> = stories_abroad::STORIES.iter().filter(|story| story.language == language).collect();
    if own.is_empty() || dice.falls(25) { dice.pick(stories::STORIES) } else { dice.pick::<&Story>(&own) }
}

/// How long ago it was filed, and how long nothing has happened, in seconds.
fn span(status: Status, dice: &mut Dice) -> (i64, i64) {
    let age = match status {
        Status::Open => dice.between(12 * MINUTE, 3 * DAY),
        Status::InProgress => dice.between(5 * HOUR, 9 * DAY),
        Status::Waiting => dice.between(DAY, 15 * DAY),
        Status::Completed => dice.between(2 * DAY, 22 * DAY),
        Status::Closed => dice.between(8 * DAY, 60 * DAY),
    };
    let quiet = match status {
        Status::Closed => age - dice.between(6 * HOUR, 7 * DAY),
        _ => dice.between(3 * MINUTE, age / 2),
    };
    (age, quiet)
}

fn steps(customer: usize, worker: usize, status: Status, nth: usize, dice: &mut Dice) -> Vec<Step> {
    let mut steps = vec![Step::File { follow_up_of: None }];
    if nth % 17 == 5 {
        let channel = if dice.falls(70) { Channel::Phone } else { Channel::Letter };
        steps[0] = Step::FileFor { channel };
    }
    if customer <= COLLEAGUE + 2 && customer != COLLEAGUE && dice.falls(40) && PEOPLE[customer].organization == Some(0)
    {
        steps.push(Step::FollowByColleague);
    }
    if status == Status::Open && nth.is_multiple_of(2) {
        return steps;
    }
    steps.push(if dice.falls(50) { Step::Claim } else { Step::Assign });
    match status {
        Status::Open => {
            if nth % 6 == 1 {
                steps.push(Step::StartLater { days: dice.between(2, 12) });
            }
        }
        Status::InProgress => worked_on(&mut steps, worker, nth, dice),
        Status::Waiting => {
            if dice.falls(50) {
                steps.push(Step::Note);
            }
            steps.push(Step::Ask { then: Some(Status::Waiting) });
        }
        Status::Completed => {
            solved(&mut steps, dice);
            if nth % 9 == 4 {
                steps.pop();
                steps.push(Step::CompleteForWorker);
            }
        }
        Status::Closed => closed(&mut steps, nth, dice),
    }
    steps
}

fn worked_on(steps: &mut Vec<Step>, worker: usize, nth: usize, dice: &mut Dice) {
    steps.push(Step::Ask { then: None });
    if !nth.is_multiple_of(3) {
        steps.extend([Step::Answer, Step::Note]);
    }
    if nth % 5 == 1 {
        steps.push(Step::EscalateByCustomer);
    }
    if nth % 11 == 3 {
        steps.push(Step::EscalateByWorker);
    }
    if nth % 4 == 2 {
        let others: Vec<_> = STAFF.into_iter().filter(|person| *person != worker).collect();
        steps.push(Step::FollowByStaff(*dice.pick(&others)));
    }
    if dice.falls(60) {
        steps.push(Step::Look(worker));
    }
}

fn solved(steps: &mut Vec<Step>, dice: &mut Dice) {
    let then = dice.falls(60).then_some(Status::Waiting);
    steps.extend([Step::Ask { then }, Step::Answer]);
    if dice.falls(70) {
        steps.push(Step::Note);
    }
    steps.push(Step::Solve);
}

fn closed(steps: &mut Vec<Step>, nth: usize, dice: &mut Dice) {
    if nth % 10 == 7 {
        steps.extend([Step::Ask { then: Some(Status::Waiting) }, Step::Shelve]);
        return;
    }
    solved(steps, dice);
    if nth % 12 == 3 {
        steps.insert(3, Step::EscalateByCustomer);
    }
    let rating = dice.falls(80).then(|| *dice.pick(&[5, 5, 5, 4, 4, 3, 2]));
    steps.push(Step::Thank { rating });
}

/// Gives each step its time: filed `age` seconds ago, the last `quiet` seconds ago.
fn spread(now: Timestamp, age: i64, quiet: i64, steps: Vec<Step>, dice: &mut Dice) -> Vec<(Timestamp, Step)> {
    let gaps: Vec<i64> = steps.iter().skip(1).map(|_| dice.between(1, 12)).collect();
    let whole: i64 = gaps.iter().sum::<i64>().max(1);
    let mut passed = 0;
    let mut times = vec![now.plus_seconds(-age)];
    for gap in gaps {
        passed += gap;
        times.push(now.plus_seconds(-age + (age - quiet) * passed / whole));
    }
    times.into_iter().zip(steps).collect()
}

/// A few tickets that were closed lately go on in a new one.
fn follow_ups(now: Timestamp, scripts: &mut Vec<Script>, dice: &mut Dice) {
    let closed = |script: &Script| {
        script.steps.iter().find(|(_, step)| matches!(step, Step::Thank { .. })).map(|(closed_at, _)| *closed_at)
    };
    let mut lately: Vec<(Timestamp, usize)> =
        scripts.iter().enumerate().filter_map(|(at, script)| Some((closed(script)?, at))).collect();
    lately.sort_unstable();
    for (nth, (closed_at, earlier)) in lately.into_iter().rev().take(7).enumerate() {
        let Script { customer, worker, story, slots, variant, .. } = &scripts[earlier];
        let left = (now.0 - closed_at.0) / 1000;
        let filed = closed_at.plus_seconds(dice.between(left / 2, left - HOUR));
        let mut steps = vec![(filed, Step::File { follow_up_of: Some(earlier) })];
        if nth.is_multiple_of(2) {
            steps.push((filed.plus_seconds(20 * MINUTE), Step::Claim));
            steps.push((filed.plus_seconds(40 * MINUTE), Step::Ask { then: None }));
        }
        let slots = slots.clone();
        scripts.push(Script { steps, customer: *customer, worker: *worker, story, slots, variant: *variant });
    }
}
