//! What the runs gave: values in memory, and the tables that hold them.

mod difference;
mod rows;
mod tables;
mod values;

pub use difference::difference;
pub use rows::repeat;
pub use tables::{
    ARMS, ATTRIBUTION, OUTCOMES, PARTICLES, PLANNED, POSTERIOR, PREDICTED, PREDICTIVE, RUNS,
    SENSITIVITY, SUMMARY,
};
pub use values::{Kept, Results, RunResult};

pub(super) use rows::enter;
