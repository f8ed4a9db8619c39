//! Tables as Parquet: nullable columns, Snappy, dictionaries for texts and whole numbers, units and
//! meanings in the file's key-value metadata (`unit.<column>`, `meaning.<column>`). Who wrote it and
//! all settings are fixed, so that the same table gives the same bytes.

mod groups;
mod reading;
mod schema;
#[cfg(test)]
mod tests;
mod writing;

pub use groups::{GroupReader, GroupWriter};
pub use reading::read_file;
pub use writing::write_file;
