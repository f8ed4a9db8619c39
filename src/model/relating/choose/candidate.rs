//! Who chooses, and who may be chosen.

use super::super::Person;
use crate::world::{Standing, Tie};

/// Someone whom ego may contact.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub(super) alter: u32,
    /// Place in ego's row, or `STRANGER`.
    pub(super) place: u16,
    /// Strength of the strongest layer now [0 to 1]; 0 with a stranger.
    pub(super) closeness: f32,
    /// Whether an ally made the introduction.
    pub(super) introduced: bool,
    /// Weeks from contact to contact that the tie asks for; 0 with a stranger.
    pub(super) rhythm: f32,
}

/// The person who chooses.
#[derive(Clone, Copy)]
pub(super) struct Ego<'a> {
    pub(super) slot: u32,
    pub(super) person: Person<'a>,
    pub(super) standing: &'a Standing,
    pub(super) partners: &'a [u32],
    pub(super) records: &'a [Tie],
    pub(super) active_until: &'a [i16],
}

impl Candidate {
    /// Someone at a place of ego's row, of whom nothing else is noted yet.
    #[inline(always)]
    pub(super) const fn at(alter: u32, place: u16) -> Self {
        Self {
            alter,
            place,
            closeness: 0.0,
            introduced: false,
            rhythm: 0.0,
        }
    }
}

impl Ego<'_> {
    /// Ego's record about a candidate; None about a stranger.
    #[inline(always)]
    pub(super) fn record_about(&self, candidate: Candidate) -> Option<&Tie> {
        self.records.get(candidate.place as usize)
    }
}
