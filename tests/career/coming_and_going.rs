//! Hires from outside, pay and exits (M16).

use std::collections::{BTreeMap, BTreeSet};

use crate::firms::run;
use crate::replicates::{all_above, firm, mean, replicates};
use allies::model::Model;
use allies::units::{Share, Weeks, Weight};
use allies::world::{EventKind, World};

#[test]
fn outside_hires_settle_in_and_are_paid_more_than_those_promoted() {
    // E22: lower evaluations for two years, equal by the third; pay 18 to 20 % more; E12: levels 1.3 to 1.9 apart, more than the raise
    let (mut gap, mut later) = ((Vec::new(), Vec::new()), (Vec::new(), Vec::new()));
    let (mut hired, mut promoted) = (Vec::new(), Vec::new());
    let mut raises = Vec::new();
    let mut pay = vec![Vec::new(); 8];
    for seed in 1..=12 {
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
