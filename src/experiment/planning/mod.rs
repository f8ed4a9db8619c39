//! From a file to a plan: arms with their scenarios, outcomes, contrasts and seeds, and all that is refused before the first run.

mod arm;
mod arms_check;
mod design;
mod file_check;
mod from_file;
mod plan;
mod protos;
mod words;

pub use arm::Arm;
pub use design::{Level, Point};
pub use from_file::{CannotPlan, Changes, from_file, plan};
pub use plan::{Plan, seed};

pub(super) use arm::make_arm;
pub(super) use design::{title, value_at};
