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

/// The note under a table of contrasts; none for a single one. `p` are unadjusted.
pub fn note(p: &[f64], confidence: f64) -> Option<String> {
    if p.len() < 2 {
        return None;
    }
    let error = 1.0 - confidence;
    let alone = p.iter().filter(|p| **p < error).count();
    let together = holm(p).iter().filter(|p| **p < error).count();
    Some(format!(
        "{} contrasts were looked at, so about {:.1} would exclude zero by chance alone. Taken one at a time \
         {alone} exclude zero; {together} still do so when all are taken together (Holm 1979).",
        p.len(),
        p.len() as f64 * error
    ))
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
    fn the_note_counts_both_ways() {
        assert!(note(&[0.01], 0.95).is_none());
        let text = note(&[0.03, 0.01, 0.04, 0.02], 0.95).unwrap();
        assert!(
            text.contains("one at a time 4 exclude zero; 1 still"),
            "{text}"
        );
    }
}
