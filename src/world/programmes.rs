//! What HR programmes leave in the firm for the rules to read: meetings of the week, words that count
//! more or less before a panel, and who takes part. Plain data; the programmes write it.

use serde::{Deserialize, Serialize};

/// Someone who takes part in a programme, or in whom what it did is still there.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Participation {
    /// Number of the programme in the scenario.
    pub programme: u16,
    /// Slot of the person.
    pub slot: u32,
    /// Identity of the person.
    pub employee: u32,
    /// Mentor, sponsor or exchange partner: slot and identity.
    pub partner: Option<(u32, u32)>,
    /// What the programme has added so far to skill, effort, attentiveness and cooperation.
    pub added: [f32; 4],
}

/// Someone who has promised to speak for another.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Backing {
    /// Identity of the one spoken for.
    pub employee: u32,
    /// Slot of the sponsor.
    pub sponsor: u32,
    /// Identity of the sponsor.
    pub sponsor_id: u32,
    /// How strongly the sponsor stands behind the person [0 to 1].
    pub strength: f32,
}

/// How much less one person's word about another counts, since someone looks at it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Discount {
    /// Identity of the one who speaks or rates.
    pub speaker: u32,
    /// Identity of the one spoken of.
    pub about: u32,
    /// Share of the word that no longer counts [0 to 1].
    pub share: f32,
}

/// The programmes' part of the state.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Programmes {
    /// In the order of beginning; removed when all effect is gone.
    pub participations: Vec<Participation>,
    /// Sorted by the identity of the one spoken for.
    pub backings: Vec<Backing>,
    /// Sorted by speaker and the one spoken of.
    pub discounts: Vec<Discount>,
}

impl Programmes {
    /// Those who have promised to speak for someone.
    pub fn backings_of(&self, employee: u32) -> &[Backing] {
        let from = self.backings.partition_point(|b| b.employee < employee);
        let to = self.backings.partition_point(|b| b.employee <= employee);
        &self.backings[from..to]
    }

    /// How much a person's word about another counts [0 to 1]; 1 unless someone looks at it.
    #[inline]
    pub fn word(&self, speaker: u32, about: u32) -> f32 {
        self.discounts
            .binary_search_by_key(&(speaker, about), |d| (d.speaker, d.about))
            .map_or(1.0, |at| 1.0 - self.discounts[at].share)
    }
}
