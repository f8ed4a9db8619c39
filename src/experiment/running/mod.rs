//! Running a plan: runs beside each other, part by part, with looks, rounds and a forecast.

mod calibration;
pub(super) mod campaign;
mod error;
mod forecast;
mod looks;
mod rounds;
pub(super) mod runner;

pub use calibration::{Calibrated, CalibrationError, Round, calibrate};
pub use campaign::{Outcome, Progress, run};
pub use error::CampaignError;
pub use forecast::{Forecast, forecast};
pub use rounds::{Open, RoundError, Work, Worked, read_round, run_round, standing, work};

pub(super) use runner::Unit;
