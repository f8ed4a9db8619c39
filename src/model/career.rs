//! The phases in which posts change hands: exits, restructurings, vacancies.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::Model;
use crate::engine::BLOCK;
use crate::mechanisms::vacancies::{Verdict, Way};
use crate::random::Purpose;
use crate::world::{Candidate, Decision, DecisionKind, Event, EventKind, NOBODY, Tie, World};

impl Model {
    /// Exits: each person over the state that the week before left.
    pub(super) fn leave(&mut self, world: &mut World) {
        let week = world.week;
        let rule = &self.scenario.exit;
        if !rule.is_due(week) {
            return;
        }
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
                        profile,
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
            if kind != EventKind::LaidOff {
                let readings = {
                    let step = self.step(world);
                    let now = |tie: &Tie| self.fading.now(tie, week);
                    self.scenario.evolution.goes(world, step, slot, &now)
                };
                self.note_readings(world, &readings);
            }
            world.dismiss(slot);
            let step = self.step(world);
            self.scenario.vacancies.open(world, step, profile.post, 0);
        }
        self.scenario
            .exit
            .mourn(world, &|tie| self.fading.now(tie, week));
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
            let mut affected = Vec::new();
            let ahead = change
                .announced
                .unwrap_or(self.scenario.threat.announced)
                .get() as i32;
            if week >= due - ahead && week <= due {
                affected = self.scenario.restructuring.affected(world, &change);
                // a department that is gone frightens nobody; no department would mean all of them
                if !affected.is_empty() {
                    self.scenario.threat.announce(world, &affected);
                }
            }
            if week == due {
                if !affected.is_empty() {
                    self.scenario.threat.shake(world, &affected);
                }
                let before: Vec<u16> = {
                    let profiles = &world.employees.profiles;
                    profiles.iter().map(|p| p.department).collect()
                };
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
                self.scenario
                    .exit
                    .mourn(world, &|tie| self.fading.now(tie, week));
                for ego in self.scenario.evolution.part(world, &before) {
                    self.reckon(world, ego);
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
        let now = |tie: &Tie| self.fading.now(tie, week);
        let panel = review.panel(world, step, post);
        if slots.len() > short_list {
            review.shorten(world, step, post, &panel, &mut slots, &now);
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
            let judge = |world: &World, post: u32, way: Way, mut slots: Vec<u32>| {
                // before the recorded run begins personas stay where the scenario puts them
                slots.retain(|&slot| week >= 0 || !world.is_persona(slot));
                if slots.is_empty() {
                    return (0, Vec::new());
                }
                if way == Way::Promotion
                    && let Some(order) = self
                        .scenario
                        .vacancies
                        .without_panel(world, step, post, &slots)
                {
                    return (0, order);
                }
                self.judge(world, post, slots, 0)
            };
            let mut verdicts = self.scenario.vacancies.decide(world, step, hires, &judge);
            self.scenario.vacancies.order(world, step, &mut verdicts);
            verdicts
        };
        let mut moved: BTreeSet<u32> = BTreeSet::new();
        for verdict in &mut verdicts {
            let mut refused: Vec<u32> = Vec::new();
            let step = self.step(world);
            let rule = &self.scenario.vacancies;
            let chosen = verdict.candidates.iter().position(|candidate| {
                let free = !moved.contains(&candidate.slot);
                let turns_down = free
                    && verdict.way == Way::Promotion
                    && rule.turns_down(world, step, candidate.slot, verdict.post);
                if turns_down {
                    refused.push(candidate.slot);
                }
                free && !turns_down
            });
            for &slot in &refused {
                self.note_refusal(world, verdict.post, slot);
            }
            if let Some(chosen) = chosen {
                verdict.candidates[chosen].chosen = true;
                moved.insert(verdict.candidates[chosen].slot);
                self.move_in(world, verdict, &refused);
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

    /// Someone turned a promotion down.
    fn note_refusal(&self, world: &mut World, post: u32, slot: u32) {
        let place = world.organisation.posts[post as usize];
        let profile = world.employees.profiles[slot as usize];
        world.happenings.events.push(Event {
            week: world.week,
            kind: EventKind::Refused,
            employee: Some(profile.id),
            strategy: Some(world.employees.characters[slot as usize].strategy),
            from_department: Some(profile.department),
            to_department: Some(place.department),
            from_level: Some(profile.level),
            to_level: Some(place.level),
            cause: "own choice",
            restructuring: None,
            chain: None,
            decision: None,
        });
    }

    /// Someone from inside takes a post; the post left behind is the next link of the chain.
    fn move_in(&self, world: &mut World, verdict: &Verdict, refused: &[u32]) {
        let week = world.week;
        let (post, way) = (verdict.post, verdict.way);
        let Some(chosen) = verdict.candidates.iter().find(|c| c.chosen) else {
            return;
        };
        let slot = chosen.slot as usize;
        let number = world.happenings.number_decision();
        let place = world.organisation.posts[post as usize];
        let before = world.employees.profiles[slot];
        let chain = place.chain + 1;
        let mentors = if way == Way::Promotion {
            let now = |tie: &Tie| self.fading.now(tie, week);
            self.scenario.evolution.mentors(world, chosen.slot, &now)
        } else {
            Vec::new()
        };
        world.seat(chosen.slot, post);
        let standing = &mut world.employees.standings[slot];
        match way {
            Way::Promotion => {
                standing.promotions = standing.promotions.saturating_add(1);
                standing.passed_over = i16::MIN;
                standing.pay = self.scenario.pay.promoted(standing.pay, place.level);
                for other in verdict.candidates.iter().filter(|c| !c.chosen) {
                    if !refused.contains(&other.slot) {
                        world.employees.standings[other.slot as usize].passed_over = week as i16;
                    }
                }
                let hiring = &self.scenario.hiring;
                let character = &mut world.employees.characters[slot];
                character.competence = self.scenario.fit.promoted(
                    character.competence,
                    hiring.bounds(),
                    |draws| hiring.competence(draws),
                    // what the job asks for is the job's: another pair than that of who turns it down
                    &mut self
                        .randomness
                        .week(Purpose::Move, week)
                        .of_pair(chosen.employee, NOBODY),
                );
            }
            Way::Lateral => standing.laterals = standing.laterals.saturating_add(1),
            Way::Demotion => {}
        }
        let (kind, decision, cause) = match way {
            Way::Promotion => (EventKind::Promoted, DecisionKind::Promotion, "vacancy"),
            Way::Lateral => (EventKind::Moved, DecisionKind::Move, "own choice"),
            Way::Demotion => (EventKind::Demoted, DecisionKind::Demotion, "failing"),
        };
        world.happenings.events.push(Event {
            week,
            kind,
            employee: Some(chosen.employee),
            strategy: Some(chosen.strategy),
            from_department: Some(before.department),
            to_department: Some(place.department),
            from_level: Some(before.level),
            to_level: Some(place.level),
            cause,
            restructuring: None,
            chain: Some(chain),
            decision: Some(number),
        });
        world.happenings.decisions.push(Decision {
            number,
            week,
            kind: decision,
            department: place.department,
            level: place.level,
            panel_size: verdict.panel_size,
            restructuring: None,
            candidates: verdict.candidates.clone(),
        });
        if way == Way::Promotion {
            let passed: Vec<u32> = verdict
                .candidates
                .iter()
                .filter(|c| !c.chosen && !refused.contains(&c.slot))
                .map(|c| c.slot)
                .collect();
            let rule = &self.scenario.evolution;
            let readings = rule.rise(world, chosen.slot, before.level, &mentors, &passed);
            self.note_readings(world, &readings);
        }
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
        let (profile, character, mut standing) =
            self.scenario
                .hiring
                .person(place.level, middle, week, strategy, &mut draws);
        standing.pay = self.scenario.pay.hired(place.level, &mut draws);
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
