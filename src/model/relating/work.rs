//! What the week yields; what others will see of a person next week; now and then a look at one's ties.

use rayon::prelude::*;

use crate::engine::BLOCK;
use crate::mechanisms::work::Job;
use crate::model::Model;
use crate::random::Purpose;
use crate::world::{FRIENDSHIP, World};

impl Model {
    /// What the week yields; what others will see of a person next week; now and then a look at one's ties.
    pub(in crate::model) fn work(&mut self, world: &mut World) {
        let week = world.week;
        let Self {
            scenario,
            randomness,
            shapes,
            fading,
            ..
        } = self;
        let key = randomness.week(Purpose::Work, week);
        let standing_left = scenario.influence.left();
        let fear_left = scenario.threat.left();
        let top = (world.organisation.levels.len().max(2) - 1) as f32;
        let interest_key = randomness.week(Purpose::Interest, week);
        let characters = &world.employees.characters;
        let organisation = &world.organisation;
        world
            .employees
            .profiles
            .par_chunks_mut(BLOCK)
            .zip(world.employees.standings.par_chunks_mut(BLOCK))
            .zip(world.employees.weeks.par_chunks_mut(BLOCK))
            .zip(world.ties.blocks_mut(BLOCK))
            .enumerate()
            .for_each(|(block, (((profiles, standings), weeks), mut rows))| {
                for (i, ((profile, standing), state)) in
                    profiles.iter_mut().zip(standings).zip(weeks).enumerate()
                {
                    if !profile.is_employed() {
                        continue;
                    }
                    let ego = (block * BLOCK + i) as u32;
                    profile.reputation = state.reputation;
                    profile.known = state.known;
                    if let Some((place, trust)) = state.heard {
                        rows.row_mut(i).records[place as usize].trust = trust;
                    }
                    if let Some(topic) = state.kindled {
                        let mut draws = interest_key.of(profile.id);
                        profile.interests =
                            scenario
                                .sincerity
                                .with_interest(profile.interests, topic, &mut draws);
                    }
                    scenario
                        .influence
                        .update(profile, standing, state, standing_left, top);
                    let mut draws = key.of(profile.id);
                    let character = &characters[ego as usize];
                    state.hours += standing.programme_hours;
                    let manager = organisation.manager_of(profile.post);
                    let job = Job {
                        manages: organisation.levels[profile.level as usize].manages,
                        manager: manager.map_or(0.0, |m| characters[m as usize].managing),
                        settled: scenario.onboarding.settled(week - i32::from(profile.hired)),
                    };
                    let work = &scenario.work;
                    state.output = work.output(character, state, job, shapes, &mut draws)
                        + scenario.information.output(state.ideas);
                    standing.output += state.output;
                    standing.year_output += state.output;
                    standing.weeks = standing.weeks.saturating_add(1);
                    standing.threat *= fear_left;
                    // a thirteenth of the staff looks at its ties each week
                    if (profile.id as i32 + week).rem_euclid(13) == 0 {
                        let mut friendship = 0.0;
                        let mut active = 0_u8;
                        let row = rows.row_mut(i);
                        for (tie, &until) in row.records.iter().zip(row.active_until.iter()) {
                            if i32::from(until) >= week {
                                friendship += fading.now(tie, week)[FRIENDSHIP];
                                active = active.saturating_add(1);
                            }
                        }
                        standing.friendship = friendship;
                        standing.active_ties = active;
                    }
                }
            });
    }
}
