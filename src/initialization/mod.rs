//! The starting firm: generated, or imported from a real organisation's files.

mod generated;
pub mod import;
mod import_plan;
mod imported;
mod organisation_plan;
mod remainder;

pub use import_plan::{COLUMNS, ImportPlan};
pub use imported::{Arranged, Imported};
pub use organisation_plan::{DepartmentPlan, FunctionPlan, LevelPlan, OrganisationPlan};
