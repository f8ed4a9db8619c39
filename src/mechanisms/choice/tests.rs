//! Whom ego turns to, by hand and by chance.

use super::*;
use crate::engine::top_by_score;
use crate::random::{Purpose, Randomness, Shapes};
use crate::world::Behaviour;

/// A behaviour to which everything is the same.
fn indifferent() -> Behaviour {
    let none = Weight::new(0.0);
    Behaviour {
        weight_interests: none,
        weight_influence: none,
        weight_need: none,
        weight_rhythm: none,
        weight_aspiration: none,
        weight_reach: none,
        weight_trust: none,
        weight_ledger: none,
        weight_proximity: none,
        ..Behaviour::default()
    }
}

fn ego() -> Profile {
    Profile {
        id: 1,
        interests: 0b0011,
        department: 1,
        function: 1,
        level: 1,
        ..Profile::VACANT
    }
}

fn alter() -> Profile {
    let interests = 0b0110;
    Profile {
        id: 2,
        interests,
        influence: 0.5,
        reputation: 0.8,
        level: 2,
        ..ego()
    }
}

/// What the behaviour's own weights add to the utility, over that of someone indifferent.
fn own(
    behaviour: &Behaviour,
    aspiration: Aspiration,
    alter: &Profile,
    tie: Option<(&Tie, f32, f32)>,
) -> f32 {
    let of = |b: &Behaviour| {
        Choice::default().utility(&Conduct::from(b), aspiration, &ego(), alter, tie)
    };
    of(behaviour) - of(&indifferent())
}

#[test]
fn whom_others_arranged_to_meet_comes_to_mind_only_by_chance_and_only_at_first() {
    let rule = Choice {
        follow_up: Probability::new(0.2),
        ..Choice::default()
    };
    let key = Randomness::new(3).week(Purpose::CallerSide, 0);
    let count = |rule: &Choice, is_first, arranged| {
        let comes = |who| rule.comes_to_mind(is_first, arranged, &mut key.of(who));
        (0..10_000).filter(|&who| comes(who)).count()
    };
    // standard error 40
    assert!(count(&rule, true, true).abs_diff(2_000) < 160);
    assert_eq!(count(&rule, true, false), 10_000);
    assert_eq!(count(&rule, false, true), 10_000);
    let off = Choice {
        enabled: false,
        ..rule
    };
    assert_eq!(count(&off, true, true), 10_000);
}

#[test]
fn each_weight_counts_for_what_the_equation_says() {
    let two = Weight::new(2.0);
    let zero = indifferent;
    let lead = Aspiration::Leadership;
    let check = |name: &str, found: f32, expected: f32| {
        assert!(
            (found - expected).abs() < 1e-5,
            "{name}: {found}, not {expected}"
        );
    };
    // one of two interests is shared
    let b = Behaviour {
        weight_interests: two,
        ..zero()
    };
    check("interests", own(&b, lead, &alter(), None), 1.0);
    let b = Behaviour {
        weight_influence: two,
        ..zero()
    };
    check("influence", own(&b, lead, &alter(), None), 1.0);
    let b = Behaviour {
        weight_aspiration: two,
        ..zero()
    };
    check("leadership", own(&b, lead, &alter(), None), 2.0);
    check(
        "excellence",
        own(&b, Aspiration::Excellence, &alter(), None),
        1.6,
    );
    check(
        "building",
        own(&b, Aspiration::Building, &alter(), None),
        0.0,
    );
    let b = Behaviour {
        weight_proximity: two,
        ..zero()
    };
    check("proximity", own(&b, lead, &alter(), None), 2.0);
    let away = Profile {
        department: 2,
        site: 3,
        function: 2,
        ..alter()
    };
    check("distance", own(&b, lead, &away, None), 0.0);
    let b = Behaviour {
        weight_reach: two,
        ..zero()
    };
    check("reach", own(&b, lead, &away, None), 2.0);
    // with a tie: insight 51 / 255, trust 0.75, a debt of 1 that counts 1 / (1 + 1)
    let tie = Tie {
        insight: 51,
        trust: 0.75,
        ledger: 1.0,
        ..Tie::default()
    };
    let b = Behaviour {
        weight_need: two,
        ..zero()
    };
    check("need", own(&b, lead, &alter(), Some((&tie, 0.0, 0.0))), 0.4);
    let b = Behaviour {
        weight_trust: two,
        ..zero()
    };
    check(
        "trust",
        own(&b, lead, &alter(), Some((&tie, 0.0, 0.0))),
        1.5,
    );
    let b = Behaviour {
        weight_ledger: two,
        ..zero()
    };
    check(
        "ledger",
        own(&b, lead, &alter(), Some((&tie, 0.0, 0.0))),
        1.0,
    );
    let b = Behaviour {
        weight_rhythm: two,
        ..zero()
    };
    check("due", own(&b, lead, &alter(), Some((&tie, 0.0, 1.0))), 2.0);
    check(
        "long overdue",
        own(&b, lead, &alter(), Some((&tie, 0.0, 9.0))),
        4.0,
    );
    let b = Behaviour {
        weight_reach: two,
        ..zero()
    };
    check(
        "reach of a tie",
        own(&b, lead, &away, Some((&tie, 0.25, 0.0))),
        1.5,
    );
}

#[test]
fn warmth_and_closeness_count_for_everyone_alike() {
    let rule = Choice {
        by_warmth: Weight::new(2.0),
        by_closeness: Weight::new(3.0),
        ..Choice::default()
    };
    let of = |warmth, tie: Option<(&Tie, f32, f32)>| {
        let alter = Profile { warmth, ..alter() };
        rule.utility(
            &Conduct::from(&indifferent()),
            Aspiration::Leadership,
            &ego(),
            &alter,
            tie,
        )
    };
    // 2 * (1 - 1/2), 2 * (0 - 1/2), 3 * 0.25
    assert!((of(255, None) - 1.0).abs() < 1e-5);
    assert!((of(0, None) + 1.0).abs() < 1e-5);
    let tie = Tie::default();
    assert!((of(255, Some((&tie, 0.25, 0.0))) - 1.75).abs() < 1e-5);
}

#[test]
fn contact_is_weekly_when_close_and_rare_when_not() {
    let rule = Choice {
        weakest_rhythm: Weeks::new(16),
        close: Strength::new(0.5),
        ..Choice::default()
    };
    let rhythm = rule.rhythm();
    assert!((rhythm.weeks(0.0) - 16.0).abs() < 1e-5);
    // half way to close: 16 ^ (1 - 1/2)
    assert!((rhythm.weeks(0.25) - 4.0).abs() < 1e-5);
    assert_eq!(rhythm.weeks(0.5), 1.0);
    assert_eq!(rhythm.weeks(1.0), 1.0);
    let all: Vec<f32> = (0..=32).map(|i| rhythm.weeks(i as f32 / 64.0)).collect();
    assert!(
        all.windows(2).all(|pair| pair[1] < pair[0]),
        "closer is sooner: {all:?}"
    );
}

#[test]
fn the_best_of_noisy_utilities_is_a_draw_from_the_multinomial_logit() {
    // utilities 0, 1, 2 and noise of scale 0.8: P(j) ~ e^(u_j / 0.8); n = 20000
    let rule = Choice {
        noise: Factor::new(0.8),
        ..Choice::default()
    };
    let noise = rule.noise.single();
    let shapes = Shapes::default();
    let randomness = Randomness::new(6);
    let n = 20_000;
    let mut counts = [0_u32; 3];
    for i in 0..n {
        let mut draws = randomness.draws(Purpose::Choice, 0, i);
        let mut list = [0_usize, 1, 2].map(|j| (j as f32 + noise * shapes.gumbel(&mut draws), j));
        top_by_score(&mut list, 1);
        counts[list[0].1] += 1;
    }
    let weights = [0.0_f64, 1.0, 2.0].map(|u| libm::exp(u / 0.8));
    let sum: f64 = weights.iter().sum();
    for (count, weight) in counts.into_iter().zip(weights) {
        let (found, p) = (f64::from(count) / f64::from(n), weight / sum);
        let tolerance = 4.0 * (p * (1.0 - p) / f64::from(n)).sqrt();
        assert!((found - p).abs() < tolerance, "{found} {p}");
    }
}

#[test]
fn a_tie_passed_over_comes_to_mind_within_the_wait_and_evenly() {
    // half of eight weeks, n = 8000, expectation 2000 each, sd sqrt(2000 * 3 / 4)
    let rule = Choice {
        wait: Factor::new(0.5),
        ..Choice::default()
    };
    let mut counts = [0_u32; 4];
    for i in 0..8000 {
        let mut draws = Randomness::new(3).draws(Purpose::Choice, 0, i);
        counts[(rule.next_thought(10, 8.0, &mut draws) - 11) as usize] += 1;
    }
    assert!(
        counts
            .iter()
            .all(|&c| (f64::from(c) - 2000.0).abs() < 4.0 * 1500.0_f64.sqrt())
    );
}

#[test]
fn switched_off_all_candidates_are_alike() {
    let off = Choice {
        enabled: false,
        ..Choice::default()
    };
    let conduct = Conduct::from(&Behaviour::transactional());
    let of = |alter: &Profile, tie: Option<(&Tie, f32, f32)>| {
        off.utility(&conduct, Aspiration::Leadership, &ego(), alter, tie)
    };
    let tie = Tie {
        trust: 1.0,
        insight: 255,
        ..Tie::default()
    };
    assert_eq!(of(&alter(), None), of(&ego(), Some((&tie, 1.0, 2.0))));
}
