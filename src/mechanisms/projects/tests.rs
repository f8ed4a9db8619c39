//! Projects staffed, ended and dissolved, in firms built by hand.

use super::*;
use crate::random::{Randomness, Shapes};
use crate::world::small_firm::{SmallFirm, put_tie};

/// 1 + 2 * 30 * 11 = 661 people.
const FIRM: SmallFirm = SmallFirm {
    departments: 2,
    leads: 30,
    staff: 10,
};

fn rule() -> Projects {
    Projects {
        enabled: true,
        share: Share::new(0.0),
        size: Few::new(4),
        weeks_shortest: Weeks::new(5),
        weeks_longest: Weeks::new(9),
        crossing: Probability::new(0.0),
        base: Weight::new(0.5),
        by_competence: Weight::new(0.5),
        by_collaboration: Weight::new(2.0),
        crossing_cost: Weight::new(0.4),
        gain: Factor::new(1.0),
        crossing_gain: Factor::new(1.5),
        visibility: Share::new(0.1),
        by_translator: Weight::new(0.0),
        ..Projects::default()
    }
}

fn run(rule: &Projects, world: &mut World) {
    let (randomness, shapes) = (Randomness::new(3), Shapes::default());
    let step = Step {
        week: world.week,
        randomness: &randomness,
        shapes: &shapes,
    };
    rule.run(world, step, |tie, _| tie.strength[0]);
}

/// A firm of pairs on projects that end now; everyone of competence 1.
fn pairs(strength: f32, crosses: bool) -> World {
    let mut world = FIRM.build();
    for first in (0..660_u32).step_by(2) {
        let members = vec![first, first + 1];
        for &m in &members {
            world.employees.standings[m as usize].project = first / 2;
            world.employees.characters[m as usize].competence = 1.0;
        }
        let tie = crate::world::Tie {
            strength: [strength; 3],
            ..Default::default()
        };
        put_tie(&mut world, first, first + 1, tie);
        put_tie(&mut world, first + 1, first, tie);
        world.projects.push(Project {
            members,
            ends: world.week - 1,
            crosses,
            running: true,
        });
    }
    world
}

/// Share of the 330 pairs that succeeded.
fn success(rule: &Projects, strength: f32, crosses: bool) -> f64 {
    let mut world = pairs(strength, crosses);
    run(rule, &mut world);
    assert!(
        world
            .projects
            .iter()
            .all(|p| !p.running && p.members.is_empty()),
        "all have ended"
    );
    assert!(
        world
            .employees
            .standings
            .iter()
            .all(|s| s.project == NOBODY)
    );
    let won = world
        .employees
        .standings
        .iter()
        .filter(|s| s.output > 0.0)
        .count();
    won as f64 / 660.0
}

#[test]
fn projects_succeed_with_the_logistic_probability() {
    // 0.5 + 0.5 * 1 + 2 * (0.25 - 0.25) = 1 within, 0.6 across; n = 330, four standard errors
    for (crosses, utility) in [(false, 1.0_f64), (true, 0.6)] {
        let p = 1.0 / (1.0 + libm::exp(-utility));
        let share = success(&rule(), 0.25, crosses);
        assert!(
            (share - p).abs() < 4.0 * (p * (1.0 - p) / 330.0).sqrt(),
            "{share} {p}"
        );
    }
}

#[test]
fn those_who_work_well_together_succeed_more_often() {
    let (weak, strong) = (success(&rule(), 0.0, false), success(&rule(), 0.9, false));
    assert!(weak < strong, "{weak} {strong}");
    assert!(
        success(&rule(), 0.25, true) < success(&rule(), 0.25, false),
        "crossing costs"
    );
}

#[test]
fn a_translator_between_the_functions_raises_success_as_the_equation_says() {
    // pairs of a 0-to-329 of function 0 and a partner of function 1: utility 0.6 without, 1.6 with a translator
    let rule = Projects {
        by_translator: Weight::new(1.0),
        translates: Strength::new(0.2),
        fluent: Few::new(2),
        ..rule()
    };
    let share = |ties: u32, strength: f32| {
        let mut world = pairs(0.25, true);
        for first in (0..660_u32).step_by(2) {
            world.employees.profiles[first as usize].function = 0;
            world.employees.profiles[first as usize + 1].function = 1;
            for other in 1..ties {
                let tie = Tie {
                    strength: [strength; 3],
                    ..Tie::default()
                };
                put_tie(&mut world, first, (first + 1 + 2 * other) % 660, tie);
            }
        }
        run(&rule, &mut world);
        let counts = world.happenings.projects;
        assert_eq!((counts.ended, counts.crossing), (330, 330));
        assert_eq!(counts.won, counts.crossing_won);
        (counts.translated, f64::from(counts.won) / 330.0)
    };
    let p = |u: f64| 1.0 / (1.0 + libm::exp(-u));
    let near = |found: f64, p: f64| (found - p).abs() < 4.0 * (p * (1.0 - p) / 330.0).sqrt();
    let (translated, without) = share(1, 0.0);
    assert!(
        translated == 0 && near(without, p(0.6)),
        "one tie, to the partner, is not fluent"
    );
    let (translated, weak) = share(2, 0.1);
    assert!(translated == 0 && weak == without, "nor is a weak one");
    let (translated, with) = share(2, 0.25);
    assert!(translated == 330 && near(with, p(1.6)), "{with}");
    assert!(with > without);
}

#[test]
fn a_project_within_a_function_needs_no_translator() {
    let rule = Projects {
        by_translator: Weight::new(20.0),
        fluent: Few::new(0),
        ..rule()
    };
    let mut world = pairs(0.25, false);
    run(&rule, &mut world);
    assert_eq!(world.happenings.projects.translated, 0);
}

#[test]
fn success_is_worth_what_the_parameters_say_and_makes_known() {
    let certain = Projects {
        base: Weight::new(20.0),
        ..rule()
    };
    for (crosses, worth) in [(false, 1.0), (true, 1.5)] {
        let mut world = pairs(0.25, crosses);
        world.employees.profiles[7].known = 0.5;
        run(&certain, &mut world);
        let standing = &world.employees.standings[7];
        assert_eq!((standing.output, standing.year_output), (worth, worth));
        assert!(
            (world.employees.profiles[7].known - 0.55).abs() < 1e-6,
            "0.5 + 0.1 * 0.5"
        );
        assert_eq!(
            world.employees.standings[660].output, 0.0,
            "who was on none gets nothing"
        );
    }
    let hopeless = Projects {
        base: Weight::new(-20.0),
        ..rule()
    };
    assert_eq!(success(&hopeless, 0.25, false), 0.0);
}

#[test]
fn projects_are_staffed_by_free_people_of_the_leaders_department() {
    let mut world = FIRM.build();
    run(
        &Projects {
            share: Share::new(1.0),
            ..rule()
        },
        &mut world,
    );
    assert!(world.projects.len() > 3);
    let mut seen = vec![false; world.employees.slots()];
    for (index, project) in world.projects.iter().enumerate() {
        assert!((2..=4).contains(&project.members.len()));
        assert!((104..=108).contains(&project.ends) && project.running && !project.crosses);
        let home = world.employees.profiles[project.members[0] as usize].department;
        for &member in &project.members {
            assert_eq!(world.employees.profiles[member as usize].department, home);
            assert_eq!(
                world.employees.standings[member as usize].project,
                index as u32
            );
            assert!(
                !std::mem::replace(&mut seen[member as usize], true),
                "one at a time"
            );
        }
    }
}

#[test]
fn projects_start_as_often_as_the_share_of_the_staff_needs() {
    // P(start) = 0.7 / (4 * 7) = 0.025 a free person and week; 661 people over 40 weeks, each firm empty
    let (mut starts, mut chances) = (0.0, 0.0);
    for week in 0..40 {
        let mut world = FIRM.build();
        world.week = week;
        run(
            &Projects {
                share: Share::new(0.7),
                ..rule()
            },
            &mut world,
        );
        let staffed: usize = world.projects.iter().map(|p| p.members.len()).sum();
        starts += world.projects.len() as f64;
        // those drawn into another's project before their turn do not draw: between none and all
        chances += 661.0 - (staffed - world.projects.len()) as f64 / 2.0;
    }
    let expected = 0.025 * chances;
    // half the range of the uncertain chances is 0.0125 * 3 * starts, below 4 % of the expectation
    assert!(
        (starts - expected).abs() < 4.0 * expected.sqrt() + 0.04 * expected,
        "{starts} {expected}"
    );
}

#[test]
fn crossing_projects_take_in_people_of_another_function() {
    let mut world = FIRM.build();
    let rule = Projects {
        share: Share::new(1.0),
        crossing: Probability::new(1.0),
        ..rule()
    };
    run(&rule, &mut world);
    let crossing = world.projects.iter().filter(|p| p.crosses).count();
    assert!(crossing > 0);
    for project in &world.projects {
        let mut functions: Vec<u8> = project
            .members
            .iter()
            .map(|&m| world.employees.profiles[m as usize].function)
            .collect();
        functions.sort_unstable();
        functions.dedup();
        assert_eq!(
            project.crosses,
            functions.len() > 1,
            "what is called crossing crosses"
        );
    }
}

#[test]
fn a_project_of_five_weeks_runs_for_five_weeks() {
    let five = Projects {
        share: Share::new(1.0),
        weeks_longest: Weeks::new(5),
        ..rule()
    };
    let mut world = FIRM.build();
    run(&five, &mut world);
    let none = Projects {
        share: Share::new(0.0),
        ..five
    };
    let mut weeks = 1;
    loop {
        world.week += 1;
        run(&none, &mut world);
        if world.projects.iter().all(|p| !p.running) {
            break;
        }
        assert!(world.projects.iter().all(|p| p.running));
        weeks += 1;
    }
    assert_eq!(weeks, 5);
}

#[test]
fn switched_off_there_are_no_projects() {
    let mut world = FIRM.build();
    run(
        &Projects {
            enabled: false,
            share: Share::new(1.0),
            ..rule()
        },
        &mut world,
    );
    assert!(world.projects.is_empty());
}
