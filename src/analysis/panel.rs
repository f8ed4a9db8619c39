//! What the yearly panel tells: the organisation as a whole, and where people work.

use std::collections::BTreeMap;

use super::intervals::{self, Interval};
use super::rows::{EmployeeYear, Rows};
use super::statistics::mean_interval;
use crate::units::WEEKS_PER_YEAR;

/// A mean with its interval at each year.
pub type Course = Vec<(f64, Interval)>;

/// The organisation year by year.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Organisation {
    /// Output per head and week, quarter by quarter, with the interval of the quarter's weeks.
    pub output: Course,
    /// Exits per 100 employees and year, with exact Poisson limits.
    pub turnover: Course,
    /// Correlation of promotion in a year with competence at its start, with Fisher's limits.
    pub fairness: Course,
    /// Gini coefficient of influence among all; none of it is a sample.
    pub inequality: Vec<(f64, f64)>,
    /// Weeks of restructurings.
    pub restructurings: Vec<i32>,
}

/// How somebody works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presence {
    /// Four days a week or more in the office.
    Office,
    /// Two or three days.
    Hybrid,
    /// One day or none.
    Remote,
}

impl Presence {
    /// From office to remote.
    pub const ALL: [Self; 3] = [Self::Office, Self::Hybrid, Self::Remote];

    /// Word in catalogues and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Hybrid => "hybrid",
            Self::Remote => "remote",
        }
    }

    fn of(days: f64) -> Self {
        match days {
            d if d >= 3.5 => Self::Office,
            d if d >= 1.5 => Self::Hybrid,
            _ => Self::Remote,
        }
    }
}

/// People who work in one way: all years pooled.
#[derive(Debug, Clone, PartialEq)]
pub struct PresenceGroup {
    /// The way.
    pub presence: Presence,
    /// People in the last panel.
    pub people: usize,
    /// Promotions in the year after a panel.
    pub promotions: usize,
    /// Years of employment that could see one.
    pub employee_years: usize,
    /// Promotions per 100 employee-years.
    pub rate: Option<Interval>,
    /// Mean number of colleagues who know them, last panel.
    pub known_by: Option<Interval>,
    /// Mean reputation, last panel.
    pub reputation: Option<Interval>,
}

pub(super) fn mean(values: &[f64]) -> Option<Interval> {
    mean_interval(values, 0.95)
}

pub(super) fn by_year(rows: &Rows) -> BTreeMap<u32, Vec<&EmployeeYear>> {
    let mut years: BTreeMap<u32, Vec<&EmployeeYear>> = BTreeMap::new();
    for row in &rows.employees {
        years.entry(row.year).or_default().push(row);
    }
    years
}

/// The organisation as a whole.
pub(super) fn organisation(rows: &Rows) -> Organisation {
    let quarter = WEEKS_PER_YEAR / 4;
    let mut quarters: BTreeMap<i32, Vec<f64>> = BTreeMap::new();
    let mut yearly: BTreeMap<i32, (usize, f64, i32)> = BTreeMap::new();
    for row in rows
        .weekly
        .iter()
        .filter(|row| row.week >= 0 && row.headcount > 0)
    {
        if let Some(output) = row.output {
            let each = output / f64::from(row.headcount);
            quarters.entry(row.week / quarter).or_default().push(each);
        }
        let year = yearly.entry(row.week / WEEKS_PER_YEAR).or_default();
        year.0 += row.exits as usize;
        year.1 += f64::from(row.headcount) / f64::from(WEEKS_PER_YEAR);
        year.2 += 1;
    }
    let middle = |number: i32, length: i32| {
        (f64::from(number) + 0.5) * f64::from(length) / f64::from(WEEKS_PER_YEAR)
    };
    let years = by_year(rows);
    let pairs = years.iter().zip(years.iter().skip(1));
    let fairness = pairs
        .filter_map(|((year, before), (_, after))| {
            let promotions: BTreeMap<u32, u32> = after
                .iter()
                .filter_map(|row| Some((row.employee, row.promotions?)))
                .collect();
            let points: Vec<(f64, f64)> = before
                .iter()
                .filter_map(|row| {
                    let now = promotions.get(&row.employee)?;
                    let promoted = *now > row.promotions.unwrap_or(0);
                    Some((row.competence?, f64::from(u8::from(promoted))))
                })
                .collect();
            Some((f64::from(*year) + 0.5, correlation(&points)?))
        })
        .collect();
    let inequality = years
        .iter()
        .filter_map(|(year, people)| {
            let values: Vec<f64> = people.iter().filter_map(|row| row.influence).collect();
            Some((f64::from(*year), gini(&values)?))
        })
        .collect();
    let mut restructurings: Vec<i32> = rows.placements.iter().map(|row| row.week).collect();
    restructurings.sort_unstable();
    restructurings.dedup();
    Organisation {
        output: quarters
            .iter()
            .filter_map(|(number, values)| Some((middle(*number, quarter), mean(values)?)))
            .collect(),
        turnover: yearly
            .iter()
            // A part of a year would count its exits against a whole one.
            .filter(|(_, (_, _, weeks))| *weeks == WEEKS_PER_YEAR)
            .map(|(number, (exits, people, _))| {
                let per_100 = intervals::poisson(*exits).scaled(100.0 / people);
                (middle(*number, WEEKS_PER_YEAR), per_100)
            })
            .collect(),
        fairness,
        inequality,
        restructurings,
    }
}

/// Pearson's correlation with the limits of Fisher's transformation; none below four points or without spread.
///
/// Source: Fisher 1921, Metron 1:3.
pub(super) fn correlation(points: &[(f64, f64)]) -> Option<Interval> {
    let n = points.len() as f64;
    if points.len() < 4 {
        return None;
    }
    let mean_x = points.iter().map(|p| p.0).sum::<f64>() / n;
    let mean_y = points.iter().map(|p| p.1).sum::<f64>() / n;
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in points {
        xx += (x - mean_x) * (x - mean_x);
        yy += (y - mean_y) * (y - mean_y);
        xy += (x - mean_x) * (y - mean_y);
    }
    if xx <= 0.0 || yy <= 0.0 {
        return None;
    }
    let r = (xy / (xx * yy).sqrt()).clamp(-1.0, 1.0);
    let bounded = r.clamp(-0.999_999, 0.999_999);
    let z = libm::atanh(bounded);
    let half = 1.959_963_984_540_054 / (n - 3.0).sqrt();
    Some(Interval {
        estimate: r,
        lower: libm::tanh(z - half),
        upper: libm::tanh(z + half),
    })
}

/// Gini coefficient of values that are not negative; none of nothing or of nothing but zeros.
fn gini(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let total: f64 = sorted.iter().sum();
    if sorted.is_empty() || total <= 0.0 {
        return None;
    }
    let weighted: f64 = sorted
        .iter()
        .enumerate()
        .map(|(i, v)| (i as f64 + 1.0) * v)
        .sum();
    Some(2.0 * weighted / (n * total) - (n + 1.0) / n)
}

/// Office, hybrid and remote side by side; groups without anybody are left out.
pub(super) fn presence(rows: &Rows) -> Vec<PresenceGroup> {
    let years = by_year(rows);
    let group = |row: &EmployeeYear| row.presence_days.map(Presence::of);
    Presence::ALL
        .iter()
        .filter_map(|presence| {
            let (mut promotions, mut employee_years) = (0, 0);
            for (before, after) in years.values().zip(years.values().skip(1)) {
                let later: BTreeMap<u32, u32> = after
                    .iter()
                    .filter_map(|row| Some((row.employee, row.promotions?)))
                    .collect();
                for row in before.iter().filter(|row| group(row) == Some(*presence)) {
                    if let (Some(now), Some(then)) = (later.get(&row.employee), row.promotions) {
                        employee_years += 1;
                        promotions += now.saturating_sub(then) as usize;
                    }
                }
            }
            let (_, last) = years.last_key_value()?;
            let own: Vec<&&EmployeeYear> = last
                .iter()
                .filter(|row| group(row) == Some(*presence))
                .collect();
            if own.is_empty() && employee_years == 0 {
                return None;
            }
            let known: Vec<f64> = own
                .iter()
                .filter_map(|r| r.known_by.map(f64::from))
                .collect();
            let reputation: Vec<f64> = own.iter().filter_map(|row| row.reputation).collect();
            Some(PresenceGroup {
                presence: *presence,
                people: own.len(),
                promotions,
                employee_years,
                rate: (employee_years > 0)
                    .then(|| intervals::poisson(promotions).scaled(100.0 / employee_years as f64)),
                known_by: mean(&known),
                reputation: mean(&reputation),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correlation_has_fishers_limits() {
        // By hand: sxy = 4, sxx = 5, syy = 5, r = 0.8; z = 1.0986, half width 1.96 with four points.
        let found = correlation(&[(1.0, 1.0), (2.0, 3.0), (3.0, 2.0), (4.0, 4.0)]).unwrap();
        assert!((found.estimate - 0.8).abs() < 1e-12);
        assert!((found.lower - libm::tanh(1.098_612 - 1.959_964)).abs() < 1e-5);
        assert!(correlation(&[(1.0, 1.0); 5]).is_none(), "no spread");
    }

    #[test]
    fn ginis_of_equal_and_of_one_owner() {
        assert!(gini(&[2.0; 4]).unwrap().abs() < 1e-12);
        assert!((gini(&[0.0, 0.0, 0.0, 1.0]).unwrap() - 0.75).abs() < 1e-12);
        assert!(gini(&[0.0, 0.0]).is_none());
    }

    #[test]
    fn promotions_count_for_how_people_worked_before_them() {
        let row = |year, employee, days, promotions| EmployeeYear {
            year,
            employee,
            presence_days: Some(days),
            promotions: Some(promotions),
            ..EmployeeYear::default()
        };
        let rows = Rows {
            employees: vec![
                row(0, 1, 5.0, 0),
                row(0, 2, 0.0, 0),
                row(1, 1, 0.0, 1),
                row(1, 2, 0.0, 0),
            ],
            ..Rows::default()
        };
        let groups = presence(&rows);
        assert_eq!(groups.len(), 2);
        assert_eq!(
            (groups[0].presence, groups[0].promotions),
            (Presence::Office, 1)
        );
        assert_eq!((groups[1].people, groups[1].promotions), (2, 0));
    }
}
