//! Findings of an experiment in words, with numbers and n, hedged where an interval includes zero.

use super::{Attributed, Sensitivity, SensitivityFound, Study, called_mechanism, response_finding};
use crate::analysis::Interval;
use crate::analysis::statistics::bootstrap;
use crate::analysis::statistics::distributions::t_quantile;
use crate::language::{Language, Value, real};

/// Decimals with which a number of this interval is written: two figures of its half-width.
pub fn decimals(interval: &Interval) -> usize {
    let half = (interval.upper - interval.lower) / 2.0;
    let scale = if half > 0.0 && half.is_finite() {
        half
    } else if interval.estimate == 0.0 {
        return 0;
    } else {
        interval.estimate.abs().max(1e-3)
    };
    (1.0 - libm::floor(libm::log10(scale))).clamp(0.0, 6.0) as usize
}

/// An estimate with its interval: "1.30 (0.85 to 1.75)".
pub fn with_interval(interval: &Interval, language: Language) -> String {
    with_decimals(interval, decimals(interval), language)
}

/// The same with as many decimals as its neighbours have.
pub fn with_decimals(interval: &Interval, d: usize, language: Language) -> String {
    if !(interval.lower.is_finite() && interval.upper.is_finite()) {
        return language.say(
            "count.no_limits",
            &[("estimate", real(interval.estimate, d))],
        );
    }
    language.say(
        "count.interval",
        &[
            ("estimate", real(interval.estimate, d)),
            ("lower", real(interval.lower, d)),
            ("upper", real(interval.upper, d)),
        ],
    )
}

/// A share with half its interval's width: "55 % ± 6".
fn share(interval: &Interval, language: Language) -> String {
    let half = (interval.upper - interval.lower) * 50.0;
    let estimate = real(interval.estimate * 100.0, 0);
    language.say(
        "experiment.half",
        &[("estimate", estimate), ("half", real(half, 0))],
    )
}

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

/// A difference without its sign, where it is clear of zero.
pub(super) fn size(difference: &Interval) -> Interval {
    Interval {
        estimate: difference.estimate.abs(),
        lower: difference.lower.abs().min(difference.upper.abs()),
        upper: difference.lower.abs().max(difference.upper.abs()),
    }
}

/// Which mechanisms make a contrast, without a full stop.
pub fn attribution_finding(study: &Study, attributed: &Attributed, language: Language) -> String {
    let found = &attributed.found;
    let mut whole = with_interval(&found.whole, language);
    // of a single arm there is nothing to tell it from
    if is_of_several(study) {
        let own = [("whole", whole.into()), ("of", (&attributed.of).into())];
        whole = language.say("experiment.share.whole", &own);
    }
    let mut values: Vec<(&str, Value<'_>)> = vec![
        ("title", (&study.outcomes[attributed.outcome].title).into()),
        ("whole", whole.into()),
        ("runs", found.replicates.into()),
    ];
    let mut parts: Vec<(String, Interval)> = attributed
        .mechanisms
        .iter()
        .zip(&found.players)
        .filter_map(|(name, player)| Some((called_mechanism(name, language), player.share?)))
        .collect();
    let clear = |interval: &Interval| interval.lower > 0.0 || interval.upper < 0.0;
    if parts.is_empty() && clear(&found.whole) {
        values.push(("least", bootstrap::LEAST.into()));
        return language.say("experiment.share.few", &values);
    }
    if parts.is_empty() {
        return language.say("experiment.share.nothing", &values);
    }
    parts.sort_by(|a, b| b.1.estimate.abs().total_cmp(&a.1.estimate.abs()));
    let of = |(name, part): &(String, Interval), key: &str| {
        let own = [
            ("share", share(part, language).into()),
            ("name", name.into()),
        ];
        language.say(key, &own)
    };
    let sure = || parts.iter().filter(|part| clear(&part.1));
    let makes: Vec<String> = sure()
        .filter(|part| part.1.estimate > 0.0)
        .map(|part| of(part, "experiment.share.from"))
        .collect();
    let against: Vec<String> = sure()
        .filter(|part| part.1.estimate <= 0.0)
        .map(|part| of(part, "experiment.share.named"))
        .collect();
    let unsure: Vec<&str> = parts
        .iter()
        .filter(|(_, part)| !clear(part))
        .map(|(name, _)| name.as_str())
        .collect();
    let mut told = Vec::new();
    if !makes.is_empty() {
        told.push(makes.join(", "));
    }
    if !against.is_empty() {
        let own = [
            ("n", against.len().into()),
            ("names", language.list(&against).into()),
        ];
        told.push(language.say("experiment.share.against", &own));
    }
    let is_told = !told.is_empty();
    let mut listed = if is_told {
        told.join("; ")
    } else {
        language.say("experiment.share.none_clear", &[])
    };
    if is_told && !unsure.is_empty() {
        let own = [
            ("listed", listed.into()),
            ("names", unsure.join(", ").into()),
        ];
        listed = language.say("experiment.share.unclear", &own);
    }
    if let Some(rest) = found.none_share.filter(clear) {
        let own = [
            ("listed", listed.into()),
            ("share", share(&rest, language).into()),
        ];
        listed = language.say("experiment.share.rest", &own);
    }
    if let Some(part) = sampling_part(study, attributed) {
        let own = [("listed", listed.into()), ("part", real(100.0 * part, 0))];
        listed = language.say("experiment.share.sampling", &own);
    }
    values.push(("listed", listed.into()));
    language.say("experiment.share.shares", &values)
}

/// Whether there are several arms or contrasts that an attribution may be of.
pub fn is_of_several(study: &Study) -> bool {
    study.arms.iter().filter(|arm| arm.shown).count() > 1
}

/// The largest part of a value's variance that comes from sampling orders; none where none were sampled.
fn sampling_part(study: &Study, attributed: &Attributed) -> Option<f64> {
    let found = &attributed.found;
    let freedom = found.replicates as f64 - 1.0;
    let t = t_quantile(0.5 + 0.5 * study.confidence, freedom);
    let part = |player: &crate::analysis::statistics::shapley::Player| {
        let error = (player.value.upper - player.value.lower) / (2.0 * t);
        let sampling = player.sampling?;
        (error > 0.0).then(|| (sampling * sampling / (error * error)).min(1.0))
    };
    found.players.iter().filter_map(part).reduce(f64::max)
}

/// Outcomes and contrasts that could not be attributed, a sentence each.
pub fn unattributed(study: &Study, language: Language) -> Vec<String> {
    let sentence = |(outcome, of): &(usize, String)| {
        let title = &study.outcomes[*outcome].title;
        let values = [("title", title.into()), ("of", of.into())];
        language.say("experiment.share.unattributed", &values)
    };
    study.unattributed.iter().map(sentence).collect()
}

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
    use super::super::tests::study;
    use super::*;

    const EN: Language = Language::ENGLISH;
    use crate::analysis::statistics::{Bootstrap, Streams, shapley};

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

    #[test]
    fn shares_are_stated_with_half_their_width() {
        let how = Bootstrap::new(Streams::new(1, "words"));
        let value = |on: u32, r: usize| {
            let luck = if r.is_multiple_of(2) { 0.02 } else { -0.02 };
            Some(f64::from(on & 1) * (3.0 + luck) + f64::from(on >> 1) + luck)
        };
        let attributed = Attributed {
            outcome: 0,
            of: "isolated - authentic".into(),
            mechanisms: vec!["reputation".into(), "influence".into()],
            found: shapley::exact(2, 10, value, &how).unwrap(),
        };
        let text = attribution_finding(&study(1.0), &attributed, EN);
        assert!(
            text.contains("75 % ± 0 from reputation, 25 % ± 0 from influence"),
            "{text}"
        );
        let nothing = |on: u32, r: usize| {
            Some(if r.is_multiple_of(2) {
                f64::from(on)
            } else {
                -f64::from(on)
            })
        };
        let attributed = Attributed {
            found: shapley::exact(2, 10, nothing, &how).unwrap(),
            ..attributed
        };
        let text = attribution_finding(&study(1.0), &attributed, EN);
        assert!(text.contains("may be nothing"), "{text}");
    }
}
