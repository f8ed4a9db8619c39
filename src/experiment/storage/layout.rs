//! Names in the folder of an experiment.

/// Name of the file that says what a folder is.
pub(in crate::experiment) const PLAN: &str = "plan.json";

/// Folder of the journals.
pub(in crate::experiment) const JOURNAL: &str = "journal";

/// Folder of the rounds after the first.
pub(in crate::experiment) const ROUNDS: &str = "rounds";
