//! Time to promotion and to leaving as competing risks.
//!
//! Who leaves can no longer be promoted: leaving is not "lost to follow-up", and one minus Kaplan and Meier's curve
//! would promote the leavers too. The Aalen-Johansen estimator gives the share to whom each end has happened by a
//! time, with people who come later (left truncation: at risk only from their entry on) and people still there at the
//! end (censoring):
//!
//! S(t) = Π (1 − d_j / n_j),  F_k(t) = Σ S(t_j−) d_kj / n_j.
//!
//! At one time, ends come before censorings, and who enters at t is at risk after t. Variance by the delta method
//! (Dinse and Larson 1986; Marubini and Valsecchi 1995, equation 10.12), limits on the scale of log(−log F), so
//! that they stay between 0 and 1. The mean time lost to a cause up to a horizon is the area under F_k (Andersen 2013,
//! Stat. Med. 32:5278); its interval is a bootstrap over people.
//!
//! Sources: Aalen and Johansen 1978, Scand. J. Stat. 5:141; Andersen and Keiding 2012, Stat. Med. 31:1074.
//!
//! *Limits.* The variance takes people as independent, which people of one firm are not (one post, two candidates):
//! within one run it is too small. Over replicates, compare the curves' values run by run instead. With few people
//! present early the curve of entrants is ragged: start it where enough are at risk.

use serde::Serialize;

use super::super::Interval;
use super::bootstrap::{Bootstrap, bootstrap};
use super::distributions::normal_quantile;

/// One person's time at risk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spell {
    /// From when on we would have seen an end.
    pub entry: f64,
    /// Time of the end, or until when the person was seen.
    pub exit: f64,
    /// How it ended, counted from 0; none if it had not.
    pub cause: Option<usize>,
}

/// Cumulative incidence of each cause.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompetingRisks {
    /// Times at which something ended, ascending.
    pub times: Vec<f64>,
    /// People at risk at each time.
    pub at_risk: Vec<usize>,
    /// Share without any end, after each time.
    pub free: Vec<f64>,
    /// By cause.
    pub causes: Vec<Incidence>,
}

/// The curve of one cause.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Incidence {
    /// Ends at each time.
    pub events: Vec<usize>,
    /// Share to whom it has happened, after each time.
    pub share: Vec<f64>,
    /// Its variance.
    pub variance: Vec<f64>,
}

/// The estimator. Spells that end where they begin, or before, or whose times are no numbers, carry no time at risk
/// and are left out.
pub fn aalen_johansen(spells: &[Spell], causes: usize) -> CompetingRisks {
    let known = |spell: &Spell| {
        spell.exit > spell.entry && spell.entry.is_finite() && spell.exit.is_finite()
    };
    let mut entries: Vec<f64> = spells
        .iter()
        .filter(|s| known(s))
        .map(|s| s.entry)
        .collect();
    entries.sort_by(f64::total_cmp);
    let mut exits: Vec<Spell> = spells.iter().copied().filter(known).collect();
    exits.sort_by(|a, b| a.exit.total_cmp(&b.exit));

    let mut found = CompetingRisks {
        times: Vec::new(),
        at_risk: Vec::new(),
        free: Vec::new(),
        causes: (0..causes)
            .map(|_| Incidence {
                events: Vec::new(),
                share: Vec::new(),
                variance: Vec::new(),
            })
            .collect(),
    };
    let mut free = 1.0;
    let mut sums = vec![Sums::default(); causes];
    let mut i = 0;
    while i < exits.len() {
        let time = exits[i].exit;
        let end = i + exits[i..].partition_point(|spell| spell.exit <= time);
        let mut events = vec![0_usize; causes];
        for cause in exits[i..end].iter().filter_map(|spell| spell.cause) {
            if let Some(count) = events.get_mut(cause) {
                *count += 1;
            }
        }
        let all: usize = events.iter().sum();
        let at_risk = entries.partition_point(|entry| *entry < time) - i;
        i = end;
        if all == 0 {
            continue;
        }
        let (n, d) = (at_risk as f64, all as f64);
        for (cause, own) in events.into_iter().enumerate() {
            let curve = &mut found.causes[cause];
            let before = curve.share.last().copied().unwrap_or(0.0);
            let share = before + free * own as f64 / n;
            curve.events.push(own);
            curve.share.push(share);
            curve
                .variance
                .push(sums[cause].add(share, free, n, d, own as f64));
        }
        free *= 1.0 - d / n;
        found.times.push(time);
        found.at_risk.push(at_risk);
        found.free.push(free);
    }
    found
}

/// Sums over the times so far, from which the variance at the next one follows.
#[derive(Debug, Clone, Default)]
struct Sums {
    /// Of a, a F and a F², a = d / (n (n − d)).
    greenwood: [f64; 3],
    /// Of S² d_k (n − d_k) / n³.
    own: f64,
    /// Of b and b F, b = S d_k / n².
    shared: [f64; 2],
}

impl Sums {
    fn add(&mut self, share: f64, free: f64, n: f64, d: f64, own: f64) -> f64 {
        // When the last person at risk has gone, F stays as it is and this term is zero ever after.
        let a = if n > d { d / (n * (n - d)) } else { 0.0 };
        let b = free * own / (n * n);
        for (sum, term) in self
            .greenwood
            .iter_mut()
            .zip([a, a * share, a * share * share])
        {
            *sum += term;
        }
        self.own += free * free * own * (n - own) / (n * n * n);
        self.shared[0] += b;
        self.shared[1] += b * share;
        let [a, af, aff] = self.greenwood;
        let variance = share * share * a - 2.0 * share * af + aff + self.own
            - 2.0 * (share * self.shared[0] - self.shared[1]);
        variance.max(0.0)
    }
}

impl CompetingRisks {
    /// Share with this end by a time, with its interval; none before the first end of any kind.
    pub fn by(&self, cause: usize, time: f64, confidence: f64) -> Option<Interval> {
        let at = self.times.partition_point(|t| *t <= time).checked_sub(1)?;
        let curve = self.causes.get(cause)?;
        Some(limits(curve.share[at], curve.variance[at], confidence))
    }

    /// Mean time lost to this cause up to a horizon: the area under its curve.
    pub fn time_lost(&self, cause: usize, horizon: f64) -> Option<f64> {
        Some(area(
            &self.times,
            &self.causes.get(cause)?.share,
            0.0,
            horizon,
        ))
    }

    /// Restricted mean time without any end up to a horizon, counted from 0.
    pub fn time_free(&self, horizon: f64) -> f64 {
        area(&self.times, &self.free, 1.0, horizon)
    }
}

/// Area under a step curve from 0 to the horizon.
fn area(times: &[f64], values: &[f64], start: f64, horizon: f64) -> f64 {
    let (mut sum, mut from, mut height) = (0.0, 0.0_f64, start);
    for (time, value) in times.iter().zip(values) {
        if *time >= horizon {
            break;
        }
        sum += height * (time - from).max(0.0);
        from = from.max(*time);
        height = *value;
    }
    sum + height * (horizon - from).max(0.0)
}

fn limits(share: f64, variance: f64, confidence: f64) -> Interval {
    if share <= 0.0 || share >= 1.0 {
        return Interval {
            estimate: share,
            lower: share,
            upper: share,
        };
    }
    let log = libm::log(share);
    let reach = normal_quantile(0.5 + 0.5 * confidence) * variance.sqrt() / (share * log.abs());
    let end = |by: f64| libm::exp(log * libm::exp(by));
    Interval {
        estimate: share,
        lower: end(reach),
        upper: end(-reach),
    }
}

/// Mean time lost to a cause with its bootstrap interval, people resampled.
pub fn time_lost_interval(
    spells: &[Spell],
    (causes, cause): (usize, usize),
    horizon: f64,
    how: &Bootstrap,
) -> Option<Interval> {
    bootstrap(spells, how, |spells| {
        aalen_johansen(spells, causes).time_lost(cause, horizon)
    })
}

#[cfg(test)]
mod tests {
    use super::super::Streams;
    use super::*;

    fn spell(entry: f64, exit: f64, cause: Option<usize>) -> Spell {
        Spell { entry, exit, cause }
    }

    #[test]
    fn by_hand_with_late_entry_ties_and_censoring() {
        let spells = [
            spell(0.0, 1.0, Some(0)),
            spell(0.0, 2.0, Some(1)),
            spell(0.0, 2.0, None),    // seen at 2, then lost: at risk there
            spell(1.0, 3.0, Some(0)), // comes at 1: at risk after 1
            spell(2.5, 4.0, None),
            spell(3.0, 3.0, Some(0)), // no time at risk
        ];
        let found = aalen_johansen(&spells, 2);
        assert_eq!(found.times, [1.0, 2.0, 3.0]);
        assert_eq!(found.at_risk, [3, 3, 2]);
        // S: 2/3, 2/3 * 2/3 = 4/9, 2/9;  F_0: 1/3, 1/3, 1/3 + 4/9 * 1/2;  F_1: 0, 2/3 * 1/3, 2/9
        for (found, expected) in [
            (&found.free, [2.0 / 3.0, 4.0 / 9.0, 2.0 / 9.0]),
            (&found.causes[0].share, [1.0 / 3.0, 1.0 / 3.0, 5.0 / 9.0]),
            (&found.causes[1].share, [0.0, 2.0 / 9.0, 2.0 / 9.0]),
        ] {
            for (a, b) in found.iter().zip(expected) {
                assert!((a - b).abs() < 1e-12, "{a} is not {b}");
            }
        }
        // 1/3 over [1, 3), 5/9 over [3, 5)
        assert!((found.time_lost(0, 5.0).unwrap() - (2.0 / 3.0 + 10.0 / 9.0)).abs() < 1e-12);
        // the three areas fill the whole
        let filled = found.time_free(5.0)
            + found.time_lost(0, 5.0).unwrap()
            + found.time_lost(1, 5.0).unwrap();
        assert!((filled - 5.0).abs() < 1e-12);
    }

    #[test]
    fn with_one_cause_and_no_censoring_the_variance_is_binomial() {
        let spells: Vec<Spell> = (1..=20)
            .map(|t| spell(0.0, f64::from(t), Some(0)))
            .collect();
        let found = aalen_johansen(&spells, 1);
        for (share, variance) in found.causes[0].share.iter().zip(&found.causes[0].variance) {
            assert!((variance - share * (1.0 - share) / 20.0).abs() < 1e-12);
        }
        let half = found.by(0, 10.5, 0.95).unwrap();
        assert!(half.lower > 0.27 && half.upper < 0.71, "{half:?}");
        assert!(found.by(0, 0.5, 0.95).is_none());
    }

    #[test]
    fn of_nobody_there_is_nothing() {
        let found = aalen_johansen(&[], 2);
        assert!(found.times.is_empty());
        assert_eq!(found.time_free(3.0), 3.0);
        assert_eq!(found.time_lost(0, 3.0), Some(0.0));
        assert_eq!(found.time_lost(2, 3.0), None);
    }

    #[test]
    fn late_entry_does_not_bend_the_curve() {
        // Two causes with hazards 0.2 and 0.1, 3,000 people; half are seen only from a time on, if still there.
        // F_0(5) = 2/3 (1 - e^-1.5) = 0.5179; standard error about 0.01, four of them.
        let streams = Streams::new(6, "late entry");
        let spells: Vec<Spell> = (0..3000)
            .filter_map(|person| {
                let mut stream = streams.stream(person);
                let end = -libm::log(1.0 - stream.uniform()) / 0.3;
                let cause = usize::from(stream.uniform() > 2.0 / 3.0);
                let entry = if person % 2 == 0 {
                    0.0
                } else {
                    4.0 * stream.uniform()
                };
                let seen = 6.0;
                (end > entry).then(|| {
                    if end < seen {
                        spell(entry, end, Some(cause))
                    } else {
                        spell(entry, seen, None)
                    }
                })
            })
            .collect();
        let share = aalen_johansen(&spells, 2).by(0, 5.0, 0.95).unwrap();
        assert!((share.estimate - 0.5179).abs() < 0.04, "{share:?}");
        let how = Bootstrap {
            resamples: 50,
            ..Bootstrap::new(Streams::new(6, "people"))
        };
        // area of F_0 up to 5: 2/3 (5 - (1 - e^-1.5) / 0.3) = 1.6070
        let lost = time_lost_interval(&spells[..1000], (2, 0), 5.0, &how).unwrap();
        assert!((lost.estimate - 1.607).abs() < 0.26, "{lost:?}");
        assert!(lost.lower < lost.estimate && lost.estimate < lost.upper);
    }
}
