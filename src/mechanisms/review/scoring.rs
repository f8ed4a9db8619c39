//! M15 Review: how a panel scores the candidates for a post. Stated in the rule's page, the parent.

use super::{Review, StrengthNow};
use crate::engine::Step;
use crate::random::Purpose;
use crate::world::{CAREER, Candidate, FRIENDSHIP, NOBODY, World};

impl Review {
    /// Scores candidates for a post, best first. With the rule off the score is luck alone.
    pub fn score(
        &self,
        world: &World,
        step: Step<'_>,
        post: u32,
        panel: &[u32],
        slots: &[u32],
        now: StrengthNow<'_>,
    ) -> Vec<Candidate> {
        let &Self {
            enabled,
            period: _,
            by_output: _,
            unseen: _,
            by_flattery: _,
            flattery_half: _,
            by_liking: _,
            by_rater: _,
            charm: _,
            rating_noise: _,
            clarity,
            panel: _,
            panel_noise,
            by_performance,
            by_reputation,
            by_advocacy,
            by_opposition,
            opposes,
            by_acquaintance,
            by_luck,
            speaks_up,
            knows,
            short_list: _,
            output_only: _,
            blind_stage: _,
            calibration: _,
            outside: _,
            reserved: _,
            by_breadth,
            by_potential,
            by_pace,
            plateau,
        } = self;
        let key = step.randomness.week(Purpose::Panel, step.week);
        let place = world.organisation.posts[post as usize];
        let department = place.department;
        let manages = world.organisation.levels[place.level as usize].manages;
        let plateau = f64::from(plateau.get().max(1));
        let mut candidates: Vec<Candidate> = slots
            .iter()
            .map(|&slot| {
                let profile = &world.employees.profiles[slot as usize];
                let standing = &world.employees.standings[slot as usize];
                let mut draws = key.of_pair(profile.id, post);
                let luck = by_luck.get() * f64::from(step.shapes.normal(&mut draws));
                let mut candidate = Candidate {
                    employee: profile.id,
                    slot,
                    strategy: world.employees.characters[slot as usize].strategy,
                    score: luck,
                    luck,
                    ..Candidate::default()
                };
                if !enabled {
                    return candidate;
                }
                candidate.breadth = by_breadth.get() * f64::from(standing.laterals.min(2));
                if profile.level < place.level {
                    let on_level = f64::from(step.week - i32::from(standing.level_since));
                    candidate.pace = by_pace.get() * (1.0 - on_level / plateau).max(0.0);
                }
                if self.output_only {
                    let z = f64::from(standing.performed.unwrap_or(0.0));
                    candidate.performance = by_performance.get() * z;
                    candidate.score =
                        candidate.performance + candidate.breadth + candidate.pace + luck;
                    return candidate;
                }
                let rating = f64::from(standing.rating.unwrap_or(0.0));
                let mut seen = 0.0;
                let mut opposition = 0.0;
                for &member in panel {
                    let regard = world.tie(member, slot).map_or(0.0, |tie| {
                        let s = now(tie);
                        let closeness = s[0].max(s[1]).max(s[2]);
                        if closeness >= knows.single() {
                            candidate.known_to += 1;
                        }
                        if tie.trust < opposes.single() {
                            let influence = world.employees.profiles[member as usize].influence;
                            opposition += f64::from(0.2 + influence);
                            candidate.opponents += 1;
                        }
                        f64::from(tie.trust * closeness)
                    });
                    let noise = f64::from(step.shapes.normal(&mut draws));
                    seen += rating + panel_noise.get() * (1.0 - clarity.get() * regard) * noise;
                }
                let size = panel.len().max(1) as f64;
                candidate.performance = by_performance.get() * seen / size;
                candidate.reputation = by_reputation.get()
                    * 2.0
                    * f64::from(profile.reputation - 0.5)
                    * f64::from(0.5 + 0.5 * profile.known);
                let mut support = 0.0;
                for &advocate in world.ties.partners(slot) {
                    if advocate == NOBODY {
                        continue;
                    }
                    let other = &world.employees.profiles[advocate as usize];
                    if other.department != department && !panel.contains(&advocate) {
                        continue;
                    }
                    let Some(tie) = world.tie(advocate, slot) else {
                        continue;
                    };
                    let s = now(tie);
                    let stands = tie.trust * s[CAREER].max(s[FRIENDSHIP]);
                    if stands >= speaks_up.single() {
                        let conduct = world
                            .strategies
                            .conduct(world.employees.characters[advocate as usize].strategy);
                        let word = world.programmes.word(other.id, profile.id);
                        support +=
                            f64::from(word * conduct.advocacy * stands * (0.2 + other.influence));
                        candidate.advocates += 1;
                        candidate.dampened += u16::from(word < 1.0);
                    }
                }
                for backing in world.programmes.backings_of(profile.id) {
                    let sponsor = &world.employees.profiles[backing.sponsor as usize];
                    if sponsor.id == backing.sponsor_id {
                        support += f64::from(backing.strength * (0.2 + sponsor.influence));
                        candidate.advocates += 1;
                    }
                }
                candidate.advocacy = by_advocacy.get() * support / (1.0 + support)
                    - by_opposition.get() * opposition / (1.0 + opposition);
                candidate.acquaintance =
                    by_acquaintance.get() * f64::from(candidate.known_to) / size;
                if manages {
                    let noise = f64::from(step.shapes.normal(&mut draws)) / libm::sqrt(size);
                    let m = f64::from(world.employees.characters[slot as usize].managing);
                    candidate.potential = by_potential.get() * (m + panel_noise.get() * noise);
                }
                candidate.score = candidate.performance
                    + candidate.reputation
                    + candidate.advocacy
                    + candidate.acquaintance
                    + candidate.breadth
                    + candidate.potential
                    + candidate.pace
                    + luck;
                candidate
            })
            .collect();
        // equal scores have measure zero unless luck is off: then a keyed draw decides, never the id
        candidates.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then_with(|| {
                key.of_pair(post, a.employee)
                    .bits()
                    .cmp(&key.of_pair(post, b.employee).bits())
            })
        });
        candidates
    }
}
