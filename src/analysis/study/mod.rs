//! What an experiment found: arms, outcomes, differences, mechanisms' shares, sensitivity. Plain numbers, made from the
//! runs by the room that runs them; charts and sentences read nothing else.

mod response;
mod sentences;

use std::collections::BTreeMap;

use super::Provenance;
use super::statistics::elementary_effects::Screened;
use super::statistics::shapley::Attribution;
use super::statistics::variance_indices::Indices;
use super::statistics::{PairedDifference, mean_interval, paired};
use super::{Interval, statistics};
use crate::language::{Language, real};

pub use response::{Response, response_finding};
pub use sentences::{
    attribution_finding, decimals, difference_finding, findings, is_of_several,
    sensitivity_finding, unattributed, with_decimals, with_interval,
};

/// A mechanism, or several joined by `+`, as readers are told it.
pub fn called_mechanism(name: &str, language: Language) -> String {
    let sections = name.split('+').map(str::trim);
    let named = sections.map(|section| language.name("mechanism", section));
    named.collect::<Vec<String>>().join(" + ")
}

/// An experiment with all that was read off its runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// Where it comes from: name, hash of the plan, root seed, version, command.
    pub provenance: Provenance,
    /// The question.
    pub question: String,
    /// Confidence of all intervals.
    pub confidence: f64,
    /// Replicates of each arm.
    pub replicates: usize,
    /// Arms.
    pub arms: Vec<StudyArm>,
    /// Outcomes.
    pub outcomes: Vec<StudyOutcome>,
    /// The outcome that the question is about.
    pub primary: usize,
    /// Contrasts: name, arm, reference.
    pub contrasts: Vec<(String, usize, usize)>,
    /// Shares of mechanisms.
    pub attributions: Vec<Attributed>,
    /// Outcomes and contrasts that could not be attributed: too few replicates have all values.
    pub unattributed: Vec<(usize, String)>,
    /// Outcomes that are told after the main one: each sets two groups against each other, so that its difference says to
    /// whom something is done.
    pub groups: Vec<usize>,
    /// What the outcomes are sensitive to.
    pub sensitivities: Vec<Sensitivity>,
    /// What keys were calibrated to.
    pub calibration: Option<Calibrated>,
}

/// An arm.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyArm {
    /// Name.
    pub name: String,
    /// What it is, for readers; empty where its author does not say.
    pub description: String,
    /// What its author wants readers to be told in place of the name.
    pub called: Option<String>,
    /// Factors and what they are here.
    pub levels: Vec<StudyLevel>,
    /// Whether it is of interest by itself, rather than a point of a design or a coalition of mechanisms.
    pub shown: bool,
}

/// The value of a factor in an arm.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyLevel {
    /// The factor.
    pub factor: String,
    /// Its value in words.
    pub value: String,
    /// Its value, where it is a number.
    pub number: Option<f64>,
}

/// An outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyOutcome {
    /// Name.
    pub name: String,
    /// What it is, for readers.
    pub title: String,
    /// The curve of an incidence that it is a point of.
    pub curve: Option<StudyCurve>,
    /// By arm and replicate; none where a run has no value.
    pub values: Vec<Vec<Option<f64>>>,
}

/// A point of a curve: the share to whom something has happened by a year.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyCurve {
    /// What happens, for readers.
    pub title: String,
    /// By when.
    pub year: f64,
    /// The first outcome of the same curve.
    pub number: usize,
}

/// Shares of mechanisms in one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Attributed {
    /// The outcome.
    pub outcome: usize,
    /// What is attributed, in words: "isolated - authentic", or the name of an arm.
    pub of: String,
    /// Mechanisms, in the order of the values.
    pub mechanisms: Vec<String>,
    /// Their values.
    pub found: Attribution,
}

/// What a calibration found.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibrated {
    /// Rounds that were run.
    pub rounds: u32,
    /// The keys.
    pub keys: Vec<CalibratedKey>,
    /// The targets.
    pub targets: Vec<CalibrationTarget>,
}

/// The posterior of a key.
#[derive(Debug, Clone, PartialEq)]
pub struct CalibratedKey {
    /// Name of the key.
    pub name: String,
    /// Ends of its prior, which is uniform.
    pub prior: (f64, f64),
    /// Weighted mean and range.
    pub found: Interval,
    /// Its spread as a share of the prior's.
    pub narrowed: f64,
    /// The particles' values.
    pub particles: Vec<f64>,
}

/// What was observed, and what runs with parameters from the posterior give.
#[derive(Debug, Clone, PartialEq)]
pub struct CalibrationTarget {
    /// What it is, for readers.
    pub title: String,
    /// What was observed.
    pub value: f64,
    /// Size of a bad fit.
    pub scale: f64,
    /// The runs' values.
    pub runs: Vec<f64>,
    /// Their mean and range; none without runs.
    pub found: Option<Interval>,
}

impl CalibrationTarget {
    /// Whether what was observed lies in the range of the runs.
    pub fn is_held(&self) -> bool {
        self.found
            .is_some_and(|found| found.lower <= self.value && self.value <= found.upper)
    }
}

/// Sensitivity of one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// The outcome.
    pub outcome: usize,
    /// Factors, in the order of what was found.
    pub factors: Vec<String>,
    /// What was found.
    pub found: SensitivityFound,
}

/// By method.
#[derive(Debug, Clone, PartialEq)]
pub enum SensitivityFound {
    /// Morris: elementary effects; none for a factor all of whose effects are missing.
    Morris(Vec<Option<Screened>>),
    /// Sobol: shares of the variance.
    Sobol(Indices),
}

impl StudyArm {
    /// Its factors with their values, as the point of a design.
    pub fn as_point(&self, between: &str) -> String {
        let level = |l: &StudyLevel| format!("{}{between}{}", l.factor, l.value);
        let levels: Vec<String> = self.levels.iter().map(level).collect();
        levels.join(", ")
    }
}

impl Study {
    /// Values of an outcome in an arm that are there.
    pub fn values(&self, outcome: usize, arm: usize) -> Vec<f64> {
        self.outcomes[outcome].values[arm]
            .iter()
            .copied()
            .flatten()
            .collect()
    }

    /// An arm as readers are told it: what its author calls it, "share 40 %" for the point "share=40 %" of a grid, else its
    /// name.
    pub fn called(&self, arm: usize) -> String {
        let arm = &self.arms[arm];
        match &arm.called {
            Some(called) => called.clone(),
            None if arm.name == arm.as_point("=") => arm.as_point(" "),
            None => arm.name.clone(),
        }
    }

    /// A contrast as readers are told it: one that is named after its arms says "against" between them, and does not
    /// repeat a factor that both are points of.
    pub fn called_contrast(&self, contrast: usize, language: Language) -> String {
        let (name, arm, reference) = &self.contrasts[contrast];
        let of = |arm: usize| &self.arms[arm];
        if *name != format!("{} - {}", of(*arm).name, of(*reference).name) {
            return name.clone();
        }
        let points = [*arm, *reference]
            .iter()
            .all(|arm| self.called(*arm) == of(*arm).as_point(" "));
        let base = match (&of(*arm).levels[..], &of(*reference).levels[..]) {
            ([own], [other]) if points && own.factor == other.factor => other.value.clone(),
            _ => self.called(*reference),
        };
        language.say(
            "experiment.against",
            &[
                ("arm", self.called(*arm).into()),
                ("reference", base.into()),
            ],
        )
    }

    /// Mean of an outcome in an arm.
    pub fn mean(&self, outcome: usize, arm: usize) -> Option<Interval> {
        mean_interval(&self.values(outcome, arm), self.confidence)
    }

    /// Pairs of a contrast, in the order of the replicates.
    pub fn pairs(&self, outcome: usize, contrast: usize) -> Vec<(Option<f64>, Option<f64>)> {
        let (_, arm, reference) = &self.contrasts[contrast];
        let values = &self.outcomes[outcome].values;
        values[*arm]
            .iter()
            .copied()
            .zip(values[*reference].iter().copied())
            .collect()
    }

    /// Difference of a contrast.
    pub fn difference(&self, outcome: usize, contrast: usize) -> Option<PairedDifference> {
        paired(&self.pairs(outcome, contrast), self.confidence)
    }

    /// The note on several comparisons; none for a single one.
    pub fn note_on_many(&self, language: Language) -> Option<String> {
        let p: Vec<f64> = (0..self.outcomes.len())
            .flat_map(|outcome| (0..self.contrasts.len()).map(move |contrast| (outcome, contrast)))
            .filter_map(|(outcome, contrast)| self.difference(outcome, contrast)?.p)
            .collect();
        let looks = statistics::multiple::looks(&p, self.confidence)?;
        Some(language.say(
            "experiment.many",
            &[
                ("all", looks.all.into()),
                ("expected", real(looks.expected, 1)),
                ("alone", looks.alone.into()),
                ("together", looks.together.into()),
            ],
        ))
    }

    /// The outcomes of each curve by years, in their order; without curves of a single year.
    pub fn curves(&self) -> Vec<(String, Vec<(f64, usize)>)> {
        let mut found: BTreeMap<usize, (String, Vec<(f64, usize)>)> = BTreeMap::new();
        for (i, outcome) in self.outcomes.iter().enumerate() {
            if let Some(curve) = &outcome.curve {
                let entry = found.entry(curve.number);
                let (_, points) = entry.or_insert_with(|| (curve.title.clone(), Vec::new()));
                points.push((curve.year, i));
            }
        }
        let mut curves: Vec<_> = found.into_values().filter(|(_, p)| p.len() > 1).collect();
        for (_, points) in &mut curves {
            points.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
        curves
    }

    /// A factor with at least three different numbers among the shown arms: its name, and its number and value in each
    /// arm.
    fn numeric_factor(&self) -> Option<(String, Vec<(usize, f64)>)> {
        let mut names: Vec<&String> = Vec::new();
        for level in self.arms.iter().flat_map(|arm| &arm.levels) {
            if !names.contains(&&level.factor) {
                names.push(&level.factor);
            }
        }
        names.into_iter().find_map(|name| {
            let mut points: Vec<(usize, f64)> = self
                .arms
                .iter()
                .enumerate()
                .filter(|(_, arm)| arm.shown)
                .filter_map(|(i, arm)| {
                    let level = arm.levels.iter().find(|level| level.factor == *name)?;
                    Some((i, level.number?))
                })
                .collect();
            points.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            let mut distinct: Vec<f64> = points.iter().map(|point| point.1).collect();
            distinct.dedup();
            (distinct.len() >= 3).then(|| (name.clone(), points))
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Three arms along `x`, outcome = 2 x + luck.
    pub(crate) fn study(slope: f64) -> Study {
        let luck = [0.3, -0.2, 0.5, 0.0, -0.6, 0.1];
        let arm = |x: f64| StudyArm {
            name: format!("x={x}"),
            description: String::new(),
            called: None,
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
                curve: None,
                values: [0.0, 0.5, 1.0].map(values).to_vec(),
            }],
            primary: 0,
            contrasts: vec![("end - start".into(), 2, 0)],
            attributions: Vec::new(),
            unattributed: Vec::new(),
            groups: Vec::new(),
            sensitivities: Vec::new(),
            calibration: None,
        }
    }

    #[test]
    fn arms_and_contrasts_are_told_in_words() {
        let mut study = study(1.0);
        assert_eq!(study.called(2), "x 1");
        study.contrasts = vec![("x=1 - x=0".into(), 2, 0), ("end - start".into(), 2, 0)];
        let told = |study: &Study, n| study.called_contrast(n, Language::ENGLISH);
        assert_eq!(told(&study, 0), "x 1 against 0");
        assert_eq!(told(&study, 1), "end - start", "what the author named it");
        study.arms[0].name = "none".into();
        study.contrasts[0].0 = "x=1 - none".into();
        assert_eq!(told(&study, 0), "x 1 against none");
        study.arms[0].called = Some("no mentoring".into());
        assert_eq!(told(&study, 0), "x 1 against no mentoring");
    }
}
