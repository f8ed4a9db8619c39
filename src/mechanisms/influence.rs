//! M11 Influence: formal authority plus informal standing.
//!
//! # What happens
//! Standing is the recent regard of those who listen, weighted by their own influence, hence recursive:
//!
//! ```text
//! informal += rate * ( sum over the week's contacts of regard_ji * (1/5 + influence_j), at most 1 ) * (1 - informal) - informal * (1 - 2^(-1/half_life))
//! influence = by_level * (level / top)^2 + by_resources * resources + by_standing * informal
//! ```
//!
//! regard_ji is how highly the other side of the contact holds ego: its trust times the strength of its tie.
//!
//! # Source
//! Recursive standing is the idea of eigenvector centrality (Bonacich 1972). Influence that need not follow
//! rank: design. Sizes are assumed; no source.
//!
//! # Assumptions and limits
//! Everyone perceives the same influence; it is what one can see in the week before.
//!
//! # Order and randomness
//! After the exchange; each person writes only the own value; no draws.
//!
//! # Switched off
//! Influence is rank alone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{HalfLife, Share, Strength};
use crate::world::{Profile, Standing, Week};

/// Influence.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Influence {
    /// Whether the rule is on; off, influence is rank alone [switch].
    pub enabled: bool,
    /// Influence of the top of the ladder from rank alone [strength]. Assumed; no source.
    pub by_level: Strength,
    /// Influence of full control over resources [strength]. Assumed; no source.
    pub by_resources: Strength,
    /// Influence of full informal standing [strength]. Assumed; no source.
    pub by_standing: Strength,
    /// Share of what is missing that a week's full regard adds to standing [share]. Assumed; no source.
    pub rate: Share,
    /// Time after which half of the standing is gone without regard [weeks]. Assumed; no source.
    pub half_life: HalfLife,
}

impl Default for Influence {
    fn default() -> Self {
        Self {
            enabled: true,
            by_level: Strength::new(0.6),
            by_resources: Strength::new(0.5),
            by_standing: Strength::new(0.4),
            rate: Share::new(0.03),
            half_life: HalfLife::new(26.0),
        }
    }
}

impl Influence {
    /// Share of standing left after a week, for `update`.
    pub fn left(&self) -> f32 {
        libm::exp2(-1.0 / self.half_life.get()) as f32
    }

    /// Standing and perceived influence after a week.
    #[inline]
    pub fn update(
        &self,
        profile: &mut Profile,
        standing: &mut Standing,
        week: &Week,
        left: f32,
        top: f32,
    ) {
        let &Self {
            enabled,
            by_level,
            by_resources,
            by_standing,
            rate,
            half_life: _,
        } = self;
        let rank = f32::from(profile.level) / top;
        let formal = by_level.single() * rank * rank;
        if !enabled {
            profile.influence = formal.clamp(0.0, 1.0);
            return;
        }
        let gain = rate.single() * week.regard.min(1.0) * (1.0 - standing.informal);
        standing.informal = (standing.informal * left + gain).clamp(0.0, 1.0);
        let influence = formal
            + by_resources.single() * standing.resources
            + by_standing.single() * standing.informal;
        profile.influence = influence.clamp(0.0, 1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule() -> Influence {
        Influence {
            enabled: true,
            by_level: Strength::new(0.6),
            by_resources: Strength::new(0.5),
            by_standing: Strength::new(0.4),
            rate: Share::new(0.1),
            half_life: HalfLife::new(26.0),
        }
    }

    /// (informal standing, influence) of someone on level 3 of a ladder with top 4, after a week.
    fn after(
        rule: &Influence,
        informal: f32,
        resources: f32,
        regard: f32,
        left: f32,
    ) -> (f32, f32) {
        let mut profile = Profile {
            level: 3,
            ..Profile::VACANT
        };
        let mut standing = Standing {
            informal,
            resources,
            ..Standing::default()
        };
        let week = Week {
            regard,
            ..Week::default()
        };
        rule.update(&mut profile, &mut standing, &week, left, 4.0);
        (standing.informal, profile.influence)
    }

    #[test]
    fn influence_is_rank_resources_and_standing_as_the_equation_says() {
        // informal 0.2 * 0.9 + 0.1 * 0.5 * 0.8 = 0.22
        // influence 0.6 * (3/4)^2 + 0.5 * 0.4 + 0.4 * 0.22 = 0.6255
        let (informal, influence) = after(&rule(), 0.2, 0.4, 0.5, 0.9);
        assert!((informal - 0.22).abs() < 1e-6, "{informal}");
        assert!((influence - 0.6255).abs() < 1e-6, "{influence}");
    }

    #[test]
    fn standing_halves_in_its_half_life_without_regard() {
        let left = rule().left();
        let end = (0..26).fold(0.8, |informal, _| {
            after(&rule(), informal, 0.0, 0.0, left).0
        });
        assert!((end - 0.4).abs() < 1e-4, "{end}");
    }

    #[test]
    fn steady_regard_leads_to_a_standing_short_of_one() {
        // fixed point of s = s * l + r * (1 - s): r / (r + 1 - l) with r = 0.1 * 0.5, l = 0.9
        let end = (0..500).fold(0.0, |informal, _| after(&rule(), informal, 0.0, 0.5, 0.9).0);
        assert!((end - 0.05 / 0.15).abs() < 1e-5, "{end}");
    }

    #[test]
    fn regard_resources_and_rank_all_raise_influence() {
        let (_, base) = after(&rule(), 0.2, 0.4, 0.5, 0.9);
        assert!(after(&rule(), 0.2, 0.4, 0.9, 0.9).1 > base);
        assert!(after(&rule(), 0.2, 0.5, 0.5, 0.9).1 > base);
        assert!(after(&rule(), 0.3, 0.4, 0.5, 0.9).1 > base);
        assert!(
            after(
                &Influence {
                    by_level: Strength::new(0.7),
                    ..rule()
                },
                0.2,
                0.4,
                0.5,
                0.9
            )
            .1 > base
        );
        let (informal, influence) = after(&rule(), 1.0, 1.0, 100.0, 1.0);
        assert!(informal <= 1.0 && influence <= 1.0, "but not beyond 1");
    }

    #[test]
    fn switched_off_influence_is_rank_alone() {
        let off = Influence {
            enabled: false,
            ..rule()
        };
        let (informal, influence) = after(&off, 0.2, 1.0, 9.0, 0.9);
        assert!((influence - 0.6 * 0.5625).abs() < 1e-6);
        assert_eq!(informal, 0.2);
    }
}
