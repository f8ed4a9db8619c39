//! One run of one scenario: made, known by what matters to it, and gone on with.

mod checkpoint;
mod identity;
mod single_run;

pub use checkpoint::{CheckpointError, read_checkpoint, write_checkpoint};
pub use single_run::{Finished, How, RunError, Start, burn_in, definitions, run_how, run_once};

pub(super) use identity::{burn_in_identity, identity};
pub(super) use single_run::recording;
