//! The letter to somebody who was chosen, or whom the week brings.

use super::super::COUNTED;
use super::super::circle::Circle;
use super::Choosing;
use super::candidate::{Candidate, Ego};
use crate::engine::{Letter, Offer};
use crate::mechanisms::decay::NOT_COUNTED;
use crate::random::Draws;

impl Choosing<'_> {
    /// The letter to a candidate, and the hours that it is expected to cost.
    #[inline(always)]
    pub(super) fn write<'a>(
        &self,
        ego: Ego<'a>,
        candidate: Candidate,
        formal: bool,
        arranged: bool,
        circle: &mut Option<Circle<'a>>,
        draws: &mut Draws,
    ) -> (Letter, f32) {
        let Self { scenario, week, .. } = *self;
        let alter = candidate.alter;
        let other = &self.around.profiles[alter as usize];
        let rule = &scenario.opportunity;
        let channel = rule.channel(ego.person.profile, other, arranged, draws);
        let tie = ego.record_about(candidate);
        let late = ego.standing.threat > 0.2
            && !formal
            && !arranged
            && tie.is_some_and(|tie| week - i32::from(tie.last_contact) > self.late_after);
        let known = tie.map(|tie| (tie, candidate.closeness));
        let part = scenario.part(self.fading, week, ego.person, other, known, draws);
        let mutual = if draws.chance(COUNTED) || tie.is_none() {
            let common = circle
                .get_or_insert_with(|| {
                    let slots = self.around.profiles.len();
                    Circle::new(ego.partners, ego.active_until, week, slots)
                })
                .common(self.around.ties.partners(alter));
            self.fading.mutual_class(common)
        } else {
            NOT_COUNTED
        };
        let offer = Offer::new(channel, part.basis, part.kind, part.amount, part.regard)
            .marked(formal, part.aimed, late, tie.is_none())
            .through(arranged, candidate.introduced, mutual);
        let letter = Letter {
            target: alter,
            offer,
            place: candidate.place,
        };
        let weight = scenario.dealings.expected_weight(part.regard);
        (letter, rule.hours(channel) * weight)
    }
}
