//! What several tests of programmes begin from.

use std::ops::Range;

use crate::random::{Purpose, Randomness, WeekKey};
use crate::world::Participation;
use crate::world::small_firm::SmallFirm;

/// Slot 0 is the head; slot 1 leads 2 to 4, slot 5 leads 6 to 8, slot 9 leads 10 to 12, slot 13 leads 14 to 16.
pub(super) const FOUR_TEAMS: SmallFirm = SmallFirm {
    departments: 2,
    leads: 2,
    staff: 3,
};

/// The draws of programmes in a week.
pub(super) fn key(week: i32) -> WeekKey {
    Randomness::new(3).week(Purpose::Programme, week)
}

/// Everybody on these slots takes part in programme 0, nobody with a partner.
pub(super) fn all_of(slots: Range<u32>) -> Vec<Participation> {
    slots
        .map(|slot| Participation {
            programme: 0,
            slot,
            employee: slot,
            partner: None,
            added: [0.0; 4],
        })
        .collect()
}
