//! Ablation: mechanisms switched off alone and together, so that each one's share of a contrast can be told.
//!
//! Up to six mechanisms, every arm of the experiment is run with every subset of them off. Above that, each replicate
//! walks some orders of its own, in which they are switched on one by one, and only the subsets on its way are run.
//! Shares are Shapley values over paired runs ([`crate::analysis::statistics::shapley`]).

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::file_words::check_names;
use super::results::Results;
use crate::analysis::statistics::shapley::{self, Coalition};
use crate::analysis::statistics::{Bootstrap, Streams};
use crate::analysis::study::Attributed;
use crate::scenario::Findings;

/// Mechanisms at most: more cannot be told apart with the replicates that anybody runs.
const MOST: usize = 16;

/// Pairs of orders that a replicate walks, unless the file says how many.
const PAIRS: u32 = 2;

/// Which mechanisms are switched off.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Ablation {
    /// Sections of the scenario with an `enabled` switch; several that belong together are joined by `+` [names].
    pub mechanisms: Vec<String>,
    /// With more than six mechanisms: pairs of orders in which each replicate switches them on, one the reverse of the
    /// other; 2 when left out. With 1, the error of sampling cannot be told from luck [count].
    pub orders: Option<u32>,
    /// Outcomes whose contrasts are attributed; all when left out [names of outcomes].
    pub outcomes: Vec<String>,
}

impl Ablation {
    pub(super) fn check(&self, outcomes: &[&String], findings: &mut Findings) {
        check_names("ablation.outcomes", &self.outcomes, outcomes, findings);
        if self.mechanisms.is_empty() {
            findings.problem(
                "ablation.mechanisms",
                "there is no mechanism to switch off",
                "name sections of the scenario that have `enabled`, such as [\"reputation\", \"influence\"]",
            );
        }
        if self.mechanisms.len() > MOST {
            findings.problem(
                "ablation.mechanisms",
                format!("{} mechanisms are named", self.mechanisms.len()),
                format!("name at most {MOST}; join some that belong together, such as \"reputation+influence\""),
            );
        }
        if self.orders == Some(0) {
            findings.problem(
                "ablation.orders",
                "no order is walked",
                format!("use 1 or more, or leave it out: {PAIRS}"),
            );
        } else if self.orders.is_some() && !self.is_sampled() {
            findings.problem(
                "ablation.orders",
                format!(
                    "{} mechanisms are switched off in every subset, so no orders are sampled",
                    self.mechanisms.len()
                ),
                format!("remove it, or name more than {} mechanisms", shapley::EXACT),
            );
        }
        let mut seen = BTreeSet::new();
        for (i, name) in self.mechanisms.iter().enumerate() {
            for section in sections(name) {
                if !seen.insert(section) {
                    findings.problem(
                        &format!("ablation.mechanisms[{i}]"),
                        format!("{section:?} stands twice"),
                        "name each mechanism once",
                    );
                }
            }
        }
    }

    /// Whether subsets are sampled, since there are too many.
    pub fn is_sampled(&self) -> bool {
        self.mechanisms.len() > shapley::EXACT
    }

    /// Pairs of orders that a replicate walks.
    fn pairs(&self) -> usize {
        self.orders.unwrap_or(PAIRS) as usize
    }

    /// The subsets that a replicate runs.
    pub(super) fn of_replicate(&self, seed: u64, replicate: u32) -> Vec<Coalition> {
        let players = self.mechanisms.len();
        if !self.is_sampled() {
            return shapley::all_coalitions(players);
        }
        let orders = shapley::orders(
            &streams(seed),
            players,
            self.pairs(),
            u64::from(replicate) - 1,
        );
        shapley::coalitions_along(&orders)
    }

    /// The subsets that so many replicates run, all mechanisms on first; more replicates add to the end.
    pub(super) fn coalitions(&self, seed: u64, replicates: u32) -> Vec<Coalition> {
        if !self.is_sampled() {
            let mut all = shapley::all_coalitions(self.mechanisms.len());
            all.reverse();
            return all;
        }
        let mut all: Vec<Coalition> = vec![(1 << self.mechanisms.len()) - 1];
        let mut known: BTreeSet<Coalition> = all.iter().copied().collect();
        for replicate in 1..=replicates {
            for on in self.of_replicate(seed, replicate) {
                if known.insert(on) {
                    all.push(on);
                }
            }
        }
        all
    }

    /// Name of an arm with a subset on.
    pub(super) fn name(&self, arm: &str, on: Coalition) -> String {
        let off: Vec<&str> = self.off(on).map(|i| self.mechanisms[i].as_str()).collect();
        if off.is_empty() {
            arm.to_owned()
        } else {
            format!("{arm} without {}", off.join(", "))
        }
    }

    /// Keys that are set to false for a subset, each with the place of its mechanism in the list.
    pub(super) fn keys(&self, on: Coalition) -> Vec<(usize, String)> {
        self.off(on)
            .flat_map(|i| {
                sections(&self.mechanisms[i]).map(move |section| (i, format!("{section}.enabled")))
            })
            .collect()
    }

    fn off(&self, on: Coalition) -> impl Iterator<Item = usize> {
        (0..self.mechanisms.len()).filter(move |i| on >> i & 1 == 0)
    }
}

/// Where the runs of subsets stand among the arms: the full arms first, in their order, then subset by subset.
pub(super) struct Places {
    /// Arms of the file.
    arms: usize,
    of: BTreeMap<Coalition, usize>,
}

impl Places {
    pub(super) fn new(ablation: &Ablation, (seed, replicates): (u64, u32), arms: usize) -> Self {
        let all = ablation.coalitions(seed, replicates);
        let of = all.into_iter().enumerate().map(|(place, on)| (on, place));
        Self {
            arms,
            of: of.collect(),
        }
    }

    /// Place of an arm with a subset on; none where no replicate runs it.
    pub(super) fn place(&self, arm: usize, on: Coalition) -> Option<usize> {
        Some(self.of.get(&on)? * self.arms + arm)
    }
}

fn streams(seed: u64) -> Streams {
    Streams::new(seed, "orders of mechanisms")
}

fn sections(name: &str) -> impl Iterator<Item = &str> {
    name.split('+').map(str::trim)
}

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
                let orders = (&streams(seed), ablation.pairs());
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
    use super::super::results::RunResult;
    use super::*;

    fn two() -> Ablation {
        Ablation {
            mechanisms: vec!["reputation+influence".into(), "review".into()],
            ..Ablation::default()
        }
    }

    #[test]
    fn arms_are_the_full_ones_first_and_then_every_subset() {
        let ablation = two();
        let arms = ["isolated", "authentic"];
        let names: Vec<String> = ablation
            .coalitions(1, 6)
            .iter()
            .flat_map(|on| arms.map(|arm| ablation.name(arm, *on)))
            .collect();
        assert_eq!(
            names[..3],
            [
                "isolated",
                "authentic",
                "isolated without reputation+influence"
            ]
        );
        assert_eq!(names[7], "authentic without reputation+influence, review");
        let places = Places::new(&ablation, (1, 6), 2);
        for (i, on) in ablation.coalitions(1, 6).into_iter().enumerate() {
            assert_eq!(places.place(1, on), Some(2 * i + 1));
        }
        let keys: Vec<String> = ablation
            .keys(0b10)
            .into_iter()
            .map(|(_, key)| key)
            .collect();
        assert_eq!(keys, ["reputation.enabled", "influence.enabled"]);
    }

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

    #[test]
    fn wrong_lists_are_refused() {
        let list = |mechanisms: &[&str]| Ablation {
            mechanisms: mechanisms.iter().map(|name| (*name).to_owned()).collect(),
            ..Ablation::default()
        };
        let names: Vec<String> = (0..17).map(|i| format!("m{i}")).collect();
        let many: Vec<&str> = names.iter().map(String::as_str).collect();
        for (plan, wrong) in [
            (list(&[]), true),
            (list(&many), true),
            (list(&many[..7]), false),
            (
                Ablation {
                    orders: Some(2),
                    ..list(&["a", "b"])
                },
                true,
            ),
            (list(&["a+b", "b"]), true),
            (list(&["a+b", "c"]), false),
        ] {
            let mut findings = Findings::default();
            plan.check(&[], &mut findings);
            assert_eq!(findings != Findings::default(), wrong, "{plan:?}");
        }
    }
}
