//! What several sections of an experiment file are held against: names, ranges, sizes.

use std::collections::BTreeSet;

use super::file::Factor;
use crate::scenario::{Findings, nearest};

/// Arms at most: more are a mistake, or an experiment of their own.
pub(super) const MOST_ARMS: usize = 100_000;

/// Replicates at most, as on the command line.
const MOST_REPLICATES: u32 = 10_000_000;

/// Letters of a name at most.
const LONGEST: usize = 200;

/// Refuses numbers of points, trajectories or particles that nobody can run.
pub(super) fn check_size(at: &str, points: u64, findings: &mut Findings) {
    if points > MOST_ARMS as u64 {
        findings.problem(
            at,
            format!("{points} points are too many"),
            format!("use at most {MOST_ARMS}"),
        );
    }
}

/// Refuses no replicates, and more than anybody can run.
pub(super) fn check_replicates(replicates: u32, findings: &mut Findings) {
    if replicates == 0 {
        findings.problem(
            "replicates",
            "0 replicates answer nothing",
            "use at least 1",
        );
    }
    if replicates > MOST_REPLICATES {
        findings.problem(
            "replicates",
            format!("{replicates} replicates are too many"),
            format!("use at most {MOST_REPLICATES}"),
        );
    }
}

pub(super) fn check_range(at: &str, factor: &Factor, findings: &mut Findings) {
    if !matches!((factor.from, factor.to), (Some(from), Some(to)) if from < to) {
        findings.problem(
            at,
            "the factor has no range to draw from",
            "give `from` and a larger `to`",
        );
        return;
    }
    let broken = |end: Option<f64>| end.is_some_and(|end| end.fract() != 0.0);
    if factor.whole && (broken(factor.from) || broken(factor.to)) {
        findings.problem(
            at,
            "only whole numbers are drawn, and an end of the range is none",
            "give whole numbers for `from` and `to`",
        );
    }
}

/// Refuses keys without a range, keys that stand twice, and none at all.
pub(super) fn check_ranges(at: &str, vary: &[Factor], findings: &mut Findings) {
    if vary.is_empty() {
        findings.problem(
            at,
            "there is no key to vary",
            format!("add `[[{at}]]` with a `key` of the scenario, `from` and `to`"),
        );
    }
    let mut seen = BTreeSet::new();
    for (i, factor) in vary.iter().enumerate() {
        let at = format!("{at}[{i}]");
        check_range(&at, factor, findings);
        if !seen.insert(&factor.key) {
            findings.problem(
                &at,
                format!("{:?} stands twice", factor.key),
                "name each key once",
            );
        }
    }
}

/// Refuses the name of an outcome that there is not.
pub(super) fn check_outcome(
    at: &str,
    name: &String,
    outcomes: &[&String],
    findings: &mut Findings,
) {
    if !outcomes.contains(&name) {
        let known: Vec<String> = outcomes.iter().map(|name| (*name).clone()).collect();
        findings.problem(
            at,
            format!("there is no outcome {name:?}"),
            near(name, &known),
        );
    }
}

/// Refuses names of outcomes that there are not.
pub(super) fn check_names(
    at: &str,
    names: &[String],
    outcomes: &[&String],
    findings: &mut Findings,
) {
    for (i, name) in names.iter().enumerate() {
        check_outcome(&format!("{at}[{i}]"), name, outcomes, findings);
    }
}

/// Refuses names that are missing, stand twice, or cannot be read back from a line.
pub(super) fn unique(at: &str, names: &[&String], findings: &mut Findings) {
    let key = if at == "factors.vary" { "key" } else { "name" };
    let mut seen = BTreeSet::new();
    for (i, name) in names.iter().enumerate() {
        let at = format!("{at}[{i}].{key}");
        if name.is_empty() {
            findings.problem(&at, format!("it has no {key}"), "give it one of its own");
        } else if !seen.insert(*name) {
            findings.problem(&at, format!("{name:?} stands twice"), "give each its own");
        } else if name.trim() != *name
            || name.chars().any(char::is_control)
            || name.chars().count() > LONGEST
        {
            findings.problem(
                &at,
                format!("{name:?} is no name"),
                format!("use up to {LONGEST} letters in one line, without space at either end"),
            );
        }
    }
}

/// The help for an unknown name.
pub(super) fn near(name: &str, names: &[String]) -> String {
    match nearest(name, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean {near:?}?"),
        None if names.is_empty() => "there is none".to_owned(),
        None if names.len() <= 20 => format!("there are: {}", names.join(", ")),
        None => format!(
            "there are {}: {} and so on",
            names.len(),
            names[..5].join(", ")
        ),
    }
}
