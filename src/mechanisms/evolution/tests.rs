//! Ties read anew when one of the two rises, leaves or changes department, in a firm built by hand.

use super::*;
use crate::random::{Randomness, Shapes};
use crate::world::small_firm::{SmallFirm, put_tie};

/// Head 0; department 0: lead 1 with 2 to 5; department 1: lead 6 with 7 to 10.
const FIRM: SmallFirm = SmallFirm {
    departments: 2,
    leads: 1,
    staff: 4,
};

fn rule() -> Evolution {
    Evolution {
        hands_over: Probability::new(1.0),
        ..Evolution::default()
    }
}

fn tie(friendship: f32, career: f32, trust: f32) -> Tie {
    Tie {
        strength: [0.5, friendship, career],
        trust,
        formed: 50,
        ..Tie::default()
    }
}

fn held(world: &World, ego: u32, alter: u32) -> Tie {
    *world.tie(ego, alter).unwrap()
}

#[test]
fn peers_of_a_new_boss_keep_a_distance_and_those_passed_over_trust_less() {
    let mut world = FIRM.build();
    for alter in [3, 4] {
        put_tie(&mut world, alter, 2, tie(0.4, 0.1, 0.8));
    }
    put_tie(&mut world, 2, 3, tie(0.4, 0.1, 0.8));
    put_tie(&mut world, 7, 2, tie(0.4, 0.1, 0.8));
    world.dismiss(1);
    world.seat(2, 1);
    let readings = rule().rise(&mut world, 2, 0, &[], &[4]);
    assert_eq!(readings, [Reading::Boss(2, 3), Reading::Boss(2, 4)]);
    let (calm, envious) = (held(&world, 3, 2), held(&world, 4, 2));
    assert!((calm.strength[FRIENDSHIP] - 0.28).abs() < 1e-6, "0.4 * 0.7");
    assert!(
        (calm.strength[CAREER] - 0.28).abs() < 1e-6,
        "0.1 + 0.2 * 0.9"
    );
    assert_eq!(calm.trust, 0.8);
    assert!((envious.trust - 0.6).abs() < 1e-6, "0.8 * 0.75");
    let own = held(&world, 2, 3);
    assert!((own.strength[FRIENDSHIP] - 0.28).abs() < 1e-6);
    assert_eq!(own.strength[CAREER], 0.1, "the boss's record gains nothing");
    assert_eq!(
        held(&world, 7, 2),
        tie(0.4, 0.1, 0.8),
        "7 reports to another"
    );
}

#[test]
fn a_mentor_is_ahead_looked_up_to_and_looks_after() {
    let mut world = FIRM.build();
    for alter in [1, 3, 4, 6] {
        put_tie(&mut world, 2, alter, tie(0.0, 0.3, 0.8));
        put_tie(&mut world, alter, 2, tie(0.3, 0.0, 0.8));
    }
    world.employees.profiles[2].hired = 40;
    world.employees.profiles[3].hired = -64;
    world.employees.profiles[4].hired = -63;
    let mentors = |world: &World| rule().mentors(world, 2, &|tie| tie.strength);
    assert_eq!(
        mentors(&world),
        [1, 3, 6],
        "4 is a week short of two years ahead"
    );
    let row = world.ties.row_mut(6);
    row.records[0].trust = 0.3;
    assert_eq!(mentors(&world), [1, 3], "6 would not stand up for 2");
    let row = world.ties.row_mut(2);
    row.records[0].strength[CAREER] = 0.1;
    assert_eq!(mentors(&world), [3], "2 does not look up to 1");
}

#[test]
fn an_overtaken_mentor_is_proud_or_a_rival_and_the_mentee_grateful() {
    let mut world = FIRM.build();
    put_tie(&mut world, 2, 7, tie(0.0, 0.3, 0.8));
    put_tie(&mut world, 7, 2, tie(0.4, 0.2, 0.6));
    put_tie(&mut world, 2, 8, tie(0.0, 0.3, 0.8));
    put_tie(&mut world, 8, 2, tie(0.9, 0.2, 0.4));
    world.dismiss(1);
    world.seat(2, 1);
    let readings = rule().rise(&mut world, 2, 0, &[7, 8, 6], &[]);
    assert_eq!(
        readings,
        [Reading::Overtook(2, 7), Reading::Overtook(2, 8)],
        "6 is level"
    );
    assert!(
        (held(&world, 7, 2).strength[CAREER] - 0.36).abs() < 1e-6,
        "0.2 + 0.2 * 0.8"
    );
    assert!((held(&world, 8, 2).trust - 0.28).abs() < 1e-6, "0.4 * 0.7");
    assert_eq!(held(&world, 8, 2).strength[CAREER], 0.2);
    assert!(
        (held(&world, 2, 7).strength[CAREER] - 0.51).abs() < 1e-6,
        "0.3 + 0.3 * 0.7"
    );
}

#[test]
fn a_mentor_who_goes_hands_the_mentee_over_to_the_most_influential_ally_not_yet_known() {
    let mut world = FIRM.build();
    put_tie(&mut world, 2, 1, tie(0.0, 0.3, 0.9));
    put_tie(&mut world, 1, 2, tie(0.4, 0.0, 0.7));
    for (ally, influence) in [(0, 0.9), (6, 0.5), (7, 0.1)] {
        put_tie(&mut world, 1, ally, tie(0.4, 0.0, 0.7));
        put_tie(&mut world, ally, 1, tie(0.4, 0.0, 0.6));
        world.employees.profiles[ally as usize].influence = influence;
    }
    put_tie(&mut world, 2, 0, tie(0.1, 0.1, 0.5));
    let (randomness, shapes) = (Randomness::new(1), Shapes::default());
    let step = Step {
        week: 100,
        randomness: &randomness,
        shapes: &shapes,
    };
    let mut kept = world.clone();
    let readings = rule().goes(&mut world, step, 1, &|tie| tie.strength);
    assert_eq!(
        readings,
        [Reading::Left(2, Some(6))],
        "2 knows the head already"
    );
    let (own, theirs) = (held(&world, 2, 6), held(&world, 6, 2));
    assert_eq!(own.strength, [0.3, 0.0, 0.3]);
    assert_eq!(
        (own.trust, theirs.trust),
        (0.9, 0.6),
        "as each trusted the mentor"
    );
    let never = Evolution {
        hands_over: Probability::new(0.0),
        ..rule()
    };
    let readings = never.goes(&mut kept, step, 1, &|tie| tie.strength);
    assert_eq!(readings, [Reading::Left(2, None)]);
    assert!(kept.tie(2, 6).is_none());
}

#[test]
fn collaboration_loosens_between_those_whose_departments_part() {
    let mut world = FIRM.build();
    for (ego, alter) in [(2, 3), (3, 2), (2, 4), (2, 7)] {
        put_tie(&mut world, ego, alter, tie(0.4, 0.0, 0.5));
    }
    let before: Vec<u16> = world
        .employees
        .profiles
        .iter()
        .map(|p| p.department)
        .collect();
    world.employees.profiles[3].department = 1;
    assert_eq!(rule().part(&mut world, &before), [2, 3]);
    let s = |ego, alter| held(&world, ego, alter).strength;
    assert!((s(2, 3)[COLLABORATION] - 0.4).abs() < 1e-6, "0.5 * 0.8");
    assert!((s(3, 2)[COLLABORATION] - 0.4).abs() < 1e-6);
    assert_eq!(s(2, 3)[FRIENDSHIP], 0.4, "friends stay friends");
    assert_eq!((s(2, 4)[COLLABORATION], s(2, 7)[COLLABORATION]), (0.5, 0.5));
}

#[test]
fn switched_off_no_tie_is_re_read() {
    let off = Evolution {
        enabled: false,
        ..rule()
    };
    let mut world = FIRM.build();
    put_tie(&mut world, 3, 2, tie(0.4, 0.1, 0.8));
    put_tie(&mut world, 2, 1, tie(0.0, 0.9, 0.9));
    put_tie(&mut world, 1, 2, tie(0.9, 0.9, 0.9));
    assert!(off.mentors(&world, 2, &|tie| tie.strength).is_empty());
    let (randomness, shapes) = (Randomness::new(1), Shapes::default());
    let step = Step {
        week: 100,
        randomness: &randomness,
        shapes: &shapes,
    };
    assert!(
        off.goes(&mut world, step, 1, &|tie| tie.strength)
            .is_empty()
    );
    assert!(off.part(&mut world, &[9; 11]).is_empty());
    world.dismiss(1);
    world.seat(2, 1);
    assert!(off.rise(&mut world, 2, 0, &[], &[3]).is_empty());
    assert_eq!(held(&world, 3, 2), tie(0.4, 0.1, 0.8));
}
