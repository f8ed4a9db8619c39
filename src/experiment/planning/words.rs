//! Words of an experiment's author in other languages: `[words.de]` in its file says what a phrase of the file is
//! called in German. Only what readers see changes; names in tables, and what results are known by, do not.

use super::design::{Level, title};
use crate::experiment::file::{ExperimentFile, Factor, Words, near};
use crate::language::Language;
use crate::scenario::{Findings, KeyPath};

/// Every phrase of a file that readers see, once each; `levels` are those of its arms.
pub(super) fn phrases<'a>(
    file: &ExperimentFile,
    levels: impl Iterator<Item = &'a Level>,
) -> Vec<String> {
    let mut all = vec![file.question.clone()];
    for arm in &file.arms {
        let called = [&arm.called, &arm.name];
        all.extend(called.into_iter().find(|name| !name.is_empty()).cloned());
        all.push(arm.description.clone());
    }
    for outcome in &file.outcomes {
        let shown = outcome.title.as_ref().unwrap_or(&outcome.name);
        all.push(
            outcome
                .curve()
                .map_or_else(|| shown.clone(), |curve| curve.0),
        );
    }
    all.extend(file.contrasts.iter().filter_map(|plan| plan.name.clone()));
    let walked = [
        file.sensitivity.as_ref().map(|section| &section.vary),
        file.calibration.as_ref().map(|section| &section.vary),
    ];
    let vary = walked.into_iter().flatten().flatten();
    all.extend(vary.map(|factor: &Factor| title(factor)));
    for level in levels {
        all.push(level.factor.clone());
        // a bare number is written as its language writes numbers
        if level.value.parse::<f64>().is_err() {
            all.push(level.value.clone());
        }
    }
    let mut once: Vec<String> = Vec::new();
    for phrase in all {
        if !phrase.is_empty() && !once.contains(&phrase) {
            once.push(phrase);
        }
    }
    once
}

/// Refuses languages that there are not, and phrases that the file does not have.
pub(super) fn check(words: &Words, phrases: &[String], findings: &mut Findings) {
    for (code, told) in words {
        let at = KeyPath::default().key("words").key(code);
        if Language::of_code(code).is_err() {
            let codes: Vec<String> = Language::all().map(|l| l.code().to_owned()).collect();
            let message = format!("there is no language {code:?}");
            findings
                .problem(&at.to_string(), message, near(code, &codes))
                .about_key();
            continue;
        }
        for (phrase, word) in told {
            let at = at.key(phrase).to_string();
            if !phrases.contains(phrase) {
                let message =
                    format!("no question, title, name or label of this file is {phrase:?}");
                findings
                    .problem(&at, message, near(phrase, phrases))
                    .about_key();
            } else if word.trim().is_empty() {
                let help = "write it, or remove the line: then the phrase stays as it is";
                findings.problem(&at, format!("{phrase:?} has no translation"), help);
            }
        }
    }
}
