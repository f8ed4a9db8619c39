//! Shares of ties. Ties that share a person share a fate, so that a hundred of them say less than a hundred pairs of
//! strangers would.

use std::collections::BTreeMap;

/// How many ties without a person in common would say as much about the share of hits among these: the number of ties
/// over the design effect of shared people (Kish 1965). Never more than there are. Of ties that all hit or all miss,
/// which cannot tell how far fates are shared, as if each person had one tie.
///
/// The variance counts two ties as dependent where they have a person in common, however strongly: Fafchamps and Gubert
/// 2007, J. Dev. Econ. 83:326; Aronow, Samii and Assenova 2015, Polit. Anal. 23:564. What a department does to all in
/// it is not counted.
pub(super) fn effective(ties: &[(usize, usize, bool)]) -> f64 {
    let n = ties.len() as f64;
    let hits = ties.iter().filter(|(.., hit)| *hit).count() as f64;
    let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
    let mut alone = 0.0;
    for (one, other, hit) in ties {
        let residual = f64::from(u8::from(*hit)) - hits / n;
        *sums.entry(*one).or_default() += residual;
        *sums.entry(*other).or_default() += residual;
        alone += residual * residual;
    }
    let people = sums.len() as f64;
    if alone == 0.0 {
        return n.min(people / 2.0);
    }
    // each tie is in the sums of both its people, and so twice with itself
    let together: f64 = sums.values().map(|sum| sum * sum).sum::<f64>() - alone;
    let few = people / (people - 1.0);
    n / (1.0 + few * (together / alone - 1.0).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::super::intervals::wilson_of;
    use super::*;

    #[test]
    fn the_interval_widens_where_ties_share_persons() {
        // forty ties of which half are kept: of strangers, and of ten people who keep all four or lose all four
        let strangers: Vec<(usize, usize, bool)> =
            (0..40).map(|k| (2 * k, 2 * k + 1, k % 2 == 0)).collect();
        let of_ten: Vec<(usize, usize, bool)> = (0..40)
            .map(|k| (k / 4, 100 + k, (k / 4) % 2 == 0))
            .collect();
        assert!((effective(&strangers) - 40.0).abs() < 1e-9);
        // ten sums of 2, forty of 1/2, less the ties themselves: 40 + 10 - 10 = 40 against 10; with 50 people
        let by_hand = 40.0 / (1.0 + 50.0 / 49.0 * 3.0);
        assert!((effective(&of_ten) - by_hand).abs() < 1e-9);
        let width = |ties: &[(usize, usize, bool)]| {
            let found = wilson_of(0.5, effective(ties));
            found.upper - found.lower
        };
        assert!(width(&of_ten) > 1.7 * width(&strangers));
    }

    #[test]
    fn ties_never_say_more_than_there_are_and_those_that_agree_count_as_people() {
        // one kept and one lost tie of each person: fates differ more than by chance
        let ring: Vec<(usize, usize, bool)> =
            (0..8).map(|k| (k, (k + 1) % 8, k % 2 == 0)).collect();
        assert!((effective(&ring) - 8.0).abs() < 1e-9);
        let star: Vec<(usize, usize, bool)> = (1..10).map(|k| (0, k, true)).collect();
        assert!((effective(&star) - 5.0).abs() < 1e-9);
    }
}
