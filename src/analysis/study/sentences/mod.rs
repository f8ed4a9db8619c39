//! Findings of an experiment in words, with numbers and n, hedged where an interval includes zero.

mod attribution;
mod difference;
mod numbers;
mod sensitivity;

use super::{Study, response_finding};
use crate::language::Language;

pub use attribution::{attribution_finding, is_of_several, unattributed};
pub use difference::difference_finding;
pub(super) use numbers::size;
pub use numbers::{decimals, with_decimals, with_interval};
pub use sensitivity::sensitivity_finding;

/// Contrasts that are told in a sentence.
const ANSWERS: usize = 4;

/// Outcomes and contrasts up to which the note on several comparisons is told.
const COMPARISONS: usize = 24;

/// What the experiment found, a sentence each: shares of mechanisms, sensitivity, the response along a factor or else
/// the first contrasts, and how many comparisons were made.
pub fn findings(study: &Study, language: Language) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    let attributions = study.attributions.iter();
    told.extend(attributions.map(|found| attribution_finding(study, found, language)));
    told.extend(unattributed(study, language));
    let sensitivities = study.sensitivities.iter();
    told.extend(sensitivities.map(|found| sensitivity_finding(study, found, language)));
    if study.sensitivities.is_empty() {
        // along a factor, the whole line is the finding, not its single steps
        match response_finding(study, study.primary, language) {
            Some(found) => told.push(found),
            None if study.attributions.is_empty() => {
                let contrasts = 0..study.contrasts.len().min(ANSWERS);
                for outcome in std::iter::once(&study.primary).chain(&study.groups) {
                    let told_of = |c| difference_finding(study, *outcome, c, language);
                    told.extend(contrasts.clone().map(told_of));
                }
            }
            None => {}
        }
    }
    told.extend(others(study, language));
    if study.contrasts.len() * study.outcomes.len() <= COMPARISONS {
        told.extend(study.note_on_many(language));
    }
    told
}

/// What else differs clearly, contrast by contrast: who reads that fewer are promoted must also read that fewer leave.
fn others(study: &Study, language: Language) -> Vec<String> {
    if !study.sensitivities.is_empty()
        || !study.attributions.is_empty()
        || study.response().is_some()
    {
        return Vec::new();
    }
    let told = |outcome: &usize| *outcome == study.primary || study.groups.contains(outcome);
    let contrasts = study.contrasts.iter().enumerate().take(ANSWERS);
    contrasts
        .filter_map(|(contrast, (_, arm, reference))| {
            let listed: Vec<String> = (0..study.outcomes.len())
                .filter(|outcome| !told(outcome) && study.outcomes[*outcome].curve.is_none())
                .filter_map(|outcome| {
                    let found = study.difference(outcome, contrast)?;
                    let size = with_interval(&found.difference, language);
                    found
                        .is_clear()
                        .then(|| format!("{}: {size}", study.outcomes[outcome].title))
                })
                .collect();
            let values = [
                ("arm", study.called(*arm).into()),
                ("reference", study.called(*reference).into()),
                ("listed", listed.join("; ").into()),
            ];
            (!listed.is_empty()).then(|| language.say("experiment.finding.others", &values))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::study::tests::study;

    const EN: Language = Language::ENGLISH;

    #[test]
    fn what_sets_groups_against_each_other_is_told_after_the_main_outcome() {
        let mut study = study(2.0);
        study.arms.iter_mut().for_each(|arm| arm.levels.clear());
        let alone = findings(&study, EN);
        study.groups = vec![0];
        let both = findings(&study, EN);
        assert_eq!(both.len(), alone.len() + study.contrasts.len());
        assert_eq!(both[0], both[study.contrasts.len()]);
    }
}
