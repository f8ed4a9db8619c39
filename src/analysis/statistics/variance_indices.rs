//! Sobol indices: which share of an outcome's variance over the ranges each parameter makes, alone (first order) and
//! with all its interactions (total).
//!
//! Rows j of two independent designs A and B, and A with column i from B (AB_i). With f centred on the mean of all,
//!
//! S_i = mean(f(B) (f(AB_i) − f(A))) / V  (Saltelli et al. 2010),  T_i = mean((f(A) − f(AB_i))²) / 2 V  (Jansen 1999),
//!
//! V the variance of f over A and B. Both are estimates: they may fall below 0 or above 1, and are shown as they are.
//! Intervals resample rows (BCa).
//!
//! f is the mean of a point's replicates, the same replicates (the same luck) at every point of a row. What luck is
//! left stands beside each index: its standard deviation when each replicate is analysed alone; and
//! [`Indices::luck_share`], the share of the variance between single runs that replicates of one point make.
//!
//! A missing run takes its replicate from its own row only; a row none of whose replicates is complete is dropped and
//! counted. The rest of the design stays.
//!
//! Sources: Sobol 1993; Saltelli et al. 2010, Comput. Phys. Commun. 181:259; Jansen 1999, Comput. Phys. Commun. 117:35.

use serde::Serialize;

use super::super::Interval;
use super::bootstrap::{Bootstrap, bootstrap};
use super::means::{mean, variance};

/// Outcomes of one row, by replicate; none where a run is missing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// At the point of A.
    pub a: Vec<Option<f64>>,
    /// At the point of B.
    pub b: Vec<Option<f64>>,
    /// At the points of A with one parameter from B, by parameter.
    pub ab: Vec<Vec<Option<f64>>>,
}

/// All indices.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Indices {
    /// By parameter.
    pub parameters: Vec<Index>,
    /// Rows used.
    pub rows: usize,
    /// Rows dropped because of missing runs.
    pub dropped: usize,
    /// Variance of the outcome over the ranges.
    pub variance: f64,
    /// Share of the variance of single runs that is luck; none with one replicate a point.
    pub luck_share: Option<f64>,
}

/// Indices of one parameter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Index {
    /// Alone.
    pub first: Interval,
    /// With all interactions.
    pub total: Interval,
    /// Standard deviation of the first-order index between replicates analysed alone; none with one.
    pub first_noise: Option<f64>,
    /// The same of the total index.
    pub total_noise: Option<f64>,
}

/// A complete row: f at A, at B, and at each AB.
#[derive(Debug, Clone, PartialEq)]
struct Complete {
    a: f64,
    b: f64,
    ab: Vec<f64>,
}

/// Computes the indices; none with fewer than two complete rows, or if the outcome never varies.
pub fn indices(rows: &[Row], parameters: usize, how: &Bootstrap) -> Option<Indices> {
    let complete: Vec<Complete> = rows
        .iter()
        .filter_map(|row| average(row, |_| true))
        .collect();
    let of_all = shares(&complete, &order(&complete), parameters)?;
    let replicates = rows.iter().map(|row| row.a.len()).max().unwrap_or(0);
    let alone: Vec<Vec<(f64, f64)>> = (0..replicates)
        .filter_map(|replicate| {
            let rows: Vec<Complete> = rows
                .iter()
                .filter_map(|row| average(row, |r| r == replicate))
                .collect();
            shares(&rows, &order(&rows), parameters)
        })
        .collect();
    let spread = |parameter: usize, of: fn(&(f64, f64)) -> f64| {
        let values: Vec<f64> = alone.iter().map(|shares| of(&shares[parameter])).collect();
        variance(&values).map(f64::sqrt)
    };
    let rows_in_order = order(&complete);
    let interval = |parameter: usize, of: fn(&(f64, f64)) -> f64| {
        let estimate = of(&of_all[parameter]);
        bootstrap(&rows_in_order, how, |drawn| {
            one_share(&complete, drawn, parameter).map(|share| of(&share))
        })
        .unwrap_or(Interval {
            estimate,
            lower: f64::NEG_INFINITY,
            upper: f64::INFINITY,
        })
    };
    Some(Indices {
        parameters: (0..parameters)
            .map(|parameter| Index {
                first: interval(parameter, |share| share.0),
                total: interval(parameter, |share| share.1),
                first_noise: spread(parameter, |share| share.0),
                total_noise: spread(parameter, |share| share.1),
            })
            .collect(),
        rows: complete.len(),
        dropped: rows.len() - complete.len(),
        variance: spread_of_outcome(&complete, &rows_in_order)?,
        luck_share: luck_share(rows),
    })
}

fn order(rows: &[Complete]) -> Vec<usize> {
    (0..rows.len()).collect()
}

/// Means over the replicates that all points of the row have, of those that are wanted.
fn average(row: &Row, wanted: impl Fn(usize) -> bool) -> Option<Complete> {
    let points = || [&row.a, &row.b].into_iter().chain(&row.ab);
    let replicates: Vec<usize> = (0..row.a.len())
        .filter(|r| wanted(*r))
        .filter(|r| points().all(|point| point.get(*r).copied().flatten().is_some()))
        .collect();
    let at = |point: &[Option<f64>]| {
        let values: Vec<f64> = replicates.iter().filter_map(|r| point[*r]).collect();
        mean(&values)
    };
    Some(Complete {
        a: at(&row.a)?,
        b: at(&row.b)?,
        ab: row
            .ab
            .iter()
            .map(|point| at(point))
            .collect::<Option<_>>()?,
    })
}

fn shares(rows: &[Complete], drawn: &[usize], parameters: usize) -> Option<Vec<(f64, f64)>> {
    (0..parameters)
        .map(|parameter| one_share(rows, drawn, parameter))
        .collect()
}

/// First-order and total index of one parameter from the rows drawn. The centre is the mean of all values of all rows.
fn one_share(rows: &[Complete], drawn: &[usize], parameter: usize) -> Option<(f64, f64)> {
    let n = drawn.len() as f64;
    let centre = centre(rows)?;
    let variance = spread_of_outcome(rows, drawn)?;
    let (mut first, mut total) = (0.0, 0.0);
    for row in drawn.iter().map(|j| &rows[*j]) {
        let ab = *row.ab.get(parameter)?;
        first += (row.b - centre) * (ab - row.a);
        total += (row.a - ab) * (row.a - ab);
    }
    (variance > 0.0).then(|| (first / n / variance, total / (2.0 * n) / variance))
}

fn centre(rows: &[Complete]) -> Option<f64> {
    let count: usize = rows.iter().map(|row| row.ab.len() + 2).sum();
    let sum: f64 = rows
        .iter()
        .map(|row| row.a + row.b + row.ab.iter().sum::<f64>())
        .sum();
    (count > 0).then(|| sum / count as f64)
}

/// Variance of f over A and B of the rows drawn, over n as in the sources.
fn spread_of_outcome(rows: &[Complete], drawn: &[usize]) -> Option<f64> {
    let values: Vec<f64> = drawn
        .iter()
        .flat_map(|j| [rows[*j].a, rows[*j].b])
        .collect();
    let n = values.len() as f64;
    (drawn.len() >= 2).then(|| variance(&values).map(|v| v * (n - 1.0) / n))?
}

/// Variance within points over the variance of all single runs, at A and B.
fn luck_share(rows: &[Row]) -> Option<f64> {
    let groups: Vec<Vec<f64>> = rows
        .iter()
        .flat_map(|row| [&row.a, &row.b])
        .map(|point| point.iter().copied().flatten().collect())
        .collect();
    let within: Vec<f64> = groups.iter().filter_map(|group| variance(group)).collect();
    let all: Vec<f64> = groups.into_iter().flatten().collect();
    let whole = variance(&all)?;
    let within = mean(&within)?;
    (whole > 0.0).then(|| within / whole)
}

#[cfg(test)]
mod tests {
    use super::super::Streams;
    use super::*;

    fn how() -> Bootstrap {
        Bootstrap {
            resamples: 200,
            ..Bootstrap::new(Streams::new(1, "indices"))
        }
    }

    /// f = 2 x + y + luck, x and y uniform: x makes 4/5 and y 1/5 of the variance.
    fn rows(n: u64, replicates: u64, luck: f64) -> Vec<Row> {
        let streams = Streams::new(3, "points");
        (0..n)
            .map(|j| {
                let mut stream = streams.stream(j);
                let mut uniform = || stream.uniform();
                let (a, b) = ([uniform(), uniform()], [uniform(), uniform()]);
                let f = |x: f64, y: f64| -> Vec<Option<f64>> {
                    (0..replicates)
                        .map(|r| {
                            let luck = luck * Streams::new(r, "luck").stream(j).normal();
                            Some(2.0 * x + y + luck)
                        })
                        .collect()
                };
                Row {
                    a: f(a[0], a[1]),
                    b: f(b[0], b[1]),
                    ab: vec![f(b[0], a[1]), f(a[0], b[1])],
                }
            })
            .collect()
    }

    #[test]
    fn of_a_sum_the_shares_are_those_of_its_terms() {
        let found = indices(&rows(1500, 1, 0.0), 2, &how()).unwrap();
        for (index, truth) in found.parameters.iter().zip([0.8, 0.2]) {
            let reach = index.first.upper - index.first.lower;
            assert!((index.first.estimate - truth).abs() < reach, "{index:?}");
            let reach = index.total.upper - index.total.lower;
            assert!((index.total.estimate - truth).abs() < reach, "{index:?}");
            assert!(reach < 0.15, "{index:?}");
            assert_eq!(index.first_noise, None);
        }
        // (4 + 1) / 12, with a standard error of about 2 %
        assert!((found.variance - 5.0 / 12.0).abs() < 0.04);
    }

    #[test]
    fn missing_runs_cost_their_row_only() {
        let mut some = rows(60, 2, 0.0);
        let all = indices(&some, 2, &how()).unwrap();
        some[7].ab[1][0] = None; // the other replicate says the same
        let found = indices(&some, 2, &how()).unwrap();
        assert_eq!((found.rows, found.dropped), (60, 0));
        assert_eq!(
            found.parameters[0].first.estimate,
            all.parameters[0].first.estimate
        );
        some[9].b = vec![None, None];
        let found = indices(&some, 2, &how()).unwrap();
        assert_eq!((found.rows, found.dropped), (59, 1));
        assert!(indices(&some[..1], 2, &how()).is_none());
    }

    #[test]
    fn luck_is_shown_beside_the_indices() {
        let found = indices(&rows(400, 4, 0.5), 2, &how()).unwrap();
        // 0.25 / (0.25 + 5 / 12)
        assert!(
            (found.luck_share.unwrap() - 0.375).abs() < 0.04,
            "{found:?}"
        );
        assert!(found.parameters[0].first_noise.unwrap() > 0.005);
    }
}
