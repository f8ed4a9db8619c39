//! People, in grouped columns indexed by slot.
//!
//! A slot is reused when someone leaves; an identity (`Profile::id`) never is. Columns are grouped by who
//! reads them.

use serde::{Deserialize, Serialize};

use super::mind::Mind;
use super::person::{Character, Errand, Profile, Standing, Week};

/// All people.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Employees {
    /// What everyone sees.
    pub profiles: Vec<Profile>,
    /// What they are.
    pub characters: Vec<Character>,
    /// Where they stand.
    pub standings: Vec<Standing>,
    /// What the week left.
    pub weeks: Vec<Week>,
    /// What they have in mind of what is new.
    pub minds: Vec<Mind>,
    /// Whom their matters concern, the same number for each person.
    pub errands: Vec<Errand>,
    free: Vec<u32>,
    next_id: u32,
    headcount: u32,
}

impl Employees {
    /// Number of slots, taken or vacant.
    pub fn slots(&self) -> usize {
        self.profiles.len()
    }

    /// Number of people employed.
    pub fn headcount(&self) -> u32 {
        self.headcount
    }

    /// Slots with someone in them, in order.
    pub fn present(&self) -> impl Iterator<Item = u32> + '_ {
        self.profiles
            .iter()
            .enumerate()
            .filter(|(_, profile)| profile.is_employed())
            .map(|(slot, _)| slot as u32)
    }

    /// The identity that the next person will get.
    pub fn next_id(&self) -> u32 {
        self.next_id
    }

    /// Takes someone in and returns the slot. `profile.id` and `profile.need` are set here.
    pub fn admit(&mut self, mut profile: Profile, character: Character, standing: Standing) -> u32 {
        profile.id = self.next_id;
        profile.need = character.needs[0];
        self.next_id += 1;
        self.headcount += 1;
        if let Some(slot) = self.free.pop() {
            let i = slot as usize;
            self.profiles[i] = profile;
            self.characters[i] = character;
            self.standings[i] = standing;
            self.weeks[i] = Week::default();
            self.minds[i] = Mind::default();
            slot
        } else {
            self.profiles.push(profile);
            self.characters.push(character);
            self.standings.push(standing);
            self.weeks.push(Week::default());
            self.minds.push(Mind::default());
            (self.profiles.len() - 1) as u32
        }
    }

    /// Lets someone go; the slot becomes vacant. Ties and post are the caller's business.
    pub fn release(&mut self, slot: u32) {
        debug_assert!(self.profiles[slot as usize].is_employed());
        self.profiles[slot as usize] = Profile::VACANT;
        self.standings[slot as usize] = Standing::default();
        self.weeks[slot as usize] = Week::default();
        self.free.push(slot);
        self.headcount -= 1;
    }
}
