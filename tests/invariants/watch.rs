//! What must hold, week after week.

use std::collections::BTreeSet;

use allies::model::Model;
use allies::world::{EventKind, NOBODY, World};

/// Follows one firm from week to week.
#[derive(Default)]
pub(crate) struct Watch {
    headcount: Option<u32>,
    here: BTreeSet<u32>,
    ever: BTreeSet<u32>,
    decisions: u32,
    started: bool,
}

impl Watch {
    pub(crate) fn observe(&mut self, world: &World, model: &Model) {
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
