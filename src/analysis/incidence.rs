//! Who is promoted when: cumulative incidence of the first promotion, with leaving as a competing end, and rates by
//! level.

use std::collections::BTreeMap;

use super::intervals::{self, Interval};
use super::lives::{self, Life};
use super::rows::Rows;
use super::statistics::competing_risks::{Spell, aalen_johansen};
use crate::units::WEEKS_PER_YEAR;

/// Confidence of all limits.
const CONFIDENCE: f64 = 0.95;

/// The first promotion of the people of one strategy.
#[derive(Debug, Clone, PartialEq)]
pub struct IncidenceCurve {
    /// The strategy.
    pub strategy: String,
    /// People at risk at some time.
    pub people: usize,
    /// Promoted at least once.
    pub promoted: usize,
    /// Gone before any promotion.
    pub left: usize,
    /// Share promoted by a year, with 95 % limits; the first point is nobody at year 0.
    pub points: Vec<(f64, Interval)>,
    /// Share gone without promotion at the end.
    pub gone: Option<Interval>,
}

impl IncidenceCurve {
    /// Share promoted by the end.
    pub fn last(&self) -> Option<Interval> {
        self.points.last().map(|(_, share)| *share)
    }
}

/// Promotions out of one level by the people of one strategy.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelRate {
    /// The level they were promoted from.
    pub level: String,
    /// The strategy.
    pub strategy: String,
    /// Promotions.
    pub promotions: usize,
    /// Time spent at the level [employee-years].
    pub employee_years: f64,
    /// Promotions per 100 employee-years with exact Poisson limits.
    pub rate: Interval,
}

/// Curves of all strategies with anybody at risk.
///
/// Time runs from the start of the recorded run; who is hired later counts from then on. The first promotion in the
/// run and leaving before it are the two ends.
pub(super) fn curves(rows: &Rows, strategies: &[String]) -> Vec<IncidenceCurve> {
    let (lives, weeks) = lives::all(rows);
    let year = |week: i32| f64::from(week) / f64::from(WEEKS_PER_YEAR);
    strategies
        .iter()
        .filter_map(|strategy| {
            let own: Vec<&Life> = lives.values().filter(|l| &l.strategy == strategy).collect();
            let spells: Vec<Spell> = own.iter().map(|life| spell(life, weeks)).collect();
            let at_risk = spells.iter().filter(|s| s.exit > s.entry).count();
            if at_risk == 0 {
                return None;
            }
            let risks = aalen_johansen(&spells, 2);
            let nobody = Interval {
                estimate: 0.0,
                lower: 0.0,
                upper: 0.0,
            };
            let mut points = vec![(0.0, nobody)];
            for time in &risks.times {
                if let Some(share) = risks.by(0, *time, CONFIDENCE)
                    && share.estimate > 0.0
                {
                    points.push((time / f64::from(WEEKS_PER_YEAR), share));
                }
            }
            // A curve that never rose has no variance, which is no certainty: Wilson's limits for none of all.
            if points.len() == 1 {
                points[0].1 = intervals::wilson(0, at_risk).unwrap_or(nobody);
            }
            let last = points.last().map_or(nobody, |(_, share)| *share);
            points.push((year(weeks), last));
            Some(IncidenceCurve {
                strategy: strategy.clone(),
                people: at_risk,
                promoted: spells.iter().filter(|s| s.cause == Some(0)).count(),
                left: spells.iter().filter(|s| s.cause == Some(1)).count(),
                points,
                gone: risks.by(1, f64::from(weeks), CONFIDENCE),
            })
        })
        .collect()
}

fn spell(life: &Life, weeks: i32) -> Spell {
    let entry = f64::from(life.first.max(0));
    // A week is over when its events have happened.
    let ending = |week: i32| f64::from(week + 1);
    match (life.first_promotion(), &life.exit) {
        (Some(week), _) => Spell {
            entry,
            exit: ending(week),
            cause: Some(0),
        },
        (None, Some(_)) => Spell {
            entry,
            exit: ending(life.end),
            cause: Some(1),
        },
        (None, None) => Spell {
            entry,
            exit: f64::from(life.end.min(weeks)),
            cause: None,
        },
    }
}

/// Rates by level, from the lowest level up, and strategy; without levels nobody was promoted from.
pub(super) fn by_level(rows: &Rows, strategies: &[String]) -> Vec<LevelRate> {
    let (lives, weeks) = lives::all(rows);
    let mut spent: BTreeMap<(&str, &str), (usize, i64)> = BTreeMap::new();
    for life in lives.values() {
        for (i, (from, level)) in life.levels.iter().enumerate() {
            let until = life.levels.get(i + 1).map_or(life.end, |(week, _)| *week);
            let until = until.min(life.end).min(weeks);
            let entry = spent.entry((level, &life.strategy)).or_default();
            entry.1 += i64::from((until - (*from).max(life.first)).max(0));
        }
    }
    for event in rows
        .events
        .iter()
        .filter(|e| e.kind == "promoted" && e.week >= 0)
    {
        let life = event.employee.and_then(|id| lives.get(&id));
        if let (Some(life), Some(level)) = (life, &event.from_level) {
            spent.entry((level, &life.strategy)).or_default().0 += 1;
        }
    }
    let mut rates = Vec::new();
    for level in lives::ladder(rows) {
        let own = || {
            strategies
                .iter()
                .map(|s| (s, spent.get(&(level.as_str(), s.as_str()))))
        };
        if own().all(|(_, found)| found.is_none_or(|(promotions, _)| *promotions == 0)) {
            continue;
        }
        for (strategy, found) in own() {
            let Some((promotions, weeks)) = found.filter(|(_, weeks)| *weeks > 0) else {
                continue;
            };
            let employee_years = *weeks as f64 / f64::from(WEEKS_PER_YEAR);
            rates.push(LevelRate {
                level: level.clone(),
                strategy: strategy.clone(),
                promotions: *promotions,
                employee_years,
                rate: intervals::poisson(*promotions).scaled(100.0 / employee_years),
            });
        }
    }
    rates
}

#[cfg(test)]
mod tests {
    use super::super::rows::{EmployeeYear, Event};
    use super::*;

    fn firm() -> Rows {
        let row = |employee| EmployeeYear {
            year: 0,
            employee,
            strategy: "isolated".into(),
            level: Some("analyst".into()),
            ..EmployeeYear::default()
        };
        let event = |week, kind: &str, employee| Event {
            week,
            kind: kind.into(),
            employee: Some(employee),
            strategy: Some("isolated".into()),
            from_level: Some("analyst".into()),
            to_level: (kind == "promoted").then(|| "senior".into()),
            ..Event::default()
        };
        Rows {
            employees: (0..4).map(row).collect(),
            events: vec![
                event(9, "left", 0),
                event(19, "promoted", 1),
                event(51, "promoted", 2),
            ],
            ..Rows::default()
        }
    }

    #[test]
    fn leavers_cannot_be_promoted_any_more() {
        // Four at risk: one leaves (3/4 free), one of three is promoted: 3/4 · 1/3, then one of two: 1/2 · 1/2.
        let curve = curves(&firm(), &["isolated".into()]).remove(0);
        assert_eq!((curve.people, curve.promoted, curve.left), (4, 2, 1));
        let shares: Vec<f64> = curve.points.iter().map(|(_, s)| s.estimate).collect();
        assert!((shares[1] - 0.25).abs() < 1e-12 && (shares[2] - 0.5).abs() < 1e-12);
        assert!((curve.gone.unwrap().estimate - 0.25).abs() < 1e-12);
    }

    #[test]
    fn nobody_promoted_is_no_certainty() {
        let mut rows = firm();
        rows.events.retain(|event| event.kind != "promoted");
        let curve = curves(&rows, &["isolated".into()]).remove(0);
        let last = curve.last().unwrap();
        assert_eq!((last.estimate, last.lower), (0.0, 0.0));
        assert_eq!(last.upper, intervals::wilson(0, 4).unwrap().upper);
    }

    #[test]
    fn rates_count_the_time_at_the_level() {
        // Weeks as analyst: 9, 19, 51 and 52.
        let rates = by_level(&firm(), &["isolated".into()]);
        let analyst = &rates[0];
        assert_eq!((analyst.level.as_str(), analyst.promotions), ("analyst", 2));
        assert!((analyst.employee_years - 131.0 / 52.0).abs() < 1e-12);
        assert_eq!(rates.len(), 1, "nobody was promoted from the level above");
    }
}
