//! What is feigned, seen and held, by hand and by chance.

use super::*;
use crate::random::{Purpose, Randomness};
use crate::world::Behaviour;

fn rule() -> Sincerity {
    Sincerity {
        enabled: true,
        learning: Share::new(0.1),
        curious: Strength::new(0.8),
        feigned_passes: Strength::new(0.5),
        noise: Factor::new(0.0),
        by_warmth: Strength::new(0.0),
        exposed: Share::new(0.3),
        declined: Share::new(0.05),
        first_trust: Strength::new(0.4),
        vouched: Strength::new(0.5),
        kindle: Probability::new(0.25),
        most: Few::new(3),
        clash: Probability::new(0.02),
        broken: Share::new(0.75),
        hostile: Strength::new(0.2),
        forgiving: Share::new(0.5),
    }
}

fn draws(i: u32) -> Draws {
    Randomness::new(8).draws(Purpose::CallerSide, 0, i)
}

/// Shares of shared, curious and feigned contacts in n = 20000.
fn shares(sincerity: f64, curiosity: f64, common: f32) -> [f64; 3] {
    let conduct = Conduct::from(&Behaviour {
        sincerity: Probability::new(sincerity),
        curiosity: Probability::new(curiosity),
        ..Default::default()
    });
    let mut counts = [0.0; 3];
    for i in 0..20_000 {
        counts[rule().basis(&conduct, common, &mut draws(i)) as usize] += 1.0 / 20_000.0;
    }
    counts
}

#[test]
fn a_contact_rests_on_what_the_equation_says() {
    // sincerity 0.6, curiosity 0.25: shared 0.6, curious 0.4 * 0.25 = 0.1, feigned 0.3
    for (found, p) in shares(0.6, 0.25, 0.5).into_iter().zip([0.6, 0.1, 0.3]) {
        assert!(
            (found - p).abs() < 4.0 * (p * (1.0 - p) / 20_000.0_f64).sqrt(),
            "{found} {p}"
        );
    }
    let apart = shares(0.6, 0.25, 0.0);
    assert_eq!(apart[0], 0.0, "nothing in common, nothing to share");
    assert!((apart[1] - 0.25).abs() < 4.0 * (0.25_f64 * 0.75 / 20_000.0).sqrt());
}

#[test]
fn trust_moves_towards_the_sincerity_perceived() {
    // 0.4 + 0.1 * (0.8 - 0.4) = 0.44; seen through, 30 % of what is left is gone
    assert!((rule().trust_after(0.4, 0.8, 1.0, false) - 0.44).abs() < 1e-6);
    assert!((rule().trust_after(0.4, 0.0, 1.0, true) - 0.36 * 0.7).abs() < 1e-6);
    assert!((rule().trust_after_refusal(0.4) - 0.38).abs() < 1e-6);
    // a channel of half the power teaches half as much
    assert!((rule().trust_after(0.4, 0.8, 0.5, false) - 0.42).abs() < 1e-6);
    assert_eq!(rule().trust_at_first(false), 0.4);
    assert_eq!(rule().trust_at_first(true), 0.5, "an ally vouches");
}

#[test]
fn a_negative_tie_recovers_slowly_and_sinks_as_fast_as_any() {
    // 0.1 + 0.1 * 0.5 * (0.9 - 0.1) = 0.14; downwards 0.1 + 0.1 * (0 - 0.1) = 0.09
    assert!((rule().trust_after(0.1, 0.9, 1.0, false) - 0.14).abs() < 1e-6);
    assert!((rule().trust_after(0.1, 0.0, 1.0, false) - 0.09).abs() < 1e-6);
    assert!(rule().is_negative(0.19) && !rule().is_negative(0.2));
}

#[test]
fn those_who_share_interests_fall_out_less_and_a_conflict_breaks_trust() {
    assert!((rule().chance_of_conflict(0.25) - 0.015).abs() < 1e-7);
    assert_eq!(rule().chance_of_conflict(1.0), 0.0);
    let mut tie = Tie {
        strength: [0.4; 3],
        trust: 0.6,
        ..Tie::default()
    };
    rule().fall_out(&mut tie);
    assert!((tie.trust - 0.15).abs() < 1e-6 && rule().is_negative(tie.trust));
    assert_eq!(tie.strength[0], 0.4, "the work goes on");
    assert!((tie.strength[FRIENDSHIP] - 0.1).abs() < 1e-6);
    assert!((tie.strength[CAREER] - 0.1).abs() < 1e-6);
}

#[test]
fn curiosity_becomes_an_interest_as_often_as_it_says() {
    let (mine, theirs) = (0b0011, 0b1110);
    let kindled = |rule: &Sincerity, basis, i| rule.kindled(basis, mine, theirs, &mut draws(i));
    let found: Vec<u8> = (0..20_000)
        .filter_map(|i| kindled(&rule(), Basis::Curious, i))
        .collect();
    let share = found.len() as f64 / 20_000.0;
    assert!(
        (share - 0.25).abs() < 4.0 * (0.1875_f64 / 20_000.0).sqrt(),
        "{share}"
    );
    let third: f64 = found
        .iter()
        .map(|&topic| f64::from(u8::from(topic == 2)))
        .sum();
    assert!(
        found.iter().all(|topic| [2, 3].contains(topic)),
        "what ego lacks"
    );
    let half = third / found.len() as f64;
    assert!(
        (half - 0.5).abs() < 4.0 * (0.25 / found.len() as f64).sqrt(),
        "{half}"
    );
    assert!((0..100).all(|i| kindled(&rule(), Basis::Feigned, i).is_none()));
    assert!((0..100).all(|i| kindled(&rule(), Basis::Shared, i).is_none()));
}

#[test]
fn a_new_interest_beyond_the_most_drives_out_an_old_one() {
    for i in 0..100 {
        assert_eq!(
            rule().with_interest(0b0011, 2, &mut draws(i)),
            0b0111,
            "room"
        );
        let full = rule().with_interest(0b0111, 4, &mut draws(i));
        assert_eq!(full.count_ones(), 3);
        assert_ne!(full & 1 << 4, 0, "the new one stays");
        assert_eq!(rule().with_interest(0b0111, 2, &mut draws(i)), 0b0111);
    }
}

#[test]
fn what_is_perceived_is_the_basis_with_noise_around_it() {
    let shapes = Shapes::default();
    let exact = |basis, seen| rule().perceived(basis, seen, 128, &shapes, &mut draws(1));
    assert_eq!(exact(Basis::Shared, false), 1.0);
    assert_eq!(exact(Basis::Curious, false), 0.8);
    assert_eq!(exact(Basis::Feigned, false), 0.5);
    assert_eq!(exact(Basis::Feigned, true), 0.0);
    // feigned shows 0.5 with noise of sd 0.1, hardly ever cut off: n = 20000, four standard errors
    let noisy = Sincerity {
        noise: Factor::new(0.1),
        ..rule()
    };
    let n = 20_000;
    let seen: Vec<f64> = (0..n)
        .map(|i| f64::from(noisy.perceived(Basis::Feigned, false, 128, &shapes, &mut draws(i))))
        .collect();
    let mean = seen.iter().sum::<f64>() / f64::from(n);
    assert!(
        (mean - 0.5).abs() < 4.0 * 0.1 / f64::from(n).sqrt(),
        "{mean}"
    );
    let variance = seen.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / f64::from(n);
    assert!(
        (variance / 0.01 - 0.9987).abs() < 4.0 * (2.0 / f64::from(n)).sqrt(),
        "{variance}"
    );
}

#[test]
fn the_warm_seem_more_sincere_until_they_are_seen_through() {
    let shapes = Shapes::default();
    let rule = Sincerity {
        by_warmth: Strength::new(0.4),
        ..rule()
    };
    let seen = |seen, warmth| rule.perceived(Basis::Feigned, seen, warmth, &shapes, &mut draws(1));
    assert!((seen(false, 255) - 0.7).abs() < 1e-6);
    assert!((seen(false, 0) - 0.3).abs() < 1e-6);
    assert_eq!(seen(true, 255), 0.0);
    assert_eq!(seen(true, 0), 0.0);
    let shared = rule.perceived(Basis::Shared, false, 255, &shapes, &mut draws(1));
    assert_eq!(shared, 1.0, "nobody seems more than sincere");
}

#[test]
fn a_tie_built_on_feigned_interest_ends_up_hollow() {
    let shapes = Shapes::default();
    let after = |basis| {
        (0..100).fold(0.4, |trust, i| {
            let seen = rule().perceived(basis, false, 128, &shapes, &mut draws(i));
            rule().trust_after(trust, seen, 1.0, false)
        })
    };
    let (shared, curious, feigned) = (
        after(Basis::Shared),
        after(Basis::Curious),
        after(Basis::Feigned),
    );
    assert!(
        feigned < curious && curious < shared,
        "{feigned} {curious} {shared}"
    );
    assert!((feigned - 0.5).abs() < 1e-3, "trust settles at what shows");
}

#[test]
fn switched_off_everyone_seems_sincere() {
    let off = Sincerity {
        enabled: false,
        noise: Factor::new(0.3),
        ..rule()
    };
    let shapes = Shapes::default();
    for (i, basis) in [Basis::Shared, Basis::Curious, Basis::Feigned]
        .into_iter()
        .enumerate()
    {
        assert_eq!(
            off.perceived(basis, true, 255, &shapes, &mut draws(i as u32)),
            1.0
        );
    }
    assert!(
        (off.trust_after(0.4, 1.0, 1.0, true) - 0.46).abs() < 1e-6,
        "nothing is exposed"
    );
    assert_eq!(off.chance_of_conflict(0.0), 0.0);
    assert!(!off.is_negative(0.0));
    assert!((0..100).all(|i| off.kindled(Basis::Curious, 0, 1, &mut draws(i)).is_none()));
}
