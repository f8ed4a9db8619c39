//! M15, M16 Vacancies: who fills a post, from inside or outside. Vacancies move as chains (White 1970).
//!
//! # What happens
//! A vacancy is filled after `shortest` to `longest` weeks. With probability `internal_share` of its level
//! (and always when nobody is hired) a panel looks inside: candidates hold a post one level below for at least `seasoning` weeks,
//! in the same department, and if these are fewer than `few`, in the same function and then anywhere in the firm. The best by the panel's score (M15) is promoted and leaves a vacancy one level below, the next link of the chain; the
//! others of the short list are passed over. Otherwise, or when there is no candidate, someone is hired.
//!
//! Before that, with probability `lateral`, the post is offered to people of its own level elsewhere: of `heard` people drawn
//! from departments of coupled functions, those seasoned on the level who want a change (`restless`, twice that for
//! those who aspire to build something new) stand before the panel, and the best moves by choice. With probability `demoted`
//! the post goes to the worst rated manager of the department one level above, if rated below `failing`. Whoever does not aspire
//! to lead turns a managing post down with probability `refused`, and the next best is asked.
//!
//! Who is chosen from inside may also be decided without a panel (`chooses`): the most or the least competent, or anyone by
//! lot; and in the share `random_share` of all promotions the lot decides whatever the rule.
//!
//! ```text
//! P(internal) = internal_share(level)        chain length = moves until a hire (or until the post is abolished)
//! ```
//!
//! # Source
//! Internal shares by level: E5 (ADP 2019: about 23 / 52 / 63 %). Chains: E20 (White 1970). Entry at all levels: E6. Demotions are rare: E6. Lateral
//! moves of one's own choice are events apart from forced reassignments: E23 (Bidwell and Keller 2025), E73. The best, the worst or
//! anyone, and mixtures: E110, E111 (Pluchino et al. 2010, 2011). Times and shares are assumed; no source.
//!
//! # Assumptions and limits
//! The bottom level is filled from outside or by lateral moves. Nobody turns down a lateral move that was wanted.
//!
//! # Order and randomness
//! After the exits. All panels of a week read the same state, in parallel; when two want the same person the higher post goes first, then a
//! keyed draw decides, and the other takes its next choice or waits. Draws belong to the post, whose number is never reused.
//!
//! # Switched off
//! Vacancies stay vacant; nobody is promoted or hired.

mod candidates;
#[cfg(test)]
mod tests;
mod without_panel;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::Step;
use crate::random::Purpose;
use crate::units::{Few, Probability, Score, Share, Weeks};
use crate::world::{Candidate, NOBODY, World};

/// Who is chosen among the candidates from inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Chooses {
    /// Whom a panel ranks first (M15).
    #[default]
    Panel,
    /// The most competent at the work.
    Best,
    /// The least competent at the work.
    Worst,
    /// Anyone, by lot.
    Random,
}

/// Filling of vacancies.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Vacancies {
    /// Whether the rule is on; off, vacancies stay vacant [switch].
    pub enabled: bool,
    /// Shortest time from vacancy to decision [weeks]. Assumed; no source.
    pub shortest: Weeks,
    /// Longest time from vacancy to decision [weeks]. Assumed; no source.
    pub longest: Weeks,
    /// Weeks on a level before one may be promoted [weeks]. Assumed; no source.
    pub seasoning: Weeks,
    /// Candidates below which the panel looks beyond the department [count]. Assumed; no source.
    pub few: Few,
    /// Who is chosen among candidates from inside: panel, best, worst or random [kind].
    pub chooses: Chooses,
    /// Share of promotions that the lot decides, whatever the rule [share]. Source: E110, E111; 0 by default.
    pub random_share: Share,
    /// Chance that a vacancy is offered to people of its own level elsewhere first [probability]. Assumed; no source.
    pub lateral: Probability,
    /// People of coupled functions who hear of such an offer [count]. Assumed; no source.
    pub heard: Few,
    /// Chance that one who hears of it wants the change; twice that for those who aspire to build something new [probability]. Assumed; no source.
    pub restless: Probability,
    /// Chance that one who does not aspire to lead turns a managing post down [probability]. Assumed; no source.
    pub refused: Probability,
    /// Chance that a vacancy goes to a failing manager of the level above [probability]. Source: kept rare by E6.
    pub demoted: Probability,
    /// Rating below which a manager counts as failing [standard deviations]. Assumed; no source.
    pub failing: Score,
}

impl Default for Vacancies {
    fn default() -> Self {
        Self {
            enabled: true,
            shortest: Weeks::new(3),
            longest: Weeks::new(9),
            seasoning: Weeks::new(52),
            few: Few::new(3),
            chooses: Chooses::Panel,
            random_share: Share::new(0.0),
            lateral: Probability::new(0.15),
            heard: Few::new(12),
            restless: Probability::new(0.2),
            refused: Probability::new(0.08),
            demoted: Probability::new(0.03),
            failing: Score::new(-1.0),
        }
    }
}

/// How someone comes to a post from inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From the level below.
    Promotion,
    /// From the same level elsewhere, by choice.
    Lateral,
    /// From the level above, for want of success.
    Demotion,
}

/// What a panel decided about a vacancy, before conflicts are settled.
pub struct Verdict {
    /// The post.
    pub post: u32,
    /// Candidates best first; empty when the post goes to the market.
    pub candidates: Vec<Candidate>,
    /// Members of the panel.
    pub panel_size: u16,
    /// Whether someone from inside was wanted.
    pub internal: bool,
    /// How the chosen one comes to the post.
    pub way: Way,
}

/// Scores candidates for a post: (panel size, candidates best first).
pub type Judge<'a> = &'a (dyn Fn(&World, u32, Way, Vec<u32>) -> (u16, Vec<Candidate>) + Sync);

impl Vacancies {
    /// Opens a vacancy: sets the week of decision and the length of its chain.
    pub fn open(&self, world: &mut World, step: Step<'_>, post: u32, chain: u16) {
        let span = self.longest.get().saturating_sub(self.shortest.get());
        let mut draws = step.randomness.draws(Purpose::Hiring, step.week, post);
        let weeks = self.shortest.get() + draws.below(span + 1);
        let place = &mut world.organisation.posts[post as usize];
        place.fill_week = step.week + weeks as i32;
        place.chain = chain;
    }

    /// Decides all vacancies that are due, in parallel, over the state as it stands.
    pub fn decide(
        &self,
        world: &World,
        step: Step<'_>,
        hires: bool,
        judge: Judge<'_>,
    ) -> Vec<Verdict> {
        if !self.enabled {
            return Vec::new();
        }
        let organisation = &world.organisation;
        let due: Vec<u32> = (0..organisation.posts.len() as u32)
            .filter(|&post| {
                let place = &organisation.posts[post as usize];
                place.exists && place.holder == NOBODY && place.fill_week <= step.week
            })
            .collect();
        due.into_par_iter()
            .map(|post| {
                let place = organisation.posts[post as usize];
                let level = &organisation.levels[place.level as usize];
                // a second word of the post's draws: the first set the week
                let mut draws = step
                    .randomness
                    .week(Purpose::Hiring, step.week)
                    .of_pair(post, post);
                let internal =
                    place.level > 0 && (!hires || draws.uniform_double() < level.internal_share);
                for way in [Way::Lateral, Way::Demotion] {
                    let slots = self.beside(world, step, post, way);
                    if slots.is_empty() {
                        continue;
                    }
                    let (panel_size, candidates) = judge(world, post, way, slots);
                    if !candidates.is_empty() {
                        return Verdict {
                            post,
                            candidates,
                            panel_size,
                            internal: true,
                            way,
                        };
                    }
                }
                let slots = if internal {
                    self.candidates(world, step, post)
                } else {
                    Vec::new()
                };
                let (panel_size, candidates) = if slots.is_empty() {
                    (0, Vec::new())
                } else {
                    judge(world, post, Way::Promotion, slots)
                };
                Verdict {
                    post,
                    candidates,
                    panel_size,
                    internal,
                    way: Way::Promotion,
                }
            })
            .collect()
    }

    /// Order in which verdicts are carried out: higher posts first, then by a keyed draw.
    pub fn order(&self, world: &World, step: Step<'_>, verdicts: &mut [Verdict]) {
        let key = step.randomness.week(Purpose::Conflict, step.week);
        verdicts.sort_by_key(|verdict| {
            let level = world.organisation.posts[verdict.post as usize].level;
            (std::cmp::Reverse(level), key.of(verdict.post).bits())
        });
    }
}
