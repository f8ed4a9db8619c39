//! No thumb on the scale: a strategy's name decides nothing, equal behaviours fare equally, and every rule
//! can be taken away.

// Functions beside the tests may unwrap like the tests themselves.
#![allow(clippy::unwrap_used)]

mod firms;

use std::collections::BTreeMap;

use allies::mechanisms::restructuring::{Change, Kind};
use allies::scenario::Scenario;
use allies::units::{Rate, Share, Weeks};
use allies::world::{Behaviour, EventKind, World};
use rayon::prelude::*;

/// The mechanisms by which people relate.
const RELATING: [&str; 15] = [
    "opportunity",
    "attention",
    "choice",
    "acceptance",
    "exchange",
    "dealings",
    "liking",
    "sincerity",
    "reciprocity",
    "decay",
    "capacity",
    "reputation",
    "influence",
    "projects",
    "incidents",
];

fn under_names(scenario: &mut Scenario, named: [(&str, Behaviour, f64); 3]) {
    scenario.strategies = BTreeMap::new();
    scenario.assignment.shares = BTreeMap::new();
    for (name, behaviour, share) in named {
        scenario.strategies.insert(name.to_owned(), behaviour);
        scenario
            .assignment
            .shares
            .insert(name.to_owned(), Share::try_from(share).unwrap());
    }
}

fn downsizing(week: u32, share: f64) -> Change {
    Change {
        kind: Kind::Downsize,
        week: Weeks::new(week),
        share: Some(Share::try_from(share).unwrap()),
        ..Change::default()
    }
}

/// Everything that happened, and everyone at the end, without the labels.
fn story(scenario: Scenario) -> (Vec<String>, Vec<String>) {
    let mut told = Vec::new();
    let (_, world) = firms::run(scenario, &mut |world, _| {
        told.extend(firms::happenings(world));
    });
    (told, firms::everyone(&world))
}

fn labels(scenario: Scenario) -> Vec<String> {
    let mut found = Vec::new();
    firms::run(scenario, &mut |world, _| {
        for event in &world.happenings.events {
            let label = event
                .strategy
                .map_or("", |key| world.strategies.label_for_records(key));
            found.push(label.to_owned());
        }
    });
    found
}

#[test]
fn equal_behaviours_under_other_labels_are_the_same_story_to_the_last_bit() {
    let with = |shares: [f64; 3]| {
        let mut scenario = firms::in_departments_of(20, firms::small(80, 3, 20, 5));
        let same = Behaviour::authentic;
        let [a, b, c] = shares;
        under_names(
            &mut scenario,
            [
                ("authentic", same(), a),
                ("isolated", same(), b),
                ("transactional", same(), c),
            ],
        );
        scenario.restructurings = vec![downsizing(60, 0.2)];
        scenario
    };
    let (one, other) = (with([0.2, 0.3, 0.5]), with([0.5, 0.2, 0.3]));
    assert_ne!(
        labels(one.clone()),
        labels(other.clone()),
        "the labels did move"
    );
    let (one, other) = (story(one), story(other));
    assert!(one.0.len() > 50, "something happens");
    assert!(one.0 == other.0, "the same events and decisions");
    assert!(one.1 == other.1, "the same people with the same ties");
}

#[test]
fn the_names_of_different_behaviours_do_not_matter() {
    let with = |names: [&str; 3]| {
        let mut scenario = firms::in_departments_of(20, firms::small(80, 2, 20, 6));
        let [a, b, c] = names;
        under_names(
            &mut scenario,
            [
                (a, Behaviour::authentic(), 0.4),
                (b, Behaviour::isolated(), 0.3),
                (c, Behaviour::transactional(), 0.3),
            ],
        );
        scenario
    };
    // the names stand in the same order, so the same people get the same behaviours
    let given = story(with(["authentic", "isolated", "transactional"]));
    assert!(given == story(with(["a", "b", "c"])));
    // names that trade places: who is called isolated relates authentically
    assert!(given == story(with(["isolated", "transactional", "transactional 2"])));
}

/// Counts of one small firm, by strategy.
#[derive(Default)]
struct Counts {
    promoted: [f64; 3],
    reassigned: [f64; 3],
    /// Person-weeks of the recorded run.
    weeks: [f64; 3],
    /// People and active ties at the end.
    people: [f64; 3],
    ties: [f64; 3],
}

fn count(scenario: Scenario) -> Counts {
    let mut counts = Counts::default();
    let names: Vec<String> = scenario.strategies.keys().cloned().collect();
    let index = |world: &World, key| {
        let label = world.strategies.label_for_records(key);
        names.iter().position(|n| n == label).unwrap()
    };
    let (_, world) = firms::run(scenario, &mut |world, _| {
        for event in &world.happenings.events {
            let Some(key) = event.strategy else { continue };
            let i = index(world, key);
            counts.promoted[i] += f64::from(u8::from(event.kind == EventKind::Promoted));
            counts.reassigned[i] += f64::from(u8::from(event.kind == EventKind::Reassigned));
        }
        for slot in world.employees.present() {
            counts.weeks[index(world, world.employees.characters[slot as usize].strategy)] += 1.0;
        }
    });
    for slot in world.employees.present() {
        let i = index(&world, world.employees.characters[slot as usize].strategy);
        let row = world.ties.row(slot);
        counts.people[i] += 1.0;
        counts.ties[i] += row
            .iter()
            .filter(|t| i32::from(row.active_until[t.0]) >= world.week)
            .count() as f64;
    }
    counts
}

/// `runs` firms of 40 people over three years with one restructuring.
fn many(runs: u64, behaviours: &[Behaviour; 3]) -> Vec<Counts> {
    (0..runs)
        .into_par_iter()
        .map(|seed| {
            let mut scenario = firms::in_departments_of(13, firms::small(40, 3, 26, 1000 + seed));
            let [a, b, c] = behaviours.clone();
            let third = 1.0 / 3.0;
            under_names(
                &mut scenario,
                [
                    ("authentic", a, third),
                    ("isolated", b, third),
                    ("transactional", c, third),
                ],
            );
            scenario.restructurings = vec![downsizing(78, 0.25)];
            scenario.restructuring.dismissed = Share::new(0.2);
            for level in &mut scenario.organisation.levels {
                level.exit_rate = Rate::new(0.25);
            }
            count(scenario)
        })
        .collect()
}

/// Chi-square with 2 degrees of freedom of counts against what the person-weeks lead one to expect.
fn chi_square(runs: &[Counts], of: fn(&Counts) -> &[f64; 3]) -> (f64, f64) {
    let sum = |of: fn(&Counts) -> &[f64; 3], i: usize| runs.iter().map(|c| of(c)[i]).sum::<f64>();
    let weeks = |c: &Counts| -> f64 { c.weeks.iter().sum() };
    let total: f64 = (0..3).map(|i| sum(of, i)).sum();
    let all: f64 = runs.iter().map(weeks).sum();
    let square = (0..3)
        .map(|i| {
            let expected = total * sum(|c| &c.weeks, i) / all;
            (sum(of, i) - expected) * (sum(of, i) - expected) / expected
        })
        .sum();
    (square, total)
}

/// Largest z among the three pairs of strategies of the difference in active ties a person, run by run.
fn largest_z(runs: &[Counts]) -> f64 {
    let pairs = [(0, 1), (0, 2), (1, 2)];
    pairs
        .into_iter()
        .map(|(i, j)| {
            let differences: Vec<f64> = runs
                .iter()
                .filter(|c| c.people[i] > 0.0 && c.people[j] > 0.0)
                .map(|c| c.ties[i] / c.people[i] - c.ties[j] / c.people[j])
                .collect();
            let n = differences.len() as f64;
            let mean = differences.iter().sum::<f64>() / n;
            let variance = differences
                .iter()
                .map(|d| (d - mean) * (d - mean))
                .sum::<f64>()
                / (n - 1.0);
            mean.abs() / (variance / n).sqrt()
        })
        .fold(0.0, f64::max)
}

/// Chi-square with 2 degrees of freedom exceeds this with the chance of |z| > 4: 2 * ln(1 / 6.33e-5).
const FOUR_SIGMA: f64 = 19.3;

#[test]
fn equal_behaviours_fare_equally_within_chance() {
    let runs = many(
        220,
        &[
            Behaviour::default(),
            Behaviour::default(),
            Behaviour::default(),
        ],
    );
    let (promotions, promoted) = chi_square(&runs, |c| &c.promoted);
    let (reassignments, reassigned) = chi_square(&runs, |c| &c.reassigned);
    let z = largest_z(&runs);
    assert!(
        promoted > 800.0 && reassigned > 800.0,
        "enough events to tell: {promoted} {reassigned}"
    );
    assert!(promotions < FOUR_SIGMA, "promotions: {promotions}");
    assert!(reassignments < FOUR_SIGMA, "reassignments: {reassignments}");
    assert!(z < 4.0, "active ties: {z}");
}

#[test]
fn the_same_test_tells_different_behaviours_apart() {
    let runs = many(
        80,
        &[
            Behaviour::authentic(),
            Behaviour::isolated(),
            Behaviour::transactional(),
        ],
    );
    let z = largest_z(&runs);
    assert!(z > 4.0, "those who seek out few have fewer ties: {z}");
}

#[test]
fn without_any_relating_the_firm_works_reviews_promotes_hires_and_ages() {
    let mut scenario = firms::in_departments_of(25, firms::small(100, 5, 10, 3));
    for (name, switch) in firms::switches(&mut scenario) {
        if RELATING.contains(&name) {
            *switch = false;
        }
    }
    let mut events: BTreeMap<&str, u32> = BTreeMap::new();
    let (_, world) = firms::run(scenario, &mut |world, model| {
        for event in &world.happenings.events {
            *events.entry(event.kind.word()).or_default() += 1;
        }
        assert_eq!(model.office().contacts().count(), 0, "nobody meets");
        for slot in world.employees.present() {
            assert!(world.employees.weeks[slot as usize].output >= 0.0);
        }
    });
    assert_eq!(firms::active_ties(&world), 0);
    assert!(world.projects.is_empty());
    for kind in ["promoted", "hired", "left"] {
        assert!(
            events.get(kind).copied().unwrap_or(0) > 5,
            "{kind}: {events:?}"
        );
    }
    assert!(
        (85..=100).contains(&world.employees.headcount()),
        "{}",
        world.employees.headcount()
    );
    let people: Vec<usize> = world.employees.present().map(|s| s as usize).collect();
    let rated = people
        .iter()
        .filter(|&&s| world.employees.standings[s].rating.is_some())
        .count();
    assert!(rated > 80, "{rated} are rated");
    let output: f32 = people
        .iter()
        .map(|&s| world.employees.standings[s].year_output)
        .sum();
    assert!(
        output > 30.0 * people.len() as f32,
        "a year's work is done: {output}"
    );
    assert!(
        people
            .iter()
            .all(|&s| world.employees.profiles[s].reputation == 0.5)
    );
    let old = people
        .iter()
        .filter(|&&s| world.week - i32::from(world.employees.profiles[s].hired) > 5 * 52);
    assert!(old.count() > 10, "some have been here since before the run");
}

#[test]
fn every_mechanism_alone_can_be_switched_off_and_is_missed() {
    let baseline = || {
        let mut scenario = firms::in_departments_of(20, firms::small(80, 2, 30, 8));
        // few places, so that capacity binds; a restructuring, so that threat is felt
        scenario.capacity.places = allies::units::Few::new(12);
        scenario.restructurings = vec![downsizing(40, 0.15)];
        // rules that are neutral or off by default are given something to do
        scenario.enforcement.share = Share::new(0.3);
        scenario.fit.jitter = Share::new(0.1);
        for (_, switch) in firms::switches(&mut scenario) {
            *switch = true;
        }
        scenario
    };
    let base = story(baseline());
    let mut without = baseline();
    let names: Vec<&str> = firms::switches(&mut without)
        .iter()
        .map(|(name, _)| *name)
        .collect();
    let mut unmissed = Vec::new();
    for name in names {
        let mut scenario = baseline();
        for (other, switch) in firms::switches(&mut scenario) {
            *switch = other != name;
        }
        let found = story(scenario);
        if found == base {
            unmissed.push(name);
        }
    }
    assert!(unmissed.is_empty(), "nothing changes without {unmissed:?}");
}

#[test]
fn the_list_of_switches_is_complete() {
    let mut scenario = Scenario::default();
    let listed: Vec<String> = firms::switches(&mut scenario)
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    let value = serde_json::to_value(Scenario::default()).unwrap();
    let switched: Vec<String> = value
        .as_object()
        .unwrap()
        .iter()
        .filter(|(_, section)| section.get("enabled").is_some())
        .map(|(name, _)| name.clone())
        .collect();
    let (mut a, mut b) = (listed, switched);
    a.sort();
    b.sort();
    assert_eq!(a, b);
}
