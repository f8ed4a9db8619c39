//! Calibration: which keys are brought near to what was observed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::factors::{Factor, check_ranges};
use super::limits::check_size;
use super::names::check_outcome;
use crate::analysis::statistics::Streams;
use crate::analysis::statistics::calibration::Population;
use crate::experiment::designs::Point;
use crate::scenario::Findings;
use crate::units::Share;

/// Most draws of the posterior-predictive check.
const CHECKED: usize = 50;

/// Which keys are calibrated to what.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Calibration {
    /// Particles that are kept; the first round runs twice as many [count].
    pub particles: u32,
    /// Rounds at most [count].
    pub rounds: u32,
    /// It ends when a smaller share of a round's new particles is good enough to be kept [share].
    pub least_accepted: Share,
    /// The keys, each with `from` and `to`: the prior is uniform between.
    pub vary: Vec<Factor>,
    /// What was observed.
    pub targets: Vec<Target>,
    /// The points of a round; the first round's come from the prior.
    #[serde(skip)]
    #[schemars(skip)]
    pub(in crate::experiment) points: Option<Vec<Point>>,
}

impl Default for Calibration {
    fn default() -> Self {
        Self {
            particles: 50,
            rounds: 6,
            least_accepted: Share::new(0.05),
            vary: Vec::new(),
            targets: Vec::new(),
            points: None,
        }
    }
}

/// An observation.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Target {
    /// Outcome that it is an observation of [name of an outcome].
    pub outcome: String,
    /// What was observed, in the outcome's unit.
    pub value: f64,
    /// A difference of this size is a bad fit, in the outcome's unit: its standard error, say.
    pub scale: f64,
}

impl Calibration {
    pub(in crate::experiment) fn check(&self, outcomes: &[&String], findings: &mut Findings) {
        check_ranges("calibration.vary", &self.vary, findings);
        check_size(
            "calibration.particles",
            2 * u64::from(self.particles),
            findings,
        );
        if self.rounds == 0 {
            findings.problem(
                "calibration.rounds",
                "no round is run",
                "use 1 or more, such as 6",
            );
        }
        if self.particles < 4 {
            findings.problem(
                "calibration.particles",
                format!("{} particles are no distribution", self.particles),
                "use 50 or more",
            );
        }
        if self.targets.is_empty() {
            findings.problem(
                "calibration.targets",
                "there is no target",
                "add `[[calibration.targets]]` with an outcome, a value and a scale",
            );
        }
        for (i, target) in self.targets.iter().enumerate() {
            let at = format!("calibration.targets[{i}].outcome");
            check_outcome(&at, &target.outcome, outcomes, findings);
            if !(target.scale > 0.0 && target.scale.is_finite()) {
                findings.problem(
                    &format!("calibration.targets[{i}].scale"),
                    format!("a scale of {} measures no distance", target.scale),
                    "give the size of a bad fit, in the outcome's unit, above 0",
                );
            }
        }
    }

    /// Particles that the rounds after the first try, at most.
    pub(in crate::experiment) fn further_points(&self) -> usize {
        self.particles as usize * (self.rounds as usize).saturating_sub(1)
    }

    /// Draws of the posterior-predictive check.
    pub(in crate::experiment) fn checked(&self) -> usize {
        CHECKED.min(self.particles as usize)
    }

    /// The points of this round.
    pub(in crate::experiment) fn design(&self, root: u64) -> Vec<Point> {
        self.points.clone().unwrap_or_else(|| {
            Population::default().propose(
                self.vary.len(),
                2 * self.particles as usize,
                0,
                &Self::streams(root),
            )
        })
    }

    /// Where the points are drawn from.
    pub(in crate::experiment) fn streams(root: u64) -> Streams {
        Streams::new(root, "calibration")
    }
}
