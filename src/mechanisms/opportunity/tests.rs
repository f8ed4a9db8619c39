//! Where each source of openings leads, by hand and by chance.

use super::fixture::{EGO, FIRM, nowhere};
use super::*;
use crate::engine::Channel;
use crate::random::{Purpose, Randomness};
use crate::world::World;
use crate::world::small_firm::put_tie;

/// How often ego met each slot in n openings.
fn meetings(rule: &Opportunity, world: &World, n: u32) -> Vec<u32> {
    let mut ties = world.ties.clone();
    let (reader, _) = ties.for_choice(1024);
    let departments: Vec<u16> = world.organisation.existing_departments().collect();
    let around = Surroundings {
        profiles: &world.employees.profiles,
        organisation: &world.organisation,
        departments: &departments,
        projects: &world.projects,
        ties: reader,
        week: world.week,
    };
    let sources = rule.sources();
    let project = world.employees.standings[EGO as usize].project;
    let mut counts = vec![0; world.employees.slots()];
    for i in 0..n {
        let mut draws = Randomness::new(5).draws(Purpose::Opportunity, 0, i);
        if let Some(met) = rule.meet(&sources, EGO, project, around, &mut draws) {
            counts[met.who as usize] += 1;
        }
    }
    counts
}

fn met(counts: &[u32]) -> Vec<usize> {
    (0..counts.len()).filter(|&i| counts[i] > 0).collect()
}

#[test]
fn each_source_leads_to_the_people_that_it_names() {
    let mut world = FIRM.build();
    let one = Factor::new(1.0);
    let team = Opportunity {
        from_team: one,
        ..nowhere()
    };
    assert_eq!(met(&meetings(&team, &world, 500)), [3, 4, 5]);
    let line = Opportunity {
        from_line: one,
        ..nowhere()
    };
    assert_eq!(
        met(&meetings(&line, &world, 500)),
        [1],
        "the manager; no reports"
    );
    let department = Opportunity {
        from_department: one,
        ..nowhere()
    };
    assert_eq!(
        met(&meetings(&department, &world, 2000)),
        [0, 1, 3, 4, 5, 6, 7, 8, 9, 10]
    );
    let project = Opportunity {
        from_project: one,
        ..nowhere()
    };
    assert_eq!(
        met(&meetings(&project, &world, 500)),
        [0_usize; 0],
        "not on a project"
    );
    world.projects.push(Project {
        members: vec![EGO, 15, 18],
        running: true,
        ..Project::default()
    });
    world.employees.standings[EGO as usize].project = 0;
    assert_eq!(met(&meetings(&project, &world, 500)), [15, 18]);
    let introduction = Opportunity {
        from_introduction: one,
        ..nowhere()
    };
    assert_eq!(
        met(&meetings(&introduction, &world, 5000)),
        [0_usize; 0],
        "no ties yet"
    );
    let trusted = crate::world::Tie {
        trust: 0.6,
        ..crate::world::Tie::default()
    };
    put_tie(&mut world, EGO, 7, trusted);
    put_tie(
        &mut world,
        7,
        20,
        crate::world::Tie {
            trust: 0.5,
            ..trusted
        },
    );
    let counts = meetings(&introduction, &world, 20_000);
    assert_eq!(met(&counts), [20], "a tie of a tie");
    // one of 16 places holds the ally, found in 16 tries with 1 - (15/16)^16 = 0.644, and so for the other: 0.6 * 0.5 * 0.644^2
    let (share, p) = (f64::from(counts[20]) / 20_000.0, 0.3 * 0.644 * 0.644);
    assert!(
        (share - p).abs() < 4.0 * (p / 20_000.0_f64).sqrt(),
        "{share}"
    );
    world
        .ties
        .row_mut(7)
        .active_until
        .fill(world.week as i16 - 1);
    assert_eq!(
        met(&meetings(&introduction, &world, 20_000)),
        [0_usize; 0],
        "the ally is out of touch with them"
    );
}

#[test]
fn one_runs_only_into_those_who_are_there() {
    let rule = Opportunity {
        from_department: Factor::new(1.0),
        unplanned: Probability::new(0.3),
        ..nowhere()
    };
    let mut world = FIRM.build();
    let all = |world: &World| f64::from(meetings(&rule, world, 20_000).iter().sum::<u32>());
    let office = all(&world) / 20_000.0;
    world.employees.profiles[EGO as usize].presence = 0;
    let remote = all(&world) / 20_000.0;
    // ten of the eleven are someone else
    for (found, p) in [(office, 10.0 / 11.0), (remote, 3.0 / 11.0)] {
        assert!(
            (found - p).abs() < 4.0 * (p * (1.0 - p) / 20_000.0_f64).sqrt(),
            "{found} {p}"
        );
    }
}

#[test]
fn a_ritual_needs_no_presence() {
    let rule = Opportunity {
        ritual: Probability::new(0.4),
        ..nowhere()
    };
    let mut world = FIRM.build();
    for profile in &mut world.employees.profiles {
        profile.presence = 0;
    }
    let me = world.employees.profiles[EGO as usize];
    let ritual = |rule: &Opportunity, i| {
        let mut draws = Randomness::new(5).draws(Purpose::Opportunity, 0, i);
        rule.ritual(EGO, &me, &world.organisation, &mut draws)
    };
    let found: Vec<u32> = (0..20_000).filter_map(|i| ritual(&rule, i)).collect();
    assert!(
        found.iter().all(|&who| who <= 10 && who != EGO),
        "the department"
    );
    let (share, p) = (found.len() as f64 / 20_000.0, 0.4 * 10.0 / 11.0);
    assert!(
        (share - p).abs() < 4.0 * (p * (1.0 - p) / 20_000.0_f64).sqrt(),
        "{share}"
    );
    let off = Opportunity {
        enabled: false,
        ..rule.clone()
    };
    assert!((0..100).all(|i| ritual(&off, i).is_none()));
    let other = &world.employees.profiles[3];
    let channel = |arranged, i| {
        let mut draws = Randomness::new(6).draws(Purpose::Choice, 0, i);
        rule.channel(&me, other, arranged, &mut draws)
    };
    assert!(
        (0..100).all(|i| channel(true, i) == Channel::Video),
        "arranged: they talk"
    );
    assert!((0..100).any(|i| channel(false, i) == Channel::Asynchronous));
}

#[test]
fn sources_are_drawn_in_proportion_to_their_weights() {
    // team 3, line 1: P(the manager) = 1/4; n = 20000, four standard errors
    let rule = Opportunity {
        from_team: Factor::new(3.0),
        from_line: Factor::new(1.0),
        ..nowhere()
    };
    let counts = meetings(&rule, &FIRM.build(), 20_000);
    let share = f64::from(counts[1]) / 20_000.0;
    assert!(
        (share - 0.25).abs() < 4.0 * (0.25_f64 * 0.75 / 20_000.0).sqrt(),
        "{share}"
    );
    // three of the four picks from a team of four are someone else: P(met) = 3/4 * 3/4 + 1/4
    let p = 0.8125;
    let all = f64::from(counts.iter().sum::<u32>()) / 20_000.0;
    assert!(
        (all - p).abs() < 4.0 * (p * (1.0 - p) / 20_000.0_f64).sqrt(),
        "{all}"
    );
}

#[test]
fn chance_encounters_need_days_in_common() {
    // on the site of ego sit 11 people; everyone is in on 2 of ego's 5 days: P = 10/11 * 2/5
    let rule = Opportunity {
        from_site: Factor::new(1.0),
        ..nowhere()
    };
    let mut world = FIRM.build();
    for profile in &mut world.employees.profiles {
        profile.presence = 0b0_0011;
    }
    world.employees.profiles[EGO as usize].presence = 0b1_1111;
    let counts = meetings(&rule, &world, 20_000);
    assert_eq!(
        met(&counts),
        [0, 1, 3, 4, 5, 6, 7, 8, 9, 10],
        "nobody from the other site"
    );
    let share = f64::from(counts.iter().sum::<u32>()) / 20_000.0;
    let p = 4.0 / 11.0;
    assert!(
        (share - p).abs() < 4.0 * (p * (1.0 - p) / 20_000.0_f64).sqrt(),
        "{share}"
    );
    world.employees.profiles[EGO as usize].presence = 0;
    let remote = meetings(&rule, &world, 2000);
    assert_eq!(
        remote.iter().sum::<u32>(),
        0,
        "what is not scheduled does not happen"
    );
}

#[test]
fn coupled_functions_meet_more_often_than_others() {
    // two departments; the other function is coupled by 0.2: P(meet there) = 1/2 * 0.2
    let rule = Opportunity {
        from_coupled: Factor::new(1.0),
        ..nowhere()
    };
    let counts = meetings(&rule, &FIRM.build(), 20_000);
    let there = f64::from(counts[11..].iter().sum::<u32>()) / 20_000.0;
    assert!(
        (there - 0.1).abs() < 4.0 * (0.1_f64 * 0.9 / 20_000.0).sqrt(),
        "{there}"
    );
}
