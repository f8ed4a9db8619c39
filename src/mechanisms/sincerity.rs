//! M6 Sincerity: what a contact rests on, and what the other makes of it.
//!
//! # What happens
//! A contact rests on a real shared interest, on curiosity, or on a feigned interest:
//!
//! ```text
//! P(shared)  = sincerity            if the two share an interest, else 0
//! P(curious) = curiosity            of the rest
//! P(feigned) = what remains
//! ```
//!
//! The partner perceives the sincerity x of the basis (1, `curious`, `feigned_passes`) with noise, and trust moves
//! towards it; an interest seen to be feigned (M4) costs the share `exposed` of the trust at once:
//!
//! ```text
//! trust += learning * (x + noise * N - trust)        trust *= 1 - exposed   when seen through
//! trust *= 1 - declined                              when ego's call was declined
//! ```
//!
//! A tie whose partner is not sincere becomes *hollow*: strong in ego's record, weak when called upon, since
//! support needs the other's trust (M10, M15).
//!
//! # Source
//! Apparent sincerity carries part of the effect of political skill: E66 (Munyon et al. 2015), sign.
//! Transparency of the motive weakens ingratiation: E69 (Gordon 1996). Sizes are assumed; no source.
//!
//! # Assumptions and limits
//! Perception does not depend on the perceiver's skill. Curiosity does not yet become an interest.
//!
//! # Order and randomness
//! The basis is drawn by the one who acts; perception by the one who perceives. Draws belong to the pair.
//!
//! # Switched off
//! Every contact is taken as sincere: trust moves towards 1 for all alike.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::Basis;
use crate::random::{Draws, Shapes};
use crate::units::{Factor, Share, Strength};
use crate::world::Conduct;

/// Sincerity and trust.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Sincerity {
    /// Whether the rule is on; off, every contact is taken as sincere [switch].
    pub enabled: bool,
    /// Trust in someone before the first contact [strength]. Assumed; no source.
    pub first_trust: Strength,
    /// Share of the distance to the perceived sincerity that trust moves in a contact [share]. Assumed; no source.
    pub learning: Share,
    /// Sincerity that curiosity shows [strength]. Assumed; no source.
    pub curious: Strength,
    /// Sincerity that an interest shows which is feigned and passes [strength]. Source: sign from E66.
    pub feigned_passes: Strength,
    /// Standard deviation of the noise in perceiving sincerity [strength]. Assumed; no source.
    pub noise: Factor,
    /// Share of trust lost when an interest is seen to be feigned [share]. Source: sign from E69.
    pub exposed: Share,
    /// Share of trust lost when a call is declined [share]. Assumed; no source.
    pub declined: Share,
}

impl Default for Sincerity {
    fn default() -> Self {
        Self {
            enabled: true,
            first_trust: Strength::new(0.4),
            learning: Share::new(0.12),
            curious: Strength::new(0.85),
            feigned_passes: Strength::new(0.55),
            noise: Factor::new(0.2),
            exposed: Share::new(0.3),
            declined: Share::new(0.03),
        }
    }
}

impl Sincerity {
    /// What ego's part in a contact rests on.
    #[inline]
    pub fn basis(&self, conduct: &Conduct, shared: f32, draws: &mut Draws) -> Basis {
        let honest = draws.uniform();
        let curious = draws.uniform();
        if shared > 0.0 && honest < conduct.sincerity {
            Basis::Shared
        } else if curious < conduct.curiosity {
            Basis::Curious
        } else {
            Basis::Feigned
        }
    }

    /// Sincerity as the partner perceives it [0 to 1].
    #[inline]
    pub fn perceived(
        &self,
        basis: Basis,
        saw_through: bool,
        shapes: &Shapes,
        draws: &mut Draws,
    ) -> f32 {
        let noise = shapes.normal(draws);
        if !self.enabled {
            return 1.0;
        }
        let shown = match basis {
            Basis::Shared => 1.0,
            Basis::Curious => self.curious.single(),
            Basis::Feigned if saw_through => 0.0,
            Basis::Feigned => self.feigned_passes.single(),
        };
        (shown + self.noise.single() * noise).clamp(0.0, 1.0)
    }

    /// Trust after a contact [0 to 1].
    #[inline]
    pub fn trust_after(&self, trust: f32, perceived: f32, saw_through: bool) -> f32 {
        let moved = trust + self.learning.single() * (perceived - trust);
        if self.enabled && saw_through {
            moved * (1.0 - self.exposed.single())
        } else {
            moved
        }
    }

    /// Trust after a declined call [0 to 1].
    #[inline]
    pub fn trust_after_refusal(&self, trust: f32) -> f32 {
        if self.enabled {
            trust * (1.0 - self.declined.single())
        } else {
            trust
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Randomness};
    use crate::units::Probability;
    use crate::world::Behaviour;

    fn rule() -> Sincerity {
        Sincerity {
            enabled: true,
            learning: Share::new(0.1),
            curious: Strength::new(0.8),
            feigned_passes: Strength::new(0.5),
            noise: Factor::new(0.0),
            exposed: Share::new(0.3),
            declined: Share::new(0.05),
            ..Sincerity::default()
        }
    }

    fn draws(i: u32) -> Draws {
        Randomness::new(8).draws(Purpose::CallerSide, 0, i)
    }

    /// Shares of shared, curious and feigned contacts in n = 20000.
    fn shares(sincerity: f64, curiosity: f64, common: f32) -> [f64; 3] {
        let conduct = Conduct::from(&Behaviour {
            sincerity: Probability::new(sincerity),
            curiosity: Probability::new(curiosity),
            ..Default::default()
        });
        let mut counts = [0.0; 3];
        for i in 0..20_000 {
            counts[rule().basis(&conduct, common, &mut draws(i)) as usize] += 1.0 / 20_000.0;
        }
        counts
    }

    #[test]
    fn a_contact_rests_on_what_the_equation_says() {
        // sincerity 0.6, curiosity 0.25: shared 0.6, curious 0.4 * 0.25 = 0.1, feigned 0.3
        for (found, p) in shares(0.6, 0.25, 0.5).into_iter().zip([0.6, 0.1, 0.3]) {
            assert!(
                (found - p).abs() < 4.0 * (p * (1.0 - p) / 20_000.0_f64).sqrt(),
                "{found} {p}"
            );
        }
        let apart = shares(0.6, 0.25, 0.0);
        assert_eq!(apart[0], 0.0, "nothing in common, nothing to share");
        assert!((apart[1] - 0.25).abs() < 4.0 * (0.25_f64 * 0.75 / 20_000.0).sqrt());
    }

    #[test]
    fn trust_moves_towards_the_sincerity_perceived() {
        // 0.4 + 0.1 * (0.8 - 0.4) = 0.44; seen through, 30 % of what is left is gone
        assert!((rule().trust_after(0.4, 0.8, false) - 0.44).abs() < 1e-6);
        assert!((rule().trust_after(0.4, 0.0, true) - 0.36 * 0.7).abs() < 1e-6);
        assert!((rule().trust_after_refusal(0.4) - 0.38).abs() < 1e-6);
    }

    #[test]
    fn what_is_perceived_is_the_basis_with_noise_around_it() {
        let shapes = Shapes::default();
        let exact = |basis, seen| rule().perceived(basis, seen, &shapes, &mut draws(1));
        assert_eq!(exact(Basis::Shared, false), 1.0);
        assert_eq!(exact(Basis::Curious, false), 0.8);
        assert_eq!(exact(Basis::Feigned, false), 0.5);
        assert_eq!(exact(Basis::Feigned, true), 0.0);
        // feigned shows 0.5 with noise of sd 0.1, hardly ever cut off: n = 20000, four standard errors
        let noisy = Sincerity {
            noise: Factor::new(0.1),
            ..rule()
        };
        let n = 20_000;
        let seen: Vec<f64> = (0..n)
            .map(|i| f64::from(noisy.perceived(Basis::Feigned, false, &shapes, &mut draws(i))))
            .collect();
        let mean = seen.iter().sum::<f64>() / f64::from(n);
        assert!(
            (mean - 0.5).abs() < 4.0 * 0.1 / f64::from(n).sqrt(),
            "{mean}"
        );
        let variance = seen.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / f64::from(n);
        assert!(
            (variance / 0.01 - 0.9987).abs() < 4.0 * (2.0 / f64::from(n)).sqrt(),
            "{variance}"
        );
    }

    #[test]
    fn a_tie_built_on_feigned_interest_ends_up_hollow() {
        let shapes = Shapes::default();
        let after = |basis| {
            (0..100).fold(0.4, |trust, i| {
                let seen = rule().perceived(basis, false, &shapes, &mut draws(i));
                rule().trust_after(trust, seen, false)
            })
        };
        let (shared, curious, feigned) = (
            after(Basis::Shared),
            after(Basis::Curious),
            after(Basis::Feigned),
        );
        assert!(
            feigned < curious && curious < shared,
            "{feigned} {curious} {shared}"
        );
        assert!((feigned - 0.5).abs() < 1e-3, "trust settles at what shows");
    }

    #[test]
    fn switched_off_everyone_seems_sincere() {
        let off = Sincerity {
            enabled: false,
            noise: Factor::new(0.3),
            ..rule()
        };
        let shapes = Shapes::default();
        for (i, basis) in [Basis::Shared, Basis::Curious, Basis::Feigned]
            .into_iter()
            .enumerate()
        {
            assert_eq!(
                off.perceived(basis, true, &shapes, &mut draws(i as u32)),
                1.0
            );
        }
        assert!(
            (off.trust_after(0.4, 1.0, true) - 0.46).abs() < 1e-6,
            "nothing is exposed"
        );
    }
}
