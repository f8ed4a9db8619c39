//! The firm as a trace sees it: who was in contact with whom in a window, and how often.
//!
//! Contacts are added up per ordered pair (who called, who was called) and window, so that a trace of a year stays
//! small. Windows are counted back from the end of the run: with 13 weeks over the last 52, the four last quarters.
//! What it knows is what a log of e-mail, calls and rooms would: who, whom, on which channel; and, as no log does,
//! whether the work required the contact.

use std::collections::BTreeMap;

use super::{Table, TableError};
use crate::engine::{Channel, PostOffice};
use crate::scenario::RecordsPlan;
use crate::world::World;

/// When contacts are traced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TracePlan {
    /// Length of a window [weeks]; 0 traces nothing.
    pub window: i32,
    /// First week of the first window.
    pub from: i32,
    /// Week after the last window.
    pub to: i32,
}

impl TracePlan {
    /// What a scenario asks for; none when it asks for no trace.
    pub fn of(records: &RecordsPlan, weeks: i32) -> Option<Self> {
        let window = records.trace_window.get() as i32;
        let last = records.trace_last.get() as i32;
        records
            .trace
            .then(|| Self::counted_back(weeks, window, last))
    }

    /// As many whole windows as fit into the last `last` weeks of a run of `weeks`.
    pub fn counted_back(weeks: i32, window: i32, last: i32) -> Self {
        let whole = if window > 0 {
            last.min(weeks) / window
        } else {
            0
        };
        Self {
            window,
            from: weeks - whole * window,
            to: weeks,
        }
    }
}

/// Contacts of one ordered pair in one window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// All of them.
    pub contacts: u32,
    /// Face to face.
    pub in_person: u32,
    /// By video or telephone.
    pub video: u32,
    /// In writing.
    pub written: u32,
    /// Of all, those that the work required.
    pub formal: u32,
    /// How often the two dealt with each other in them.
    pub dealings: u32,
}

/// Contacts of a window by caller and called, by identity.
pub type Window = BTreeMap<(u32, u32), Seen>;

/// Adds a week's contacts to a window.
pub fn add_week(window: &mut Window, world: &World, office: &PostOffice) {
    let id = |slot: u32| world.employees.profiles[slot as usize].id;
    for (from, to, offer, reply) in office.contacts() {
        let seen = window.entry((id(from), id(to))).or_default();
        seen.contacts += 1;
        seen.dealings += 1 + u32::from(reply.further());
        seen.formal += u32::from(offer.is_formal());
        match offer.channel() {
            Channel::InPerson => seen.in_person += 1,
            Channel::Video => seen.video += 1,
            Channel::Asynchronous => seen.written += 1,
        }
    }
}

/// Fills the table `trace`.
#[derive(Debug)]
pub(super) struct Tracer {
    plan: TracePlan,
    window: Window,
}

impl Tracer {
    pub(super) fn new(plan: TracePlan) -> Self {
        Self {
            plan,
            window: Window::new(),
        }
    }

    /// The week that has just been simulated; a window that is complete goes to the table.
    pub(super) fn week(
        &mut self,
        table: &mut Table,
        world: &World,
        office: &PostOffice,
    ) -> Result<(), TableError> {
        let TracePlan { window, from, to } = self.plan;
        let week = world.week;
        if window <= 0 || week < from || week >= to {
            return Ok(());
        }
        add_week(&mut self.window, world, office);
        let past = week - from + 1;
        if past % window != 0 {
            return Ok(());
        }
        for ((source, target), seen) in std::mem::take(&mut self.window) {
            table.push(&[
                (past / window).into(),
                (week + 1 - window).into(),
                week.into(),
                source.into(),
                target.into(),
                seen.contacts.into(),
                seen.in_person.into(),
                seen.video.into(),
                seen.written.into(),
                seen.formal.into(),
                seen.dealings.into(),
            ])?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_whole_and_end_with_the_run() {
        let plan = TracePlan::counted_back(520, 13, 52);
        assert_eq!((plan.from, plan.to), (468, 520));
        let plan = TracePlan::counted_back(520, 13, 60);
        assert_eq!((plan.from, plan.to), (468, 520), "four quarters fit");
        let plan = TracePlan::counted_back(52, 13, 1000);
        assert_eq!((plan.from, plan.to), (0, 52));
        let plan = TracePlan::counted_back(52, 0, 52);
        assert_eq!((plan.from, plan.to), (52, 52), "nothing is traced");
    }
}
