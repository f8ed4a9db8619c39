//! Why runs did not reach their end.

use std::io;

use crate::experiment::storage::StoreError;
use crate::records::Error;

/// Why a campaign did not reach its end.
#[derive(Debug, thiserror::Error)]
pub enum CampaignError {
    /// The folder.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Someone asked it to stop; what is done is kept.
    #[error("interrupted after {done} of {runs} runs; what is finished is kept")]
    Interrupted {
        /// Runs done.
        done: usize,
        /// Runs in all.
        runs: usize,
    },
}

impl From<io::Error> for CampaignError {
    fn from(problem: io::Error) -> Self {
        Self::Store(problem.into())
    }
}

impl From<Error> for CampaignError {
    fn from(problem: Error) -> Self {
        Self::Store(problem.into())
    }
}
