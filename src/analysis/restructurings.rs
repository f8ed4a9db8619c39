//! What restructurings did to the members of the affected departments, by strategy.

use super::intervals::{self, Interval};
use super::rows::{Outcome, Placement};

/// All restructurings of a run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Restructurings {
    /// In order of their week.
    pub each: Vec<Restructuring>,
    /// All of them pooled; somebody hit twice counts twice.
    pub pooled: Vec<OutcomeCounts>,
}

/// One restructuring.
#[derive(Debug, Clone, PartialEq)]
pub struct Restructuring {
    /// Its name in the tables.
    pub name: String,
    /// Week of the placement round.
    pub week: i32,
    /// One entry a strategy that had somebody affected, sorted by name.
    pub by_strategy: Vec<OutcomeCounts>,
}

/// How many people of a strategy met each outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeCounts {
    /// The strategy.
    pub strategy: String,
    /// People by outcome, in the order of [`Outcome::ALL`].
    pub counts: [usize; 6],
}

impl OutcomeCounts {
    /// People affected.
    pub fn people(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Share that ended worse off (a less desirable post, or dismissed) with its Wilson interval.
    pub fn worse(&self) -> Option<Interval> {
        let worse = Outcome::ALL
            .iter()
            .zip(self.counts)
            .filter(|(outcome, _)| outcome.is_worse())
            .map(|(_, count)| count)
            .sum();
        intervals::wilson(worse, self.people())
    }
}

impl Restructurings {
    /// People affected, those hit twice counted twice.
    pub fn people(&self) -> usize {
        self.pooled.iter().map(OutcomeCounts::people).sum()
    }
}

/// Outcomes by restructuring and strategy.
pub(super) fn summarise(placements: &[Placement], strategies: &[String]) -> Restructurings {
    let mut order: Vec<(i32, &str)> = placements
        .iter()
        .map(|row| (row.week, row.restructuring.as_str()))
        .collect();
    order.sort_unstable();
    order.dedup_by_key(|(_, name)| *name);
    let count = |name: Option<&str>| -> Vec<OutcomeCounts> {
        strategies
            .iter()
            .map(|strategy| OutcomeCounts {
                strategy: strategy.clone(),
                counts: Outcome::ALL.map(|outcome| {
                    placements
                        .iter()
                        .filter(|row| name.is_none_or(|name| row.restructuring == name))
                        .filter(|row| &row.strategy == strategy && row.outcome == outcome)
                        .count()
                }),
            })
            .filter(|entry| entry.people() > 0)
            .collect()
    };
    Restructurings {
        each: order
            .iter()
            .map(|(week, name)| Restructuring {
                name: (*name).to_owned(),
                week: *week,
                by_strategy: count(Some(name)),
            })
            .collect(),
        pooled: count(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placement(restructuring: &str, week: i32, strategy: &str, outcome: Outcome) -> Placement {
        Placement {
            restructuring: restructuring.into(),
            week,
            employee: 1,
            strategy: strategy.into(),
            from_department: None,
            to_department: None,
            outcome,
            displaced: None,
        }
    }

    #[test]
    fn outcomes_are_counted_by_restructuring_and_pooled() {
        let rows = [
            placement("merger", 100, "isolated", Outcome::Dismissed),
            placement("first", 20, "isolated", Outcome::Kept),
            placement("first", 20, "authentic", Outcome::Better),
            placement("merger", 100, "isolated", Outcome::LessDesirable),
        ];
        let found = summarise(&rows, &["authentic".into(), "isolated".into()]);
        let names: Vec<&str> = found.each.iter().map(|r| r.name.as_str()).collect();
        assert_eq!(names, ["first", "merger"], "in order of time");
        assert_eq!(
            found.each[1].by_strategy.len(),
            1,
            "nobody authentic was affected"
        );
        assert_eq!(found.people(), 4);
        let isolated = &found.pooled[1];
        assert_eq!(isolated.counts, [0, 1, 0, 1, 1, 0]);
        assert!((isolated.worse().unwrap().estimate - 2.0 / 3.0).abs() < 1e-12);
    }
}
