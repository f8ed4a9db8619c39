//! Runs: one firm from start to end, observed.

pub mod designs;
mod single_run;

pub use single_run::{Finished, RunError, definitions, run_once};
