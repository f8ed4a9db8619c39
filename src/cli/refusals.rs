//! Why an experiment stops or cannot begin: what is printed, and the exit code.

use super::output::{FAILED, INTERRUPTED, WRONG_INPUT, print_error};
use crate::experiment::{CalibrationError, CampaignError, StoreError};

/// Says why a campaign broke off, and that what is done is kept.
pub(super) fn broken_off(error: &CampaignError) -> anyhow::Result<u8> {
    let code = match error {
        CampaignError::Interrupted { .. } => {
            print_error(&format!("error: {error}\n"))?;
            INTERRUPTED
        }
        CampaignError::Store(error) => refused(error)?,
    };
    if code != WRONG_INPUT {
        print_error("every finished run is kept: go on with --resume, or run the shard again\n")?;
    }
    Ok(code)
}

/// Says why a folder cannot be used; the exit code tells the user's mistakes from the machine's.
pub(super) fn refused(error: &StoreError) -> anyhow::Result<u8> {
    print_error(&format!("error: {error}\n"))?;
    Ok(match error {
        StoreError::Exists(_)
        | StoreError::Foreign(_)
        | StoreError::Other { .. }
        | StoreError::OtherBuild { .. }
        | StoreError::Locked(_)
        | StoreError::Garbled { .. } => WRONG_INPUT,
        StoreError::Records(error) => match error.fault() {
            crate::records::Fault::WrongInput => WRONG_INPUT,
            crate::records::Fault::Failed => FAILED,
        },
        StoreError::Disagree { .. } | StoreError::Incomplete { .. } | StoreError::Machine(_) => {
            FAILED
        }
    })
}

/// Says why a calibration did not reach its end; the exit code.
pub(super) fn uncalibrated(error: &CalibrationError) -> anyhow::Result<u8> {
    if let CalibrationError::Campaign(error) = error {
        return broken_off(error);
    }
    print_error(&format!("error: {error}\n"))?;
    Ok(match error {
        CalibrationError::Refused { .. } | CalibrationError::NoValues => WRONG_INPUT,
        CalibrationError::Table(_) | CalibrationError::Campaign(_) => FAILED,
    })
}
