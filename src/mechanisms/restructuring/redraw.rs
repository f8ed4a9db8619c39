//! The first half of a restructuring: posts are abolished, created and moved.

use super::change::{Change, Kind, position};
use super::cuts::abolish_some;
use super::reporting::{attach_orphans, create, resettle, superior_for};
use super::{Judge, Restructuring};
use crate::engine::Step;
use crate::world::{Department, NOBODY, Organisation, World};

/// What has become of the posts.
#[derive(Default)]
pub(super) struct Redrawn {
    /// Posts abolished.
    pub abolished: Vec<u32>,
    /// Posts created.
    pub created: Vec<u32>,
    /// Levels that a displaced person may be put down by when nothing else is free.
    pub down: u8,
}

impl Redrawn {
    /// Created posts that are still vacant.
    pub(super) fn opened(&self, organisation: &Organisation) -> Vec<u32> {
        let vacant = |post: &&u32| organisation.posts[**post as usize].holder == NOBODY;
        self.created.iter().filter(vacant).copied().collect()
    }
}

impl Restructuring {
    /// Redraws posts and departments; none where the change affects no department.
    pub(super) fn redraw(
        &self,
        world: &mut World,
        step: Step<'_>,
        index: u16,
        change: &Change,
        affected: &[u16],
        judge: Judge<'_>,
    ) -> Redrawn {
        let Some(&first) = affected.first() else {
            return Redrawn::default();
        };
        let redrawn = match change.kind {
            Kind::Merge => self.merge(world, step, change, affected),
            Kind::Split => split(world, change, first),
            Kind::Dissolve => self.dissolve(world, step, change, first),
            Kind::Delayer => delayer(world, step, change, affected),
            Kind::Downsize | Kind::CloseSite | Kind::MoveFunction => {
                let moves = change.kind != Kind::Downsize;
                let to = position(&world.organisation.sites, change.to_site.as_ref());
                let mut redrawn = Redrawn::default();
                let cut = change.share.unwrap_or(self.cut).get();
                for &department in affected {
                    if let (true, Some(to)) = (moves, to) {
                        world.organisation.departments[department as usize].site = to as u8;
                    }
                    redrawn
                        .abolished
                        .extend(self.cut_people(world, step, index, department, cut, judge));
                }
                attach_orphans(world, &redrawn.abolished);
                if moves {
                    resettle(world);
                }
                redrawn
            }
        };
        world.organisation.index();
        debug_assert!(world.organisation.check_tree().is_ok());
        redrawn
    }

    /// One department remains of several; of what now exists twice, some goes.
    fn merge(
        &self,
        world: &mut World,
        step: Step<'_>,
        change: &Change,
        affected: &[u16],
    ) -> Redrawn {
        let mut redrawn = Redrawn::default();
        let cut = change.share.unwrap_or(self.cut).get();
        let stays = Change::department_named(&world.organisation, change.department.as_ref())
            .unwrap_or(affected[0]);
        for &gone in affected.iter().filter(|&&d| d != stays) {
            let before = posts_of(world, stays);
            let joining = posts_of(world, gone);
            for level in 0..world.organisation.levels.len() as u8 {
                let at = |posts: &[u32]| -> Vec<u32> {
                    let level_of = |p: &&u32| world.organisation.posts[**p as usize].level;
                    posts
                        .iter()
                        .filter(|p| level_of(p) == level)
                        .copied()
                        .collect()
                };
                let (there, here) = (at(&before), at(&joining));
                let twice = there.len().min(here.len()) as f64;
                let goes = if world.organisation.levels[level as usize].manages {
                    self.overlap.get() * twice
                } else {
                    cut * here.len() as f64
                };
                let both: Vec<u32> = there.into_iter().chain(here).collect();
                redrawn
                    .abolished
                    .extend(abolish_some(world, step, &both, goes));
            }
            for post in joining {
                world.organisation.posts[post as usize].department = stays;
            }
            world.organisation.departments[gone as usize].exists = false;
        }
        attach_orphans(world, &redrawn.abolished);
        resettle(world);
        redrawn
    }

    /// All posts of a department go; some arise anew in the departments that take its people in.
    fn dissolve(&self, world: &mut World, step: Step<'_>, change: &Change, first: u16) -> Redrawn {
        let mut redrawn = Redrawn::default();
        let posts = posts_of(world, first);
        let places = change.share.unwrap_or(self.places).get();
        let mut by_level = vec![0_usize; world.organisation.levels.len()];
        for &post in &posts {
            by_level[world.organisation.posts[post as usize].level as usize] += 1;
        }
        redrawn.abolished = abolish_some(world, step, &posts, posts.len() as f64);
        // the head of the firm cannot be abolished: a department that holds it goes on as an empty frame around it
        let gone = posts
            .iter()
            .all(|&p| !world.organisation.posts[p as usize].exists);
        world.organisation.departments[first as usize].exists = !gone;
        attach_orphans(world, &redrawn.abolished);
        world.organisation.index();
        let receiving = receiving(world, first);
        let mut turn = 0;
        for (level, &count) in by_level.iter().enumerate().rev() {
            let n = libm::floor(count as f64 * places + 0.5) as usize;
            for _ in 0..n {
                let Some(&to) = receiving.get(turn % receiving.len().max(1)) else {
                    break;
                };
                turn += 1;
                if let Some(superior) = superior_for(&world.organisation, to, level as u8) {
                    redrawn
                        .created
                        .push(create(world, to, level as u8, superior));
                    // so that the next post finds this one, as superior or in a span
                    world.organisation.index();
                }
            }
        }
        redrawn
    }
}

/// Every second team of a department becomes a department with a head's post of its own.
fn split(world: &mut World, change: &Change, first: u16) -> Redrawn {
    let mut redrawn = Redrawn::default();
    let department = world.organisation.departments[first as usize].clone();
    let new = world.organisation.departments.len() as u16;
    let name = change
        .into
        .clone()
        .unwrap_or_else(|| format!("{} 2", department.name));
    world
        .organisation
        .departments
        .push(Department { name, ..department });
    let posts = posts_of(world, first);
    let top = posts
        .iter()
        .map(|&p| world.organisation.posts[p as usize].level)
        .max()
        .unwrap_or(0);
    let head = posts
        .iter()
        .copied()
        .find(|&p| world.organisation.posts[p as usize].level == top);
    // teams under the head of the department, every second one
    let teams: Vec<u32> = head
        .map(|h| world.organisation.reports(h).to_vec())
        .unwrap_or_default()
        .into_iter()
        .filter(|&p| world.organisation.posts[p as usize].department == first)
        .collect();
    let superior = head.map_or(NOBODY, |h| {
        let above = world.organisation.posts[h as usize].superior;
        if above == NOBODY { h } else { above }
    });
    if superior != NOBODY {
        let leader = create(world, new, top, superior);
        redrawn.created.push(leader);
        for &team in teams.iter().skip(1).step_by(2) {
            world.organisation.posts[team as usize].superior = leader;
            let mut below = vec![team];
            while let Some(post) = below.pop() {
                if world.organisation.posts[post as usize].department == first {
                    world.organisation.posts[post as usize].department = new;
                    below.extend(world.organisation.reports(post));
                }
            }
        }
    }
    resettle(world);
    redrawn
}

/// All posts of a level go.
fn delayer(world: &mut World, step: Step<'_>, change: &Change, affected: &[u16]) -> Redrawn {
    let mut redrawn = Redrawn::default();
    let level = world
        .organisation
        .levels
        .iter()
        .position(|l| Some(&l.name) == change.level.as_ref());
    if let Some(level) = level {
        let posts: Vec<u32> = affected
            .iter()
            .flat_map(|&d| posts_of(world, d))
            .filter(|&p| world.organisation.posts[p as usize].level as usize == level)
            .collect();
        redrawn.abolished = abolish_some(world, step, &posts, posts.len() as f64);
        redrawn.down = u8::from(level > 0);
    }
    attach_orphans(world, &redrawn.abolished);
    redrawn
}

/// The posts of a department.
fn posts_of(world: &World, department: u16) -> Vec<u32> {
    world.organisation.posts_of_department(department).to_vec()
}

/// Departments that take in the people of a dissolved one: the most naturally coupled first, then the most desirable.
fn receiving(world: &World, gone: u16) -> Vec<u16> {
    let organisation = &world.organisation;
    let function = organisation.departments[gone as usize].function;
    let mut departments: Vec<u16> = organisation
        .existing_departments()
        .filter(|&d| d != gone)
        .collect();
    departments.sort_by(|&a, &b| {
        let key = |d: u16| {
            let there = &organisation.departments[d as usize];
            (
                f64::from(organisation.coupled(function, there.function)),
                there.desirability,
            )
        };
        let ((ca, da), (cb, db)) = (key(a), key(b));
        cb.total_cmp(&ca).then(db.total_cmp(&da)).then(a.cmp(&b))
    });
    departments.truncate(4);
    departments
}
