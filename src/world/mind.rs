//! What someone has in mind of what is new: a few pieces of news, each in 32 bits.

use serde::{Deserialize, Serialize};

/// Pieces of news that one has in mind at most.
pub const PIECES: usize = 8;

/// An empty place.
const NOTHING: u32 = u32::MAX;

/// The news that someone has in mind.
///
/// A piece is its department (16 bits), its week modulo 256 (8 bits) and a part of the identity of the one who came upon it (8 bits). Ages are
/// known as long as pieces are forgotten before they are 256 weeks old.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mind {
    pieces: [u32; PIECES],
}

impl Default for Mind {
    fn default() -> Self {
        Self {
            pieces: [NOTHING; PIECES],
        }
    }
}

impl Mind {
    /// The piece that someone of a department comes upon in a week.
    pub fn piece(department: u16, week: i32, employee: u32) -> u32 {
        u32::from(department) << 16 | ((week as u32) & 255) << 8 | (employee & 255)
    }

    /// Department to which a piece belongs.
    pub fn department(piece: u32) -> u16 {
        (piece >> 16) as u16
    }

    /// Age of a piece [weeks].
    pub fn age(piece: u32, week: i32) -> u32 {
        (week as u32).wrapping_sub(piece >> 8) & 255
    }

    /// Takes a piece in, in place of the oldest if there is no room. False when it was in mind already.
    pub fn learn(&mut self, piece: u32) -> bool {
        if self.pieces.contains(&piece) {
            return false;
        }
        // the last place holds what was learnt longest ago
        let place = self
            .pieces
            .iter()
            .position(|&p| p == NOTHING)
            .unwrap_or(PIECES - 1);
        self.pieces.copy_within(0..place, 1);
        self.pieces[0] = piece;
        true
    }

    /// Lets go of all pieces older than `lifetime` weeks.
    pub fn forget(&mut self, week: i32, lifetime: u32) {
        let mut kept = 0;
        for i in 0..PIECES {
            // written in any case and kept if wanted: which it is cannot be guessed
            let piece = self.pieces[i];
            self.pieces[kept] = piece;
            kept += usize::from(Self::is_news(piece, week, lifetime));
        }
        self.pieces[kept..].fill(NOTHING);
    }

    /// What is in mind, latest first.
    pub fn pieces(&self) -> impl Iterator<Item = u32> + '_ {
        self.pieces.iter().copied().filter(|&p| p != NOTHING)
    }

    /// One of the pieces in mind that are not older than `lifetime`, by 64 uniform bits.
    pub fn pick(&self, bits: u64, week: i32, lifetime: u32) -> Option<u32> {
        let news = self.pieces.map(|p| Self::is_news(p, week, lifetime));
        let n: u32 = news.iter().map(|&is_news| u32::from(is_news)).sum();
        let which = (((bits >> 32) * u64::from(n)) >> 32) as u32;
        let (mut before, mut place) = (0, 0);
        for (i, is_news) in (0..).zip(news) {
            place += i * usize::from(is_news && before == which);
            before += u32::from(is_news);
        }
        (n > 0).then(|| self.pieces[place])
    }

    /// Whether a place holds a piece that is not older than `lifetime`.
    #[inline(always)]
    fn is_news(piece: u32, week: i32, lifetime: u32) -> bool {
        (piece != NOTHING) & (Self::age(piece, week) <= lifetime)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_says_where_and_when() {
        for week in [-300, -1, 0, 255, 256, 9000] {
            let piece = Mind::piece(513, week, 70_000);
            assert_eq!(Mind::department(piece), 513);
            assert_eq!(Mind::age(piece, week), 0);
            assert_eq!(Mind::age(piece, week + 17), 17);
        }
    }

    #[test]
    fn the_oldest_makes_room() {
        let mut mind = Mind::default();
        for i in 0..10 {
            assert!(mind.learn(Mind::piece(i, 0, 1)));
        }
        assert!(!mind.learn(Mind::piece(9, 0, 1)), "known already");
        let departments: Vec<u16> = mind.pieces().map(Mind::department).collect();
        assert_eq!(departments, [9, 8, 7, 6, 5, 4, 3, 2]);
    }

    #[test]
    fn old_pieces_are_let_go_and_each_other_is_picked_equally() {
        let mut mind = Mind::default();
        for week in 0..4 {
            mind.learn(Mind::piece(week as u16, week, 1));
        }
        let mut counts = [0; 4];
        for i in 0..4000_u64 {
            let bits = i.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            counts[Mind::department(mind.pick(bits, 4, 3).unwrap()) as usize] += 1;
        }
        assert_eq!(counts[0], 0, "too old to be told");
        assert!(
            counts[1..].iter().all(|&n| (1200..1470).contains(&n)),
            "{counts:?}"
        );
        mind.forget(5, 3);
        assert_eq!(mind.pieces().count(), 2);
        assert_eq!(Mind::default().pick(7, 0, 10), None);
    }
}
