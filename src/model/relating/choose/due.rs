//! Which ties come to mind this week.

use wide::i16x16;

/// Lists the places of a row whose week has come, from `start` on and round.
///
/// Which of them it is cannot be guessed, so the weeks are compared sixteen at a time and only those found are gone
/// through.
#[inline(always)]
pub(super) fn list_due(due: &[i16], week: i16, start: usize, found: &mut Vec<u16>) {
    found.clear();
    let (word, bit) = (start / 64, start % 64);
    let from_start = u64::MAX << bit;
    let words = due.len().div_ceil(64);
    // the first word comes twice: from the start on, and at last up to it
    for (step, word) in (word..words).chain(0..=word).enumerate() {
        let mut bits = due_bits(&due[word * 64..due.len().min(word * 64 + 64)], week);
        if step == 0 {
            bits &= from_start;
        } else if step == words {
            bits &= !from_start;
        }
        while bits != 0 {
            found.push((word * 64) as u16 + bits.trailing_zeros() as u16);
            bits &= bits - 1;
        }
    }
}

/// One bit a place, set where the week has come; a row is whole chunks of sixteen.
#[inline(always)]
fn due_bits(due: &[i16], week: i16) -> u64 {
    let (chunks, rest) = due.as_chunks::<16>();
    debug_assert!(rest.is_empty(), "rows are whole chunks");
    let week = i16x16::splat(week);
    let mut bits = 0;
    for (i, &chunk) in chunks.iter().enumerate() {
        let later = i16x16::new(chunk).simd_gt(week).to_bitmask();
        bits |= u64::from(!later & 0xffff) << (16 * i);
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_due_come_in_their_order_from_the_start_on_and_round() {
        for places in [16, 48, 64, 80, 128, 144] {
            for start in [0, 1, 15, 16, places / 2, places - 1] {
                let due: Vec<i16> = (0..places).map(|i| (i * 37 % 23) as i16 - 11).collect();
                let mut found = vec![9];
                list_due(&due, 3, start, &mut found);
                let expected: Vec<u16> = (start..places)
                    .chain(0..start)
                    .filter(|&place| due[place] <= 3)
                    .map(|place| place as u16)
                    .collect();
                assert_eq!(found, expected, "{places} from {start}");
            }
        }
    }
}
