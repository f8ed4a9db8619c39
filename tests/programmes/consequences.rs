//! What news, incidents and learning do.

use std::collections::BTreeMap;

use crate::firms::{in_departments_of, run, small};
use crate::trials::is_more;
use allies::units::{Probability, Rate, Share};

/// Slope of y on x beside z, by least squares.
fn slope_beside(points: &[(f64, f64, f64)]) -> f64 {
    let n = points.len() as f64;
    let m = |f: fn(&(f64, f64, f64)) -> f64| points.iter().map(f).sum::<f64>() / n;
    let (mx, my, mz) = (m(|p| p.0), m(|p| p.1), m(|p| p.2));
    let s = |f: &dyn Fn(f64, f64, f64) -> f64| {
        points
            .iter()
            .map(|p| f(p.0 - mx, p.1 - my, p.2 - mz))
            .sum::<f64>()
    };
    let (xx, zz, xz) = (
        s(&|x, _, _| x * x),
        s(&|_, _, z| z * z),
        s(&|x, _, z| x * z),
    );
    let (xy, zy) = (s(&|x, y, _| x * y), s(&|_, y, z| z * y));
    (xy * zz - zy * xz) / (xx * zz - xz * xz)
}

#[test]
fn those_who_bridge_departments_have_more_ideas() {
    let mut ideas = Vec::new();
    for seed in 0..8 {
        let scenario = in_departments_of(15, small(150, 2, 40, seed));
        // share of contacts that cross departments, contacts, and what came of them in the second year
        let mut seen: BTreeMap<u32, [f64; 2]> = BTreeMap::new();
        let mut ends: Vec<(f64, f64, f64)> = Vec::new();
        run(scenario, &mut |world, _| {
            if world.week < 52 {
                return;
            }
            for slot in world.employees.present() {
                let id = world.employees.profiles[slot as usize].id;
                let week = &world.employees.weeks[slot as usize];
                let sums = seen.entry(id).or_default();
                sums[0] += f64::from(week.contacts);
                sums[1] += f64::from(week.across);
                let profile = &world.employees.profiles[slot as usize];
                if world.week == 103 && profile.hired < 52 {
                    let news = world.employees.standings[slot as usize].year_news;
                    let across = sums[1] / sums[0];
                    ends.push((across, f64::from(news.ideas), sums[0]));
                }
            }
        });
        assert!(ends.len() > 80);
        ideas.push(slope_beside(&ends));
    }
    is_more(
        "ideas by share of contacts across, beside the number of contacts",
        &ideas,
    );
}

#[test]
fn a_record_that_carries_defends_and_a_hollow_tie_does_not() {
    let (mut defended, mut sincere) = (Vec::new(), Vec::new());
    for seed in 0..8 {
        let mut scenario = in_departments_of(15, small(150, 1, 60, seed));
        scenario.incidents.yearly_rate = Rate::new(6.0);
        // two ways of relating that differ in sincerity alone
        let honest = allies::world::Behaviour {
            sincerity: Probability::new(1.0),
            curiosity: Probability::new(1.0),
            ..allies::world::Behaviour::default()
        };
        let feigning = allies::world::Behaviour {
            sincerity: Probability::new(0.1),
            curiosity: Probability::new(0.0),
            ..allies::world::Behaviour::default()
        };
        scenario.strategies = BTreeMap::from([
            ("honest".to_owned(), honest),
            ("feigning".to_owned(), feigning),
        ]);
        scenario.assignment.shares = BTreeMap::from([
            ("honest".to_owned(), Share::new(0.5)),
            ("feigning".to_owned(), Share::new(0.5)),
        ]);
        let mut by_way: BTreeMap<String, (f64, f64)> = BTreeMap::new();
        let (mut with, mut without) = ((0.0, 0.0), (0.0, 0.0));
        run(scenario, &mut |world, _| {
            for incident in &world.happenings.incidents {
                if incident.counted_on == 0 {
                    continue;
                }
                let name = world.strategies.label_for_records(incident.strategy);
                let sum = by_way.entry(name.to_owned()).or_default();
                *sum = (
                    sum.0 + 1.0,
                    sum.1 + f64::from(u8::from(incident.defenders > 0)),
                );
                let group = if incident.defenders > 0 {
                    &mut with
                } else {
                    &mut without
                };
                *group = (group.0 + 1.0, group.1 + f64::from(incident.harm));
            }
        });
        assert!(without.0 > 20.0, "ties that were counted on have failed");
        defended.push(without.1 / without.0 - with.1 / with.0);
        let share = |name: &str| by_way[name].1 / by_way[name].0;
        sincere.push(share("honest") - share("feigning"));
    }
    is_more("harm averted by defenders", &defended);
    is_more("defended among those who counted on somebody", &sincere);
}

#[test]
fn incidents_cost_reputation_and_ratings() {
    let mut differences = Vec::new();
    for seed in 0..8 {
        let reputation = |rate: f64| {
            let mut scenario = in_departments_of(15, small(120, 1, 40, seed));
            scenario.incidents.yearly_rate = Rate::new(rate);
            let (_, world) = run(scenario, &mut |_, _| {});
            let n = f64::from(world.employees.headcount());
            let profiles = &world.employees.profiles;
            let sum: f64 = world
                .employees
                .present()
                .map(|slot| f64::from(profiles[slot as usize].reputation))
                .sum();
            sum / n
        };
        differences.push(reputation(0.0) - reputation(4.0));
    }
    is_more("reputation lost", &differences);
}

#[test]
fn the_discouraged_relate_less_and_the_way_of_those_who_got_on_spreads() {
    let mut fewer = Vec::new();
    let mut taken_over = 0;
    for seed in 0..8 {
        let mut contacts = |enabled: bool| {
            let mut scenario = in_departments_of(15, small(120, 2, 40, seed));
            scenario.learning.enabled = enabled;
            scenario.learning.by_passing_over = Share::new(0.8);
            let mut sum = 0.0;
            let (_, world) = run(scenario, &mut |world, _| {
                if world.week >= 52 {
                    for slot in world.employees.present() {
                        sum += f64::from(world.employees.weeks[slot as usize].contacts);
                    }
                }
            });
            let standings = &world.employees.standings;
            taken_over += standings
                .iter()
                .map(|s| u32::from(s.imitations))
                .sum::<u32>();
            sum / f64::from(world.employees.headcount()) / 52.0
        };
        fewer.push(contacts(false) - contacts(true));
    }
    assert!(taken_over > 8, "{taken_over} took over another's way");
    is_more("contacts lost", &fewer);
}
