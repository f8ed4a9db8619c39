//! Runs: one firm from start to end, observed; and experiments, which are many of them, paired.
//!
//! ```text
//! file ──plan──► arms, outcomes, seeds ──campaign──► runner (runs beside each other) ──► results
//!                                            │                                              │
//!                                          store (parts, marks, journal) ◄──────────────────┘──► summary, tables
//!                                            │
//!                       rounds (shards of one experiment, and what they do next)
//! ```
//!
//! A design is a list of arms with what each sets. Whoever wants another kind of experiment makes arms (and
//! contrasts), lets [`run_campaign`] run them, and reads [`Results`].

mod ablation;
mod calibrated;
mod calibration;
mod calibration_tables;
mod campaign;
mod checkpoint;
mod conclusion;
mod design;
pub mod designs;
mod exposure;
mod file;
mod file_check;
mod file_words;
mod forecast;
mod gains;
mod gathering;
mod identity;
mod incidence;
mod incidence_plan;
mod journal;
mod kept;
mod looks;
mod machine;
mod mark;
mod outcome;
mod outcome_plan;
mod plan;
mod plan_check;
mod premises;
mod record;
mod results;
mod rounds;
mod row_test;
mod runner;
mod sensitivity;
mod single_run;
mod store;
mod study;
mod study_tables;
mod summary;
mod tables;
mod twin;
mod twin_others;
mod verification;
mod words;
mod writing;

pub use ablation::Ablation;
pub use calibrated::calibrated;
pub use calibration::{Calibrated, Calibration, CalibrationError, Round, Target, calibrate};
pub use campaign::{CampaignError, Outcome as Ended, Progress, difference, run as run_campaign};
pub use checkpoint::{CheckpointError, read_checkpoint, write_checkpoint};
pub use conclusion::{
    Circumstances, ExperimentManifest, MANIFEST, finish, finished, is_experiment,
};
pub use design::{Level, Point};
pub use file::{
    ArmPlan, ContrastPlan, DesignKind, ExperimentFile, Factor, Factors, Free, OutcomePlan, Stop,
    Summary,
};
pub use forecast::{Forecast, forecast};
pub use gains::{Gain, gains};
pub use gathering::{gather, tidy};
pub use mark::{Mark, build};
pub use outcome::{Outcome, evaluate, wanted};
pub use outcome_plan::compile;
pub use plan::{Arm, CannotPlan, Changes, Plan, from_file, plan, seed};
pub use record::{ArmRecord, Batch, Part, Record};
pub use results::{Kept, Results, RunResult};
pub use rounds::{Open, RoundError, Work, Worked, read_round, run_round, standing, work};
pub use sensitivity::{Method, Sensitivity};
pub use single_run::{Finished, How, RunError, Start, burn_in, definitions, run_how, run_once};
pub use store::{Mode, Store, StoreError};
pub use study::study;
pub use summary::{repeat, tables};
pub use tables::{
    ARMS, ATTRIBUTION, OUTCOMES, PARTICLES, PLANNED, POSTERIOR, PREDICTED, PREDICTIVE, RUNS,
    SENSITIVITY, SUMMARY,
};
pub use twin::{Others, PARTS, Parting, Step, Twin, Verdict, twin};
pub use verification::{Verified, verify};
pub use words::{Words, told_in};
