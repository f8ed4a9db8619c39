//! The results store: tables with units and meanings, files that repeat byte for byte, a folder
//! that is never half written, and the reading of all of it.
//!
//! The observers, [`recorder`] with [`survey`], [`trace`] and [`roles`], read the world week by week
//! and push rows into [`Table`]s that follow the specifications in [`columns`]. The rest writes and
//! reads tables, and knows nothing of the simulation.
//!
//! ```text
//!        recorder ──► Table ──► parquet_file, csv_file ──► ResultsFolder ──► manifest.json
//!                       ▲                                        │
//!                       └────────────── Results (reader) ◄───────┘      compare: verify
//! ```
//!
//! Two hashes serve two questions. The hash of a table's *content* ([`Table::content_hash`]) is the
//! same for the Parquet and the CSV form and answers "is this the same result?"; the hash of a
//! *file* answers "is this file still as it was written?".

mod active;
mod cell;
pub mod columns;
pub mod compare;
mod content_hash;
pub mod csv_file;
pub mod dictionary;
mod error;
pub mod folder;
pub mod graphml;
pub mod layers;
pub mod manifest;
pub mod moment;
pub mod networks;
pub mod parquet_file;
pub mod reader;
pub mod recorder;
pub mod roles;
mod spec;
mod storage;
pub mod survey;
mod table;
pub mod trace;
pub mod wanted;

#[cfg(test)]
mod round_trip_tests;
#[cfg(test)]
mod samples;

pub use cell::Cell;
pub use compare::{Difference, first_difference};
pub use error::{Error, Fault};
pub use folder::{ResultsFolder, TableFormat};
pub use manifest::{Manifest, RunDescription, ScenarioEntry, TableEntry};
pub use reader::Results;
pub use spec::{ColumnSpec, Kind, TableSpec};
pub use table::{Table, TableError};
