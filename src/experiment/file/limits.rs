//! Sizes that no experiment goes beyond.

use crate::scenario::Findings;

/// Arms at most: more are a mistake, or an experiment of their own.
pub(in crate::experiment) const MOST_ARMS: usize = 100_000;

/// Replicates at most, as on the command line.
pub(in crate::experiment) const MOST_REPLICATES: u32 = 10_000_000;

/// Refuses numbers of points, trajectories or particles that nobody can run.
pub(in crate::experiment) fn check_size(at: &str, points: u64, findings: &mut Findings) {
    if points > MOST_ARMS as u64 {
        findings.problem(
            at,
            format!("{points} points are too many"),
            format!("use at most {MOST_ARMS}"),
        );
    }
}

/// Refuses no replicates, and more than anybody can run.
pub(in crate::experiment) fn check_replicates(replicates: u32, findings: &mut Findings) {
    if replicates == 0 {
        findings.problem(
            "replicates",
            "0 replicates answer nothing",
            "use at least 1",
        );
    }
    if replicates > MOST_REPLICATES {
        findings.problem(
            "replicates",
            format!("{replicates} replicates are too many"),
            format!("use at most {MOST_REPLICATES}"),
        );
    }
}
