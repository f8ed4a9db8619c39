//! Looks: whether a rule ends an experiment, from all runs up to a replicate in their fixed order.

use crate::analysis::statistics::{Decision, Rule};
use crate::experiment::planning::Plan;
use crate::experiment::results::Results;

/// What a look at all runs up to a replicate decides.
pub(in crate::experiment) enum Look {
    /// More replicates are needed.
    GoOn {
        /// Replicate of the next look.
        until: u32,
    },
    /// It has ended.
    Ended {
        /// Why, if a rule ended it.
        stopped: Option<String>,
    },
}

/// The replicate up to which an experiment runs before the first look: the last where no rule may stop it.
pub(in crate::experiment) fn first_look(plan: &Plan) -> u32 {
    match rule(plan) {
        Some((rule, _)) => rule.least.max(2).min(rule.most) as u32,
        None => plan.file.replicates,
    }
}

/// Looks at all runs up to a replicate, in their fixed order, whoever made them and when.
pub(in crate::experiment) fn look(plan: &Plan, results: &Results, until: u32) -> Look {
    let Some((rule, outcome)) = rule(plan) else {
        return Look::Ended { stopped: None };
    };
    match decide(plan, results, &rule, outcome, until) {
        Decision::Continue { until } => Look::GoOn {
            until: until as u32,
        },
        ended => Look::Ended {
            stopped: Some(sentence(&ended, &rule, until)),
        },
    }
}

/// The rule of the file and the outcome that it watches.
pub(in crate::experiment) fn rule(plan: &Plan) -> Option<(Rule, usize)> {
    let stop = plan.file.stop.as_ref()?;
    let named = |name: &String| {
        plan.outcomes
            .iter()
            .position(|outcome| outcome.name == *name)
    };
    let outcome = stop.outcome.as_ref().and_then(named).unwrap_or(0);
    let rule = Rule {
        half_width: stop.half_width,
        confidence: plan.file.confidence.get(),
        least: stop.least as usize,
        step: stop.step as usize,
        most: plan.file.replicates as usize,
    };
    Some((rule, outcome))
}

fn decide(plan: &Plan, results: &Results, rule: &Rule, outcome: usize, until: u32) -> Decision {
    let differences = |(_, arm, reference): &(String, usize, usize)| -> Vec<f64> {
        let pairs = results.pairs((*arm, *reference), outcome, until);
        pairs
            .iter()
            .filter_map(|pair| Some(pair.0? - pair.1?))
            .collect()
    };
    let contrasts: Vec<Vec<f64>> = plan.contrasts.iter().map(differences).collect();
    rule.decide(until as usize, &contrasts)
}

fn sentence(decision: &Decision, rule: &Rule, until: u32) -> String {
    let looked = format!(
        "the first look was after {} replicates, then every {}; the interval after stopping covers a little less than it says",
        rule.least, rule.step
    );
    match decision {
        Decision::Reached { half_width } => {
            format!(
                "stopped after {until} replicates: the widest half-width of a difference is {half_width:.4}, {} was asked for; {looked}",
                rule.half_width
            )
        }
        Decision::AllEqual { hidden_at_most } => format!(
            "stopped after {until} replicates: no pair differed; in up to {:.1} % of all pairs a difference may still hide",
            100.0 * hidden_at_most
        ),
        Decision::Exhausted {
            half_width: Some(width),
        } => {
            format!(
                "all {until} replicates were run: the widest half-width of a difference is {width:.4}, {} was asked for",
                rule.half_width
            )
        }
        Decision::Exhausted { half_width: None } | Decision::Continue { .. } => {
            format!("all {until} replicates were run, and a difference has too few values")
        }
    }
}
