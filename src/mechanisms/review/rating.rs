//! M15 Review: how people are rated. Stated in the rule's page, the parent.

use rayon::prelude::*;

use super::{Review, StrengthNow};
use crate::engine::{BLOCK, Step};
use crate::random::Purpose;
use crate::world::{Profile, World};

impl Review {
    /// Rates everyone.
    pub fn rate(&self, world: &mut World, step: Step<'_>, now: StrengthNow<'_>) {
        let &Self {
            by_output,
            unseen,
            by_flattery,
            flattery_half,
            by_liking,
            by_rater,
            charm,
            rating_noise,
            clarity,
            calibration,
            ..
        } = self;
        let own = 1.0 - calibration.get();
        let employees = &mut world.employees;
        let profiles = &employees.profiles;
        // mean and standard deviation in fixed blocks, combined in order
        let sums: Vec<(f64, f64, f64)> = employees
            .standings
            .par_chunks(BLOCK)
            .zip(profiles.par_chunks(BLOCK))
            .map(|(standings, profiles)| {
                let mut sum = (0.0, 0.0, 0.0);
                for (s, p) in standings.iter().zip(profiles) {
                    if p.is_employed() && s.weeks > 0 {
                        let mean = f64::from(s.output / f32::from(s.weeks));
                        sum = (sum.0 + 1.0, sum.1 + mean, sum.2 + mean * mean);
                    }
                }
                sum
            })
            .collect();
        let (n, sum, square) = sums
            .iter()
            .fold((0.0, 0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2));
        if n < 2.0 {
            return;
        }
        let mean = sum / n;
        let sd = libm::sqrt((square / n - mean * mean).max(0.0)).max(1e-9);
        let key = step.randomness.week(Purpose::Rating, step.week);
        // the same in every week: what one manager values in one person stays
        let pairs = step.randomness.week(Purpose::Leaning, 0);
        let peculiar = libm::sqrt(1.0 - charm.get() * charm.get());
        let organisation = &world.organisation;
        let (all, characters) = (&employees.profiles, &employees.characters);
        let ties = &world.ties;
        let programmes = &world.programmes;
        employees
            .standings
            .par_chunks_mut(BLOCK)
            .zip(profiles.par_chunks(BLOCK))
            .enumerate()
            .for_each(|(block, (standings, profiles))| {
                for (i, (standing, profile)) in standings.iter_mut().zip(profiles).enumerate() {
                    if !profile.is_employed() || standing.weeks == 0 {
                        continue;
                    }
                    let ego = (block * BLOCK + i) as u32;
                    let performance = standing.output / f32::from(standing.weeks);
                    let z = (f64::from(performance) - mean) / sd;
                    let manager = organisation.manager_of(profile.post);
                    let (regard, flattered) = manager
                        .and_then(|manager| ties.find(manager, ego))
                        .filter(|tie| tie.formed >= profile.hired)
                        .map_or((0.0, 0.0), |tie| {
                            let s = now(tie);
                            let regard = f64::from(tie.trust * s[0].max(s[1]).max(s[2]));
                            (regard, f64::from(tie.doubt))
                        });
                    let is_seen = manager
                        .is_none_or(|manager| profile.meets_in_person(&all[manager as usize]));
                    let flattery = by_flattery.get() * flattered
                        / (flattered + f64::from(flattery_half.get())).max(1e-9);
                    let sight = if is_seen { 0.0 } else { unseen.get() };
                    let word = manager.map_or(1.0, |manager| {
                        programmes.word(all[manager as usize].id, profile.id)
                    });
                    let liking = by_liking.get() * f64::from(word) * (regard - 0.25);
                    let leaning = manager.map_or(0.0, |manager| {
                        let mut draws = pairs.of_pair(all[manager as usize].id, profile.id);
                        charm.get() * f64::from(characters[ego as usize].skill)
                            + peculiar * f64::from(step.shapes.normal(&mut draws))
                    });
                    let mut draws = key.of(profile.id);
                    let noise = rating_noise.get()
                        * (1.0 - clarity.get() * regard)
                        * f64::from(step.shapes.normal(&mut draws));
                    let held = f64::from(standing.held_against);
                    let manner = liking + flattery + by_rater.get() * leaning + noise;
                    standing.rating =
                        Some((by_output.get() * z - held - sight + own * manner) as f32);
                    standing.held_against = 0.0;
                    standing.performance = performance;
                    standing.performed = Some(z as f32);
                    standing.output = 0.0;
                    standing.weeks = 0;
                }
            });
        // only now: while others were rated, everyone was seen as before
        for (profile, standing) in employees.profiles.iter_mut().zip(&employees.standings) {
            if let Some(rating) = standing.rating {
                profile.esteem = Profile::esteem_of(rating);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{FIRM, rule, tie, with_step};
    use super::*;
    use crate::random::{Randomness, Shapes};
    use crate::units::{Factor, Few, Share, Weight};
    use crate::world::small_firm::{SmallFirm, put_tie};

    #[test]
    fn a_rating_is_the_standardised_output_and_the_managers_liking() {
        let mut world = FIRM.build();
        let n = world.employees.slots();
        for (slot, standing) in world.employees.standings.iter_mut().enumerate() {
            standing.weeks = 10;
            standing.output = if slot % 2 == 0 { 12.0 } else { 8.0 };
        }
        // 21 people: 11 at 1.2 and 10 at 0.8
        let (high, low) = (11.0 / 21.0, 10.0 / 21.0_f64);
        let mean = 1.2 * high + 0.8 * low;
        let sd = (1.44 * high + 0.64 * low - mean * mean).sqrt();
        assert_eq!(n, 21);
        put_tie(&mut world, 1, 2, tie(0.5, 0.8));
        with_step(|step| rule().rate(&mut world, step, &|tie| tie.strength));
        let rating = |slot: usize| f64::from(world.employees.standings[slot].rating.unwrap());
        // unknown to the manager: -0.6 / 4; liked: 0.6 * (0.8 * 0.5 - 0.25)
        assert!(
            (rating(3) - ((0.8 - mean) / sd - 0.15)).abs() < 1e-5,
            "{}",
            rating(3)
        );
        assert!(
            (rating(2) - ((1.2 - mean) / sd + 0.09)).abs() < 1e-5,
            "{}",
            rating(2)
        );
        let standing = &world.employees.standings[2];
        assert_eq!(
            (standing.output, standing.weeks),
            (0.0, 0),
            "a new period begins"
        );
        assert!((standing.performance - 1.2).abs() < 1e-6);
    }

    #[test]
    fn ratings_are_noisier_about_the_unknown_as_the_equation_says() {
        // equal outputs: the rating is the noise; sd 0.8 unknown, 0.8 * (1 - 0.5 * 0.6) = 0.56 known
        // n = 30 * 60 = 1800 a group; the table's variance is 0.9987; four standard errors sqrt(2 / n)
        let rule = Review {
            rating_noise: Factor::new(0.8),
            by_liking: Weight::new(0.0),
            ..rule()
        };
        let mut world = SmallFirm {
            departments: 1,
            leads: 30,
            staff: 120,
        }
        .build();
        for standing in &mut world.employees.standings {
            standing.weeks = 10;
            standing.output = 10.0;
        }
        let led = |lead: u32| (lead + 1..=lead + 120).filter(|s| s % 2 == 0);
        let leads: Vec<u32> = (0..30).map(|i| 1 + 121 * i).collect();
        world.ties = crate::world::Ties::new(world.employees.slots(), 64);
        for &lead in &leads {
            for slot in led(lead) {
                put_tie(&mut world, lead, slot, tie(0.75, 0.8));
            }
        }
        with_step(|step| rule.rate(&mut world, step, &|tie| tie.strength));
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for slot in world
            .employees
            .present()
            .filter(|s| *s > 0 && !leads.contains(s))
        {
            let rating = f64::from(world.employees.standings[slot as usize].rating.unwrap());
            let manager = world.organisation.manager_of(slot).unwrap();
            if world.tie(manager, slot).is_some() {
                &mut known
            } else {
                &mut unknown
            }
            .push(rating);
        }
        for (ratings, sd) in [(known, 0.56), (unknown, 0.8)] {
            let n = ratings.len() as f64;
            assert_eq!(n, 1800.0);
            let variance = ratings.iter().map(|r| r * r).sum::<f64>() / n;
            let relative = variance / (sd * sd * 0.9987);
            assert!(
                (relative - 1.0).abs() < 4.0 * (2.0 / n).sqrt(),
                "{sd}: {relative}"
            );
        }
    }

    #[test]
    fn a_calibration_round_removes_its_share_of_the_liking() {
        // 2's manager likes it: regard 1 gives 0.6 * 0.75 = 0.45; a third of it is removed
        let rating = |calibration: f64| {
            let mut world = FIRM.build();
            for (i, standing) in world.employees.standings.iter_mut().enumerate() {
                standing.output = (i % 3) as f32;
                standing.weeks = 1;
            }
            put_tie(&mut world, 1, 2, tie(1.0, 1.0));
            let rule = Review {
                calibration: Share::new(calibration),
                ..rule()
            };
            with_step(|step| rule.rate(&mut world, step, &|tie| tie.strength));
            let standing = &world.employees.standings[2];
            f64::from(standing.rating.unwrap() - standing.performed.unwrap())
        };
        assert!((rating(0.0) - 0.45).abs() < 1e-5);
        assert!((rating(1.0 / 3.0) - 0.3).abs() < 1e-5);
        assert!(rating(1.0).abs() < 1e-5);
    }

    #[test]
    fn what_is_held_against_someone_lowers_the_next_rating_once() {
        let mut world = FIRM.build();
        let rate = |world: &mut World| {
            for (slot, standing) in world.employees.standings.iter_mut().enumerate() {
                standing.weeks = 10;
                standing.output = if slot % 2 == 0 { 12.0 } else { 8.0 };
            }
            with_step(|step| rule().rate(world, step, &|tie| tie.strength));
            [2, 4].map(|slot: usize| world.employees.standings[slot].rating.unwrap())
        };
        world.employees.standings[2].held_against = 0.3;
        let [hit, spared] = rate(&mut world);
        assert!((spared - hit - 0.3).abs() < 1e-5, "{spared} - {hit}");
        let [hit, spared] = rate(&mut world);
        assert!((spared - hit).abs() < 1e-6, "it is settled");
    }

    #[test]
    fn reviews_come_on_their_own_calendar() {
        assert!(rule().is_due(0) && rule().is_due(52) && rule().is_due(-26));
        assert!(!rule().is_due(1) && !rule().is_due(-1));
    }

    #[test]
    fn what_a_manager_values_in_somebody_lasts_and_goes_with_the_manager() {
        // equal outputs, no noise: the rating is the leaning, 0.5 * (0.6 * skill + 0.8 * N)
        let rule = Review {
            by_rater: Weight::new(0.5),
            charm: Share::new(0.6),
            by_liking: Weight::new(0.0),
            ..rule()
        };
        let mut world = SmallFirm {
            departments: 1,
            leads: 30,
            staff: 60,
        }
        .build();
        let ratings = |world: &mut World, week: i32| -> Vec<f64> {
            for standing in &mut world.employees.standings {
                (standing.weeks, standing.output) = (10, 10.0);
            }
            let (randomness, shapes) = (Randomness::new(31), Shapes::default());
            let step = Step {
                week,
                randomness: &randomness,
                shapes: &shapes,
            };
            rule.rate(world, step, &|tie| tie.strength);
            let standings = &world.employees.standings;
            standings
                .iter()
                .map(|s| f64::from(s.rating.unwrap()))
                .collect()
        };
        let before = ratings(&mut world, 100);
        assert_eq!(ratings(&mut world, 126), before, "it lasts");
        assert_eq!(before[0], 0.0, "nobody rates the head");
        // n = 1830: variance 0.25 * 0.64 without skill, four standard errors
        let n = (before.len() - 1) as f64;
        let relative = before.iter().map(|r| r * r).sum::<f64>() / n / (0.16 * 0.9987);
        assert!(
            (relative - 1.0).abs() < 4.0 * (2.0 / n).sqrt(),
            "{relative}"
        );
        world.employees.characters[5].skill = 1.0;
        let skilled = ratings(&mut world, 152);
        assert!((skilled[5] - before[5] - 0.3).abs() < 1e-5, "0.5 * 0.6 * 1");
        // the first lead and the second change places: their reports have other managers
        let (one, other) = (1, 62);
        let posts = [one, other].map(|slot: usize| world.employees.profiles[slot].post);
        world.organisation.posts[posts[0] as usize].holder = other as u32;
        world.organisation.posts[posts[1] as usize].holder = one as u32;
        let moved = ratings(&mut world, 178);
        assert!(
            (2..=61).all(|slot| moved[slot] != skilled[slot]),
            "another manager"
        );
        assert_eq!(moved[63 + 61..], skilled[63 + 61..], "the others' stays");
    }

    #[test]
    fn flattery_that_passed_pleases_and_who_is_never_seen_is_rated_lower() {
        let rule = Review {
            by_flattery: Weight::new(0.5),
            flattery_half: Few::new(30),
            unseen: Weight::new(0.25),
            by_liking: Weight::new(0.0),
            by_output: Weight::new(0.8),
            ..rule()
        };
        let mut world = FIRM.build();
        for (slot, standing) in world.employees.standings.iter_mut().enumerate() {
            standing.weeks = 10;
            standing.output = if slot % 2 == 0 { 12.0 } else { 8.0 };
        }
        let flattered = crate::world::Tie {
            doubt: 10,
            ..tie(0.5, 0.5)
        };
        put_tie(&mut world, 1, 2, flattered);
        world.employees.profiles[4].presence = 0;
        with_step(|step| rule.rate(&mut world, step, &|tie| tie.strength));
        let beyond = |slot: usize| {
            let standing = &world.employees.standings[slot];
            f64::from(standing.rating.unwrap()) - 0.8 * f64::from(standing.performed.unwrap())
        };
        // 0.5 * 10 / (10 + 30)
        assert!((beyond(2) - 0.125).abs() < 1e-5, "{}", beyond(2));
        assert!(beyond(3).abs() < 1e-5, "{}", beyond(3));
        assert!((beyond(4) + 0.25).abs() < 1e-5, "{}", beyond(4));
    }
}
