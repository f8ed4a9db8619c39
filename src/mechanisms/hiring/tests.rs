//! Those who come in, by chance and by hand.

use super::*;
use crate::random::{Purpose, Randomness};

#[test]
fn traits_have_the_distributions_that_the_rule_states() {
    let hiring = Hiring::default();
    let randomness = Randomness::new(5);
    let n = 20_000;
    let (mut sum, mut square, mut office) = (0.0, 0.0, 0);
    for id in 0..n {
        let mut draws = randomness.draws(Purpose::Person, 0, id);
        let (profile, character, _) = hiring.person(1, 1.0, 0, StrategyKey::default(), &mut draws);
        sum += f64::from(character.competence);
        square += f64::from(character.competence * character.competence);
        office += u32::from(profile.presence.count_ones() == 5);
        assert_eq!(profile.interests.count_ones(), 4);
        assert!(profile.interests < 1 << 24);
        assert_ne!(character.needs[0], character.needs[1]);
        let age = f64::from(-character.born) / 52.0;
        assert!((25.9..=64.1).contains(&age), "{age}");
    }
    let n = f64::from(n);
    assert!((sum / n).abs() < 4.0 / n.sqrt());
    assert!((square / n - 1.0).abs() < 4.0 * (2.0 / n).sqrt());
    let share = f64::from(office) / n;
    assert!((share - 0.7).abs() < 4.0 * (0.7_f64 * 0.3 / n).sqrt());
}

#[test]
fn office_days_are_as_many_as_asked() {
    let randomness = Randomness::new(1);
    for id in 0..200 {
        for days in 0..=5 {
            let mut draws = randomness.draws(Purpose::Person, 0, id);
            assert_eq!(office_days(days, &mut draws).count_ones(), days);
        }
    }
}

#[test]
fn competence_and_age_rise_with_the_level_as_the_equation_says() {
    // mean competence 0.3 * (4 - 1) = 0.9; mean age 20 + 2 * 4 + 1 = 29 (a spread of 1 is never cut off)
    let hiring = Hiring {
        by_level: Weight::new(0.3),
        youngest: Age::new(20.0),
        per_level: Factor::new(2.0),
        spread: Factor::new(1.0),
        ..Hiring::default()
    };
    let n = 20_000;
    let (mut competence, mut age) = (0.0, 0.0);
    for id in 0..n {
        let mut draws = Randomness::new(6).draws(Purpose::Person, 0, id);
        let (profile, character, standing) =
            hiring.person(4, 1.0, 10, StrategyKey::default(), &mut draws);
        competence += f64::from(character.competence);
        age += f64::from(10 - character.born) / 52.0;
        assert_eq!(
            (profile.level, profile.hired, standing.level_since),
            (4, 10, 10)
        );
        assert_eq!(
            standing.rating, None,
            "nobody is rated before the first review"
        );
    }
    let n = f64::from(n);
    assert!((competence / n - 0.9).abs() < 4.0 / n.sqrt());
    // weeks are whole: half a week is lost on average
    assert!(
        (age / n - (29.0 - 0.5 / 52.0)).abs() < 4.0 / n.sqrt(),
        "{}",
        age / n
    );
}

#[test]
fn sociability_has_mean_one_and_the_spread_stated() {
    // log-normal with s = 0.5: mean 1, sd sqrt(e^0.25 - 1) = 0.533; n = 20000
    let hiring = Hiring {
        sociability: Factor::new(0.5),
        ..Hiring::default()
    };
    let n = 20_000;
    let (mut sum, mut logs) = (0.0, 0.0);
    for id in 0..n {
        let mut draws = Randomness::new(6).draws(Purpose::Person, 0, id);
        let (profile, character, _) = hiring.person(0, 0.0, 0, StrategyKey::default(), &mut draws);
        let x = f64::from(character.sociability);
        sum += x;
        logs += (libm::log(x) + 0.125) * (libm::log(x) + 0.125);
        let warmth = (0.5 + 0.2 * character.skill).clamp(0.0, 1.0);
        assert!((f32::from(profile.warmth) / 255.0 - warmth).abs() < 1.0 / 255.0);
    }
    let n = f64::from(n);
    assert!(
        (sum / n - 1.0).abs() < 4.0 * 0.533 / n.sqrt(),
        "{}",
        sum / n
    );
    assert!(
        (logs / n / 0.25 - 1.0).abs() < 4.0 * (2.0 / n).sqrt(),
        "{}",
        logs / n
    );
}

/// (competence, skill at managing, age) of n new colleagues.
fn people(hiring: &Hiring, n: u32) -> Vec<(f64, f64, f64)> {
    (0..n)
        .map(|id| {
            let mut draws = Randomness::new(8).draws(Purpose::Person, 0, id);
            let (_, c, _) = hiring.person(0, 0.0, 0, StrategyKey::default(), &mut draws);
            let age = -f64::from(c.born) / 52.0;
            (f64::from(c.competence), f64::from(c.managing), age)
        })
        .collect()
}

#[test]
fn managing_goes_with_doing_as_far_as_stated() {
    // standard error of a mean of products of standard normals: sqrt(1 + rho^2) / sqrt(n)
    for rho in [-0.3, 0.0, 0.5] {
        let hiring = Hiring {
            managing_like_doing: Correlation::new(rho),
            ..Hiring::default()
        };
        let all = people(&hiring, 20_000);
        let product = all.iter().map(|p| p.0 * p.1).sum::<f64>() / 20_000.0;
        let error = libm::sqrt((1.0 + rho * rho) / 20_000.0);
        assert!((product - rho).abs() < 4.0 * error, "{product} {rho}");
        let square = all.iter().map(|p| p.1 * p.1).sum::<f64>() / 20_000.0;
        assert!((square - 1.0).abs() < 4.0 * libm::sqrt(2.0 / 20_000.0));
    }
}

#[test]
fn competence_and_age_are_drawn_again_until_within_their_bounds() {
    // normal cut at -3 and 1.5: mean (phi(-3) - phi(1.5)) / (Phi(1.5) - Phi(-3)) = -0.134; ages 25 +- 5 within 18 to 60: 25.79
    let hiring = Hiring {
        least_competence: Score::new(-3.0),
        most_competence: Score::new(1.5),
        ages: Ages::Normal,
        age_mean: Age::new(25.0),
        youngest: Age::new(18.0),
        oldest: Age::new(60.0),
        spread: Factor::new(5.0),
        per_level: Factor::new(0.0),
        ..Hiring::default()
    };
    let all = people(&hiring, 20_000);
    assert!(all.iter().all(|p| (-3.0..=1.5).contains(&p.0)));
    assert!(all.iter().all(|p| (18.0 - 0.02..=60.0).contains(&p.2)));
    let mean = |of: fn(&(f64, f64, f64)) -> f64| all.iter().map(of).sum::<f64>() / 20_000.0;
    assert!(
        (mean(|p| p.0) + 0.134).abs() < 4.0 * 0.85 / 141.0,
        "{}",
        mean(|p| p.0)
    );
    assert!(
        (mean(|p| p.2) - 25.79).abs() < 4.0 * 4.5 / 141.0,
        "{}",
        mean(|p| p.2)
    );
}

#[test]
fn traits_do_not_depend_on_how_one_relates() {
    let strategies = crate::world::Strategies::new(["a", "b"].map(|name| {
        (
            name.to_owned(),
            crate::world::Conduct::from(&crate::world::Behaviour::default()),
        )
    }));
    let person = |key| {
        let mut draws = Randomness::new(6).draws(Purpose::Person, 0, 3);
        let (profile, character, _) = Hiring::default().person(1, 1.0, 0, key, &mut draws);
        (
            profile.interests,
            profile.presence,
            character.competence,
            character.needs,
        )
    };
    let all: Vec<_> = strategies.keys().map(person).collect();
    assert_eq!(all[0], all[1]);
}
