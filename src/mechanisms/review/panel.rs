//! Who sits on a panel, and who stands before it.

use super::{Review, StrengthNow};
use crate::engine::Step;
use crate::random::Purpose;
use crate::world::{NOBODY, World};

impl Review {
    /// The panel for a post: slots of its members.
    pub fn panel(&self, world: &World, step: Step<'_>, post: u32) -> Vec<u32> {
        let organisation = &world.organisation;
        let mut members = Vec::with_capacity(self.panel.get() as usize);
        let mut at = post;
        while members.len() < 2.min(self.panel.get() as usize) {
            let Some(manager) = organisation.manager_of(at) else {
                break;
            };
            members.push(manager);
            at = world.employees.profiles[manager as usize].post;
        }
        let place = organisation.posts[post as usize];
        let managers: Vec<u32> = organisation
            .posts_of_department(place.department)
            .iter()
            .map(|&p| organisation.posts[p as usize])
            .filter(|p| p.level > place.level && p.holder != NOBODY)
            .map(|p| p.holder)
            .filter(|holder| !members.contains(holder))
            .collect();
        let mut draws = step.randomness.draws(Purpose::Panel, step.week, post);
        let mut left = managers;
        let size = self.panel.get() as usize;
        let outside = self.outside.get() as usize;
        // members from outside take the place of managers of the department, never of those above the post
        let own = size.saturating_sub(outside).max(members.len());
        while members.len() < own && !left.is_empty() {
            let pick = draws.below(left.len() as u32) as usize;
            members.push(left.swap_remove(pick));
        }
        let posts = organisation.posts.len() as u32;
        let mut seats = outside.min(size.saturating_sub(members.len()));
        // managers are few: so many attempts find one in a hundred, and a small firm may have none
        for _ in 0..100 * outside {
            if seats == 0 {
                break;
            }
            let other = organisation.posts[draws.below(posts) as usize];
            if other.exists
                && other.holder != NOBODY
                && other.department != place.department
                && other.level > place.level
                && !members.contains(&other.holder)
            {
                members.push(other.holder);
                seats -= 1;
            }
        }
        members
    }

    /// The short list: at most `short_list` of the slots, best rated first (or of the best output, where this stage is
    /// blind), ties by a keyed draw. The last `reserved` places go to the best of those whom nobody on the panel knows.
    pub fn shorten(
        &self,
        world: &World,
        step: Step<'_>,
        post: u32,
        panel: &[u32],
        slots: &mut Vec<u32>,
        now: StrengthNow<'_>,
    ) {
        let most = (self.short_list.get() as usize).max(1);
        if slots.len() <= most {
            return;
        }
        let key = step.randomness.week(Purpose::Conflict, step.week);
        let mut ranked: Vec<(f32, u64, u32)> = slots
            .iter()
            .map(|&slot| {
                let standing = &world.employees.standings[slot as usize];
                let seen = if self.blind_stage {
                    standing.performed
                } else {
                    standing.rating
                };
                let rating = seen.unwrap_or(0.0);
                let id = world.employees.profiles[slot as usize].id;
                (rating, key.of_pair(id, post).bits(), slot)
            })
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let open = most.saturating_sub(self.reserved.get() as usize);
        let is_known = |slot: u32| {
            panel.iter().any(|&member| {
                world.tie(member, slot).is_some_and(|tie| {
                    let s = now(tie);
                    s[0].max(s[1]).max(s[2]) >= self.knows.single()
                })
            })
        };
        let rest = ranked.split_off(open.min(ranked.len()));
        let kept = most - ranked.len();
        // first those whom nobody knows, then whoever is next, if these are too few
        let (known, unknown): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|r| kept > 0 && is_known(r.2));
        ranked.extend(unknown.into_iter().chain(known).take(kept));
        slots.clear();
        slots.extend(ranked.iter().map(|r| r.2));
    }
}
