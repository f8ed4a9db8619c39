//! Inequality of a column of amounts.

/// Gini coefficient: 0 when all have the same, (n−1)/n when one has all.
///
/// Σ_i (2i − n − 1) x_i / (n Σ x), x ascending (Sen 1973, On Economic Inequality). None for no
/// values, when they sum to 0, and when one is negative or not a number.
pub fn gini(values: &[f64]) -> Option<f64> {
    if values
        .iter()
        .any(|value| !value.is_finite() || *value < 0.0)
    {
        return None;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let total: f64 = sorted.iter().sum();
    let ranked = sorted.iter().zip(1_u64..);
    let weighted: f64 = ranked
        .map(|(value, rank)| (2.0 * rank as f64 - n - 1.0) * value)
        .sum();
    (total > 0.0).then(|| weighted / (n * total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_equal_shares_to_one_who_has_all() {
        assert_eq!(gini(&[3.0, 3.0, 3.0]), Some(0.0));
        assert_eq!(gini(&[0.0, 0.0, 0.0, 8.0]), Some(0.75));
        assert!((gini(&[1.0, 2.0, 3.0, 4.0]).unwrap() - 0.25).abs() < 1e-15);
        assert_eq!(gini(&[]), None);
        assert_eq!(gini(&[0.0, 0.0]), None);
        assert_eq!(gini(&[1.0, -1.0]), None);
    }
}
