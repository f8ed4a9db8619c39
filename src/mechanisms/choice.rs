//! M3 Choice: whom to contact, by random utility.
//!
//! # What happens
//! Candidates are the ties whose rhythm is due and the week's openings. Each has the utility
//!
//! ```text
//! u_j = w_interests * shared(i,j) + w_influence * influence_j + w_need * insight_ij
//!     + w_rhythm * min(overdue, 2) + w_aspiration * relevance_ij + w_reach * [other department]
//!     + w_trust * trust_ij + w_ledger * tanh-like(ledger_ij) + w_proximity * near(i,j)
//!     + by_closeness * strength_ij + by_warmth * warmth_j + noise * G_j          G_j standard Gumbel
//! ```
//!
//! and the best are contacted while hours and initiative last and utility exceeds `reserve`: Gumbel top-k,
//! that is, drawing without replacement from the multinomial logit (McFadden 1974; Yellott 1977). The
//! weights are the behaviour. Influence is what one can see of it, not the true value.
//!
//! After a contact with a tie of closeness c the next is due in r weeks:
//!
//! ```text
//! r = weakest_rhythm ^ (1 - min(1, c / close))      1 week when close, weakest_rhythm at c = 0
//! ```
//!
//! # Source
//! Random utility is the field's standard form. Rhythms: E40 (contact weekly, monthly, half-yearly by
//! layer; Dunbar 2018). Weights and noise are assumed; no source.
//!
//! # Assumptions and limits
//! At most `considered` due ties come to mind in a week; one that is passed over comes to mind again
//! within `wait` weeks.
//!
//! # Order and randomness
//! Reads the firm as the week before left it; draws belong to ego.
//!
//! # Switched off
//! Contacts are chosen at random among the candidates.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::random::Draws;
use crate::units::{Factor, Few, Strength, Weeks, Weight};
use crate::world::{Aspiration, Conduct, Profile, Tie};

/// Whom to contact.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Choice {
    /// Whether the rule is on; off, contacts are chosen at random among the candidates [switch].
    pub enabled: bool,
    /// Weight of how warm the partner comes across, for everyone alike [utility]. Source: sign from E70 (liking gates competence).
    pub by_warmth: Weight,
    /// Weight of the closeness of the tie, for everyone alike [utility]. Source: calibrated to E46 (concentration of contact).
    pub by_closeness: Weight,
    /// Scale of the Gumbel noise [factor of utility]. Assumed; no source.
    pub noise: Factor,
    /// Utility below which nobody is contacted [utility]. Assumed; no source.
    pub reserve: Weight,
    /// Most due ties that come to mind in a week [count, at most 16 are used]. Assumed; no source.
    pub considered: Few,
    /// Weeks within which a tie that was passed over comes to mind again [weeks]. Assumed; no source.
    pub wait: Weeks,
    /// Weeks between contacts with the weakest tie [weeks]. Source: E40 (quarterly and rarer outside the first 15).
    pub weakest_rhythm: Weeks,
    /// Closeness from which contact is weekly [strength]. Assumed; no source.
    pub close: Strength,
}

impl Default for Choice {
    fn default() -> Self {
        Self {
            enabled: true,
            by_warmth: Weight::new(1.5),
            by_closeness: Weight::new(18.0),
            noise: Factor::new(0.8),
            reserve: Weight::new(0.5),
            considered: Few::new(12),
            wait: Weeks::new(4),
            weakest_rhythm: Weeks::new(14),
            close: Strength::new(0.5),
        }
    }
}

/// Weeks to the next contact by closeness, in 64 steps.
#[derive(Debug, Clone)]
pub struct Rhythm([f32; 65]);

impl Rhythm {
    /// Weeks to the next contact [weeks].
    #[inline(always)]
    pub fn weeks(&self, closeness: f32) -> f32 {
        self.0[(closeness.clamp(0.0, 1.0) * 64.0) as usize]
    }
}

impl Choice {
    /// The table of rhythms.
    pub fn rhythm(&self) -> Rhythm {
        let weakest = f64::from(self.weakest_rhythm.get().max(1));
        let close = self.close.get().max(0.01);
        let mut weeks = [0.0; 65];
        for (i, w) in weeks.iter_mut().enumerate() {
            let distance = 1.0 - (i as f64 / 64.0 / close).min(1.0);
            *w = libm::pow(weakest, distance) as f32;
        }
        Rhythm(weeks)
    }

    /// Utility of contacting alter, without the noise; a tie comes with its closeness and how far its rhythm is overdue.
    #[inline]
    pub fn utility(
        &self,
        conduct: &Conduct,
        aspiration: Aspiration,
        ego: &Profile,
        alter: &Profile,
        tie: Option<(&Tie, f32, f32)>,
    ) -> f32 {
        if !self.enabled {
            return self.reserve.single();
        }
        let elsewhere = f32::from(u8::from(ego.department != alter.department));
        let near = (1.0 - elsewhere) * 0.5 + f32::from(u8::from(ego.site == alter.site)) * 0.5;
        let relevance = match aspiration {
            Aspiration::Leadership => f32::from(u8::from(alter.level > ego.level)),
            Aspiration::Excellence => {
                f32::from(u8::from(alter.function == ego.function)) * alter.reputation
            }
            Aspiration::Building => f32::from(u8::from(alter.function != ego.function)),
        };
        let mut utility = conduct.weight_interests * ego.shared_interests(alter)
            + conduct.weight_influence * alter.influence
            + conduct.weight_aspiration * relevance
            + conduct.weight_proximity * near
            + self.by_warmth.single() * (f32::from(alter.warmth) * (1.0 / 255.0) - 0.5);
        if let Some((tie, faded, overdue)) = tie {
            let owed = tie.ledger / (1.0 + tie.ledger.abs());
            utility += conduct.weight_need * f32::from(tie.insight) * (1.0 / 255.0)
                + conduct.weight_rhythm * overdue.min(2.0)
                + conduct.weight_trust * tie.trust
                + self.by_closeness.single() * faded
                + conduct.weight_ledger * owed
                + conduct.weight_reach * elsewhere * (1.0 - faded);
        } else {
            utility += conduct.weight_reach * elsewhere;
        }
        utility
    }

    /// Week in which a tie that was passed over comes to mind again.
    #[inline]
    pub fn next_thought(&self, week: i32, draws: &mut Draws) -> i16 {
        (week + 1 + draws.below(self.wait.get().max(1)) as i32) as i16
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::top_by_score;
    use crate::random::{Purpose, Randomness, Shapes};
    use crate::world::Behaviour;

    /// A behaviour to which everything is the same.
    fn indifferent() -> Behaviour {
        let none = Weight::new(0.0);
        Behaviour {
            weight_interests: none,
            weight_influence: none,
            weight_need: none,
            weight_rhythm: none,
            weight_aspiration: none,
            weight_reach: none,
            weight_trust: none,
            weight_ledger: none,
            weight_proximity: none,
            ..Behaviour::default()
        }
    }

    fn ego() -> Profile {
        Profile {
            id: 1,
            interests: 0b0011,
            department: 1,
            function: 1,
            level: 1,
            ..Profile::VACANT
        }
    }

    fn alter() -> Profile {
        let interests = 0b0110;
        Profile {
            id: 2,
            interests,
            influence: 0.5,
            reputation: 0.8,
            level: 2,
            ..ego()
        }
    }

    /// What the behaviour's own weights add to the utility, over that of someone indifferent.
    fn own(
        behaviour: &Behaviour,
        aspiration: Aspiration,
        alter: &Profile,
        tie: Option<(&Tie, f32, f32)>,
    ) -> f32 {
        let of = |b: &Behaviour| {
            Choice::default().utility(&Conduct::from(b), aspiration, &ego(), alter, tie)
        };
        of(behaviour) - of(&indifferent())
    }

    #[test]
    fn each_weight_counts_for_what_the_equation_says() {
        let two = Weight::new(2.0);
        let zero = indifferent;
        let lead = Aspiration::Leadership;
        let check = |name: &str, found: f32, expected: f32| {
            assert!(
                (found - expected).abs() < 1e-5,
                "{name}: {found}, not {expected}"
            );
        };
        // one of two interests is shared
        let b = Behaviour {
            weight_interests: two,
            ..zero()
        };
        check("interests", own(&b, lead, &alter(), None), 1.0);
        let b = Behaviour {
            weight_influence: two,
            ..zero()
        };
        check("influence", own(&b, lead, &alter(), None), 1.0);
        let b = Behaviour {
            weight_aspiration: two,
            ..zero()
        };
        check("leadership", own(&b, lead, &alter(), None), 2.0);
        check(
            "excellence",
            own(&b, Aspiration::Excellence, &alter(), None),
            1.6,
        );
        check(
            "building",
            own(&b, Aspiration::Building, &alter(), None),
            0.0,
        );
        let b = Behaviour {
            weight_proximity: two,
            ..zero()
        };
        check("proximity", own(&b, lead, &alter(), None), 2.0);
        let away = Profile {
            department: 2,
            site: 3,
            function: 2,
            ..alter()
        };
        check("distance", own(&b, lead, &away, None), 0.0);
        let b = Behaviour {
            weight_reach: two,
            ..zero()
        };
        check("reach", own(&b, lead, &away, None), 2.0);
        // with a tie: insight 51 / 255, trust 0.75, a debt of 1 that counts 1 / (1 + 1)
        let tie = Tie {
            insight: 51,
            trust: 0.75,
            ledger: 1.0,
            ..Tie::default()
        };
        let b = Behaviour {
            weight_need: two,
            ..zero()
        };
        check("need", own(&b, lead, &alter(), Some((&tie, 0.0, 0.0))), 0.4);
        let b = Behaviour {
            weight_trust: two,
            ..zero()
        };
        check(
            "trust",
            own(&b, lead, &alter(), Some((&tie, 0.0, 0.0))),
            1.5,
        );
        let b = Behaviour {
            weight_ledger: two,
            ..zero()
        };
        check(
            "ledger",
            own(&b, lead, &alter(), Some((&tie, 0.0, 0.0))),
            1.0,
        );
        let b = Behaviour {
            weight_rhythm: two,
            ..zero()
        };
        check("due", own(&b, lead, &alter(), Some((&tie, 0.0, 1.0))), 2.0);
        check(
            "long overdue",
            own(&b, lead, &alter(), Some((&tie, 0.0, 9.0))),
            4.0,
        );
        let b = Behaviour {
            weight_reach: two,
            ..zero()
        };
        check(
            "reach of a tie",
            own(&b, lead, &away, Some((&tie, 0.25, 0.0))),
            1.5,
        );
    }

    #[test]
    fn warmth_and_closeness_count_for_everyone_alike() {
        let rule = Choice {
            by_warmth: Weight::new(2.0),
            by_closeness: Weight::new(3.0),
            ..Choice::default()
        };
        let of = |warmth, tie: Option<(&Tie, f32, f32)>| {
            let alter = Profile { warmth, ..alter() };
            rule.utility(
                &Conduct::from(&indifferent()),
                Aspiration::Leadership,
                &ego(),
                &alter,
                tie,
            )
        };
        // 2 * (1 - 1/2), 2 * (0 - 1/2), 3 * 0.25
        assert!((of(255, None) - 1.0).abs() < 1e-5);
        assert!((of(0, None) + 1.0).abs() < 1e-5);
        let tie = Tie::default();
        assert!((of(255, Some((&tie, 0.25, 0.0))) - 1.75).abs() < 1e-5);
    }

    #[test]
    fn contact_is_weekly_when_close_and_rare_when_not() {
        let rule = Choice {
            weakest_rhythm: Weeks::new(16),
            close: Strength::new(0.5),
            ..Choice::default()
        };
        let rhythm = rule.rhythm();
        assert!((rhythm.weeks(0.0) - 16.0).abs() < 1e-5);
        // half way to close: 16 ^ (1 - 1/2)
        assert!((rhythm.weeks(0.25) - 4.0).abs() < 1e-5);
        assert_eq!(rhythm.weeks(0.5), 1.0);
        assert_eq!(rhythm.weeks(1.0), 1.0);
        let all: Vec<f32> = (0..=32).map(|i| rhythm.weeks(i as f32 / 64.0)).collect();
        assert!(
            all.windows(2).all(|pair| pair[1] < pair[0]),
            "closer is sooner: {all:?}"
        );
    }

    #[test]
    fn the_best_of_noisy_utilities_is_a_draw_from_the_multinomial_logit() {
        // utilities 0, 1, 2 and noise of scale 0.8: P(j) ~ e^(u_j / 0.8); n = 20000
        let rule = Choice {
            noise: Factor::new(0.8),
            ..Choice::default()
        };
        let noise = rule.noise.single();
        let shapes = Shapes::default();
        let randomness = Randomness::new(6);
        let n = 20_000;
        let mut counts = [0_u32; 3];
        for i in 0..n {
            let mut draws = randomness.draws(Purpose::Choice, 0, i);
            let mut list =
                [0_usize, 1, 2].map(|j| (j as f32 + noise * shapes.gumbel(&mut draws), j));
            top_by_score(&mut list, 1);
            counts[list[0].1] += 1;
        }
        let weights = [0.0_f64, 1.0, 2.0].map(|u| libm::exp(u / 0.8));
        let sum: f64 = weights.iter().sum();
        for (count, weight) in counts.into_iter().zip(weights) {
            let (found, p) = (f64::from(count) / f64::from(n), weight / sum);
            let tolerance = 4.0 * (p * (1.0 - p) / f64::from(n)).sqrt();
            assert!((found - p).abs() < tolerance, "{found} {p}");
        }
    }

    #[test]
    fn a_tie_passed_over_comes_to_mind_within_the_wait_and_evenly() {
        // four weeks, n = 8000, expectation 2000 each, sd sqrt(2000 * 3 / 4)
        let rule = Choice {
            wait: Weeks::new(4),
            ..Choice::default()
        };
        let mut counts = [0_u32; 4];
        for i in 0..8000 {
            let mut draws = Randomness::new(3).draws(Purpose::Choice, 0, i);
            counts[(rule.next_thought(10, &mut draws) - 11) as usize] += 1;
        }
        assert!(
            counts
                .iter()
                .all(|&c| (f64::from(c) - 2000.0).abs() < 4.0 * 1500.0_f64.sqrt())
        );
    }

    #[test]
    fn switched_off_all_candidates_are_alike() {
        let off = Choice {
            enabled: false,
            ..Choice::default()
        };
        let conduct = Conduct::from(&Behaviour::transactional());
        let of = |alter: &Profile, tie: Option<(&Tie, f32, f32)>| {
            off.utility(&conduct, Aspiration::Leadership, &ego(), alter, tie)
        };
        let tie = Tie {
            trust: 1.0,
            insight: 255,
            ..Tie::default()
        };
        assert_eq!(of(&alter(), None), of(&ego(), Some((&tie, 1.0, 2.0))));
    }
}
