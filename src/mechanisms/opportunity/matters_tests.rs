//! What the work requires, and whom errands lead to, by hand and by chance.

use super::fixture::{EGO, FIRM, nowhere};
use super::{Opportunity, Surroundings};
use crate::random::{Purpose, Randomness, WeekKey};
use crate::units::{Factor, Few, Probability, Share, Weeks};
use crate::world::{Errand, NOBODY, Organisation, Profile, World};

/// Matters with the `i`-th luck.
fn key(i: u32) -> WeekKey {
    Randomness::new(i.into()).week(Purpose::Opportunity, 0)
}

/// What a required contact reads of the firm.
fn firm(world: &World) -> (&[Profile], &Organisation) {
    (&world.employees.profiles, &world.organisation)
}

#[test]
fn the_manager_comes_first_for_those_who_are_new() {
    // formal 1: the manager first with 0.5, or along the line with 0.2: 0.5 + 0.5 * 0.2 = 0.6
    let rule = Opportunity {
        formal_contact: Probability::new(1.0),
        line: Probability::new(0.2),
        onboarding: Weeks::new(8),
        manager_first: Probability::new(0.5),
        ..nowhere()
    };
    let world = FIRM.build();
    let mut profile = world.employees.profiles[EGO as usize];
    let mut share = |hired: i16| {
        profile.hired = hired;
        let with_manager = (0..20_000).filter(|&i| {
            let mut draws = Randomness::new(5).draws(Purpose::Opportunity, 0, i);
            let matters = (key(i), 100);
            rule.required_contact(EGO, &profile, firm(&world), matters, &mut draws) == Some(1)
        });
        with_manager.count() as f64 / 20_000.0
    };
    for (hired, p) in [(93, 0.6), (92, 0.2)] {
        let found = share(hired);
        assert!(
            (found - p).abs() < 4.0 * (p * (1.0 - p) / 20_000.0_f64).sqrt(),
            "{hired}: {found}"
        );
    }
}

#[test]
fn the_work_requires_a_contact_as_often_as_it_says() {
    // formal 0.6; 0.2 with the manager, the rest over the team of four, of whom one is ego: 0.6 * (0.2 + 0.8 * 3/4)
    let rule = Opportunity {
        formal_contact: Probability::new(0.6),
        line: Probability::new(0.2),
        ..nowhere()
    };
    let world = FIRM.build();
    let profile = world.employees.profiles[EGO as usize];
    let required = |rule: &Opportunity, i| {
        let mut draws = Randomness::new(5).draws(Purpose::Opportunity, 0, i);
        let matters = (key(i), 100);
        rule.required_contact(EGO, &profile, firm(&world), matters, &mut draws)
    };
    let found: Vec<u32> = (0..20_000).filter_map(|i| required(&rule, i)).collect();
    assert!(
        found.iter().all(|m| [1, 3, 4, 5].contains(m)),
        "team mates and the manager"
    );
    let share = found.len() as f64 / 20_000.0;
    assert!(
        (share - 0.48).abs() < 4.0 * (0.48_f64 * 0.52 / 20_000.0).sqrt(),
        "{share}"
    );
    let off = Opportunity {
        enabled: false,
        ..rule
    };
    assert!(
        (0..200).all(|i| required(&off, i).is_none()),
        "switched off"
    );
}

#[test]
fn from_afar_only_a_share_of_what_the_work_requires_comes_about() {
    // along the line, so with the manager: always on a common day, else with 0.7
    let rule = Opportunity {
        formal_contact: Probability::new(1.0),
        line: Probability::new(1.0),
        afar: Probability::new(0.7),
        ..nowhere()
    };
    let mut world = FIRM.build();
    let share = |world: &World| {
        let profile = world.employees.profiles[EGO as usize];
        let found = (0..20_000).filter(|&i| {
            let mut draws = Randomness::new(5).draws(Purpose::Opportunity, 0, i);
            let matters = (key(i), 100);
            rule.required_contact(EGO, &profile, firm(world), matters, &mut draws)
                .is_some()
        });
        found.count() as f64 / 20_000.0
    };
    assert_eq!(share(&world), 1.0);
    world.employees.profiles[EGO as usize].presence = 0;
    let remote = share(&world);
    assert!(
        (remote - 0.7).abs() < 4.0 * (0.21_f64 / 20_000.0).sqrt(),
        "{remote}"
    );
}

#[test]
fn a_manager_deals_with_the_reports_as_the_line_says() {
    // the manager of ego's team has four reports and a manager: 0.5 * 4/5 of the required contacts are with reports
    let rule = Opportunity {
        formal_contact: Probability::new(1.0),
        line: Probability::new(0.5),
        ..nowhere()
    };
    let world = FIRM.build();
    let manager = world
        .organisation
        .manager_of(world.employees.profiles[EGO as usize].post);
    let manager = manager.unwrap();
    let profile = world.employees.profiles[manager as usize];
    let reports = world.organisation.reports(profile.post);
    assert_eq!(reports.len(), 4);
    let found = (0..20_000).filter_map(|i| {
        let mut draws = Randomness::new(5).draws(Purpose::Opportunity, 0, i);
        let matters = (key(i), 100);
        rule.required_contact(manager, &profile, firm(&world), matters, &mut draws)
    });
    let below =
        found.filter(|&slot| reports.contains(&world.employees.profiles[slot as usize].post));
    let share = below.count() as f64 / 20_000.0;
    assert!(
        (share - 0.4).abs() < 4.0 * (0.4_f64 * 0.6 / 20_000.0).sqrt(),
        "{share}"
    );
}

/// Whom an errand of ego leads to, with the `i`-th luck in matters and in the week.
fn errand(rule: &Opportunity, world: &World, when: (u32, i32)) -> Option<u32> {
    let mut errands = [Errand::NONE; 3];
    let errands = &mut errands[..rule.matters.get() as usize];
    errand_of(errands, rule, world, when)
}

/// The same for one who has such errands already.
fn errand_of(
    errands: &mut [Errand],
    rule: &Opportunity,
    world: &World,
    (i, week): (u32, i32),
) -> Option<u32> {
    let mut ties = world.ties.clone();
    let around = Surroundings {
        profiles: &world.employees.profiles,
        organisation: &world.organisation,
        departments: &[],
        projects: &[],
        ties: ties.for_choice(1024).0,
        week,
    };
    let mut draws = Randomness::new(5).draws(Purpose::Choice, week, i);
    let matters = (key(i), week);
    rule.errand(
        &rule.sources(),
        EGO,
        NOBODY,
        around,
        matters,
        errands,
        &mut draws,
    )
}

/// Errands within the department only.
fn about(asked: u32) -> Opportunity {
    Opportunity {
        from_team: Factor::new(9.0),
        from_department: Factor::new(1.0),
        errand: Probability::new(1.0),
        asked: Few::new(asked),
        by_esteem: Factor::new(0.0),
        gate: Share::new(0.0),
        ..nowhere()
    }
}

#[test]
fn an_errand_leads_to_the_best_known_of_those_asked_beyond_the_team() {
    let mut world = FIRM.build();
    world.employees.profiles[8].known = 0.9;
    // one asked of a department of eleven: 8 is met with 1/11; of four asked with 1 - (10/11)^4; n = 4000
    for (asked, p) in [(1, 0.090_909), (4, 0.316_987)] {
        let met = (0..4000)
            .filter(|&i| errand(&about(asked), &world, (i, 100)) == Some(8))
            .count() as f64
            / 4000.0;
        assert!(
            (met - p).abs() < 4.0 * (p * (1.0 - p) / 4000.0_f64).sqrt(),
            "{asked}: {met}"
        );
    }
    let none = Opportunity {
        errand: Probability::new(0.0),
        ..about(4)
    };
    assert!(
        (0..100).all(|i| errand(&none, &world, (i, 100)).is_none()),
        "the work requires none"
    );
}

#[test]
fn somebody_of_the_site_is_asked_from_afar_too() {
    // one asked of the eleven of the site: always met on a common day, with 0.4 squared from afar; n = 4000
    let rule = Opportunity {
        from_department: Factor::new(0.0),
        from_site: Factor::new(1.0),
        unplanned: Probability::new(0.4),
        ..about(1)
    };
    let mut world = FIRM.build();
    let share = |world: &World| {
        let met = (0..4000).filter(|&i| errand(&rule, world, (i, 100)).is_some());
        met.count() as f64 / 4000.0
    };
    let office = share(&world);
    for profile in &mut world.employees.profiles {
        profile.presence = 0;
    }
    for (found, p) in [(office, 10.0 / 11.0), (share(&world), 1.6 / 11.0)] {
        assert!(
            (found - p).abs() < 4.0 * (p * (1.0 - p) / 4000.0_f64).sqrt(),
            "{found} {p}"
        );
    }
}

#[test]
fn a_matter_concerns_the_same_person_until_it_is_renewed() {
    let world = FIRM.build();
    let met = |matters: u32, weeks: std::ops::Range<i32>| {
        let rule = Opportunity {
            matters: Few::new(matters),
            renewal: Weeks::new(40),
            ..about(1)
        };
        let mut met: Vec<u32> = weeks
            .filter_map(|week| errand(&rule, &world, (7, week)))
            .collect();
        met.sort_unstable();
        met.dedup();
        met.len()
    };
    // within any 40 weeks a matter is renewed once: at most two people for one matter, six for three
    assert!((1..=2).contains(&met(1, 0..40)), "{}", met(1, 0..40));
    assert!((2..=6).contains(&met(3, 0..40)), "{}", met(3, 0..40));
    assert!(met(1, 0..4000) > 8, "another matter, another person");
}

#[test]
fn whom_a_matter_concerns_stays_for_as_long_as_the_matter_and_the_person() {
    let mut world = FIRM.build();
    let rule = Opportunity {
        matters: Few::new(1),
        renewal: Weeks::new(1000),
        ..about(30)
    };
    world.employees.profiles[8].known = 0.9;
    let mut errands = [Errand::NONE];
    let mut found = |world: &World, week| errand_of(&mut errands, &rule, world, (3, week));
    assert_eq!(found(&world, 100), Some(8), "the best known");
    world.employees.profiles[8].known = 0.0;
    world.employees.profiles[9].known = 0.9;
    assert_eq!(
        found(&world, 101),
        Some(8),
        "whoever has become better known"
    );
    assert_eq!(found(&world, 1101), Some(9), "another matter");
    world.employees.profiles[9].known = 0.0;
    world.employees.profiles[7].known = 0.9;
    assert_eq!(found(&world, 1102), Some(9));
    world.employees.profiles[9].id = 999;
    assert_eq!(found(&world, 1103), Some(7), "somebody else sits there now");
    world.employees.profiles[7].known = 0.0;
    world.employees.profiles[8].known = 0.9;
    world.employees.profiles[EGO as usize].id = 998;
    assert_eq!(
        found(&world, 1104),
        Some(8),
        "a successor has matters of the own"
    );
}

#[test]
fn liking_is_the_gate_through_which_competence_counts() {
    let rule = Opportunity {
        by_esteem: Factor::new(0.5),
        gate: Share::new(0.8),
        ..nowhere()
    };
    let person = |esteem, warmth| Profile {
        known: 0.3,
        influence: 0.2,
        esteem,
        warmth,
        ..Profile::VACANT
    };
    // (0.3 + 0.2 + 0.5 * 1) * (1 - 0.8 * (1 - 1)), and * (1 - 0.8) for who is not liked at all
    assert!((rule.appeal(&person(255, 255)) - 1.0).abs() < 1e-6);
    assert!((rule.appeal(&person(255, 0)) - 0.2).abs() < 1e-6);
    let worth = |warmth| rule.appeal(&person(255, warmth)) - rule.appeal(&person(0, warmth));
    assert!((worth(255) - 0.5).abs() < 1e-6 && (worth(0) - 0.1).abs() < 1e-6);
}
