//! Findings of an experiment in words, with numbers and n, hedged where an interval includes zero.

use super::{Attributed, Sensitivity, SensitivityFound, Study};
use crate::analysis::Interval;
use crate::analysis::statistics::mean;

/// Decimals with which a number of this interval is written: two figures of its half-width.
fn decimals(interval: &Interval) -> usize {
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
pub fn with_interval(interval: &Interval) -> String {
    let d = decimals(interval);
    format!(
        "{:.d$} ({:.d$} to {:.d$})",
        interval.estimate, interval.lower, interval.upper
    )
}

/// A share with half its interval's width: "55 % ± 6".
fn share(interval: &Interval) -> String {
    let half = (interval.upper - interval.lower) * 50.0;
    format!("{:.0} % ± {half:.0}", interval.estimate * 100.0)
}

/// The difference of a contrast in an outcome, without a full stop.
pub fn difference_finding(study: &Study, outcome: usize, contrast: usize) -> String {
    let title = &study.outcomes[outcome].title;
    let (_, arm, reference) = &study.contrasts[contrast];
    let (arm, reference) = (&study.arms[*arm].name, &study.arms[*reference].name);
    let Some(found) = study.difference(outcome, contrast) else {
        return format!("{title}: too few pairs of runs to compare {arm} with {reference}");
    };
    let difference = found.difference;
    if found.deviation == 0.0 && difference.estimate == 0.0 {
        return format!(
            "{title}: {arm} and {reference} are the same in each of {} pairs of runs",
            found.pairs
        );
    }
    if !found.is_clear() {
        return format!(
            "{title}: no clear difference between {arm} and {reference}: {}, n = {} pairs",
            with_interval(&difference),
            found.pairs
        );
    }
    let way = if difference.estimate > 0.0 {
        "higher"
    } else {
        "lower"
    };
    let size = Interval {
        estimate: difference.estimate.abs(),
        lower: difference.lower.abs().min(difference.upper.abs()),
        upper: difference.lower.abs().max(difference.upper.abs()),
    };
    format!(
        "{title}: {way} with {arm} than with {reference}, by {}, n = {} pairs",
        with_interval(&size),
        found.pairs
    )
}

/// Which mechanisms make a contrast, without a full stop.
pub fn attribution_finding(study: &Study, attributed: &Attributed) -> String {
    let title = &study.outcomes[attributed.outcome].title;
    let of = &attributed.of;
    let found = &attributed.found;
    let mut parts: Vec<(&String, Interval)> = attributed
        .mechanisms
        .iter()
        .zip(&found.players)
        .filter_map(|(name, player)| Some((name, player.share?)))
        .collect();
    let clear = |interval: &Interval| interval.lower > 0.0 || interval.upper < 0.0;
    if parts.is_empty() && clear(&found.whole) {
        return format!(
            "{title} ({of}): {}; {} replicates are too few for shares, at least {} are needed",
            with_interval(&found.whole),
            found.replicates,
            crate::analysis::statistics::bootstrap::LEAST
        );
    }
    if parts.is_empty() {
        return format!(
            "{title} ({of}): {} may be nothing, so no mechanism has a share of it, n = {} replicates",
            with_interval(&found.whole),
            found.replicates
        );
    }
    parts.sort_by(|a, b| b.1.estimate.abs().total_cmp(&a.1.estimate.abs()));
    let listed: Vec<String> = parts
        .iter()
        .filter(|(_, part)| clear(part))
        .map(|(name, part)| format!("{} from {name}", share(part)))
        .collect();
    let unclear: Vec<&str> = parts
        .iter()
        .filter(|(_, part)| !clear(part))
        .map(|(name, _)| name.as_str())
        .collect();
    let mut text = format!("{title}: of {} ({of}), ", with_interval(&found.whole));
    text += &if listed.is_empty() {
        "no mechanism has a clear share".to_owned()
    } else {
        listed.join(", ")
    };
    if !listed.is_empty() && !unclear.is_empty() {
        text += &format!("; no clear share of {}", unclear.join(", "));
    }
    if let Some(rest) = found.none_share.filter(clear) {
        text += &format!("; {} is there with all of them off", share(&rest));
    }
    text + &format!(", n = {} replicates", found.replicates)
}

/// What an outcome is most sensitive to, without a full stop.
pub fn sensitivity_finding(study: &Study, sensitivity: &Sensitivity) -> String {
    let title = &study.outcomes[sensitivity.outcome].title;
    match &sensitivity.found {
        SensitivityFound::Morris(found) => {
            let mut screened: Vec<(&String, Interval, bool)> = sensitivity
                .factors
                .iter()
                .zip(found)
                .filter_map(|(name, s)| s.as_ref().map(|s| (name, s.strength, s.is_clear())))
                .collect();
            screened.sort_by(|a, b| b.1.estimate.total_cmp(&a.1.estimate));
            let clear: Vec<String> = screened
                .iter()
                .filter(|s| s.2)
                .map(|(name, strength, _)| format!("{name} {}", with_interval(strength)))
                .collect();
            if clear.is_empty() {
                return format!("{title}: no factor moves it more than luck does");
            }
            let rest = screened.len() - clear.len();
            let rest = if rest == 0 {
                String::new()
            } else {
                format!(
                    "; {rest} of {} factors cannot be told from luck",
                    screened.len()
                )
            };
            format!("{title} is moved most by {}{rest}", clear.join(", "))
        }
        SensitivityFound::Sobol(found) => {
            let mut totals: Vec<(&String, Interval)> = sensitivity
                .factors
                .iter()
                .zip(&found.parameters)
                .map(|(name, index)| (name, index.total))
                .collect();
            totals.sort_by(|a, b| b.1.estimate.total_cmp(&a.1.estimate));
            let firm: Vec<String> = totals
                .iter()
                .filter(|(_, total)| total.lower > 0.05)
                .map(|(name, total)| format!("{name} {}", with_interval(total)))
                .collect();
            if firm.is_empty() {
                return format!(
                    "{title}: no factor has a clear share of its variance, {} rows",
                    found.rows
                );
            }
            format!(
                "{title}: its variance over the ranges comes from {} (total indices, {} rows)",
                firm.join(", "),
                found.rows
            )
        }
    }
}

/// How an outcome goes along a factor, without a full stop: the slope of each replicate's line, so that the interval
/// is that of luck.
pub fn response_finding(study: &Study, outcome: usize) -> Option<String> {
    let (factor, points) = study.numeric_factor()?;
    let title = &study.outcomes[outcome].title;
    let values = &study.outcomes[outcome].values;
    let (low, high) = (points.first()?.1, points.last()?.1);
    let slopes: Vec<f64> = (0..study.replicates)
        .filter_map(|replicate| {
            let seen: Vec<(f64, f64)> = points
                .iter()
                .filter_map(|(arm, x)| Some((*x, (*values[*arm].get(replicate)?)?)))
                .collect();
            slope(&seen).map(|slope| slope * (high - low))
        })
        .collect();
    let change = crate::analysis::statistics::mean_interval(&slopes, study.confidence)?;
    let span = format!("from {low} to {high}");
    Some(if change.lower > 0.0 {
        format!(
            "{title} rises with {factor}: by {} {span}, n = {} replicates",
            with_interval(&change),
            slopes.len()
        )
    } else if change.upper < 0.0 {
        let size = Interval {
            estimate: -change.estimate,
            lower: -change.upper,
            upper: -change.lower,
        };
        format!(
            "{title} falls with {factor}: by {} {span}, n = {} replicates",
            with_interval(&size),
            slopes.len()
        )
    } else {
        format!(
            "{title}: no clear rise or fall with {factor} {span}: {}, n = {} replicates",
            with_interval(&change),
            slopes.len()
        )
    })
}

/// Slope of the line of least squares; none without two different x.
fn slope(points: &[(f64, f64)]) -> Option<f64> {
    let x = mean(&points.iter().map(|p| p.0).collect::<Vec<f64>>())?;
    let y = mean(&points.iter().map(|p| p.1).collect::<Vec<f64>>())?;
    let (mut both, mut own) = (0.0, 0.0);
    for point in points {
        both += (point.0 - x) * (point.1 - y);
        own += (point.0 - x) * (point.0 - x);
    }
    (own > 0.0).then(|| both / own)
}

#[cfg(test)]
mod tests {
    use super::super::{StudyArm, StudyLevel, StudyOutcome};
    use super::*;
    use crate::analysis::statistics::{Bootstrap, Streams, shapley};

    /// Three arms along `x`, outcome = 2 x + luck.
    fn study(slope: f64) -> Study {
        let luck = [0.3, -0.2, 0.5, 0.0, -0.6, 0.1];
        let arm = |x: f64| StudyArm {
            name: format!("x={x}"),
            levels: vec![StudyLevel {
                factor: "x".into(),
                value: x.to_string(),
                number: Some(x),
            }],
            shown: true,
        };
        let values = |x: f64| {
            let wobble = |i: usize| if i.is_multiple_of(2) { 0.1 } else { -0.1 } * (x - 0.5);
            luck.iter()
                .enumerate()
                .map(|(i, l)| Some(slope * x + l + wobble(i)))
                .collect()
        };
        Study {
            provenance: crate::analysis::Provenance::default(),
            question: String::new(),
            confidence: 0.95,
            replicates: 6,
            arms: [0.0, 0.5, 1.0].map(arm).to_vec(),
            outcomes: vec![StudyOutcome {
                name: "y".into(),
                title: "Reassigned".into(),
                values: [0.0, 0.5, 1.0].map(values).to_vec(),
            }],
            primary: 0,
            contrasts: vec![("end - start".into(), 2, 0)],
            attributions: Vec::new(),
            unattributed: Vec::new(),
            sensitivities: Vec::new(),
        }
    }

    #[test]
    fn a_clear_difference_is_named_and_an_unclear_one_hedged() {
        let text = difference_finding(&study(2.0), 0, 0);
        assert!(
            text.starts_with("Reassigned: higher with x=1 than with x=0, by 2.00 (1.89 to 2.11)"),
            "{text}"
        );
        assert!(text.ends_with("n = 6 pairs"), "{text}");
        let text = difference_finding(&study(0.0), 0, 0);
        assert!(text.contains("no clear difference"), "{text}");
        let text = difference_finding(&study(-2.0), 0, 0);
        assert!(
            text.contains("lower with x=1 than with x=0, by 2.00"),
            "{text}"
        );
    }

    #[test]
    fn a_response_is_the_mean_of_each_replicates_slope() {
        let text = response_finding(&study(2.0), 0).unwrap();
        assert!(
            text.starts_with("Reassigned rises with x: by 2.00"),
            "{text}"
        );
        let text = response_finding(&study(0.0), 0).unwrap();
        assert!(text.contains("no clear rise or fall"), "{text}");
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
        let text = attribution_finding(&study(1.0), &attributed);
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
        let text = attribution_finding(&study(1.0), &attributed);
        assert!(text.contains("may be nothing"), "{text}");
    }
}
