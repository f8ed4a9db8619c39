//! Another life of one person, all luck the same: in one world, and over many.

mod career;
mod cells;
mod gains;
mod others;
mod twin;

pub use career::{PARTS, Step, Verdict};
pub use gains::{Gain, gains};
pub use others::Others;
pub use twin::{Parting, Twin, twin};
