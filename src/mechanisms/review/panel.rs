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

#[cfg(test)]
mod tests {
    use super::super::fixture::{FIRM, rule, tie, with_step};
    use super::*;
    use crate::units::Few;
    use crate::world::small_firm::put_tie;

    #[test]
    fn a_panel_is_the_line_above_and_managers_of_the_department() {
        let world = FIRM.build();
        let panel = |post, most| {
            let rule = Review {
                panel: Few::new(most),
                ..rule()
            };
            with_step(|step| rule.panel(&world, step, post))
        };
        let mut members = panel(2, 4);
        assert_eq!(
            &members[..2],
            &[1, 0],
            "the manager and the manager's manager"
        );
        members.sort_unstable();
        assert_eq!(members, [0, 1, 6], "and another manager of the department");
        assert_eq!(panel(2, 1), [1]);
        assert_eq!(panel(12, 2), [11, 0]);
        assert_eq!(panel(0, 4), [0_u32; 0], "nobody is above the head");
    }

    #[test]
    fn the_short_list_is_the_best_rated() {
        let mut world = FIRM.build();
        for (slot, rating) in [(2, 0.1), (3, -0.5), (4, 0.9), (5, 0.4), (7, 0.3)] {
            world.employees.standings[slot].rating = Some(rating);
        }
        let mut slots = vec![2, 3, 4, 5, 7];
        with_step(|step| rule().shorten(&world, step, 1, &[], &mut slots, &|tie| tie.strength));
        assert_eq!(slots, [4, 5, 7]);
        let mut few = vec![3, 2];
        with_step(|step| rule().shorten(&world, step, 1, &[], &mut few, &|tie| tie.strength));
        assert_eq!(few, [3, 2], "a short list is left alone");
    }

    #[test]
    fn members_from_outside_take_seats_of_the_departments_managers() {
        // a panel of 4 for the staff post 2: lead 1, head 0, then lead 6 of the department and one of 11, 16
        let members = |outside| {
            let rule = Review {
                outside: Few::new(outside),
                ..rule()
            };
            let world = FIRM.build();
            with_step(|step| rule.panel(&world, step, 2))
        };
        assert_eq!(members(0), [1, 0, 6]);
        let two = members(2);
        assert_eq!(two[..2], [1, 0], "those above the post stay");
        let mut others = two[2..].to_vec();
        others.sort_unstable();
        assert_eq!(others, [11, 16]);
        let one = members(1);
        assert_eq!(one.len(), 4);
        assert!(one[2] == 6 && [11, 16].contains(&one[3]), "{one:?}");
    }

    #[test]
    fn a_blind_stage_makes_the_short_list_on_output_and_reserved_places_go_to_the_unknown() {
        let mut world = FIRM.build();
        for (slot, rating, performed) in
            [(2, 2.0, -1.0), (3, 1.0, 0.0), (4, 0.0, 1.0), (5, -1.0, 2.0)]
        {
            world.employees.standings[slot].rating = Some(rating);
            world.employees.standings[slot].performed = Some(performed);
        }
        for slot in [2, 3, 4] {
            put_tie(&mut world, 0, slot, tie(1.0, 1.0));
        }
        let list = |blind_stage, reserved| {
            let rule = Review {
                blind_stage,
                reserved: Few::new(reserved),
                short_list: Few::new(2),
                ..rule()
            };
            let mut slots = vec![2, 3, 4, 5];
            with_step(|step| rule.shorten(&world, step, 1, &[0], &mut slots, &|tie| tie.strength));
            slots
        };
        assert_eq!(list(false, 0), [2, 3]);
        assert_eq!(list(true, 0), [5, 4]);
        assert_eq!(list(false, 1), [2, 5], "nobody on the panel knows 5");
        assert_eq!(list(false, 2), [5, 2], "the unknown are too few");
    }
}
