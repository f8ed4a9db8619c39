//! Statistics of many runs: one file a method, each with its source, pure functions of numbers.
//!
//! Everything random here (resampling) is keyed by a seed and a label ([`streams`]), so that the same numbers
//! give the same intervals in any order, on any machine. Missing numbers are left out and counted, never
//! read as 0.

pub mod bootstrap;
pub mod calibration;
pub mod competing_risks;
pub mod distributions;
pub mod elementary_effects;
pub mod means;
pub mod multiple;
pub mod paired;
pub mod shapley;
pub mod stopping;
pub mod streams;
pub mod variance_indices;
pub mod variance_share;

pub use bootstrap::{Bootstrap, bootstrap};
pub use means::{mean, mean_interval, quantile, variance};
pub use multiple::holm;
pub use paired::{PairedDifference, paired};
pub use stopping::{Decision, Rule};
pub use streams::Streams;
