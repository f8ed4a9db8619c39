//! What must hold in every week of every firm: random valid scenarios, random switches, restructurings of every kind.

// Functions beside the tests may unwrap like the tests themselves.
#![allow(clippy::unwrap_used)]

mod firms;

use std::collections::BTreeSet;

use allies::mechanisms::restructuring::{Change, Kind};
use allies::model::Model;
use allies::scenario::Scenario;
use allies::units::{Factor, Rate, Share, Weeks};
use allies::world::{EventKind, NOBODY, World};
use proptest::prelude::*;

/// One restructuring to come, by numbers that fit any firm.
#[derive(Debug, Clone)]
struct Planned {
    kind: usize,
    week: u32,
    department: usize,
    other: usize,
    level: usize,
    whole_firm: bool,
    share: Option<f64>,
}

/// A scenario by numbers.
#[derive(Debug, Clone)]
struct Drawn {
    employees: u32,
    department_size: u32,
    years: u32,
    burn_in: u32,
    seed: u64,
    off: Vec<usize>,
    planned: Vec<Planned>,
    random_rate: f64,
    dismissed: f64,
    turnover: f64,
}

fn planned() -> impl Strategy<Value = Planned> {
    let share = prop_oneof![Just(None), (0.0..0.6).prop_map(Some), Just(Some(1.0))];
    (
        0..7_usize,
        1..156_u32,
        0..9_usize,
        0..9_usize,
        0..4_usize,
        any::<bool>(),
        share,
    )
        .prop_map(
            |(kind, week, department, other, level, whole_firm, share)| Planned {
                kind,
                week,
                department,
                other,
                level,
                whole_firm,
                share,
            },
        )
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let firm = (8..=150_u32, 5..=60_u32, 1..=3_u32, 0..=20_u32, any::<u32>());
    let changes = prop::collection::vec(planned(), 0..6);
    let off = prop::collection::vec(0..19_usize, 0..6);
    let rates = (
        prop_oneof![Just(0.0), Just(1.5)],
        0.0..=1.0_f64,
        1.0..4.0_f64,
    );
    (firm, off, changes, rates).prop_map(|(firm, off, planned, rates)| Drawn {
        employees: firm.0,
        department_size: firm.1,
        years: firm.2,
        burn_in: firm.3,
        seed: u64::from(firm.4),
        off,
        planned,
        random_rate: rates.0,
        dismissed: rates.1,
        turnover: rates.2,
    })
}

/// The scenario that the numbers stand for; names are those of the firm as it starts.
fn scenario(drawn: &Drawn) -> Scenario {
    let small = firms::small(drawn.employees, drawn.years, drawn.burn_in, drawn.seed);
    let mut scenario = firms::in_departments_of(drawn.department_size, small);
    for (i, (_, switch)) in firms::switches(&mut scenario).into_iter().enumerate() {
        *switch = !drawn.off.contains(&i);
    }
    scenario.restructuring.yearly_rate = Rate::try_from(drawn.random_rate).unwrap();
    scenario.restructuring.dismissed = Share::try_from(drawn.dismissed).unwrap();
    for level in &mut scenario.organisation.levels {
        level.exit_rate = Rate::try_from(level.exit_rate.get() * drawn.turnover).unwrap();
    }
    let plan = &scenario.organisation;
    let department = |i: usize| plan.departments[i % plan.departments.len()].name.clone();
    let kinds = [
        Kind::Merge,
        Kind::Split,
        Kind::Dissolve,
        Kind::Downsize,
        Kind::Delayer,
        Kind::CloseSite,
        Kind::MoveFunction,
    ];
    let mut changes = Vec::new();
    for p in &drawn.planned {
        let kind = kinds[p.kind];
        let whole = p.whole_firm && matches!(kind, Kind::Downsize | Kind::Delayer);
        let merged = (p.other + p.department + 1) % plan.departments.len();
        changes.push(Change {
            kind,
            week: Weeks::new(p.week.min(drawn.years * 52 - 1)),
            department: (!whole).then(|| department(p.department)),
            with: (kind == Kind::Merge).then(|| department(merged)),
            share: p.share.map(|s| Share::try_from(s).unwrap()),
            level: Some(plan.levels[p.level % plan.levels.len()].name.clone()),
            site: Some(plan.sites[p.other % plan.sites.len()].clone()),
            to_site: Some(plan.sites[p.department % plan.sites.len()].clone()),
            function: Some(plan.functions[p.other % plan.functions.len()].name.clone()),
            ..Change::default()
        });
    }
    // what was merged or dissolved may be named again: such a change finds nothing and must do no harm
    scenario.restructurings = changes;
    scenario.work.luck = Factor::new(0.5);
    scenario
}

/// Follows one firm from week to week.
#[derive(Default)]
struct Watch {
    headcount: Option<u32>,
    here: BTreeSet<u32>,
    ever: BTreeSet<u32>,
    decisions: u32,
    started: bool,
}

impl Watch {
    fn observe(&mut self, world: &World, model: &Model) {
        self.people(world);
        posts(world);
        ties(world, model);
        numbers(world);
        projects(world);
        self.decisions(world);
    }

    /// People enter and leave by events alone, and identities are never used again.
    fn people(&mut self, world: &World) {
        let ids: Vec<u32> = world
            .employees
            .present()
            .map(|slot| world.employees.profiles[slot as usize].id)
            .collect();
        let here: BTreeSet<u32> = ids.iter().copied().collect();
        assert_eq!(ids.len(), here.len(), "two people share an identity");
        assert_eq!(here.len() as u32, world.employees.headcount());
        let events = &world.happenings.events;
        let of = |kinds: &[EventKind]| -> BTreeSet<u32> {
            let these = events.iter().filter(|e| kinds.contains(&e.kind));
            let who: Vec<u32> = these.map(|e| e.employee.unwrap()).collect();
            let set: BTreeSet<u32> = who.iter().copied().collect();
            assert_eq!(
                who.len(),
                set.len(),
                "one event of a kind for one person and week"
            );
            set
        };
        let hired = of(&[EventKind::Hired]);
        let gone = of(&[EventKind::Left, EventKind::LaidOff, EventKind::Retired]);
        if self.started {
            let before = self.headcount.unwrap();
            assert_eq!(
                i64::from(world.employees.headcount()),
                i64::from(before) + hired.len() as i64 - gone.len() as i64,
                "week {}",
                world.week
            );
            let expected: BTreeSet<u32> = self
                .here
                .union(&hired)
                .copied()
                .filter(|id| !gone.contains(id))
                .collect();
            assert_eq!(
                here, expected,
                "week {}: exactly those of the events came and went",
                world.week
            );
            for id in &hired {
                assert!(!self.ever.contains(id), "the identity {id} is used again");
            }
        }
        self.ever.extend(&here);
        self.ever.extend(&hired);
        self.headcount = Some(world.employees.headcount());
        self.here = here;
        self.started = true;
    }

    fn decisions(&mut self, world: &World) {
        for decision in &world.happenings.decisions {
            assert_eq!(
                decision.number, self.decisions,
                "decisions are numbered in order"
            );
            self.decisions += 1;
            for c in &decision.candidates {
                let parts = c.performance + c.reputation + c.advocacy + c.acquaintance + c.luck;
                let parts = parts + c.breadth + c.potential + c.pace;
                assert!(
                    (parts - c.score).abs() < 1e-9,
                    "the parts of a score sum to it"
                );
            }
            let ranked = decision
                .candidates
                .windows(2)
                .all(|p| p[0].score >= p[1].score);
            assert!(ranked, "candidates stand from best to worst");
        }
        assert_eq!(self.decisions, world.happenings.decisions_made);
    }
}

/// Every filled post has one holder whose profile points back to it, everyone has one post, the line is a tree.
fn posts(world: &World) {
    let organisation = &world.organisation;
    organisation.check_tree().unwrap();
    let mut holders = BTreeSet::new();
    for (i, post) in organisation.posts.iter().enumerate() {
        if !post.exists {
            assert_eq!(
                post.holder, NOBODY,
                "week {}: a holder of an abolished post",
                world.week
            );
            continue;
        }
        assert!(organisation.departments[post.department as usize].exists);
        if post.holder == NOBODY {
            continue;
        }
        assert!(holders.insert(post.holder), "one person on two posts");
        let profile = &world.employees.profiles[post.holder as usize];
        let department = &organisation.departments[post.department as usize];
        assert!(profile.is_employed());
        assert_eq!(
            profile.post, i as u32,
            "week {}: profile and post disagree",
            world.week
        );
        assert_eq!(
            (
                profile.department,
                profile.level,
                profile.site,
                profile.function
            ),
            (
                post.department,
                post.level,
                department.site,
                department.function
            )
        );
    }
    assert_eq!(
        holders.len() as u32,
        world.employees.headcount(),
        "week {}: everyone has a post",
        world.week
    );
}

/// Ties stay in range, none is to oneself, none twice to the same, and those that count lead to colleagues.
fn ties(world: &World, model: &Model) {
    for ego in 0..world.employees.slots() as u32 {
        let row = world.ties.row(ego);
        if !world.employees.profiles[ego as usize].is_employed() {
            assert_eq!(
                row.iter().count(),
                0,
                "the row of someone who left is empty"
            );
            continue;
        }
        let mut partners = BTreeSet::new();
        for (_, alter, tie) in row.iter() {
            assert_ne!(ego, alter, "a tie to oneself");
            assert!(partners.insert(alter), "two records about the same person");
            let there = &world.employees.profiles[alter as usize];
            if world.tie(ego, alter).is_some() {
                assert!(
                    there.is_employed(),
                    "week {}: a tie to someone who left",
                    world.week
                );
            }
            for x in tie.strength.into_iter().chain([tie.trust]) {
                assert!((0.0..=1.0).contains(&x), "{tie:?}");
            }
            let now = model.fading().now(tie, world.week);
            for (faded, then) in now.into_iter().zip(tie.strength) {
                assert!(
                    (0.0..=then).contains(&faded),
                    "fading adds nothing: {tie:?}"
                );
            }
            assert!(tie.ledger.is_finite());
            assert!(i32::from(tie.last_contact) <= world.week && tie.formed <= tie.last_contact);
            assert!(tie.contacts > 0);
        }
    }
    // a contact of the week is held by the one who was called, unless that person can hold no ties at all
    for (from, to, _, _) in model.office().contacts() {
        assert!(
            world.employees.profiles[from as usize].is_employed(),
            "a call by nobody"
        );
        assert!(
            world.employees.profiles[to as usize].is_employed(),
            "a call to nobody was accepted"
        );
    }
}

/// Numbers of people stay in their ranges.
fn numbers(world: &World) {
    for slot in world.employees.present() {
        let i = slot as usize;
        let (profile, standing) = (&world.employees.profiles[i], &world.employees.standings[i]);
        let week = &world.employees.weeks[i];
        for x in [
            profile.influence,
            profile.reputation,
            profile.known,
            standing.informal,
            standing.threat,
        ] {
            assert!((0.0..=1.0).contains(&x), "{profile:?} {standing:?}");
        }
        for x in [
            week.hours,
            week.budget,
            week.help,
            week.declined,
            week.regard,
            week.output,
        ] {
            assert!(x.is_finite() && x >= 0.0, "{week:?}");
        }
        assert!(standing.rating.is_none_or(f32::is_finite));
        assert!(standing.output.is_finite() && standing.friendship.is_finite());
        assert!(
            i32::from(profile.hired) <= world.week && i32::from(standing.level_since) <= world.week
        );
    }
}

/// Members of a project are employed, on this project, and on no other.
fn projects(world: &World) {
    let mut on_one = BTreeSet::new();
    for (number, project) in world.projects.iter().enumerate().filter(|(_, p)| p.running) {
        for &member in &project.members {
            assert!(world.employees.profiles[member as usize].is_employed());
            assert_eq!(
                world.employees.standings[member as usize].project,
                number as u32
            );
            assert!(on_one.insert(member), "on two projects");
        }
    }
    for slot in world.employees.present() {
        let on = world.employees.standings[slot as usize].project != NOBODY;
        assert_eq!(
            on,
            on_one.contains(&slot),
            "who thinks to be on a project is on it"
        );
    }
}

fn check(drawn: &Drawn) {
    let mut watch = Watch::default();
    firms::run(scenario(drawn), &mut |world, model| {
        watch.observe(world, model);
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_firm_is_sound_in_every_week(drawn in drawn()) {
        check(&drawn);
    }
}

#[test]
fn every_kind_of_restructuring_leaves_a_sound_firm_at_every_share() {
    for kind in 0..7 {
        for (i, share) in [None, Some(0.0), Some(0.3), Some(1.0)]
            .into_iter()
            .enumerate()
        {
            let planned = (0..3)
                .map(|n| Planned {
                    kind,
                    week: 10 + 12 * n,
                    department: n as usize,
                    other: 1,
                    level: 2,
                    whole_firm: n == 2,
                    share,
                })
                .collect();
            check(&Drawn {
                employees: 60,
                department_size: 15,
                years: 1,
                burn_in: 4,
                seed: i as u64,
                off: Vec::new(),
                planned,
                random_rate: 0.0,
                dismissed: 0.4,
                turnover: 1.0,
            });
        }
    }
}

#[test]
fn the_smallest_firms_live() {
    for employees in 8..=14 {
        for seed in 0..3 {
            check(&Drawn {
                employees,
                department_size: 6,
                years: 2,
                burn_in: 5,
                seed,
                off: Vec::new(),
                planned: Vec::new(),
                random_rate: 1.5,
                dismissed: 0.5,
                turnover: 3.0,
            });
        }
    }
}
