//! The second half of a restructuring: the placement round, and what became of whom.

use super::redraw::Redrawn;
use super::reporting::{create, superior_for};
use super::{Judge, Member, Restructuring};
use crate::engine::Step;
use crate::random::Purpose;
use crate::world::{
    Candidate, Decision, DecisionKind, Event, EventKind, NOBODY, Outcome, Placement, World,
};

impl Restructuring {
    pub(super) fn place(
        &self,
        world: &mut World,
        step: Step<'_>,
        index: u16,
        members: &[Member],
        redrawn: &Redrawn,
        judge: Judge<'_>,
    ) {
        // those whose post is gone stand up; their post is empty
        let mut waiting: Vec<u32> = Vec::new();
        for &post in &redrawn.abolished {
            let holder = world.organisation.posts[post as usize].holder;
            if holder != NOBODY {
                world.organisation.posts[post as usize].holder = NOBODY;
                world.employees.profiles[holder as usize].post = NOBODY;
                waiting.push(holder);
            }
        }
        let displaced = waiting.clone();
        let mut decisions: Vec<(u32, u32)> = Vec::new();
        for down in [0_u8, 1] {
            for post in self.open_posts(world, step, &waiting, down) {
                let level = world.organisation.posts[post as usize].level;
                let slots: Vec<u32> = waiting
                    .iter()
                    .copied()
                    .filter(|&s| world.employees.profiles[s as usize].level == level + down)
                    .collect();
                if slots.is_empty() {
                    continue;
                }
                let (panel_size, mut candidates) = judge(world, post, slots);
                let Some(best) = candidates.first_mut() else {
                    continue;
                };
                best.chosen = true;
                let slot = best.slot;
                let number = world.happenings.number_decision();
                decisions.push((slot, number));
                world.happenings.decisions.push(Decision {
                    number,
                    week: step.week,
                    kind: DecisionKind::Placement,
                    department: world.organisation.posts[post as usize].department,
                    level,
                    panel_size,
                    restructuring: Some(index),
                    candidates,
                });
                waiting.retain(|&s| s != slot);
                world.seat(slot, post);
            }
        }
        let dismissed = self.dispose(world, step, index, &waiting, redrawn.down, judge);
        self.record(
            world, step, index, members, &displaced, &dismissed, &decisions,
        );
    }

    /// Vacant posts that fit someone waiting: highest first, then most desirable, then by a keyed draw.
    fn open_posts(&self, world: &World, step: Step<'_>, waiting: &[u32], down: u8) -> Vec<u32> {
        let key = step.randomness.week(Purpose::Restructuring, step.week);
        let organisation = &world.organisation;
        let wanted = |level: u8| {
            waiting
                .iter()
                .any(|&s| world.employees.profiles[s as usize].level == level + down)
        };
        let mut open: Vec<u32> = (0..organisation.posts.len() as u32)
            .filter(|&p| {
                let post = organisation.posts[p as usize];
                post.exists && post.holder == NOBODY && wanted(post.level)
            })
            .collect();
        open.sort_by(|&a, &b| {
            let (pa, pb) = (
                organisation.posts[a as usize],
                organisation.posts[b as usize],
            );
            let desirable = |d: u16| organisation.departments[d as usize].desirability;
            pb.level
                .cmp(&pa.level)
                .then(desirable(pb.department).total_cmp(&desirable(pa.department)))
                .then_with(|| key.of_pair(a, 4).bits().cmp(&key.of_pair(b, 4).bits()))
        });
        open
    }

    /// Those left without a post: the lowest ranked are dismissed, the others put where nobody likes to go. Returns the dismissed.
    fn dispose(
        &self,
        world: &mut World,
        step: Step<'_>,
        index: u16,
        waiting: &[u32],
        down: u8,
        judge: Judge<'_>,
    ) -> Vec<u32> {
        let least = world
            .organisation
            .existing_departments()
            .filter(|&d| !world.organisation.posts_of_department(d).is_empty())
            .min_by(|&a, &b| {
                let d = |x: u16| world.organisation.departments[x as usize].desirability;
                d(a).total_cmp(&d(b)).then(a.cmp(&b))
            });
        let Some(least) = least else {
            return Vec::new();
        };
        let mut dismissed = Vec::new();
        if waiting.is_empty() {
            return dismissed;
        }
        let Some(&post) = world.organisation.posts_of_department(least).first() else {
            return dismissed;
        };
        let (panel_size, mut candidates) = judge(world, post, waiting.to_vec());
        let key = step.randomness.week(Purpose::Restructuring, step.week);
        for candidate in &mut candidates {
            self.protect(candidate);
        }
        candidates.sort_by(|a, b| {
            let chance = |c: &Candidate| key.of_pair(c.employee, 5).bits();
            b.score
                .total_cmp(&a.score)
                .then_with(|| chance(a).cmp(&chance(b)))
        });
        let n = libm::floor(waiting.len() as f64 * self.dismissed.get() + 0.5) as usize;
        for candidate in candidates.iter_mut().rev().take(n) {
            candidate.chosen = true;
            dismissed.push(candidate.slot);
        }
        for candidate in candidates.iter().filter(|c| !c.chosen) {
            let level = world.employees.profiles[candidate.slot as usize].level;
            let level = level.saturating_sub(down);
            if let Some(superior) = superior_for(&world.organisation, least, level) {
                let post = create(world, least, level, superior);
                world.organisation.index();
                world.seat(candidate.slot, post);
            } else {
                dismissed.push(candidate.slot);
            }
        }
        let number = world.happenings.number_decision();
        world.happenings.decisions.push(Decision {
            number,
            week: step.week,
            kind: DecisionKind::Layoff,
            department: least,
            level: candidates
                .iter()
                .map(|c| world.employees.profiles[c.slot as usize].level)
                .min()
                .unwrap_or(0),
            panel_size,
            restructuring: Some(index),
            candidates,
        });
        dismissed
    }

    /// Writes down what became of each member, and lets the dismissed go.
    fn record(
        &self,
        world: &mut World,
        step: Step<'_>,
        index: u16,
        members: &[Member],
        displaced: &[u32],
        dismissed: &[u32],
        decisions: &[(u32, u32)],
    ) {
        for member in members {
            let gone = dismissed.contains(&member.slot);
            let profile = world.employees.profiles[member.slot as usize];
            let was_displaced = displaced.contains(&member.slot);
            let desirable = |d: u16| world.organisation.departments[d as usize].desirability;
            let change = desirable(profile.department) - desirable(member.department);
            let outcome = if gone {
                Outcome::Dismissed
            } else if profile.post == member.post {
                Outcome::Kept
            } else if profile.level < member.level || change < -self.alike.get() {
                Outcome::LessDesirable
            } else if profile.level > member.level || change > self.alike.get() {
                Outcome::Better
            } else {
                Outcome::Lateral
            };
            world.happenings.placements.push(Placement {
                restructuring: index,
                week: step.week,
                employee: member.employee,
                strategy: member.strategy,
                from_department: member.department,
                to_department: (!gone).then_some(profile.department),
                from_level: member.level,
                to_level: (!gone).then_some(profile.level),
                outcome,
                displaced: was_displaced,
            });
            let kind = if gone {
                EventKind::LaidOff
            } else if was_displaced {
                EventKind::Reassigned
            } else {
                continue;
            };
            world.happenings.events.push(Event {
                week: step.week,
                kind,
                employee: Some(member.employee),
                strategy: Some(member.strategy),
                from_department: Some(member.department),
                to_department: (!gone).then_some(profile.department),
                from_level: Some(member.level),
                to_level: (!gone).then_some(profile.level),
                cause: "restructuring",
                restructuring: Some(index),
                chain: None,
                decision: decisions.iter().find(|d| d.0 == member.slot).map(|d| d.1),
            });
            if gone {
                world.dismiss(member.slot);
            } else {
                let standing = &mut world.employees.standings[member.slot as usize];
                standing.reassignments = standing.reassignments.saturating_add(1);
            }
        }
    }
}
