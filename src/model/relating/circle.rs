//! The people one is in active contact with, as a set that is quickly asked.

use crate::world::{NOBODY, place_of};

/// Ego's active contacts as a set of 1,024 bits, made when it is first asked for.
pub(super) struct Circle([u64; 16]);

impl Circle {
    #[inline]
    fn bit(who: u32) -> (usize, u64) {
        let bit = who.wrapping_mul(0x9e37_79b1) >> 22;
        ((bit >> 6) as usize, 1 << (bit & 63))
    }

    /// Those of a row whose ties are active in a week.
    pub(super) fn new(partners: &[u32], active_until: &[i16], week: i32) -> Self {
        let mut bits = [0; 16];
        for (&who, &until) in partners.iter().zip(active_until) {
            if i32::from(until) >= week {
                let (word, bit) = Self::bit(who);
                bits[word] |= bit;
            }
        }
        Self(bits)
    }

    /// How many of these people are in the circle of which `partners` and `active_until` are the row.
    pub(super) fn common(
        &self,
        theirs: &[u32],
        partners: &[u32],
        active_until: &[i16],
        week: i32,
    ) -> u32 {
        let mut common = 0;
        for &who in theirs {
            let (word, bit) = Self::bit(who);
            if self.0[word] & bit != 0 && who != NOBODY {
                // the set may be mistaken; the row is not
                common += place_of(partners, who)
                    .map_or(0, |place| u32::from(i32::from(active_until[place]) >= week));
            }
        }
        common
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_in_both_rows_with_an_active_tie_are_counted_once() {
        let partners = [7, 8, 9, NOBODY, 1031];
        let active_until = [5, 3, 5, i16::MIN, 5];
        let circle = Circle::new(&partners, &active_until, 4);
        // 7 and 9 are active; 8 is not any more; 12 is a stranger; free places are nobody
        let common = circle.common(&[9, 7, 8, 12, NOBODY], &partners, &active_until, 4);
        assert_eq!(common, 2);
    }

    #[test]
    fn whoever_shares_a_bit_with_a_contact_is_not_taken_for_one() {
        let bit = Circle::bit(1);
        let twin = (2..1_000_000).find(|&who| Circle::bit(who) == bit).unwrap();
        let circle = Circle::new(&[1], &[9], 0);
        assert_eq!(circle.common(&[twin], &[1], &[9], 0), 0);
        assert_eq!(circle.common(&[1], &[1], &[9], 0), 1);
    }
}
