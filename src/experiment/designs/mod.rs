//! Designs: which points of the ranges are run. One file each, points on the unit cube, keyed by a seed.
//!
//! A design is a pure function of its size and seed, so that a resumed or sharded experiment has the same one; and
//! it knows how to read its outcomes back when some of them are missing.

mod directions;
pub mod grid;
pub mod latin_hypercube;
pub mod morris;
pub mod saltelli;
pub mod sobol_sequence;

/// A point: one number from 0 to 1 for each parameter.
pub type Point = Vec<f64>;

/// Outcomes of one point by replicate; none where the run failed or is still missing.
pub type Outcomes = Vec<Option<f64>>;
