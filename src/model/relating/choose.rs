//! Each person picks whom to contact, and with what offer.

mod candidate;
mod due;
mod letter;

use rayon::prelude::*;

use self::candidate::{Candidate, Ego};
use self::due::list_due;
use super::{Person, place_about};
use crate::engine::{BLOCK, Letter, STRANGER, top_by_score};
use crate::mechanisms::choice::Rhythm;
use crate::mechanisms::decay::Fading;
use crate::mechanisms::opportunity::Surroundings;
use crate::model::Model;
use crate::random::{Draws, Purpose, Shapes, WeekKey};
use crate::scenario::Scenario;
use crate::world::{Errand, NOBODY, Strategies, Week, World, scheduled_by};

/// Lists that are used again for everyone of a block.
struct Lists {
    /// Those one may contact, with their utility.
    candidates: Vec<(f32, Candidate)>,
    /// Places of the row whose week has come.
    due: Vec<u16>,
    /// What stands in the calendar: whom, and whether it is arranged rather than required.
    calendar: Vec<(u32, bool)>,
}

/// What everyone's choice reads.
struct Choosing<'a> {
    scenario: &'a Scenario,
    shapes: &'a Shapes,
    fading: &'a Fading,
    rhythm: &'a Rhythm,
    sources: &'a [f32; 7],
    key: WeekKey,
    /// Draws of what stays the same from week to week.
    matters: WeekKey,
    week: i32,
    around: Surroundings<'a>,
    strategies: &'a Strategies,
    scheduled: &'a [(u32, u32)],
    top: f32,
    late_after: i32,
    reserve: f32,
    noise: f32,
    considered: usize,
    encounters: u32,
}

impl Model {
    /// Each person picks whom to contact, and with what offer.
    pub(in crate::model) fn choose(&mut self, world: &mut World) {
        let week = world.week;
        let Self {
            scenario,
            randomness,
            shapes,
            fading,
            rhythm,
            sources,
            office,
            ..
        } = self;
        let departments: Vec<u16> = world.organisation.existing_departments().collect();
        let (profiles, characters, standings) = (
            &world.employees.profiles,
            &world.employees.characters,
            &world.employees.standings,
        );
        let places = world.ties.places();
        let matters = scenario.opportunity.matters.get().max(1) as usize;
        let errands = &mut world.employees.errands;
        errands.resize(profiles.len() * matters, Errand::NONE);
        let per_person = office.per_person();
        let (reader, due) = world.ties.for_choice(BLOCK);
        let choosing = Choosing {
            scenario,
            shapes,
            fading,
            rhythm,
            sources,
            key: randomness.week(Purpose::Choice, week),
            matters: randomness.week(Purpose::Opportunity, 0),
            week,
            around: Surroundings {
                profiles,
                organisation: &world.organisation,
                departments: &departments,
                projects: &world.projects,
                ties: reader,
                week,
            },
            strategies: &world.strategies,
            scheduled: &world.scheduled,
            top: (world.organisation.levels.len().max(2) - 1) as f32,
            late_after: scenario.threat.late_after.get() as i32,
            reserve: scenario.choice.reserve.single(),
            noise: scenario.choice.noise.single(),
            considered: (scenario.choice.considered.get() as usize).min(16),
            encounters: if scenario.opportunity.enabled {
                scenario.opportunity.encounters.get()
            } else {
                0
            },
        };
        world
            .employees
            .weeks
            .par_chunks_mut(BLOCK)
            .zip(due)
            .zip(errands.par_chunks_mut(BLOCK * matters))
            .zip(office.outboxes(profiles.len(), BLOCK))
            .enumerate()
            .for_each(|(block, (((weeks, due), errands), letters))| {
                let mut lists = Lists {
                    candidates: Vec::with_capacity(32),
                    due: Vec::with_capacity(places),
                    calendar: Vec::with_capacity(8),
                };
                for i in 0..weeks.len() {
                    let slot = (block * BLOCK + i) as u32;
                    let letters = &mut letters[i * per_person..(i + 1) * per_person];
                    letters.fill(Letter::NONE);
                    weeks[i] = Week::default();
                    let (profile, character) =
                        (&profiles[slot as usize], &characters[slot as usize]);
                    if !profile.is_employed() {
                        continue;
                    }
                    let ego = Ego {
                        slot,
                        person: Person {
                            profile,
                            character,
                            conduct: choosing.strategies.conduct(character.strategy),
                        },
                        standing: &standings[slot as usize],
                        partners: reader.partners(slot),
                        records: reader.records(slot),
                        active_until: reader.active_until(slot),
                    };
                    let due = &mut due[i * places..(i + 1) * places];
                    let errands = &mut errands[i * matters..(i + 1) * matters];
                    choosing.choose(ego, &mut weeks[i], due, errands, letters, &mut lists);
                }
            });
    }
}

impl Choosing<'_> {
    /// One person's letters of the week.
    #[inline(always)]
    fn choose(
        &self,
        ego: Ego<'_>,
        state: &mut Week,
        due: &mut [i16],
        errands: &mut [Errand],
        letters: &mut [Letter],
        lists: &mut Lists,
    ) {
        let Person {
            profile,
            character,
            conduct,
        } = ego.person;
        let scenario = self.scenario;
        let mut draws = self.key.of(profile.id);
        let rank = f32::from(profile.level) / self.top;
        let threat = ego.standing.threat;
        let attention = &scenario.attention;
        state.budget = attention.hours(conduct, character, rank, threat, &mut draws);
        self.look_into_calendar(ego, errands, &mut lists.calendar, &mut draws);
        self.find_candidates(ego, due, lists, &mut draws);
        let candidates = &mut lists.candidates;
        // one after the other for all: what is slow about one candidate then goes on beside the next
        for (_, candidate) in candidates.iter_mut() {
            self.look_up(ego, candidate);
        }
        for (score, candidate) in candidates.iter_mut() {
            *score = self.utility(ego, *candidate, &mut draws);
        }
        let most = attention
            .initiative(conduct, character)
            .min(letters.len().saturating_sub(2));
        top_by_score(candidates, most);

        let mut circle = None;
        let mut written = 0;
        for &(alter, arranged) in lists.calendar.iter().take(letters.len()) {
            let mut candidate = self.candidate(ego, alter);
            candidate.closeness = ego
                .record_about(candidate)
                .map_or(0.0, |tie| self.fading.closeness(tie, self.week));
            let (letter, hours) =
                self.write(ego, candidate, !arranged, arranged, &mut circle, &mut draws);
            letters[written] = letter;
            written += 1;
            state.hours += hours;
        }
        let mut planned = 0.0;
        for (rank, &(score, candidate)) in candidates.iter().enumerate() {
            let fits = rank < most && score >= self.reserve && planned < state.budget;
            if fits && written < letters.len() {
                let (letter, hours) =
                    self.write(ego, candidate, false, false, &mut circle, &mut draws);
                letters[written] = letter;
                written += 1;
                planned += hours;
            } else if candidate.place != STRANGER {
                due[candidate.place as usize] =
                    scenario
                        .choice
                        .next_thought(self.week, candidate.rhythm, &mut draws);
            }
        }
        state.hours += planned;
    }

    /// What the week brings without being chosen: required, errand, ritual, programmes.
    #[inline(always)]
    fn look_into_calendar(
        &self,
        ego: Ego<'_>,
        errands: &mut [Errand],
        calendar: &mut Vec<(u32, bool)>,
        draws: &mut Draws,
    ) {
        let Self {
            scenario,
            sources,
            around,
            week,
            ..
        } = *self;
        let (profile, standing) = (ego.person.profile, ego.standing);
        let opportunity = &scenario.opportunity;
        let required = opportunity
            .required_contact(
                ego.slot,
                profile,
                (around.profiles, around.organisation),
                (self.matters, week),
                draws,
            )
            .filter(|_| !scenario.threat.withdraws(standing.threat, draws));
        let errand = opportunity
            .errand(
                sources,
                ego.slot,
                standing.project,
                around,
                (self.matters, week),
                errands,
                draws,
            )
            .filter(|&alter| Some(alter) != required);
        let ritual = opportunity.ritual(ego.slot, profile, around.organisation, draws);
        calendar.clear();
        let by_work = required.into_iter().chain(errand);
        calendar.extend(by_work.map(|alter| (alter, false)));
        let programmes = scheduled_by(self.scheduled, ego.slot);
        for alter in ritual
            .into_iter()
            .chain(programmes.iter().map(|&(_, whom)| whom))
        {
            let is_there = around.profiles[alter as usize].is_employed() && alter != ego.slot;
            if is_there && calendar.iter().all(|&(other, _)| other != alter) {
                calendar.push((alter, true));
            }
        }
    }

    /// The ties that are due and the week's openings, without those in the calendar.
    #[inline(always)]
    fn find_candidates(&self, ego: Ego<'_>, due: &mut [i16], lists: &mut Lists, draws: &mut Draws) {
        let Lists {
            candidates,
            due: places,
            calendar,
        } = lists;
        let in_calendar = |alter| calendar.iter().any(|&(other, _)| other == alter);
        let profiles = self.around.profiles;
        candidates.clear();
        // from a place of this week's own, so that no tie comes to mind first for ever
        let start = draws.below(due.len() as u32) as usize;
        list_due(due, self.week as i16, start, places);
        for &place in &*places {
            let alter = ego.partners[usize::from(place)];
            if alter == NOBODY
                || ego.records[usize::from(place)].formed < profiles[alter as usize].hired
            {
                // what is left of someone who is gone comes to mind no more
                due[usize::from(place)] = i16::MAX;
            } else if !in_calendar(alter) {
                candidates.push((0.0, Candidate::at(alter, place)));
                if candidates.len() == self.considered {
                    break;
                }
            }
        }
        for _ in 0..self.encounters {
            let met = self.scenario.opportunity.meet(
                self.sources,
                ego.slot,
                ego.standing.project,
                self.around,
                draws,
            );
            if let Some(met) = met
                && let alter = met.who
                && profiles[alter as usize].is_employed()
                && !in_calendar(alter)
                && !candidates.iter().any(|(_, other)| other.alter == alter)
            {
                let mut candidate = self.candidate(ego, alter);
                candidate.introduced = met.introduced && candidate.place == STRANGER;
                candidates.push((0.0, candidate));
            }
        }
    }

    /// Somebody who may be contacted, with the place of the record if ego knows them.
    #[inline(always)]
    fn candidate(&self, ego: Ego<'_>, alter: u32) -> Candidate {
        let other = &self.around.profiles[alter as usize];
        let place = place_about(ego.partners, ego.records, alter, other);
        Candidate::at(alter, place)
    }

    /// Notes closeness and rhythm of the tie with a candidate.
    #[inline(always)]
    fn look_up(&self, ego: Ego<'_>, candidate: &mut Candidate) {
        if let Some(tie) = ego.record_about(*candidate) {
            candidate.closeness = self.fading.closeness(tie, self.week);
            candidate.rhythm = self.rhythm.weeks(candidate.closeness);
        }
    }

    /// Utility of a candidate, with its noise.
    #[inline(always)]
    fn utility(&self, ego: Ego<'_>, candidate: Candidate, draws: &mut Draws) -> f32 {
        let Person {
            profile,
            character,
            conduct,
        } = ego.person;
        let other = &self.around.profiles[candidate.alter as usize];
        let tie = ego.record_about(candidate).map(|tie| {
            let since = (self.week - i32::from(tie.last_contact)) as f32;
            (tie, candidate.closeness, since / candidate.rhythm)
        });
        let aspiration = character.aspiration;
        let utility = self
            .scenario
            .choice
            .utility(conduct, aspiration, profile, other, tie)
            + self.noise * self.shapes.gumbel(draws);
        let rule = &self.scenario.enforcement;
        if rule.forbids(self.around.organisation, profile.post, other.post, draws) {
            return f32::NEG_INFINITY;
        }
        utility
    }
}
