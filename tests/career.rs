//! Careers in whole firms: that each rule pushes the way its source says, strictly, over replicates.

#![allow(clippy::unwrap_used, reason = "a test that fails here has failed")]

mod firms;

use std::collections::{BTreeMap, BTreeSet};

use allies::mechanisms::Vacancies;
use allies::model::Model;
use allies::scenario::Scenario;
use allies::units::{Factor, Few, Probability, Share, Weeks, Weight};
use allies::world::{DecisionKind, EventKind, World};
use firms::{in_departments_of, run, small};
use rayon::prelude::*;

/// 240 people in departments of 30 over some years.
fn firm(years: u32, seed: u64) -> Scenario {
    let mut scenario = in_departments_of(30, small(240, years, 52, seed));
    scenario.records.ties = false;
    scenario
}

fn mean(values: &[f64]) -> f64 {
    assert!(!values.is_empty(), "nothing to average");
    values.iter().sum::<f64>() / values.len() as f64
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let (x, y): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let (mx, my) = (mean(&x), mean(&y));
    let sum = |f: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|&(a, b)| f(a, b)).sum::<f64>();
    let both = sum(&|a, b| (a - mx) * (b - my));
    both / (sum(&|a, _| (a - mx) * (a - mx)) * sum(&|_, b| (b - my) * (b - my))).sqrt()
}

/// Asserts that each replicate of the one exceeds its twin of the other.
#[track_caller]
fn all_above(more: &[f64], less: &[f64]) {
    assert!(
        more.iter().zip(less).all(|(a, b)| a > b),
        "{more:?} {less:?}"
    );
}

/// Runs three replicates.
fn replicates(of: impl Fn(u64) -> f64) -> Vec<f64> {
    (1..=3).map(of).collect()
}

fn every_year(world: &World) -> bool {
    world.week >= 0 && world.week % 52 == 51
}

#[test]
fn a_managers_skill_shows_in_the_reports_and_not_in_who_is_promoted() {
    // E11: performance predicts promotion; skill at managing predicts what reports yield
    let run_with = |by_manager: f64, seed: u64| {
        let mut scenario = firm(6, seed);
        scenario.work.by_manager = Share::new(by_manager);
        scenario.review.by_potential = Weight::new(0.0);
        let mut skill = Vec::new();
        let mut panels = Vec::new();
        run(scenario, &mut |world: &World, _: &Model| {
            if every_year(world) {
                for slot in world.employees.present() {
                    let post = world.employees.profiles[slot as usize].post;
                    let output = world.employees.standings[slot as usize].performed;
                    if let (Some(m), Some(z)) = (world.organisation.manager_of(post), output) {
                        let managing = world.employees.characters[m as usize].managing;
                        skill.push((f64::from(managing), f64::from(z)));
                    }
                }
            }
            for decision in &world.happenings.decisions {
                if decision.kind == DecisionKind::Promotion {
                    for c in &decision.candidates {
                        let z = world.employees.standings[c.slot as usize].performed;
                        panels.push((f64::from(z.unwrap_or(0.0)), f64::from(u8::from(c.chosen))));
                    }
                }
            }
        });
        (correlation(&skill), correlation(&panels))
    };
    let with: Vec<(f64, f64)> = (1..=3).map(|seed| run_with(0.1, seed)).collect();
    let without: Vec<f64> = replicates(|seed| run_with(0.0, seed).0);
    let reports: Vec<f64> = with.iter().map(|w| w.0).collect();
    all_above(&reports, &without);
    assert!(mean(&reports) > 0.15, "{reports:?}");
    assert!(mean(&without).abs() < 0.1, "{without:?}");
    assert!(
        with.iter().all(|w| w.1 > 0.05),
        "performance promotes: {with:?}"
    );
}

#[test]
fn outside_hires_settle_in_and_are_paid_more_than_those_promoted() {
    // E22: lower evaluations for two years, equal by the third; pay 18 to 20 % more; E12: levels 1.3 to 1.9 apart, more than the raise
    let (mut gap, mut later) = ((Vec::new(), Vec::new()), (Vec::new(), Vec::new()));
    let (mut hired, mut promoted) = (Vec::new(), Vec::new());
    let mut raises = Vec::new();
    let mut pay = vec![Vec::new(); 8];
    for seed in 1..=3 {
        let mut scenario = firm(12, seed);
        scenario.onboarding.shortfall = Share::new(0.3);
        let mut seen: BTreeMap<u32, (i32, bool)> = BTreeMap::new();
        let mut pay_before: BTreeMap<u32, f32> = BTreeMap::new();
        let (_, world) = run(scenario, &mut |world: &World, _: &Model| {
            for event in &world.happenings.events {
                let Some(id) = event.employee else { continue };
                let level = event.to_level.unwrap_or(0) as usize;
                let manages = world.organisation.levels[level].manages;
                if manages && matches!(event.kind, EventKind::Hired | EventKind::Promoted) {
                    let outside = event.kind == EventKind::Hired;
                    seen.insert(id, (world.week, outside));
                    let slot = world
                        .employees
                        .present()
                        .find(|&s| world.employees.profiles[s as usize].id == id);
                    if let Some(slot) = slot {
                        let pay = world.employees.standings[slot as usize].pay.unwrap();
                        let market = libm::pow(1.4, level as f64);
                        let list = if outside { &mut hired } else { &mut promoted };
                        list.push(f64::from(pay) / market);
                        // the last week of a year adds the round that catches up with the market
                        let alone = world.week.rem_euclid(52) != 51;
                        if let Some(before) = pay_before.get(&id).filter(|_| !outside && alone) {
                            raises.push(f64::from(pay / before) - 1.0);
                        }
                    }
                }
            }
            for slot in world.employees.present() {
                let i = slot as usize;
                let id = world.employees.profiles[i].id;
                if let Some(pay) = world.employees.standings[i].pay {
                    pay_before.insert(id, pay);
                }
                let due = world.week >= 0 && world.week % 26 == 0;
                if let (true, Some(&(since, outside)), Some(rating)) =
                    (due, seen.get(&id), world.employees.standings[i].rating)
                {
                    let years = (world.week - since) / 52;
                    let lists = if years < 2 { &mut gap } else { &mut later };
                    let list = if outside { &mut lists.0 } else { &mut lists.1 };
                    if world.week - since >= 26 {
                        list.push(f64::from(rating));
                    }
                }
            }
        });
        for slot in world.employees.present() {
            let level = world.employees.profiles[slot as usize].level as usize;
            pay[level].extend(world.employees.standings[slot as usize].pay.map(f64::from));
        }
    }
    let early = mean(&gap.0) - mean(&gap.1);
    assert!(early < -0.2, "{early}");
    assert!(
        mean(&later.0) - mean(&later.1) > early + 0.2,
        "the gap closes"
    );
    let premium = mean(&hired) / mean(&promoted) - 1.0;
    assert!((0.10..0.25).contains(&premium), "{premium}");
    assert!((mean(&raises) - 0.174).abs() < 0.01, "{}", mean(&raises));
    let levels: Vec<f64> = pay
        .iter()
        .filter(|p| p.len() > 3)
        .map(|p| mean(p))
        .collect();
    let ratios: Vec<f64> = levels.windows(2).map(|w| w[1] / w[0]).collect();
    let ratio = mean(&ratios);
    assert!((1.3..1.9).contains(&ratio) && ratio > 1.174, "{ratios:?}");
}

#[test]
fn exits_of_friends_pull_others_along() {
    // E72g: the quit rate of those who lost a friend in the last quarter, of that of all others
    let ratio = |weight: f64, seed: u64| {
        let mut scenario = firm(8, seed);
        scenario.exit.by_friend_leaving = Weight::new(weight);
        let mut mourning: BTreeSet<u32> = BTreeSet::new();
        let (mut weeks, mut quits) = ([0.0; 2], [0.0; 2]);
        run(scenario, &mut |world: &World, _: &Model| {
            for event in &world.happenings.events {
                if event.kind == EventKind::Left {
                    quits[usize::from(mourning.contains(&event.employee.unwrap()))] += 1.0;
                }
            }
            mourning.clear();
            for slot in world.employees.present() {
                let standing = &world.employees.standings[slot as usize];
                let since = world.week - i32::from(standing.friends_left_week);
                let mourns = standing.friends_left > 0.0 && since < 13;
                weeks[usize::from(mourns)] += 1.0;
                if mourns {
                    mourning.insert(world.employees.profiles[slot as usize].id);
                }
            }
        });
        assert!(weeks[1] > 500.0, "many lose a friend now and then");
        (quits[1] / weeks[1]) / (quits[0] / weeks[0])
    };
    let (with, without) = (replicates(|s| ratio(1.0, s)), replicates(|s| ratio(0.0, s)));
    assert!(mean(&with) > mean(&without) + 0.2, "{with:?} {without:?}");
}

#[test]
fn under_threat_formal_contact_falls_and_comes_back() {
    // E74: formal contact down around the event, back within two to four quarters
    let shape = |withdrawal: f64, seed: u64| {
        let mut scenario = firm(2, seed);
        scenario.threat.withdrawal = Share::new(withdrawal);
        scenario.restructurings = vec![allies::mechanisms::Change {
            week: Weeks::new(40),
            share: Some(Share::new(0.02)),
            announced: Some(Weeks::new(8)),
            ..Default::default()
        }];
        let mut formal = [0.0; 3];
        run(scenario, &mut |world: &World, _: &Model| {
            let during = match world.week {
                10..30 => 0,
                33..43 => 1,
                82..102 => 2,
                _ => return,
            };
            let sum: f64 = world
                .employees
                .weeks
                .iter()
                .map(|w| f64::from(w.formal))
                .sum();
            formal[during] += sum / if during == 1 { 10.0 } else { 20.0 };
        });
        (formal[1] / formal[0], formal[2] / formal[0])
    };
    let with: Vec<(f64, f64)> = (1..=3).map(|s| shape(0.4, s)).collect();
    let during: Vec<f64> = with.iter().map(|w| w.0).collect();
    all_above(&replicates(|s| shape(0.0, s).0), &during);
    assert!(during.iter().all(|&d| d < 0.9), "{during:?}");
    assert!(
        with.iter().all(|w| (0.9..1.1).contains(&w.1)),
        "back again: {with:?}"
    );
}

#[test]
fn a_shaken_firm_loses_more_people_in_the_year_after() {
    // E75c: at the default weights quits rise by 15 to 45 %; here four times as much, so that three firms show it
    let quits = |weight: f64| {
        let all = replicates(|seed| {
            let mut scenario = firm(2, seed);
            scenario.exit.by_upheaval = Weight::new(weight);
            scenario.restructurings = vec![allies::mechanisms::Change {
                week: Weeks::new(20),
                share: Some(Share::new(0.01)),
                ..Default::default()
            }];
            let mut quits = 0.0;
            run(scenario, &mut |world: &World, _: &Model| {
                if (21..73).contains(&world.week) {
                    let left = world.happenings.events.iter();
                    quits += left.filter(|e| e.kind == EventKind::Left).count() as f64;
                }
            });
            quits
        });
        all.iter().sum::<f64>()
    };
    let (with, without) = (quits(1.6), quits(0.0));
    assert!(with > 1.3 * without, "{with} {without}");
}

#[test]
fn panels_with_rules_decide_by_what_the_rules_let_them_see() {
    // how far the choice follows true performance, and how far it follows acquaintance with the panel's managers
    let follows = |set: &dyn Fn(&mut Scenario), seed: u64| {
        let mut scenario = firm(8, seed);
        scenario.review.by_luck = Weight::new(0.2);
        set(&mut scenario);
        let (mut output, mut known) = (Vec::new(), Vec::new());
        run(scenario, &mut |world: &World, model: &Model| {
            for decision in world.happenings.decisions.iter().filter(|d| {
                d.kind == DecisionKind::Promotion && d.candidates.len() > 2 && world.week >= 0
            }) {
                for c in &decision.candidates {
                    let chosen = f64::from(u8::from(c.chosen));
                    let z = world.employees.standings[c.slot as usize].performed;
                    output.push((f64::from(z.unwrap_or(0.0)), chosen));
                    let closest = world
                        .employees
                        .present()
                        .filter(|&m| {
                            m != c.slot
                                && world.employees.profiles[m as usize].level > decision.level
                        })
                        .filter_map(|m| world.tie(m, c.slot))
                        .map(|tie| f64::from(tie.trust * model.fading().closeness(tie, world.week)))
                        .sum::<f64>();
                    known.push((closest, chosen));
                }
            }
        });
        (correlation(&output), correlation(&known))
    };
    let usual: Vec<(f64, f64)> = (1..=3).map(|s| follows(&|_| {}, s)).collect();
    let only: Vec<(f64, f64)> = (1..=3)
        .map(|s| follows(&|sc| sc.review.output_only = true, s))
        .collect();
    let first = |v: &[(f64, f64)]| v.iter().map(|p| p.0).collect::<Vec<_>>();
    let second = |v: &[(f64, f64)]| v.iter().map(|p| p.1).collect::<Vec<_>>();
    all_above(&first(&only), &first(&usual));
    assert!(
        mean(&second(&only)) < mean(&second(&usual)),
        "{usual:?} {only:?}"
    );
}

#[test]
fn those_who_moved_by_choice_get_on_as_the_weight_of_breadth_says() {
    // E23: sign; the share of candidates with a lateral move among those chosen, over their share among all
    let ratio = |weight: f64, seed: u64| {
        let mut scenario = firm(12, seed);
        scenario.review.by_breadth = Weight::new(weight);
        scenario.vacancies.lateral = Probability::new(0.5);
        scenario.vacancies.restless = Probability::new(0.6);
        let (mut all, mut chosen, mut moves) = ([0.0; 2], [0.0; 2], 0);
        run(scenario, &mut |world: &World, _: &Model| {
            for event in &world.happenings.events {
                if event.kind == EventKind::Moved {
                    moves += 1;
                    assert_ne!(event.from_department, event.to_department);
                    assert_eq!(event.from_level, event.to_level);
                }
            }
            for decision in &world.happenings.decisions {
                for c in &decision.candidates {
                    if decision.kind == DecisionKind::Promotion {
                        let moved = world.employees.standings[c.slot as usize].laterals > 0;
                        all[usize::from(moved)] += 1.0;
                        chosen[usize::from(moved)] += f64::from(u8::from(c.chosen));
                    }
                }
            }
        });
        assert!(moves > 50, "{moves}");
        (chosen[1] / all[1]) / (chosen[0] / all[0])
    };
    let (with, without) = (replicates(|s| ratio(2.0, s)), replicates(|s| ratio(0.0, s)));
    all_above(&with, &without);
    assert!(mean(&with) > 1.2, "{with:?}");
}

#[test]
fn refusals_and_demotions_happen_and_demotions_stay_rare() {
    // E6: demotions under 2 % a year, and more of them where more vacancies go that way
    let rates = |demoted: f64, refused: f64| {
        let mut scenario = firm(8, 1);
        scenario.vacancies.refused = Probability::new(refused);
        scenario.vacancies.demoted = Probability::new(demoted);
        let (mut down, mut refused) = (0.0, 0.0);
        run(scenario, &mut |world: &World, _: &Model| {
            for event in world.happenings.events.iter().filter(|_| world.week >= 0) {
                down += f64::from(u8::from(event.kind == EventKind::Demoted));
                refused += f64::from(u8::from(event.kind == EventKind::Refused));
                if event.kind == EventKind::Demoted {
                    assert_eq!(event.from_level.unwrap(), event.to_level.unwrap() + 1);
                }
            }
        });
        (down / (240.0 * 8.0), refused)
    };
    let (usual, refused) = rates(Vacancies::default().demoted.get(), 0.5);
    let (often, never) = rates(1.0, 0.0);
    assert!(usual < 0.02 && often > usual, "{usual} {often}");
    assert!(refused > 0.0 && never == 0.0, "{refused} {never}");
}

#[test]
fn crossing_projects_with_a_translator_succeed_more() {
    let gap = |weight: f64, seed: u64| {
        let mut scenario = firm(6, seed);
        scenario.projects.by_translator = Weight::new(weight);
        scenario.projects.fluent = Few::new(1);
        scenario.projects.share = Share::new(0.8);
        let (mut with, mut all) = ([0.0; 2], [0.0; 2]);
        run(scenario, &mut |world: &World, _: &Model| {
            let p = world.happenings.projects;
            with = [
                with[0] + f64::from(p.translated),
                with[1] + f64::from(p.translated_won),
            ];
            all = [
                all[0] + f64::from(p.crossing),
                all[1] + f64::from(p.crossing_won),
            ];
        });
        assert!(
            with[0] > 20.0 && all[0] - with[0] > 20.0,
            "{with:?} {all:?}"
        );
        with[1] / with[0] - (all[1] - with[1]) / (all[0] - with[0])
    };
    let (with, without) = (replicates(|s| gap(1.5, s)), replicates(|s| gap(0.0, s)));
    all_above(&with, &without);
    assert!(mean(&with) > 0.15, "{with:?}");
}

#[test]
fn new_ranks_are_read_into_the_ties() {
    // friendship between new bosses and the peers that now report to them, after half a year
    let warmth = |distance: f64, seed: u64| {
        let mut scenario = firm(8, seed);
        scenario.evolution.distance = Share::new(distance);
        let mut new: BTreeMap<u32, i32> = BTreeMap::new();
        let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
        let mut warm = Vec::new();
        run(scenario, &mut |world: &World, model: &Model| {
            for event in &world.happenings.events {
                *kinds.entry(event.kind.word()).or_default() += 1;
                if event.kind == EventKind::BecameBoss {
                    new.insert(event.employee.unwrap(), world.week);
                }
            }
            for slot in world.employees.present() {
                let profile = &world.employees.profiles[slot as usize];
                if new.get(&profile.id) == Some(&(world.week - 4)) {
                    for &post in world.organisation.reports(profile.post) {
                        let report = world.organisation.posts[post as usize].holder;
                        let tie = (report != u32::MAX)
                            .then(|| world.tie(report, slot))
                            .flatten();
                        if let Some(tie) = tie.filter(|tie| i32::from(tie.formed) < world.week - 4)
                        {
                            warm.push(f64::from(model.fading().now(tie, world.week)[1]));
                        }
                    }
                }
            }
        });
        assert!(
            kinds["became_boss"] > 4 && kinds.contains_key("mentor_left"),
            "{kinds:?}"
        );
        mean(&warm)
    };
    // few become boss over former peers in one firm: twelve firms, paired
    let differences: Vec<f64> = (1..=12)
        .into_par_iter()
        .map(|seed| warmth(0.0, seed) - warmth(0.9, seed))
        .collect();
    let centre = mean(&differences);
    let spread = mean(
        &differences
            .iter()
            .map(|d| (d - centre) * (d - centre))
            .collect::<Vec<_>>(),
    );
    let error = (spread / (differences.len() - 1) as f64).sqrt();
    assert!(centre > 3.0 * error, "{centre} +- {error}");
}

#[test]
fn a_sponsors_protection_is_a_dial() {
    // advocacy of those let go against those kept in a large cut
    let gap = |protection: f64, seed: u64| {
        let mut scenario = firm(1, seed);
        scenario.restructuring.protection = Factor::new(protection);
        scenario.review.short_list = Few::new(12);
        scenario.restructurings = vec![allies::mechanisms::Change {
            week: Weeks::new(30),
            share: Some(Share::new(0.3)),
            ..Default::default()
        }];
        let (mut gone, mut kept) = (Vec::new(), Vec::new());
        run(scenario, &mut |world: &World, _: &Model| {
            for decision in &world.happenings.decisions {
                if decision.kind == DecisionKind::Layoff {
                    for c in &decision.candidates {
                        let list = if c.chosen { &mut gone } else { &mut kept };
                        list.push(f64::from(u8::from(c.advocates > 0)));
                    }
                }
            }
        });
        mean(&kept) - mean(&gone)
    };
    all_above(&replicates(|s| gap(20.0, s)), &replicates(|s| gap(0.0, s)));
}

#[test]
fn influence_need_not_follow_rank() {
    // how far influence goes with rank, with and without informal standing
    let with_rank = |by_standing: f64, seed: u64| {
        let mut scenario = firm(4, seed);
        scenario.influence.by_standing = allies::units::Strength::new(by_standing);
        let (_, world) = run(scenario, &mut |_: &World, _: &Model| {});
        let pairs: Vec<(f64, f64)> = world
            .employees
            .present()
            .map(|s| {
                let profile = &world.employees.profiles[s as usize];
                let rank = f64::from(profile.level) / (world.organisation.levels.len() - 1) as f64;
                (rank * rank, f64::from(profile.influence))
            })
            .collect();
        correlation(&pairs)
    };
    let (without, with) = (
        replicates(|s| with_rank(0.0, s)),
        replicates(|s| with_rank(0.9, s)),
    );
    all_above(&without, &with);
    assert!(
        without.iter().all(|&r| r > 0.999),
        "rank alone: {without:?}"
    );
    assert!(with.iter().all(|&r| r < 0.97), "{with:?}");
}

#[test]
fn those_passed_over_leave_more() {
    // E25: the quit rate of those passed over within a year, of that of all others
    let ratio = |weight: f64, seed: u64| {
        let mut scenario = firm(8, seed);
        scenario.exit.by_passed_over = Weight::new(weight);
        let mut passed: BTreeSet<u32> = BTreeSet::new();
        let (mut weeks, mut quits) = ([0.0; 2], [0.0; 2]);
        run(scenario, &mut |world: &World, _: &Model| {
            for event in &world.happenings.events {
                if event.kind == EventKind::Left {
                    quits[usize::from(passed.contains(&event.employee.unwrap()))] += 1.0;
                }
            }
            passed.clear();
            for slot in world.employees.present() {
                let since = world.employees.standings[slot as usize].passed_over;
                let hurts = since != i16::MIN && world.week - i32::from(since) < 51;
                weeks[usize::from(hurts)] += 1.0;
                if hurts {
                    passed.insert(world.employees.profiles[slot as usize].id);
                }
            }
        });
        (quits[1] / weeks[1]) / (quits[0] / weeks[0])
    };
    let (with, without) = (replicates(|s| ratio(1.0, s)), replicates(|s| ratio(0.0, s)));
    all_above(&with, &without);
    assert!(mean(&with) > mean(&without) + 0.5, "{with:?} {without:?}");
}

#[test]
fn informal_ties_follow_a_new_structure_as_fast_as_the_dial_says() {
    // E75h: collaboration between those whom a dissolution has parted, two weeks later and without a contact since
    let across = |responsiveness: f64, seed: u64| {
        let mut scenario = firm(1, seed);
        scenario.evolution.responsiveness = Share::new(responsiveness);
        let name = scenario.organisation.departments[2].name.clone();
        scenario.restructurings = vec![allies::mechanisms::Change {
            week: Weeks::new(20),
            kind: allies::mechanisms::restructuring::Kind::Dissolve,
            department: Some(name),
            share: Some(Share::new(1.0)),
            ..Default::default()
        }];
        let (mut before, mut found): (BTreeMap<u32, u16>, Vec<f64>) = Default::default();
        run(scenario, &mut |world: &World, model: &Model| {
            let profile = |slot: u32| &world.employees.profiles[slot as usize];
            for ego in world.employees.present() {
                if world.week == 19 {
                    before.insert(profile(ego).id, profile(ego).department);
                }
                if world.week != 22 {
                    continue;
                }
                for (_, alter, tie) in world.ties.row(ego).iter() {
                    let was = |slot: u32| before.get(&profile(slot).id);
                    if was(ego).is_some()
                        && was(ego) == was(alter)
                        && world.tie(ego, alter).is_some()
                        && profile(ego).department != profile(alter).department
                        && tie.formed < 20
                        && tie.last_contact < 20
                    {
                        found.push(f64::from(model.fading().now(tie, world.week)[0]));
                    }
                }
            }
        });
        mean(&found)
    };
    all_above(
        &replicates(|s| across(0.0, s)),
        &replicates(|s| across(0.8, s)),
    );
}

#[test]
fn who_came_to_the_level_lately_rises_sooner() {
    // E6, fast tracks: time on the level of those promoted, in weeks
    let waited = |weight: f64, seed: u64| {
        let mut scenario = firm(8, seed);
        scenario.review.by_pace = Weight::new(weight);
        let mut since: BTreeMap<u32, i32> = BTreeMap::new();
        let mut waits = Vec::new();
        run(scenario, &mut |world: &World, _: &Model| {
            for event in &world.happenings.events {
                if let (EventKind::Promoted, Some(id)) = (event.kind, event.employee) {
                    waits.extend(since.get(&id).map(|since| f64::from(world.week - since)));
                }
            }
            for slot in world.employees.present() {
                let i = slot as usize;
                let on = world.employees.standings[i].level_since;
                since.insert(world.employees.profiles[i].id, i32::from(on));
            }
        });
        mean(&waits)
    };
    let (with, without) = (
        replicates(|seed| waited(1.2, seed)),
        replicates(|seed| waited(0.0, seed)),
    );
    all_above(&without, &with);
}
