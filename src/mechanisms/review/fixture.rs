//! A small firm and a rule without noise and luck, for the tests of this rule.

use super::Review;
use crate::engine::Step;
use crate::random::{Randomness, Shapes};
use crate::units::{Factor, Few, Share, Strength, Weeks, Weight};
use crate::world::Tie;
use crate::world::small_firm::SmallFirm;

/// Department 0: lead 1 with 2 to 5, lead 6 with 7 to 10; department 1: lead 11 with 12 to 15, lead 16.
pub(super) const FIRM: SmallFirm = SmallFirm {
    departments: 2,
    leads: 2,
    staff: 4,
};

/// No noise and no luck.
pub(super) fn rule() -> Review {
    Review {
        enabled: true,
        period: Weeks::new(26),
        by_output: Weight::new(1.0),
        unseen: Weight::new(0.0),
        by_flattery: Weight::new(0.0),
        by_liking: Weight::new(0.6),
        by_rater: Weight::new(0.0),
        charm: Share::new(0.5),
        rating_noise: Factor::new(0.0),
        clarity: Share::new(0.5),
        panel: Few::new(4),
        panel_noise: Factor::new(0.0),
        by_performance: Weight::new(0.5),
        by_reputation: Weight::new(0.5),
        by_advocacy: Weight::new(0.6),
        by_acquaintance: Weight::new(0.4),
        by_luck: Weight::new(0.0),
        speaks_up: Strength::new(0.2),
        by_opposition: Weight::new(0.8),
        opposes: Strength::new(0.05),
        knows: Strength::new(0.1),
        short_list: Few::new(3),
        by_potential: Weight::new(0.0),
        by_pace: Weight::new(0.0),
        ..Review::default()
    }
}

pub(super) fn with_step<R>(body: impl FnOnce(Step<'_>) -> R) -> R {
    let (randomness, shapes) = (Randomness::new(31), Shapes::default());
    body(Step {
        week: 100,
        randomness: &randomness,
        shapes: &shapes,
    })
}

pub(super) fn tie(strength: f32, trust: f32) -> Tie {
    Tie {
        strength: [strength; 3],
        trust,
        formed: 50,
        ..Tie::default()
    }
}
