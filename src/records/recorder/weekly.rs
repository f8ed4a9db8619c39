//! The organisation as a whole, one row a week.

use super::Recorder;
use crate::records::TableError;
use crate::records::active::active_places;
use crate::world::{EventKind, World};

impl Recorder {
    pub(super) fn weekly(&mut self, world: &World) -> Result<(), TableError> {
        let week = world.week;
        let employees = &world.employees;
        let (mut contacts, mut across, mut formed, mut dropped) = (0_i64, 0_i64, 0_i64, 0_i64);
        // by video, in writing, cross-site, arranged, conflicts; feigned, seen through, revived, kindled, rumours
        let (mut both_sides, mut one_side) = ([0_i64; 5], [0_i64; 5]);
        let (mut formal, mut further) = (0_i64, 0_i64);
        let projects = &world.happenings.projects;
        let (mut heard, mut ideas) = (0_i64, 0_i64);
        let (mut output, mut programme_hours) = (0.0, 0.0);
        let mut active = 0_i64;
        let counts = week % self.plan.ties_every.max(1) == 0;
        for slot in employees.present() {
            let state = &employees.weeks[slot as usize];
            contacts += i64::from(state.contacts);
            across += i64::from(state.across);
            formal += i64::from(state.formal);
            further += i64::from(state.further);
            formed += i64::from(state.formed);
            dropped += i64::from(state.dropped);
            let both = [
                state.by_video,
                state.in_writing,
                state.other_site,
                state.arranged,
                state.conflicts,
            ];
            let one = [
                state.feigned,
                state.seen_through,
                state.revived,
                u8::from(state.kindled.is_some()),
                state.rumours,
            ];
            for (sum, count) in both_sides.iter_mut().zip(both) {
                *sum += i64::from(count);
            }
            for (sum, count) in one_side.iter_mut().zip(one) {
                *sum += i64::from(count);
            }
            output += f64::from(state.output);
            heard += i64::from(state.news);
            ideas += i64::from(state.ideas);
            programme_hours += f64::from(employees.standings[slot as usize].programme_hours);
            if counts {
                active += active_places(world, slot).count() as i64;
            }
        }
        let incidents = &world.happenings.incidents;
        let defended = incidents.iter().filter(|i| i.defenders > 0).count();
        let count = |kinds: &[EventKind]| {
            world
                .happenings
                .events
                .iter()
                .filter(|e| kinds.contains(&e.kind))
                .count() as i64
        };
        self.weekly.push(&[
            week.into(),
            employees.headcount().into(),
            output.into(),
            (contacts / 2).into(),
            (across / 2).into(),
            counts.then_some(active).into(),
            formed.into(),
            dropped.into(),
            count(&[EventKind::Promoted]).into(),
            count(&[EventKind::Reassigned]).into(),
            count(&[EventKind::Left, EventKind::LaidOff, EventKind::Retired]).into(),
            count(&[EventKind::Hired]).into(),
            (both_sides[0] / 2).into(),
            (both_sides[1] / 2).into(),
            (both_sides[2] / 2).into(),
            (both_sides[3] / 2).into(),
            (both_sides[4] / 2).into(),
            one_side[0].into(),
            one_side[1].into(),
            one_side[2].into(),
            one_side[3].into(),
            one_side[4].into(),
            (formal / 2).into(),
            projects.ended.into(),
            projects.won.into(),
            projects.crossing.into(),
            projects.crossing_won.into(),
            projects.translated.into(),
            projects.translated_won.into(),
            world.happenings.efficiency.into(),
            heard.into(),
            ideas.into(),
            (incidents.len() as i64).into(),
            (defended as i64).into(),
            programme_hours.into(),
            i64::from(world.happenings.meetings).into(),
            i64::midpoint(contacts, further).into(),
        ])
    }
}
