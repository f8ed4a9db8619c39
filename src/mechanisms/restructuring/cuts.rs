//! Which posts go: about as many as are asked for, vacant ones first; where people are cut, those whom a panel ranks
//! lowest.

use super::{Judge, Restructuring};
use crate::engine::Step;
use crate::random::Purpose;
use crate::world::{Candidate, Decision, DecisionKind, NOBODY, World};

/// Abolishes about `goes` of the posts: vacant ones first, then by a keyed draw; never the head of the firm. Those that
/// went.
pub(super) fn abolish_some(
    world: &mut World,
    step: Step<'_>,
    posts: &[u32],
    goes: f64,
) -> Vec<u32> {
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
    order.truncate(n);
    let gone: Vec<u32> = order.into_iter().map(|(_, _, post)| post).collect();
    for &post in &gone {
        world.organisation.posts[post as usize].exists = false;
    }
    gone
}

impl Restructuring {
    /// Cuts a share of a department: vacant posts first, then those whom a panel ranks lowest. The posts that went.
    pub(super) fn cut_people(
        &self,
        world: &mut World,
        step: Step<'_>,
        index: u16,
        department: u16,
        share: f64,
        judge: Judge<'_>,
    ) -> Vec<u32> {
        let mut gone = Vec::new();
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
            gone.push(post);
            n -= 1;
        }
        if n == 0 || filled.is_empty() {
            return gone;
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
            let chance = |c: &Candidate| key.of_pair(c.employee, 3).bits();
            b.score
                .total_cmp(&a.score)
                .then_with(|| chance(a).cmp(&chance(b)))
        });
        for candidate in candidates.iter_mut().rev().take(n) {
            candidate.chosen = true;
            let post = world.employees.profiles[candidate.slot as usize].post;
            world.organisation.posts[post as usize].exists = false;
            gone.push(post);
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
        gone
    }
}
