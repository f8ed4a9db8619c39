//! What counts on a panel, by hand.

use super::Review;
use super::fixture::{FIRM, rule, tie, with_step};
use crate::engine::Step;
use crate::random::{Randomness, Shapes};
use crate::units::{Factor, Weeks, Weight};
use crate::world::small_firm::put_tie;
use crate::world::{Candidate, World};

fn score(rule: &Review, world: &World, panel: &[u32], slots: &[u32]) -> Vec<Candidate> {
    with_step(|step| rule.score(world, step, 1, panel, slots, &|tie| tie.strength))
}

fn sum(c: &Candidate) -> f64 {
    c.performance + c.reputation + c.advocacy + c.acquaintance + c.breadth + c.potential + c.luck
}

#[test]
fn the_parts_of_a_score_are_what_the_equations_say() {
    let mut world = FIRM.build();
    world.employees.standings[2].rating = Some(1.0);
    world.employees.profiles[2].reputation = 0.7;
    world.employees.profiles[2].known = 0.5;
    world.employees.profiles[6].influence = 0.3;
    // on the panel: 0, who knows candidate 2 well, and 6, who is also an advocate
    put_tie(&mut world, 0, 2, tie(0.15, 0.1));
    put_tie(&mut world, 2, 6, tie(0.0, 0.5));
    put_tie(&mut world, 6, 2, tie(0.5, 0.8));
    let c = &score(&rule(), &world, &[0, 6], &[2])[0];
    assert!((c.performance - 0.5).abs() < 1e-6, "{}", c.performance);
    // 0.5 * 2 * 0.2 * (0.5 + 0.25)
    assert!((c.reputation - 0.15).abs() < 1e-6, "{}", c.reputation);
    // readiness 0.5 * support 0.4 * (0.2 + 0.3) = 0.1; 0.6 * 0.1 / 1.1
    assert!((c.advocacy - 0.06 / 1.1).abs() < 1e-6, "{}", c.advocacy);
    assert!(
        (c.acquaintance - 0.4).abs() < 1e-6,
        "both know the candidate"
    );
    assert_eq!((c.advocates, c.known_to, c.luck), (1, 2, 0.0));
}

#[test]
fn a_member_who_holds_a_negative_tie_speaks_against_the_candidate() {
    let mut world = FIRM.build();
    world.employees.profiles[6].influence = 0.3;
    put_tie(&mut world, 6, 2, tie(0.5, 0.04));
    let c = &score(&rule(), &world, &[0, 6], &[2])[0];
    // 0.8 * 0.5 / 1.5
    assert!((c.advocacy + 0.4 / 1.5).abs() < 1e-6, "{}", c.advocacy);
    assert_eq!((c.opponents, c.advocates), (1, 0));
    // an advocate as strong as can be weighs less than one opponent
    world.ties.row_mut(6).records[0] = tie(1.0, 1.0);
    put_tie(&mut world, 2, 6, tie(0.0, 0.5));
    let for_it = score(&rule(), &world, &[0, 6], &[2])[0].advocacy;
    assert!(for_it > 0.0 && for_it < -c.advocacy);
    let absent = &score(&rule(), &world, &[0], &[2])[0];
    assert_eq!(absent.opponents, 0, "only members speak against");
}

#[test]
fn the_parts_of_every_score_sum_to_it_and_the_best_comes_first() {
    let mut world = FIRM.build();
    for (slot, standing) in world.employees.standings.iter_mut().enumerate() {
        standing.rating = Some(slot as f32 * 0.1 - 1.0);
    }
    put_tie(&mut world, 3, 7, tie(0.0, 0.5));
    put_tie(&mut world, 7, 3, tie(0.9, 0.9));
    let noisy = Review {
        panel_noise: Factor::new(0.8),
        by_luck: Weight::new(0.8),
        ..rule()
    };
    let candidates = score(&noisy, &world, &[0, 6], &[2, 3, 4, 5, 7, 8]);
    assert!(candidates.iter().all(|c| (sum(c) - c.score).abs() < 1e-12));
    assert!(
        candidates
            .windows(2)
            .all(|pair| pair[0].score >= pair[1].score)
    );
    assert!(candidates.iter().all(|c| c.luck != 0.0));
}

#[test]
fn an_advocate_is_heard_when_near_the_post_trusting_and_close() {
    let with = |advocate: u32, strength: f32, trust: f32| {
        let mut world = FIRM.build();
        put_tie(&mut world, 2, advocate, tie(0.0, 0.5));
        put_tie(&mut world, advocate, 2, tie(strength, trust));
        let c = score(&rule(), &world, &[0], &[2]).remove(0);
        (c.advocates, c.advocacy)
    };
    let (heard, voice) = with(7, 0.8, 0.5);
    assert_eq!(heard, 1, "a colleague in the department of the post");
    assert!(voice > 0.0);
    assert_eq!(
        with(12, 0.8, 0.5),
        (0, 0.0),
        "of another department, and not on the panel"
    );
    assert_eq!(
        with(7, 0.8, 0.2),
        (0, 0.0),
        "a hollow tie: strong, but without trust"
    );
    assert_eq!(with(7, 0.2, 0.8), (0, 0.0), "trust in someone hardly known");
    assert!(with(7, 0.8, 0.9).1 > voice, "more trust, more support");
    assert!(with(7, 0.9, 0.5).1 > voice, "closer, more support");
}

#[test]
fn an_influential_advocate_counts_more() {
    let with = |influence: f32| {
        let mut world = FIRM.build();
        world.employees.profiles[7].influence = influence;
        put_tie(&mut world, 2, 7, tie(0.0, 0.5));
        put_tie(&mut world, 7, 2, tie(0.8, 0.8));
        score(&rule(), &world, &[0], &[2])[0].score
    };
    assert!(with(0.1) < with(0.9));
}

#[test]
fn what_counts_for_a_candidate_decides() {
    let winner = |prepare: &dyn Fn(&mut World)| {
        let mut world = FIRM.build();
        prepare(&mut world);
        score(&rule(), &world, &[0, 6], &[2, 3])[0].slot
    };
    assert_eq!(winner(&|w| w.employees.standings[2].rating = Some(0.1)), 2);
    assert_eq!(winner(&|w| w.employees.standings[3].rating = Some(0.1)), 3);
    assert_eq!(winner(&|w| w.employees.profiles[3].reputation = 0.6), 3);
    assert_eq!(winner(&|w| put_tie(w, 0, 3, tie(0.2, 0.5))), 3);
}

#[test]
fn a_panel_sees_the_unknown_less_clearly_as_the_equation_says() {
    // performance is by_performance * noise: sd 0.5 * 0.8 unknown, times 1 - 0.5 * 0.8 * 0.75 = 0.7 known
    // by a panel of one; n = 5000 posts (draws belong to the pair of candidate and post)
    let noisy = Review {
        panel_noise: Factor::new(0.8),
        ..rule()
    };
    let spread = |known: bool| {
        let mut world = FIRM.build();
        if known {
            put_tie(&mut world, 0, 2, tie(0.75, 0.8));
        }
        let (mut square, n) = (0.0, 5000);
        let shapes = Shapes::default();
        for week in 0..n {
            let randomness = Randomness::new(31);
            let step = Step {
                week,
                randomness: &randomness,
                shapes: &shapes,
            };
            let c = noisy
                .score(&world, step, 1, &[0], &[2], &|tie| tie.strength)
                .remove(0);
            square += c.performance * c.performance;
        }
        square / f64::from(n)
    };
    for (known, sd) in [(false, 0.4), (true, 0.28)] {
        let relative = spread(known) / (sd * sd * 0.9987);
        assert!(
            (relative - 1.0).abs() < 4.0 * (2.0_f64 / 5000.0).sqrt(),
            "{known}: {relative}"
        );
    }
}

#[test]
fn an_output_only_panel_sees_the_figures_and_nothing_else() {
    let mut world = FIRM.build();
    world.employees.standings[2].rating = Some(3.0);
    world.employees.standings[2].performed = Some(-0.5);
    world.employees.standings[3].performed = Some(1.0);
    world.employees.profiles[2].reputation = 1.0;
    put_tie(&mut world, 0, 2, tie(1.0, 1.0));
    put_tie(&mut world, 2, 0, tie(1.0, 1.0));
    let only = Review {
        output_only: true,
        ..rule()
    };
    let list = score(&only, &world, &[0], &[2, 3]);
    assert_eq!(list[0].slot, 3, "the better output wins");
    assert!((list[1].score + 0.25).abs() < 1e-6, "0.5 * -0.5");
    assert!(
        list.iter()
            .all(|c| c.advocates == 0 && c.known_to == 0 && c.reputation == 0.0)
    );
    assert_eq!(
        score(&rule(), &world, &[0], &[2, 3])[0].slot,
        2,
        "the liked one else"
    );
}

#[test]
fn breadth_and_potential_count_as_the_equation_says() {
    let mut world = FIRM.build();
    world.employees.standings[2].laterals = 1;
    world.employees.standings[3].laterals = 5;
    world.employees.characters[2].managing = 2.0;
    let rule = Review {
        by_breadth: Weight::new(0.2),
        by_potential: Weight::new(0.3),
        ..rule()
    };
    let list = score(&rule, &world, &[0], &[2, 3]);
    let part = |slot| {
        list.iter()
            .find(|c| c.slot == slot)
            .map(|c| (c.breadth, c.potential))
            .unwrap()
    };
    assert!((part(2).0 - 0.2).abs() < 1e-6 && (part(2).1 - 0.6).abs() < 1e-6);
    assert!(
        (part(3).0 - 0.4).abs() < 1e-6 && part(3).1 == 0.0,
        "two moves at most"
    );
    // a post that manages nobody asks for no skill at managing
    let staff = with_step(|step| rule.score(&world, step, 4, &[0], &[2, 3], &|tie| tie.strength));
    assert!(staff.iter().all(|c| c.potential == 0.0));
}

#[test]
fn who_came_to_the_level_lately_is_preferred_in_a_promotion_only() {
    // 25, 75 and 200 weeks on the level in week 100, of a plateau of 100: 0.75, 0.25 and none of the weight of 0.4
    let mut world = FIRM.build();
    for (slot, since) in [(2, 75), (3, 25), (4, -100)] {
        world.employees.standings[slot].level_since = since;
    }
    let rule = Review {
        by_pace: Weight::new(0.4),
        plateau: Weeks::new(100),
        ..rule()
    };
    let pace = |post, slot| {
        let list =
            with_step(|step| rule.score(&world, step, post, &[0], &[2, 3, 4], &|tie| tie.strength));
        list.iter()
            .find(|c| c.slot == slot)
            .map(|c| c.pace)
            .unwrap()
    };
    for (slot, found) in [(2, 0.3), (3, 0.1), (4, 0.0)] {
        assert!((pace(1, slot) - found).abs() < 1e-6, "{slot}");
        assert_eq!(pace(5, slot), 0.0, "a post of the own level");
    }
}

#[test]
fn switched_off_panels_decide_by_lot() {
    let off = Review {
        enabled: false,
        by_luck: Weight::new(0.8),
        ..rule()
    };
    assert!(!off.is_due(0));
    let mut world = FIRM.build();
    world.employees.standings[2].rating = Some(9.0);
    put_tie(&mut world, 0, 2, tie(1.0, 1.0));
    let shapes = Shapes::default();
    let wins = (0..2000)
        .filter(|&week| {
            let randomness = Randomness::new(31);
            let step = Step {
                week,
                randomness: &randomness,
                shapes: &shapes,
            };
            let list = off.score(&world, step, 1, &[0], &[2, 3, 4, 5], &|tie| tie.strength);
            assert!(list.iter().all(|c| c.score == c.luck));
            list[0].slot == 2
        })
        .count() as f64;
    // one in four, n = 2000
    assert!(
        (wins / 2000.0 - 0.25).abs() < 4.0 * (0.1875_f64 / 2000.0).sqrt(),
        "{wins}"
    );
}

#[test]
fn a_word_that_is_looked_at_counts_less_and_a_sponsors_promise_counts_anywhere() {
    let mut world = FIRM.build();
    put_tie(&mut world, 3, 2, tie(0.8, 0.9));
    put_tie(&mut world, 2, 3, tie(0.8, 0.9));
    let free = score(&rule(), &world, &[1], &[2])[0].clone();
    let discount = |share| crate::world::Discount {
        speaker: 3,
        about: 2,
        share,
    };
    world.programmes.discounts = vec![discount(0.5)];
    let half = score(&rule(), &world, &[1], &[2])[0].clone();
    world.programmes.discounts = vec![discount(1.0)];
    let none = score(&rule(), &world, &[1], &[2])[0].clone();
    assert!(free.advocacy > half.advocacy && half.advocacy > none.advocacy);
    assert_eq!(none.advocacy, 0.0);
    assert_eq!((free.dampened, half.dampened, none.dampened), (0, 1, 1));
    assert_eq!(free.advocates, half.advocates, "they still speak");
    // slot 16 leads a team of the other department, without a tie to 2
    let mut backing = crate::world::Backing {
        employee: 2,
        sponsor: 16,
        sponsor_id: 16,
        strength: 0.5,
    };
    world.employees.profiles[16].influence = 0.3;
    world.programmes.backings = vec![backing];
    let backed = score(&rule(), &world, &[1], &[2])[0].clone();
    // support 0.5 * (0.2 + 0.3) = 0.25; 0.6 * 0.25 / 1.25 = 0.12
    assert!((backed.advocacy - 0.12).abs() < 1e-6, "{}", backed.advocacy);
    backing.sponsor_id = 99;
    world.programmes.backings = vec![backing];
    assert_eq!(
        score(&rule(), &world, &[1], &[2])[0].advocacy,
        0.0,
        "a sponsor who is gone speaks for nobody"
    );
}
