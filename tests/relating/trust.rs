//! Feigned and real interest, warmth, conflicts (M4, M6).

use crate::firms;
use crate::paired::{
    SEEDS, at_the_end, correlation, down, effect, everyone_relates, firm, mean, mean_of,
    over_the_year, records, share, up, weekly,
};
use allies::scenario::Scenario;
use allies::units::{Factor, Few, Probability, Strength, Weight};
use allies::world::{Behaviour, FRIENDSHIP, Tie};
use rayon::prelude::*;

/// A colleague who feigns every interest, or none.
fn sincere(share: f64) -> Behaviour {
    Behaviour {
        sincerity: Probability::new(share),
        curiosity: Probability::new(share),
        ..Behaviour::default()
    }
}

#[test]
fn ties_to_those_who_feign_are_hollow() {
    // a third of the firm feigns; what others hold about them, against what they hold about the others
    let hollow = |feigns: f64| {
        move |s: &mut Scenario| {
            s.strategies
                .insert("transactional".to_owned(), sincere(1.0 - feigns));
            s.strategies.insert("authentic".to_owned(), sincere(1.0));
            s.strategies.insert("isolated".to_owned(), sincere(1.0));
        }
    };
    let failing = |s: Scenario| {
        let speaks_up = s.review.speaks_up.single();
        at_the_end(s, |world, model| {
            let support = |tie: &Tie| {
                let now = model.fading().now(tie, world.week);
                tie.trust * now[1].max(now[2])
            };
            let (mut strong, mut fails) = (0.0, 0.0);
            for (ego, alter, tie) in records(world) {
                let key = world.employees.characters[ego as usize].strategy;
                if world.strategies.label_for_records(key) == "transactional"
                    && model.fading().now(&tie, world.week)[FRIENDSHIP] >= 0.2
                {
                    strong += 1.0;
                    let stands = world.tie(alter, ego).map_or(0.0, support);
                    fails += f64::from(u8::from(stands < speaks_up));
                }
            }
            share(fails, strong)
        })
    };
    up(effect(hollow(0.0), hollow(1.0), failing));
}

#[test]
fn feigning_is_found_out_the_more_often_the_longer_it_goes_on() {
    let with = |suspicion: f64| {
        move |s: &mut Scenario| {
            s.acceptance.suspicion = Factor::new(suspicion);
            everyone_relates(s, &sincere(0.3));
        }
    };
    let found_out = |s| {
        let (mut seen, mut feigned) = (0.0, 0.0);
        firms::run(s, &mut |world, _| {
            seen += weekly(world, |w| f64::from(w.seen_through));
            feigned += weekly(world, |w| f64::from(w.feigned));
        });
        share(seen, feigned)
    };
    up(effect(with(0.0), with(0.2), found_out));
}

#[test]
fn curiosity_turns_into_common_interests() {
    let with = |kindle: f64| {
        move |s: &mut Scenario| {
            s.sincerity.kindle = Probability::new(kindle);
            // as many as they start with: what grows is what is common, not the number
            s.sincerity.most = Few::new(4);
        }
    };
    let common = |s| {
        at_the_end(s, |world, _| {
            mean(records(world).iter().map(|&(ego, alter, _)| {
                let profile = |slot: u32| &world.employees.profiles[slot as usize];
                f64::from(profile(ego).shared_interests(profile(alter)))
            }))
        })
    };
    up(effect(with(0.0), with(0.1), common));
    // nobody is curious about those with nothing new to them, and nobody becomes so without curiosity
    let mut still = firm(3);
    everyone_relates(&mut still, &sincere(0.0));
    let gained = over_the_year(still, |world, _| {
        weekly(world, |w| f64::from(u8::from(w.kindled.is_some())))
    });
    assert_eq!(gained, 0.0);
}

#[test]
fn the_skilled_are_trusted_and_answered_more() {
    // E66: slope of the trust that colleagues hold on the warmth of the person
    let trusted = |scenario: Scenario| {
        at_the_end(scenario, |world, _| {
            let ties = records(world).into_iter().map(|(_, alter, tie)| {
                let warmth = world.employees.profiles[alter as usize].warmth;
                (f64::from(warmth), f64::from(tie.trust))
            });
            correlation(&ties.collect::<Vec<_>>())
        })
    };
    let seems = |by: f64| move |s: &mut Scenario| s.sincerity.by_warmth = Strength::new(by);
    up(effect(seems(0.0), seems(0.5), trusted));
    let answered = |by: f64| move |s: &mut Scenario| s.acceptance.by_warmth = Weight::new(by);
    // contacts answered of the warm half less those of the others
    let sought = |scenario: Scenario| {
        over_the_year(scenario, |world, model| {
            let warm = |slot: u32| world.employees.profiles[slot as usize].warmth >= 128;
            let contacts = model.office().contacts();
            let sum: f64 = contacts
                .map(|(from, ..)| if warm(from) { 1.0 } else { -1.0 })
                .sum();
            sum
        })
    };
    up(effect(answered(0.0), answered(3.0), sought));
}

#[test]
fn conflicts_make_negative_ties_which_cost_reputation() {
    let with = |clash: f64| move |s: &mut Scenario| s.sincerity.clash = Probability::new(clash);
    let negative = |s: Scenario| {
        let hostile = s.sincerity.hostile.single();
        at_the_end(s, |world, _| {
            mean(
                records(world)
                    .iter()
                    .map(|(_, _, t)| f64::from(u8::from(t.trust < hostile))),
            )
        })
    };
    up(effect(with(0.0), with(0.03), negative));
    let reputation = |s| at_the_end(s, |world, _| mean_of(world, |p| p.reputation));
    down(effect(with(0.0), with(0.03), reputation));
}

#[test]
fn negative_ties_are_rare_by_default() {
    // E72d: 1 to 8 % of the dyads in which somebody holds something about the other
    let shares: Vec<f64> = (0..SEEDS)
        .into_par_iter()
        .map(|seed| {
            let scenario = firm(seed);
            let hostile = scenario.sincerity.hostile.single();
            at_the_end(scenario, |world, _| {
                let mut dyads = std::collections::BTreeMap::new();
                for (ego, alter, tie) in records(world) {
                    let negative = dyads
                        .entry((ego.min(alter), ego.max(alter)))
                        .or_insert(false);
                    *negative |= tie.trust < hostile;
                }
                mean(
                    dyads
                        .values()
                        .map(|&negative| f64::from(u8::from(negative))),
                )
            })
        })
        .collect();
    let all = mean(shares);
    assert!((0.01..=0.08).contains(&all), "{all}");
}
