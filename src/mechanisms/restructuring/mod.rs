//! M17 Restructuring: posts are redrawn, people displaced, a placement round fills posts.
//!
//! # What happens
//! A restructuring abolishes, creates and moves posts (`redraw`):
//!
//! - *merge*: the departments become one; of the managing posts that now exist twice the share `overlap` goes, and of all others as many as the share `share` of those who join.
//! - *split*: every second team of the department becomes a new department with a head's post of its own.
//! - *dissolve*: all posts go; the share `share` of them arises anew in the receiving departments.
//! - *downsize*: the share `share` of the posts goes, vacant ones first.
//! - *delayer*: all posts of a level go; their reports report one level higher.
//! - *close_site*: the departments of the site move to another; the share `share` of their posts goes.
//! - *move_function*: the departments of a function move to a site; the share `share` of their posts goes.
//!
//! Then (`placement`) each open post of a displaced person's level is decided by a panel (M15) from the most
//! desirable down; posts one level lower follow. Of those left, the share `dismissed` with the lowest
//! scores leaves; the others go to the least desirable department. Where people rather than posts are cut,
//! the panel ranks them with extra luck:
//!
//! ```text
//! keep score = panel score + (protection - 1) * advocacy + layoff_luck * N
//! ```
//!
//! Besides the scheduled ones, restructurings happen at random with rate `yearly_rate`.
//!
//! # Source
//! Layoffs need not remove poor performers: E75e (Oyer 2002); hence the large `layoff_luck`. What forced reassignment
//! does to a career is unknown (E73): a hypothesis of the model. Shares are assumed; no source.
//!
//! # Assumptions and limits
//! All in one week. The head of the firm is never displaced.
//!
//! # Order and randomness
//! In the calendar, after exits and before vacancies; draws belong to the restructuring, the post or the person.
//!
//! # Switched off
//! Nothing is restructured, whether scheduled or at random.

mod change;
mod cuts;
#[cfg(test)]
mod fixture;
mod placement;
mod redraw;
#[cfg(test)]
mod redraw_tests;
mod reporting;
#[cfg(test)]
mod tests;

pub use change::{Change, Kind};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::Step;
use crate::random::Purpose;
use crate::units::{Factor, Rate, Share};
use crate::world::{Candidate, Event, EventKind, World};

/// Restructurings.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Restructuring {
    /// Whether the rule is on; off, nothing is restructured [switch].
    pub enabled: bool,
    /// Yearly rate of restructurings that the scenario does not schedule [1/year]. Assumed; no source.
    pub yearly_rate: Rate,
    /// Share of the managing posts existing twice after a merger that goes [share]. Assumed; no source.
    pub overlap: Share,
    /// Share of the posts that arises anew when a department is dissolved, unless the entry says otherwise [share]. Assumed; no source.
    pub places: Share,
    /// Share of the posts cut otherwise, unless the entry says otherwise [share]. Assumed; no source.
    pub cut: Share,
    /// Share of those left without a post who are dismissed [share]. Assumed; no source.
    pub dismissed: Share,
    /// Luck in deciding who goes [standard deviations of score]. Source: E75e (performance hardly counts).
    pub layoff_luck: Factor,
    /// Weight of advocacy in deciding who goes, of its weight in a promotion; 0 where sponsors protect nobody [factor]. Assumed; E75e finds no measured effect.
    pub protection: Factor,
    /// Difference of desirability below which two departments count as alike [share]. Definition.
    pub alike: Share,
}

impl Default for Restructuring {
    fn default() -> Self {
        Self {
            enabled: true,
            yearly_rate: Rate::new(0.0),
            overlap: Share::new(0.4),
            places: Share::new(0.65),
            cut: Share::new(0.1),
            dismissed: Share::new(0.4),
            layoff_luck: Factor::new(1.5),
            protection: Factor::new(1.0),
            alike: Share::new(0.05),
        }
    }
}

/// Scores people for a post: (panel size, candidates best first).
pub type Judge<'a> = &'a (dyn Fn(&World, u32, Vec<u32>) -> (u16, Vec<Candidate>) + Sync);

/// Someone in an affected department, before anything is done.
struct Member {
    slot: u32,
    employee: u32,
    strategy: crate::world::StrategyKey,
    department: u16,
    level: u8,
    post: u32,
}

impl Restructuring {
    /// What sponsors can do for their people when it is decided who goes; nobody is promoted then, so pace has no say.
    fn protect(&self, candidate: &mut Candidate) {
        candidate.score -= candidate.pace;
        candidate.pace = 0.0;
        let more = (self.protection.get() - 1.0) * candidate.advocacy;
        candidate.advocacy += more;
        candidate.score += more;
    }

    /// A restructuring at random, if one falls due this week; its departments are drawn.
    pub fn at_random(&self, world: &World, step: Step<'_>) -> Option<Change> {
        let mut draws = step.randomness.draws(Purpose::Restructuring, step.week, 0);
        if !self.enabled || draws.uniform_double() >= self.yearly_rate.get() / 52.0 {
            return None;
        }
        let departments: Vec<u16> = world.organisation.existing_departments().collect();
        let name = |d: u16| world.organisation.departments[d as usize].name.clone();
        let first = departments[draws.below(departments.len() as u32) as usize];
        let kind = match draws.below(4) {
            0 if departments.len() > 2 => Kind::Merge,
            1 if departments.len() > 2 => Kind::Dissolve,
            2 => Kind::Split,
            _ => Kind::Downsize,
        };
        let mut change = Change {
            name: format!("random-{}", step.week),
            week: crate::units::Weeks::new(step.week.max(0) as u32),
            kind,
            department: Some(name(first)),
            ..Change::default()
        };
        if kind == Kind::Merge {
            let others: Vec<u16> = departments.into_iter().filter(|&d| d != first).collect();
            change.with = Some(name(others[draws.below(others.len() as u32) as usize]));
        }
        if kind == Kind::Split {
            change.into = Some(format!("{} {}", name(first), step.week));
        }
        Some(change)
    }

    /// Departments that a change affects.
    pub fn affected(&self, world: &World, change: &Change) -> Vec<u16> {
        change.affected(&world.organisation)
    }

    /// Carries out a change and returns the posts that are vacant now and were not before.
    pub fn carry_out(
        &self,
        world: &mut World,
        step: Step<'_>,
        index: u16,
        change: &Change,
        judge: Judge<'_>,
    ) -> Vec<u32> {
        let affected = change.affected(&world.organisation);
        let members: Vec<Member> = affected
            .iter()
            .flat_map(|&d| world.organisation.posts_of_department(d).to_vec())
            .filter_map(|post| {
                let slot = world.organisation.posts[post as usize].holder;
                let profile = world.employees.profiles.get(slot as usize)?;
                Some(Member {
                    slot,
                    employee: profile.id,
                    strategy: world.employees.characters[slot as usize].strategy,
                    department: profile.department,
                    level: profile.level,
                    post,
                })
            })
            .collect();
        world.happenings.events.push(Event {
            week: step.week,
            kind: EventKind::Restructuring,
            employee: None,
            strategy: None,
            from_department: affected.first().copied(),
            to_department: None,
            from_level: None,
            to_level: None,
            cause: change.kind.word(),
            restructuring: Some(index),
            chain: None,
            decision: None,
        });
        let redrawn = self.redraw(world, step, index, change, &affected, judge);
        self.place(world, step, index, &members, &redrawn, judge);
        redrawn.opened(&world.organisation)
    }
}
