//! Each receiver answers the calls that came, as far as the hours go.

use rayon::prelude::*;

use super::{Person, place_about};
use crate::engine::{BLOCK, Reply, top_by_score};
use crate::mechanisms::acceptance::{Known, Setting};
use crate::model::Model;
use crate::random::Purpose;
use crate::world::{Tie, World};

impl Model {
    /// Each receiver answers the calls that came, as far as the hours go.
    pub(in crate::model) fn accept(&mut self, world: &mut World) {
        let week = world.week;
        let Self {
            scenario,
            randomness,
            shapes,
            fading,
            office,
            ..
        } = self;
        let key = randomness.week(Purpose::Acceptance, week);
        let setting = Setting {
            levels: world.organisation.levels.len().max(1) as f32,
            cooperation: world.cooperation,
        };
        let (profiles, characters) = (&world.employees.profiles, &world.employees.characters);
        let ties = &world.ties;
        let strategies = &world.strategies;
        let (rule, dealings) = (&scenario.acceptance, &scenario.dealings);
        let (inboxes, replies) = office.inboxes(BLOCK);
        world
            .employees
            .weeks
            .par_chunks_mut(BLOCK)
            .zip(replies)
            .enumerate()
            .for_each(|(block, (weeks, replies))| {
                let mut order: Vec<(f32, (usize, f32, bool))> = Vec::with_capacity(32);
                let mut known: Vec<(u16, Option<(&Tie, f32)>)> = Vec::with_capacity(32);
                let mut before = 0;
                for (i, state) in weeks.iter_mut().enumerate() {
                    let ego = (block * BLOCK + i) as u32;
                    let calls = inboxes.calls_to(ego);
                    let replies = &mut replies[before..before + calls.len()];
                    before += calls.len();
                    if calls.is_empty() {
                        continue;
                    }
                    let profile = &profiles[ego as usize];
                    let character = &characters[ego as usize];
                    let conduct = strategies.conduct(character.strategy);
                    let me = Person {
                        profile,
                        character,
                        conduct,
                    };
                    let setting = Setting {
                        cooperation: (setting.cooperation + character.habits.cooperation).min(1.0),
                        ..setting
                    };
                    let row = ties.row(ego);
                    // all look-ups first: they do not wait for each other, and each is needed twice
                    known.clear();
                    known.extend(calls.iter().map(|call| {
                        let caller = &profiles[call.from as usize];
                        let place = place_about(row.partners, row.records, call.from, caller);
                        let tie = row.records.get(place as usize);
                        (place, tie.map(|tie| (tie, fading.closeness(tie, week))))
                    }));
                    order.clear();
                    for (place, call) in calls.iter().enumerate() {
                        let caller = &profiles[call.from as usize];
                        let mut draws = key.of_pair(profile.id, caller.id);
                        let doubt = known[place].1.map_or(0, |(tie, _)| tie.doubt);
                        let saw_through = call.offer.given().is_feigned()
                            && draws.chance(
                                rule.chance_to_see_through(doubt, caller.level < profile.level),
                            );
                        let regard = known[place].1.map(|(tie, closeness)| Known {
                            trust: tie.trust,
                            strength: closeness,
                            owes: tie.ledger.max(0.0) * fading.ledger_left(tie, week),
                        });
                        let utility = rule.utility(
                            conduct,
                            profile,
                            caller,
                            regard,
                            call.offer,
                            saw_through,
                            setting,
                        );
                        let priority = utility
                            + shapes.gumbel(&mut draws)
                            + if call.offer.is_fixed() { 1e6 } else { 0.0 };
                        order.push((priority, (place, utility, saw_through)));
                    }
                    let all = order.len();
                    top_by_score(&mut order, all);
                    let limit = state.budget + rule.courtesy.single();
                    for &(_, (place, utility, saw_through)) in &order {
                        let call = calls[place];
                        let caller = &profiles[call.from as usize];
                        // a stream of its own, so that the number of draws above cannot shift it
                        let mut draws = key.of_pair(caller.id, profile.id);
                        let hours = scenario.opportunity.hours(call.offer.channel());
                        let willing = draws.chance(rule.probability(utility));
                        let room = !rule.enabled || state.hours + hours <= limit;
                        if !(call.offer.is_fixed() || willing && room) {
                            state.declined += 1.0;
                            inboxes.answer(call, Reply::DECLINED);
                            continue;
                        }
                        let (record, tie) = known[place];
                        let part = scenario.part(fading, week, me, caller, tie, &mut draws);
                        let shared = profile.shared_interests(caller);
                        let conflict = draws.chance(scenario.sincerity.chance_of_conflict(shared));
                        // last of the draws, so that the rule can be switched off without shifting them
                        let further = dealings.further(
                            part.regard,
                            call.offer.given().regard(),
                            character.sociability,
                            &mut draws,
                        );
                        state.hours += hours * dealings.weight(further);
                        let reply =
                            Reply::accepted(part.basis, part.kind, part.amount, part.regard)
                                .marked(part.aimed, saw_through)
                                .from_place(record)
                                .with_conflict(conflict)
                                .with_further(further);
                        inboxes.answer(call, reply);
                        replies[place] = reply;
                    }
                }
            });
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::build;
    use crate::engine::Reply;
    use crate::scenario::{Scenario, load_default};
    use crate::world::NOBODY;

    #[test]
    fn every_letter_has_the_reply_that_stands_beside_the_call() {
        let sets = ["organisation.employees=60", "years=1", "burn_in=0"].map(str::to_owned);
        let scenario = load_default::<Scenario>(&sets).unwrap().value;
        let (mut model, mut world, _) = build(scenario, None);
        let (mut letters, mut accepted) = (0, 0);
        let mut compare = |world: &crate::world::World, model: &super::Model| {
            let office = model.office();
            for ego in 0..world.employees.profiles.len() as u32 {
                for (letter, reply) in office.letters_of(ego).iter().zip(office.replies_to(ego)) {
                    if letter.target == NOBODY {
                        continue;
                    }
                    let calls = office.calls_to(letter.target).iter();
                    let beside: Vec<Reply> = calls
                        .zip(office.replies_of(letter.target))
                        .filter(|(call, _)| call.from == ego)
                        .map(|(_, &reply)| reply)
                        .collect();
                    assert_eq!(beside, [reply], "{ego} to {}", letter.target);
                    letters += 1;
                    accepted += u32::from(reply.is_accepted());
                }
            }
        };
        for _ in 0..30 {
            model.advance(&mut world, &mut compare);
        }
        assert!(
            accepted > 1000 && letters > accepted,
            "{accepted} of {letters}"
        );
    }
}
