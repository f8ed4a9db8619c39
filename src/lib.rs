//! `allies`: a seeded agent-based simulator of alliances at work.
//!
//! ```text
//! scenarios/*.toml ──load, check──► Scenario ──model::build──► World + Schedule
//!                                                                 │
//!                            engine: for each week { for each phase { run } ; observe }
//!                                                                 │
//!                                                     Records (tables, networks, manifest)
//!                                                                 │
//!                                                             Analysis
//!                                                                 │
//!                                                       Charts ──► Report
//! ```
//!
//! Nothing further down is known to anything above it; `tests/architecture/` checks it.

pub mod analysis;
pub mod charts;
pub mod cli;
pub mod engine;
pub mod experiment;
pub mod initialization;
pub mod interventions;
pub mod language;
pub mod measures;
pub mod mechanisms;
pub mod model;
pub mod random;
pub mod records;
pub mod report;
pub mod scenario;
pub mod units;
pub mod validation;
pub mod world;
