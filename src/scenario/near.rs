//! Near names: what somebody who mistyped a name may have meant.

/// The candidate nearest to `name`, if one is near enough to be a slip of the hand.
///
/// Distance: insertions, deletions, replacements and swaps of neighbours (Damerau-Levenshtein); at most a third
/// of the letters, case and the difference between `-`, ` ` and `_` not counted. Ties go to the
/// first. Where nothing is that near, the first with nearly the same beginning (Jaro-Winkler similarity of 0.9).
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A name of thousands of letters is nobody's slip, and the distance costs the product of the lengths.
    if name.len() > 100 {
        return None;
    }
    let plain = |text: &str| text.to_lowercase().replace(['-', ' '], "_");
    let wanted = plain(name);
    let allowed = (wanted.chars().count() / 3).max(1);
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let slip = candidates
        .iter()
        .map(|&candidate| {
            let distance = strsim::damerau_levenshtein(&wanted, &plain(candidate));
            (distance, candidate)
        })
        .filter(|&(distance, name)| distance <= allowed && distance < name.chars().count())
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate);
    // `strategy` for `strategies`: more letters differ, but the beginning is the same.
    let is_like = |candidate: &&str| strsim::jaro_winkler(&wanted, &plain(candidate)) >= 0.9;
    slip.or_else(|| candidates.iter().copied().find(is_like))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_near_and_another_word_is_not() {
        let known = ["authentic_share", "transactional_share", "employees"];
        assert_eq!(nearest("autentic_share", known), Some("authentic_share"));
        assert_eq!(nearest("Authentic-Share", known), Some("authentic_share"));
        assert_eq!(
            nearest("strategy", ["seed", "strategies"]),
            Some("strategies")
        );
        assert_eq!(nearest("budget", known), None);
        assert_eq!(nearest("x", ["y"]), None, "one letter is near to nothing");
        assert_eq!(nearest(&"x".repeat(1_000_000), known), None);
    }
}
