//! The phases in which news, blame and experience reach people.
//!
//! Here the rules are put together; none of them is stated here.

use rayon::prelude::*;

use super::Model;
use crate::engine::BLOCK;
use crate::mechanisms::incidents::Blow;
use crate::mechanisms::learning::Change;
use crate::random::Purpose;
use crate::world::{NOBODY, World};

impl Model {
    /// News passes along the week's contacts, as everyone had it in mind before.
    pub(super) fn tell_news(&mut self, world: &mut World) {
        let rule = &self.scenario.information;
        if !rule.enabled {
            return;
        }
        let week = world.week;
        let key = self.randomness.week(Purpose::Information, week);
        let office = &self.office;
        let organisation = &world.organisation;
        let employees = &mut world.employees;
        let profiles = &employees.profiles;
        let before = employees.minds.clone();
        employees
            .weeks
            .par_chunks_mut(BLOCK)
            .zip(employees.standings.par_chunks_mut(BLOCK))
            .zip(employees.minds.par_chunks_mut(BLOCK))
            .enumerate()
            .for_each(|(block, ((weeks, standings), minds))| {
                for (i, ((state, standing), mind)) in
                    weeks.iter_mut().zip(standings).zip(minds).enumerate()
                {
                    let ego = (block * BLOCK + i) as u32;
                    let profile = &profiles[ego as usize];
                    if !profile.is_employed() {
                        continue;
                    }
                    let called = office
                        .letters_of(ego)
                        .iter()
                        .zip(office.replies_to(ego))
                        .filter(|(letter, reply)| letter.target != NOBODY && reply.is_accepted())
                        .map(|(letter, reply)| (letter.target, reply.given().regard()));
                    let were_called = office
                        .calls_to(ego)
                        .iter()
                        .zip(office.replies_of(ego))
                        .filter(|(_, reply)| reply.is_accepted())
                        .map(|(call, _)| (call.from, call.offer.given().regard()));
                    let contacts = called
                        .chain(were_called)
                        .map(|(other, regard)| (other, &profiles[other as usize], regard));
                    let heard =
                        rule.hear(key, week, profile, mind, &before, organisation, contacts);
                    state.news = heard.pieces;
                    state.ideas = heard.ideas;
                    state.known = rule.known_after(state.known, heard.ideas);
                    let year = &mut standing.year_news;
                    year.heard = year.heard.saturating_add(u16::from(heard.pieces));
                    year.elsewhere = year.elsewhere.saturating_add(u16::from(heard.elsewhere));
                    year.age = year.age.saturating_add(u32::from(heard.age));
                    year.ideas = year.ideas.saturating_add(u16::from(heard.ideas));
                }
            });
    }

    /// Blame, credit disputes and errors hit people, whom somebody defends or not.
    pub(super) fn strike(&mut self, world: &mut World) {
        let week = world.week;
        let rule = &self.scenario.incidents;
        if !rule.enabled {
            return;
        }
        let key = self.randomness.week(Purpose::Incident, week);
        let fading = &self.fading;
        let firm = &*world;
        let blows: Vec<Vec<(u32, Blow)>> = firm
            .employees
            .profiles
            .par_chunks(BLOCK)
            .enumerate()
            .map(|(block, profiles)| {
                let hit = |(i, profile): (usize, &crate::world::Profile)| {
                    let ego = (block * BLOCK + i) as u32;
                    let blow = profile
                        .is_employed()
                        .then(|| rule.hit(firm, key, ego, &|tie| fading.now(tie, week)))?;
                    Some((ego, blow?))
                };
                profiles.iter().enumerate().filter_map(hit).collect()
            })
            .collect();
        for (ego, blow) in blows.into_iter().flatten() {
            world.employees.weeks[ego as usize].reputation *= 1.0 - blow.reputation_lost;
            let standing = &mut world.employees.standings[ego as usize];
            standing.held_against += blow.held;
            let counts = &mut standing.year_incidents;
            counts.0 = counts.0.saturating_add(1);
            counts.1 = counts
                .1
                .saturating_add(u8::from(blow.incident.defenders > 0));
            world.happenings.incidents.push(blow.incident);
        }
    }

    /// Each person whose turn it is looks back; all look at the ways of before.
    pub(super) fn learn(&mut self, world: &mut World) {
        let week = world.week;
        let rule = &self.scenario.learning;
        if !rule.enabled {
            return;
        }
        let key = self.randomness.week(Purpose::Learning, week);
        let firm = &*world;
        let changes: Vec<Vec<Change>> = firm
            .employees
            .profiles
            .par_chunks(BLOCK)
            .enumerate()
            .map(|(block, profiles)| {
                profiles
                    .iter()
                    .enumerate()
                    .filter(|(_, p)| p.is_employed() && rule.is_due(p.id, week))
                    .map(|(i, p)| {
                        let ego = (block * BLOCK + i) as u32;
                        rule.look_back(firm, ego, &mut key.of(p.id))
                    })
                    .collect()
            })
            .collect();
        for change in changes.into_iter().flatten() {
            let i = change.slot as usize;
            let character = &mut world.employees.characters[i];
            character.habits.discouragement = change.discouragement;
            if let Some(way) = change.way {
                character.strategy = way;
                let count = &mut world.employees.standings[i].imitations;
                *count = count.saturating_add(1);
            }
        }
    }
}
