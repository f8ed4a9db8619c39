//! What the machine and the program say of themselves, and files that are never half written.

mod build;
mod host;
mod writing;

pub use build::build;

pub(super) use host::{cpu_seconds, host, peak_memory, process_seconds, processor};
pub(super) use writing::{atomically, create_bytes, write_bytes, write_table};
