//! Rotation: participants exchange their posts with a colleague of the same level in another department.
//!
//! # What happens
//!
//! ```text
//! at the start  each participant, in the order of the draw, exchanges posts with the next of the same level and another department
//! at the end    both go back, if `returns`, both are still here and on one level
//! ```
//!
//! A post of another function is looked for first. Team, manager, department and site are then those of the new post, with all that follows for
//! whom one meets (M1); the ties made there remain.
//!
//! # Source
//! Rotation goes with more ties across units and lower constraint a year later: E94 (Campion, Cheraskin and Stevens 1994), sign.
//!
//! # Assumptions and limits
//! Nobody refuses, and nobody works less well on the other post. Someone without a counterpart takes part without a move.
//!
//! # Order and randomness
//! In the calendar of the week; who is paired follows from the draw of those who take part.
//!
//! # Switched off
//! Programmes of this kind do not take place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::world::World;

/// Rotation through departments.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Rotation {
    /// Whether programmes of this kind take place; off, they do not [switch].
    pub enabled: bool,
    /// Whether people go back to their old posts at the end [switch].
    pub returns: bool,
}

impl Default for Rotation {
    fn default() -> Self {
        Self {
            enabled: true,
            returns: true,
        }
    }
}

impl Rotation {
    /// The counterpart of each of `treated`, where there is one.
    pub fn counterparts(&self, world: &World, treated: &[u32]) -> Vec<Option<u32>> {
        let profile = |slot: u32| &world.employees.profiles[slot as usize];
        let mut found: Vec<Option<u32>> = vec![None; treated.len()];
        for i in 0..treated.len() {
            if found[i].is_some() {
                continue;
            }
            let own = profile(treated[i]);
            let fits = |j: &usize| {
                let other = profile(treated[*j]);
                found[*j].is_none()
                    && other.level == own.level
                    && other.department != own.department
            };
            let elsewhere = (i + 1..treated.len())
                .filter(fits)
                .find(|&j| profile(treated[j]).function != own.function)
                .or_else(|| (i + 1..treated.len()).find(fits));
            if let Some(j) = elsewhere {
                found[i] = Some(treated[j]);
                found[j] = Some(treated[i]);
            }
        }
        found
    }

    /// Whether two who have exchanged posts go back at the end. Both have the identities that they had.
    pub fn go_back(&self, world: &World, one: u32, other: u32) -> bool {
        let [a, b] = [one, other].map(|slot| &world.employees.profiles[slot as usize]);
        self.returns && a.is_employed() && b.is_employed() && a.level == b.level
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::small_firm::SmallFirm;

    /// Department 0 and 2 are of one function, 1 of another; slots 2, 3 / 5, 6 / 8, 9 are staff.
    const FIRM: SmallFirm = SmallFirm {
        departments: 3,
        leads: 1,
        staff: 2,
    };

    #[test]
    fn counterparts_are_of_one_level_and_of_other_departments_if_possible_functions() {
        let world = FIRM.build();
        let of = |treated: &[u32]| Rotation::default().counterparts(&world, treated);
        assert_eq!(
            of(&[2, 8, 5]),
            [Some(5), None, Some(2)],
            "another function first"
        );
        assert_eq!(of(&[2, 8]), [Some(8), Some(2)]);
        assert_eq!(of(&[2, 3]), [None, None], "of one department");
        assert_eq!(of(&[2, 4]), [None, None], "of two levels");
    }

    #[test]
    fn both_go_back_unless_one_has_risen_or_gone() {
        let mut world = FIRM.build();
        let rule = Rotation::default();
        assert!(rule.go_back(&world, 2, 5));
        let stays = Rotation {
            returns: false,
            ..Rotation::default()
        };
        assert!(!stays.go_back(&world, 2, 5));
        assert!(!rule.go_back(&world, 2, 4));
        world.dismiss(5);
        assert!(!rule.go_back(&world, 2, 5));
    }
}
