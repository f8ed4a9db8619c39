//! Who deals with whom, and how much (M1 to M5).

use std::collections::BTreeMap;

use crate::firms;
use crate::paired::{
    SEEDS, at_the_end, effect, everyone_relates, firm, in_standard_errors, mean, over_the_year,
    regard_of_managers, share, up,
};
use allies::model::Model;
use allies::scenario::Scenario;
use allies::units::{Factor, Probability, Share, Weeks};
use allies::world::{Aspiration, Behaviour, World};
use rayon::prelude::*;

#[test]
fn the_manager_becomes_the_first_ally_of_newcomers() {
    let with = |first: f64| {
        move |s: &mut Scenario| {
            s.opportunity.manager_first = Probability::new(first);
            for level in &mut s.organisation.levels {
                level.exit_rate = allies::units::Rate::new(0.6);
            }
        }
    };
    let tied = |s| {
        let (mut sum, mut people) = (0.0, 0.0);
        firms::run(s, &mut |world, model| {
            for slot in world.employees.present() {
                let profile = &world.employees.profiles[slot as usize];
                if world.week - i32::from(profile.hired) == 10
                    && let Some(manager) = world.organisation.manager_of(profile.post)
                {
                    people += 1.0;
                    sum += world.tie(manager, slot).map_or(0.0, |tie| {
                        f64::from(model.fading().closeness(tie, world.week))
                    });
                }
            }
        });
        share(sum, people)
    };
    up(effect(with(0.0), with(0.8), tied));
}

#[test]
fn managers_know_their_people_better_where_work_runs_along_the_line() {
    let line = |share: f64| move |s: &mut Scenario| s.opportunity.line = Probability::new(share);
    up(effect(line(0.0), line(0.6), |s| {
        at_the_end(s, regard_of_managers)
    }));
}

/// Share of what a person deals with others in the year that the five closest take (E46), over everyone.
fn with_the_top_five(scenario: Scenario) -> f64 {
    let mut volumes: BTreeMap<u32, BTreeMap<u32, f64>> = BTreeMap::new();
    firms::run(scenario, &mut |world, model| {
        if world.week >= 0 {
            for (a, b, _, reply) in model.office().contacts() {
                for (ego, alter) in [(a, b), (b, a)] {
                    *volumes.entry(ego).or_default().entry(alter).or_default() +=
                        1.0 + f64::from(reply.further());
                }
            }
        }
    });
    mean(volumes.values().map(|with| {
        let mut with: Vec<f64> = with.values().copied().collect();
        with.sort_by(|a, b| b.total_cmp(a));
        share(with.iter().take(5).sum(), with.iter().sum())
    }))
}

#[test]
fn those_who_hold_each_other_highly_take_most_of_the_volume() {
    let with = |on: bool| move |s: &mut Scenario| s.dealings.enabled = on;
    up(effect(with(false), with(true), with_the_top_five));
}

#[test]
fn what_work_is_about_leads_back_to_the_same_people() {
    let renewed = |weeks: u32| move |s: &mut Scenario| s.opportunity.renewal = Weeks::new(weeks);
    up(effect(renewed(1), renewed(52), with_the_top_five));
}

#[test]
fn who_talks_much_takes_more_of_the_dealings() {
    // E46: the top 5 % of people take much more of the traffic than of the ties
    let top = |scenario| {
        let mut dealings: BTreeMap<u32, f64> = BTreeMap::new();
        firms::run(scenario, &mut |world: &World, _: &Model| {
            for slot in world.employees.present() {
                let week = &world.employees.weeks[slot as usize];
                *dealings.entry(slot).or_default() +=
                    f64::from(week.contacts) + f64::from(week.further);
            }
        });
        let mut sums: Vec<f64> = dealings.into_values().collect();
        sums.sort_by(|a, b| b.total_cmp(a));
        sums[..3].iter().sum::<f64>() / sums.iter().sum::<f64>()
    };
    up(effect(
        |s| s.dealings.talkative = Share::new(0.0),
        |s| s.dealings.talkative = Share::new(1.0),
        top,
    ));
}

#[test]
fn competence_is_sought_the_less_the_less_its_holder_is_liked() {
    // E70: slope of errands received on competence among the liked half, less that among the others
    let with = |gate: f64| {
        move |s: &mut Scenario| {
            s.opportunity.gate = Share::new(gate);
            s.opportunity.by_esteem = Factor::new(4.0);
        }
    };
    let interaction = |scenario: Scenario| {
        let mut asked: BTreeMap<u32, f64> = BTreeMap::new();
        let (_, world) = firms::run(scenario, &mut |world, model| {
            for (_, to, offer, _) in model.office().contacts() {
                if world.week >= 0 && offer.is_formal() {
                    *asked
                        .entry(world.employees.profiles[to as usize].id)
                        .or_default() += 1.0;
                }
            }
        });
        let slope = |liked: bool| {
            let people: Vec<(f64, f64)> = world
                .employees
                .present()
                .map(|slot| &world.employees.profiles[slot as usize])
                .filter(|p| (p.warmth >= 128) == liked)
                .map(|p| {
                    (
                        f64::from(p.esteem),
                        asked.get(&p.id).copied().unwrap_or(0.0),
                    )
                })
                .collect();
            let (x, y) = (
                mean(people.iter().map(|p| p.0)),
                mean(people.iter().map(|p| p.1)),
            );
            share(
                people.iter().map(|p| (p.0 - x) * (p.1 - y)).sum(),
                people.iter().map(|p| (p.0 - x) * (p.0 - x)).sum(),
            )
        };
        slope(true) - slope(false)
    };
    up(effect(with(0.0), with(0.9), interaction));
}

#[test]
fn introductions_close_triangles() {
    // class of the mutual contacts of those who meet for the first time, in a firm too large for all to know each other
    let closed = |weight: f64, seed: u64| {
        let mut s = firms::in_departments_of(25, firms::small(300, 1, 26, 900 + seed));
        s.opportunity.from_introduction = Factor::new(weight);
        let (mut mutual, mut all) = (0.0, 0.0);
        firms::run(s, &mut |world, model| {
            for (_, _, offer, _) in model.office().contacts() {
                if world.week >= 0 && offer.is_new() {
                    all += 1.0;
                    mutual += f64::from(offer.mutual());
                }
            }
        });
        share(mutual, all)
    };
    let differences: Vec<f64> = (0..SEEDS)
        .into_par_iter()
        .map(|seed| closed(20.0, seed) - closed(0.0, seed))
        .collect();
    up(in_standard_errors(&differences));
}

#[test]
fn an_introduced_stranger_is_answered_more_often() {
    let with = |weight: f64| {
        move |s: &mut Scenario| {
            s.acceptance.by_introduction = allies::units::Weight::new(weight);
            // so shy that a stranger's call is a question
            s.acceptance.base = allies::units::Weight::new(-2.0);
        }
    };
    let answered = |s| {
        over_the_year(s, |_, model| {
            model
                .office()
                .contacts()
                .filter(|(_, _, offer, _)| offer.is_introduced())
                .count() as f64
        })
    };
    up(effect(with(0.0), with(3.0), answered));
}

#[test]
fn aspiration_steers_whom_one_seeks() {
    // among the calls that nobody required, by what the caller strives for
    let shares: Vec<[f64; 4]> = (0..SEEDS)
        .into_par_iter()
        .map(|seed| {
            let (mut upwards, mut outwards) = ([[0.0; 2]; 3], [[0.0; 2]; 3]);
            let mut scenario = firm(seed);
            // so ambitious that a firm of 60 shows it
            let ambitious = Behaviour {
                weight_aspiration: allies::units::Weight::new(3.0),
                ..Behaviour::default()
            };
            everyone_relates(&mut scenario, &ambitious);
            firms::run(scenario, &mut |world, model| {
                let profile = |slot: u32| &world.employees.profiles[slot as usize];
                for (from, to, offer, _) in model.office().contacts() {
                    if offer.is_fixed() {
                        continue;
                    }
                    let aspiration = world.employees.characters[from as usize].aspiration as usize;
                    let (me, other) = (profile(from), profile(to));
                    // those at the top cannot look up
                    if me.level < 2 {
                        upwards[aspiration][0] += f64::from(u8::from(other.level > me.level));
                        upwards[aspiration][1] += 1.0;
                    }
                    outwards[aspiration][0] += f64::from(u8::from(other.function != me.function));
                    outwards[aspiration][1] += 1.0;
                }
            });
            let of = |counts: [[f64; 2]; 3], a: Aspiration| {
                let [part, all] = counts[a as usize];
                share(part, all)
            };
            [
                of(upwards, Aspiration::Leadership),
                of(upwards, Aspiration::Excellence),
                of(outwards, Aspiration::Building),
                of(outwards, Aspiration::Excellence),
            ]
        })
        .collect();
    let differences = |one: usize, other: usize| -> Vec<f64> {
        shares.iter().map(|s| s[one] - s[other]).collect()
    };
    up(in_standard_errors(&differences(0, 1)));
    up(in_standard_errors(&differences(2, 3)));
}
