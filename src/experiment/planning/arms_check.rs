//! What can only be checked once the arms are known, or their scenarios: sizes, seeds, and years, moments and names
//! that no arm has.

use std::collections::BTreeSet;

use super::arm::Arm;
use super::protos::Proto;
use crate::experiment::file::{DesignKind, ExperimentFile};
use crate::experiment::outcomes::Outcome;
use crate::scenario::{Findings, nearest};

/// Runs at most: their results are held in memory.
const MOST_RUNS: u64 = 100_000_000;

/// Why no arm may set a seed.
pub(super) const SEEDS: &str = "the seed of a run comes from the root of the experiment and the number of the replicate, \
     so that arms share their luck; set the root, `seed` at the top of the file or --seed";

/// Arms that a design makes must have names of their own.
pub(super) fn check_arms(names: &[String], findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for name in names {
        if name.is_empty() || !seen.insert(name) {
            findings.problem(
                "factors",
                format!("two arms are called {name:?}"),
                "give each value once; in a table, give each row a `name` of its own",
            );
            return;
        }
    }
}

/// No more runs than can be held.
pub(super) fn check_runs(arms: usize, replicates: u32, findings: &mut Findings) {
    let runs = arms as u64 * u64::from(replicates);
    if runs > MOST_RUNS {
        findings.problem(
            "replicates",
            format!("{arms} arms x {replicates} replicates are {runs} runs"),
            format!("use fewer of one of them: {MOST_RUNS} at most"),
        );
    }
}

/// No arm may set the seed, which would do nothing.
pub(super) fn check_seeds(file: &ExperimentFile, arms: &[Proto], findings: &mut Findings) {
    let mut seeded = Vec::new();
    if file.set.contains_key("seed") {
        seeded.push("set.seed".to_owned());
    }
    for (i, arm) in file.arms.iter().enumerate() {
        if arm.set.contains_key("seed") {
            seeded.push(format!("arms[{i}].set.seed"));
        }
    }
    let sections = [
        ("factors", file.factors.as_ref().map(|f| &f.vary)),
        ("sensitivity", file.sensitivity.as_ref().map(|s| &s.vary)),
        ("calibration", file.calibration.as_ref().map(|c| &c.vary)),
    ];
    for (section, vary) in sections {
        for (i, factor) in vary.into_iter().flatten().enumerate() {
            if factor.key == "seed" {
                seeded.push(format!("{section}.vary[{i}].key"));
            }
        }
    }
    if let Some(factors) = &file.factors {
        for (i, point) in factors.list.iter().enumerate() {
            if point.contains_key("seed") {
                seeded.push(format!("factors.list[{i}].seed"));
            }
        }
        let sets = |(_, _, _, settings): &Proto| settings.iter().any(|s| s.key() == "seed");
        if factors.design == DesignKind::Table && arms.iter().any(sets) {
            seeded.push("factors.table".to_owned());
        }
    }
    for at in seeded {
        findings.problem(&at, "an arm sets its seed", SEEDS);
    }
}

/// A snapshot that an outcome is read at must be taken in some arm.
pub(super) fn check_moments(file: &ExperimentFile, arms: &[Arm], findings: &mut Findings) {
    for (i, outcome) in file.outcomes.iter().enumerate() {
        let Some(at) = &outcome.at else { continue };
        let number = |prefix: &str| -> Option<u32> {
            at.strip_prefix(prefix)?.split('-').next()?.parse().ok()
        };
        let has = |arm: &Arm| {
            let scenario = &arm.scenario;
            let changes = if scenario.restructuring.enabled {
                scenario.restructurings.len()
            } else {
                0
            };
            number("year-").is_none_or(|year| year <= scenario.years.get())
                && number("restructuring-").is_none_or(|n| n as usize <= changes)
        };
        if !arms.iter().any(has) {
            findings
                .problem(
                    &format!("outcomes[{i}].at"),
                    format!("no arm has the snapshot {at:?}"),
                    "choose one that a run has: its years and restructurings are those of the scenario and what arms set",
                )
                .reads("arms");
        }
    }
}

/// Years of an incidence must lie within the run of some arm.
pub(super) fn check_years(file: &ExperimentFile, arms: &[Arm], findings: &mut Findings) {
    let longest = arms.iter().map(|arm| arm.scenario.years.get()).max();
    let longest = f64::from(longest.unwrap_or(0));
    for (i, outcome) in file.outcomes.iter().enumerate() {
        if let Some(year) = outcome.years.iter().find(|year| **year > longest) {
            findings
                .problem(
                    &format!("outcomes[{i}].years"),
                    format!("year {year} is after the end of every run, which is year {longest}"),
                    "use earlier years, or make the runs longer with `set = { years = … }`",
                )
                .reads("arms");
        }
    }
}

/// Names of strategies, departments and levels in outcomes must be those of some arm.
pub(super) fn check_words(outcomes: &[Outcome], arms: &[Arm], findings: &mut Findings) {
    // an imported organisation has its names in files, which the filter cannot be held against cheaply
    let imported = arms.iter().any(|arm| arm.import.is_some());
    for (i, outcome) in outcomes.iter().enumerate() {
        for (column, word) in outcome.asked() {
            let of_arm = |arm: &Arm| -> Vec<String> {
                let plan = &arm.scenario.organisation;
                match column {
                    "strategy" => arm.scenario.strategies.keys().cloned().collect(),
                    "department" | "from_department" if !imported => {
                        plan.departments.iter().map(|d| d.name.clone()).collect()
                    }
                    "level" | "from_level" | "to_level" if !imported => {
                        plan.levels.iter().map(|l| l.name.clone()).collect()
                    }
                    _ => vec![word.to_owned()],
                }
            };
            if arms
                .iter()
                .any(|arm| of_arm(arm).iter().any(|name| name == word))
            {
                continue;
            }
            let names: Vec<String> = arms.first().map(of_arm).unwrap_or_default();
            let help = match nearest(word, names.iter().map(String::as_str)) {
                Some(near) => format!("did you mean {near:?}?"),
                None => format!("there are: {}", names.join(", ")),
            };
            let what = column.rsplit('_').next().unwrap_or(column);
            findings
                .problem(
                    &format!("outcomes[{i}]"),
                    format!("no arm has a {what} {word:?}"),
                    help,
                )
                .reads("arms");
        }
    }
}
