//! What goes wrong with the folder of an experiment.

use std::io;
use std::path::PathBuf;

use crate::records::Error;

/// What went wrong with the folder of an experiment.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the message of each says it")]
pub enum StoreError {
    #[error("{} holds an experiment already; add --resume to go on with it, or choose another --out", .0.display())]
    Exists(PathBuf),
    #[error("{} is not the folder of an experiment, and not empty; choose another --out", .0.display())]
    Foreign(PathBuf),
    #[error("{} holds another experiment: {what}; choose another --out", .path.display())]
    Other { path: PathBuf, what: String },
    #[error(
        "{} was begun by another build of allies ({found}; this is {own}), whose runs may differ; \
         use that build, another --out, or --other-build to mix them, which is recorded", .path.display()
    )]
    OtherBuild {
        path: PathBuf,
        found: String,
        own: String,
    },
    #[error("another process writes to {}; wait for it, or end it", .0.display())]
    Locked(PathBuf),
    #[error("{}: part {part} was computed twice with different results ({what}): the runs do not repeat; please report it", .path.display())]
    Disagree {
        path: PathBuf,
        part: String,
        what: String,
    },
    #[error(
        "{} is incomplete: {missing} of {parts} parts are missing{round}; go on with --resume, or run the \
         shards again (`--missing` says which), or give the folders of the other shards too", .path.display()
    )]
    Incomplete {
        path: PathBuf,
        missing: usize,
        parts: usize,
        /// " of round 2", in an experiment that has several.
        round: String,
    },
    #[error("{}: {reason}", .path.display())]
    Garbled { path: PathBuf, reason: String },
    #[error(transparent)]
    Records(#[from] Error),
    #[error("{0}")]
    Machine(#[from] io::Error),
}
