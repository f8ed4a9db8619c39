//! What is said about people (M10).

use crate::paired::{at_the_end, down, effect, everyone_relates, mean, records};
use allies::scenario::Scenario;
use allies::units::{Probability, Share};
use allies::world::Behaviour;

#[test]
fn takers_lose_reputation_and_scorekeepers_turn_them_down() {
    let generous = |share: f64| Behaviour {
        generosity: Share::new(share),
        ..Behaviour::default()
    };
    let with = |taking: f64, taker: f64| {
        move |s: &mut Scenario| {
            everyone_relates(s, &generous(0.7));
            // all that is said counts, and nothing is forgotten
            s.reputation.talk = Probability::new(1.0);
            s.reputation.forgetting = Share::new(0.0);
            s.reputation.by_taking = Share::new(taking);
            s.strategies
                .insert("transactional".to_owned(), generous(taker));
        }
    };
    let reputation = |s| {
        at_the_end(s, |world, _| {
            mean(world.employees.present().filter_map(|slot| {
                let key = world.employees.characters[slot as usize].strategy;
                (world.strategies.label_for_records(key) == "transactional")
                    .then(|| f64::from(world.employees.profiles[slot as usize].reputation))
            }))
        })
    };
    down(effect(with(0.3, 0.7), with(0.3, 0.1), reputation));
    // it is the talk about taking that does it
    down(effect(with(0.0, 0.1), with(0.6, 0.1), reputation));
}

#[test]
fn what_is_heard_brings_opinions_about_a_person_together() {
    let with = |hearsay: f64| {
        move |s: &mut Scenario| {
            s.reputation.hearsay = Share::new(hearsay);
            s.reputation.talk = Probability::new(0.6);
        }
    };
    let disagreement = |s| {
        at_the_end(s, |world, _| {
            let mut held: Vec<Vec<f64>> = vec![Vec::new(); world.employees.slots()];
            for (_, alter, tie) in records(world) {
                held[alter as usize].push(f64::from(tie.trust));
            }
            mean(held.iter().filter(|h| h.len() > 2).map(|h| {
                let m = mean(h.iter().copied());
                mean(h.iter().map(|t| (t - m) * (t - m)))
            }))
        })
    };
    down(effect(with(0.0), with(0.6), disagreement));
}

#[test]
fn rumours_sink_those_who_are_little_known() {
    let with = |slander: f64| {
        move |s: &mut Scenario| {
            s.reputation.rumour = Probability::new(0.8);
            s.reputation.slander = Share::new(slander);
        }
    };
    let unknown = |s| {
        at_the_end(s, |world, _| {
            let mut people: Vec<(f32, f32)> = world
                .employees
                .present()
                .map(|slot| {
                    let profile = &world.employees.profiles[slot as usize];
                    (profile.known, profile.reputation)
                })
                .collect();
            people.sort_by(|a, b| a.0.total_cmp(&b.0));
            mean(people[..people.len() / 3].iter().map(|p| f64::from(p.1)))
        })
    };
    down(effect(with(0.0), with(0.6), unknown));
}
