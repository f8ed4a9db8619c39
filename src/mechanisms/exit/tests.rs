//! Hazards by hand, and fates by chance.

use super::*;
use crate::random::{Purpose, Randomness};

fn rule() -> Exit {
    Exit {
        enabled: true,
        by_friends: Weight::new(0.3),
        typical_friends: Factor::new(2.0),
        by_recognition: Weight::new(0.2),
        by_passed_over: Weight::new(0.5),
        hurts: Weeks::new(52),
        by_threat: Weight::new(0.4),
        dismissal: Rate::new(0.0),
        by_rating: Weight::new(0.5),
        retirement_age: Age::new(65.0),
        early: Probability::new(0.1),
        by_friend_leaving: Weight::new(0.6),
        by_home: Weight::new(0.5),
        by_newness: Weight::new(0.3),
        by_upheaval: Weight::new(0.4),
        ..Exit::default()
    }
}

fn average() -> Standing {
    Standing {
        friendship: 2.0,
        passed_over: i16::MIN,
        ..Standing::default()
    }
}

/// What became of n people of this standing and age, in one week; quits at the yearly rate 0.52.
/// Somebody hired in a week who is in the office every day.
fn hired(week: i16) -> Profile {
    Profile {
        hired: week,
        presence: 0b11111,
        ..Profile::VACANT
    }
}

fn fates(rule: &Exit, standing: &Standing, age: f64, n: u32) -> Vec<(EventKind, &'static str)> {
    let week = 1000;
    let born = week - (age * 52.0) as i32;
    let character = Character {
        born,
        ..Character::default()
    };
    let key = Randomness::new(21).week(Purpose::Exit, week);
    (0..n)
        .filter_map(|i| {
            let mut draws = key.of(i);
            rule.leaves(0.52, &character, standing, &hired(500), week, &mut draws)
        })
        .collect()
}

/// Asserts that the share of leavers among n = 200000 is `p`, within four standard errors.
fn assert_share(found: usize, p: f64) {
    let share = found as f64 / 200_000.0;
    assert!(
        (share - p).abs() < 4.0 * (p * (1.0 - p) / 200_000.0).sqrt(),
        "{share}, not {p}"
    );
}

#[test]
fn an_average_colleague_quits_at_the_rate_of_the_level() {
    let left = fates(&rule(), &average(), 40.0, 200_000);
    assert!(
        left.iter()
            .all(|&fate| fate == (EventKind::Left, "own choice"))
    );
    assert_share(left.len(), 0.01);
}

#[test]
fn the_hazard_shifts_as_the_equation_says() {
    // friends: -0.3 * (5 - 2) / 3; recognition: -0.2 * 1; passed over: +0.5; threat: +0.4 * 0.5
    let cases = [
        (
            Standing {
                friendship: 5.0,
                ..average()
            },
            -0.3,
        ),
        (
            Standing {
                rating: Some(1.0),
                ..average()
            },
            -0.2,
        ),
        (
            Standing {
                passed_over: 1000 - 51,
                ..average()
            },
            0.5,
        ),
        (
            Standing {
                passed_over: 1000 - 52,
                ..average()
            },
            0.0,
        ),
        (
            Standing {
                threat: 0.5,
                ..average()
            },
            0.2,
        ),
        // two friends lost a half-life of 9 weeks ago; an upheaval of 1/2 a half-life of 26 weeks ago
        (
            Standing {
                friends_left: 2.0,
                friends_left_week: 1000 - 9,
                ..average()
            },
            0.6,
        ),
        (
            Standing {
                upheaval: 0.5,
                upheaval_week: 1000 - 26,
                ..average()
            },
            0.1,
        ),
    ];
    for (standing, log) in cases {
        let left = fates(&rule(), &standing, 40.0, 200_000);
        assert_share(left.len(), 0.01 * libm::exp(log));
    }
}

#[test]
fn newcomers_leave_more_for_as_long_as_they_are_new() {
    let share = |profile: Profile| {
        let key = Randomness::new(21).week(Purpose::Exit, 1000);
        let left = (0..200_000).filter(|&i| {
            let mut draws = key.of(i);
            let born = 1000 - 40 * 52;
            let character = Character {
                born,
                ..Character::default()
            };
            rule()
                .leaves(0.52, &character, &average(), &profile, 1000, &mut draws)
                .is_some()
        });
        left.count()
    };
    assert_share(share(hired(1000 - 103)), 0.01 * libm::exp(0.3));
    assert_share(share(hired(1000 - 104)), 0.01);
    let at_home = Profile {
        presence: 0b01111,
        ..hired(500)
    };
    assert_share(share(at_home), 0.01 * libm::exp(-0.5));
}

#[test]
fn a_friend_who_leaves_is_mourned_and_an_acquaintance_is_not() {
    use crate::world::small_firm::{SmallFirm, put_tie};
    let mut world = SmallFirm {
        departments: 1,
        leads: 1,
        staff: 4,
    }
    .build();
    let tie = |friendship| Tie {
        strength: [0.5, friendship, 0.0],
        formed: 50,
        ..Tie::default()
    };
    for (ego, alter, friendship) in [(2, 3, 0.5), (3, 2, 0.5), (4, 3, 0.1), (3, 4, 0.1)] {
        put_tie(&mut world, ego, alter, tie(friendship));
    }
    world.employees.standings[2].friends_left = 1.0;
    world.employees.standings[2].friends_left_week = 100 - 9;
    world.dismiss(3);
    rule().mourn(&mut world, &|tie| tie.strength);
    assert_eq!(
        world.employees.standings[2].friends_left, 1.5,
        "half of the first, and one"
    );
    assert_eq!(world.employees.standings[4].friends_left, 0.0);
    assert!(world.happenings.partings.is_empty());
}

#[test]
fn the_unfit_have_to_go_and_on_one_day_a_year_the_years_chances_come_together() {
    let rule = Exit {
        least_competence: Score::new(-1.5),
        every: Weeks::new(52),
        ..rule()
    };
    let fate = |competence: f32| {
        let character = Character {
            competence,
            born: 0,
            ..Character::default()
        };
        let key = Randomness::new(21).week(Purpose::Exit, 1000);
        (0..10_000)
            .filter_map(|i| {
                rule.leaves(
                    0.1,
                    &character,
                    &average(),
                    &hired(500),
                    1000,
                    &mut key.of(i),
                )
            })
            .collect::<Vec<_>>()
    };
    let unfit = fate(-1.6);
    assert_eq!(unfit.len(), 10_000);
    assert!(unfit.iter().all(|&f| f == (EventKind::LaidOff, "unfit")));
    let share = fate(-1.4).len() as f64 / 10_000.0;
    assert!(
        (share - 0.1).abs() < 4.0 * (0.09_f64 / 10_000.0).sqrt(),
        "{share}"
    );
    assert!(rule.is_due(104) && !rule.is_due(105));
}

#[test]
fn the_passed_over_say_why_they_go() {
    let hurt = Standing {
        passed_over: 990,
        ..average()
    };
    let left = fates(&rule(), &hurt, 40.0, 10_000);
    assert!(!left.is_empty() && left.iter().all(|&f| f == (EventKind::Left, "passed over")));
}

#[test]
fn dismissal_for_cause_falls_with_the_rating() {
    // 1.04 / 52 = 0.02 a week on top of the quits, halved or so by a rating of 1: e^-0.5
    let rule = Exit {
        dismissal: Rate::new(1.04),
        by_recognition: Weight::new(0.0),
        ..rule()
    };
    let fired = |rating| {
        let standing = Standing {
            rating: Some(rating),
            ..average()
        };
        let fates = fates(&rule, &standing, 40.0, 200_000);
        fates
            .iter()
            .filter(|&&f| f == (EventKind::LaidOff, "dismissal"))
            .count()
    };
    assert_share(fired(0.0), 0.02);
    assert_share(fired(1.0), 0.02 * libm::exp(-0.5));
    assert!(fired(1.0) < fired(0.0));
}

#[test]
fn everyone_retires_in_the_end_and_some_early() {
    let at = |age| fates(&rule(), &average(), age, 200_000);
    let old = at(65.1);
    assert_eq!(old.len(), 200_000);
    assert!(old.iter().all(|&f| f == (EventKind::Retired, "age")));
    let early = |age| {
        at(age)
            .iter()
            .filter(|&&f| f == (EventKind::Retired, "early"))
            .count()
    };
    assert_share(early(62.0), 0.1 / 52.0);
    assert_eq!(early(59.9), 0, "only in the last five years");
}

#[test]
fn switched_off_nobody_leaves() {
    let off = Exit {
        enabled: false,
        ..rule()
    };
    assert!(fates(&off, &average(), 70.0, 1000).is_empty());
}
