//! A firm built by hand and a change carried out on it, with the checks that every change must pass.

use super::*;
use crate::random::{Randomness, Shapes};
use crate::world::small_firm::{SmallFirm, assert_sound};
use crate::world::{NOBODY, Outcome, StrategyKey};

/// Post 0 heads the firm; department d begins at 1 + 10 d: lead, four staff, lead, four staff.
pub(super) const FIRM: SmallFirm = SmallFirm {
    departments: 4,
    leads: 2,
    staff: 4,
};

pub(super) const EVERYONE: u32 = 41;

/// No luck: the panel's order decides who goes.
pub(super) fn rule() -> Restructuring {
    Restructuring {
        enabled: true,
        overlap: Share::new(0.5),
        places: Share::new(0.5),
        cut: Share::new(0.2),
        dismissed: Share::new(0.5),
        layoff_luck: Factor::new(0.0),
        alike: Share::new(0.05),
        ..Restructuring::default()
    }
}

/// A panel of one to which the lowest slot is the best candidate.
pub(super) fn by_slot(world: &World, _: u32, mut slots: Vec<u32>) -> (u16, Vec<Candidate>) {
    slots.sort_unstable();
    let candidate = |slot: u32| Candidate {
        employee: world.employees.profiles[slot as usize].id,
        slot,
        strategy: StrategyKey::default(),
        score: -f64::from(slot),
        performance: -f64::from(slot),
        ..Candidate::default()
    };
    (1, slots.into_iter().map(candidate).collect())
}

pub(super) fn change(kind: Kind) -> Change {
    Change {
        kind,
        department: Some("department 1".to_owned()),
        ..Change::default()
    }
}

/// What a change did, with the checks that every change must pass.
pub(super) struct Done {
    pub(super) world: World,
    pub(super) vacant: Vec<u32>,
}

impl Done {
    pub(super) fn count(&self, outcome: Outcome) -> usize {
        self.world
            .happenings
            .placements
            .iter()
            .filter(|p| p.outcome == outcome)
            .count()
    }

    pub(super) fn events(&self, kind: EventKind) -> usize {
        self.world
            .happenings
            .events
            .iter()
            .filter(|e| e.kind == kind)
            .count()
    }

    pub(super) fn department(&self, slot: u32) -> u16 {
        self.world.employees.profiles[slot as usize].department
    }

    pub(super) fn posts(&self, department: u16) -> usize {
        self.world
            .organisation
            .posts_of_department(department)
            .len()
    }
}

pub(super) fn carry_out(rule: &Restructuring, change: &Change) -> Done {
    carry_out_on(FIRM.build(), rule, change)
}

pub(super) fn carry_out_on(mut world: World, rule: &Restructuring, change: &Change) -> Done {
    let before: Vec<(u32, u16, bool)> = world
        .employees
        .present()
        .map(|slot| {
            let p = world.employees.profiles[slot as usize];
            (
                p.id,
                p.department,
                rule.affected(&world, change).contains(&p.department),
            )
        })
        .collect();
    let (randomness, shapes) = (Randomness::new(17), Shapes::default());
    let step = Step {
        week: world.week,
        randomness: &randomness,
        shapes: &shapes,
    };
    let vacant = rule.carry_out(&mut world, step, 3, change, &by_slot);
    let done = Done { world, vacant };
    let world = &done.world;

    assert_sound(world);
    // nobody is lost: whoever is not here any more was dismissed, and no one came
    let here: Vec<u32> = world
        .employees
        .present()
        .map(|s| world.employees.profiles[s as usize].id)
        .collect();
    let dismissed = done.count(Outcome::Dismissed);
    assert_eq!(here.len() + dismissed, before.len());
    assert_eq!(done.events(EventKind::LaidOff), dismissed);
    // every member of an affected department is accounted for, once, and nobody else
    let placements = &world.happenings.placements;
    let members: Vec<u32> = before.iter().filter(|b| b.2).map(|b| b.0).collect();
    let mut placed: Vec<u32> = placements.iter().map(|p| p.employee).collect();
    placed.sort_unstable();
    assert_eq!(placed, members);
    for p in placements {
        assert_eq!((p.restructuring, p.week), (3, world.week));
        assert_eq!(p.outcome == Outcome::Dismissed, !here.contains(&p.employee));
        assert_eq!(p.to_department.is_none(), p.outcome == Outcome::Dismissed);
        assert_eq!(p.to_level.is_none(), p.outcome == Outcome::Dismissed);
        assert!(
            p.displaced || p.outcome == Outcome::Kept,
            "only the displaced move or go"
        );
    }
    // those not affected are where they were
    for &(id, department, affected) in &before {
        if !affected {
            assert_eq!(world.employees.profiles[id as usize].department, department);
        }
    }
    let moved = placements
        .iter()
        .filter(|p| p.displaced && p.to_department.is_some())
        .count();
    assert_eq!(done.events(EventKind::Reassigned), moved);
    assert_eq!(done.events(EventKind::Restructuring), 1);
    let reassigned: u32 = world
        .employees
        .standings
        .iter()
        .map(|s| u32::from(s.reassignments))
        .sum();
    assert_eq!(reassigned as usize, moved);
    for &post in &done.vacant {
        let post = world.organisation.posts[post as usize];
        assert!(
            post.exists && post.holder == NOBODY,
            "what is called vacant is vacant"
        );
    }
    done
}
