//! M9 Capacity: a person can hold a finite number of ties.
//!
//! # What happens
//! A person has room for so many ties, active and dormant:
//!
//! ```text
//! room = places * (1 + notes * note_keeping)      rounded down; note_keeping is a behaviour [0..1]
//! ```
//!
//! When a new tie finds no room, another is dropped: with probability `selectivity` (a behaviour) the one that
//! has been or will be inactive longest, else one at random.
//!
//! # Source
//! Personal layers of about 5, 15, 50 and 150: E40 (Dunbar 2018). The effect of notes is assumed; no source.
//!
//! # Assumptions and limits
//! What is dropped is forgotten by ego only; alter may still hold its record (a one-sided tie).
//!
//! # Order and randomness
//! When a tie is formed, in the exchange; draws belong to the pair.
//!
//! # Switched off
//! Everyone has as many places as the most diligent note keeper, and drops the tie that is inactive longest.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::random::Draws;
use crate::units::{Few, Share};
use crate::world::{Conduct, NOBODY, RowMut};

/// Room for ties.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Capacity {
    /// Whether the rule is on; off, everyone has the largest number of places [switch].
    pub enabled: bool,
    /// Ties that a person without notes can hold, active and dormant [count]. Source: E40 (the layer of 50).
    pub places: Few,
    /// How much keeping notes adds, at most [share]. Assumed; no source.
    pub notes: Share,
}

impl Default for Capacity {
    fn default() -> Self {
        Self {
            enabled: true,
            places: Few::new(40),
            notes: Share::new(0.2),
        }
    }
}

impl Capacity {
    /// Places in the longest row that anyone may need.
    pub fn largest(&self) -> usize {
        (f64::from(self.places.get()) * (1.0 + self.notes.get())) as usize
    }

    /// A place for a new tie, and whether another tie was dropped for it. None when a person can hold no ties.
    #[inline]
    pub fn place(
        &self,
        row: &mut RowMut<'_>,
        conduct: &Conduct,
        draws: &mut Draws,
    ) -> Option<(usize, bool)> {
        let &Self {
            enabled,
            places,
            notes,
        } = self;
        let longest = row.partners.len();
        let room = if enabled {
            let room = places.get() as f32 * (1.0 + notes.single() * conduct.note_keeping);
            (room as usize).min(longest)
        } else {
            self.largest().min(longest)
        };
        if room == 0 {
            return None;
        }
        if let Some(free) = row.partners[..room].iter().position(|&p| p == NOBODY) {
            return Some((free, false));
        }
        let selective = !enabled || draws.chance(conduct.selectivity);
        let victim = if selective {
            // the minimum first, which is vectorised, then its place
            let until = &row.active_until[..room];
            let least = until.iter().copied().fold(i16::MAX, i16::min);
            until.iter().position(|&u| u == least).unwrap_or(0)
        } else {
            draws.below(room as u32) as usize
        };
        row.clear(victim);
        Some((victim, true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Randomness};
    use crate::units::Probability;
    use crate::world::{Behaviour, Ties};

    fn rule() -> Capacity {
        Capacity {
            enabled: true,
            places: Few::new(10),
            notes: Share::new(0.5),
        }
    }

    fn conduct(note_keeping: f64, selectivity: f64) -> Conduct {
        Conduct::from(&Behaviour {
            note_keeping: Share::new(note_keeping),
            selectivity: Probability::new(selectivity),
            ..Default::default()
        })
    }

    /// A row of 16 places of which the first `taken` are taken; place 3 is inactive longest.
    fn row(taken: u32) -> Ties {
        let mut ties = Ties::new(1, 15);
        let row = ties.row_mut(0);
        for place in 0..taken as usize {
            row.partners[place] = 100 + place as u32;
            row.active_until[place] = if place == 3 { 5 } else { 50 + place as i16 };
        }
        ties
    }

    fn place(rule: &Capacity, conduct: &Conduct, taken: u32, i: u32) -> Option<(usize, bool)> {
        let mut draws = Randomness::new(2).draws(Purpose::CallerSide, 0, i);
        rule.place(&mut row(taken).row_mut(0), conduct, &mut draws)
    }

    #[test]
    fn notes_make_room_for_as_many_more_as_the_equation_says() {
        // 10 places without notes, 10 * (1 + 0.5) = 15 with
        let (without, with) = (conduct(0.0, 1.0), conduct(1.0, 1.0));
        assert_eq!(place(&rule(), &without, 9, 0), Some((9, false)));
        assert_eq!(
            place(&rule(), &without, 10, 0),
            Some((3, true)),
            "the inactive one goes"
        );
        assert_eq!(place(&rule(), &with, 10, 0), Some((10, false)));
        assert_eq!(place(&rule(), &with, 14, 0), Some((14, false)));
        assert_eq!(place(&rule(), &with, 15, 0), Some((3, true)));
        assert_eq!(rule().largest(), 15);
    }

    #[test]
    fn what_is_dropped_leaves_an_empty_place() {
        let mut ties = row(10);
        let mut draws = Randomness::new(2).draws(Purpose::CallerSide, 0, 0);
        let dropped = rule().place(&mut ties.row_mut(0), &conduct(0.0, 1.0), &mut draws);
        assert_eq!(dropped, Some((3, true)));
        assert_eq!(ties.row(0).partners[3], NOBODY);
        assert_eq!(ties.row(0).iter().count(), 9);
    }

    #[test]
    fn without_selectivity_every_tie_is_as_likely_to_be_dropped() {
        // 10 places, n = 10000: chi-square with 9 degrees of freedom, mean 9, sd sqrt(18); four of them above
        let mut counts = [0_u32; 10];
        for i in 0..10_000 {
            let (victim, dropped) = place(&rule(), &conduct(0.0, 0.0), 10, i).unwrap();
            assert!(dropped);
            counts[victim] += 1;
        }
        let square: f64 = counts
            .iter()
            .map(|&c| (f64::from(c) - 1000.0) * (f64::from(c) - 1000.0) / 1000.0)
            .sum();
        assert!(square < 9.0 + 4.0 * 18.0_f64.sqrt(), "{square}");
    }

    #[test]
    fn selectivity_is_the_chance_of_dropping_the_inactive_one() {
        // p = 0.6 + 0.4 / 10 (chance may also hit it), n = 10000
        let p = 0.64;
        let hits = (0..10_000)
            .filter(|&i| place(&rule(), &conduct(0.0, 0.6), 10, i) == Some((3, true)))
            .count();
        let share = hits as f64 / 10_000.0;
        assert!(
            (share - p).abs() < 4.0 * (p * (1.0 - p) / 10_000.0_f64).sqrt(),
            "{share}"
        );
    }

    #[test]
    fn someone_without_places_holds_no_ties() {
        let none = Capacity {
            places: Few::new(0),
            ..rule()
        };
        assert_eq!(place(&none, &conduct(1.0, 1.0), 0, 0), None);
    }

    #[test]
    fn switched_off_everyone_has_the_room_of_the_most_diligent_and_prunes_well() {
        let off = Capacity {
            enabled: false,
            ..rule()
        };
        assert_eq!(place(&off, &conduct(0.0, 0.0), 14, 0), Some((14, false)));
        assert!((0..50).all(|i| place(&off, &conduct(0.0, 0.0), 15, i) == Some((3, true))));
    }
}
