//! The folder of an experiment: its plan, parts, marks and journals, and the tables that are kept.

mod error;
mod gathering;
pub(super) mod journal;
pub(super) mod kept;
mod layout;
mod mark;
mod parts;
mod premises;
mod record;
mod store;

pub use error::StoreError;
pub use gathering::{gather, tidy};
pub use mark::Mark;
pub use parts::{Batch, Part};
pub use record::{ArmRecord, Mode, Record};
pub use store::Store;

pub(super) use journal::{Entry, Journal};
pub(super) use kept::Keeper;
pub(super) use layout::{JOURNAL, PLAN, ROUNDS};
pub(super) use mark::Effort;
