//! M15, M16 Vacancies: promotions that no panel decides. Stated in the rule's page, the parent.

use super::{Chooses, Vacancies};
use crate::engine::Step;
use crate::random::Purpose;
use crate::world::{Candidate, World};

impl Vacancies {
    /// The order of the candidates for a promotion where no panel decides; None where one does.
    pub fn without_panel(
        &self,
        world: &World,
        step: Step<'_>,
        post: u32,
        slots: &[u32],
    ) -> Option<Vec<Candidate>> {
        let key = step.randomness.week(Purpose::Conflict, step.week);
        let by_lot = key.of_pair(post, post).chance(self.random_share.single());
        let chooses = if by_lot {
            Chooses::Random
        } else {
            self.chooses
        };
        if chooses == Chooses::Panel {
            return None;
        }
        let mut candidates: Vec<Candidate> = slots
            .iter()
            .map(|&slot| {
                let employee = world.employees.profiles[slot as usize].id;
                let competence = f64::from(world.employees.characters[slot as usize].competence);
                let lot = key.of_pair(employee, post).uniform_double();
                let (performance, luck) = match chooses {
                    Chooses::Best => (competence, 0.0),
                    Chooses::Worst => (-competence, 0.0),
                    Chooses::Random | Chooses::Panel => (0.0, lot),
                };
                Candidate {
                    employee,
                    slot,
                    strategy: world.employees.characters[slot as usize].strategy,
                    score: performance + luck,
                    performance,
                    luck,
                    ..Candidate::default()
                }
            })
            .collect();
        candidates.sort_by(|a, b| {
            let lot = |c: &Candidate| key.of_pair(c.employee, post).bits();
            b.score
                .total_cmp(&a.score)
                .then_with(|| lot(a).cmp(&lot(b)))
        });
        Some(candidates)
    }
}
