//! Many contrasts at once: some exclude zero by chance alone.
//!
//! Source: Holm 1979, Scand. J. Stat. 6:65 (step-down; holds whatever the dependence of the contrasts).

/// Holm's adjusted p, in the order given: below 0.05, the contrast holds although all were looked at.
pub fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let mut adjusted = vec![1.0; p.len()];
    let mut largest = 0.0_f64;
    for (rank, i) in order.into_iter().enumerate() {
        largest = largest.max(p[i] * (p.len() - rank) as f64).min(1.0);
        adjusted[i] = largest;
    }
    adjusted
}

/// What looking at several contrasts came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Looks {
    /// Contrasts.
    pub all: usize,
    /// Of these, how many would exclude zero by chance alone.
    pub expected: f64,
    /// Exclude zero, taken one at a time.
    pub alone: usize,
    /// Still do so when all are taken together.
    pub together: usize,
}

/// The count under a table of contrasts; none for a single one. `p` are unadjusted.
pub fn looks(p: &[f64], confidence: f64) -> Option<Looks> {
    let error = 1.0 - confidence;
    (p.len() > 1).then(|| Looks {
        all: p.len(),
        expected: p.len() as f64 * error,
        alone: p.iter().filter(|p| **p < error).count(),
        together: holm(p).iter().filter(|p| **p < error).count(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjusted_by_hand() {
        // sorted 0.01 0.02 0.03 0.04: 4 * 0.01 = 0.04, 3 * 0.02 = 0.06, 2 * 0.03 = 0.06, 0.04 -> 0.06
        let adjusted = holm(&[0.03, 0.01, 0.04, 0.02]);
        for (found, expected) in adjusted.iter().zip([0.06, 0.04, 0.06, 0.06]) {
            assert!((found - expected).abs() < 1e-12, "{adjusted:?}");
        }
        assert_eq!(holm(&[0.9, 0.8]), [1.0, 1.0]);
        assert!(holm(&[]).is_empty());
    }

    #[test]
    fn contrasts_are_counted_both_ways() {
        assert!(looks(&[0.01], 0.95).is_none());
        let found = looks(&[0.03, 0.01, 0.04, 0.02], 0.95).unwrap();
        assert_eq!((found.all, found.alone, found.together), (4, 4, 1));
        assert!((found.expected - 0.2).abs() < 1e-12);
    }
}
