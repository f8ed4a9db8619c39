//! Each mechanism's share of a contrast, from the runs of an ablation.

use crate::analysis::statistics::shapley::{self, Coalition};
use crate::analysis::statistics::{Bootstrap, Streams};
use crate::analysis::study::Attributed;
use crate::experiment::file::{Ablation, Places};
use crate::experiment::results::Results;

/// Shares of the mechanisms in each outcome (`names` are the arms with all on): of every contrast, or of the outcome itself where there is only one arm;
/// and outcomes and contrasts without two replicates that have a value with every subset off.
pub(super) fn attribute(
    ablation: &Ablation,
    (names, contrasts): (&[String], &[(String, usize, usize)]),
    (results, outcomes, replicates): (&Results, &[usize], u32),
    (seed, confidence): (u64, f64),
) -> (Vec<Attributed>, Vec<(usize, String)>) {
    // arms were made for all replicates of the plan, also where a rule stopped it before
    let most = results.replicates();
    let players = ablation.mechanisms.len();
    let arms = names.len();
    let places = Places::new(ablation, (seed, most), arms);
    let mut targets: Vec<(String, usize, Option<usize>)> = contrasts
        .iter()
        .map(|(name, arm, reference)| (name.clone(), *arm, Some(*reference)))
        .collect();
    if targets.is_empty() {
        targets.extend((0..arms).map(|arm| (names[arm].clone(), arm, None)));
    }
    let (mut found, mut lacking) = (Vec::new(), Vec::new());
    for &outcome in outcomes {
        for (of, arm, reference) in &targets {
            let how = Bootstrap {
                confidence,
                ..Bootstrap::new(Streams::new(seed, &format!("attribution {outcome} {of}")))
            };
            let at = |arm: usize, on: Coalition, replicate: usize| {
                results.value(places.place(arm, on)?, replicate as u32 + 1, outcome)
            };
            let value = |on: Coalition, replicate: usize| {
                let own = at(*arm, on, replicate)?;
                match reference {
                    Some(reference) => Some(own - at(*reference, on, replicate)?),
                    None => Some(own),
                }
            };
            let n = replicates as usize;
            let values = if ablation.is_sampled() {
                let orders = (&Ablation::streams(seed), ablation.pairs());
                shapley::sampled(players, n, orders, value, &how)
            } else {
                shapley::exact(players, n, value, &how)
            };
            match values {
                Some(values) => found.push(Attributed {
                    outcome,
                    of: of.clone(),
                    mechanisms: ablation.mechanisms.clone(),
                    found: values,
                }),
                None => lacking.push((outcome, of.clone())),
            }
        }
    }
    (found, lacking)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::file::samples::two;
    use crate::experiment::results::RunResult;

    #[test]
    fn shares_of_a_contrast_by_hand() {
        // isolated loses 3 by the first mechanism and 1 by the second, authentic nothing
        let ablation = two();
        let mut results = Results::new(8, 6);
        let places = Places::new(&ablation, (1, 6), 2);
        for on in ablation.coalitions(1, 6) {
            for replicate in 1..=6 {
                let luck = f64::from(replicate) * 0.1;
                for (arm, keen) in [(0, 1.0), (1, 0.0)] {
                    let value = luck + keen * (3.0 * f64::from(on & 1) + f64::from(on >> 1));
                    let run = RunResult {
                        values: vec![Some(value)],
                        failure: None,
                        kept: Vec::new(),
                    };
                    results.enter(places.place(arm, on).unwrap(), replicate, run);
                }
            }
        }
        let names: Vec<String> = (0..2).map(|i| i.to_string()).collect();
        let contrasts = [("isolated - authentic".to_owned(), 0, 1)];
        let (found, _) = attribute(
            &ablation,
            (&names, &contrasts),
            (&results, &[0], 6),
            (1, 0.95),
        );
        let shares: Vec<f64> = found[0]
            .found
            .players
            .iter()
            .map(|player| player.share.unwrap().estimate)
            .collect();
        assert!((shares[0] - 0.75).abs() < 1e-12 && (shares[1] - 0.25).abs() < 1e-12);
    }

    #[test]
    fn eight_mechanisms_are_walked_in_orders_and_more_replicates_add_subsets_at_the_end() {
        let ablation = Ablation {
            mechanisms: (0..8).map(|i| format!("m{i}")).collect(),
            ..Ablation::default()
        };
        let (few, many) = (ablation.coalitions(3, 5), ablation.coalitions(3, 40));
        assert_eq!(few[0], 0xff);
        assert_eq!(few, many[..few.len()]);
        let places = Places::new(&ablation, (3, 40), 1);
        let mut results = Results::new(many.len(), 40);
        for replicate in 1..=40 {
            let own = ablation.of_replicate(3, replicate);
            // two orders and their reverses, sharing the empty and the full subset
            assert!(own.len() <= 4 * 7 + 2, "{}", own.len());
            for on in own {
                // mechanism i gives i; the first two give 4 more together
                let own: u32 = (0..8).filter(|i| on >> i & 1 == 1).sum();
                let both = if on & 3 == 3 { 4 } else { 0 };
                let luck = f64::from(replicate % 5) * 0.1;
                let run = RunResult {
                    values: vec![Some(f64::from(own + both) + luck)],
                    failure: None,
                    kept: Vec::new(),
                };
                results.enter(places.place(0, on).unwrap(), replicate, run);
            }
        }
        let names = vec!["base".to_owned()];
        let (found, lacking) = attribute(&ablation, (&names, &[]), (&results, &[0], 40), (3, 0.95));
        assert!(lacking.is_empty());
        let players = &found[0].found.players;
        // a pair of an order and its reverse shares out an interaction of two exactly
        for (i, player) in players.iter().enumerate() {
            let truth = i as f64 + if i < 2 { 2.0 } else { 0.0 };
            assert!(
                (player.value.estimate - truth).abs() < 1e-9,
                "{i}: {player:?}"
            );
            assert!(player.sampling.unwrap() < 1e-9);
        }
    }
}
