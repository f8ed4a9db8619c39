//! Names in an experiment file: those that must exist, and those that must differ.

use std::collections::BTreeSet;

use crate::scenario::{Findings, nearest};

/// Letters of a name at most.
const LONGEST: usize = 200;

/// Refuses the name of an outcome that there is not.
pub(in crate::experiment) fn check_outcome(
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
pub(in crate::experiment) fn check_names(
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
pub(in crate::experiment) fn unique(at: &str, names: &[&String], findings: &mut Findings) {
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
pub(in crate::experiment) fn near(name: &str, names: &[String]) -> String {
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
