//! What an outcome is most sensitive to, in words.

use super::numbers::with_interval;
use crate::analysis::Interval;
use crate::analysis::study::{Sensitivity, SensitivityFound, Study};
use crate::language::Language;

/// Names with their intervals, in a row.
fn row<'a>(parts: impl Iterator<Item = (&'a String, Interval)>, language: Language) -> String {
    let one = |(name, interval): (&String, Interval)| {
        let own = [
            ("name", name.into()),
            ("interval", with_interval(&interval, language).into()),
        ];
        language.say("experiment.named", &own)
    };
    parts.map(one).collect::<Vec<String>>().join(", ")
}

/// What an outcome is most sensitive to, without a full stop.
pub fn sensitivity_finding(study: &Study, sensitivity: &Sensitivity, language: Language) -> String {
    let title = ("title", (&study.outcomes[sensitivity.outcome].title).into());
    match &sensitivity.found {
        SensitivityFound::Morris(found) => {
            let mut screened: Vec<(&String, Interval, bool)> = sensitivity
                .factors
                .iter()
                .zip(found)
                .filter_map(|(name, s)| s.as_ref().map(|s| (name, s.strength, s.is_clear())))
                .collect();
            screened.sort_by(|a, b| b.1.estimate.total_cmp(&a.1.estimate));
            let clear = || screened.iter().filter(|s| s.2).map(|s| (s.0, s.1));
            let factors = ("factors", row(clear(), language).into());
            let rest = screened.len() - clear().count();
            match (clear().count(), rest) {
                (0, _) => language.say("experiment.finding.morris_none", &[title]),
                (_, 0) => language.say("experiment.finding.morris", &[title, factors]),
                _ => {
                    let (rest, all) = (("rest", rest.into()), ("all", screened.len().into()));
                    let values = [title, factors, rest, all];
                    language.say("experiment.finding.morris_rest", &values)
                }
            }
        }
        SensitivityFound::Sobol(found) => {
            let mut totals: Vec<(&String, Interval)> = sensitivity
                .factors
                .iter()
                .zip(&found.parameters)
                .map(|(name, index)| (name, index.total))
                .collect();
            totals.sort_by(|a, b| b.1.estimate.total_cmp(&a.1.estimate));
            totals.retain(|(_, total)| total.lower > 0.05);
            let rows = ("rows", found.rows.into());
            if totals.is_empty() {
                return language.say("experiment.finding.sobol_none", &[title, rows]);
            }
            let factors = ("factors", row(totals.into_iter(), language).into());
            language.say("experiment.finding.sobol", &[title, factors, rows])
        }
    }
}
