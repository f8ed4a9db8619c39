//! Measures of what an observer sees: lists of names, and counts of contacts.
//!
//! They need no more than (who, whom, how much), so a survey or trace of the simulated firm and the data of a real
//! one go through the same function.

use std::collections::{BTreeMap, BTreeSet};

/// P(tie | same group) / P(tie | different group) over ordered pairs; none when either has no pairs, or the second no ties.
///
/// People without a group are left out with their ties.
pub fn homophily_ratio(arcs: &[(u32, u32)], groups: &[Option<u32>]) -> Option<f64> {
    let mut sizes: BTreeMap<u32, u64> = BTreeMap::new();
    for group in groups.iter().flatten() {
        *sizes.entry(*group).or_default() += 1;
    }
    let n: u64 = sizes.values().sum();
    let same_pairs: u64 = sizes.values().map(|size| size * (size - 1)).sum();
    let other_pairs = n * n.saturating_sub(1) - same_pairs;
    let (mut same, mut other) = (0_u64, 0_u64);
    for &(a, b) in arcs {
        if let (Some(x), Some(y)) = (groups[a as usize], groups[b as usize]) {
            if x == y {
                same += 1;
            } else {
                other += 1;
            }
        }
    }
    (same_pairs > 0 && other > 0)
        .then(|| (same as f64 / same_pairs as f64) / (other as f64 / other_pairs as f64))
}

/// Jaccard index of two layers: arcs in both / arcs in either; none when both are empty.
pub fn overlap(a: &[(u32, u32)], b: &[(u32, u32)]) -> Option<f64> {
    let a: BTreeSet<_> = a.iter().collect();
    let b: BTreeSet<_> = b.iter().collect();
    let either = a.union(&b).count();
    (either > 0).then(|| a.intersection(&b).count() as f64 / either as f64)
}

/// Share of the arcs of one window that are seen again in the next; none when the first is empty.
pub fn survival(first: &[(u32, u32)], next: &[(u32, u32)]) -> Option<f64> {
    let next: BTreeSet<_> = next.iter().collect();
    let kept = first.iter().filter(|arc| next.contains(arc)).count();
    (!first.is_empty()).then(|| kept as f64 / first.len() as f64)
}

/// Share of a person's volume with the `top` most frequent partners, averaged over people; both directions count.
pub fn concentration(volumes: &[(u32, u32, f64)], top: usize) -> Option<f64> {
    let mut partners: BTreeMap<u32, BTreeMap<u32, f64>> = BTreeMap::new();
    for &(a, b, volume) in volumes {
        *partners.entry(a).or_default().entry(b).or_default() += volume;
        *partners.entry(b).or_default().entry(a).or_default() += volume;
    }
    let mut sum = 0.0;
    for volumes in partners.values() {
        let mut sorted: Vec<f64> = volumes.values().copied().collect();
        sorted.sort_by(|a, b| b.total_cmp(a));
        sum += sorted.iter().take(top).sum::<f64>() / sorted.iter().sum::<f64>();
    }
    (!partners.is_empty()).then(|| sum / partners.len() as f64)
}

/// Share of all received volume that goes to the most sought `share` of `people`; none without volume.
pub fn received_by_top(volumes: &[(u32, u32, f64)], people: usize, share: f64) -> Option<f64> {
    let mut received: BTreeMap<u32, f64> = BTreeMap::new();
    for &(_, to, volume) in volumes {
        *received.entry(to).or_default() += volume;
    }
    let mut sorted: Vec<f64> = received.values().copied().collect();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let total: f64 = sorted.iter().sum();
    let most = ((people as f64 * share).round() as usize).max(1);
    (total > 0.0).then(|| sorted.iter().take(most).sum::<f64>() / total)
}

/// Standard deviation over mean; none when the mean is 0.
pub fn variation(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
    (mean > 0.0).then(|| variance.sqrt() / mean)
}

/// Who asks whom across ranks: shares of the arcs that lead up, level and down; none without arcs.
///
/// `ranks` are higher for higher people; arcs with a missing rank are left out.
pub fn across_ranks(arcs: &[(u32, u32)], ranks: &[Option<f64>]) -> Option<[f64; 3]> {
    let mut counts = [0_u64; 3];
    for &(a, b) in arcs {
        if let (Some(x), Some(y)) = (ranks[a as usize], ranks[b as usize]) {
            counts[match y.total_cmp(&x) {
                std::cmp::Ordering::Greater => 0,
                std::cmp::Ordering::Equal => 1,
                std::cmp::Ordering::Less => 2,
            }] += 1;
        }
    }
    let all: u64 = counts.iter().sum();
    (all > 0).then(|| counts.map(|count| count as f64 / all as f64))
}

/// Share of the variance of `values` that lies between groups (eta squared); none when values do not vary.
pub fn eta_squared(values: &[f64], groups: &[usize]) -> Option<f64> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let total: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
    let mut of: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for (value, group) in values.iter().zip(groups) {
        let entry = of.entry(*group).or_default();
        entry.0 += 1.0;
        entry.1 += value;
    }
    let between: f64 = of
        .values()
        .map(|(count, sum)| count * (sum / count - mean) * (sum / count - mean))
        .sum();
    (total > 0.0).then(|| between / total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: Option<f64>, expected: f64) -> bool {
        (found.unwrap() - expected).abs() < 1e-12
    }

    #[test]
    fn homophily_compares_the_chance_of_a_tie_inside_and_outside() {
        // two groups of two: 4 ordered pairs inside, 8 across; 2 ties inside, 1 across
        let groups = [Some(0), Some(0), Some(1), Some(1), None];
        let arcs = [(0, 1), (2, 3), (0, 2), (4, 0)];
        assert!(near(
            homophily_ratio(&arcs, &groups),
            (2.0 / 4.0) / (1.0 / 8.0)
        ));
        assert_eq!(homophily_ratio(&arcs[..2], &groups), None);
    }

    #[test]
    fn layers_overlap_and_windows_survive_in_part() {
        let a = [(0, 1), (1, 2), (2, 3)];
        let b = [(0, 1), (2, 3), (3, 0), (3, 1)];
        assert!(near(overlap(&a, &b), 2.0 / 5.0));
        assert!(near(survival(&a, &b), 2.0 / 3.0));
        assert_eq!(survival(&[], &b), None);
        assert_eq!(overlap(&[], &[]), None);
    }

    #[test]
    fn volume_is_concentrated_on_the_top_partners() {
        // 0: 6 with 1, 2 with 2; 1: all with 0; 2: all with 0
        let volumes = [(0, 1, 4.0), (1, 0, 2.0), (0, 2, 2.0)];
        assert!(near(concentration(&volumes, 1), (0.75 + 1.0 + 1.0) / 3.0));
        assert!(near(concentration(&volumes, 5), 1.0));
        assert!(near(received_by_top(&volumes, 20, 0.05), 4.0 / 8.0));
    }

    #[test]
    fn variation_ranks_and_variance_between_groups() {
        assert!(near(variation(&[1.0, 3.0]), 0.5));
        assert_eq!(variation(&[0.0, 0.0]), None);
        let ranks = [Some(0.0), Some(1.0), Some(1.0), None];
        let arcs = [(0, 1), (1, 0), (1, 2), (0, 2), (3, 0)];
        assert_eq!(across_ranks(&arcs, &ranks), Some([0.5, 0.25, 0.25]));
        // group means 1 and 3, total variance 1 + 1 + 1 + 1 plus 2 x 2 x 1 between
        let values = [0.0, 2.0, 2.0, 4.0];
        assert!(near(eta_squared(&values, &[0, 0, 1, 1]), 4.0 / 8.0));
        assert_eq!(eta_squared(&[1.0, 1.0], &[0, 1]), None);
    }
}
