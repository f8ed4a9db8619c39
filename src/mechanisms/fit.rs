//! M15 Fit: what competence is worth in a new job, and how efficient the firm is as a whole.
//!
//! # What happens
//! When someone is promoted, competence c [standard deviations] becomes
//!
//! ```text
//! c' = carried_over * c + sqrt(1 - carried_over^2) * N,   then   x' = x * (1 + U),   x = middle + unit * c'
//!   N  a new draw of the distribution of hires      U  uniform within +- jitter
//! ```
//!
//! within the bounds of the competence of hires. With `carried_over` = 1 one is as good as before (but for the jitter),
//! with 0 being good at the old job says nothing about the new one. At each year's end the firm's efficiency is
//!
//! ```text
//! E = sum over posts of responsibility * x / sum over posts of responsibility * greatest x        vacant posts count as x = 0
//! ```
//!
//! # Source
//! Both hypotheses, the scale (7 and 2) and the efficiency are those of Pluchino, Rapisarda and Garofalo (2010): E110. That
//! competence is carried over in full by default is assumed: the default firm has a second skill, for managing, in its place (M13).
//!
//! # Assumptions and limits
//! Only promotions are new jobs; a lateral move or a forced reassignment is not. Skill at managing is carried over always.
//!
//! # Order and randomness
//! With the promotion; the draws belong to the person and the post.
//!
//! # Switched off
//! Competence stays what it is; the efficiency is not recorded.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::random::Draws;
use crate::units::{Factor, Share};
use crate::world::{NOBODY, World};

/// Competence in a new job.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Fit {
    /// Whether the rule is on; off, competence stays what it is and efficiency is not recorded [switch].
    pub enabled: bool,
    /// How far competence in the old job goes with competence in the new one [share, 0 the Peter hypothesis to 1 common sense]. Source: both in E110; the default is assumed.
    pub carried_over: Share,
    /// Greatest change of competence at a promotion on its scale, up or down [share]. Source: 0.1 in E110; the default is assumed.
    pub jitter: Share,
    /// Average competence on the scale of the efficiency [points]. Source: E110.
    pub middle: Factor,
    /// One standard deviation of competence on that scale [points]. Source: E110.
    pub unit: Factor,
}

impl Default for Fit {
    fn default() -> Self {
        Self {
            enabled: true,
            carried_over: Share::new(1.0),
            jitter: Share::new(0.0),
            middle: Factor::new(7.0),
            unit: Factor::new(2.0),
        }
    }
}

impl Fit {
    /// Competence in a new job. `newly` draws a competence as of a hire, `bounds` are the least and the greatest.
    pub fn promoted(
        &self,
        competence: f32,
        bounds: (f64, f64),
        newly: impl FnOnce(&mut Draws) -> f64,
        draws: &mut Draws,
    ) -> f32 {
        let &Self {
            enabled,
            carried_over,
            jitter,
            middle,
            unit,
        } = self;
        let old = carried_over.get();
        if !enabled || old >= 1.0 && jitter.get() <= 0.0 {
            return competence;
        }
        let rest = libm::sqrt((1.0 - old * old).max(0.0));
        let mixed = old * f64::from(competence) + rest * newly(draws);
        let change = jitter.get() * (2.0 * draws.uniform_double() - 1.0);
        // on the scale x = middle + unit * c; without a unit the scale knows no differences
        let moved = if unit.get() > 0.0 {
            mixed + (middle.get() / unit.get() + mixed) * change
        } else {
            mixed
        };
        moved.max(bounds.0).min(bounds.1) as f32
    }

    /// Efficiency of the firm [0 to 1]; None without posts of any responsibility.
    pub fn efficiency(&self, world: &World, greatest: f64) -> Option<f64> {
        if !self.enabled {
            return None;
        }
        let organisation = &world.organisation;
        let scale = |c: f64| (self.middle.get() + self.unit.get() * c).max(0.0);
        let (mut sum, mut most) = (0.0, 0.0);
        for post in organisation.posts.iter().filter(|post| post.exists) {
            let weight = organisation.levels[post.level as usize].responsibility;
            most += weight * scale(greatest);
            if post.holder != NOBODY {
                let c = world.employees.characters[post.holder as usize].competence;
                sum += weight * scale(f64::from(c).min(greatest));
            }
        }
        (most > 0.0).then(|| sum / most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Randomness};
    use crate::world::small_firm::SmallFirm;

    fn draws(who: u32) -> Draws {
        Randomness::new(3).draws(Purpose::Move, 0, who)
    }

    fn after(rule: &Fit, competence: f32, who: u32) -> f32 {
        rule.promoted(
            competence,
            (-4.0, 4.0),
            Draws::normal_double,
            &mut draws(who),
        )
    }

    #[test]
    fn what_is_carried_over_is_the_correlation_of_old_and_new() {
        // corr = 0.6, variance stays 1; n = 20000, four standard errors
        let rule = Fit {
            carried_over: Share::new(0.6),
            ..Fit::default()
        };
        let n = 20_000;
        let (mut product, mut square) = (0.0, 0.0);
        for who in 0..n {
            let old = Randomness::new(4)
                .draws(Purpose::Person, 0, who)
                .normal_double();
            let new = f64::from(after(&rule, old as f32, who));
            product += old * new;
            square += new * new;
        }
        let n = f64::from(n);
        assert!(
            (product / n - 0.6).abs() < 4.0 * 1.17 / n.sqrt(),
            "{}",
            product / n
        );
        assert!((square / n - 1.0).abs() < 4.0 * (2.0 / n).sqrt());
    }

    #[test]
    fn the_jitter_is_a_share_of_the_scale_up_or_down() {
        // c = 1 is x = 9; 10 % of it is 0.9, that is 0.45 standard deviations
        let rule = Fit {
            jitter: Share::new(0.1),
            ..Fit::default()
        };
        let all: Vec<f32> = (0..4000).map(|who| after(&rule, 1.0, who)).collect();
        let least = all.iter().copied().fold(f32::MAX, f32::min);
        let most = all.iter().copied().fold(f32::MIN, f32::max);
        assert!((0.5499..0.56).contains(&least), "{least}");
        assert!((1.44..1.4501).contains(&most), "{most}");
    }

    #[test]
    fn efficiency_weighs_competence_by_responsibility() {
        // head c = 1: x = 9, weight 1; lead c = 0: 7, weight 0.5; staff post vacant, weight 0.25; greatest c = 1.5: x = 10
        let mut world = SmallFirm {
            departments: 1,
            leads: 1,
            staff: 1,
        }
        .build();
        for (level, responsibility) in [(2, 1.0), (1, 0.5), (0, 0.25)] {
            world.organisation.levels[level].responsibility = responsibility;
        }
        world.employees.characters[0].competence = 1.0;
        world.dismiss(2);
        let found = Fit::default().efficiency(&world, 1.5).unwrap();
        assert!((found - (9.0 + 3.5) / 17.5).abs() < 1e-9, "{found}");
    }

    #[test]
    fn switched_off_competence_stays_and_nothing_is_recorded() {
        let off = Fit {
            enabled: false,
            carried_over: Share::new(0.0),
            jitter: Share::new(0.5),
            ..Fit::default()
        };
        assert_eq!(after(&off, 0.7, 1), 0.7);
        let world = SmallFirm {
            departments: 1,
            leads: 1,
            staff: 1,
        }
        .build();
        assert_eq!(off.efficiency(&world, 1.5), None);
    }
}
