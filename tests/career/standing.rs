//! Influence and projects (M11, M13).

use crate::firms::run;
use crate::replicates::{all_above, correlation, firm, mean, replicates};
use allies::model::Model;
use allies::units::{Few, Share, Weight};
use allies::world::World;

#[test]
fn influence_need_not_follow_rank() {
    // how far influence goes with rank, with and without informal standing
    let with_rank = |by_standing: f64, seed: u64| {
        let mut scenario = firm(4, seed);
        scenario.influence.by_standing = allies::units::Strength::new(by_standing);
        let (_, world) = run(scenario, &mut |_: &World, _: &Model| {});
        let pairs: Vec<(f64, f64)> = world
            .employees
            .present()
            .map(|s| {
                let profile = &world.employees.profiles[s as usize];
                let rank = f64::from(profile.level) / (world.organisation.levels.len() - 1) as f64;
                (rank * rank, f64::from(profile.influence))
            })
            .collect();
        correlation(&pairs)
    };
    let (without, with) = (
        replicates(|s| with_rank(0.0, s)),
        replicates(|s| with_rank(0.9, s)),
    );
    all_above(&without, &with);
    assert!(
        without.iter().all(|&r| r > 0.999),
        "rank alone: {without:?}"
    );
    assert!(with.iter().all(|&r| r < 0.97), "{with:?}");
}

#[test]
fn crossing_projects_with_a_translator_succeed_more() {
    let gap = |weight: f64, seed: u64| {
        let mut scenario = firm(6, seed);
        scenario.projects.by_translator = Weight::new(weight);
        scenario.projects.fluent = Few::new(1);
        scenario.projects.share = Share::new(0.8);
        let (mut with, mut all) = ([0.0; 2], [0.0; 2]);
        run(scenario, &mut |world: &World, _: &Model| {
            let p = world.happenings.projects;
            with = [
                with[0] + f64::from(p.translated),
                with[1] + f64::from(p.translated_won),
            ];
            all = [
                all[0] + f64::from(p.crossing),
                all[1] + f64::from(p.crossing_won),
            ];
        });
        assert!(
            with[0] > 20.0 && all[0] - with[0] > 20.0,
            "{with:?} {all:?}"
        );
        with[1] / with[0] - (all[1] - with[1]) / (all[0] - with[0])
    };
    let (with, without) = (replicates(|s| gap(1.5, s)), replicates(|s| gap(0.0, s)));
    all_above(&with, &without);
    assert!(mean(&with) > 0.15, "{with:?}");
}
