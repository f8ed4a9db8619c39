//! M15 Review: ratings, and panels that decide with what they can know.
//!
//! # What happens
//! Every `period` weeks each person is rated by the manager:
//!
//! ```text
//! z = (mean weekly output - firm mean) / firm sd
//! rating = z - held + (1 - calibration) * ( w * by_liking * (regard - 1/4) + rating_noise * (1 - clarity * regard) * N )
//!   regard  the manager's trust x strength of tie to the person [0..1]
//!   held    what incidents since the last rating are held against the person (M14)
//!   w       1; less where a programme watches for favouritism (M19), as with the advocates below
//! ```
//!
//! A panel for a post (the manager above it, that manager's manager, and managers of the department up to
//! `panel`) scores each candidate:
//!
//! ```text
//! performance  = by_performance  * mean over members of (rating + panel_noise * (1 - clarity * regard_m) * N_m)
//! reputation   = by_reputation   * 2 (r - 1/2) * (1/2 + k/2)
//! advocacy     = by_advocacy     * A / (1 + A),   A = sum over advocates of w_a * advocacy_a * support_a * (1/5 + influence_a)
//!              - by_opposition   * O / (1 + O),   O = sum over opponents of (1/5 + influence_o)
//! acquaintance = by_acquaintance * share of the panel that knows the candidate
//! breadth      = by_breadth * min(2, lateral moves by choice)
//! potential    = by_potential * (m + panel_noise / sqrt(members) * N)        m = skill at managing; for managing posts only
//! luck         = by_luck * N
//! ```
//!
//! Rules that a firm may set: the weights above; `calibration`, a round in which managers compare their ratings and
//! by which that share of liking and noise goes; `outside` members of other departments on each panel;
//! a short list made blind on output alone (`blind_stage`), of which `reserved` places are kept for candidates whom no
//! member of the panel knows; and `output_only`, where the panel has nothing but the figures: performance is by_performance * z,
//! and reputation, advocacy, acquaintance and potential count nothing.
//!
//! Advocates are those with a tie to the candidate who sit on the panel or work in the post's department and whose support
//! (trust times the strength of career support or friendship, whichever is stronger) is at least `speaks_up`. A sponsor
//! by programme (M19) speaks wherever the post is, with the strength of the promise in place of advocacy_a * support_a.
//! Opponents are members of the panel who hold a negative tie to the candidate: trust below `opposes`.
//!
//! # Source
//! Ratings are performance plus the rater's ties: E72f (Castilla 2011). Current performance drives promotion:
//! E11 (Benson, Li and Shue 2019). Sponsorship relates to promotion: E27 (Ng et al. 2005), r about .12. Lateral moves help: E23
//! (Bidwell and Keller 2025), sign. A negative tie weighs at least as much as a positive one: E72d (Labianca and Brass 2006), sign. Skill at managing hardly counts: E11. Sizes are
//! assumed and calibrated to keep effects as small as E27 finds them.
//!
//! # Assumptions and limits
//! The panel knows ratings, not output. There is one set of rules for the firm.
//!
//! # Order and randomness
//! Ratings in their week, panels when a post is to be filled; all read the state as it stands. Rating noise
//! belongs to the person; panel noise to the pair (candidate, post).
//!
//! # Switched off
//! Nobody is rated, panels decide by lot.

mod panel;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::{BLOCK, Step};
use crate::random::Purpose;
use crate::units::{Factor, Few, Share, Strength, Weeks, Weight};
use crate::world::Profile;
use crate::world::{CAREER, Candidate, FRIENDSHIP, NOBODY, Tie, World};

/// Ratings and panels.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Review {
    /// Whether the rule is on; off, nobody is rated and panels decide by lot [switch].
    pub enabled: bool,
    /// Weeks between ratings [weeks]. Assumed; no source.
    pub period: Weeks,
    /// Rise of the rating from being liked by the manager [standard deviations]. Source: sign from E72f, E68.
    pub by_liking: Weight,
    /// Noise of a rating of an unknown person [standard deviations]. Assumed; calibrated so that rating and performance correlate .4 to .8 (E72f, our band).
    pub rating_noise: Factor,
    /// Share of the noise that full acquaintance removes [share]. Assumed; no source.
    pub clarity: Share,
    /// Members of a panel at most [count]. Assumed; no source.
    pub panel: Few,
    /// Noise of a panel member about an unknown person [standard deviations]. Assumed; no source.
    pub panel_noise: Factor,
    /// Weight of performance [utility per standard deviation]. Source: sign from E11.
    pub by_performance: Weight,
    /// Weight of reputation [utility]. Source: sign from E66.
    pub by_reputation: Weight,
    /// Weight of advocacy [utility]. Source: sign and small size from E27.
    pub by_advocacy: Weight,
    /// Weight of members of the panel who hold a negative tie to the candidate [utility]. Source: sign from E72d.
    pub by_opposition: Weight,
    /// Trust below which a member of the panel is an opponent [strength]. Definition: as `sincerity.hostile`. Assumed; no source.
    pub opposes: Strength,
    /// Weight of being known to the panel [utility]. Source: sign from E34.
    pub by_acquaintance: Weight,
    /// Weight of luck [utility]. Assumed; no source.
    pub by_luck: Weight,
    /// Support from which a colleague speaks up [strength]. Assumed; no source.
    pub speaks_up: Strength,
    /// Strength of tie from which a panel member knows a candidate [strength]. Definition.
    pub knows: Strength,
    /// Candidates on the short list at most; the best rated come first [count]. Assumed; no source.
    pub short_list: Few,
    /// Whether panels have the figures of output and nothing else [switch]. Scenario's choice.
    pub output_only: bool,
    /// Whether the short list is made on output alone, without ratings [switch]. Scenario's choice.
    pub blind_stage: bool,
    /// Share of liking and noise that comparing ratings among managers removes [share]. Assumed; no source.
    pub calibration: Share,
    /// Members of a panel from other departments [count]. Scenario's choice.
    pub outside: Few,
    /// Places on the short list kept for candidates whom nobody on the panel knows [count]. Scenario's choice.
    pub reserved: Few,
    /// Weight of each lateral move of one's own choice, two at most [utility]. Source: sign from E23.
    pub by_breadth: Weight,
    /// Weight of skill at managing for a managing post [utility per standard deviation]. Source: small by E11.
    pub by_potential: Weight,
}

impl Default for Review {
    fn default() -> Self {
        Self {
            enabled: true,
            period: Weeks::new(26),
            by_liking: Weight::new(0.6),
            rating_noise: Factor::new(0.9),
            clarity: Share::new(0.5),
            panel: Few::new(4),
            panel_noise: Factor::new(0.8),
            by_performance: Weight::new(0.5),
            by_reputation: Weight::new(0.5),
            by_advocacy: Weight::new(0.6),
            by_opposition: Weight::new(0.6),
            opposes: Strength::new(0.2),
            by_acquaintance: Weight::new(0.4),
            by_luck: Weight::new(0.8),
            speaks_up: Strength::new(0.12),
            knows: Strength::new(0.1),
            short_list: Few::new(12),
            output_only: false,
            blind_stage: false,
            calibration: Share::new(0.0),
            outside: Few::new(0),
            reserved: Few::new(0),
            by_breadth: Weight::new(0.25),
            by_potential: Weight::new(0.1),
        }
    }
}

/// What a panel needs to know about the ties: strengths now.
pub type StrengthNow<'a> = &'a (dyn Fn(&Tie) -> [f32; 3] + Sync);

impl Review {
    /// Whether ratings are given this week.
    pub fn is_due(&self, week: i32) -> bool {
        self.enabled && week.rem_euclid(self.period.get().max(1) as i32) == 0
    }

    /// Rates everyone.
    pub fn rate(&self, world: &mut World, step: Step<'_>, now: StrengthNow<'_>) {
        let &Self {
            by_liking,
            rating_noise,
            clarity,
            calibration,
            ..
        } = self;
        let own = 1.0 - calibration.get();
        let employees = &mut world.employees;
        let profiles = &employees.profiles;
        // mean and standard deviation in fixed blocks, combined in order
        let sums: Vec<(f64, f64, f64)> = employees
            .standings
            .par_chunks(BLOCK)
            .zip(profiles.par_chunks(BLOCK))
            .map(|(standings, profiles)| {
                let mut sum = (0.0, 0.0, 0.0);
                for (s, p) in standings.iter().zip(profiles) {
                    if p.is_employed() && s.weeks > 0 {
                        let mean = f64::from(s.output / f32::from(s.weeks));
                        sum = (sum.0 + 1.0, sum.1 + mean, sum.2 + mean * mean);
                    }
                }
                sum
            })
            .collect();
        let (n, sum, square) = sums
            .iter()
            .fold((0.0, 0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2));
        if n < 2.0 {
            return;
        }
        let mean = sum / n;
        let sd = libm::sqrt((square / n - mean * mean).max(0.0)).max(1e-9);
        let key = step.randomness.week(Purpose::Rating, step.week);
        let organisation = &world.organisation;
        let all = &employees.profiles;
        let ties = &world.ties;
        let programmes = &world.programmes;
        employees
            .standings
            .par_chunks_mut(BLOCK)
            .zip(profiles.par_chunks(BLOCK))
            .enumerate()
            .for_each(|(block, (standings, profiles))| {
                for (i, (standing, profile)) in standings.iter_mut().zip(profiles).enumerate() {
                    if !profile.is_employed() || standing.weeks == 0 {
                        continue;
                    }
                    let ego = (block * BLOCK + i) as u32;
                    let performance = standing.output / f32::from(standing.weeks);
                    let z = (f64::from(performance) - mean) / sd;
                    let manager = organisation.manager_of(profile.post);
                    let regard = manager
                        .and_then(|manager| ties.find(manager, ego))
                        .filter(|tie| tie.formed >= profile.hired)
                        .map_or(0.0, |tie| {
                            let s = now(tie);
                            f64::from(tie.trust * s[0].max(s[1]).max(s[2]))
                        });
                    let word = manager.map_or(1.0, |manager| {
                        programmes.word(all[manager as usize].id, profile.id)
                    });
                    let liking = by_liking.get() * f64::from(word) * (regard - 0.25);
                    let mut draws = key.of(profile.id);
                    let noise = rating_noise.get()
                        * (1.0 - clarity.get() * regard)
                        * f64::from(step.shapes.normal(&mut draws));
                    let held = f64::from(standing.held_against);
                    standing.rating = Some((z - held + own * (liking + noise)) as f32);
                    standing.held_against = 0.0;
                    standing.performance = performance;
                    standing.performed = Some(z as f32);
                    standing.output = 0.0;
                    standing.weeks = 0;
                }
            });
        // only now: while others were rated, everyone was seen as before
        for (profile, standing) in employees.profiles.iter_mut().zip(&employees.standings) {
            if let Some(rating) = standing.rating {
                profile.esteem = Profile::esteem_of(rating);
            }
        }
    }

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
            by_liking: _,
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
        } = self;
        let key = step.randomness.week(Purpose::Panel, step.week);
        let place = world.organisation.posts[post as usize];
        let department = place.department;
        let manages = world.organisation.levels[place.level as usize].manages;
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
                if self.output_only {
                    let z = f64::from(standing.performed.unwrap_or(0.0));
                    candidate.performance = by_performance.get() * z;
                    candidate.score = candidate.performance + candidate.breadth + luck;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Randomness, Shapes};
    use crate::world::small_firm::{SmallFirm, put_tie};

    /// Department 0: lead 1 with 2 to 5, lead 6 with 7 to 10; department 1: lead 11 with 12 to 15, lead 16.
    const FIRM: SmallFirm = SmallFirm {
        departments: 2,
        leads: 2,
        staff: 4,
    };

    /// No noise and no luck.
    fn rule() -> Review {
        Review {
            enabled: true,
            period: Weeks::new(26),
            by_liking: Weight::new(0.6),
            rating_noise: Factor::new(0.0),
            clarity: Share::new(0.5),
            panel: Few::new(4),
            panel_noise: Factor::new(0.0),
            by_performance: Weight::new(0.5),
            by_reputation: Weight::new(0.5),
            by_advocacy: Weight::new(0.6),
            by_acquaintance: Weight::new(0.4),
            by_luck: Weight::new(0.0),
            speaks_up: Strength::new(0.2),
            by_opposition: Weight::new(0.8),
            opposes: Strength::new(0.05),
            knows: Strength::new(0.1),
            short_list: Few::new(3),
            by_potential: Weight::new(0.0),
            ..Review::default()
        }
    }

    fn with_step<R>(body: impl FnOnce(Step<'_>) -> R) -> R {
        let (randomness, shapes) = (Randomness::new(31), Shapes::default());
        body(Step {
            week: 100,
            randomness: &randomness,
            shapes: &shapes,
        })
    }

    fn score(rule: &Review, world: &World, panel: &[u32], slots: &[u32]) -> Vec<Candidate> {
        with_step(|step| rule.score(world, step, 1, panel, slots, &|tie| tie.strength))
    }

    fn tie(strength: f32, trust: f32) -> Tie {
        Tie {
            strength: [strength; 3],
            trust,
            formed: 50,
            ..Tie::default()
        }
    }

    fn sum(c: &Candidate) -> f64 {
        c.performance
            + c.reputation
            + c.advocacy
            + c.acquaintance
            + c.breadth
            + c.potential
            + c.luck
    }

    #[test]
    fn a_rating_is_the_standardised_output_and_the_managers_liking() {
        let mut world = FIRM.build();
        let n = world.employees.slots();
        for (slot, standing) in world.employees.standings.iter_mut().enumerate() {
            standing.weeks = 10;
            standing.output = if slot % 2 == 0 { 12.0 } else { 8.0 };
        }
        // 21 people: 11 at 1.2 and 10 at 0.8
        let (high, low) = (11.0 / 21.0, 10.0 / 21.0_f64);
        let mean = 1.2 * high + 0.8 * low;
        let sd = (1.44 * high + 0.64 * low - mean * mean).sqrt();
        assert_eq!(n, 21);
        put_tie(&mut world, 1, 2, tie(0.5, 0.8));
        with_step(|step| rule().rate(&mut world, step, &|tie| tie.strength));
        let rating = |slot: usize| f64::from(world.employees.standings[slot].rating.unwrap());
        // unknown to the manager: -0.6 / 4; liked: 0.6 * (0.8 * 0.5 - 0.25)
        assert!(
            (rating(3) - ((0.8 - mean) / sd - 0.15)).abs() < 1e-5,
            "{}",
            rating(3)
        );
        assert!(
            (rating(2) - ((1.2 - mean) / sd + 0.09)).abs() < 1e-5,
            "{}",
            rating(2)
        );
        let standing = &world.employees.standings[2];
        assert_eq!(
            (standing.output, standing.weeks),
            (0.0, 0),
            "a new period begins"
        );
        assert!((standing.performance - 1.2).abs() < 1e-6);
    }

    #[test]
    fn ratings_are_noisier_about_the_unknown_as_the_equation_says() {
        // equal outputs: the rating is the noise; sd 0.8 unknown, 0.8 * (1 - 0.5 * 0.6) = 0.56 known
        // n = 30 * 60 = 1800 a group; the table's variance is 0.9987; four standard errors sqrt(2 / n)
        let rule = Review {
            rating_noise: Factor::new(0.8),
            by_liking: Weight::new(0.0),
            ..rule()
        };
        let mut world = SmallFirm {
            departments: 1,
            leads: 30,
            staff: 120,
        }
        .build();
        for standing in &mut world.employees.standings {
            standing.weeks = 10;
            standing.output = 10.0;
        }
        let led = |lead: u32| (lead + 1..=lead + 120).filter(|s| s % 2 == 0);
        let leads: Vec<u32> = (0..30).map(|i| 1 + 121 * i).collect();
        world.ties = crate::world::Ties::new(world.employees.slots(), 64);
        for &lead in &leads {
            for slot in led(lead) {
                put_tie(&mut world, lead, slot, tie(0.75, 0.8));
            }
        }
        with_step(|step| rule.rate(&mut world, step, &|tie| tie.strength));
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for slot in world
            .employees
            .present()
            .filter(|s| *s > 0 && !leads.contains(s))
        {
            let rating = f64::from(world.employees.standings[slot as usize].rating.unwrap());
            let manager = world.organisation.manager_of(slot).unwrap();
            if world.tie(manager, slot).is_some() {
                &mut known
            } else {
                &mut unknown
            }
            .push(rating);
        }
        for (ratings, sd) in [(known, 0.56), (unknown, 0.8)] {
            let n = ratings.len() as f64;
            assert_eq!(n, 1800.0);
            let variance = ratings.iter().map(|r| r * r).sum::<f64>() / n;
            let relative = variance / (sd * sd * 0.9987);
            assert!(
                (relative - 1.0).abs() < 4.0 * (2.0 / n).sqrt(),
                "{sd}: {relative}"
            );
        }
    }

    #[test]
    fn the_parts_of_a_score_are_what_the_equations_say() {
        let mut world = FIRM.build();
        world.employees.standings[2].rating = Some(1.0);
        world.employees.profiles[2].reputation = 0.7;
        world.employees.profiles[2].known = 0.5;
        world.employees.profiles[6].influence = 0.3;
        // on the panel: 0, who knows candidate 2 well, and 6, who is also an advocate
        put_tie(&mut world, 0, 2, tie(0.15, 0.1));
        put_tie(&mut world, 2, 6, tie(0.0, 0.5));
        put_tie(&mut world, 6, 2, tie(0.5, 0.8));
        let c = &score(&rule(), &world, &[0, 6], &[2])[0];
        assert!((c.performance - 0.5).abs() < 1e-6, "{}", c.performance);
        // 0.5 * 2 * 0.2 * (0.5 + 0.25)
        assert!((c.reputation - 0.15).abs() < 1e-6, "{}", c.reputation);
        // readiness 0.5 * support 0.4 * (0.2 + 0.3) = 0.1; 0.6 * 0.1 / 1.1
        assert!((c.advocacy - 0.06 / 1.1).abs() < 1e-6, "{}", c.advocacy);
        assert!(
            (c.acquaintance - 0.4).abs() < 1e-6,
            "both know the candidate"
        );
        assert_eq!((c.advocates, c.known_to, c.luck), (1, 2, 0.0));
    }

    #[test]
    fn a_member_who_holds_a_negative_tie_speaks_against_the_candidate() {
        let mut world = FIRM.build();
        world.employees.profiles[6].influence = 0.3;
        put_tie(&mut world, 6, 2, tie(0.5, 0.04));
        let c = &score(&rule(), &world, &[0, 6], &[2])[0];
        // 0.8 * 0.5 / 1.5
        assert!((c.advocacy + 0.4 / 1.5).abs() < 1e-6, "{}", c.advocacy);
        assert_eq!((c.opponents, c.advocates), (1, 0));
        // an advocate as strong as can be weighs less than one opponent
        world.ties.row_mut(6).records[0] = tie(1.0, 1.0);
        put_tie(&mut world, 2, 6, tie(0.0, 0.5));
        let for_it = score(&rule(), &world, &[0, 6], &[2])[0].advocacy;
        assert!(for_it > 0.0 && for_it < -c.advocacy);
        let absent = &score(&rule(), &world, &[0], &[2])[0];
        assert_eq!(absent.opponents, 0, "only members speak against");
    }

    #[test]
    fn the_parts_of_every_score_sum_to_it_and_the_best_comes_first() {
        let mut world = FIRM.build();
        for (slot, standing) in world.employees.standings.iter_mut().enumerate() {
            standing.rating = Some(slot as f32 * 0.1 - 1.0);
        }
        put_tie(&mut world, 3, 7, tie(0.0, 0.5));
        put_tie(&mut world, 7, 3, tie(0.9, 0.9));
        let noisy = Review {
            panel_noise: Factor::new(0.8),
            by_luck: Weight::new(0.8),
            ..rule()
        };
        let candidates = score(&noisy, &world, &[0, 6], &[2, 3, 4, 5, 7, 8]);
        assert!(candidates.iter().all(|c| (sum(c) - c.score).abs() < 1e-12));
        assert!(
            candidates
                .windows(2)
                .all(|pair| pair[0].score >= pair[1].score)
        );
        assert!(candidates.iter().all(|c| c.luck != 0.0));
    }

    #[test]
    fn an_advocate_is_heard_when_near_the_post_trusting_and_close() {
        let with = |advocate: u32, strength: f32, trust: f32| {
            let mut world = FIRM.build();
            put_tie(&mut world, 2, advocate, tie(0.0, 0.5));
            put_tie(&mut world, advocate, 2, tie(strength, trust));
            let c = score(&rule(), &world, &[0], &[2]).remove(0);
            (c.advocates, c.advocacy)
        };
        let (heard, voice) = with(7, 0.8, 0.5);
        assert_eq!(heard, 1, "a colleague in the department of the post");
        assert!(voice > 0.0);
        assert_eq!(
            with(12, 0.8, 0.5),
            (0, 0.0),
            "of another department, and not on the panel"
        );
        assert_eq!(
            with(7, 0.8, 0.2),
            (0, 0.0),
            "a hollow tie: strong, but without trust"
        );
        assert_eq!(with(7, 0.2, 0.8), (0, 0.0), "trust in someone hardly known");
        assert!(with(7, 0.8, 0.9).1 > voice, "more trust, more support");
        assert!(with(7, 0.9, 0.5).1 > voice, "closer, more support");
    }

    #[test]
    fn an_influential_advocate_counts_more() {
        let with = |influence: f32| {
            let mut world = FIRM.build();
            world.employees.profiles[7].influence = influence;
            put_tie(&mut world, 2, 7, tie(0.0, 0.5));
            put_tie(&mut world, 7, 2, tie(0.8, 0.8));
            score(&rule(), &world, &[0], &[2])[0].score
        };
        assert!(with(0.1) < with(0.9));
    }

    #[test]
    fn what_counts_for_a_candidate_decides() {
        let winner = |prepare: &dyn Fn(&mut World)| {
            let mut world = FIRM.build();
            prepare(&mut world);
            score(&rule(), &world, &[0, 6], &[2, 3])[0].slot
        };
        assert_eq!(winner(&|w| w.employees.standings[2].rating = Some(0.1)), 2);
        assert_eq!(winner(&|w| w.employees.standings[3].rating = Some(0.1)), 3);
        assert_eq!(winner(&|w| w.employees.profiles[3].reputation = 0.6), 3);
        assert_eq!(winner(&|w| put_tie(w, 0, 3, tie(0.2, 0.5))), 3);
    }

    #[test]
    fn a_panel_sees_the_unknown_less_clearly_as_the_equation_says() {
        // performance is by_performance * noise: sd 0.5 * 0.8 unknown, times 1 - 0.5 * 0.8 * 0.75 = 0.7 known
        // by a panel of one; n = 5000 posts (draws belong to the pair of candidate and post)
        let noisy = Review {
            panel_noise: Factor::new(0.8),
            ..rule()
        };
        let spread = |known: bool| {
            let mut world = FIRM.build();
            if known {
                put_tie(&mut world, 0, 2, tie(0.75, 0.8));
            }
            let (mut square, n) = (0.0, 5000);
            let shapes = Shapes::default();
            for week in 0..n {
                let randomness = Randomness::new(31);
                let step = Step {
                    week,
                    randomness: &randomness,
                    shapes: &shapes,
                };
                let c = noisy
                    .score(&world, step, 1, &[0], &[2], &|tie| tie.strength)
                    .remove(0);
                square += c.performance * c.performance;
            }
            square / f64::from(n)
        };
        for (known, sd) in [(false, 0.4), (true, 0.28)] {
            let relative = spread(known) / (sd * sd * 0.9987);
            assert!(
                (relative - 1.0).abs() < 4.0 * (2.0_f64 / 5000.0).sqrt(),
                "{known}: {relative}"
            );
        }
    }

    #[test]
    fn a_panel_is_the_line_above_and_managers_of_the_department() {
        let world = FIRM.build();
        let panel = |post, most| {
            let rule = Review {
                panel: Few::new(most),
                ..rule()
            };
            with_step(|step| rule.panel(&world, step, post))
        };
        let mut members = panel(2, 4);
        assert_eq!(
            &members[..2],
            &[1, 0],
            "the manager and the manager's manager"
        );
        members.sort_unstable();
        assert_eq!(members, [0, 1, 6], "and another manager of the department");
        assert_eq!(panel(2, 1), [1]);
        assert_eq!(panel(12, 2), [11, 0]);
        assert_eq!(panel(0, 4), [0_u32; 0], "nobody is above the head");
    }

    #[test]
    fn the_short_list_is_the_best_rated() {
        let mut world = FIRM.build();
        for (slot, rating) in [(2, 0.1), (3, -0.5), (4, 0.9), (5, 0.4), (7, 0.3)] {
            world.employees.standings[slot].rating = Some(rating);
        }
        let mut slots = vec![2, 3, 4, 5, 7];
        with_step(|step| rule().shorten(&world, step, 1, &[], &mut slots, &|tie| tie.strength));
        assert_eq!(slots, [4, 5, 7]);
        let mut few = vec![3, 2];
        with_step(|step| rule().shorten(&world, step, 1, &[], &mut few, &|tie| tie.strength));
        assert_eq!(few, [3, 2], "a short list is left alone");
    }

    #[test]
    fn reviews_come_on_their_own_calendar() {
        assert!(rule().is_due(0) && rule().is_due(52) && rule().is_due(-26));
        assert!(!rule().is_due(1) && !rule().is_due(-1));
    }

    #[test]
    fn a_calibration_round_removes_its_share_of_the_liking() {
        // 2's manager likes it: regard 1 gives 0.6 * 0.75 = 0.45; a third of it is removed
        let rating = |calibration: f64| {
            let mut world = FIRM.build();
            for (i, standing) in world.employees.standings.iter_mut().enumerate() {
                standing.output = (i % 3) as f32;
                standing.weeks = 1;
            }
            put_tie(&mut world, 1, 2, tie(1.0, 1.0));
            let rule = Review {
                calibration: Share::new(calibration),
                ..rule()
            };
            with_step(|step| rule.rate(&mut world, step, &|tie| tie.strength));
            let standing = &world.employees.standings[2];
            f64::from(standing.rating.unwrap() - standing.performed.unwrap())
        };
        assert!((rating(0.0) - 0.45).abs() < 1e-5);
        assert!((rating(1.0 / 3.0) - 0.3).abs() < 1e-5);
        assert!(rating(1.0).abs() < 1e-5);
    }

    #[test]
    fn members_from_outside_take_seats_of_the_departments_managers() {
        // a panel of 4 for the staff post 2: lead 1, head 0, then lead 6 of the department and one of 11, 16
        let members = |outside| {
            let rule = Review {
                outside: Few::new(outside),
                ..rule()
            };
            let world = FIRM.build();
            with_step(|step| rule.panel(&world, step, 2))
        };
        assert_eq!(members(0), [1, 0, 6]);
        let two = members(2);
        assert_eq!(two[..2], [1, 0], "those above the post stay");
        let mut others = two[2..].to_vec();
        others.sort_unstable();
        assert_eq!(others, [11, 16]);
        let one = members(1);
        assert_eq!(one.len(), 4);
        assert!(one[2] == 6 && [11, 16].contains(&one[3]), "{one:?}");
    }

    #[test]
    fn an_output_only_panel_sees_the_figures_and_nothing_else() {
        let mut world = FIRM.build();
        world.employees.standings[2].rating = Some(3.0);
        world.employees.standings[2].performed = Some(-0.5);
        world.employees.standings[3].performed = Some(1.0);
        world.employees.profiles[2].reputation = 1.0;
        put_tie(&mut world, 0, 2, tie(1.0, 1.0));
        put_tie(&mut world, 2, 0, tie(1.0, 1.0));
        let only = Review {
            output_only: true,
            ..rule()
        };
        let list = score(&only, &world, &[0], &[2, 3]);
        assert_eq!(list[0].slot, 3, "the better output wins");
        assert!((list[1].score + 0.25).abs() < 1e-6, "0.5 * -0.5");
        assert!(
            list.iter()
                .all(|c| c.advocates == 0 && c.known_to == 0 && c.reputation == 0.0)
        );
        assert_eq!(
            score(&rule(), &world, &[0], &[2, 3])[0].slot,
            2,
            "the liked one else"
        );
    }

    #[test]
    fn a_blind_stage_makes_the_short_list_on_output_and_reserved_places_go_to_the_unknown() {
        let mut world = FIRM.build();
        for (slot, rating, performed) in
            [(2, 2.0, -1.0), (3, 1.0, 0.0), (4, 0.0, 1.0), (5, -1.0, 2.0)]
        {
            world.employees.standings[slot].rating = Some(rating);
            world.employees.standings[slot].performed = Some(performed);
        }
        for slot in [2, 3, 4] {
            put_tie(&mut world, 0, slot, tie(1.0, 1.0));
        }
        let list = |blind_stage, reserved| {
            let rule = Review {
                blind_stage,
                reserved: Few::new(reserved),
                short_list: Few::new(2),
                ..rule()
            };
            let mut slots = vec![2, 3, 4, 5];
            with_step(|step| rule.shorten(&world, step, 1, &[0], &mut slots, &|tie| tie.strength));
            slots
        };
        assert_eq!(list(false, 0), [2, 3]);
        assert_eq!(list(true, 0), [5, 4]);
        assert_eq!(list(false, 1), [2, 5], "nobody on the panel knows 5");
        assert_eq!(list(false, 2), [5, 2], "the unknown are too few");
    }

    #[test]
    fn breadth_and_potential_count_as_the_equation_says() {
        let mut world = FIRM.build();
        world.employees.standings[2].laterals = 1;
        world.employees.standings[3].laterals = 5;
        world.employees.characters[2].managing = 2.0;
        let rule = Review {
            by_breadth: Weight::new(0.2),
            by_potential: Weight::new(0.3),
            ..rule()
        };
        let list = score(&rule, &world, &[0], &[2, 3]);
        let part = |slot| {
            list.iter()
                .find(|c| c.slot == slot)
                .map(|c| (c.breadth, c.potential))
                .unwrap()
        };
        assert!((part(2).0 - 0.2).abs() < 1e-6 && (part(2).1 - 0.6).abs() < 1e-6);
        assert!(
            (part(3).0 - 0.4).abs() < 1e-6 && part(3).1 == 0.0,
            "two moves at most"
        );
        // a post that manages nobody asks for no skill at managing
        let staff =
            with_step(|step| rule.score(&world, step, 4, &[0], &[2, 3], &|tie| tie.strength));
        assert!(staff.iter().all(|c| c.potential == 0.0));
    }

    #[test]
    fn switched_off_panels_decide_by_lot() {
        let off = Review {
            enabled: false,
            by_luck: Weight::new(0.8),
            ..rule()
        };
        assert!(!off.is_due(0));
        let mut world = FIRM.build();
        world.employees.standings[2].rating = Some(9.0);
        put_tie(&mut world, 0, 2, tie(1.0, 1.0));
        let shapes = Shapes::default();
        let wins = (0..2000)
            .filter(|&week| {
                let randomness = Randomness::new(31);
                let step = Step {
                    week,
                    randomness: &randomness,
                    shapes: &shapes,
                };
                let list = off.score(&world, step, 1, &[0], &[2, 3, 4, 5], &|tie| tie.strength);
                assert!(list.iter().all(|c| c.score == c.luck));
                list[0].slot == 2
            })
            .count() as f64;
        // one in four, n = 2000
        assert!(
            (wins / 2000.0 - 0.25).abs() < 4.0 * (0.1875_f64 / 2000.0).sqrt(),
            "{wins}"
        );
    }

    #[test]
    fn what_is_held_against_someone_lowers_the_next_rating_once() {
        let mut world = FIRM.build();
        let rate = |world: &mut World| {
            for (slot, standing) in world.employees.standings.iter_mut().enumerate() {
                standing.weeks = 10;
                standing.output = if slot % 2 == 0 { 12.0 } else { 8.0 };
            }
            with_step(|step| rule().rate(world, step, &|tie| tie.strength));
            [2, 4].map(|slot: usize| world.employees.standings[slot].rating.unwrap())
        };
        world.employees.standings[2].held_against = 0.3;
        let [hit, spared] = rate(&mut world);
        assert!((spared - hit - 0.3).abs() < 1e-5, "{spared} - {hit}");
        let [hit, spared] = rate(&mut world);
        assert!((spared - hit).abs() < 1e-6, "it is settled");
    }

    #[test]
    fn a_word_that_is_looked_at_counts_less_and_a_sponsors_promise_counts_anywhere() {
        let mut world = FIRM.build();
        put_tie(&mut world, 3, 2, tie(0.8, 0.9));
        put_tie(&mut world, 2, 3, tie(0.8, 0.9));
        let free = score(&rule(), &world, &[1], &[2])[0].clone();
        let discount = |share| crate::world::Discount {
            speaker: 3,
            about: 2,
            share,
        };
        world.programmes.discounts = vec![discount(0.5)];
        let half = score(&rule(), &world, &[1], &[2])[0].clone();
        world.programmes.discounts = vec![discount(1.0)];
        let none = score(&rule(), &world, &[1], &[2])[0].clone();
        assert!(free.advocacy > half.advocacy && half.advocacy > none.advocacy);
        assert_eq!(none.advocacy, 0.0);
        assert_eq!((free.dampened, half.dampened, none.dampened), (0, 1, 1));
        assert_eq!(free.advocates, half.advocates, "they still speak");
        // slot 16 leads a team of the other department, without a tie to 2
        let mut backing = crate::world::Backing {
            employee: 2,
            sponsor: 16,
            sponsor_id: 16,
            strength: 0.5,
        };
        world.employees.profiles[16].influence = 0.3;
        world.programmes.backings = vec![backing];
        let backed = score(&rule(), &world, &[1], &[2])[0].clone();
        // support 0.5 * (0.2 + 0.3) = 0.25; 0.6 * 0.25 / 1.25 = 0.12
        assert!((backed.advocacy - 0.12).abs() < 1e-6, "{}", backed.advocacy);
        backing.sponsor_id = 99;
        world.programmes.backings = vec![backing];
        assert_eq!(
            score(&rule(), &world, &[1], &[2])[0].advocacy,
            0.0,
            "a sponsor who is gone speaks for nobody"
        );
    }
}
