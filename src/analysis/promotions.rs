//! Promotions by strategy: rates per 100 employee-years, and cumulative promotions per 100 people.

use std::collections::BTreeMap;

use super::intervals::{self, Interval};
use super::rows::Rows;
use crate::units::WEEKS_PER_YEAR;

/// Promotions of all strategies over the recorded weeks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Promotions {
    /// Length of the run [years].
    pub years: f64,
    /// One entry a strategy, sorted by name.
    pub by_strategy: Vec<PromotionRecord>,
}

/// Promotions of the people of one strategy.
#[derive(Debug, Clone, PartialEq)]
pub struct PromotionRecord {
    /// The strategy.
    pub strategy: String,
    /// People ever present.
    pub people: usize,
    /// Time they were present [employee-years].
    pub employee_years: f64,
    /// Promotions.
    pub promotions: usize,
    /// Promotions per 100 employee-years with exact Poisson limits; none without exposure.
    pub rate: Option<Interval>,
    /// Cumulative promotions per 100 people present; a point wherever it changes, and at both ends.
    pub cumulative: Vec<CumulativePoint>,
}

/// A point of the mean cumulative function: the sum over weeks of promotions per person present.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CumulativePoint {
    /// Time since the start [years].
    pub year: f64,
    /// Promotions per 100 people up to then, with exact Poisson limits of their number.
    pub per_100: Interval,
}

/// When a person was there, from the yearly panel and the dated entries and exits.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Spell {
    strategy: String,
    first_week: i32,
    /// First week no longer present.
    end_week: i32,
}

/// Promotions of each strategy. People are counted under the strategy they came with.
pub(super) fn summarise(rows: &Rows, strategies: &[String]) -> Promotions {
    let weeks = recorded_weeks(rows);
    let spells = spells(rows, weeks);
    let mut promoted: BTreeMap<&str, Vec<i32>> = BTreeMap::new();
    for event in rows
        .events
        .iter()
        .filter(|e| e.kind == "promoted" && (0..weeks).contains(&e.week))
    {
        let strategy = event
            .employee
            .and_then(|id| spells.get(&id))
            .map(|spell| spell.strategy.as_str())
            .or(event.strategy.as_deref());
        if let Some(strategy) = strategy {
            promoted.entry(strategy).or_default().push(event.week);
        }
    }
    let by_strategy = strategies
        .iter()
        .map(|strategy| {
            let own: Vec<&Spell> = spells
                .values()
                .filter(|s| &s.strategy == strategy)
                .collect();
            let mut weeks_promoted = promoted.get(strategy.as_str()).cloned().unwrap_or_default();
            weeks_promoted.sort_unstable();
            record(strategy, &own, &weeks_promoted, weeks)
        })
        .collect();
    Promotions {
        years: f64::from(weeks) / f64::from(WEEKS_PER_YEAR),
        by_strategy,
    }
}

fn record(strategy: &str, own: &[&Spell], promoted: &[i32], weeks: i32) -> PromotionRecord {
    let present = present_by_week(own, weeks);
    let person_weeks: usize = present.iter().sum();
    let employee_years = person_weeks as f64 / f64::from(WEEKS_PER_YEAR);
    let rate = (person_weeks > 0)
        .then(|| intervals::poisson(promoted.len()).scaled(100.0 / employee_years));

    let point = |week: i32, count: usize, sum: f64, person_weeks: usize| {
        let limits = intervals::poisson(count);
        // With events, the limits of their number in proportion; without, over those present.
        let people = if count > 0 {
            count as f64 / sum
        } else {
            (person_weeks as f64 / f64::from(week.max(1))).max(1.0)
        };
        CumulativePoint {
            year: f64::from(week) / f64::from(WEEKS_PER_YEAR),
            per_100: limits.scaled(100.0 / people),
        }
    };
    let mut cumulative = vec![CumulativePoint {
        year: 0.0,
        per_100: Interval {
            estimate: 0.0,
            lower: 0.0,
            upper: 0.0,
        },
    }];
    let (mut count, mut sum, mut passed, mut next) = (0, 0.0, 0, 0);
    for week in 0..weeks {
        let here = present[week as usize];
        passed += here;
        let before = count;
        while next < promoted.len() && promoted[next] == week {
            count += 1;
            // A promotion in the week of leaving still had someone to be promoted.
            sum += 1.0 / here.max(1) as f64;
            next += 1;
        }
        let quarter = (week + 1) % (WEEKS_PER_YEAR / 4) == 0;
        if count != before || quarter || week + 1 == weeks {
            cumulative.push(point(week + 1, count, sum, passed));
        }
    }
    PromotionRecord {
        strategy: strategy.to_owned(),
        people: own.len(),
        employee_years,
        promotions: promoted.len(),
        rate,
        cumulative,
    }
}

fn present_by_week(spells: &[&Spell], weeks: i32) -> Vec<usize> {
    let mut change = vec![0_i64; weeks.max(0) as usize + 1];
    for spell in spells {
        let first = spell.first_week.clamp(0, weeks);
        change[first as usize] += 1;
        change[spell.end_week.clamp(first, weeks) as usize] -= 1;
    }
    let mut here = 0;
    change[..weeks.max(0) as usize]
        .iter()
        .map(|step| {
            here += step;
            here.max(0) as usize
        })
        .collect()
}

/// Length of the run in weeks: the last year of the panel, or the last event where there is more.
pub(super) fn recorded_weeks(rows: &Rows) -> i32 {
    let years = rows
        .employees
        .iter()
        .map(|row| row.year as i32)
        .max()
        .unwrap_or(0);
    let last_event = rows
        .events
        .iter()
        .map(|event| event.week + 1)
        .max()
        .unwrap_or(0);
    (years * WEEKS_PER_YEAR).max(last_event).max(0)
}

fn spells(rows: &Rows, weeks: i32) -> BTreeMap<u32, Spell> {
    let mut spells: BTreeMap<u32, Spell> = BTreeMap::new();
    let mut last_seen: BTreeMap<u32, i32> = BTreeMap::new();
    for row in &rows.employees {
        let week = row.year as i32 * WEEKS_PER_YEAR;
        let first_week = row.earliest();
        let spell = spells.entry(row.employee).or_insert_with(|| Spell {
            strategy: row.strategy.clone(),
            first_week,
            end_week: weeks,
        });
        spell.first_week = spell.first_week.min(first_week);
        let seen = last_seen.entry(row.employee).or_insert(week);
        *seen = (*seen).max(week);
    }
    // Without a dated exit, somebody not in the last panel was there until last seen.
    let final_panel = last_seen.values().copied().max().unwrap_or(0);
    for (employee, seen) in &last_seen {
        if *seen < final_panel
            && let Some(spell) = spells.get_mut(employee)
        {
            spell.end_week = *seen;
        }
    }
    for event in &rows.events {
        let (Some(employee), Some(strategy)) = (event.employee, &event.strategy) else {
            continue;
        };
        match event.kind.as_str() {
            "hired" if event.week >= 0 => {
                let spell = spells.entry(employee).or_insert_with(|| Spell {
                    strategy: strategy.clone(),
                    first_week: event.week,
                    end_week: weeks,
                });
                spell.first_week = event.week;
            }
            "left" | "laid_off" | "retired" if event.week >= 0 => {
                if let Some(spell) = spells.get_mut(&employee) {
                    spell.end_week = event.week;
                }
            }
            _ => {}
        }
    }
    spells
}

#[cfg(test)]
mod tests {
    use super::super::rows::{EmployeeYear, Event};
    use super::*;

    fn row(year: u32, employee: u32) -> EmployeeYear {
        EmployeeYear {
            year,
            employee,
            strategy: "authentic".into(),
            ..Default::default()
        }
    }

    fn event(week: i32, kind: &str, employee: u32) -> Event {
        Event {
            week,
            kind: kind.into(),
            employee: Some(employee),
            strategy: Some("authentic".into()),
            ..Default::default()
        }
    }

    #[test]
    fn rates_count_the_weeks_that_people_were_there() {
        // One there for two years, one who leaves after 26 weeks, one hired at week 78.
        let rows = Rows {
            employees: vec![row(0, 1), row(0, 2), row(1, 1), row(2, 1), row(2, 3)],
            events: vec![
                event(26, "left", 2),
                event(78, "hired", 3),
                event(30, "promoted", 1),
                event(90, "promoted", 3),
                event(-5, "promoted", 1),
            ],
            ..Default::default()
        };
        let promotions = summarise(&rows, &["authentic".to_owned()]);
        assert_eq!(promotions.years, 2.0);
        let record = &promotions.by_strategy[0];
        assert_eq!(
            (record.people, record.promotions),
            (3, 2),
            "burn-in is not counted"
        );
        assert_eq!(record.employee_years, 3.0, "2 + 0.5 + 0.5");
        assert!((record.rate.unwrap().estimate - 200.0 / 3.0).abs() < 1e-9);
        // One of one present in week 30, then one of two in week 90: 100 + 50 per 100 people.
        let last = record.cumulative.last().unwrap();
        assert_eq!((last.year, last.per_100.estimate), (2.0, 150.0));
        let limits = intervals::poisson(2);
        assert!((last.per_100.upper - limits.upper * 75.0).abs() < 1e-9);
    }

    #[test]
    fn without_promotions_the_band_is_open_above_only() {
        let rows = Rows {
            employees: (0..10).flat_map(|id| [row(0, id), row(1, id)]).collect(),
            ..Default::default()
        };
        let record = summarise(&rows, &["authentic".to_owned()])
            .by_strategy
            .remove(0);
        let last = record.cumulative.last().unwrap().per_100;
        assert_eq!((last.estimate, last.lower), (0.0, 0.0));
        assert!((last.upper - 36.889).abs() < 1e-2, "3.689 among 10 people");
        assert!((record.rate.unwrap().upper - 36.889).abs() < 1e-2);
    }

    #[test]
    fn a_strategy_nobody_has_gets_no_rate() {
        let rows = Rows {
            employees: vec![row(0, 1), row(1, 1)],
            ..Default::default()
        };
        let records = summarise(&rows, &["authentic".into(), "isolated".into()]).by_strategy;
        assert!(records[1].rate.is_none());
        assert_eq!(records[1].people, 0);
    }
}
