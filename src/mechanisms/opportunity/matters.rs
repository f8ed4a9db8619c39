//! M1 Opportunity: whom the work requires one to see. Stated in the rule's page, the parent.

use super::{Met, Opportunity, Surroundings, pick_holder};
use crate::random::{Draws, WeekKey};
use crate::world::{Errand, Organisation, Profile};

/// Kinds of matters: with team mates, with others.
const TEAM: u32 = 0;
const ELSEWHERE: u32 = 256;

impl Opportunity {
    /// The contact that the work requires this week, if any: a team mate, or the manager. `matters` is the same key in
    /// every week.
    #[inline]
    pub fn required_contact(
        &self,
        ego: u32,
        profile: &Profile,
        (profiles, organisation): (&[Profile], &Organisation),
        (matters, week): (WeekKey, i32),
        draws: &mut Draws,
    ) -> Option<u32> {
        if !self.enabled || !draws.chance(self.formal_contact.single()) {
            return None;
        }
        let team = organisation.team(profile.post);
        let reports = organisation.reports(profile.post);
        let is_new = week - i32::from(profile.hired) < self.onboarding.get() as i32;
        let with_manager = is_new && draws.chance(self.manager_first.single());
        let found = if with_manager {
            organisation.manager_of(profile.post)?
        } else if draws.chance(self.line.single()) {
            let which = draws.below(reports.len() as u32 + 1);
            match reports.get(which as usize) {
                Some(&post) => organisation.posts[post as usize].holder,
                None => organisation.manager_of(profile.post)?,
            }
        } else {
            let which = draws.below(self.matters.get().max(1));
            let (mut lot, _) = self.matter(TEAM, which, profile.id, (matters, week));
            pick_holder(organisation, team, &mut lot)
        };
        let other = profiles.get(found as usize)?;
        let comes_about = draws.chance(self.afar.single());
        (found != ego && (comes_about || profile.meets_in_person(other))).then_some(found)
    }

    /// The draws of one of a person's matters, the same for as long as it stays, and the week from which it is another.
    #[inline]
    fn matter(&self, kind: u32, matter: u32, id: u32, (key, week): (WeekKey, i32)) -> (Draws, i32) {
        // matters of one person are not all renewed in the same week, nor are those of the firm
        let renewal = self.renewal.get().max(1);
        let shift = (id.wrapping_mul(7) + matter * 11) % renewal;
        let period = (week + shift as i32).div_euclid(renewal as i32);
        let until = (period + 1) * renewal as i32 - shift as i32;
        let lot = key.of_pair(id, (period as u32) << 9 | kind | matter);
        (lot, until)
    }

    /// Somebody else whom the work concerns this week, if any. `matters` is the same key in every week; `errands` are ego's.
    #[inline]
    pub fn errand(
        &self,
        sources: &[f32; 7],
        ego: u32,
        project: u32,
        around: Surroundings<'_>,
        (matters, week): (WeekKey, i32),
        errands: &mut [Errand],
        draws: &mut Draws,
    ) -> Option<u32> {
        if !self.enabled || !draws.chance(self.errand.single()) {
            return None;
        }
        let me = &around.profiles[ego as usize];
        let which = draws.below(errands.len() as u32);
        let errand = errands.get_mut(which as usize)?;
        let is_settled = errand.of == me.id
            && errand.department == me.department
            && week < i32::from(errand.until);
        if is_settled && around.profiles[errand.whom as usize].id == errand.id {
            return Some(errand.whom);
        }
        let (mut lot, until) = self.matter(ELSEWHERE, which, me.id, (matters, week));
        let mut best: Option<(f32, u32)> = None;
        // team and line have their required contacts
        let (from, to) = (sources[1], sources[6]);
        for _ in 0..self.asked.get().max(1) {
            let mut lot = lot.split();
            let point = from + lot.uniform() * (to - from);
            let found = self.meet_at(point, sources, ego, project, around, false, &mut lot);
            let Some(Met { who: met, .. }) = found else {
                continue;
            };
            let other = &around.profiles[met as usize];
            let appeal = self.appeal(other);
            if other.is_employed() && best.is_none_or(|(b, _)| appeal > b) {
                best = Some((appeal, met));
            }
        }
        let (_, whom) = best?;
        *errand = Errand {
            of: me.id,
            whom,
            id: around.profiles[whom as usize].id,
            department: me.department,
            until: until as i16,
        };
        Some(whom)
    }

    /// How much somebody is worth asking: what is known of the person, through the gate of liking.
    #[inline]
    pub(super) fn appeal(&self, other: &Profile) -> f32 {
        let part = |x: u8| f32::from(x) * (1.0 / 255.0);
        let heard = other.known + other.influence + self.by_esteem.single() * part(other.esteem);
        heard * (1.0 - self.gate.single() * (1.0 - part(other.warmth)))
    }
}
