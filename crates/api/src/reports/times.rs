//! How long something took, over all tickets of a report. Medians need every time, but not in order: times are counted by
//! buckets as they come, and then only those in the buckets where the middle and the p90 lie are compared. Answers what
//! [`ReportTimes::of`] answers, exactly, without all of them in one place.

use contract::report::ReportTimes;

/// Buckets are as fine as so many leading bits of a time.
const FINE: u32 = 8;
/// One for what is less than nothing, then one for each time of so many bits, and half as many for each further bit.
const BUCKETS: usize = 1 + (1 << FINE) + ((63 - FINE as usize) << (FINE - 1));

/// Times, counted.
pub struct Times {
    count: usize,
    sum: i64,
    buckets: Vec<u32>,
}

/// Those in the middle and at the p90 are being looked for, among the same times.
pub struct Ranked {
    count: usize,
    sum: i64,
    sought: [Sought; 3],
}

/// The time at a rank of a bucket.
struct Sought {
    bucket: usize,
    rank: usize,
    /// The times of the bucket.
    found: Vec<i64>,
}

impl Default for Times {
    fn default() -> Self {
        Self { count: 0, sum: 0, buckets: vec![0; BUCKETS] }
    }
}

impl Times {
    /// Counts one, in seconds.
    pub fn count(&mut self, seconds: i64) {
        self.count += 1;
        self.sum += seconds;
        self.buckets[bucket(seconds)] += 1;
    }

    /// All are counted: now the same times are to be shown again.
    pub fn ranked(self) -> Ranked {
        let last = self.count.saturating_sub(1);
        // The two in the middle, which are one when the count is odd, and the least that nine of ten do not exceed.
        let ranks = [last / 2, self.count / 2, (self.count * 9).div_ceil(10).saturating_sub(1)];
        Ranked { count: self.count, sum: self.sum, sought: ranks.map(|rank| self.at(rank)) }
    }

    fn at(&self, rank: usize) -> Sought {
        let mut before = 0;
        for (bucket, count) in self.buckets.iter().enumerate() {
            let count = *count as usize;
            if rank < before + count {
                return Sought { bucket, rank: rank - before, found: Vec::with_capacity(count) };
            }
            before += count;
        }
        Sought { bucket: BUCKETS, rank: 0, found: Vec::new() }
    }
}

impl Ranked {
    /// Looks at some of the times.
    pub fn look(&mut self, seconds: &[i64]) {
        for seconds in seconds {
            let bucket = bucket(*seconds);
            for sought in &mut self.sought {
                if sought.bucket == bucket {
                    sought.found.push(*seconds);
                }
            }
        }
    }

    /// What they come to, once all were looked at.
    pub fn times(self) -> ReportTimes {
        let [lower, upper, p90] = self.sought.map(Sought::time);
        let Ok(count) = i64::try_from(self.count) else { return ReportTimes::default() };
        ReportTimes {
            tickets: count,
            average_seconds: self.sum.checked_div(count),
            median_seconds: lower.zip(upper).map(|(lower, upper)| (lower + upper) / 2),
            p90_seconds: p90,
        }
    }
}

impl Sought {
    fn time(mut self) -> Option<i64> {
        (self.rank < self.found.len()).then(|| *self.found.select_nth_unstable(self.rank).1)
    }
}

/// Where a time is counted: never before a lesser one.
fn bucket(seconds: i64) -> usize {
    let Ok(seconds) = u64::try_from(seconds) else { return 0 };
    let coarser = (u64::BITS - FINE).saturating_sub(seconds.leading_zeros());
    1 + ((coarser as usize) << (FINE - 1)) + (seconds >> coarser) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    fn times(groups: &[&[i64]]) -> ReportTimes {
        let mut times = Times::default();
        for seconds in groups.iter().copied().flatten() {
            times.count(*seconds);
        }
        let mut ranked = times.ranked();
        for seconds in groups {
            ranked.look(seconds);
        }
        ranked.times()
    }

    #[test]
    fn times_come_to_what_the_contract_says() {
        let mut dice = Dice::new(7);
        let mut lots: Vec<Vec<i64>> = vec![
            vec![],
            vec![0],
            vec![7],
            vec![300, 60],
            vec![1, 2, 3, 100],
            (1..=10).rev().collect(),
            (0..1_000).collect(),
            vec![5; 99],
            vec![i64::MAX, 0],
            vec![-5, -1, 3, -1],
            vec![4_294_967_296, 4_294_967_295, 1],
        ];
        for length in [2, 3, 10, 11, 500, 4_999] {
            let reach = [2, 1_000, 100_000, u64::from(u32::MAX)];
            lots.extend(reach.map(|reach| (0..length).map(|_| (dice.roll() % reach) as i64).collect()));
        }
        for lot in lots {
            let expected = ReportTimes::of(lot.clone());
            assert_eq!(times(&[&lot]), expected, "{lot:?}");
            let (some, others) = lot.split_at(lot.len() / 3);
            assert_eq!(times(&[some, &[], others]), expected, "{lot:?} in parts");
        }
    }

    #[test]
    fn a_longer_time_is_in_no_earlier_bucket() {
        let mut edges = vec![i64::MIN, -1, 0, i64::MAX - 1, i64::MAX];
        for bit in 0..62 {
            edges.extend([-1, 0, 1].map(|by| (1_i64 << bit) + by));
            edges.push((1_i64 << bit) / 128 * 129);
        }
        edges.sort_unstable();
        let buckets: Vec<_> = edges.iter().map(|seconds| bucket(*seconds)).collect();
        assert!(buckets.is_sorted(), "{buckets:?}");
        assert_eq!((buckets[0], buckets.last()), (0, Some(&(BUCKETS - 1))));
        assert_eq!([bucket(255), bucket(256), bucket(257), bucket(258)], [256, 257, 257, 258]);
    }
}
