//! Restructurings, and ties read anew after them and after promotions (M17, M18).

use std::collections::BTreeMap;

use crate::firms::run;
use crate::replicates::{all_above, firm, mean, replicates};
use allies::model::Model;
use allies::units::{Factor, Few, Share, Weeks};
use allies::world::{DecisionKind, EventKind, World};
use rayon::prelude::*;

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
