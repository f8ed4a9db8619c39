//! Which calls are answered, by hand and by chance.

use super::*;
use crate::engine::{Basis, Channel};
use crate::random::{Purpose, Randomness};
use crate::units::Share;
use crate::world::Behaviour;

fn rule() -> Acceptance {
    Acceptance {
        enabled: true,
        base: Weight::new(0.4),
        by_trust: Weight::new(2.0),
        by_strength: Weight::new(2.0),
        by_rank: Weight::new(1.5),
        by_cooperation: Weight::new(1.0),
        ambition: Weight::new(1.5),
        late: Weight::new(0.8),
        by_introduction: Weight::new(0.7),
        by_debt: Weight::new(1.2),
        by_warmth: Weight::new(0.0),
        see_through: Probability::new(0.2),
        suspicion: Factor::new(0.5),
        ..Acceptance::default()
    }
}

fn offer(basis: Basis, late: bool) -> Offer {
    Offer::new(Channel::InPerson, basis, 0, 0.5, 0.5).marked(false, false, late, false)
}

/// Utility of a call from `from` to `to` (levels of four), in a firm with the cooperation norm 1/2.
fn utility(from: u8, to: u8, regard: Option<(f32, f32)>, offer: Offer, seen: bool) -> f32 {
    let conduct = Conduct::from(&Behaviour {
        openness: Weight::new(0.5),
        ..Default::default()
    });
    let receiver = Profile {
        level: to,
        ..Profile::VACANT
    };
    let caller = Profile {
        level: from,
        ..Profile::VACANT
    };
    let setting = Setting {
        levels: 4.0,
        cooperation: 0.5,
    };
    let known = regard.map(|(trust, strength)| Known {
        trust,
        strength,
        owes: 0.0,
    });
    rule().utility(&conduct, &receiver, &caller, known, offer, seen, setting)
}

#[test]
fn the_utility_of_a_call_is_what_the_equation_says() {
    let plain = offer(Basis::Shared, false);
    // 0.4 + 0.5 + 2 * (0.7 - 0.5) + 2 * 0.3 + 1 * 0.5 - 1.5 * 2 / 4 = 1.65
    let u = utility(0, 2, Some((0.7, 0.3)), plain, false);
    assert!((u - 1.65).abs() < 1e-5, "{u}");
    // a stranger counts as trusted by half: 0.4 + 0.5 + 0.5 = 1.4 among equals
    assert!((utility(1, 1, None, plain, false) - 1.4).abs() < 1e-5);
    // a late call costs 0.8 more
    assert!((utility(1, 1, None, offer(Basis::Shared, true), false) - 0.6).abs() < 1e-5);
}

#[test]
fn an_interest_seen_to_be_feigned_is_punished_twice_as_hard_by_seniors() {
    let feigned = offer(Basis::Feigned, false);
    let loss =
        |from, to| utility(from, to, None, feigned, false) - utility(from, to, None, feigned, true);
    assert!((loss(1, 1) - 1.5).abs() < 1e-5, "among equals");
    assert!((loss(0, 1) - 3.0).abs() < 1e-5, "by a senior");
    assert!((loss(2, 1) - 1.5).abs() < 1e-5, "by a junior");
}

#[test]
fn calls_of_the_warm_are_answered_more() {
    let rule = Acceptance {
        by_warmth: Weight::new(0.8),
        ..rule()
    };
    let setting = Setting {
        levels: 4.0,
        cooperation: 0.5,
    };
    let of = |warmth| {
        let caller = Profile {
            warmth,
            ..Profile::VACANT
        };
        let conduct = Conduct::from(&Behaviour::default());
        let plain = offer(Basis::Curious, false);
        rule.utility(
            &conduct,
            &Profile::VACANT,
            &caller,
            None,
            plain,
            false,
            setting,
        )
    };
    assert!((of(255) - of(0) - 0.8).abs() < 1e-5);
}

#[test]
fn an_introduction_opens_doors_and_a_debt_closes_those_of_scorekeepers() {
    let plain = offer(Basis::Curious, false);
    let introduced = plain.through(false, true, 0);
    let gain = utility(1, 1, None, introduced, false) - utility(1, 1, None, plain, false);
    assert!((gain - 0.7).abs() < 1e-5, "{gain}");
    let setting = Setting {
        levels: 4.0,
        cooperation: 0.5,
    };
    let with = |scorekeeping: f64, owes: f32| {
        let conduct = Conduct::from(&Behaviour {
            scorekeeping: Share::new(scorekeeping),
            ..Default::default()
        });
        let known = Some(Known {
            trust: 0.5,
            strength: 0.2,
            owes,
        });
        let nobody = Profile::VACANT;
        rule().utility(&conduct, &nobody, &nobody, known, plain, false, setting)
    };
    // 1.2 * 0.5 * 3 / 4
    assert!((with(0.5, 0.0) - with(0.5, 3.0) - 0.45).abs() < 1e-5);
    assert_eq!(with(0.0, 3.0), with(0.0, 0.0), "the generous do not count");
}

#[test]
fn feigning_is_found_out_over_repeated_contacts() {
    // 0.2 * (1 + 0.5 d)
    assert!((rule().chance_to_see_through(0, false) - 0.2).abs() < 1e-6);
    assert!((rule().chance_to_see_through(3, false) - 0.5).abs() < 1e-6);
    assert_eq!(rule().chance_to_see_through(200, false), 1.0);
    let vain = Acceptance {
        flattered: Share::new(0.4),
        ..rule()
    };
    assert!(
        (vain.chance_to_see_through(0, true) - 0.08).abs() < 1e-6,
        "from below"
    );
}

#[test]
fn trust_and_closeness_open_doors_and_rank_closes_them() {
    let plain = offer(Basis::Curious, false);
    let middle = utility(1, 1, Some((0.5, 0.2)), plain, false);
    assert!(utility(1, 1, Some((0.6, 0.2)), plain, false) > middle);
    assert!(utility(1, 1, Some((0.5, 0.3)), plain, false) > middle);
    assert!(utility(1, 2, Some((0.5, 0.2)), plain, false) < middle);
    assert_eq!(
        utility(2, 1, Some((0.5, 0.2)), plain, false),
        middle,
        "downwards costs nothing"
    );
}

#[test]
fn calls_are_accepted_with_the_logistic_probability() {
    // n = 20000 at p = 1 / (1 + e^-0.3) = 0.5744: four standard errors are 0.014
    let p = 0.574_442_5;
    let n = 20_000;
    let randomness = Randomness::new(4);
    let accepted = (0..n)
        .filter(|&i| {
            randomness
                .draws(Purpose::Acceptance, 0, i)
                .chance(rule().probability(0.3))
        })
        .count();
    let share = accepted as f64 / f64::from(n);
    assert!(
        (share - p).abs() < 4.0 * (p * (1.0 - p) / f64::from(n)).sqrt(),
        "{share}"
    );
}

#[test]
fn switched_off_every_call_is_accepted() {
    let off = Acceptance {
        enabled: false,
        ..rule()
    };
    assert_eq!(off.probability(-20.0), 1.0);
    assert!(rule().probability(-20.0) < 1e-6);
}
