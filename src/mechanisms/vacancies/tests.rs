//! Posts opened and filled, in a firm built by hand.

use super::*;
use crate::random::{Randomness, Shapes};
use crate::world::Aspiration;
use crate::world::small_firm::SmallFirm;

/// Department 0: lead 1 with 2 to 5, lead 6 with 7 to 10; department 1: leads 11 and 16; and so on.
const FIRM: SmallFirm = SmallFirm {
    departments: 3,
    leads: 2,
    staff: 4,
};

fn rule() -> Vacancies {
    Vacancies {
        enabled: true,
        shortest: Weeks::new(3),
        longest: Weeks::new(6),
        seasoning: Weeks::new(52),
        few: Few::new(3),
        lateral: Probability::new(0.0),
        demoted: Probability::new(0.0),
        ..Vacancies::default()
    }
}

fn with_step<R>(week: i32, body: impl FnOnce(Step<'_>) -> R) -> R {
    let (randomness, shapes) = (Randomness::new(12), Shapes::default());
    body(Step {
        week,
        randomness: &randomness,
        shapes: &shapes,
    })
}

fn candidate(slot: u32) -> Candidate {
    Candidate {
        employee: slot,
        slot,
        score: -f64::from(slot),
        ..Candidate::default()
    }
}

fn by_slot(_: &World, _: u32, _: Way, mut slots: Vec<u32>) -> (u16, Vec<Candidate>) {
    slots.sort_unstable();
    (3, slots.into_iter().map(candidate).collect())
}

/// The firm without the leads of the departments listed, whose posts are due.
fn without(leads: &[u32]) -> World {
    let mut world = FIRM.build();
    for &lead in leads {
        world.dismiss(lead);
        world.organisation.posts[lead as usize].fill_week = world.week;
    }
    world
}

fn decide(rule: &Vacancies, world: &World, hires: bool, week: i32) -> Vec<Verdict> {
    with_step(week, |step| rule.decide(world, step, hires, &by_slot))
}

#[test]
fn a_vacancy_is_decided_within_the_weeks_stated_and_evenly() {
    // 3 to 6 weeks: four values, n = 8000, expectation 2000, sd sqrt(1500)
    let mut world = FIRM.build();
    let mut counts = [0_u32; 4];
    for week in 0..8000 {
        with_step(week, |step| rule().open(&mut world, step, 1, 7));
        counts[(world.organisation.posts[1].fill_week - week - 3) as usize] += 1;
    }
    assert!(
        counts
            .iter()
            .all(|&c| (f64::from(c) - 2000.0).abs() < 4.0 * 1500.0_f64.sqrt())
    );
    assert_eq!(world.organisation.posts[1].chain, 7);
}

#[test]
fn only_vacancies_that_are_due_are_decided() {
    let mut world = without(&[1, 6]);
    world.organisation.posts[6].fill_week = world.week + 1;
    let verdicts = decide(&rule(), &world, false, world.week);
    assert_eq!(verdicts.iter().map(|v| v.post).collect::<Vec<_>>(), [1]);
}

#[test]
fn candidates_are_the_seasoned_of_the_level_below_in_the_own_department() {
    let mut world = without(&[1]);
    world.employees.standings[4].level_since = (world.week - 51) as i16;
    let verdicts = decide(&rule(), &world, false, world.week);
    let slots: Vec<u32> = verdicts[0].candidates.iter().map(|c| c.slot).collect();
    assert_eq!(
        slots,
        [2, 3, 5, 7, 8, 9, 10],
        "4 is a week short of a year on the level"
    );
    assert_eq!(verdicts[0].panel_size, 3);
    assert!(verdicts[0].internal);
}

#[test]
fn where_candidates_are_few_the_panel_looks_to_the_function_and_then_further() {
    let mut world = without(&[1]);
    for slot in [3, 4, 5, 7, 8, 9, 10] {
        world.employees.standings[slot].level_since = world.week as i16;
    }
    let slots_of = |few| {
        let verdicts = decide(&Vacancies { few, ..rule() }, &world, false, world.week);
        verdicts[0]
            .candidates
            .iter()
            .map(|c| c.slot)
            .collect::<Vec<_>>()
    };
    assert_eq!(slots_of(Few::new(1)), [2]);
    // department 2 has the function of department 0 and comes before department 1
    assert_eq!(slots_of(Few::new(3)), [2, 22, 23, 24, 25, 27, 28, 29, 30]);
    assert_eq!(slots_of(Few::new(12)).len(), 1 + 8 + 8);
}

#[test]
fn the_share_filled_from_inside_is_that_of_the_level() {
    // internal_share 1/2 of the small firm; n = 4000 weeks
    let mut world = without(&[1]);
    world.organisation.posts[1].fill_week = i32::MIN;
    let inside = (200..4200)
        .filter(|&week| !decide(&rule(), &world, true, week)[0].candidates.is_empty())
        .count();
    let share = inside as f64 / 4000.0;
    assert!(
        (share - 0.5).abs() < 4.0 * (0.25_f64 / 4000.0).sqrt(),
        "{share}"
    );
    let always = (200..300).all(|week| decide(&rule(), &world, false, week)[0].internal);
    assert!(always, "when nobody is hired, always");
}

#[test]
fn the_bottom_is_filled_from_outside() {
    let world = without(&[2]);
    let verdicts = decide(&rule(), &world, false, world.week);
    assert!(!verdicts[0].internal && verdicts[0].candidates.is_empty());
}

#[test]
fn higher_posts_go_first_and_equals_by_lot() {
    let world = without(&[2, 1, 0, 6, 11]);
    let mut verdicts = decide(&rule(), &world, false, world.week);
    with_step(world.week, |step| rule().order(&world, step, &mut verdicts));
    let order: Vec<u32> = verdicts.iter().map(|v| v.post).collect();
    assert_eq!(
        (order[0], order[4]),
        (0, 2),
        "the head first, the bottom last"
    );
    let orders: std::collections::BTreeSet<Vec<u32>> = (0..40)
        .map(|week| {
            with_step(week, |step| rule().order(&world, step, &mut verdicts));
            verdicts[1..4].iter().map(|v| v.post).collect()
        })
        .collect();
    assert!(orders.len() > 1, "the number of the post decides nothing");
}

#[test]
fn a_post_may_go_to_someone_of_the_same_level_elsewhere_who_wants_it() {
    // department 2 has the function of department 0, department 1 is coupled with 0.2
    let open = |restless: f64, lateral: f64| Vacancies {
        lateral: Probability::new(lateral),
        heard: Few::new(250),
        restless: Probability::new(restless),
        ..rule()
    };
    let mut world = without(&[1]);
    let from = |rule: &Vacancies, world: &World| {
        let verdicts = decide(rule, world, true, world.week);
        (
            verdicts[0].way,
            verdicts[0]
                .candidates
                .iter()
                .map(|c| c.slot)
                .collect::<Vec<_>>(),
        )
    };
    let (way, slots) = from(&open(1.0, 1.0), &world);
    assert_eq!(way, Way::Lateral);
    assert!(
        slots.iter().all(|s| [11, 16, 21, 26].contains(s)),
        "{slots:?}"
    );
    assert!(slots.contains(&21) && slots.contains(&26));
    assert_eq!(
        from(&open(0.0, 1.0), &world).0,
        Way::Promotion,
        "nobody wants it"
    );
    assert_eq!(
        from(&open(1.0, 0.0), &world).0,
        Way::Promotion,
        "it is not offered"
    );
    for slot in [11, 16, 21, 26] {
        world.employees.standings[slot].level_since = world.week as i16;
    }
    assert_eq!(
        from(&open(1.0, 1.0), &world).0,
        Way::Promotion,
        "too new on the level"
    );
}

#[test]
fn those_who_build_want_a_change_twice_as_often() {
    // P = 0.2 and 0.4; n = 4000 weeks
    let mut world = FIRM.build();
    world.employees.characters[21].aspiration = Aspiration::Building;
    let share = |slot| {
        let wants = (0..4000).filter(|&week| {
            with_step(week, |step| {
                Vacancies {
                    restless: Probability::new(0.2),
                    ..rule()
                }
                .wants_change(&world, step, slot, 1)
            })
        });
        wants.count() as f64 / 4000.0
    };
    assert!((share(26) - 0.2).abs() < 4.0 * (0.16_f64 / 4000.0).sqrt());
    assert!((share(21) - 0.4).abs() < 4.0 * (0.24_f64 / 4000.0).sqrt());
}

#[test]
fn only_those_who_do_not_aspire_to_lead_turn_a_managing_post_down() {
    let mut world = FIRM.build();
    world.employees.characters[3].aspiration = Aspiration::Excellence;
    let share = |slot, post| {
        let turns = (0..4000).filter(|&week| {
            with_step(week, |step| {
                Vacancies {
                    refused: Probability::new(0.3),
                    ..rule()
                }
                .turns_down(&world, step, slot, post)
            })
        });
        turns.count() as f64 / 4000.0
    };
    assert_eq!(share(2, 1), 0.0, "to lead is what 2 wants");
    assert_eq!(share(3, 2), 0.0, "the post leads nobody");
    assert!((share(3, 1) - 0.3).abs() < 4.0 * (0.21_f64 / 4000.0).sqrt());
}

#[test]
fn a_vacancy_may_go_to_the_worst_of_the_failing_managers_above() {
    let mut world = without(&[2]);
    let down = Vacancies {
        demoted: Probability::new(1.0),
        failing: Score::new(-1.0),
        ..rule()
    };
    let way = |world: &World| {
        let verdicts = decide(&down, world, true, world.week);
        (
            verdicts[0].way,
            verdicts[0].candidates.first().map(|c| c.slot),
        )
    };
    world.employees.standings[1].rating = Some(-0.9);
    assert_eq!(way(&world), (Way::Promotion, None), "nobody fails");
    world.employees.standings[1].rating = Some(-1.1);
    world.employees.standings[6].rating = Some(-1.4);
    assert_eq!(way(&world), (Way::Demotion, Some(6)));
}

#[test]
fn without_a_panel_the_best_the_worst_or_anyone_is_chosen() {
    let mut world = FIRM.build();
    for (slot, c) in [(2, 0.5), (3, 2.0), (4, -1.0), (5, 1.0)] {
        world.employees.characters[slot].competence = c;
    }
    let first = |chooses, random_share: f64, week| {
        with_step(week, |step| {
            let rule = Vacancies {
                chooses,
                random_share: Share::new(random_share),
                ..rule()
            };
            rule.without_panel(&world, step, 1, &[2, 3, 4, 5])
                .map(|list| list[0].slot)
        })
    };
    assert_eq!(first(Chooses::Panel, 0.0, 1), None);
    assert_eq!(first(Chooses::Best, 0.0, 1), Some(3));
    assert_eq!(first(Chooses::Worst, 0.0, 1), Some(4));
    // by lot each of four; half by lot: the best in 1/2 + 1/8; n = 4000
    let share = |chooses, random_share| {
        let hits = (0..4000).filter(|&week| first(chooses, random_share, week) == Some(3));
        hits.count() as f64 / 4000.0
    };
    let error = |p: f64| 4.0 * (p * (1.0 - p) / 4000.0).sqrt();
    assert!((share(Chooses::Random, 0.0) - 0.25).abs() < error(0.25));
    assert!((share(Chooses::Best, 0.5) - 0.625).abs() < error(0.625));
    assert!((share(Chooses::Panel, 1.0) - 0.25).abs() < error(0.25));
}

#[test]
fn switched_off_vacancies_stay_vacant() {
    let off = Vacancies {
        enabled: false,
        ..rule()
    };
    assert!(decide(&off, &without(&[1]), true, 100).is_empty());
}
