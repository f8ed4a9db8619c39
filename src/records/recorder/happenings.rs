//! What happened and what was decided: one row each, in the week it happened.

use super::{Recorder, department, label, level};
use crate::records::TableError;
use crate::world::{Event, EventKind, World};

impl Recorder {
    pub(super) fn event(&mut self, world: &World, event: &Event) -> Result<(), TableError> {
        let detail = (event.kind == EventKind::Restructuring)
            .then(|| {
                event
                    .from_department
                    .map(|d| format!("first affected: {}", department(world, d)))
            })
            .flatten();
        self.events.push(&[
            event.week.into(),
            event.kind.word().into(),
            event.employee.into(),
            event.strategy.map(|s| label(world, s)).into(),
            event.from_department.map(|d| department(world, d)).into(),
            event.to_department.map(|d| department(world, d)).into(),
            event.from_level.map(|l| level(world, l)).into(),
            event.to_level.map(|l| level(world, l)).into(),
            event.cause.into(),
            event.restructuring.map(|r| u32::from(r) + 1).into(),
            detail.as_deref().into(),
            event.chain.map(u32::from).into(),
            event.decision.into(),
            None::<u32>.into(),
            None::<u32>.into(),
            None::<u32>.into(),
            None::<f64>.into(),
        ])
    }

    /// Incidents stand among the events, with who was there.
    pub(super) fn incidents(&mut self, world: &World) -> Result<(), TableError> {
        for incident in &world.happenings.incidents {
            let (department, level) = (
                department(world, incident.department),
                level(world, incident.level),
            );
            self.events.push(&[
                incident.week.into(),
                "incident".into(),
                incident.employee.into(),
                label(world, incident.strategy).into(),
                department.into(),
                department.into(),
                level.into(),
                level.into(),
                incident.cause.into(),
                None::<u32>.into(),
                None::<&str>.into(),
                None::<u32>.into(),
                None::<u32>.into(),
                u32::from(incident.present).into(),
                u32::from(incident.counted_on).into(),
                u32::from(incident.defenders).into(),
                f64::from(incident.harm).into(),
            ])?;
        }
        Ok(())
    }

    pub(super) fn enrolments(&mut self, world: &World) -> Result<(), TableError> {
        for e in &world.happenings.enrolments {
            self.programmes.push(&[
                e.programme.as_str().into(),
                e.kind.into(),
                e.week.into(),
                e.employee.into(),
                label(world, e.strategy).into(),
                e.treated.into(),
                e.ends.into(),
                f64::from(e.hours).into(),
                e.partner.into(),
            ])?;
        }
        Ok(())
    }

    pub(super) fn decisions(&mut self, world: &World) -> Result<(), TableError> {
        for decision in &world.happenings.decisions {
            for (rank, c) in decision.candidates.iter().enumerate() {
                self.decisions.push(&[
                    decision.number.into(),
                    decision.week.into(),
                    decision.kind.word().into(),
                    department(world, decision.department).into(),
                    level(world, decision.level).into(),
                    c.employee.into(),
                    label(world, c.strategy).into(),
                    (rank as u32 + 1).into(),
                    c.chosen.into(),
                    c.score.into(),
                    c.performance.into(),
                    c.reputation.into(),
                    c.advocacy.into(),
                    c.acquaintance.into(),
                    c.luck.into(),
                    u32::from(decision.panel_size).into(),
                    u32::from(c.advocates).into(),
                    u32::from(c.known_to).into(),
                    decision.restructuring.map(|r| u32::from(r) + 1).into(),
                    c.breadth.into(),
                    c.potential.into(),
                    u32::from(c.dampened).into(),
                    u32::from(c.opponents).into(),
                    c.pace.into(),
                ])?;
            }
        }
        Ok(())
    }

    pub(super) fn placements(&mut self, world: &World) -> Result<(), TableError> {
        for p in &world.happenings.placements {
            self.placements.push(&[
                (u32::from(p.restructuring) + 1).into(),
                p.week.into(),
                p.employee.into(),
                label(world, p.strategy).into(),
                department(world, p.from_department).into(),
                p.to_department.map(|d| department(world, d)).into(),
                level(world, p.from_level).into(),
                p.to_level.map(|l| level(world, l)).into(),
                p.outcome.word().into(),
                p.displaced.into(),
            ])?;
        }
        Ok(())
    }
}
