//! What an experiment found, in the words that its author has for readers of a language.

use crate::analysis::study::{Study, StudyArm};
use crate::experiment::planning::Plan;
use crate::language::{Language, real};

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
    use super::*;

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
