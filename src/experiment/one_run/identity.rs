//! What the results, the burn-in and the state of a scenario are known by: hashes of the parts that matter for each.

use crate::records::manifest::RESULTS_VERSION;
use crate::scenario::Scenario;

/// What the results of a scenario are known by: all of it but its names, its seed and where imported files lie.
pub(in crate::experiment) fn identity(scenario: &Scenario) -> String {
    let mut bare = unnamed(scenario);
    forget_files(&mut bare);
    hash_of(&format!("allies scenario {RESULTS_VERSION}"), &bare)
}

/// What a burn-in is known by: all of the scenario but the parts that do not act before week 0.
///
/// Restructurings, the rule of restructurings, programmes and the length of the recorded run do not, and neither
/// does what is recorded. Everything else, `threat` among it, is taken to act, so that a mistake can only cost time.
pub(in crate::experiment) fn burn_in_identity(scenario: &Scenario) -> String {
    let mut bare = unnamed(scenario);
    let none = Scenario::default();
    bare.years = none.years;
    bare.records = none.records;
    bare.restructurings = none.restructurings;
    bare.restructuring = none.restructuring;
    bare.programmes = none.programmes;
    hash_of("allies burn-in 1", &bare)
}

/// What the state of a run is known by past its burn-in: all of the scenario but its names, its length and what is
/// recorded.
pub(in crate::experiment) fn run_identity(scenario: &Scenario) -> String {
    let mut bare = unnamed(scenario);
    let none = Scenario::default();
    bare.years = none.years;
    bare.records = none.records;
    forget_files(&mut bare);
    hash_of("allies state 1", &bare)
}

/// The scenario without its names and its seed.
fn unnamed(scenario: &Scenario) -> Scenario {
    Scenario {
        name: String::new(),
        description: String::new(),
        seed: 0,
        ..scenario.clone()
    }
}

/// Takes out where imported files lie.
fn forget_files(scenario: &mut Scenario) {
    if let Some(import) = &mut scenario.organisation.import {
        import.employees = String::new();
        import.ties = String::new();
    }
}

fn hash_of(what: &str, scenario: &Scenario) -> String {
    // a scenario that cannot be written has been refused long before
    let text = toml::to_string(scenario).unwrap_or_default();
    let mut hasher = blake3::Hasher::new();
    hasher.update(what.as_bytes());
    hasher.update(text.as_bytes());
    hasher.finalize().to_hex().to_string()
}
