//! The effect of HR programmes as in a trial: those drawn to take part against those who could have been.

use std::collections::BTreeMap;

use super::intervals::{self, Interval};
use super::lives::{self, Life};
use super::rows::{EmployeeYear, ProgrammeRow, Rows};
use super::statistics::distributions::t_quantile;
use super::statistics::{mean, variance};
use crate::units::WEEKS_PER_YEAR;

/// Fewer people than this in either group show nothing.
const FEWEST: usize = 5;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Share promoted after the draw.
    Promoted,
    /// Share gone after the draw.
    Gone,
    /// Colleagues who know them at the last panel.
    KnownBy,
}

impl Effect {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Promoted, Self::Gone, Self::KnownBy];

    /// Word in catalogues and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Promoted => "promoted",
            Self::Gone => "gone",
            Self::KnownBy => "known_by",
        }
    }
}

/// One programme's draw and what became of both groups.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// Name of the programme.
    pub programme: String,
    /// Its kind.
    pub kind: String,
    /// Week of the first draw.
    pub week: i32,
    /// People drawn.
    pub drawn: usize,
    /// People not drawn.
    pub others: usize,
    /// What is compared: value of the drawn, of the others, and their difference with its interval.
    pub effects: Vec<(Effect, f64, f64, Interval)>,
}

/// All programmes with enough people in both groups, in order of their week.
pub(super) fn summarise(rows: &Rows) -> Vec<Trial> {
    if rows.programmes.is_empty() {
        return Vec::new();
    }
    let (lives, _) = lives::all(rows);
    let mut last: BTreeMap<u32, &EmployeeYear> = BTreeMap::new();
    for row in &rows.employees {
        let kept = last.entry(row.employee).or_insert(row);
        if row.year > kept.year {
            *kept = row;
        }
    }
    let mut programmes: BTreeMap<&str, Vec<&ProgrammeRow>> = BTreeMap::new();
    for row in &rows.programmes {
        programmes.entry(&row.programme).or_default().push(row);
    }
    let mut trials: Vec<Trial> = programmes
        .into_iter()
        .filter_map(|(name, rows)| {
            // Who is drawn at several draws counts once, as drawn, from the first.
            let mut people: BTreeMap<u32, &ProgrammeRow> = BTreeMap::new();
            for row in &rows {
                let kept = people.entry(row.employee).or_insert(row);
                if row.assigned && !kept.assigned {
                    *kept = row;
                }
            }
            let group = |assigned: bool| -> Vec<&ProgrammeRow> {
                people
                    .values()
                    .filter(|row| row.assigned == assigned)
                    .copied()
                    .collect()
            };
            let (drawn, others) = (group(true), group(false));
            if drawn.len() < FEWEST || others.len() < FEWEST {
                return None;
            }
            Some(Trial {
                programme: name.to_owned(),
                kind: rows[0].kind.clone(),
                week: rows.iter().map(|row| row.week).min()?,
                drawn: drawn.len(),
                others: others.len(),
                effects: effects(&drawn, &others, &lives, &last),
            })
        })
        .collect();
    trials.sort_by_key(|trial| trial.week);
    trials
}

fn effects(
    drawn: &[&ProgrammeRow],
    others: &[&ProgrammeRow],
    lives: &BTreeMap<u32, Life>,
    last: &BTreeMap<u32, &EmployeeYear>,
) -> Vec<(Effect, f64, f64, Interval)> {
    let count = |group: &[&ProgrammeRow], of: &dyn Fn(&ProgrammeRow, &Life) -> bool| {
        let there = |row: &&&ProgrammeRow| lives.get(&row.employee).is_some_and(|l| of(row, l));
        group.iter().filter(there).count()
    };
    let share = |of: &dyn Fn(&ProgrammeRow, &Life) -> bool| {
        let a = intervals::wilson(count(drawn, of), drawn.len())?;
        let b = intervals::wilson(count(others, of), others.len())?;
        Some((a.estimate, b.estimate, a.minus(&b, 1)))
    };
    let known = |group: &[&ProgrammeRow]| -> Vec<f64> {
        group
            .iter()
            .filter_map(|row| {
                let panel = last.get(&row.employee)?;
                // A panel from before the draw cannot show an effect.
                let after = panel.year as i32 * WEEKS_PER_YEAR > row.week;
                panel.known_by.filter(|_| after).map(f64::from)
            })
            .collect()
    };
    Effect::ALL
        .into_iter()
        .filter_map(|effect| {
            let (a, b, difference) = match effect {
                Effect::Promoted => share(&|row, life| life.promoted.iter().any(|w| *w > row.week)),
                Effect::Gone => share(&|row, life| life.exit.is_some() && life.end > row.week),
                Effect::KnownBy => welch(&known(drawn), &known(others)),
            }?;
            Some((effect, a, b, difference))
        })
        .collect()
}

/// Means of two groups and Welch's interval of their difference; none with fewer than two values in either.
///
/// Source: Welch 1947, Biometrika 34:28.
fn welch(a: &[f64], b: &[f64]) -> Option<(f64, f64, Interval)> {
    let (n, m) = (a.len() as f64, b.len() as f64);
    let (mean_a, mean_b) = (mean(a)?, mean(b)?);
    let (va, vb) = (variance(a)? / n, variance(b)? / m);
    let estimate = mean_a - mean_b;
    let half = if va + vb > 0.0 {
        let freedom = (va + vb) * (va + vb) / (va * va / (n - 1.0) + vb * vb / (m - 1.0));
        t_quantile(0.975, freedom) * (va + vb).sqrt()
    } else {
        0.0
    };
    let interval = Interval {
        estimate,
        lower: estimate - half,
        upper: estimate + half,
    };
    Some((mean_a, mean_b, interval))
}

#[cfg(test)]
mod tests {
    use super::super::rows::Event;
    use super::*;

    #[test]
    fn welchs_interval_by_hand() {
        // Variances 1 and 4 of three each: se² = 5/3, freedom (25/9) / (1/18 + 16/18) = 50/17.
        let (a, b, found) = welch(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]).unwrap();
        assert_eq!((a, b, found.estimate), (2.0, 4.0, -2.0));
        let half = t_quantile(0.975, 50.0 / 17.0) * (5.0_f64 / 3.0).sqrt();
        assert!((found.upper - (half - 2.0)).abs() < 1e-12);
    }

    #[test]
    fn only_what_happens_after_the_draw_counts() {
        let person = |employee| EmployeeYear {
            employee,
            strategy: "isolated".into(),
            ..EmployeeYear::default()
        };
        let promoted = |week, employee| Event {
            week,
            kind: "promoted".into(),
            employee: Some(employee),
            strategy: Some("isolated".into()),
            ..Event::default()
        };
        let row = |employee| ProgrammeRow {
            programme: "mentors".into(),
            kind: "mentoring".into(),
            week: 10,
            employee,
            assigned: employee < 5,
        };
        let rows = Rows {
            employees: (0..10).map(person).collect(),
            events: vec![promoted(5, 0), promoted(20, 1), promoted(20, 7)],
            programmes: (0..10).map(row).collect(),
            ..Rows::default()
        };
        let trial = summarise(&rows).remove(0);
        assert_eq!((trial.drawn, trial.others), (5, 5));
        let (effect, drawn, others, difference) = trial.effects[0];
        assert_eq!((effect, drawn, others), (Effect::Promoted, 0.2, 0.2));
        assert_eq!(difference.estimate, 0.0);
    }
}
