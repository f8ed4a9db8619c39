//! The firm as a survey sees it: each person names the closest colleagues, layer by layer.
//!
//! ```text
//! named(i, j, layer) = strength_ij,layer >= cut-off_i,layer, j comes to i's mind, and j is among the k closest
//! cut-off_i,layer    = from + noise z,   z ~ N(0, 1), anew for each person, layer and survey; 0.02 at least
//! P(j comes to mind) = 1 - forgets (1 - strength of i's strongest layer with j)
//! ```
//!
//! Real networks of advice and friendship are such lists of names, so a simulated one is compared with them only
//! through the same eyes. That people forget mainly weak contacts is Brewer (2000, Social Networks 22:29, from
//! memory); the sizes are assumed. The survey has draws of its own and changes nothing in the firm.

use super::layers::{LAYER_NAMES, Now};
use super::{Table, TableError};
use crate::random::{Purpose, Randomness, Shapes};
use crate::scenario::RecordsPlan;
use crate::units::{Few, Probability, Strength};
use crate::world::{LAYERS, World};

/// Nobody names a colleague below this strength [0 to 1].
const LEAST: f32 = 0.02;

/// How the survey is taken.
#[derive(Debug, Clone, Copy)]
pub struct SurveyPlan {
    /// Most names a person gives on a layer.
    pub names: Few,
    /// Strength from which a colleague is named, on average.
    pub from: Strength,
    /// Standard deviation of that cut-off over persons and layers.
    pub noise: f64,
    /// Chance that somebody with whom there is hardly anything is forgotten.
    pub forgets: Probability,
}

impl SurveyPlan {
    /// What a scenario asks for; none when it asks for no survey.
    pub fn of(records: &RecordsPlan) -> Option<Self> {
        records.survey.then(|| Self {
            names: records.survey_names,
            from: records.survey_from,
            noise: records.survey_noise.get(),
            forgets: records.survey_forgets,
        })
    }
}

/// One name that one person gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// Layer, an index.
    pub layer: usize,
    /// Slot of the person who was asked.
    pub ego: u32,
    /// Slot of the person named.
    pub alter: u32,
    /// Place on the list, 1 is the closest.
    pub rank: u32,
}

/// Asks everyone. Names come by layer, then person, then place on the list.
pub fn survey(
    world: &World,
    now: Now<'_>,
    plan: &SurveyPlan,
    randomness: &Randomness,
    shapes: &Shapes,
) -> Vec<Named> {
    let &SurveyPlan {
        names,
        from,
        noise,
        forgets,
    } = plan;
    let key = randomness.week(Purpose::Survey, world.week);
    let (most, forgets) = (names.get() as usize, forgets.single());
    let mut by_layer: [Vec<Named>; LAYERS] = Default::default();
    let mut lists: [Vec<(f32, u32)>; LAYERS] = Default::default();
    for ego in world.employees.present() {
        let id = world.employees.profiles[ego as usize].id;
        let mut draws = key.of(id);
        let mut cut = || (from.single() + noise as f32 * shapes.normal(&mut draws)).max(LEAST);
        let cuts: [f32; LAYERS] = [cut(), cut(), cut()];
        for list in &mut lists {
            list.clear();
        }
        for (_, alter, tie) in world.ties.row(ego).iter() {
            let other = &world.employees.profiles[alter as usize];
            if tie.formed < other.hired || !other.is_employed() {
                continue;
            }
            let strength = now(tie);
            let closest = strength.iter().copied().fold(0.0, f32::max);
            if key.of_pair(id, other.id).chance(forgets * (1.0 - closest)) {
                continue;
            }
            for layer in 0..LAYERS {
                if strength[layer] >= cuts[layer] {
                    lists[layer].push((strength[layer], alter));
                }
            }
        }
        for (layer, list) in lists.iter_mut().enumerate() {
            list.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            by_layer[layer].extend(
                (1..)
                    .zip(list.iter().take(most))
                    .map(|(rank, &(_, alter))| Named {
                        layer,
                        ego,
                        alter,
                        rank,
                    }),
            );
        }
    }
    by_layer.concat()
}

/// Adds the names given at a snapshot to the table `survey`.
pub(super) fn record(
    table: &mut Table,
    world: &World,
    snapshot: &str,
    names: &[Named],
) -> Result<(), TableError> {
    let id = |slot: u32| world.employees.profiles[slot as usize].id;
    for name in names {
        table.push(&[
            snapshot.into(),
            world.week.into(),
            LAYER_NAMES[name.layer].into(),
            id(name.ego).into(),
            id(name.alter).into(),
            name.rank.into(),
        ])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Tie;
    use crate::world::small_firm::{SmallFirm, put_tie};

    const PLAN: SurveyPlan = SurveyPlan {
        names: Few::new(2),
        from: Strength::new(0.2),
        noise: 0.0,
        forgets: Probability::new(0.0),
    };

    fn firm() -> World {
        let mut world = SmallFirm {
            departments: 1,
            leads: 2,
            staff: 3,
        }
        .build();
        for (alter, strength) in [
            (3, [0.9, 0.1, 0.0]),
            (4, [0.5, 0.3, 0.0]),
            (5, [0.6, 0.19, 0.0]),
        ] {
            let tie = Tie {
                strength,
                formed: 50,
                ..Tie::default()
            };
            put_tie(&mut world, 2, alter, tie);
        }
        world
    }

    fn asked(world: &World, plan: &SurveyPlan) -> Vec<(usize, u32, u32)> {
        let now = |tie: &Tie| tie.strength;
        survey(world, &now, plan, &Randomness::new(1), &Shapes::default())
            .iter()
            .map(|n| (n.layer, n.alter, n.rank))
            .collect()
    }

    #[test]
    fn the_closest_are_named_up_to_the_limit_and_above_the_cut_off() {
        let world = firm();
        assert_eq!(asked(&world, &PLAN), [(0, 3, 1), (0, 5, 2), (1, 4, 1)]);
        let all = SurveyPlan {
            names: Few::new(20),
            ..PLAN
        };
        assert_eq!(
            asked(&world, &all),
            [(0, 3, 1), (0, 5, 2), (0, 4, 3), (1, 4, 1)]
        );
    }

    #[test]
    fn somebody_who_is_gone_is_not_named_nor_is_the_successor_in_the_slot() {
        let mut world = firm();
        world.dismiss(3);
        assert_eq!(asked(&world, &PLAN)[0], (0, 5, 1));
    }

    #[test]
    fn the_weak_are_forgotten_more_often_than_the_strong() {
        let mut world = firm();
        let plan = SurveyPlan {
            names: Few::new(20),
            forgets: Probability::new(0.5),
            ..PLAN
        };
        let mut named = [0_u32; 6];
        let surveys = 2000_i16;
        for week in 0..surveys {
            world.week = i32::from(week);
            for (layer, alter, _) in asked(&world, &plan) {
                if layer == 0 {
                    named[alter as usize] += 1;
                }
            }
        }
        // P = 1 - 0.5 (1 - strength): 0.95, 0.75, 0.80; four standard errors
        for (alter, p) in [(3, 0.95), (4, 0.75), (5, 0.80_f64)] {
            let share = f64::from(named[alter]) / f64::from(surveys);
            let error = (p * (1.0 - p) / f64::from(surveys)).sqrt();
            assert!((share - p).abs() < 4.0 * error, "{alter}: {share} for {p}");
        }
    }

    #[test]
    fn a_noisy_cut_off_differs_between_surveys() {
        let mut world = firm();
        let plan = SurveyPlan {
            names: Few::new(20),
            noise: 0.05,
            ..PLAN
        };
        let mut counts = std::collections::BTreeSet::new();
        for week in 0..40 {
            world.week = week;
            counts.insert(asked(&world, &plan).len());
        }
        assert!(
            counts.len() > 1,
            "0.19 is now named and now not: {counts:?}"
        );
    }
}
