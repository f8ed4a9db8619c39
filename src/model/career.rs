//! The phases in which posts change hands: exits, restructurings, vacancies.

use rayon::prelude::*;

use super::Model;
use crate::engine::BLOCK;
use crate::random::Purpose;
use crate::world::{Candidate, Decision, DecisionKind, Event, EventKind, NOBODY, World};

impl Model {
    /// Exits: each person over the state that the week before left.
    pub(super) fn leave(&mut self, world: &mut World) {
        let week = world.week;
        let rule = &self.scenario.exit;
        let key = self.randomness.week(Purpose::Exit, week);
        let employees = &world.employees;
        let levels = &world.organisation.levels;
        let leaving: Vec<Vec<(u32, EventKind, &'static str)>> = employees
            .profiles
            .par_chunks(BLOCK)
            .enumerate()
            .map(|(block, profiles)| {
                let mut leaving = Vec::new();
                for (i, profile) in profiles.iter().enumerate() {
                    if !profile.is_employed() {
                        continue;
                    }
                    let slot = block * BLOCK + i;
                    let mut draws = key.of(profile.id);
                    let yearly = levels[profile.level as usize].exit_rate;
                    if let Some((kind, cause)) = rule.leaves(
                        yearly,
                        &employees.characters[slot],
                        &employees.standings[slot],
                        week,
                        &mut draws,
                    ) {
                        leaving.push((slot as u32, kind, cause));
                    }
                }
                leaving
            })
            .collect();
        for (slot, kind, cause) in leaving.into_iter().flatten() {
            // before the recorded run begins personas stay where the scenario puts them
            let followed = world.personas.iter().any(|p| {
                p.slot == Some(slot) && (p.stays && kind != EventKind::LaidOff || week < 0)
            });
            if followed {
                continue;
            }
            let profile = world.employees.profiles[slot as usize];
            world.happenings.events.push(Event {
                week,
                kind,
                employee: Some(profile.id),
                strategy: Some(world.employees.characters[slot as usize].strategy),
                from_department: Some(profile.department),
                to_department: None,
                from_level: Some(profile.level),
                to_level: None,
                cause,
                restructuring: None,
                chain: None,
                decision: None,
            });
            world.dismiss(slot);
            let step = self.step(world);
            self.scenario.vacancies.open(world, step, profile.post, 0);
        }
    }

    /// Restructurings that are announced or fall due this week.
    pub(super) fn restructure(&mut self, world: &mut World) {
        let week = world.week;
        if !self.scenario.restructuring.enabled || week < 0 {
            return;
        }
        if let Some(change) = self
            .scenario
            .restructuring
            .at_random(world, self.step(world))
        {
            self.changes.push(change);
        }
        for number in 0..self.changes.len() {
            let change = self.changes[number].clone();
            let due = change.week.get() as i32;
            let ahead = change
                .announced
                .unwrap_or(self.scenario.threat.announced)
                .get() as i32;
            if week >= due - ahead && week <= due {
                let affected = self.scenario.restructuring.affected(world, &change);
                // a department that is gone frightens nobody; no department would mean all of them
                if !affected.is_empty() {
                    self.scenario.threat.announce(world, &affected);
                }
            }
            if week == due {
                let opened = {
                    let step = self.step(world);
                    let rule = &self.scenario.restructuring;
                    let judge = |world: &World, post: u32, slots: Vec<u32>| {
                        self.judge(world, post, slots, usize::MAX)
                    };
                    rule.carry_out(world, step, number as u16, &change, &judge)
                };
                for post in opened {
                    let step = self.step(world);
                    self.scenario.vacancies.open(world, step, post, 0);
                }
            }
        }
    }

    /// A panel's view of people: (members of the panel, candidates best first).
    fn judge(
        &self,
        world: &World,
        post: u32,
        mut slots: Vec<u32>,
        short_list: usize,
    ) -> (u16, Vec<Candidate>) {
        let week = world.week;
        let review = &self.scenario.review;
        let step = self.step(world);
        let now = |tie: &crate::world::Tie| self.fading.now(tie, week);
        let panel = review.panel(world, step, post);
        if slots.len() > short_list {
            review.shorten(world, step, post, &mut slots);
        }
        (
            panel.len() as u16,
            review.score(world, step, post, &panel, &slots, &now),
        )
    }

    /// Vacancies that are due: promotion from inside, or a hire.
    pub(super) fn fill_vacancies(&mut self, world: &mut World) {
        let week = world.week;
        let hires = self.scenario.hiring.enabled;
        let mut verdicts = {
            let step = self.step(world);
            let judge = |world: &World, post: u32, mut slots: Vec<u32>| {
                // before the recorded run begins personas stay where the scenario puts them
                slots.retain(|&slot| week >= 0 || !world.is_persona(slot));
                if slots.is_empty() {
                    (0, Vec::new())
                } else {
                    self.judge(world, post, slots, 0)
                }
            };
            let mut verdicts = self.scenario.vacancies.decide(world, step, hires, &judge);
            self.scenario.vacancies.order(world, step, &mut verdicts);
            verdicts
        };
        let mut moved: Vec<u32> = Vec::new();
        for verdict in &mut verdicts {
            let chosen = verdict
                .candidates
                .iter()
                .position(|candidate| !moved.contains(&candidate.slot));
            if let Some(chosen) = chosen {
                verdict.candidates[chosen].chosen = true;
                moved.push(verdict.candidates[chosen].slot);
                self.promote(world, verdict.post, verdict.panel_size, &verdict.candidates);
            } else if hires && verdict.candidates.is_empty() {
                self.hire(world, verdict.post);
            } else {
                let chain = world.organisation.posts[verdict.post as usize].chain;
                let step = self.step(world);
                self.scenario
                    .vacancies
                    .open(world, step, verdict.post, chain);
            }
        }
    }

    /// Carries out a promotion; the post left behind is the next link of the chain.
    fn promote(&self, world: &mut World, post: u32, panel_size: u16, candidates: &[Candidate]) {
        let week = world.week;
        let Some(chosen) = candidates.iter().find(|c| c.chosen) else {
            return;
        };
        let number = world.happenings.decisions_made;
        world.happenings.decisions_made += 1;
        let place = world.organisation.posts[post as usize];
        let before = world.employees.profiles[chosen.slot as usize];
        let chain = place.chain + 1;
        world.seat(chosen.slot, post);
        let standing = &mut world.employees.standings[chosen.slot as usize];
        standing.promotions = standing.promotions.saturating_add(1);
        standing.passed_over = i16::MIN;
        for other in candidates.iter().filter(|c| !c.chosen) {
            world.employees.standings[other.slot as usize].passed_over = week as i16;
        }
        world.happenings.events.push(Event {
            week,
            kind: EventKind::Promoted,
            employee: Some(chosen.employee),
            strategy: Some(chosen.strategy),
            from_department: Some(before.department),
            to_department: Some(place.department),
            from_level: Some(before.level),
            to_level: Some(place.level),
            cause: "vacancy",
            restructuring: None,
            chain: Some(chain),
            decision: Some(number),
        });
        world.happenings.decisions.push(Decision {
            number,
            week,
            kind: DecisionKind::Promotion,
            department: place.department,
            level: place.level,
            panel_size,
            restructuring: None,
            candidates: candidates.to_vec(),
        });
        let step = self.step(world);
        self.scenario
            .vacancies
            .open(world, step, before.post, chain);
    }

    /// Someone new takes a post.
    fn hire(&self, world: &mut World, post: u32) {
        let week = world.week;
        let place = world.organisation.posts[post as usize];
        let id = world.employees.next_id();
        let mut draws = self.randomness.draws(Purpose::Person, 0, id);
        let strategy = self.assignment.draw(place.department, &mut draws);
        let middle = (world.organisation.levels.len() - 1) as f64 / 2.0;
        let (profile, character, standing) =
            self.scenario
                .hiring
                .person(place.level, middle, week, strategy, &mut draws);
        let slot = world.employees.admit(profile, character, standing);
        if world.ties.people() < world.employees.slots() {
            world.ties.resize(world.employees.slots());
        }
        debug_assert_eq!(world.employees.profiles[slot as usize].post, NOBODY);
        world.seat(slot, post);
        world.happenings.events.push(Event {
            week,
            kind: EventKind::Hired,
            employee: Some(id),
            strategy: Some(strategy),
            from_department: None,
            to_department: Some(place.department),
            from_level: None,
            to_level: Some(place.level),
            cause: "vacancy",
            restructuring: None,
            chain: Some(place.chain + 1),
            decision: None,
        });
    }
}
