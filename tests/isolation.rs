//! Minimally different worlds: one person's behaviour changes that person's story and what follows from it,
//! and nothing else; neither the number of threads nor being watched changes anything.

// Functions beside the tests may unwrap like the tests themselves.
#![allow(clippy::unwrap_used)]

mod firms;

use std::collections::BTreeSet;

use allies::measures::Options;
use allies::mechanisms::restructuring::{Change, Kind};
use allies::model::{Model, build};
use allies::records::recorder::{Plan, Recorder};
use allies::records::survey::SurveyPlan;
use allies::records::trace::TracePlan;
use allies::scenario::{Persona, Scenario};
use allies::units::{Factor, Few, Hours, Share, Strength, Weeks};
use allies::world::{Behaviour, NOBODY, World};

/// A firm with one persona who relates as `strategy` says; all else is the same.
fn with_persona(strategy: &str, seed: u64) -> Scenario {
    let mut scenario = firms::in_departments_of(25, firms::small(100, 2, 0, seed));
    let level = scenario.organisation.levels[1].name.clone();
    scenario.personas = vec![Persona {
        name: "Michael".to_owned(),
        level: Some(level),
        strategy: Some(strategy.to_owned()),
        ..Persona::default()
    }];
    scenario
}

struct Firm {
    model: Model,
    world: World,
}

impl Firm {
    fn new(scenario: Scenario) -> Self {
        let (model, world, notes) = build(scenario, None);
        assert!(notes.is_empty(), "{notes:?}");
        Self { model, world }
    }

    /// One week, without moving the clock on, so that the post lies open.
    fn week(&mut self) {
        self.model.week(&mut self.world);
    }

    /// What the persona wrote and answered this week, and to whom.
    fn post_of(&self, slot: u32) -> String {
        let office = self.model.office();
        let letters: Vec<_> = office
            .letters_of(slot)
            .iter()
            .zip(office.replies_to(slot))
            .filter(|(letter, _)| letter.target != NOBODY)
            .map(|(letter, reply)| (letter.target, letter.offer, reply))
            .collect();
        let replies: Vec<_> = office
            .calls_to(slot)
            .iter()
            .zip(office.replies_of(slot))
            .collect();
        format!("{letters:?} {replies:?}")
    }

    /// Those whom the persona wrote to and those who wrote to the persona.
    fn correspondents(&self, slot: u32) -> BTreeSet<u32> {
        let office = self.model.office();
        let targets = office
            .letters_of(slot)
            .iter()
            .map(|l| l.target)
            .filter(|&t| t != NOBODY);
        targets
            .chain(office.calls_to(slot).iter().map(|c| c.from))
            .collect()
    }

    /// Slots of the people who wrote to one of these.
    fn callers_of(&self, slots: &BTreeSet<u32>) -> BTreeSet<u32> {
        let office = self.model.office();
        slots
            .iter()
            .flat_map(|&s| office.calls_to(s).iter().map(|c| c.from))
            .collect()
    }
}

/// Slots in which two firms differ.
fn differing(a: &World, b: &World) -> BTreeSet<u32> {
    let (a, b) = (firms::everyone(a), firms::everyone(b));
    assert_eq!(a.len(), b.len());
    (0..a.len() as u32)
        .filter(|&s| a[s as usize] != b[s as usize])
        .collect()
}

#[test]
fn in_the_first_week_that_differs_only_those_concerned_differ() {
    let mut found = 0;
    for seed in 0..6 {
        let firm = |strategy: &str| {
            let mut scenario = with_persona(strategy, seed);
            // ratings compare everyone with the mean of the firm, and talk may pass on a contact in its own week
            scenario.review.enabled = false;
            scenario.reputation.enabled = false;
            Firm::new(scenario)
        };
        let (mut a, mut b) = (firm("isolated"), firm("transactional"));
        let michael = a.world.personas[0].slot.unwrap();
        assert!(
            differing(&a.world, &b.world).is_empty(),
            "built alike but for the strategy"
        );
        for _ in 0..10 {
            a.week();
            b.week();
            if a.post_of(michael) != b.post_of(michael) {
                break;
            }
            let mut others = differing(&a.world, &b.world);
            // the persona may plan with other hours before that shows
            others.remove(&michael);
            assert!(
                others.is_empty(),
                "seed {seed}: {others:?} differ before Michael acts"
            );
            a.world.week += 1;
            b.world.week += 1;
        }
        let others = differing(&a.world, &b.world);
        assert!(
            others.contains(&michael),
            "seed {seed}: Michael never acts differently"
        );
        let mut concerned = a.correspondents(michael);
        concerned.extend(b.correspondents(michael));
        // an hour that a colleague gives Michael may be missing for another caller
        let mut may = a.callers_of(&concerned);
        may.extend(b.callers_of(&concerned));
        may.extend(&concerned);
        may.insert(michael);
        let beyond: Vec<_> = others.difference(&may).collect();
        assert!(
            beyond.is_empty(),
            "seed {seed}: {beyond:?} had nothing to do with Michael"
        );
        assert!(
            others.len() < 40,
            "seed {seed}: {} of 100 differ",
            others.len()
        );
        found += others.len();
    }
    assert!(found > 6, "others notice");
}

/// Michael's two behaviours differ in one number that plays no part before the week `from`.
fn same_until(change: fn(&mut Behaviour), prepare: fn(&mut Scenario), seed: u64) -> (i32, i32) {
    let firm = |strategy: &str| {
        let mut scenario = with_persona(strategy, seed);
        // few hours for many wishes, so that every hour counts
        let mut behaviour = Behaviour {
            relationship_hours: Hours::new(1.0),
            initiative: Few::new(8),
            ..Behaviour::authentic()
        };
        scenario
            .strategies
            .insert("as usual".to_owned(), behaviour.clone());
        change(&mut behaviour);
        scenario
            .strategies
            .insert("otherwise".to_owned(), behaviour);
        prepare(&mut scenario);
        Firm::new(scenario)
    };
    let (mut a, mut b) = (firm("as usual"), firm("otherwise"));
    let michael = a.world.personas[0].slot.unwrap();
    let (mut acts, mut spreads) = (i32::MAX, i32::MAX);
    for week in 0..104 {
        a.week();
        b.week();
        if a.post_of(michael) != b.post_of(michael) {
            acts = acts.min(week);
        }
        let mut others = differing(&a.world, &b.world);
        others.remove(&michael);
        let events = firms::happenings(&a.world) != firms::happenings(&b.world);
        if events || !others.is_empty() {
            spreads = spreads.min(week);
        }
        if spreads < i32::MAX {
            break;
        }
        a.world.week += 1;
        b.world.week += 1;
    }
    (acts, spreads)
}

#[test]
fn a_habit_under_threat_shows_only_once_there_is_one() {
    let announced = |s: &mut Scenario| {
        s.threat.announced = Weeks::new(6);
        s.restructurings = vec![Change {
            kind: Kind::Downsize,
            week: Weeks::new(40),
            share: Some(Share::new(0.1)),
            ..Change::default()
        }];
    };
    let change = |b: &mut Behaviour| b.calls_when_threatened = Strength::new(1.0);
    let mut acted = false;
    for seed in 0..3 {
        let (acts, spreads) = same_until(change, announced, seed);
        assert!(
            acts >= 34 && spreads >= acts,
            "seed {seed}: {acts} {spreads}"
        );
        acted |= acts < i32::MAX && spreads < i32::MAX;
    }
    assert!(acted, "it does show then");
}

#[test]
fn a_boundary_shows_only_once_it_is_passed() {
    let change = |b: &mut Behaviour| b.boundary = Factor::new(0.6);
    let nothing = |_: &mut Scenario| {};
    let mut latest = 0;
    for seed in 0..3 {
        let (acts, spreads) = same_until(change, nothing, seed);
        assert!(
            spreads >= acts && acts < i32::MAX,
            "seed {seed}: {acts} {spreads}"
        );
        latest = latest.max(acts);
    }
    assert!(latest > 0, "not from the start");
}

#[test]
fn the_same_scenario_twice_is_the_same_to_the_last_bit() {
    let scenario = || with_persona("authentic", 4);
    let other = Scenario {
        seed: 5,
        ..scenario()
    };
    let end = |s: Scenario| firms::everyone(&firms::run(s, &mut |_, _| {}).1);
    assert!(end(scenario()) == end(scenario()));
    assert!(
        end(scenario()) != end(other),
        "another seed is another story"
    );
}

#[test]
fn the_number_of_threads_changes_nothing() {
    // 1500 people are two blocks, 20 weeks of burn-in and two years with a restructuring
    let scenario = || {
        let mut scenario = firms::in_departments_of(60, firms::small(1500, 2, 20, 9));
        scenario.restructurings = vec![Change {
            kind: Kind::Downsize,
            week: Weeks::new(50),
            share: Some(Share::new(0.1)),
            ..Change::default()
        }];
        scenario
    };
    let end = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| {
            let mut told = Vec::new();
            let (_, world) = firms::run(scenario(), &mut |world, _| {
                told.extend(firms::happenings(world));
            });
            (told, firms::everyone(&world))
        })
    };
    let one = end(1);
    assert!(one.0.len() > 300);
    for threads in [2, 3, 7] {
        let many = end(threads);
        assert!(one.0 == many.0, "events differ with {threads} threads");
        assert!(one.1 == many.1, "people differ with {threads} threads");
    }
}

#[test]
fn being_watched_changes_nothing() {
    let scenario = || with_persona("isolated", 2);
    let (_, alone) = firms::run(scenario(), &mut |_, _| {});
    let mut seen = 0;
    let mut recorder = Recorder::new(Plan {
        weeks: 104,
        ties: true,
        positions: true,
        yearly: true,
        ties_every: 1,
        measures: Options::for_snapshots(),
        definitions: allies::experiment::definitions(&scenario()),
        wanted: allies::records::wanted::Wanted::EVERYTHING,
        survey: SurveyPlan::of(&scenario().records),
        trace: TracePlan::of(&scenario().records, 104),
        seed: scenario().seed,
    });
    let (_, watched) = firms::run(scenario(), &mut |world, model| {
        let changes: Vec<i32> = model.change_weeks().collect();
        let now = |tie: &allies::world::Tie| model.fading().now(tie, world.week);
        if world.week == 0 {
            recorder.start(world, changes.clone(), &now).unwrap();
        }
        recorder.contacts(world, model.office()).unwrap();
        recorder.week(world, &changes, &now).unwrap();
        seen += firms::everyone(world).len() + firms::happenings(world).len();
        seen += firms::active_ties(world) + model.office().contacts().count();
        let week = world.week;
        let copy = world.clone();
        for slot in copy.employees.present() {
            for (_, alter, tie) in copy.ties.row(slot).iter() {
                seen += usize::from(model.fading().is_active(tie, week));
                seen += usize::from(copy.tie(slot, alter).is_some());
            }
        }
    });
    assert!(seen > 10_000);
    let [.., survey, trace] = recorder.tables();
    assert!(survey.len() > 100 && trace.len() > 100, "both looked");
    assert!(firms::everyone(&alone) == firms::everyone(&watched));
}
