//! Each kind of programme: whom it moves, by how much, and for how long.

use std::collections::BTreeSet;

use crate::firms::{everyone, run};
use crate::trials::{firm, is_more, ties, ties_elsewhere, trial};
use allies::interventions::{Kind, Programme};
use allies::model::Model;
use allies::units::{Factor, Hours, Share};
use allies::world::{EventKind, World};

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
        everyone(&world)
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
    assert_eq!(everyone(&world), none, "switched off");
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
