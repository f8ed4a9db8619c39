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

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::Step;
use crate::random::Purpose;
use crate::units::{Few, Probability, Score, Share, Weeks};
use crate::world::{Aspiration, Candidate, NOBODY, World};

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

/// Marks the number of a post in the address of a draw that is not a person's wish for that post.
const POST: u32 = 1 << 31;

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

    /// Slots of those who may come from the same level or the one above, when the post goes that way.
    fn beside(&self, world: &World, step: Step<'_>, post: u32, way: Way) -> Vec<u32> {
        let organisation = &world.organisation;
        let place = organisation.posts[post as usize];
        let key = step.randomness.week(Purpose::Move, step.week);
        let rating = |slot: u32| world.employees.standings[slot as usize].rating;
        match way {
            Way::Lateral => {
                let mut draws = key.of_pair(post | POST, post);
                if !draws.chance(self.lateral.single()) {
                    return Vec::new();
                }
                let function = organisation.departments[place.department as usize].function;
                let mut slots = Vec::new();
                for _ in 0..self.heard.get() {
                    let department = draws.below(organisation.departments.len() as u32) as u16;
                    let there = &organisation.departments[department as usize];
                    let near = draws.chance(organisation.coupled(function, there.function));
                    let posts = organisation.posts_of_department(department);
                    let number = draws.below(posts.len() as u32) as usize;
                    if department == place.department || !near || posts.is_empty() {
                        continue;
                    }
                    let other = organisation.posts[posts[number] as usize];
                    if other.level == place.level
                        && other.holder != NOBODY
                        && !slots.contains(&other.holder)
                        && self.is_seasoned(world, step, other.holder)
                        && self.wants_change(world, step, other.holder, post)
                    {
                        slots.push(other.holder);
                    }
                }
                slots
            }
            Way::Demotion => {
                let mut draws = key.of_pair(post | POST, NOBODY);
                if !draws.chance(self.demoted.single()) {
                    return Vec::new();
                }
                let above = place.level + 1;
                organisation
                    .posts_of_department(place.department)
                    .iter()
                    .map(|&p| organisation.posts[p as usize])
                    .filter(|p| p.level == above && p.holder != NOBODY && p.superior != NOBODY)
                    .filter(|_| organisation.levels[above as usize].manages)
                    .filter_map(|p| Some((rating(p.holder)?, p.holder)))
                    .filter(|(rating, _)| *rating < self.failing.single())
                    .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
                    .map(|(_, holder)| vec![holder])
                    .unwrap_or_default()
            }
            Way::Promotion => self.candidates(world, step, post),
        }
    }

    fn is_seasoned(&self, world: &World, step: Step<'_>, slot: u32) -> bool {
        let since = world.employees.standings[slot as usize].level_since;
        step.week - i32::from(since) >= self.seasoning.get() as i32
    }

    /// Whether someone who hears of a post on the same level wants it.
    fn wants_change(&self, world: &World, step: Step<'_>, slot: u32, post: u32) -> bool {
        let building = world.employees.characters[slot as usize].aspiration == Aspiration::Building;
        let id = world.employees.profiles[slot as usize].id;
        let mut draws = step
            .randomness
            .week(Purpose::Move, step.week)
            .of_pair(id, post);
        draws.chance(self.restless.single() * if building { 2.0 } else { 1.0 })
    }

    /// Whether someone turns a promotion into a post down.
    pub fn turns_down(&self, world: &World, step: Step<'_>, slot: u32, post: u32) -> bool {
        let level = world.organisation.posts[post as usize].level;
        let leads = world.employees.characters[slot as usize].aspiration == Aspiration::Leadership;
        let id = world.employees.profiles[slot as usize].id;
        let mut draws = step
            .randomness
            .week(Purpose::Move, step.week)
            .of_pair(id, post | POST);
        let turns = draws.chance(self.refused.single());
        world.organisation.levels[level as usize].manages && !leads && turns
    }

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

    /// Slots of those who may be promoted into a post.
    fn candidates(&self, world: &World, step: Step<'_>, post: u32) -> Vec<u32> {
        let organisation = &world.organisation;
        let place = organisation.posts[post as usize];
        let below = place.level - 1;
        let mut slots = Vec::new();
        let mut add = |department: u16| {
            for &p in organisation.posts_of_department(department) {
                let other = organisation.posts[p as usize];
                if other.level == below
                    && other.holder != NOBODY
                    && self.is_seasoned(world, step, other.holder)
                {
                    slots.push(other.holder);
                }
            }
            slots.len()
        };
        let enough = self.few.get() as usize;
        if add(place.department) >= enough {
            return slots;
        }
        let function = organisation.departments[place.department as usize].function;
        for same_function in [true, false] {
            for department in organisation.existing_departments() {
                let there = &organisation.departments[department as usize];
                if department != place.department
                    && (there.function == function) == same_function
                    && add(department) >= enough
                {
                    return slots;
                }
            }
        }
        slots
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

#[cfg(test)]
mod tests;
