//! Opinions travel; each person's reputation is worked out from the ties as they now are.

use rayon::prelude::*;

use crate::engine::BLOCK;
use crate::mechanisms::reputation::Talk;
use crate::model::Model;
use crate::random::Purpose;
use crate::world::{Tie, World};

impl Model {
    /// Opinions travel; each person's reputation is worked out from the ties as they now are.
    pub(in crate::model) fn talk(&mut self, world: &mut World) {
        let week = world.week;
        let key = self.randomness.week(Purpose::Talk, week);
        let rule = &self.scenario.reputation;
        let left = rule.left();
        let profiles = &world.employees.profiles;
        let fading = &self.fading;
        let around = Talk {
            profiles,
            organisation: &world.organisation,
            ties: &world.ties,
            shapes: &self.shapes,
            now: |tie: &Tie| {
                (
                    fading.closeness(tie, week),
                    tie.ledger * fading.ledger_left(tie, week),
                )
            },
        };
        world
            .employees
            .weeks
            .par_chunks_mut(BLOCK)
            .enumerate()
            .for_each(|(block, weeks)| {
                for (i, state) in weeks.iter_mut().enumerate() {
                    let ego = (block * BLOCK + i) as u32;
                    let profile = &profiles[ego as usize];
                    if profile.is_employed() {
                        let mut draws = key.of(profile.id);
                        let told = rule.update(ego, &around, state, left, &mut draws);
                        state.reputation = told.reputation;
                        state.known = told.known;
                        state.rumours = u8::from(told.rumour);
                        state.heard = told.heard.map(|heard| (heard.place, heard.trust));
                    }
                }
            });
    }
}
