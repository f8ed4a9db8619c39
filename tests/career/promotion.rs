//! Who is chosen, and who declines (M15).

use std::collections::BTreeMap;

use crate::firms::run;
use crate::replicates::{all_above, correlation, every_year, firm, mean, replicates};
use allies::mechanisms::Vacancies;
use allies::model::Model;
use allies::scenario::Scenario;
use allies::units::{Probability, Share, Weight};
use allies::world::{DecisionKind, EventKind, World};

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
