//! Eta squared: the share of the variance of an outcome that lies between groups (arms, strategies, points
//! of a design).
//!
//! Sources: Pearson 1905; Hays 1963 (omega squared, which takes off what chance alone would show).

use super::means::mean;

/// Shares of variance between groups.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct VarianceShare {
    /// Between-group sum of squares over the total: of these very values.
    pub eta_squared: f64,
    /// Estimate for more of the same; below 0 when groups differ less than chance makes them.
    pub omega_squared: f64,
    /// Groups with values.
    pub groups: usize,
    /// Values.
    pub values: usize,
}

/// Of groups of values; none with fewer than two groups, without more values than groups, or when all values
/// are equal.
pub fn variance_share(groups: &[Vec<f64>]) -> Option<VarianceShare> {
    let groups: Vec<&Vec<f64>> = groups.iter().filter(|group| !group.is_empty()).collect();
    let all: Vec<f64> = groups
        .iter()
        .flat_map(|group| group.iter().copied())
        .collect();
    if groups.len() < 2 || all.len() <= groups.len() {
        return None;
    }
    let grand = mean(&all)?;
    let (mut between, mut within) = (0.0, 0.0);
    for group in &groups {
        let own = mean(group)?;
        between += group.len() as f64 * (own - grand) * (own - grand);
        within += group.iter().map(|v| (v - own) * (v - own)).sum::<f64>();
    }
    let total = between + within;
    if total <= 0.0 {
        return None;
    }
    let noise = within / (all.len() - groups.len()) as f64;
    Some(VarianceShare {
        eta_squared: between / total,
        omega_squared: (between - (groups.len() - 1) as f64 * noise) / (total + noise),
        groups: groups.len(),
        values: all.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // means 1 and 3, grand 2: between 2*1 + 2*1 = 4, within 0.5 + 0.5 = 1
        let share = variance_share(&[vec![0.5, 1.5], vec![2.5, 3.5]]).unwrap();
        assert!((share.eta_squared - 0.8).abs() < 1e-12);
        // noise 1 / 2: (4 - 0.5) / (5 + 0.5)
        assert!((share.omega_squared - 3.5 / 5.5).abs() < 1e-12);
    }

    #[test]
    fn without_groups_or_variance_there_is_none() {
        assert!(variance_share(&[vec![1.0, 2.0]]).is_none());
        assert!(variance_share(&[vec![1.0, 1.0], vec![1.0, 1.0]]).is_none());
        assert!(variance_share(&[vec![1.0], vec![2.0]]).is_none());
    }
}
