//! Whole numbers in given proportions.

/// Shares `total` out in proportion to `weights` by largest remainder; equal remainders go to the earlier.
pub(super) fn largest_remainder(total: usize, weights: &[f64]) -> Vec<usize> {
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 || weights.is_empty() {
        return vec![0; weights.len()];
    }
    let exact: Vec<f64> = weights.iter().map(|w| total as f64 * w / sum).collect();
    let mut parts: Vec<usize> = exact.iter().map(|x| libm::floor(*x) as usize).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|&a, &b| {
        let rest = |i: usize| exact[i] - libm::floor(exact[i]);
        rest(b).total_cmp(&rest(a)).then(a.cmp(&b))
    });
    let left = total.saturating_sub(parts.iter().sum());
    for &i in order.iter().take(left) {
        parts[i] += 1;
    }
    parts
}
