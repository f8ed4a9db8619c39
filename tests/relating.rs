//! Which way the rules of relating (M1 to M10) work in whole firms: each effect is the mean difference of paired firms
//! (same seed, one thing changed), more than four standard errors from 0.

// Functions beside the tests may unwrap like the tests themselves.
#![allow(clippy::unwrap_used)]

mod firms;

use std::collections::BTreeMap;

use allies::engine::Channel;
use allies::model::Model;
use allies::scenario::Scenario;
use allies::units::{Factor, Few, Probability, Share, Strength, Weeks, Weight};
use allies::world::{Aspiration, Behaviour, CAREER, COLLABORATION, FRIENDSHIP, Tie, World};
use rayon::prelude::*;

/// Firms of a comparison.
const SEEDS: u64 = 24;

/// A firm of 60 in departments of about 15, without burn-in noise: half a year, then a year that is read.
fn firm(seed: u64) -> Scenario {
    let mut scenario = firms::in_departments_of(15, firms::small(60, 1, 26, 900 + seed));
    // one place, so that only presence keeps people apart
    scenario.organisation.sites = vec!["here".to_owned()];
    for department in &mut scenario.organisation.departments {
        "here".clone_into(&mut department.site);
    }
    scenario
}

/// Mean of the paired differences `with - without`, in standard errors.
fn effect(
    without: impl Fn(&mut Scenario) + Sync,
    with: impl Fn(&mut Scenario) + Sync,
    of: impl Fn(Scenario) -> f64 + Sync,
) -> f64 {
    let differences: Vec<f64> = (0..SEEDS)
        .into_par_iter()
        .map(|seed| {
            let (mut a, mut b) = (firm(seed), firm(seed));
            without(&mut a);
            with(&mut b);
            of(b) - of(a)
        })
        .collect();
    in_standard_errors(&differences)
}

fn in_standard_errors(differences: &[f64]) -> f64 {
    let n = differences.len() as f64;
    let mean = differences.iter().sum::<f64>() / n;
    let variance = differences
        .iter()
        .map(|d| (d - mean) * (d - mean))
        .sum::<f64>()
        / (n - 1.0);
    mean / (variance / n).sqrt().max(1e-12)
}

#[track_caller]
fn up(z: f64) {
    assert!(z > 4.0, "{z} standard errors");
}

#[track_caller]
fn down(z: f64) {
    assert!(z < -4.0, "{z} standard errors");
}

/// Sum of a reading over the weeks that are recorded.
fn over_the_year(scenario: Scenario, of: impl Fn(&World, &Model) -> f64) -> f64 {
    let mut sum = 0.0;
    firms::run(scenario, &mut |world, model| {
        if world.week >= 0 {
            sum += of(world, model);
        }
    });
    sum
}

/// A reading of the firm at the end.
fn at_the_end(scenario: Scenario, of: impl Fn(&World, &Model) -> f64) -> f64 {
    let (model, world) = firms::run(scenario, &mut |_, _| {});
    of(&world, &model)
}

/// Records about people who are still there: (holder, whom, record).
fn records(world: &World) -> Vec<(u32, u32, Tie)> {
    let mut found = Vec::new();
    for ego in world.employees.present() {
        for (_, alter, tie) in world.ties.row(ego).iter() {
            if tie.formed >= world.employees.profiles[alter as usize].hired {
                found.push((ego, alter, *tie));
            }
        }
    }
    found
}

fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (n, sum) = values
        .into_iter()
        .fold((0.0, 0.0), |(n, sum), v| (n + 1.0, sum + v));
    if n > 0.0 { sum / n } else { 0.0 }
}

/// How highly managers hold their people: trust times closeness.
fn regard_of_managers(world: &World, model: &Model) -> f64 {
    mean(world.employees.present().filter_map(|slot| {
        let post = world.employees.profiles[slot as usize].post;
        let manager = world.organisation.manager_of(post)?;
        Some(world.tie(manager, slot).map_or(0.0, |tie| {
            f64::from(tie.trust * model.fading().closeness(tie, world.week))
        }))
    }))
}

fn share(part: f64, of: f64) -> f64 {
    if of > 0.0 { part / of } else { 0.0 }
}

fn weekly(world: &World, of: impl Fn(&allies::world::Week) -> f64) -> f64 {
    world
        .employees
        .present()
        .map(|slot| of(&world.employees.weeks[slot as usize]))
        .sum()
}

fn present_for(scenario: &mut Scenario, office: f64, hybrid: f64) {
    scenario.hiring.office = Share::new(office);
    scenario.hiring.hybrid = Share::new(hybrid);
}

fn everyone_relates(scenario: &mut Scenario, behaviour: &Behaviour) {
    for strategy in scenario.strategies.values_mut() {
        *strategy = behaviour.clone();
    }
}

#[test]
fn remote_work_makes_contact_more_siloed_and_people_less_known() {
    let office = |s: &mut Scenario| present_for(s, 1.0, 0.0);
    let remote = |s: &mut Scenario| present_for(s, 0.0, 0.0);
    let cross = |s: Scenario| {
        let (mut across, mut all) = (0.0, 0.0);
        firms::run(s, &mut |world, _| {
            if world.week >= 0 {
                across += weekly(world, |w| f64::from(w.across));
                all += weekly(world, |w| f64::from(w.contacts));
            }
        });
        share(across, all)
    };
    down(effect(office, remote, cross));
    let added = |s| over_the_year(s, |world, _| weekly(world, |w| f64::from(w.formed)));
    down(effect(office, remote, added));
    let known = |s| {
        at_the_end(s, |world, _| {
            mean(
                world
                    .employees
                    .present()
                    .map(|i| f64::from(world.employees.profiles[i as usize].known)),
            )
        })
    };
    down(effect(office, remote, known));
    down(effect(office, remote, |s| {
        at_the_end(s, regard_of_managers)
    }));
}

#[test]
fn hybrid_people_are_nearly_as_well_known_as_those_in_the_office() {
    // E77: no difference in promotions; E76: a large one when fully remote
    let known = |s| {
        at_the_end(s, |world, _| {
            mean(
                world
                    .employees
                    .present()
                    .map(|i| f64::from(world.employees.profiles[i as usize].known)),
            )
        })
    };
    let of = |office, hybrid| {
        mean((0..SEEDS).map(|seed| {
            let mut scenario = firm(seed);
            present_for(&mut scenario, office, hybrid);
            known(scenario)
        }))
    };
    let (office, hybrid, remote) = (of(1.0, 0.0), of(0.0, 1.0), of(0.0, 0.0));
    assert!(
        (office - hybrid).abs() < 0.5 * (hybrid - remote),
        "{office} {hybrid} {remote}"
    );
}

#[test]
fn rituals_keep_a_remote_department_together() {
    let with = |rate: f64| {
        move |s: &mut Scenario| {
            present_for(s, 0.0, 0.0);
            s.opportunity.ritual = Probability::new(rate);
        }
    };
    let met = |s| {
        at_the_end(s, |world, _| {
            records(world)
                .iter()
                .filter(|(ego, alter, _)| {
                    let of = |slot: u32| world.employees.profiles[slot as usize].department;
                    of(*ego) == of(*alter)
                })
                .count() as f64
        })
    };
    up(effect(with(0.0), with(0.6), met));
}

#[test]
fn apart_people_write_and_call_and_in_the_office_they_meet() {
    let mut channels = [[0.0; 3]; 2];
    for (i, office) in [1.0, 0.0].into_iter().enumerate() {
        let mut scenario = firm(1);
        present_for(&mut scenario, office, 0.0);
        firms::run(scenario, &mut |_, model| {
            for (_, _, offer, _) in model.office().contacts() {
                channels[i][offer.channel() as usize] += 1.0;
            }
        });
    }
    let [office, remote] = channels;
    assert_eq!(
        office[Channel::Video as usize] + office[Channel::Asynchronous as usize],
        0.0
    );
    assert_eq!(remote[Channel::InPerson as usize], 0.0);
    assert!(remote[1] > 100.0 && remote[2] > 100.0, "{remote:?}");
}

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

/// Correlation over pairs of the two sides' strengths on a layer.
fn returned(layer: usize) -> impl Fn(Scenario) -> f64 + Sync {
    move |scenario| {
        at_the_end(scenario, |world, _| {
            let sides = records(world).into_iter().filter_map(|(ego, alter, tie)| {
                let back = world.tie(alter, ego)?;
                let both = (tie.strength[layer], back.strength[layer]);
                Some((f64::from(both.0), f64::from(both.1)))
            });
            correlation(&sides.collect::<Vec<_>>())
        })
    }
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let (x, y) = (
        mean(pairs.iter().map(|p| p.0)),
        mean(pairs.iter().map(|p| p.1)),
    );
    let covariance = mean(pairs.iter().map(|p| (p.0 - x) * (p.1 - y)));
    let variance = |of: fn(&(f64, f64)) -> f64, middle: f64| {
        mean(pairs.iter().map(|p| (of(p) - middle) * (of(p) - middle)))
    };
    covariance
        / (variance(|p| p.0, x) * variance(|p| p.1, y))
            .sqrt()
            .max(1e-12)
}

/// Correlation over ties of collaboration with friendship.
fn layers_alike(scenario: Scenario) -> f64 {
    at_the_end(scenario, |world, _| {
        let of = |tie: &Tie, layer: usize| f64::from(tie.strength[layer]);
        let both = records(world)
            .into_iter()
            .map(|(_, _, tie)| (of(&tie, COLLABORATION), of(&tie, FRIENDSHIP)));
        correlation(&both.collect::<Vec<_>>())
    })
}

#[test]
fn whom_one_likes_makes_friends_of_some_and_the_other_need_not_feel_the_same() {
    let with = |on: bool| move |s: &mut Scenario| s.liking.enabled = on;
    down(effect(with(false), with(true), layers_alike));
    down(effect(with(false), with(true), returned(FRIENDSHIP)));
    let mutual = |share: f64| move |s: &mut Scenario| s.liking.mutual = Share::new(share);
    up(effect(mutual(0.0), mutual(1.0), returned(FRIENDSHIP)));
}

#[test]
fn collaboration_is_returned_the_less_the_less_answering_counts() {
    let answered = |share: f64| move |s: &mut Scenario| s.exchange.answered = Share::new(share);
    down(effect(
        answered(1.0),
        answered(0.2),
        returned(COLLABORATION),
    ));
}

#[test]
fn career_support_is_held_for_those_above() {
    let downward = |factor: f64| move |s: &mut Scenario| s.exchange.downward = Factor::new(factor);
    // mean career support towards higher levels less that towards lower ones
    let lead = |scenario: Scenario| {
        at_the_end(scenario, |world, _| {
            let level = |slot: u32| world.employees.profiles[slot as usize].level;
            let towards = |above: bool| {
                let ties = records(world).into_iter();
                let ties = ties.filter(|&(ego, alter, _)| {
                    level(ego) != level(alter) && (level(alter) > level(ego)) == above
                });
                mean(ties.map(|(_, _, tie)| f64::from(tie.strength[CAREER])))
            };
            towards(true) - towards(false)
        })
    };
    up(effect(downward(1.0), downward(0.3), lead));
}

#[test]
fn managers_know_their_people_better_where_work_runs_along_the_line() {
    let line = |share: f64| move |s: &mut Scenario| s.opportunity.line = Probability::new(share);
    up(effect(line(0.0), line(0.6), |s| {
        at_the_end(s, regard_of_managers)
    }));
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
    let with = |weight: f64| {
        move |s: &mut Scenario| {
            s.opportunity.from_introduction = Factor::new(weight);
        }
    };
    // class of the mutual contacts of those who meet for the first time
    let closed = |s| {
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
    up(effect(with(0.0), with(20.0), closed));
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

#[test]
fn attentive_people_learn_what_others_need_and_give_what_is_wanted() {
    let with = |attentiveness: f64| {
        move |s: &mut Scenario| {
            for strategy in s.strategies.values_mut() {
                strategy.attentiveness = Share::new(attentiveness);
            }
        }
    };
    let insight = |s| {
        at_the_end(s, |world, _| {
            mean(
                records(world)
                    .iter()
                    .map(|(_, _, tie)| f64::from(tie.insight)),
            )
        })
    };
    up(effect(with(0.1), with(0.9), insight));
    let help = |s| {
        let (mut help, mut contacts) = (0.0, 0.0);
        firms::run(s, &mut |world, _| {
            help += weekly(world, |w| f64::from(w.help));
            contacts += weekly(world, |w| f64::from(w.contacts));
        });
        share(help, contacts)
    };
    up(effect(with(0.1), with(0.9), help));
}

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
fn young_and_unembedded_ties_lapse_sooner() {
    // of the ties active half-way, which still are half a year later without any contact between
    let kept: Vec<[f64; 2]> = (0..SEEDS)
        .into_par_iter()
        .map(|seed| {
            let mut scenario = firm(seed);
            scenario.burn_in = Weeks::new(78);
            let (model, world) = firms::run(scenario, &mut |_, _| {});
            let left = |test: &dyn Fn(&Tie) -> bool| {
                mean(
                    records(&world)
                        .iter()
                        .filter(|(_, _, t)| test(t))
                        .map(|(_, _, t)| {
                            let later = model.fading().now(t, i32::from(t.last_contact) + 26)[0];
                            share(f64::from(later), f64::from(t.strength[0]))
                        }),
                )
            };
            let age = |t: &Tie| i32::from(t.last_contact) - i32::from(t.formed);
            [
                left(&|t| age(t) > 52) - left(&|t| age(t) < 13),
                left(&|t| t.fading >> 5 >= 4) - left(&|t| t.fading >> 5 <= 1),
            ]
        })
        .collect();
    for i in 0..2 {
        up(in_standard_errors(
            &kept.iter().map(|k| k[i]).collect::<Vec<_>>(),
        ));
    }
}

#[test]
fn dormant_ties_come_back_stronger_than_new_ones_begin() {
    let with = |revival: f64| move |s: &mut Scenario| s.decay.revival = Share::new(revival);
    // strength after the contact that takes a dormant tie up again
    let after = |s| {
        let mut strengths = Vec::new();
        let mut before: Vec<(u32, u32)> = Vec::new();
        firms::run(s, &mut |world, model| {
            for &(ego, alter) in &before {
                if let Some(tie) = world.tie(ego, alter)
                    && i32::from(tie.last_contact) == world.week
                {
                    strengths.push(f64::from(tie.peak()));
                }
            }
            before = records(world)
                .into_iter()
                .filter(|(_, _, tie)| !model.fading().is_active(tie, world.week))
                .map(|(ego, alter, _)| (ego, alter))
                .collect();
        });
        mean(strengths)
    };
    up(effect(with(0.0), with(1.0), after));
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
    let reputation = |s| {
        at_the_end(s, |world, _| {
            mean(
                world
                    .employees
                    .present()
                    .map(|i| f64::from(world.employees.profiles[i as usize].reputation)),
            )
        })
    };
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
    let t = effect(
        |s| s.dealings.talkative = Share::new(0.0),
        |s| s.dealings.talkative = Share::new(1.0),
        top,
    );
    assert!(t > 4.0, "{t}");
}

#[test]
fn seniors_support_those_who_show_promise() {
    // E86: who has a mentor is the abler; what somebody above holds for one, weighed by the last rating
    let abler = |s| {
        at_the_end(s, |world, _| {
            let (mut weighed, mut all) = (0.0, 0.0);
            for (holder, whom, tie) in records(world) {
                let of = |slot: u32| &world.employees.profiles[slot as usize];
                if of(holder).level > of(whom).level {
                    weighed += f64::from(tie.strength[CAREER] * of(whom).rated());
                    all += f64::from(tie.strength[CAREER]);
                }
            }
            weighed / all
        })
    };
    let t = effect(
        |s| s.exchange.promise = Factor::new(0.0),
        |s| s.exchange.promise = Factor::new(1.0),
        abler,
    );
    assert!(t > 4.0, "{t}");
}
