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
//! (M4), raises exits (M16), and keeps people from contacts that only the work requires (M1):
//!
//! ```text
//! P(a required contact is let go) = withdrawal * t
//! ```
//!
//! In the week of the restructuring the upheaval u of those affected is set to 1, of everyone else to at least `spill`; it fades
//! with the half-life of M16 and drives away those who stayed.
//!
//! # Source
//! Purely formal contact falls and informal contact rises in an uncertain time, and both return: E74 (Srivastava 2015), sign. Exits rise after
//! layoffs: E75c. Sizes are assumed; no source.
//!
//! # Assumptions and limits
//! Everyone hears of it in the same week.
//!
//! # Order and randomness
//! In the calendar, no draws; the contact let go when contacts are chosen, a draw that only those under threat make.
//!
//! # Switched off
//! Nobody feels a threat or an upheaval: restructurings come as a surprise and are forgotten at once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::random::Draws;
use crate::units::{HalfLife, Share, Strength, Weeks};
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
    /// Share of the contacts required by work that someone under full threat lets go [share]. Source: sign from E74.
    pub withdrawal: Share,
}

impl Default for Threat {
    fn default() -> Self {
        Self {
            enabled: true,
            announced: Weeks::new(8),
            spill: Strength::new(0.3),
            half_life: HalfLife::new(10.0),
            late_after: Weeks::new(26),
            withdrawal: Share::new(0.4),
        }
    }
}

impl Threat {
    /// Share of the fear left after a week.
    pub fn left(&self) -> f32 {
        libm::exp2(-1.0 / self.half_life.get()) as f32
    }

    /// Whether someone under a threat lets a contact go that only the work requires.
    #[inline]
    pub fn withdraws(&self, threat: f32, draws: &mut Draws) -> bool {
        threat > 0.0 && draws.chance(self.withdrawal.single() * threat)
    }

    /// The restructuring is there: upheaval for the members of `departments`, and for everyone else what spills over.
    pub fn shake(&self, world: &mut World, departments: &[u16]) {
        if !self.enabled {
            return;
        }
        let week = world.week as i16;
        let is_affected = members(departments);
        let employees = &mut world.employees;
        for (profile, standing) in employees.profiles.iter().zip(&mut employees.standings) {
            let felt = if is_affected(profile.department) {
                1.0
            } else {
                self.spill.single()
            };
            // an upheaval half forgotten is not made smaller by the echo of another, nor kept fresh
            if profile.is_employed() && felt >= 0.5 * standing.upheaval {
                standing.upheaval = felt;
                standing.upheaval_week = week;
            }
        }
    }

    /// Makes the members of `departments` feel the threat, and everyone else what spills over.
    pub fn announce(&self, world: &mut World, departments: &[u16]) {
        if !self.enabled {
            return;
        }
        let is_affected = members(departments);
        let employees = &mut world.employees;
        for (profile, standing) in employees.profiles.iter().zip(&mut employees.standings) {
            let affected = is_affected(profile.department);
            let felt = if affected { 1.0 } else { self.spill.single() };
            standing.threat = standing.threat.max(felt);
        }
    }
}

/// Whether a department is among those given, looked up at once: a large firm has many of both.
fn members(departments: &[u16]) -> impl Fn(u16) -> bool {
    let last = departments.iter().max().map_or(0, |&d| d as usize + 1);
    let mut among = vec![false; last];
    for &department in departments {
        among[department as usize] = true;
    }
    move |department| among.get(department as usize).copied().unwrap_or(false)
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
    fn under_threat_contacts_required_by_work_are_let_go() {
        // 0.4 * 0.5; n = 20000
        let rule = Threat {
            withdrawal: Share::new(0.4),
            ..rule()
        };
        let key = crate::random::Randomness::new(1).week(crate::random::Purpose::Choice, 0);
        let share = |threat| {
            let gone = (0..20_000).filter(|&i| rule.withdraws(threat, &mut key.of(i)));
            gone.count() as f64 / 20_000.0
        };
        assert_eq!(share(0.0), 0.0);
        assert!((share(0.5) - 0.2).abs() < 4.0 * (0.16_f64 / 20_000.0).sqrt());
    }

    #[test]
    fn a_restructuring_shakes_the_affected_and_everyone_else_a_little() {
        let mut world = FIRM.build();
        rule().shake(&mut world, &[1]);
        for slot in world.employees.present() {
            let standing = &world.employees.standings[slot as usize];
            let affected = world.employees.profiles[slot as usize].department == 1;
            assert_eq!(standing.upheaval, if affected { 1.0 } else { 0.3 });
            assert_eq!(standing.upheaval_week, 100);
        }
        world.week = 110;
        rule().shake(&mut world, &[0]);
        let own = &world.employees.standings[world.employees.present().last().unwrap() as usize];
        assert_eq!(
            (own.upheaval, own.upheaval_week),
            (1.0, 100),
            "the echo of another"
        );
    }

    #[test]
    fn switched_off_nobody_is_afraid() {
        let mut world = FIRM.build();
        Threat {
            enabled: false,
            ..rule()
        }
        .announce(&mut world, &[0, 1]);
        Threat {
            enabled: false,
            ..rule()
        }
        .shake(&mut world, &[0, 1]);
        let calm = |s: &crate::world::Standing| s.threat == 0.0 && s.upheaval == 0.0;
        assert!(world.employees.standings.iter().all(calm));
    }
}
