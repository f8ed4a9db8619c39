//! Directed ties, in one row of fixed length per person.
//!
//! The record i→j is what i holds about j. Strengths stand as they were at the last contact; fading is a
//! closed form of the weeks since then, applied by the rule that reads the tie, so nothing sweeps all
//! ties each week. Three short columns stand apart from the records because every week scans them.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// No one: an empty place in a row, a vacant slot.
pub const NOBODY: u32 = u32::MAX;

/// Number of layers of a tie.
pub const LAYERS: usize = 3;
/// Index of the work-collaboration layer.
pub const COLLABORATION: usize = 0;
/// Index of the friendship layer.
pub const FRIENDSHIP: usize = 1;
/// Index of the career-support layer.
pub const CAREER: usize = 2;

/// What ego holds about alter: 28 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Tie {
    /// Strength by layer at the last contact [0 to 1]: collaboration, friendship, career support.
    pub strength: [f32; LAYERS],
    /// How sincere ego believes alter to be [0 to 1].
    pub trust: f32,
    /// Value given minus value received, as of the last contact [contacts' worth].
    pub ledger: f32,
    /// Week of the last contact.
    pub last_contact: i16,
    /// Week of the first contact.
    pub formed: i16,
    /// Contacts so far, saturating.
    pub contacts: u8,
    /// Contacts in which alter feigned an interest and ego did not see through it, saturating: a growing unease.
    pub doubt: u8,
    /// How well ego knows what alter needs [0 to 255].
    pub insight: u8,
    /// Fading class at the last contact, an index into the decay rule's table: bridge, age, mutual contacts.
    pub fading: u8,
}

impl Tie {
    /// The strongest layer as it stood at the last contact.
    pub fn peak(&self) -> f32 {
        self.strength[0].max(self.strength[1]).max(self.strength[2])
    }
}

/// All ties of the firm.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Ties {
    places: usize,
    partners: Vec<u32>,
    due: Vec<i16>,
    active_until: Vec<i16>,
    records: Vec<Tie>,
}

/// One person's row, to read.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    /// Slot of each alter, `NOBODY` where the place is free.
    pub partners: &'a [u32],
    /// Week in which the next contact is due.
    pub due: &'a [i16],
    /// Last week in which the tie counts as active if no contact follows.
    pub active_until: &'a [i16],
    /// The records.
    pub records: &'a [Tie],
}

/// One person's row, to write.
pub struct RowMut<'a> {
    /// Slot of each alter, `NOBODY` where the place is free.
    pub partners: &'a mut [u32],
    /// Week in which the next contact is due.
    pub due: &'a mut [i16],
    /// Last week in which the tie counts as active if no contact follows.
    pub active_until: &'a mut [i16],
    /// The records.
    pub records: &'a mut [Tie],
}

/// Place of `alter`, who stands in a row of partners at most once.
#[inline(always)]
pub fn place_of(partners: &[u32], alter: u32) -> Option<usize> {
    debug_assert_ne!(alter, NOBODY, "free places are many");
    // the whole row without a branch: where someone stands cannot be predicted, and this vectorises
    let mut found = 0;
    for (number, &partner) in (1_u32..).zip(partners) {
        found |= if partner == alter { number } else { 0 };
    }
    found.checked_sub(1).map(|place| place as usize)
}

impl Row<'_> {
    /// The record about `alter`.
    #[inline]
    pub fn find(&self, alter: u32) -> Option<&Tie> {
        place_of(self.partners, alter).map(|place| &self.records[place])
    }

    /// Taken places: (place, alter, record).
    pub fn iter(&self) -> impl Iterator<Item = (usize, u32, &Tie)> {
        self.partners
            .iter()
            .zip(self.records)
            .enumerate()
            .filter(|(_, (partner, _))| **partner != NOBODY)
            .map(|(place, (partner, tie))| (place, *partner, tie))
    }
}

impl RowMut<'_> {
    /// The same row, to read.
    pub fn as_row(&self) -> Row<'_> {
        Row {
            partners: self.partners,
            due: self.due,
            active_until: self.active_until,
            records: self.records,
        }
    }

    /// Empties a place.
    pub fn clear(&mut self, place: usize) {
        self.partners[place] = NOBODY;
        self.due[place] = i16::MAX;
        self.active_until[place] = i16::MIN;
        self.records[place] = Tie::default();
    }
}

impl Ties {
    /// Room for `people` rows of `places` ties (rounded up to a multiple of 16).
    pub fn new(people: usize, places: usize) -> Self {
        let places = places.max(1).next_multiple_of(16);
        let mut ties = Self {
            places,
            partners: Vec::new(),
            due: Vec::new(),
            active_until: Vec::new(),
            records: Vec::new(),
        };
        ties.resize(people);
        ties
    }

    /// Makes room for more people.
    pub fn resize(&mut self, people: usize) {
        let size = people * self.places;
        self.partners.resize(size, NOBODY);
        self.due.resize(size, i16::MAX);
        self.active_until.resize(size, i16::MIN);
        self.records.resize(size, Tie::default());
    }

    /// Places in a row.
    pub fn places(&self) -> usize {
        self.places
    }

    /// Number of rows.
    pub fn people(&self) -> usize {
        self.partners.len() / self.places
    }

    /// A row, to read.
    #[inline]
    pub fn row(&self, ego: u32) -> Row<'_> {
        let range = ego as usize * self.places..(ego as usize + 1) * self.places;
        Row {
            partners: &self.partners[range.clone()],
            due: &self.due[range.clone()],
            active_until: &self.active_until[range.clone()],
            records: &self.records[range],
        }
    }

    /// A row, to write.
    #[inline]
    pub fn row_mut(&mut self, ego: u32) -> RowMut<'_> {
        let range = ego as usize * self.places..(ego as usize + 1) * self.places;
        RowMut {
            partners: &mut self.partners[range.clone()],
            due: &mut self.due[range.clone()],
            active_until: &mut self.active_until[range.clone()],
            records: &mut self.records[range],
        }
    }

    /// The record i→j.
    #[inline]
    pub fn find(&self, ego: u32, alter: u32) -> Option<&Tie> {
        let range = ego as usize * self.places..(ego as usize + 1) * self.places;
        let place = place_of(&self.partners[range.clone()], alter)?;
        Some(&self.records[range.start + place])
    }

    /// Who is in a row, without the records.
    #[inline(always)]
    pub fn partners(&self, ego: u32) -> &[u32] {
        &self.partners[ego as usize * self.places..(ego as usize + 1) * self.places]
    }

    /// Rows in blocks of `block` people, to write in parallel.
    pub fn blocks_mut(
        &mut self,
        block: usize,
    ) -> impl IndexedParallelIterator<Item = BlockMut<'_>> {
        let places = self.places;
        let size = block * places;
        self.partners
            .par_chunks_mut(size)
            .zip(self.due.par_chunks_mut(size))
            .zip(self.active_until.par_chunks_mut(size))
            .zip(self.records.par_chunks_mut(size))
            .map(move |(((partners, due), active_until), records)| BlockMut {
                places,
                partners,
                due,
                active_until,
                records,
            })
    }

    /// For the choice of contacts: all partners and records to read, due weeks in blocks to write.
    pub fn for_choice(
        &mut self,
        block: usize,
    ) -> (Reader<'_>, impl IndexedParallelIterator<Item = &mut [i16]>) {
        let reader = Reader {
            places: self.places,
            partners: &self.partners,
            active_until: &self.active_until,
            records: &self.records,
        };
        (reader, self.due.par_chunks_mut(block * self.places))
    }

    /// Removes ego from the firm's ties: clears the row and every alter's record about ego.
    pub fn forget(&mut self, ego: u32) {
        for place in 0..self.places {
            let alter = self.partners[ego as usize * self.places + place];
            if alter != NOBODY {
                let mut row = self.row_mut(alter);
                if let Some(found) = place_of(row.partners, ego) {
                    row.clear(found);
                }
            }
            self.row_mut(ego).clear(place);
        }
    }
}

/// Partners, records and last active weeks of everyone, to read while due weeks are written.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    places: usize,
    partners: &'a [u32],
    active_until: &'a [i16],
    records: &'a [Tie],
}

impl<'a> Reader<'a> {
    /// Who is in a row.
    #[inline(always)]
    pub fn partners(&self, ego: u32) -> &'a [u32] {
        &self.partners[ego as usize * self.places..(ego as usize + 1) * self.places]
    }

    /// Last week in which each tie of a row counts as active if no contact follows.
    #[inline(always)]
    pub fn active_until(&self, ego: u32) -> &'a [i16] {
        &self.active_until[ego as usize * self.places..(ego as usize + 1) * self.places]
    }

    /// The records of a row.
    #[inline(always)]
    pub fn records(&self, ego: u32) -> &'a [Tie] {
        &self.records[ego as usize * self.places..(ego as usize + 1) * self.places]
    }
}

/// Rows of one block of people.
pub struct BlockMut<'a> {
    places: usize,
    partners: &'a mut [u32],
    due: &'a mut [i16],
    active_until: &'a mut [i16],
    records: &'a mut [Tie],
}

impl BlockMut<'_> {
    /// The row of the block's `i`-th person.
    #[inline]
    pub fn row_mut(&mut self, i: usize) -> RowMut<'_> {
        let range = i * self.places..(i + 1) * self.places;
        RowMut {
            partners: &mut self.partners[range.clone()],
            due: &mut self.due[range.clone()],
            active_until: &mut self.active_until[range.clone()],
            records: &mut self.records[range],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tie_is_found_where_it_stands_and_nowhere_else() {
        let mut ties = Ties::new(3, 20);
        assert_eq!(ties.places(), 32, "rows are whole chunks");
        let row = ties.row_mut(1);
        row.partners[17] = 2;
        row.records[17].trust = 0.5;
        assert_eq!(ties.find(1, 2).map(|t| t.trust), Some(0.5));
        assert!(
            ties.find(2, 1).is_none(),
            "the other direction is another record"
        );
        assert_eq!(place_of(&[7, 8, 9], 9), Some(2));
    }

    #[test]
    fn forgetting_someone_clears_both_directions() {
        let mut ties = Ties::new(3, 16);
        for (ego, alter) in [(0, 1), (1, 0), (1, 2), (2, 1)] {
            let row = ties.row_mut(ego);
            let place = row.partners.iter().position(|&p| p == NOBODY).unwrap();
            row.partners[place] = alter;
        }
        ties.forget(1);
        assert!(ties.row(0).iter().next().is_none());
        assert!(ties.row(1).iter().next().is_none());
        assert!(ties.row(2).iter().next().is_none());
    }
}
