//! HR programmes as trials, and what news, incidents and learning do: the direction, strictly, over replicates.
//!
//! Each replicate is a firm of its own seed. A difference counts when its mean over the replicates is three of its
//! standard errors from nothing; the standard error comes from the replicates, so there is no tolerance to set.

#![allow(clippy::unwrap_used, reason = "a test that fails here has failed")]

mod firms;

use std::collections::{BTreeMap, BTreeSet};

use allies::interventions::{Kind, Programme};
use allies::model::Model;
use allies::scenario::Scenario;
use allies::units::{Factor, Hours, Probability, Rate, Share, Weeks};
use allies::world::{Enrolment, EventKind, World};
use firms::{in_departments_of, run, small};

/// A firm of several departments over one year, with one programme from week 0.
fn firm(seed: u64, kind: Kind, weeks: u32) -> Scenario {
    let mut scenario = in_departments_of(15, small(120, 1, 40, seed));
    scenario.programmes = vec![Programme {
        kind,
        weeks: Weeks::new(weeks),
        coverage: Share::new(0.5),
        hours: Hours::new(0.5),
        ..Programme::default()
    }];
    scenario
}

/// Mean, and standard error of the mean.
fn mean(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}

#[track_caller]
fn is_more(what: &str, differences: &[f64]) {
    let (mean, error) = mean(differences);
    assert!(
        mean > 3.0 * error && mean > 0.0,
        "{what}: {mean} +- {error}: {differences:?}"
    );
}

/// Difference between those drawn and those not, in the sum of `measure` over the weeks from `from` on.
fn trial(scenario: Scenario, from: i32, measure: impl Fn(&World, &Model, u32) -> f64) -> f64 {
    let mut drawn: Vec<Enrolment> = Vec::new();
    let mut sums: BTreeMap<u32, f64> = BTreeMap::new();
    run(scenario, &mut |world, model| {
        drawn.extend(world.happenings.enrolments.iter().cloned());
        if world.week < from {
            return;
        }
        for slot in world.employees.present() {
            let id = world.employees.profiles[slot as usize].id;
            *sums.entry(id).or_default() += measure(world, model, slot);
        }
    });
    assert!(drawn.len() > 20, "{} were eligible", drawn.len());
    let of = |treated: bool| {
        let values: Vec<f64> = drawn
            .iter()
            .filter(|e| e.treated == treated)
            .filter_map(|e| sums.get(&e.employee).copied())
            .collect();
        values.iter().sum::<f64>() / values.len() as f64
    };
    of(true) - of(false)
}

/// Active ties of a person that `counts` accepts: (own slot, other's slot).
fn ties(world: &World, slot: u32, counts: impl Fn(u32, u32) -> bool) -> f64 {
    let row = world.ties.row(slot);
    let active = row.iter().filter(|(at, alter, _)| {
        i32::from(row.active_until[*at]) >= world.week
            && world.tie(slot, *alter).is_some()
            && counts(slot, *alter)
    });
    active.count() as f64
}

fn ties_elsewhere(world: &World, _: &Model, slot: u32) -> f64 {
    let department = |slot: u32| world.employees.profiles[slot as usize].department;
    ties(world, slot, |a, b| department(a) != department(b))
}

#[test]
fn training_raises_contacts_and_fades() {
    let contacts = |world: &World, _: &Model, slot: u32| {
        f64::from(world.employees.weeks[slot as usize].contacts)
    };
    let mut soon = Vec::new();
    for seed in 0..24 {
        let mut scenario = firm(seed, Kind::Training, 8);
        scenario.programmes[0].dose = Factor::new(2.0);
        soon.push(trial(scenario, 8, contacts));
    }
    is_more("contacts after training", &soon);
    // two years on, at a half-life of 8 weeks, skill and habits are what they were
    let mut scenario = firm(1, Kind::Training, 8);
    scenario.years = allies::units::Years::new(2);
    scenario.interventions.training.half_life = allies::units::HalfLife::new(8.0);
    let (_, world) = run(scenario, &mut |world, _| {
        if world.week == 8 {
            assert!(!world.programmes.participations.is_empty());
        }
    });
    assert!(world.programmes.participations.is_empty());
    for slot in world.employees.present() {
        assert!(
            world.employees.characters[slot as usize]
                .habits
                .effort
                .abs()
                < 1e-4
        );
    }
}

#[test]
fn a_mentor_opens_the_door_to_senior_people() {
    let senior = |world: &World, _: &Model, slot: u32| {
        let level = |slot: u32| world.employees.profiles[slot as usize].level;
        ties(world, slot, |a, b| level(b) > level(a))
    };
    // a small effect takes more replicates to tell from chance
    let differences: Vec<f64> = (0..30)
        .map(|seed| trial(firm(seed, Kind::Mentoring, 52), 51, senior))
        .collect();
    is_more("ties to senior people", &differences);
}

#[test]
fn a_sponsor_speaks_before_panels() {
    let mut differences = Vec::new();
    for seed in 0..10 {
        let mut scenario = firm(seed, Kind::Sponsorship, 52);
        scenario.programmes[0].dose = Factor::new(1.5);
        let mut treated: BTreeSet<u32> = BTreeSet::new();
        let (mut with, mut without) = ((0.0, 0.0), (0.0, 0.0));
        run(scenario, &mut |world, _| {
            let drawn = world.happenings.enrolments.iter().filter(|e| e.treated);
            treated.extend(drawn.filter(|e| e.partner.is_some()).map(|e| e.employee));
            if world.week < 0 {
                return;
            }
            for candidate in world
                .happenings
                .decisions
                .iter()
                .flat_map(|d| &d.candidates)
            {
                let sum = if treated.contains(&candidate.employee) {
                    &mut with
                } else {
                    &mut without
                };
                *sum = (sum.0 + 1.0, sum.1 + candidate.advocacy);
            }
        });
        differences.push(with.1 / with.0 - without.1 / without.0);
    }
    is_more("advocacy at panels", &differences);
}

#[test]
fn lunch_coffee_and_rotation_make_ties_to_other_departments() {
    for (kind, weeks) in [
        (Kind::LunchAndLearn, 52),
        (Kind::VirtualCoffee, 52),
        (Kind::Rotation, 26),
    ] {
        let differences: Vec<f64> = (0..24)
            .map(|seed| trial(firm(seed, kind, weeks), 51, ties_elsewhere))
            .collect();
        is_more(kind.word(), &differences);
    }
}

#[test]
fn after_a_rotation_everyone_who_can_is_back() {
    let mut moved = Vec::new();
    let scenario = firm(3, Kind::Rotation, 20);
    run(scenario, &mut |world, _| {
        let events = world.happenings.events.iter();
        moved.extend(
            events
                .filter(|e| e.kind == EventKind::Programme && e.from_department != e.to_department)
                .map(|e| {
                    (
                        world.week,
                        e.employee.unwrap(),
                        e.from_department,
                        e.to_department,
                    )
                }),
        );
        if world.week == 10 {
            world.organisation.check_tree().unwrap();
        }
    });
    let there: Vec<_> = moved.iter().filter(|m| m.0 == 0).collect();
    let back: Vec<_> = moved.iter().filter(|m| m.0 == 20).collect();
    assert!(there.len() > 10 && back.len() > there.len() / 2);
    for (_, who, from, to) in back {
        let before = there.iter().find(|m| m.1 == *who).unwrap();
        assert_eq!((before.2, before.3), (*to, *from));
    }
}

#[test]
fn a_cooperation_culture_makes_people_answer_while_it_lasts() {
    let declined = |world: &World, _: &Model, slot: u32| {
        -f64::from(world.employees.weeks[slot as usize].declined)
    };
    let differences: Vec<f64> = (0..10)
        .map(|seed| {
            let mut scenario = firm(seed, Kind::CooperationCulture, 52);
            scenario.programmes[0].dose = Factor::new(2.0);
            // nobody declines for want of hours
            scenario.acceptance.courtesy = Hours::new(60.0);
            trial(scenario, 10, declined)
        })
        .collect();
    is_more("calls answered", &differences);
}

#[test]
fn monitoring_dampens_the_word_within_cliques() {
    let mut differences = Vec::new();
    for seed in 0..10 {
        let advocacy = |damping: f64| {
            let mut scenario = firm(seed, Kind::Monitoring, 52);
            scenario.programmes[0].coverage = Share::new(1.0);
            scenario.interventions.monitoring.damping = Share::new(damping);
            let (mut n, mut sum, mut dampened) = (0.0, 0.0, 0);
            run(scenario, &mut |world, _| {
                if world.week < 0 {
                    return;
                }
                for c in world
                    .happenings
                    .decisions
                    .iter()
                    .flat_map(|d| &d.candidates)
                {
                    n += 1.0;
                    sum += c.advocacy;
                    dampened += u32::from(c.dampened);
                }
            });
            (sum / n, dampened)
        };
        let ((free, none), (watched, some)) = (advocacy(0.0), advocacy(1.0));
        assert!(none == 0 && some > 0, "{none} and {some} were dampened");
        differences.push(free - watched);
    }
    is_more("advocacy lost", &differences);
}

#[test]
fn a_programme_that_reaches_nobody_changes_nobody() {
    let run_with = |programmes: Vec<Programme>| {
        let mut scenario = firm(5, Kind::Training, 20);
        scenario.programmes = programmes;
        let (_, world) = run(scenario, &mut |_, _| {});
        firms::everyone(&world)
    };
    let none = run_with(Vec::new());
    for kind in [
        Kind::Training,
        Kind::Mentoring,
        Kind::Sponsorship,
        Kind::LunchAndLearn,
        Kind::Rotation,
        Kind::VirtualCoffee,
        Kind::CooperationCulture,
        Kind::Monitoring,
    ] {
        let nobody = Programme {
            kind,
            coverage: Share::new(0.0),
            ..Programme::default()
        };
        assert_eq!(run_with(vec![nobody]), none, "{}", kind.word());
    }
    let mut off = firm(5, Kind::Training, 20);
    off.interventions.training.enabled = false;
    let (_, world) = run(off, &mut |world, _| {
        assert!(world.happenings.enrolments.is_empty());
    });
    assert_eq!(firms::everyone(&world), none, "switched off");
}

#[test]
fn hours_of_a_programme_are_lost_to_work() {
    let output = |world: &World, _: &Model, slot: u32| {
        -f64::from(world.employees.weeks[slot as usize].output)
    };
    let differences: Vec<f64> = (0..10)
        .map(|seed| {
            let mut scenario = firm(seed, Kind::Training, 52);
            scenario.programmes[0].hours = Hours::new(12.0);
            scenario.programmes[0].dose = Factor::new(0.0);
            trial(scenario, 0, output)
        })
        .collect();
    is_more("output lost", &differences);
}

/// Slope of y on x beside z, by least squares.
fn slope_beside(points: &[(f64, f64, f64)]) -> f64 {
    let n = points.len() as f64;
    let m = |f: fn(&(f64, f64, f64)) -> f64| points.iter().map(f).sum::<f64>() / n;
    let (mx, my, mz) = (m(|p| p.0), m(|p| p.1), m(|p| p.2));
    let s = |f: &dyn Fn(f64, f64, f64) -> f64| {
        points
            .iter()
            .map(|p| f(p.0 - mx, p.1 - my, p.2 - mz))
            .sum::<f64>()
    };
    let (xx, zz, xz) = (
        s(&|x, _, _| x * x),
        s(&|_, _, z| z * z),
        s(&|x, _, z| x * z),
    );
    let (xy, zy) = (s(&|x, y, _| x * y), s(&|_, y, z| z * y));
    (xy * zz - zy * xz) / (xx * zz - xz * xz)
}

#[test]
fn those_who_bridge_departments_have_more_ideas() {
    let mut ideas = Vec::new();
    for seed in 0..8 {
        let scenario = in_departments_of(15, small(150, 2, 40, seed));
        // share of contacts that cross departments, contacts, and what came of them in the second year
        let mut seen: BTreeMap<u32, [f64; 2]> = BTreeMap::new();
        let mut ends: Vec<(f64, f64, f64)> = Vec::new();
        run(scenario, &mut |world, _| {
            if world.week < 52 {
                return;
            }
            for slot in world.employees.present() {
                let id = world.employees.profiles[slot as usize].id;
                let week = &world.employees.weeks[slot as usize];
                let sums = seen.entry(id).or_default();
                sums[0] += f64::from(week.contacts);
                sums[1] += f64::from(week.across);
                let profile = &world.employees.profiles[slot as usize];
                if world.week == 103 && profile.hired < 52 {
                    let news = world.employees.standings[slot as usize].year_news;
                    let across = sums[1] / sums[0];
                    ends.push((across, f64::from(news.ideas), sums[0]));
                }
            }
        });
        assert!(ends.len() > 80);
        ideas.push(slope_beside(&ends));
    }
    is_more(
        "ideas by share of contacts across, beside the number of contacts",
        &ideas,
    );
}

#[test]
fn a_record_that_carries_defends_and_a_hollow_tie_does_not() {
    let (mut defended, mut sincere) = (Vec::new(), Vec::new());
    for seed in 0..8 {
        let mut scenario = in_departments_of(15, small(150, 1, 60, seed));
        scenario.incidents.yearly_rate = Rate::new(6.0);
        // two ways of relating that differ in sincerity alone
        let honest = allies::world::Behaviour {
            sincerity: Probability::new(1.0),
            curiosity: Probability::new(1.0),
            ..allies::world::Behaviour::default()
        };
        let feigning = allies::world::Behaviour {
            sincerity: Probability::new(0.1),
            curiosity: Probability::new(0.0),
            ..allies::world::Behaviour::default()
        };
        scenario.strategies = BTreeMap::from([
            ("honest".to_owned(), honest),
            ("feigning".to_owned(), feigning),
        ]);
        scenario.assignment.shares = BTreeMap::from([
            ("honest".to_owned(), Share::new(0.5)),
            ("feigning".to_owned(), Share::new(0.5)),
        ]);
        let mut by_way: BTreeMap<String, (f64, f64)> = BTreeMap::new();
        let (mut with, mut without) = ((0.0, 0.0), (0.0, 0.0));
        run(scenario, &mut |world, _| {
            for incident in &world.happenings.incidents {
                if incident.counted_on == 0 {
                    continue;
                }
                let name = world.strategies.label_for_records(incident.strategy);
                let sum = by_way.entry(name.to_owned()).or_default();
                *sum = (
                    sum.0 + 1.0,
                    sum.1 + f64::from(u8::from(incident.defenders > 0)),
                );
                let group = if incident.defenders > 0 {
                    &mut with
                } else {
                    &mut without
                };
                *group = (group.0 + 1.0, group.1 + f64::from(incident.harm));
            }
        });
        assert!(without.0 > 20.0, "ties that were counted on have failed");
        defended.push(without.1 / without.0 - with.1 / with.0);
        let share = |name: &str| by_way[name].1 / by_way[name].0;
        sincere.push(share("honest") - share("feigning"));
    }
    is_more("harm averted by defenders", &defended);
    is_more("defended among those who counted on somebody", &sincere);
}

#[test]
fn incidents_cost_reputation_and_ratings() {
    let mut differences = Vec::new();
    for seed in 0..8 {
        let reputation = |rate: f64| {
            let mut scenario = in_departments_of(15, small(120, 1, 40, seed));
            scenario.incidents.yearly_rate = Rate::new(rate);
            let (_, world) = run(scenario, &mut |_, _| {});
            let n = f64::from(world.employees.headcount());
            let profiles = &world.employees.profiles;
            let sum: f64 = world
                .employees
                .present()
                .map(|slot| f64::from(profiles[slot as usize].reputation))
                .sum();
            sum / n
        };
        differences.push(reputation(0.0) - reputation(4.0));
    }
    is_more("reputation lost", &differences);
}

#[test]
fn the_discouraged_relate_less_and_the_way_of_those_who_got_on_spreads() {
    let mut fewer = Vec::new();
    let mut taken_over = 0;
    for seed in 0..8 {
        let mut contacts = |enabled: bool| {
            let mut scenario = in_departments_of(15, small(120, 2, 40, seed));
            scenario.learning.enabled = enabled;
            scenario.learning.by_passing_over = Share::new(0.8);
            let mut sum = 0.0;
            let (_, world) = run(scenario, &mut |world, _| {
                if world.week >= 52 {
                    for slot in world.employees.present() {
                        sum += f64::from(world.employees.weeks[slot as usize].contacts);
                    }
                }
            });
            let standings = &world.employees.standings;
            taken_over += standings
                .iter()
                .map(|s| u32::from(s.imitations))
                .sum::<u32>();
            sum / f64::from(world.employees.headcount()) / 52.0
        };
        fewer.push(contacts(false) - contacts(true));
    }
    assert!(taken_over > 8, "{taken_over} took over another's way");
    is_more("contacts lost", &fewer);
}
