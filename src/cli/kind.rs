//! Whether a file describes one firm or many runs.

use std::path::Path;

/// What a file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A firm.
    Scenario,
    /// Many runs.
    Experiment,
}

/// What a file is about by its keys; none where they do not say.
pub(super) fn kind(file: &Path) -> Option<Kind> {
    const OF_EXPERIMENTS: [&str; 6] = [
        "outcomes",
        "arms",
        "factors",
        "scenario",
        "sensitivity",
        "calibration",
    ];
    const OF_SCENARIOS: [&str; 5] = [
        "organisation",
        "years",
        "restructurings",
        "strategies",
        "personas",
    ];
    let keys: toml::Table = std::fs::read_to_string(file).ok()?.parse().ok()?;
    let any = |names: &[&str]| names.iter().any(|name| keys.contains_key(*name));
    match (any(&OF_EXPERIMENTS), any(&OF_SCENARIOS)) {
        (true, false) => Some(Kind::Experiment),
        (false, true) => Some(Kind::Scenario),
        _ => None,
    }
}
