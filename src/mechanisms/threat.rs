//! M17 Threat: an announced restructuring changes behaviour beforehand, and fear fades after it.
//!
//! # What happens
//! When a restructuring is announced, the members of the affected departments feel the threat 1; everyone
//! else feels `spill`. It fades with a half-life, from the week of the restructuring on:
//!
//! ```text
//! t(w) = max over announced restructurings,   t *= 2^(-1/half_life) each week afterwards
//! ```
//!
//! Threat stretches the hours for contacts (M2), turns calls to people not contacted for `late_after` weeks into late calls
//! (M4), and raises exits (M16).
//!
//! # Source
//! Informal contact rises in an uncertain time and returns: E74 (Srivastava 2015), sign. Exits rise after
//! layoffs: E75c. Sizes are assumed; no source.
//!
//! # Assumptions and limits
//! Everyone hears of it in the same week.
//!
//! # Order and randomness
//! In the calendar; no draws.
//!
//! # Switched off
//! Nobody feels a threat: restructurings come as a surprise and are forgotten at once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{HalfLife, Strength, Weeks};
use crate::world::World;

/// Fear before and after a restructuring.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Threat {
    /// Whether the rule is on; off, nobody feels a threat [switch].
    pub enabled: bool,
    /// Weeks between announcement and restructuring [weeks]. Assumed; no source.
    pub announced: Weeks,
    /// Threat felt outside the affected departments [strength]. Assumed; no source.
    pub spill: Strength,
    /// Time after which half of the fear is gone [weeks]. Source: order of E74 (back within two to four quarters).
    pub half_life: HalfLife,
    /// Weeks without contact that make a call under threat a late one [weeks]. Assumed; no source.
    pub late_after: Weeks,
}

impl Default for Threat {
    fn default() -> Self {
        Self {
            enabled: true,
            announced: Weeks::new(8),
            spill: Strength::new(0.3),
            half_life: HalfLife::new(10.0),
            late_after: Weeks::new(26),
        }
    }
}

impl Threat {
    /// Share of the fear left after a week.
    pub fn left(&self) -> f32 {
        libm::exp2(-1.0 / self.half_life.get()) as f32
    }

    /// Makes the members of `departments` feel the threat, and everyone else what spills over.
    pub fn announce(&self, world: &mut World, departments: &[u16]) {
        if !self.enabled {
            return;
        }
        let employees = &mut world.employees;
        for (profile, standing) in employees.profiles.iter().zip(&mut employees.standings) {
            let affected = departments.contains(&profile.department);
            let felt = if affected { 1.0 } else { self.spill.single() };
            standing.threat = standing.threat.max(felt);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::small_firm::SmallFirm;

    const FIRM: SmallFirm = SmallFirm {
        departments: 2,
        leads: 1,
        staff: 2,
    };

    fn rule() -> Threat {
        Threat {
            enabled: true,
            spill: Strength::new(0.3),
            ..Threat::default()
        }
    }

    #[test]
    fn the_affected_are_afraid_and_everyone_else_a_little() {
        let mut world = FIRM.build();
        rule().announce(&mut world, &[1]);
        for slot in world.employees.present() {
            let affected = world.employees.profiles[slot as usize].department == 1;
            let felt = world.employees.standings[slot as usize].threat;
            assert_eq!(felt, if affected { 1.0 } else { 0.3 });
        }
    }

    #[test]
    fn the_greater_fear_counts() {
        let mut world = FIRM.build();
        rule().announce(&mut world, &[1]);
        rule().announce(&mut world, &[0]);
        assert!(world.employees.standings.iter().all(|s| s.threat == 1.0));
    }

    #[test]
    fn fear_halves_in_its_half_life() {
        let rule = Threat {
            half_life: HalfLife::new(10.0),
            ..rule()
        };
        let left = (0..10).fold(1.0_f32, |t, _| t * rule.left());
        assert!((left - 0.5).abs() < 1e-5, "{left}");
    }

    #[test]
    fn switched_off_nobody_is_afraid() {
        let mut world = FIRM.build();
        Threat {
            enabled: false,
            ..rule()
        }
        .announce(&mut world, &[0, 1]);
        assert!(world.employees.standings.iter().all(|s| s.threat == 0.0));
    }
}
