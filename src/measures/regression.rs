//! Regression with a handful of predictors: least squares, and the logit for yes or no.
//!
//! ```text
//! least squares   b = (X'X)^-1 X'y            X has a column of ones first
//! logit           P(y = 1) = 1 / (1 + e^-Xb),  by Newton's method, at most 25 steps
//! ```
//!
//! Sums run over the rows in their order, so results have the same bits on every run. A system that cannot be solved
//! (a constant column, one column that follows from others, perfect separation) has no result.

/// Coefficients of a regression: the constant first, then one for each predictor.
pub type Coefficients = Vec<f64>;

/// Least squares of `y` on rows of predictors; none where it is not defined.
pub fn least_squares(rows: &[Vec<f64>], y: &[f64]) -> Option<Coefficients> {
    let weights = vec![1.0; y.len()];
    weighted(rows, y, &weights)
}

/// Logit of `y` (true is 1) on rows of predictors; none where it is not defined.
pub fn logit(rows: &[Vec<f64>], y: &[bool]) -> Option<Coefficients> {
    let columns = rows.first()?.len() + 1;
    let mut b = vec![0.0; columns];
    for _ in 0..25 {
        let mut weights = Vec::with_capacity(y.len());
        let mut target = Vec::with_capacity(y.len());
        for (row, &hit) in rows.iter().zip(y) {
            let eta = predicted(&b, row).clamp(-30.0, 30.0);
            let p = 1.0 / (1.0 + libm::exp(-eta));
            let w = (p * (1.0 - p)).max(1e-10);
            weights.push(w);
            target.push(eta + (f64::from(u8::from(hit)) - p) / w);
        }
        let next = weighted(rows, &target, &weights)?;
        let step = b
            .iter()
            .zip(&next)
            .map(|(a, b)| (a - b).abs())
            .fold(0.0, f64::max);
        b = next;
        if step < 1e-9 {
            break;
        }
    }
    b.iter().all(|b| b.abs() < 25.0).then_some(b)
}

/// Prediction of a row.
pub fn predicted(b: &[f64], row: &[f64]) -> f64 {
    b[0] + b[1..].iter().zip(row).map(|(b, x)| b * x).sum::<f64>()
}

/// A column less its mean, in units of its standard deviation; none when it does not vary.
pub fn standardised(values: &[f64]) -> Option<Vec<f64>> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let sd = (values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n).sqrt();
    (sd > 1e-12).then(|| values.iter().map(|x| (x - mean) / sd).collect())
}

fn weighted(rows: &[Vec<f64>], y: &[f64], weights: &[f64]) -> Option<Coefficients> {
    let columns = rows.first()?.len() + 1;
    if rows.len() <= columns || rows.len() != y.len() {
        return None;
    }
    let mut a = vec![vec![0.0; columns + 1]; columns];
    let mut line = vec![1.0; columns];
    for ((row, &target), &w) in rows.iter().zip(y).zip(weights) {
        line[1..].copy_from_slice(row);
        for (equation, x) in a.iter_mut().zip(&line) {
            for (cell, y) in equation.iter_mut().zip(&line) {
                *cell += w * x * y;
            }
            equation[columns] += w * x * target;
        }
    }
    solve(a)
}

/// Solves a square system given with its right-hand side as last column, by elimination with pivots.
pub fn solve(mut a: Vec<Vec<f64>>) -> Option<Vec<f64>> {
    let n = a.len();
    let scale: Vec<f64> = (0..n).map(|i| a[i][i].abs().max(1e-300)).collect();
    for i in 0..n {
        let pivot = (i..n).max_by(|&p, &q| a[p][i].abs().total_cmp(&a[q][i].abs()))?;
        a.swap(i, pivot);
        if a[i][i].abs() < 1e-10 * scale[i] {
            return None;
        }
        let (done, below) = a.split_at_mut(i + 1);
        let above = &done[i];
        for row in below {
            let factor = row[i] / above[i];
            for (cell, x) in row.iter_mut().zip(above).skip(i) {
                *cell -= factor * x;
            }
        }
    }
    let mut x = vec![0.0; n];
    for i in (0..n).rev() {
        let rest: f64 = (i + 1..n).map(|j| a[i][j] * x[j]).sum();
        x[i] = (a[i][n] - rest) / a[i][i];
    }
    x.iter().all(|x| x.is_finite()).then_some(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plane_is_found_exactly() {
        let rows: Vec<Vec<f64>> = [(0.0, 1.0), (1.0, 0.0), (2.0, 2.0), (3.0, 1.0), (5.0, 4.0)]
            .iter()
            .map(|&(a, b)| vec![a, b])
            .collect();
        let y: Vec<f64> = rows.iter().map(|r| 2.0 + 3.0 * r[0] - r[1]).collect();
        let b = least_squares(&rows, &y).unwrap();
        for (found, expected) in b.iter().zip([2.0, 3.0, -1.0]) {
            assert!((found - expected).abs() < 1e-9, "{b:?}");
        }
    }

    #[test]
    fn a_logit_of_two_groups_gives_their_log_odds() {
        // 1 of 4 without, 3 of 4 with: log odds -ln 3, and 2 ln 3 more
        let rows: Vec<Vec<f64>> = (0..8).map(|i| vec![f64::from(u8::from(i >= 4))]).collect();
        let y = [true, false, false, false, true, true, true, false];
        let b = logit(&rows, &y).unwrap();
        let ln3 = libm::log(3.0);
        assert!((b[0] + ln3).abs() < 1e-6 && (b[1] - 2.0 * ln3).abs() < 1e-6);
    }

    #[test]
    fn what_cannot_be_told_apart_has_no_result() {
        let same: Vec<Vec<f64>> = (0..5).map(|i| vec![f64::from(i), f64::from(i)]).collect();
        assert_eq!(least_squares(&same, &[1.0, 2.0, 3.0, 4.0, 6.0]), None);
        let constant = vec![vec![1.0]; 5];
        assert_eq!(least_squares(&constant, &[1.0, 2.0, 3.0, 4.0, 6.0]), None);
        assert_eq!(least_squares(&[], &[]), None);
        assert_eq!(standardised(&[2.0, 2.0]), None);
    }
}
