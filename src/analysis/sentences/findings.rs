//! What the statistics of a run show, one finding each: the titles of charts and the ends of sentences.
//!
//! A difference is named only where its own 95 % interval, widened for the pairs looked at, leaves zero out;
//! otherwise the words say that there is none that this run could show.

use crate::analysis::intervals::{Interval, furthest, pairs};
use crate::analysis::{Change, OutcomeCounts, PromotionRecord, SnapshotPair, Survival};
use crate::language::{Language, capitalised, real};

/// The finding about promotions, without a full stop.
pub fn promotion_finding(records: &[PromotionRecord], language: Language) -> String {
    let mut rated: Vec<(&PromotionRecord, Interval)> = records
        .iter()
        .filter_map(|record| Some((record, record.rate?)))
        .collect();
    if rated.iter().all(|(record, _)| record.promotions == 0) {
        return language.say("finding.promotions.nobody", &[]);
    }
    let people = |record: &PromotionRecord| people_of(&record.strategy, language);
    if let [(record, rate)] = rated[..] {
        return language.say(
            "finding.promotions.only",
            &[
                (
                    "strategy",
                    language.name("strategy", &record.strategy).into(),
                ),
                ("rate", real(rate.estimate, 1)),
            ],
        );
    }
    rated.sort_by(|a, b| b.1.estimate.total_cmp(&a.1.estimate));
    let (top, second, looks) = (rated[0], rated[1], pairs(rated.len()));
    if rated[1..]
        .iter()
        .all(|other| top.1.differs(&other.1, looks))
    {
        return language.say(
            "finding.promotions.most",
            &[
                ("Top", capitalised(&people(top.0)).into()),
                ("other", people(second.0).into()),
                ("high", real(top.1.estimate, 1)),
                ("low", real(second.1.estimate, 1)),
            ],
        );
    }
    match furthest(&rated, 1) {
        None => language.say("finding.promotions.unclear", &[]),
        Some((high, low)) => language.say(
            "finding.promotions.less",
            &[
                ("Bottom", capitalised(&people(low.0)).into()),
                ("top", people(high.0).into()),
                ("high", real(high.1.estimate, 1)),
                ("low", real(low.1.estimate, 1)),
            ],
        ),
    }
}

/// The finding about restructurings, without a full stop.
pub fn outcome_finding(pooled: &[OutcomeCounts], language: Language) -> String {
    let shares: Vec<(&OutcomeCounts, Interval)> = pooled
        .iter()
        .filter_map(|counts| Some((counts, counts.worse()?)))
        .collect();
    if shares.is_empty() {
        return language.say("finding.outcomes.nobody", &[]);
    }
    let people = |counts: &OutcomeCounts| people_of(&counts.strategy, language);
    if let [(counts, worse)] = shares[..] {
        return language.say(
            "finding.outcomes.only",
            &[
                (
                    "strategy",
                    language.name("strategy", &counts.strategy).into(),
                ),
                ("share", language.percent(worse.estimate).into()),
            ],
        );
    }
    match furthest(&shares, 1) {
        None => language.say("finding.outcomes.unclear", &[]),
        Some((high, low)) => language.say(
            "finding.outcomes.more",
            &[
                ("Top", capitalised(&people(high.0)).into()),
                ("bottom", people(low.0).into()),
                ("high", language.percent(high.1.estimate).into()),
                ("low", language.percent(low.1.estimate).into()),
            ],
        ),
    }
}

/// The finding about constraint before and after, without a full stop.
pub fn constraint_finding(
    reassigned: &Change,
    others: &Change,
    occasion: &str,
    language: Language,
) -> String {
    let moved = reassigned.people > 0;
    let change = if moved { reassigned } else { others };
    let when = [("occasion", occasion.into())];
    match change.interval {
        Some(interval) if interval.lower > 0.0 || interval.upper < 0.0 => {
            let key = match (moved, interval.estimate > 0.0) {
                (true, true) => "finding.constraint.rose_moved",
                (true, false) => "finding.constraint.fell_moved",
                (false, true) => "finding.constraint.rose",
                (false, false) => "finding.constraint.fell",
            };
            let by = |change: f64| ("by", real(change.abs(), 2));
            let mut text =
                language.say(key, &[("occasion", occasion.into()), by(interval.estimate)]);
            if moved && let Some(other) = others.interval {
                text.push_str(&if !other.differs(&interval, 1) {
                    language.say("finding.constraint.others_alike", &[])
                } else if other.estimate.abs() < 0.005 {
                    language.say("finding.constraint.others_same", &[])
                } else if other.estimate > 0.0 {
                    language.say("finding.constraint.others_rose", &[by(other.estimate)])
                } else {
                    language.say("finding.constraint.others_fell", &[by(other.estimate)])
                });
            }
            capitalised(&text)
        }
        Some(_) if moved => capitalised(&language.say("finding.constraint.unclear_moved", &when)),
        Some(_) => capitalised(&language.say("finding.constraint.unclear", &when)),
        None if change.people == 0 => {
            capitalised(&language.say("finding.constraint.nobody", &when))
        }
        None => capitalised(&language.say(
            "finding.constraint.few",
            &[("occasion", occasion.into()), ("n", change.people.into())],
        )),
    }
}

/// The finding about the survival of ties, without a full stop.
pub fn survival_finding(
    reassigned: &Survival,
    others: &Survival,
    occasion: &str,
    language: Language,
) -> String {
    let when = ("occasion", occasion.into());
    let percent = |share: Interval| language.percent(share.estimate).into();
    match (reassigned.share(), others.share()) {
        (Some(moved), Some(stayed)) => {
            let key = if moved.differs(&stayed, 1) {
                "finding.survival.differs"
            } else {
                "finding.survival.unclear"
            };
            let values = [when, ("moved", percent(moved)), ("stayed", percent(stayed))];
            language.say(key, &values)
        }
        (Some(share), None) | (None, Some(share)) => {
            language.say("finding.survival.all", &[when, ("share", percent(share))])
        }
        (None, None) => language.say("finding.survival.nobody", &[when]),
    }
}

/// When two snapshots were taken, in words ("after restructuring 2").
pub fn occasion(pair: &SnapshotPair, language: Language) -> String {
    match &pair.restructuring {
        Some(name) => language.say("occasion.after", &[("name", name.into())]),
        None => language.say("occasion.whole_run", &[]),
    }
}

/// The people of a strategy, as the subject of a sentence ("authentic people").
pub fn people_of(strategy: &str, language: Language) -> String {
    let known = language.name("strategy_people", strategy);
    if known == strategy {
        language.say("people_of.any", &[("strategy", strategy.into())])
    } else {
        known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(strategy: &str, promotions: usize, employee_years: f64) -> PromotionRecord {
        PromotionRecord {
            strategy: strategy.into(),
            people: 10,
            employee_years,
            promotions,
            rate: Some(
                crate::analysis::intervals::poisson(promotions).scaled(100.0 / employee_years),
            ),
            cumulative: Vec::new(),
        }
    }

    #[test]
    fn overlapping_intervals_are_no_finding() {
        let text = promotion_finding(
            &[record("authentic", 6, 100.0), record("isolated", 3, 100.0)],
            Language::ENGLISH,
        );
        assert_eq!(
            text,
            "No clear difference between the strategies in promotions per employee-year in this run"
        );
    }

    #[test]
    fn a_difference_is_named_with_its_numbers() {
        let text = promotion_finding(
            &[
                record("authentic", 60, 500.0),
                record("isolated", 5, 500.0),
                record("transactional", 10, 500.0),
            ],
            Language::ENGLISH,
        );
        assert!(text.starts_with("Authentic people were promoted most often: 12.0 against 2.0"));
        let between = promotion_finding(
            &[
                record("authentic", 60, 500.0),
                record("isolated", 5, 500.0),
                record("transactional", 50, 500.0),
            ],
            Language::ENGLISH,
        );
        assert!(between.starts_with("Isolated people were promoted less often than authentic"));
        let nobody = promotion_finding(
            &[record("authentic", 0, 9.0), record("isolated", 0, 9.0)],
            Language::ENGLISH,
        );
        assert_eq!(nobody, "Nobody was promoted in this run");
    }

    #[test]
    fn few_people_moved_gives_no_claim() {
        let few = Change {
            people: 2,
            median: Some(0.4),
            interval: None,
        };
        let text = constraint_finding(
            &few,
            &Change::default(),
            "after restructuring 1",
            Language::ENGLISH,
        );
        assert!(text.contains("too few"), "{text}");
        let moved = Survival {
            before: 10,
            kept: 6,
            effective: 10.0,
        };
        let stayed = Survival {
            before: 10,
            kept: 8,
            effective: 10.0,
        };
        assert!(
            survival_finding(&moved, &stayed, "x", Language::ENGLISH)
                .starts_with("No clear difference")
        );
    }
}
