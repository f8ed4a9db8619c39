//! Ties that were changed by anything but a contact: brought in order, and written down (M18).

use super::Model;
use crate::mechanisms::decay::NOT_COUNTED;
use crate::mechanisms::evolution::Reading;
use crate::world::{Event, EventKind, NOBODY, World, place_of};

impl Model {
    /// Works out anew until when the ties of a row are active, after their strengths have been changed.
    pub(super) fn reckon(&self, world: &mut World, ego: u32) {
        let row = world.ties.row_mut(ego);
        for place in 0..row.partners.len() {
            if row.partners[place] != NOBODY {
                let tie = &row.records[place];
                row.active_until[place] =
                    self.fading.active_until(tie, i32::from(tie.last_contact));
            }
        }
    }

    /// A tie made by an introduction gets its fading class and its next contact.
    fn settle_new(&self, world: &mut World, ego: u32, alter: u32) {
        let week = world.week;
        let profiles = &world.employees.profiles;
        let (me, other) = (&profiles[ego as usize], &profiles[alter as usize]);
        let elsewhere = me.department != other.department;
        let row = world.ties.row_mut(ego);
        if let Some(place) = place_of(row.partners, alter) {
            let tie = &mut row.records[place];
            tie.fading = self.fading.class(tie, week, elsewhere, NOT_COUNTED);
            row.due[place] = (week + (self.rhythm.weeks(tie.peak()) as i32).max(1)) as i16;
            row.active_until[place] = self.fading.active_until(tie, week);
        }
    }

    /// Ties that were re-read: brought in order, and written down.
    pub(super) fn note_readings(&self, world: &mut World, readings: &[Reading]) {
        let mut boss = false;
        for &reading in readings {
            let (slot, other, kind, cause) = match reading {
                Reading::Boss(ego, alter) => (ego, Some(alter), EventKind::BecameBoss, "promotion"),
                Reading::Overtook(ego, alter) => {
                    (ego, Some(alter), EventKind::OvertookMentor, "promotion")
                }
                Reading::Left(ego, Some(ally)) => {
                    self.settle_new(world, ego, ally);
                    self.settle_new(world, ally, ego);
                    (ego, None, EventKind::MentorLeft, "handed over")
                }
                Reading::Left(ego, None) => (ego, None, EventKind::MentorLeft, "left alone"),
            };
            if let Some(other) = other {
                self.reckon(world, slot);
                self.reckon(world, other);
            }
            // one event for a new boss, however many peers report now
            if kind == EventKind::BecameBoss && std::mem::replace(&mut boss, true) {
                continue;
            }
            let profile = world.employees.profiles[slot as usize];
            world.happenings.events.push(Event {
                week: world.week,
                kind,
                employee: Some(profile.id),
                strategy: Some(world.employees.characters[slot as usize].strategy),
                from_department: Some(profile.department),
                to_department: Some(profile.department),
                from_level: Some(profile.level),
                to_level: Some(profile.level),
                cause,
                restructuring: None,
                chain: None,
                decision: None,
            });
        }
    }
}
