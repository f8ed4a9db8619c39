//! The engine: blocks of people in parallel, and letters between them. It knows how rules are run, not what they do.

mod letter;
mod post_office;
mod weighted_draw;

pub use letter::{Basis, Call, Channel, Given, Letter, Offer, Reply, STRANGER};
pub use post_office::PostOffice;
pub use weighted_draw::top_by_score;

use crate::random::{Randomness, Shapes};

/// People in a block: a constant of the model, not of the machine, so that sums by block have one value.
pub const BLOCK: usize = 1024;

/// What every rule may know of the present step.
#[derive(Clone, Copy)]
pub struct Step<'a> {
    /// Week now; burn-in weeks are negative.
    pub week: i32,
    /// Keyed draws.
    pub randomness: &'a Randomness,
    /// Quantile tables.
    pub shapes: &'a Shapes,
}
