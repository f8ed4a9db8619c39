//! The workshop pack: pages for a facilitator who has an hour, a printer and a projector.
//!
//! Guide, personas, decision cards and debrief are pages of their own, since some are for the room and some
//! must not be seen before the reveal. The numbers of the cards come from paired runs made beforehand.

mod cards;
mod pack;
mod pages;
mod told_results;

pub use cards::{Card, cards, persona_card};
pub use pack::{Pack, SlideChart};
pub use pages::{PageFile, pages};

use crate::analysis::Contrast;

/// A card with its results.
#[derive(Debug, Clone, PartialEq)]
pub struct Result {
    /// The card.
    pub card: Card,
    /// What changed, over pairs.
    pub changes: Vec<Contrast>,
}
