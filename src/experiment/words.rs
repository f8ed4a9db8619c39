//! Words of an experiment's author in other languages: `[words.de]` in its file says what a phrase of the file is
//! called in German. Only what readers see changes; names in tables, and what results are known by, do not.

use std::collections::BTreeMap;

use super::design::{Level, title};
use super::file::{ExperimentFile, Factor};
use super::file_words::near;
use super::plan::Plan;
use crate::analysis::study::{Study, StudyArm};
use crate::language::{Language, real};
use crate::scenario::{Findings, KeyPath};

/// By language, by phrase.
pub type Words = BTreeMap<String, BTreeMap<String, String>>;

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

/// The study as readers of a language are told it; what its author has no words for stays as it is in the file.
pub fn told_in(plan: &Plan, mut study: Study, language: Language) -> Study {
    let own = plan.file.words.get(language.code());
    let word = |phrase: &str| own.and_then(|own| own.get(phrase)).cloned();
    let tell = |phrase: &mut String| {
        if let Some(word) = word(phrase) {
            *phrase = word;
        }
    };
    tell(&mut study.question);
    for arm in &mut study.arms {
        tell(&mut arm.description);
        tell_arm(arm, &word);
    }
    for (i, contrast) in study.contrasts.iter_mut().enumerate() {
        // one that is named after its arms is put together by the study
        if plan
            .file
            .contrasts
            .get(i)
            .is_some_and(|own| own.name.is_some())
        {
            tell(&mut contrast.0);
        }
    }
    for outcome in &mut study.outcomes {
        match &mut outcome.curve {
            None => tell(&mut outcome.title),
            Some(curve) => {
                let is_of_several = outcome.title != curve.title;
                tell(&mut curve.title);
                outcome.title.clone_from(&curve.title);
                if is_of_several {
                    let decimals = usize::from(curve.year.fract() != 0.0);
                    let year = [("year", real(curve.year, decimals))];
                    outcome.title += &language.say("experiment.by_year", &year);
                }
            }
        }
    }
    if own.is_some() {
        let shown: Vec<(String, String)> = (0..study.contrasts.len())
            .map(|c| {
                (
                    study.contrasts[c].0.clone(),
                    study.called_contrast(c, language),
                )
            })
            .chain((0..study.arms.len()).map(|a| (study.arms[a].name.clone(), study.called(a))))
            .collect();
        let attributed = study.attributions.iter_mut().map(|found| &mut found.of);
        let lacking = study.unattributed.iter_mut().map(|lacking| &mut lacking.1);
        for of in attributed.chain(lacking) {
            if let Some((_, called)) = shown.iter().find(|(name, _)| name == of) {
                of.clone_from(called);
            }
        }
    }
    for sensitivity in &mut study.sensitivities {
        sensitivity.factors.iter_mut().for_each(tell);
    }
    if let Some(found) = &mut study.calibration {
        found.keys.iter_mut().for_each(|key| tell(&mut key.name));
        found
            .targets
            .iter_mut()
            .for_each(|target| tell(&mut target.title));
    }
    study
}

/// An arm's name stays, since tables know it by that; what it is called changes.
fn tell_arm(arm: &mut StudyArm, word: &dyn Fn(&str) -> Option<String>) {
    let is_point = arm.name == arm.as_point("=");
    for level in &mut arm.levels {
        for part in [&mut level.factor, &mut level.value] {
            if let Some(word) = word(part) {
                *part = word;
            }
        }
    }
    let called = word(arm.called.as_ref().unwrap_or(&arm.name));
    if called.is_some() {
        arm.called = called;
    } else if is_point && !arm.levels.is_empty() {
        arm.called = Some(arm.as_point(" "));
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::super::plan::{Changes, plan};
    use super::*;

    fn shipped() -> Vec<PathBuf> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/experiments");
        let files = std::fs::read_dir(folder).unwrap();
        files.map(|file| file.unwrap().path()).collect()
    }

    #[test]
    fn every_shipped_experiment_has_german_words_for_all_that_readers_see() {
        let files = shipped();
        assert_eq!(files.len(), 10);
        for file in files {
            let plan = plan(&file, &Changes::default()).unwrap();
            let levels = plan.arms.iter().flat_map(|arm| &arm.levels);
            let all = phrases(&plan.file, levels);
            let words = plan.file.words.get("de");
            let is_told = |phrase: &&String| words.is_some_and(|words| words.contains_key(*phrase));
            let has_words = |phrase: &&String| phrase.contains(char::is_alphabetic);
            let missing: Vec<&String> = all
                .iter()
                .filter(has_words)
                .filter(|phrase| !is_told(phrase))
                .collect();
            assert!(missing.is_empty(), "{}: {missing:?}", file.display());
        }
    }

    #[test]
    fn a_point_is_told_with_its_factor_in_words_and_keeps_its_name() {
        let level = |value: &str| crate::analysis::study::StudyLevel {
            factor: "share".into(),
            value: value.into(),
            number: None,
        };
        let mut arm = StudyArm {
            name: "share=none".into(),
            description: String::new(),
            called: None,
            levels: vec![level("none")],
            shown: true,
        };
        let word = |phrase: &str| (phrase == "share").then(|| "Anteil".to_owned());
        tell_arm(&mut arm, &word);
        assert_eq!(arm.called.as_deref(), Some("Anteil none"));
        assert_eq!(arm.name, "share=none");
    }
}
