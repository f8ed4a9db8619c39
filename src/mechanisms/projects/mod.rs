//! M13 Projects: what cannot be done alone brings people together.
//!
//! # What happens
//! Projects start at random so that about `share` of the staff is on one. A project has a leader, `size` members
//! in all, drawn from the leader's department or, with probability `crossing`, also from a department of a
//! coupled function, and runs `weeks_shortest` to `weeks_longest` weeks. At its end
//!
//! ```text
//! P(success) = logistic( base + by_competence * mean c + by_collaboration * (mean strength among members - 1/4)
//!                       - crossing_cost * [crosses] + by_translator * [crosses, and a member translates] )
//! ```
//!
//! and success adds `gain` weeks' worth of output to each member and makes them better known; crossing
//! projects are worth `crossing_gain` times as much: what cannot be done alone is worth more. A member translates between the
//! functions of the project when there are, in each of them but the own, at least `fluent` people to whom the member's collaboration is
//! at least `translates` strong: members or not.
//!
//! # Source
//! Projects as foci of contact: E37 (Kossinets and Watts 2006), E80 (department and project add a constant).
//! That those who span functions carry what one side knows to the other: Burt 2004, from memory,
//! sign; the rule and its size are assumed. Other sizes are assumed; no source.
//!
//! # Assumptions and limits
//! One project a person at a time. Two translators are no better than one.
//!
//! # Order and randomness
//! In the calendar of the week; draws belong to the project's leader.
//!
//! # Switched off
//! There are no projects.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::Step;
use crate::random::{Purpose, logistic};
use crate::units::{Factor, Few, Probability, Share, Strength, Weeks, Weight};
use crate::world::{NOBODY, Project, Tie, World};

/// Projects.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Projects {
    /// Whether the rule is on; off, there are no projects [switch].
    pub enabled: bool,
    /// Share of the staff on a project at any time, roughly [share]. Assumed; no source.
    pub share: Share,
    /// Members of a project, the leader included [count]. Assumed; no source.
    pub size: Few,
    /// Shortest project [weeks]. Assumed; no source.
    pub weeks_shortest: Weeks,
    /// Longest project [weeks]. Assumed; no source.
    pub weeks_longest: Weeks,
    /// Chance that a project takes in people of another function [probability]. Assumed; no source.
    pub crossing: Probability,
    /// Utility of success of an average project [utility]. Assumed; no source.
    pub base: Weight,
    /// Weight of the members' mean competence for success [utility]. Assumed; no source.
    pub by_competence: Weight,
    /// Weight of the members' mean collaboration for success [utility]. Assumed; no source.
    pub by_collaboration: Weight,
    /// Penalty for crossing functions [utility]. Assumed; no source.
    pub crossing_cost: Weight,
    /// Output that success adds to each member [weeks' worth of output]. Assumed; no source.
    pub gain: Factor,
    /// Worth of a crossing project's success, of an ordinary one's [factor]. Assumed; no source.
    pub crossing_gain: Factor,
    /// Share of what is missing that success adds to how well a member is known [share]. Assumed; no source.
    pub visibility: Share,
    /// What a translator between its functions adds to a crossing project [utility]. Assumed; no source.
    pub by_translator: Weight,
    /// Collaboration from which a tie carries between functions [strength]. Definition.
    pub translates: Strength,
    /// Such ties in each other function of a project that make a translator [count]. Definition.
    pub fluent: Few,
}

impl Default for Projects {
    fn default() -> Self {
        Self {
            enabled: true,
            share: Share::new(0.3),
            size: Few::new(5),
            weeks_shortest: Weeks::new(8),
            weeks_longest: Weeks::new(30),
            crossing: Probability::new(0.4),
            base: Weight::new(0.5),
            by_competence: Weight::new(0.5),
            by_collaboration: Weight::new(2.0),
            crossing_cost: Weight::new(0.4),
            gain: Factor::new(1.0),
            crossing_gain: Factor::new(1.5),
            visibility: Share::new(0.05),
            by_translator: Weight::new(0.8),
            translates: Strength::new(0.2),
            fluent: Few::new(2),
        }
    }
}

impl Projects {
    /// Ends and starts the projects of a week. `strength` tells the collaboration of a tie now.
    pub fn run(&self, world: &mut World, step: Step<'_>, strength: impl Fn(&Tie, i32) -> f32) {
        if !self.enabled {
            return;
        }
        for index in 0..world.projects.len() {
            if world.projects[index].running && world.projects[index].ends < step.week {
                self.end(world, step, index, &strength);
            }
        }
        let size = self.size.get().max(2) as f64;
        let mean = f64::from(self.weeks_shortest.get() + self.weeks_longest.get()) / 2.0;
        // members * weeks of a project, against the staff's weeks
        let chance = (self.share.get() / (size * mean.max(1.0))).min(1.0) as f32;
        let key = step.randomness.week(Purpose::Project, step.week);
        let mut free = (0..world.projects.len()).filter(|&i| !world.projects[i].running);
        let free: Vec<usize> = free.by_ref().collect();
        let mut free = free.into_iter();
        for leader in 0..world.employees.slots() as u32 {
            let profile = &world.employees.profiles[leader as usize];
            if !profile.is_employed()
                || world.employees.standings[leader as usize].project != NOBODY
            {
                continue;
            }
            let mut draws = key.of(profile.id);
            if !draws.chance(chance) {
                continue;
            }
            let crosses = draws.chance(self.crossing.single());
            let mut members = vec![leader];
            for _ in 0..4 * self.size.get() {
                if members.len() >= self.size.get() as usize {
                    break;
                }
                let department = if crosses && members.len() % 2 == 1 {
                    let other = draws.below(world.organisation.departments.len() as u32);
                    let there = &world.organisation.departments[other as usize];
                    let coupled = world.organisation.coupled(profile.function, there.function);
                    if !there.exists || !draws.chance(coupled) {
                        continue;
                    }
                    other as u16
                } else {
                    profile.department
                };
                let posts = world.organisation.posts_of_department(department);
                if posts.is_empty() {
                    continue;
                }
                let post = posts[draws.below(posts.len() as u32) as usize];
                let member = world.organisation.posts[post as usize].holder;
                if member != NOBODY
                    && !members.contains(&member)
                    && world.employees.standings[member as usize].project == NOBODY
                {
                    members.push(member);
                }
            }
            if members.len() < 2 {
                continue;
            }
            let span = self
                .weeks_longest
                .get()
                .saturating_sub(self.weeks_shortest.get());
            let weeks = self.weeks_shortest.get() + draws.below(span + 1);
            let function = profile.function;
            let crosses = members
                .iter()
                .any(|&m| world.employees.profiles[m as usize].function != function);
            let project = Project {
                members,
                ends: step.week + weeks as i32 - 1,
                crosses,
                running: true,
            };
            let index = free.next().unwrap_or(world.projects.len());
            for &member in &project.members {
                world.employees.standings[member as usize].project = index as u32;
            }
            if index == world.projects.len() {
                world.projects.push(project);
            } else {
                world.projects[index] = project;
            }
        }
    }

    /// Whether a member has ties into each other function that is on the project.
    fn has_translator(
        &self,
        world: &World,
        members: &[u32],
        week: i32,
        strength: &impl Fn(&Tie, i32) -> f32,
    ) -> bool {
        let profiles = &world.employees.profiles;
        let mut functions: Vec<u8> = members
            .iter()
            .map(|&m| profiles[m as usize].function)
            .collect();
        functions.sort_unstable();
        functions.dedup();
        members.iter().any(|&ego| {
            let own = profiles[ego as usize].function;
            let mut ties = vec![0_u32; functions.len()];
            for &alter in world.ties.partners(ego) {
                let there = profiles.get(alter as usize).map(|p| p.function);
                let Some(at) = functions.iter().position(|&f| Some(f) == there) else {
                    continue;
                };
                let tie = world.tie(ego, alter);
                if tie.is_some_and(|tie| strength(tie, week) >= self.translates.single()) {
                    ties[at] += 1;
                }
            }
            let mut others = functions.iter().zip(&ties).filter(|(f, _)| **f != own);
            functions.len() > 1 && others.all(|(_, &n)| n >= self.fluent.get())
        })
    }

    fn end(
        &self,
        world: &mut World,
        step: Step<'_>,
        index: usize,
        strength: &impl Fn(&Tie, i32) -> f32,
    ) {
        let &Self {
            enabled: _,
            share: _,
            size: _,
            weeks_shortest: _,
            weeks_longest: _,
            crossing: _,
            base,
            by_competence,
            by_collaboration,
            crossing_cost,
            gain,
            crossing_gain,
            visibility,
            by_translator,
            translates: _,
            fluent: _,
        } = self;
        let members = std::mem::take(&mut world.projects[index].members);
        world.projects[index].running = false;
        for &member in &members {
            world.employees.standings[member as usize].project = NOBODY;
        }
        let n = members.len();
        if n == 0 {
            return;
        }
        let competence: f32 = members
            .iter()
            .map(|&m| world.employees.characters[m as usize].competence)
            .sum();
        let mut together = 0.0;
        for &ego in &members {
            for &alter in members.iter().filter(|&&alter| alter != ego) {
                together += world
                    .tie(ego, alter)
                    .map_or(0.0, |tie| strength(tie, step.week));
            }
        }
        let pairs = (n * (n - 1)).max(1) as f32;
        let crosses = world.projects[index].crosses;
        let translated = crosses && self.has_translator(world, &members, step.week, strength);
        let utility = base.single()
            + by_competence.single() * competence / n as f32
            + by_collaboration.single() * (together / pairs - 0.25)
            - if crosses { crossing_cost.single() } else { 0.0 }
            + if translated {
                by_translator.single()
            } else {
                0.0
            };
        let leader = world.employees.profiles[members[0] as usize].id;
        // a purpose of its own within the leader's draws: the pair (leader, nobody)
        let mut draws = step
            .randomness
            .week(Purpose::Project, step.week)
            .of_pair(leader, NOBODY);
        let won = draws.chance(logistic(utility));
        let counts = &mut world.happenings.projects;
        counts.ended += 1;
        counts.won += u32::from(won);
        counts.crossing += u32::from(crosses);
        counts.crossing_won += u32::from(crosses && won);
        counts.translated += u32::from(translated);
        counts.translated_won += u32::from(translated && won);
        if won {
            let worth = gain.single() * if crosses { crossing_gain.single() } else { 1.0 };
            for &member in &members {
                world.employees.standings[member as usize].output += worth;
                world.employees.standings[member as usize].year_output += worth;
                let profile = &mut world.employees.profiles[member as usize];
                profile.known += visibility.single() * (1.0 - profile.known);
            }
        }
    }
}

#[cfg(test)]
mod tests;
