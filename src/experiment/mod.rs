//! Runs: one firm from start to end, observed; and experiments, which are many of them, paired.
//!
//! ```text
//! file ──planning──► arms, outcomes, seeds ──running──► one run beside others ──► results ──► findings
//!                                               │                                   │
//!                                            storage (parts, marks, journal) ◄──────┘
//! ```
//!
//! Each folder imports only those that stand above it here:
//!
//! | folder | what stands there |
//! |---|---|
//! | `machine` | what machine and program say of themselves; files that are never half written |
//! | `designs` | points of the unit cube |
//! | `one_run` | one run of one scenario: made, known by what matters to it, gone on with |
//! | `file` | what an author may write: the sections of an experiment file, each with its own checks |
//! | `outcomes` | from what is asked for to numbers read off the tables of a run |
//! | `planning` | from a file to a plan: arms, seeds, and all that is refused before the first run |
//! | `results` | what the runs gave: values in memory, tables |
//! | `storage` | the folder of an experiment: plan, parts, marks, journals, tables that are kept |
//! | `running` | campaign, runner, looks, rounds, forecast |
//! | `findings` | summary, study, sentences, the end of a campaign, and whether its runs repeat |
//! | `twins` | another life of one person, in one world and over many |
//!
//! A design is a list of arms with what each sets. Whoever wants another kind of experiment makes arms (and
//! contrasts), lets [`run_campaign`] run them, and reads [`Results`].

pub mod designs;
mod file;
mod findings;
mod machine;
mod one_run;
mod outcomes;
mod planning;
mod results;
mod running;
mod storage;
mod twins;

pub use file::{
    Ablation, ArmPlan, Calibration, ContrastPlan, DesignKind, ExperimentFile, Factor, Factors,
    Free, Method, OutcomePlan, Sensitivity, Stop, Summary, Target, Words,
};
pub use findings::{
    Circumstances, ExperimentManifest, MANIFEST, Verified, calibrated, finish, finished,
    is_experiment, study, tables, told_in, verify,
};
pub use machine::build;
pub use one_run::{
    CheckpointError, Finished, How, RunError, Start, burn_in, definitions, read_checkpoint,
    run_how, run_once, write_checkpoint,
};
pub use outcomes::{Outcome, compile, evaluate, wanted};
pub use planning::{Arm, CannotPlan, Changes, Level, Plan, Point, from_file, plan, seed};
pub use results::{
    ARMS, ATTRIBUTION, Kept, OUTCOMES, PARTICLES, PLANNED, POSTERIOR, PREDICTED, PREDICTIVE, RUNS,
    Results, RunResult, SENSITIVITY, SUMMARY, difference, repeat,
};
pub use running::{
    Calibrated, CalibrationError, CampaignError, Forecast, Open, Outcome as Ended, Progress, Round,
    RoundError, Work, Worked, calibrate, forecast, read_round, run as run_campaign, run_round,
    standing, work,
};
pub use storage::{ArmRecord, Batch, Mark, Mode, Part, Record, Store, StoreError, gather, tidy};
pub use twins::{Gain, Others, PARTS, Parting, Step, Twin, Verdict, gains, twin};

#[cfg(test)]
mod campaign_tests;
