//! Strengths that fade, by hand.

use super::*;

fn rule() -> Decay {
    Decay {
        collaboration: HalfLife::new(26.0),
        friendship: HalfLife::new(30.0),
        career_support: HalfLife::new(52.0),
        bridging: Factor::new(0.7),
        embedding: Share::new(0.4),
        typical: Few::new(5),
        ageing: Factor::new(0.5),
        settled: Weeks::new(63),
        revival: Share::new(0.8),
        trust: HalfLife::new(312.0),
        active: Strength::new(0.1),
        ..Decay::default()
    }
}

fn fading() -> Fading {
    rule().fading(HalfLife::new(26.0))
}

/// No bridge, five mutual contacts, and the age class of 2^6 - 1 = 63 weeks: every factor is 1.
const PLAIN: u8 = 9 << 1 | 3 << 5;

fn tie(strength: [f32; 3], fading: u8) -> Tie {
    Tie {
        strength,
        fading,
        last_contact: 10,
        formed: 0,
        ..Tie::default()
    }
}

#[test]
fn each_layer_halves_in_its_half_life() {
    let s = fading().now(&tie([0.8, 0.8, 0.8], PLAIN), 10 + 26);
    assert!(
        (s[0] - 0.4).abs() < 1e-6,
        "collaboration halves in 26 weeks: {s:?}"
    );
    assert!(
        s[0] < s[1] && s[1] < s[2],
        "career support lasts longest: {s:?}"
    );
    // 520 weeks are 20 halvings of collaboration
    let s = fading().now(&tie([0.8, 0.8, 0.8], PLAIN), 10 + 520);
    assert!(
        (f64::from(s[0]) / (0.8 / 1_048_576.0) - 1.0).abs() < 1e-5,
        "{s:?}"
    );
}

#[test]
fn the_power_of_two_is_that_of_the_library() {
    for i in 0..4000 {
        let x = i as f32 * 0.01;
        // each lane by itself
        let lanes = [x, 2.0 * x, 0.0, 0.5 * x];
        for (x, found) in lanes.into_iter().zip(halved(f32x4::new(lanes)).to_array()) {
            let found = f64::from(found) / libm::exp2(-f64::from(x));
            assert!((found - 1.0).abs() < 5e-7, "{x} {found}");
        }
    }
    let far = halved(f32x4::splat(1e9)).to_array();
    assert!(far.iter().all(|&left| (0.0..1e-30).contains(&left)));
}

#[test]
fn half_lives_move_with_bridges_age_and_mutual_contacts_as_the_equation_says() {
    let fading = fading();
    let slowness = |class: u8| 1.0 / fading.speeds[class as usize];
    assert!((slowness(PLAIN) - 1.0).abs() < 1e-6);
    assert!((slowness(PLAIN | 1) - 0.7).abs() < 1e-6, "a bridge");
    // age class 3 is 2^2 - 1 = 3 weeks: (4 / 64)^0.5 = 0.25
    assert!((slowness(3 << 1 | 3 << 5) - 0.25).abs() < 1e-6, "young");
    // none: 1 - 0.4; eighteen: 1 + 0.4 * 13 / 23
    assert!((slowness(9 << 1) - 0.6).abs() < 1e-6, "no mutual contacts");
    assert!((slowness(9 << 1 | 6 << 5) - (1.0 + 0.4 * 13.0 / 23.0)).abs() < 1e-6);
    // older and better embedded is slower, all the way
    for age in 0..15_u8 {
        assert!(slowness((age + 1) << 1) > slowness(age << 1), "age {age}");
    }
    for mutual in 0..6_u8 {
        assert!(slowness((mutual + 1) << 5) > slowness(mutual << 5));
    }
}

#[test]
fn the_class_is_read_off_age_bridge_and_what_was_counted() {
    let fading = fading();
    let t = tie([0.5; 3], 4 << 5);
    assert_eq!(fading.class(&t, 63, true, 2), 1 | 9 << 1 | 2 << 5);
    assert_eq!(
        fading.class(&t, 63, false, NOT_COUNTED),
        9 << 1 | 4 << 5,
        "what was counted before stays"
    );
    assert_eq!(
        fading.class(&t, 30_000, false, 0),
        15 << 1,
        "as old as can be"
    );
    let classes: Vec<u8> = (0..20).map(|n| fading.mutual_class(n)).collect();
    assert!(classes.is_sorted() && classes[19] == 6);
}

#[test]
fn a_dormant_tie_is_revived_in_fewer_contacts_than_a_new_one_takes() {
    let fading = fading();
    // 300 weeks later nothing is left of 0.6 collaboration; 0.4 of it comes back at once
    let old = tie([0.6, 0.5, 0.4], PLAIN);
    let week = 10 + 300;
    let now = fading.now(&old, week);
    let up = fading.taken_up(&old, week).0;
    assert!(now[0] < 0.001 && !fading.is_active(&old, week));
    let lost = 0.6 - now[0];
    assert!((up[0] - (now[0] + 0.4 * lost * lost / 0.6)).abs() < 1e-6);
    assert!(up[0] > 0.1, "active again with one contact: {up:?}");
    // a longer silence never leaves more
    let mut before = f32::MAX;
    for weeks in 0..600 {
        let s = fading.taken_up(&old, 10 + weeks).0[0];
        assert!(s <= before + 1e-6, "{weeks}");
        before = s;
    }
    // ties in weekly contact are left alone
    let weekly = fading.taken_up(&old, 11).0[0] - fading.now(&old, 11)[0];
    assert!(weekly < 0.001, "{weekly}");
    // a layer that never was does not come from nothing
    assert_eq!(fading.taken_up(&tie([0.0; 3], 0), 500).0, [0.0; 3]);
}

#[test]
fn trust_is_mostly_kept_for_years() {
    let left = |weeks| fading().taken_up(&tie([0.5; 3], 0), 10 + weeks).1;
    assert!((left(312) - 0.5).abs() < 1e-6);
    assert!(left(156) > 0.5, "three years: {}", left(156));
    assert!(left(156) < left(52) && left(52) < 1.0);
}

#[test]
fn switched_off_nothing_fades() {
    let decay = Decay {
        enabled: false,
        ..rule()
    };
    let fading = decay.fading(HalfLife::new(26.0));
    let t = tie([0.8, 0.4, 0.1], 3);
    assert_eq!(fading.now(&t, 5000), [0.8, 0.4, 0.1]);
    assert_eq!(fading.taken_up(&t, 5000), ([0.8, 0.4, 0.1], 1.0));
}

#[test]
fn the_last_active_week_agrees_with_the_fading() {
    let fading = fading();
    for (i, class) in (0..120).zip((0..=255).step_by(7).cycle()) {
        let t = tie([i as f32 / 120.0, 0.3, 0.005 * i as f32], class);
        let until = i32::from(fading.active_until(&t, 10));
        // the table of doublings is in steps of 1/256: near the edge that is a share of a half-life
        let slack = 2 + (until - 10) / 16;
        assert!(
            fading.is_active(&t, until - slack) && !fading.is_active(&t, until + slack),
            "{t:?} {until}"
        );
    }
}
