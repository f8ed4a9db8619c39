//! The first half of a restructuring: posts are abolished, created and moved.

use super::change::{Change, Kind, position};
use super::{Judge, Restructuring};
use crate::engine::Step;
use crate::random::Purpose;
use crate::world::{Decision, DecisionKind, Department, NOBODY, Organisation, Post, World};

/// What has become of the posts.
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
    pub(super) fn redraw(
        &self,
        world: &mut World,
        step: Step<'_>,
        index: u16,
        change: &Change,
        affected: &[u16],
        judge: Judge<'_>,
    ) -> Redrawn {
        let mut redrawn = Redrawn {
            abolished: Vec::new(),
            created: Vec::new(),
            down: 0,
        };
        let Some(&first) = affected.first() else {
            return redrawn;
        };
        let cut = change.share.unwrap_or(self.cut).get();
        let posts_of = |world: &World, d: u16| world.organisation.posts_of_department(d).to_vec();
        match change.kind {
            Kind::Merge => {
                let stays =
                    Change::department_named(&world.organisation, change.department.as_ref())
                        .unwrap_or(first);
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
                        self.abolish_some(world, step, &both, goes, &mut redrawn);
                    }
                    for post in joining {
                        world.organisation.posts[post as usize].department = stays;
                    }
                    world.organisation.departments[gone as usize].exists = false;
                }
                self.attach_orphans(world, &redrawn.abolished);
                resettle(world);
            }
            Kind::Split => {
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
            }
            Kind::Dissolve => {
                let posts = posts_of(world, first);
                let places = change.share.unwrap_or(self.places).get();
                let mut by_level = vec![0_usize; world.organisation.levels.len()];
                for &post in &posts {
                    by_level[world.organisation.posts[post as usize].level as usize] += 1;
                }
                self.abolish_some(world, step, &posts, posts.len() as f64, &mut redrawn);
                // the head of the firm cannot be abolished: a department that holds it goes on as an empty frame around it
                let gone = posts
                    .iter()
                    .all(|&p| !world.organisation.posts[p as usize].exists);
                world.organisation.departments[first as usize].exists = !gone;
                self.attach_orphans(world, &redrawn.abolished);
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
            }
            Kind::Downsize => {
                for &department in affected {
                    self.cut_people(world, step, index, department, cut, judge, &mut redrawn);
                }
                self.attach_orphans(world, &redrawn.abolished);
            }
            Kind::Delayer => {
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
                    self.abolish_some(world, step, &posts, posts.len() as f64, &mut redrawn);
                    redrawn.down = u8::from(level > 0);
                }
                self.attach_orphans(world, &redrawn.abolished);
            }
            Kind::CloseSite | Kind::MoveFunction => {
                let to = position(&world.organisation.sites, change.to_site.as_ref());
                for &department in affected {
                    if let Some(to) = to {
                        world.organisation.departments[department as usize].site = to as u8;
                    }
                    self.cut_people(world, step, index, department, cut, judge, &mut redrawn);
                }
                self.attach_orphans(world, &redrawn.abolished);
                resettle(world);
            }
        }
        world.organisation.index();
        debug_assert!(world.organisation.check_tree().is_ok());
        redrawn
    }

    /// Abolishes about `goes` of the posts: vacant ones first, then by a keyed draw; never the head of the firm.
    fn abolish_some(
        &self,
        world: &mut World,
        step: Step<'_>,
        posts: &[u32],
        goes: f64,
        redrawn: &mut Redrawn,
    ) {
        let key = step.randomness.week(Purpose::Restructuring, step.week);
        let mut order: Vec<(bool, u64, u32)> = posts
            .iter()
            .filter(|&&p| world.organisation.posts[p as usize].superior != NOBODY)
            .map(|&p| {
                let filled = world.organisation.posts[p as usize].holder != NOBODY;
                (filled, key.of_pair(p, 1).bits(), p)
            })
            .collect();
        order.sort_unstable();
        let n = libm::floor(goes + 0.5) as usize;
        for &(_, _, post) in order.iter().take(n) {
            world.organisation.posts[post as usize].exists = false;
            redrawn.abolished.push(post);
        }
    }

    /// Cuts a share of a department: vacant posts first, then those whom a panel ranks lowest.
    fn cut_people(
        &self,
        world: &mut World,
        step: Step<'_>,
        index: u16,
        department: u16,
        share: f64,
        judge: Judge<'_>,
        redrawn: &mut Redrawn,
    ) {
        let posts: Vec<u32> = world
            .organisation
            .posts_of_department(department)
            .iter()
            .copied()
            .filter(|&p| world.organisation.posts[p as usize].superior != NOBODY)
            .collect();
        let mut n = libm::floor(posts.len() as f64 * share + 0.5) as usize;
        let (vacant, filled): (Vec<u32>, Vec<u32>) = posts
            .iter()
            .partition(|&&p| world.organisation.posts[p as usize].holder == NOBODY);
        for post in vacant.into_iter().take(n) {
            world.organisation.posts[post as usize].exists = false;
            redrawn.abolished.push(post);
            n -= 1;
        }
        if n == 0 || filled.is_empty() {
            return;
        }
        // the panel is that of a post at the bottom: its managers, and managers of the department
        let bottom = filled
            .iter()
            .copied()
            .min_by_key(|&p| (world.organisation.posts[p as usize].level, p))
            .unwrap_or(filled[0]);
        let slots = filled
            .iter()
            .map(|&p| world.organisation.posts[p as usize].holder)
            .collect();
        let (panel_size, mut candidates) = judge(world, bottom, slots);
        let key = step.randomness.week(Purpose::Restructuring, step.week);
        for candidate in &mut candidates {
            self.protect(candidate);
            let extra = self.layoff_luck.get()
                * f64::from(step.shapes.normal(&mut key.of_pair(candidate.employee, 2)));
            candidate.luck += extra;
            candidate.score += extra;
        }
        candidates.sort_by(|a, b| {
            let chance = |c: &crate::world::Candidate| key.of_pair(c.employee, 3).bits();
            b.score
                .total_cmp(&a.score)
                .then_with(|| chance(a).cmp(&chance(b)))
        });
        for candidate in candidates.iter_mut().rev().take(n) {
            candidate.chosen = true;
            let post = world.employees.profiles[candidate.slot as usize].post;
            world.organisation.posts[post as usize].exists = false;
            redrawn.abolished.push(post);
        }
        let number = world.happenings.number_decision();
        world.happenings.decisions.push(Decision {
            number,
            week: step.week,
            kind: DecisionKind::Layoff,
            department,
            level: world.organisation.posts[bottom as usize].level,
            panel_size,
            restructuring: Some(index),
            candidates,
        });
    }

    /// Gives the reports of abolished posts a new superior: the nearest existing post above, or fellow managers of the department.
    fn attach_orphans(&self, world: &mut World, abolished: &[u32]) {
        for &gone in abolished {
            let post = world.organisation.posts[gone as usize];
            let mut above = post.superior;
            while above != NOBODY && !world.organisation.posts[above as usize].exists {
                above = world.organisation.posts[above as usize].superior;
            }
            // colleagues of the same rank and department under the same superior share the reports out among them
            let fellows: Vec<u32> = world
                .organisation
                .reports(post.superior)
                .iter()
                .copied()
                .filter(|&p| {
                    let other = world.organisation.posts[p as usize];
                    other.exists && other.level == post.level && other.department == post.department
                })
                .collect();
            let reports = world.organisation.reports(gone).to_vec();
            for (i, report) in reports.into_iter().enumerate() {
                let to = if fellows.is_empty() {
                    above
                } else {
                    fellows[i % fellows.len()]
                };
                if world.organisation.posts[report as usize].superior == gone {
                    world.organisation.posts[report as usize].superior = to;
                }
            }
        }
    }
}

/// Adds a post; the lists are rebuilt by the caller.
pub(super) fn create(world: &mut World, department: u16, level: u8, superior: u32) -> u32 {
    world.organisation.posts.push(Post {
        department,
        level,
        exists: true,
        superior,
        holder: NOBODY,
        fill_week: world.week + 4,
        chain: 0,
    });
    (world.organisation.posts.len() - 1) as u32
}

/// The post in a department under which a new post of a level fits: the lowest managing level above it, fewest reports.
pub(super) fn superior_for(organisation: &Organisation, department: u16, level: u8) -> Option<u32> {
    let manages = |l: u8| organisation.levels[l as usize].manages;
    let found = organisation
        .posts_of_department(department)
        .iter()
        .copied()
        .filter(|&p| {
            let post = organisation.posts[p as usize];
            post.level > level && manages(post.level)
        })
        .min_by_key(|&p| {
            (
                organisation.posts[p as usize].level,
                organisation.reports(p).len(),
                p,
            )
        });
    found.or_else(|| {
        // nobody above in the department: under whoever leads its highest post, else under the head
        let head = (0..organisation.posts.len() as u32).find(|&p| {
            organisation.posts[p as usize].exists
                && organisation.posts[p as usize].superior == NOBODY
        });
        let highest = organisation
            .posts_of_department(department)
            .iter()
            .copied()
            .max_by_key(|&p| (organisation.posts[p as usize].level, std::cmp::Reverse(p)))
            .map(|p| organisation.posts[p as usize].superior)
            .filter(|&p| p != NOBODY);
        highest.or(head)
    })
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

/// Brings profiles in step with posts whose department or site has changed.
fn resettle(world: &mut World) {
    for post in &world.organisation.posts {
        if post.exists && post.holder != NOBODY {
            let department = &world.organisation.departments[post.department as usize];
            let profile = &mut world.employees.profiles[post.holder as usize];
            profile.department = post.department;
            profile.site = department.site;
            profile.function = department.function;
        }
    }
}
