//! How an outcome goes along a factor: the points of the curve, and the sentence that says how far its two ends differ.

use super::sentences::{size, with_interval};
use super::{Study, mean_interval};
use crate::analysis::Interval;
use crate::analysis::statistics::mean;
use crate::language::Language;

/// Different values of the factor beyond which neighbours are put together.
const POINTS: usize = 12;

/// A numeric factor with the points of its curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The factor.
    pub factor: String,
    /// Unit that its values carry in all arms, such as the % of "40 %"; empty if none.
    pub unit: String,
    /// How many neighbouring values of the design make a point.
    pub together: usize,
    /// Points, from the lowest value: value (the mean where several were put together) and arms.
    pub points: Vec<(f64, Vec<usize>)>,
}

impl Study {
    /// The first factor with at least three different numbers among the shown arms; none without one.
    pub fn response(&self) -> Option<Response> {
        let (factor, arms) = self.numeric_factor()?;
        let mut distinct: Vec<f64> = arms.iter().map(|(_, x)| *x).collect();
        distinct.dedup();
        let together = distinct.len().div_ceil(POINTS);
        let point = |group: &[f64]| {
            let (low, high) = (group[0], group[group.len() - 1]);
            let own = || arms.iter().filter(|(_, x)| (low..=high).contains(x));
            let x = own().map(|(_, x)| x).sum::<f64>() / own().count() as f64;
            (x, own().map(|(arm, _)| *arm).collect())
        };
        let points = distinct.chunks(together).map(point).collect();
        let unit = self.unit(&factor);
        Some(Response {
            factor,
            unit,
            together,
            points,
        })
    }

    /// The unit that all values of a factor carry; empty if none, or not all the same.
    fn unit(&self, factor: &str) -> String {
        let levels = self.arms.iter().flat_map(|arm| &arm.levels);
        let mut units: Vec<&str> = levels
            .filter(|level| level.factor == factor)
            .map(|level| level.value.split_once(' ').map_or("", |(_, unit)| unit))
            .collect();
        units.dedup();
        match units[..] {
            [one] => one.to_owned(),
            _ => String::new(),
        }
    }
}

impl Response {
    /// A value of the factor as short as it can be written, with its unit.
    fn at(&self, value: f64, language: Language) -> String {
        let exact = |decimals: &usize| {
            let scale = libm::pow(10.0, *decimals as f64);
            ((value * scale).round() - value * scale).abs() < 1e-9
        };
        let decimals = (0..3).find(exact).unwrap_or(3);
        format!("{} {}", language.number(value, decimals), self.unit)
            .trim_end()
            .to_owned()
    }
}

/// How the outcome differs between the two ends of a factor, without a full stop: within replicates, so that the
/// interval is that of luck. None without such a factor, or with fewer than two replicates.
pub fn response_finding(study: &Study, outcome: usize, language: Language) -> Option<String> {
    let response = study.response()?;
    let (first, last) = (response.points.first()?, response.points.last()?);
    let values = &study.outcomes[outcome].values;
    let there = |arms: &[usize], replicate: usize| {
        let seen = arms.iter().filter_map(|arm| *values[*arm].get(replicate)?);
        mean(&seen.collect::<Vec<f64>>())
    };
    let steps: Vec<f64> = (0..study.replicates)
        .filter_map(|replicate| Some(there(&last.1, replicate)? - there(&first.1, replicate)?))
        .collect();
    let change = mean_interval(&steps, study.confidence)?;
    let clear = change.lower > 0.0 || change.upper < 0.0;
    let shown: Interval = if clear { size(&change) } else { change };
    let own = [
        ("title", (&study.outcomes[outcome].title).into()),
        ("factor", (&response.factor).into()),
        ("size", with_interval(&shown, language).into()),
        ("low", response.at(first.0, language).into()),
        ("high", response.at(last.0, language).into()),
        ("runs", steps.len().into()),
    ];
    Some(if !clear {
        language.say("experiment.finding.flat", &own)
    } else if change.estimate > 0.0 {
        language.say("experiment.finding.rises", &own)
    } else {
        language.say("experiment.finding.falls", &own)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::study;
    use super::*;

    const EN: Language = Language::ENGLISH;

    #[test]
    fn a_response_is_told_by_what_the_shown_ends_differ_by() {
        let text = response_finding(&study(2.0), 0, EN).unwrap();
        let expected = "Reassigned rises as “x” goes from 0 to 1, by 2.00 (1.89 to 2.11)";
        assert!(text.starts_with(expected), "{text}");
        let text = response_finding(&study(0.0), 0, EN).unwrap();
        assert!(text.contains("no clear rise or fall"), "{text}");
        // a bend: the line of least squares would say 1.0, and the reader sees the ends differ by nothing
        let mut bent = study(0.0);
        for value in &mut bent.outcomes[0].values[0] {
            *value = value.map(|value| value - 1.0);
        }
        for value in &mut bent.outcomes[0].values[2] {
            *value = value.map(|value| value - 1.0);
        }
        let text = response_finding(&bent, 0, EN).unwrap();
        assert!(text.contains("no clear rise or fall"), "{text}");
        let mut early = study(0.0);
        for value in &mut early.outcomes[0].values[0] {
            *value = value.map(|value| value - 1.0);
        }
        let text = response_finding(&early, 0, EN).unwrap();
        assert!(
            text.contains("by 1.00"),
            "not the slope's 0.75 or 0.5: {text}"
        );
    }

    #[test]
    fn values_carry_the_unit_that_all_arms_give_them() {
        let mut study = study(2.0);
        for arm in &mut study.arms {
            arm.levels[0].value += " %";
        }
        let response = study.response().unwrap();
        assert_eq!(response.unit, "%");
        assert_eq!(response.at(0.5, EN), "0.5 %");
        let points: Vec<f64> = response.points.iter().map(|point| point.0).collect();
        assert_eq!(points, [0.0, 0.5, 1.0]);
        study.arms[0].levels[0].value = "none".into();
        assert_eq!(study.response().unwrap().unit, "");
    }
}
