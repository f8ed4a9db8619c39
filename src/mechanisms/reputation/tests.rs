//! Known shares and repute after encounters, by hand and by chance.

use super::*;
use crate::random::{Purpose, Randomness};
use crate::world::World;
use crate::world::small_firm::{SmallFirm, put_tie};

const FIRM: SmallFirm = SmallFirm {
    departments: 1,
    leads: 1,
    staff: 4,
};
const EGO: u32 = 2;
const TELLER: u32 = 3;
const LISTENER: u32 = 4;

fn rule() -> Reputation {
    Reputation {
        enabled: true,
        talk: Probability::new(1.0),
        weight: Share::new(0.2),
        spread: Share::new(0.02),
        meet: Share::new(0.01),
        by_declining: Share::new(0.01),
        forgetting: Share::new(0.0),
        seen: Share::new(0.0),
        by_taking: Share::new(0.2),
        rumour: Probability::new(0.0),
        rumour_noise: Factor::new(0.0),
        slander: Share::new(0.1),
        hearsay: Share::new(0.5),
        ..Reputation::default()
    }
}

/// Ego's ties all lead to the teller; the teller's to the listener and, once, to ego.
fn world(trust: f32, belief: f32) -> World {
    let mut world = FIRM.build();
    let whole = Tie {
        strength: [1.0; 3],
        trust,
        formed: 10,
        ..Tie::default()
    };
    for place in 0..world.ties.places() {
        put_tie(&mut world, EGO, TELLER, whole);
        let other = if place == 0 { EGO } else { LISTENER };
        put_tie(&mut world, TELLER, other, whole);
    }
    put_tie(
        &mut world,
        LISTENER,
        TELLER,
        Tie {
            trust: belief,
            ..whole
        },
    );
    world
}

/// (reputation, known) of ego after a week with the `i`-th luck.
fn after(rule: &Reputation, world: &World, week: Week, left: f32, i: u32) -> (f32, f32) {
    let told = told(rule, world, week, left, i);
    (told.reputation, told.known)
}

fn told(rule: &Reputation, world: &World, week: Week, left: f32, i: u32) -> Told {
    let mut draws = Randomness::new(7).draws(Purpose::Talk, 0, i);
    let shapes = Shapes::default();
    let around = Talk {
        profiles: &world.employees.profiles,
        organisation: &world.organisation,
        ties: &world.ties,
        shapes: &shapes,
        now: |tie: &Tie| (tie.peak(), tie.ledger),
    };
    rule.update(EGO, &around, &week, left, &mut draws)
}

#[test]
fn what_is_told_moves_the_listener_as_far_as_the_teller_is_trusted() {
    let mut world = world(0.9, 0.5);
    world.employees.profiles[EGO as usize].known = 0.3;
    let (mut told, mut not) = (0, 0);
    for i in 0..400 {
        let (r, k) = after(&rule(), &world, Week::default(), 1.0, i);
        if r == 0.5 {
            // the listener drawn was ego itself: nothing is told
            assert_eq!(k, 0.3);
            not += 1;
        } else {
            // a tie of strength 1 makes the opinion the trust: 0.5 + 0.2 * 0.5 * (0.9 - 0.5) = 0.54
            assert!((r - 0.54).abs() < 1e-6, "{r}");
            // 0.3 + 0.02 * 0.7
            assert!((k - 0.314).abs() < 1e-6, "{k}");
            told += 1;
        }
    }
    assert!(told > 0 && not > 0);
}

#[test]
fn a_person_is_spoken_of_as_often_as_the_equation_says() {
    // talk 0.3, and 15 of the teller's 16 ties are to the listener: p = 0.28125; n = 20000
    let world = world(0.9, 0.5);
    let rule = Reputation {
        talk: Probability::new(0.3),
        ..rule()
    };
    let told = (0..20_000)
        .filter(|&i| after(&rule, &world, Week::default(), 1.0, i).0 > 0.5)
        .count() as f64
        / 20_000.0;
    let p = 0.281_25;
    assert!(
        (told - p).abs() < 4.0 * (p * (1.0 - p) / 20_000.0_f64).sqrt(),
        "{told}"
    );
}

#[test]
fn those_who_are_trusted_rise_and_those_who_are_not_sink() {
    let r = |trust, belief| {
        let world = world(trust, belief);
        (0..50)
            .map(|i| after(&rule(), &world, Week::default(), 1.0, i).0)
            .sum::<f32>()
            / 50.0
    };
    assert!(r(0.9, 0.5) > 0.5 && r(0.1, 0.5) < 0.5);
    assert!(r(0.9, 0.9) > r(0.9, 0.5), "a trusted teller counts more");
    assert_eq!(r(0.9, 0.0), 0.5, "a hollow tie carries nothing");
}

#[test]
fn takers_lose_reputation_and_givers_gain() {
    let r = |ledger| {
        let mut world = world(0.7, 0.5);
        for tie in world.ties.row_mut(TELLER).records {
            tie.ledger = ledger;
        }
        (0..50)
            .map(|i| after(&rule(), &world, Week::default(), 1.0, i).0)
            .fold(0.5_f32, |most, r| if r == 0.5 { most } else { r })
    };
    // 0.5 + 0.2 * 0.5 * (0.2 - 0.2 * 1/2) with a debt of 1, and + 0.2 * 1/2 with as much given
    assert!((r(1.0) - 0.51).abs() < 1e-6, "{}", r(1.0));
    assert!((r(0.0) - 0.52).abs() < 1e-6);
    assert!((r(-1.0) - 0.53).abs() < 1e-6);
}

#[test]
fn rumours_sink_those_whom_nobody_knows() {
    let gossip = Reputation {
        talk: Probability::new(0.0),
        rumour: Probability::new(1.0),
        spread: Share::new(0.0),
        ..rule()
    };
    // colleagues hold nothing about ego; post 5 is believed by 4 alone
    let mut world = FIRM.build();
    let tie = Tie {
        trust: 0.5,
        formed: 10,
        ..Tie::default()
    };
    for _ in 0..world.ties.places() {
        put_tie(&mut world, 5, LISTENER, tie);
    }
    put_tie(&mut world, LISTENER, 5, tie);
    // the listener knows ego, and so tells no rumours
    put_tie(&mut world, LISTENER, EGO, tie);
    let all = |world: &World| -> Vec<Told> {
        (0..2000)
            .map(|i| told(&gossip, world, Week::default(), 1.0, i))
            .collect()
    };
    let unknown = all(&world);
    let with: Vec<&Told> = unknown.iter().filter(|t| t.rumour).collect();
    // the teller is one of the six of the department: 1/6, and 0.5 - 0.2 * 0.5 * 0.1
    let (share, p) = (with.len() as f64 / 2000.0, 1.0 / 6.0);
    assert!(
        (share - p).abs() < 4.0 * (p * (1.0 - p) / 2000.0_f64).sqrt(),
        "{share}"
    );
    assert!(with.iter().all(|t| (t.reputation - 0.49).abs() < 1e-6));
    world.employees.profiles[EGO as usize].known = 1.0;
    assert!(all(&world).iter().all(|t| !t.rumour), "whom all know");
    world.employees.profiles[EGO as usize].known = 0.0;
    world.ties.row_mut(5).partners[0] = EGO;
    world.ties.row_mut(5).records[0] = tie;
    assert!(
        all(&world).iter().all(|t| !t.rumour),
        "the teller knows better"
    );
}

#[test]
fn what_one_hears_moves_the_trust_in_somebody_both_know() {
    let mut world = FIRM.build();
    let tie = |trust| Tie {
        trust,
        formed: 10,
        ..Tie::default()
    };
    for _ in 0..world.ties.places() - 1 {
        put_tie(&mut world, EGO, TELLER, tie(0.6));
        put_tie(&mut world, TELLER, LISTENER, tie(0.1));
    }
    put_tie(&mut world, EGO, LISTENER, tie(0.7));
    let heard: Vec<Heard> = (0..200)
        .filter_map(|i| told(&rule(), &world, Week::default(), 1.0, i).heard)
        .collect();
    assert!(heard.len() > 100);
    for h in heard {
        // 0.7 + 0.5 * 0.6 * (0.1 - 0.7)
        assert_eq!(h.place as usize, world.ties.places() - 1);
        assert!((h.trust - 0.52).abs() < 1e-6, "{}", h.trust);
    }
}

#[test]
fn those_who_are_in_the_office_are_better_known() {
    let mut world = FIRM.build();
    let rule = Reputation {
        seen: Share::new(0.1),
        ..rule()
    };
    let mut known = |presence| {
        world.employees.profiles[EGO as usize].presence = presence;
        after(&rule, &world, Week::default(), 1.0, 0).1
    };
    // 0.1 * (1 - 2^-days)
    assert_eq!(known(0), 0.0);
    assert!((known(0b00111) - 0.0875).abs() < 1e-6);
    assert!((known(0b11111) - 0.096_875).abs() < 1e-6);
}

#[test]
fn declining_sinks_the_unknown_and_not_the_known() {
    let mut world = FIRM.build();
    let declined = Week {
        declined: 5.0,
        ..Week::default()
    };
    world.employees.profiles[EGO as usize].known = 0.0;
    let (unknown, _) = after(&rule(), &world, declined, 1.0, 0);
    // 0.5 - 0.01 * 5
    assert!((unknown - 0.45).abs() < 1e-6, "{unknown}");
    world.employees.profiles[EGO as usize].known = 1.0;
    assert_eq!(after(&rule(), &world, declined, 1.0, 0).0, 0.5);
    world.employees.profiles[EGO as usize].known = 0.5;
    let (half, _) = after(&rule(), &world, declined, 1.0, 0);
    assert!(unknown < half && half < 0.5);
}

#[test]
fn acquaintance_grows_with_new_contacts_and_fades() {
    let mut world = FIRM.build();
    world.employees.profiles[EGO as usize].known = 0.5;
    let met = Week {
        formed: 4,
        ..Week::default()
    };
    // 0.5 * 0.9 = 0.45, then + 0.01 * 4 * 0.55
    let (_, k) = after(&rule(), &world, met, 0.9, 0);
    assert!((k - 0.472).abs() < 1e-6, "{k}");
    let rule = Reputation {
        half_life: HalfLife::new(26.0),
        ..rule()
    };
    assert!(((0..26).map(|_| rule.left()).product::<f32>() - 0.5).abs() < 1e-4);
}

#[test]
fn an_old_judgement_is_forgotten() {
    let mut world = FIRM.build();
    world.employees.profiles[EGO as usize].reputation = 0.9;
    let rule = Reputation {
        forgetting: Share::new(0.1),
        ..rule()
    };
    // 0.9 + 0.1 * (0.5 - 0.9)
    assert!((after(&rule, &world, Week::default(), 1.0, 0).0 - 0.86).abs() < 1e-6);
}

#[test]
fn switched_off_reputation_stays_in_the_middle() {
    let mut world = world(0.9, 0.5);
    world.employees.profiles[EGO as usize].known = 0.2;
    let off = Reputation {
        enabled: false,
        ..rule()
    };
    let week = Week {
        declined: 9.0,
        formed: 9,
        ..Week::default()
    };
    assert_eq!(after(&off, &world, week, 0.9, 0), (0.5, 0.2));
}
