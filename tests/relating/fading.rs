//! Ties without contact (M8).

use crate::firms;
use crate::paired::{SEEDS, effect, firm, in_standard_errors, mean, records, share, up};
use allies::scenario::Scenario;
use allies::units::{Share, Weeks};
use allies::world::Tie;
use rayon::prelude::*;

#[test]
fn young_and_unembedded_ties_lapse_sooner() {
    // of the ties active half-way, which still are half a year later without any contact between
    let kept: Vec<[f64; 2]> = (0..SEEDS)
        .into_par_iter()
        .map(|seed| {
            let mut scenario = firm(seed);
            scenario.burn_in = Weeks::new(78);
            let (model, world) = firms::run(scenario, &mut |_, _| {});
            let left = |test: &dyn Fn(&Tie) -> bool| {
                mean(
                    records(&world)
                        .iter()
                        .filter(|(_, _, t)| test(t))
                        .map(|(_, _, t)| {
                            let later = model.fading().now(t, i32::from(t.last_contact) + 26)[0];
                            share(f64::from(later), f64::from(t.strength[0]))
                        }),
                )
            };
            let age = |t: &Tie| i32::from(t.last_contact) - i32::from(t.formed);
            [
                left(&|t| age(t) > 52) - left(&|t| age(t) < 13),
                left(&|t| t.fading >> 5 >= 4) - left(&|t| t.fading >> 5 <= 1),
            ]
        })
        .collect();
    for i in 0..2 {
        up(in_standard_errors(
            &kept.iter().map(|k| k[i]).collect::<Vec<_>>(),
        ));
    }
}

#[test]
fn dormant_ties_come_back_stronger_than_new_ones_begin() {
    let with = |revival: f64| move |s: &mut Scenario| s.decay.revival = Share::new(revival);
    // strength after the contact that takes a dormant tie up again
    let after = |s| {
        let mut strengths = Vec::new();
        let mut before: Vec<(u32, u32)> = Vec::new();
        firms::run(s, &mut |world, model| {
            for &(ego, alter) in &before {
                if let Some(tie) = world.tie(ego, alter)
                    && i32::from(tie.last_contact) == world.week
                {
                    strengths.push(f64::from(tie.peak()));
                }
            }
            before = records(world)
                .into_iter()
                .filter(|(_, _, tie)| !model.fading().is_active(tie, world.week))
                .map(|(ego, alter, _)| (ego, alter))
                .collect();
        });
        mean(strengths)
    };
    up(effect(with(0.0), with(1.0), after));
}
