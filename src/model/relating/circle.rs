//! The people one is in active contact with, as a set that is quickly asked.

use crate::world::{NOBODY, place_of};

/// Bits of the set: a firm of up to so many has one for each person.
const BITS: usize = 1024;

/// Ego's active contacts as a set, made when it is first asked for.
pub(super) struct Circle<'a> {
    bits: [u64; BITS / 64],
    /// Ego's row, when several people of the firm share a bit: the set may be mistaken, the row is not.
    row: Option<(&'a [u32], &'a [i16])>,
    week: i32,
}

impl<'a> Circle<'a> {
    #[inline(always)]
    const fn place(who: u32) -> (usize, u32) {
        let bit = who as usize % BITS;
        (bit / 64, who % 64)
    }

    /// Those of a row whose ties are active in a week, in a firm of so many slots.
    pub(super) fn new(
        partners: &'a [u32],
        active_until: &'a [i16],
        week: i32,
        slots: usize,
    ) -> Self {
        let mut bits = [0; BITS / 64];
        for (&who, &until) in partners.iter().zip(active_until) {
            let (word, bit) = Self::place(who);
            bits[word] |= u64::from(i32::from(until) >= week) << bit;
        }
        Self {
            bits,
            row: (slots > BITS).then_some((partners, active_until)),
            week,
        }
    }

    /// How many of these people are in the circle.
    pub(super) fn common(&self, theirs: &[u32]) -> u32 {
        let marked = |who: u32| {
            let (word, bit) = Self::place(who);
            u32::from(who != NOBODY) & (self.bits[word] >> bit) as u32
        };
        let Some((partners, active_until)) = self.row else {
            return theirs.iter().map(|&who| marked(who)).sum();
        };
        let is_active = |who: u32| {
            place_of(partners, who).is_some_and(|place| i32::from(active_until[place]) >= self.week)
        };
        let both = theirs
            .iter()
            .filter(|&&who| marked(who) == 1 && is_active(who));
        both.count() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_in_both_rows_with_an_active_tie_are_counted_once() {
        let partners = [7, 8, 9, NOBODY, 103];
        let active_until = [5, 3, 5, i16::MIN, 5];
        for slots in [1024, 5000] {
            let circle = Circle::new(&partners, &active_until, 4, slots);
            // 7 and 9 are active; 8 is not any more; 12 is a stranger; free places are nobody
            assert_eq!(circle.common(&[9, 7, 8, 12, NOBODY]), 2, "{slots}");
        }
    }

    #[test]
    fn whoever_shares_a_bit_with_a_contact_is_not_taken_for_one() {
        let circle = Circle::new(&[1], &[9], 0, 5000);
        assert_eq!(circle.common(&[1025]), 0);
        assert_eq!(circle.common(&[1]), 1);
    }

    #[test]
    fn nobody_is_in_no_circle() {
        // free places are as many as one likes, and their bit is that of the last person
        let (last, free) = (1023, NOBODY);
        let row = ([last, free], [9, i16::MIN]);
        let circle = Circle::new(&row.0, &row.1, 0, 1024);
        assert_eq!(circle.common(&[free, last, free]), 1);
    }
}
