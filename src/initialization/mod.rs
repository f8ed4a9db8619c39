//! The starting firm: generated, or imported from a real organisation's files.

pub mod generated;
pub mod import;
mod import_plan;
mod imported;
mod remainder;

pub use generated::{DepartmentPlan, FunctionPlan, LevelPlan, OrganisationPlan};
pub use import_plan::{COLUMNS, ImportPlan};
pub use imported::{Arranged, Imported};
