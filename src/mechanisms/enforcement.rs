//! M1 Enforcement: a formal structure may keep people from calling on others than it provides for.
//!
//! # What happens
//! A call of one's own choice to someone outside the team and the reporting line (another superior's report, not one's own manager or
//! report) is given up with probability `share`:
//!
//! ```text
//! P(forbidden) = share * [neither a team mate nor in line]
//! ```
//!
//! What the work requires and what is arranged is not touched, and being called is not either.
//!
//! # Source
//! That a formal structure keeps interaction alive, and does so better when weakly enforced: E116 (Clement and Puranam 2018). The default is
//! none, the usual case: people call whom they like.
//!
//! # Assumptions and limits
//! The structure forbids by chance, not by person: who is forbidden today may be called next week.
//!
//! # Order and randomness
//! When contacts are chosen, after the utility; the draws belong to the caller, and nobody draws while the share is 0.
//!
//! # Switched off
//! Nobody is kept from calling anybody.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::random::Draws;
use crate::units::Share;
use crate::world::{NOBODY, Organisation};

/// Enforcement of the formal structure.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Enforcement {
    /// Whether the rule is on; off, nobody is kept from calling anybody [switch].
    pub enabled: bool,
    /// Share of the calls beyond team and line that the structure keeps people from [share]. Source: a dial by E116; none by default.
    pub share: Share,
}

impl Default for Enforcement {
    fn default() -> Self {
        Self {
            enabled: true,
            share: Share::new(0.0),
        }
    }
}

impl Enforcement {
    /// Whether the structure keeps the holder of a post from calling the holder of another.
    #[inline]
    pub fn forbids(
        &self,
        organisation: &Organisation,
        own: u32,
        other: u32,
        draws: &mut Draws,
    ) -> bool {
        let &Self { enabled, share } = self;
        if !enabled || share.get() <= 0.0 || own == NOBODY || other == NOBODY {
            return false;
        }
        let superior = |post: u32| organisation.posts[post as usize].superior;
        let near = superior(own) == other
            || superior(other) == own
            || superior(own) == superior(other) && superior(own) != NOBODY;
        !near && draws.chance(share.single())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Randomness};
    use crate::world::small_firm::SmallFirm;

    /// Share of weeks in which the holder of a post may not call another.
    fn forbidden(rule: &Enforcement, own: u32, other: u32) -> f64 {
        // head 0; department 0: lead 1 with 2 to 4; department 1: lead 5 with 6 to 8
        let world = SmallFirm {
            departments: 2,
            leads: 1,
            staff: 3,
        }
        .build();
        let key = Randomness::new(1).week(Purpose::Choice, 0);
        let often = (0..4000).filter(|&i| {
            let mut draws = key.of(i);
            rule.forbids(&world.organisation, own, other, &mut draws)
        });
        often.count() as f64 / 4000.0
    }

    #[test]
    fn calls_beyond_team_and_line_are_given_up_as_often_as_stated() {
        let rule = Enforcement {
            enabled: true,
            share: Share::new(0.3),
        };
        for (own, other) in [(2, 3), (2, 1), (1, 2), (1, 5), (1, 0)] {
            assert_eq!(forbidden(&rule, own, other), 0.0, "{own} {other}");
        }
        for (own, other) in [(2, 6), (2, 5), (2, 0)] {
            let share = forbidden(&rule, own, other);
            assert!(
                (share - 0.3).abs() < 4.0 * (0.21_f64 / 4000.0).sqrt(),
                "{share}"
            );
        }
    }

    #[test]
    fn switched_off_nobody_is_kept_from_calling() {
        let off = Enforcement {
            enabled: false,
            share: Share::new(1.0),
        };
        assert_eq!(forbidden(&off, 2, 6), 0.0);
    }
}
