//! M15, M16 Vacancies: who stands for a post, and who turns it down. Stated in the rule's page, the parent.

use super::{Vacancies, Way};
use crate::engine::Step;
use crate::random::Purpose;
use crate::world::{Aspiration, NOBODY, World};

/// Marks the number of a post in the address of a draw that is not a person's wish for that post.
const POST: u32 = 1 << 31;

impl Vacancies {
    /// Slots of those who may be promoted into a post.
    pub(super) fn candidates(&self, world: &World, step: Step<'_>, post: u32) -> Vec<u32> {
        let organisation = &world.organisation;
        let place = organisation.posts[post as usize];
        let below = place.level - 1;
        let mut slots = Vec::new();
        let mut add = |department: u16| {
            for &p in organisation.posts_of_department(department) {
                let other = organisation.posts[p as usize];
                if other.level == below
                    && other.holder != NOBODY
                    && self.is_seasoned(world, step, other.holder)
                {
                    slots.push(other.holder);
                }
            }
            slots.len()
        };
        let enough = self.few.get() as usize;
        if add(place.department) >= enough {
            return slots;
        }
        let function = organisation.departments[place.department as usize].function;
        for same_function in [true, false] {
            for department in organisation.existing_departments() {
                let there = &organisation.departments[department as usize];
                if department != place.department
                    && (there.function == function) == same_function
                    && add(department) >= enough
                {
                    return slots;
                }
            }
        }
        slots
    }

    /// Slots of those who may come from the same level or the one above, when the post goes that way.
    pub(super) fn beside(&self, world: &World, step: Step<'_>, post: u32, way: Way) -> Vec<u32> {
        let organisation = &world.organisation;
        let place = organisation.posts[post as usize];
        let key = step.randomness.week(Purpose::Move, step.week);
        let rating = |slot: u32| world.employees.standings[slot as usize].rating;
        match way {
            Way::Lateral => {
                let mut draws = key.of_pair(post | POST, post);
                if !draws.chance(self.lateral.single()) {
                    return Vec::new();
                }
                let function = organisation.departments[place.department as usize].function;
                let mut slots = Vec::new();
                for _ in 0..self.heard.get() {
                    let department = draws.below(organisation.departments.len() as u32) as u16;
                    let there = &organisation.departments[department as usize];
                    let near = draws.chance(organisation.coupled(function, there.function));
                    let posts = organisation.posts_of_department(department);
                    let number = draws.below(posts.len() as u32) as usize;
                    if department == place.department || !near || posts.is_empty() {
                        continue;
                    }
                    let other = organisation.posts[posts[number] as usize];
                    if other.level == place.level
                        && other.holder != NOBODY
                        && !slots.contains(&other.holder)
                        && self.is_seasoned(world, step, other.holder)
                        && self.wants_change(world, step, other.holder, post)
                    {
                        slots.push(other.holder);
                    }
                }
                slots
            }
            Way::Demotion => {
                let mut draws = key.of_pair(post | POST, NOBODY);
                if !draws.chance(self.demoted.single()) {
                    return Vec::new();
                }
                let above = place.level + 1;
                organisation
                    .posts_of_department(place.department)
                    .iter()
                    .map(|&p| organisation.posts[p as usize])
                    .filter(|p| p.level == above && p.holder != NOBODY && p.superior != NOBODY)
                    .filter(|_| organisation.levels[above as usize].manages)
                    .filter_map(|p| Some((rating(p.holder)?, p.holder)))
                    .filter(|(rating, _)| *rating < self.failing.single())
                    .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
                    .map(|(_, holder)| vec![holder])
                    .unwrap_or_default()
            }
            Way::Promotion => self.candidates(world, step, post),
        }
    }

    fn is_seasoned(&self, world: &World, step: Step<'_>, slot: u32) -> bool {
        let since = world.employees.standings[slot as usize].level_since;
        step.week - i32::from(since) >= self.seasoning.get() as i32
    }

    /// Whether someone who hears of a post on the same level wants it.
    pub(super) fn wants_change(&self, world: &World, step: Step<'_>, slot: u32, post: u32) -> bool {
        let building = world.employees.characters[slot as usize].aspiration == Aspiration::Building;
        let id = world.employees.profiles[slot as usize].id;
        let mut draws = step
            .randomness
            .week(Purpose::Move, step.week)
            .of_pair(id, post);
        draws.chance(self.restless.single() * if building { 2.0 } else { 1.0 })
    }

    /// Whether someone turns a promotion into a post down.
    pub fn turns_down(&self, world: &World, step: Step<'_>, slot: u32, post: u32) -> bool {
        let level = world.organisation.posts[post as usize].level;
        let leads = world.employees.characters[slot as usize].aspiration == Aspiration::Leadership;
        let id = world.employees.profiles[slot as usize].id;
        let mut draws = step
            .randomness
            .week(Purpose::Move, step.week)
            .of_pair(id, post | POST);
        let turns = draws.chance(self.refused.single());
        world.organisation.levels[level as usize].manages && !leads && turns
    }
}
