//! What the runs say: summary, study, sentences, the end of a campaign, and whether its runs repeat.

mod attribution;
mod calibrated;
mod calibration_tables;
mod conclusion;
mod sensitivity;
mod study;
mod study_tables;
mod summary;
mod verification;
mod words;

pub use calibrated::calibrated;
pub use conclusion::{
    Circumstances, ExperimentManifest, MANIFEST, finish, finished, is_experiment,
};
pub use study::study;
pub use summary::tables;
pub use verification::{Verified, verify};
pub use words::told_in;
