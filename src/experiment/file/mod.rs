//! What an author may write: the experiment file with the plain data of its sections, each with what it refuses by itself.
//!
//! What takes several sections, or the scenarios, to see is refused in `planning`.

mod ablation;
mod arms;
mod calibration;
mod contrasts;
mod experiment_file;
mod factors;
mod free;
mod limits;
mod names;
mod outcomes;
#[cfg(test)]
pub(super) mod samples;
mod sensitivity;
mod stop;
mod words;

pub use ablation::Ablation;
pub use arms::{ArmPlan, ContrastPlan};
pub use calibration::{Calibration, Target};
pub use experiment_file::ExperimentFile;
pub use factors::{DesignKind, Factor, Factors};
pub use free::Free;
pub use outcomes::{OutcomePlan, Summary};
pub use sensitivity::{Method, Sensitivity};
pub use stop::Stop;
pub use words::Words;

pub(super) use ablation::Places;
pub(super) use factors::check_factors;
pub(super) use limits::{MOST_REPLICATES, check_replicates};
pub(super) use names::{near, unique};
pub(super) use stop::check_stop;
