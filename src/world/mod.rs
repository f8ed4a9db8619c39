//! The state of the firm, and nothing but state.
//!
//! All of it is plain data that a checkpoint writes and reads back: every struct derives serde's traits, and
//! whatever is left out with `#[serde(skip)]` says why it can be.

use serde::{Deserialize, Serialize};

mod behaviour;
mod employees;
mod events;
mod mind;
mod organisation;
mod person;
mod programmes;
#[cfg(test)]
pub(crate) mod small_firm;
mod ties;

pub use behaviour::{Behaviour, Conduct, Strategies, StrategyKey};
pub use employees::Employees;
pub use events::{
    Candidate, Decision, DecisionKind, Enrolment, Event, EventKind, Happenings, Incident, Outcome,
    Parting, Placement, ProjectCounts,
};
pub use mind::{Mind, PIECES};
pub use organisation::{Department, Level, Organisation, Post};
pub use person::{
    Aspiration, Character, EMOTIONAL_SUPPORT, Errand, Habits, INTRODUCTIONS, PRACTICAL_HELP,
    Profile, Standing, VALUE_NAMES, VALUES, VISIBILITY, Week, YearNews,
};
pub use programmes::{Backing, Discount, Participation, Programmes};
pub use ties::{
    BlockMut, CAREER, COLLABORATION, FRIENDSHIP, LAYERS, NOBODY, Reader, Row, RowMut, Tie, Ties,
    place_of,
};

/// Strength at the last contact from which the end of a tie is kept for the rules that mourn it.
const PARTING: f32 = 0.1;

/// A project that brings people of one or two departments together.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Project {
    /// Slots of the members.
    pub members: Vec<u32>,
    /// Week after which it ends.
    pub ends: i32,
    /// Whether its members come from more than one function.
    pub crosses: bool,
    /// Whether it is running.
    pub running: bool,
}

/// A named person fixed in the scenario.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Persona {
    /// Name.
    pub name: String,
    /// Identity.
    pub id: u32,
    /// Slot while employed.
    pub slot: Option<u32>,
    /// Whether the person never leaves of their own accord.
    pub stays: bool,
}

/// The firm.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct World {
    /// Week now; the recorded run starts at 0, burn-in weeks are negative.
    pub week: i32,
    /// The formal organisation.
    pub organisation: Organisation,
    /// The people.
    pub employees: Employees,
    /// Their ties.
    pub ties: Ties,
    /// Behaviours by key.
    pub strategies: Strategies,
    /// Projects; ended ones are reused.
    pub projects: Vec<Project>,
    /// Named people.
    pub personas: Vec<Persona>,
    /// Meetings that somebody has put into this week, (who calls, whom), slots, sorted, each once; new every week.
    pub scheduled: Vec<(u32, u32)>,
    /// What HR programmes do to the firm.
    pub programmes: Programmes,
    /// Cooperation norm of the firm [0 to 1].
    pub cooperation: f32,
    /// Week in which the firm was built.
    pub began: i32,
    /// Names of imported people, by identity; empty when the firm was generated.
    pub names: Vec<String>,
    /// Identities of the imported people's source, by identity; empty when the firm was generated.
    pub source_ids: Vec<String>,
    /// What happened this week; taken by the observer.
    pub happenings: Happenings,
}

/// The meetings of one caller in a sorted list, for those who hold the world in parts.
#[inline]
pub fn scheduled_by(scheduled: &[(u32, u32)], ego: u32) -> &[(u32, u32)] {
    if scheduled.is_empty() {
        return &[];
    }
    let from = scheduled.partition_point(|&(caller, _)| caller < ego);
    let to = scheduled.partition_point(|&(caller, _)| caller <= ego);
    &scheduled[from..to]
}

impl World {
    /// What ego holds about alter; None when ego holds nothing, or only something about a former holder of the slot.
    #[inline]
    pub fn tie(&self, ego: u32, alter: u32) -> Option<&Tie> {
        let tie = self.ties.find(ego, alter)?;
        (tie.formed >= self.employees.profiles[alter as usize].hired).then_some(tie)
    }

    /// Whether a person is a persona.
    pub fn is_persona(&self, slot: u32) -> bool {
        self.personas.iter().any(|p| p.slot == Some(slot))
    }

    /// Puts someone on a vacant post and keeps profile and post in step.
    pub fn seat(&mut self, slot: u32, post: u32) {
        let held = self.employees.profiles[slot as usize].post;
        if held != NOBODY {
            self.organisation.posts[held as usize].holder = NOBODY;
        }
        let place = &mut self.organisation.posts[post as usize];
        debug_assert!(place.exists && (place.holder == NOBODY || place.holder == slot));
        place.holder = slot;
        let place = *place;
        let department = &self.organisation.departments[place.department as usize];
        let profile = &mut self.employees.profiles[slot as usize];
        if profile.level != place.level {
            self.employees.standings[slot as usize].level_since = self.week as i16;
        }
        profile.post = post;
        profile.department = place.department;
        profile.level = place.level;
        profile.site = department.site;
        profile.function = department.function;
    }

    /// Lets two people exchange their posts.
    pub fn exchange_posts(&mut self, one: u32, other: u32) {
        let [first, second] = [one, other].map(|slot| self.employees.profiles[slot as usize].post);
        if first == NOBODY || second == NOBODY {
            return;
        }
        self.organisation.posts[first as usize].holder = NOBODY;
        self.organisation.posts[second as usize].holder = NOBODY;
        self.employees.profiles[one as usize].post = NOBODY;
        self.employees.profiles[other as usize].post = NOBODY;
        self.seat(one, second);
        self.seat(other, first);
    }

    /// Lets someone go: the post becomes vacant, the ties end, the slot is free.
    pub fn dismiss(&mut self, slot: u32) {
        let profile = self.employees.profiles[slot as usize];
        if profile.post != NOBODY {
            self.organisation.posts[profile.post as usize].holder = NOBODY;
        }
        let project = self.employees.standings[slot as usize].project;
        if project != NOBODY {
            self.projects[project as usize]
                .members
                .retain(|&member| member != slot);
        }
        for persona in &mut self.personas {
            if persona.slot == Some(slot) {
                persona.slot = None;
            }
        }
        for &alter in self.ties.partners(slot) {
            if alter != NOBODY
                && let Some(tie) = self.tie(alter, slot)
                && tie.peak() >= PARTING
            {
                let tie = *tie;
                self.happenings.partings.push(Parting { stays: alter, tie });
            }
        }
        self.ties.forget(slot);
        self.employees.release(slot);
    }
}

#[cfg(test)]
mod tests {
    use super::small_firm::{SmallFirm, assert_sound, put_tie};
    use super::*;

    const FIRM: SmallFirm = SmallFirm {
        departments: 2,
        leads: 1,
        staff: 3,
    };

    #[test]
    fn the_small_firm_is_sound() {
        let world = FIRM.build();
        assert_eq!(world.employees.headcount(), 1 + 2 * 4);
        assert_sound(&world);
        assert_eq!(
            world.organisation.team(2),
            &[2, 3, 4],
            "a team is those under one lead"
        );
        assert_eq!(world.organisation.manager_of(2), Some(1));
        assert_eq!(world.organisation.manager_of(0), None);
    }

    #[test]
    fn a_manager_who_is_gone_is_stood_in_for_by_the_next_one_up() {
        let mut world = FIRM.build();
        world.dismiss(1);
        assert_eq!(world.organisation.manager_of(2), Some(0));
        assert_eq!(world.employees.headcount(), 8);
        assert_eq!(world.organisation.posts[1].holder, NOBODY);
    }

    #[test]
    fn what_one_held_about_a_former_colleague_is_no_tie() {
        let mut world = FIRM.build();
        // one-sided: 3 has dropped 2, so 3's leaving cannot clear 2's record
        put_tie(
            &mut world,
            2,
            3,
            Tie {
                formed: 50,
                trust: 0.9,
                ..Tie::default()
            },
        );
        assert!(world.tie(2, 3).is_some());
        world.dismiss(3);
        assert!(world.tie(2, 3).is_none(), "nobody is there");
        let newcomer = Profile {
            hired: 100,
            ..Profile::VACANT
        };
        let slot = world
            .employees
            .admit(newcomer, Character::default(), Standing::default());
        assert_eq!(slot, 3, "the slot is used again");
        assert!(world.tie(2, 3).is_none(), "the newcomer is someone else");
    }

    #[test]
    fn two_people_can_exchange_their_posts() {
        let mut world = FIRM.build();
        let posts = [2, 6].map(|slot: usize| world.employees.profiles[slot].post);
        world.exchange_posts(2, 6);
        assert_eq!(world.employees.profiles[2].post, posts[1]);
        assert_eq!(world.employees.profiles[6].post, posts[0]);
        assert_eq!(world.employees.profiles[2].department, 1);
        assert_sound(&world);
    }

    #[test]
    fn someone_who_takes_another_post_leaves_the_old_one_vacant() {
        let mut world = FIRM.build();
        world.dismiss(1);
        world.seat(2, 1);
        assert_eq!(world.organisation.posts[2].holder, NOBODY);
        assert_eq!(world.employees.profiles[2].level, 1);
        assert_eq!(world.employees.standings[2].level_since, 100);
        assert_sound(&world);
    }
}
