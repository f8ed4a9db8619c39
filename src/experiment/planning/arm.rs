//! An arm, ready to run: its scenario, and what its results are known by.

use std::sync::Arc;

use super::design::Level;
use crate::experiment::one_run::{burn_in_identity, identity};
use crate::initialization::Imported;
use crate::scenario::{Scenario, Setting};

/// One arm, ready to run.
#[derive(Debug, Clone)]
pub struct Arm {
    /// Name.
    pub name: String,
    /// What it is, for people.
    pub description: String,
    /// The values of its factors; empty for an arm that was listed.
    pub levels: Vec<Level>,
    /// What it changes in the base scenario.
    pub settings: Vec<Setting>,
    /// The scenario, complete but for the seed.
    pub scenario: Scenario,
    /// The real organisation, if there is one.
    pub import: Option<Arc<Imported>>,
    /// What its results are known by: the whole scenario but for names and the seed.
    pub hash: String,
    /// What its burn-in is known by: arms that have the same share it.
    pub burn_in: String,
}

pub(in crate::experiment) fn make_arm(
    name: String,
    description: String,
    levels: Vec<Level>,
    settings: Vec<Setting>,
    mut scenario: Scenario,
    import: Option<Arc<Imported>>,
) -> Arm {
    let hash = identity(&scenario);
    scenario.complete();
    let burn_in = burn_in_identity(&scenario);
    Arm {
        name,
        description,
        levels,
        settings,
        scenario,
        import,
        hash,
        burn_in,
    }
}

/// People from whom on a run is parallel inside rather than beside others.
pub(super) const LARGE: usize = 8192;

pub(super) fn people(scenario: &Scenario, import: Option<&Imported>) -> usize {
    import.map_or(scenario.organisation.employees.get() as usize, |import| {
        import.source_ids().count()
    })
}
