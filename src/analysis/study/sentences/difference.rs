//! The difference of a contrast in words.

use super::numbers::{size, with_interval};
use crate::analysis::Interval;
use crate::analysis::study::Study;
use crate::language::{Language, Value};

/// The difference of a contrast in an outcome, without a full stop.
pub fn difference_finding(
    study: &Study,
    outcome: usize,
    contrast: usize,
    language: Language,
) -> String {
    let (_, arm, reference) = &study.contrasts[contrast];
    let mut values: Vec<(&str, Value<'_>)> = vec![
        ("title", (&study.outcomes[outcome].title).into()),
        ("arm", study.called(*arm).into()),
        ("reference", study.called(*reference).into()),
    ];
    let Some(found) = study.difference(outcome, contrast) else {
        return language.say("experiment.finding.few_pairs", &values);
    };
    let difference = found.difference;
    values.push(("pairs", found.pairs.into()));
    if found.deviation == 0.0 && difference.estimate == 0.0 {
        return language.say("experiment.finding.same", &values);
    }
    // shares of people are told as percent, as their chart shows them
    let told = |difference: &Interval| {
        if study.outcomes[outcome].curve.is_none() {
            return with_interval(difference, language);
        }
        let points = with_interval(&difference.scaled(100.0), language);
        language.say("experiment.points", &[("size", points.into())])
    };
    if !found.is_clear() {
        values.push(("size", told(&difference).into()));
        return language.say("experiment.finding.unclear", &values);
    }
    values.push(("size", told(&size(&difference)).into()));
    if difference.estimate > 0.0 {
        language.say("experiment.finding.higher", &values)
    } else {
        language.say("experiment.finding.lower", &values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::study::tests::study;

    const EN: Language = Language::ENGLISH;

    #[test]
    fn a_clear_difference_is_named_and_an_unclear_one_hedged() {
        let text = difference_finding(&study(2.0), 0, 0, EN);
        assert!(
            text.starts_with("Reassigned: higher with x 1 than with x 0, by 2.00 (1.89 to 2.11)"),
            "{text}"
        );
        assert!(text.ends_with("n = 6 pairs"), "{text}");
        let text = difference_finding(&study(0.0), 0, 0, EN);
        assert!(text.contains("no clear difference"), "{text}");
        let text = difference_finding(&study(-2.0), 0, 0, EN);
        assert!(
            text.contains("lower with x 1 than with x 0, by 2.00"),
            "{text}"
        );
    }
}
