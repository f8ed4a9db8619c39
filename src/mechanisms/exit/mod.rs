//! M16 Exit: leaving, dismissal for cause, retirement.
//!
//! # What happens
//! Each week a person leaves with probability
//!
//! ```text
//! p_quit = e_level / 52 * exp( - by_friends * (F - typical_friends) / (1 + typical_friends)
//!                              - by_recognition * rating
//!                              + by_passed_over * [passed over in the last year] + by_threat * t
//!                              - by_home * [works from home on a day or more]
//!                              + by_friend_leaving * f + by_newness * [hired less than new_for weeks ago] + by_upheaval * u )
//! f = f * 2^(-weeks/mourns) + 1 for each friend who leaves      u = upheaval of the last restructuring * 2^(-weeks/upheaval_half_life)
//! ```
//!
//! with e_level the yearly rate of the level, F the summed strength of active friendships, t the threat felt. A person is
//! dismissed with yearly rate `dismissal`, times e^(-by_rating * rating); and retires at `retirement_age` at the latest, with a yearly
//! chance `early` in the five years before. Whoever's competence is below `least_competence` has to go. A friend is someone to whom
//! one's tie of friendship is at least `friend` strong now. With `every` > 1 people leave on one day in so many weeks only, with
//! the chances of all of them.
//!
//! # Source
//! Levels of quits by rank: E18 (Mercer). Friends keep people: E72g (hazard ratio .75 to .95 per sd). Passed
//! over: E25 (hazard ratio about 1.08 for the team). Quits after a layoff: E75c (Trevor and
//! Nyberg 2008). Friends' exits pull others along: E72g (hazard ratio 1.05 to 1.3 per friend lost in a quarter). Days at home keep people: E77 (Bloom, Han and
//! Liang 2024: a third fewer quits), E76b (Bloom et al. 2015: half). Newcomers leave more: E22
//! (outside hires). Leaving below a competence, on one day a year: E110. Sizes within these ranges.
//!
//! # Assumptions and limits
//! The outside world is constant. Friends lost in a restructuring count like those who left of their own accord.
//!
//! # Order and randomness
//! First in the week; reads the state as the week before left it; draws belong to the person.
//!
//! # Switched off
//! Nobody leaves of their own accord, is dismissed or retires: the firm changes only by restructuring.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::random::Draws;
use crate::units::{Age, Factor, HalfLife, Probability, Rate, Score, Strength, Weeks, Weight};
use crate::world::{Character, EventKind, FRIENDSHIP, Profile, Standing, Tie, World};

/// Leaving the firm.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Exit {
    /// Whether the rule is on; off, nobody leaves except through a restructuring [switch].
    pub enabled: bool,
    /// How much friendships keep a person [log hazard]. Source: sign from E72g.
    pub by_friends: Weight,
    /// Summed strength of friendships of a typical colleague [strength]. Assumed; the firm's mean.
    pub typical_friends: Factor,
    /// How much a good rating keeps a person [log hazard per standard deviation]. Assumed; no source.
    pub by_recognition: Weight,
    /// How much being passed over drives a person away for a year [log hazard]. Source: E25.
    pub by_passed_over: Weight,
    /// How long being passed over hurts [weeks]. Assumed; no source.
    pub hurts: Weeks,
    /// How much threat drives a person away [log hazard]. Source: E75c.
    pub by_threat: Weight,
    /// Yearly rate of dismissal for cause [1/year]. Source: E18 (involuntary 2 to 6 % a year).
    pub dismissal: Rate,
    /// How much a good rating protects from dismissal [log hazard per standard deviation]. Assumed; weak, as E75e finds for layoffs.
    pub by_rating: Weight,
    /// Age at which everyone retires [years]. Assumed; no source.
    pub retirement_age: Age,
    /// Yearly chance of retiring in the five years before [probability]. Assumed; no source.
    pub early: Probability,
    /// How much each friend who left drives a person away, at first [log hazard]. Source: E72g (on average over a quarter 0.63 of it, the middle of 1.05 to 1.3).
    pub by_friend_leaving: Weight,
    /// Time after which half of that is gone [weeks]. Source: order of E72g (a quarter).
    pub mourns: HalfLife,
    /// Friendship from which someone who leaves counts as a friend [strength]. Definition.
    pub friend: Strength,
    /// How much a day or more at home keeps a person [log hazard]. Source: E77 (a third fewer quits).
    pub by_home: Weight,
    /// How much being new drives a person away [log hazard]. Source: sign from E22.
    pub by_newness: Weight,
    /// How long one is new [weeks]. Source: order of E22 (two years).
    pub new_for: Weeks,
    /// How much the upheaval of a restructuring drives those away who stayed [log hazard]. Source: set with `by_threat` to E75c (quits up 15 to 45 % in the year after).
    pub by_upheaval: Weight,
    /// Time after which half of the upheaval is gone [weeks]. Assumed; no source.
    pub upheaval_half_life: HalfLife,
    /// Competence below which one has to go; -4 lets everyone stay [standard deviations]. Source: E110; nobody by default.
    pub least_competence: Score,
    /// Weeks between the days on which people leave; 1 is every week [weeks]. Source: 52 in E110; the default is assumed.
    pub every: Weeks,
}

impl Default for Exit {
    fn default() -> Self {
        Self {
            enabled: true,
            by_friends: Weight::new(0.25),
            typical_friends: Factor::new(2.5),
            by_recognition: Weight::new(0.1),
            by_passed_over: Weight::new(0.1),
            hurts: Weeks::new(52),
            by_threat: Weight::new(0.3),
            dismissal: Rate::new(0.03),
            by_rating: Weight::new(0.25),
            retirement_age: Age::new(65.0),
            early: Probability::new(0.1),
            by_friend_leaving: Weight::new(0.25),
            mourns: HalfLife::new(9.0),
            friend: Strength::new(0.2),
            by_home: Weight::new(0.4),
            by_newness: Weight::new(0.2),
            new_for: Weeks::new(104),
            by_upheaval: Weight::new(0.4),
            upheaval_half_life: HalfLife::new(26.0),
            least_competence: Score::new(-4.0),
            every: Weeks::new(1),
        }
    }
}

impl Exit {
    /// Whether people leave this week at all.
    pub fn is_due(&self, week: i32) -> bool {
        self.enabled && week.rem_euclid(self.every.get().max(1) as i32) == 0
    }

    /// Those who lost a friend this week take it to heart. `now` tells the strengths of a tie now.
    pub fn mourn(&self, world: &mut World, now: &dyn Fn(&Tie) -> [f32; 3]) {
        let partings = std::mem::take(&mut world.happenings.partings);
        let week = world.week;
        for parting in partings {
            // two friends who leave together mourn nobody
            if !self.enabled || !world.employees.profiles[parting.stays as usize].is_employed() {
                continue;
            }
            if now(&parting.tie)[FRIENDSHIP] >= self.friend.single() {
                let standing = &mut world.employees.standings[parting.stays as usize];
                let left = self.friends_left(standing, week);
                standing.friends_left = left + 1.0;
                standing.friends_left_week = week as i16;
            }
        }
    }

    /// Friends lost, faded to now.
    fn friends_left(&self, standing: &Standing, week: i32) -> f32 {
        faded(
            standing.friends_left,
            week - i32::from(standing.friends_left_week),
            self.mourns,
        )
    }

    /// Whether a person leaves this week, and how.
    #[inline]
    pub fn leaves(
        &self,
        yearly: f64,
        character: &Character,
        standing: &Standing,
        profile: &Profile,
        week: i32,
        draws: &mut Draws,
    ) -> Option<(EventKind, &'static str)> {
        let &Self {
            enabled,
            by_friends,
            typical_friends,
            by_recognition,
            by_passed_over,
            hurts,
            by_threat,
            dismissal,
            by_rating,
            retirement_age,
            early,
            by_friend_leaving,
            mourns: _,
            friend: _,
            by_home,
            by_newness,
            new_for,
            by_upheaval,
            upheaval_half_life: _,
            least_competence,
            every,
        } = self;
        if !enabled {
            return None;
        }
        let weeks = every.get().max(1) as f32;
        let age = (week - character.born) as f32 / 52.0;
        let point = draws.uniform();
        let other = draws.uniform();
        if age >= retirement_age.single() {
            return Some((EventKind::Retired, "age"));
        }
        if age >= retirement_age.single() - 5.0 && other < early.single() * weeks / 52.0 {
            return Some((EventKind::Retired, "early"));
        }
        let least = least_competence.single();
        if least > Score::MINIMUM as f32 && character.competence < least {
            return Some((EventKind::LaidOff, "unfit"));
        }
        // most weeks nothing comes near: the exponential is taken only when the draw is small
        let base = yearly as f32 * weeks / 52.0;
        let involuntary = dismissal.single() * weeks / 52.0;
        if point > 30.0 * (base + involuntary) {
            return None;
        }
        let typical = typical_friends.single();
        let rating = standing.rating.unwrap_or(0.0);
        let passed = standing.passed_over != i16::MIN
            && week - i32::from(standing.passed_over) < hurts.get() as i32;
        let log = -by_friends.single() * (standing.friendship - typical) / (1.0 + typical)
            - by_recognition.single() * rating
            + by_passed_over.single() * f32::from(u8::from(passed))
            + by_threat.single() * standing.threat
            + by_friend_leaving.single() * self.friends_left(standing, week)
            - by_home.single() * f32::from(u8::from(profile.has_home_days()))
            + by_newness.single()
                * f32::from(u8::from(
                    week - i32::from(profile.hired) < new_for.get() as i32,
                ))
            + by_upheaval.single()
                * faded(
                    standing.upheaval,
                    week - i32::from(standing.upheaval_week),
                    self.upheaval_half_life,
                );
        let quit = base * libm::expf(log.clamp(-3.0, 3.0));
        if point < quit {
            return Some((
                EventKind::Left,
                if passed { "passed over" } else { "own choice" },
            ));
        }
        let fired = involuntary * libm::expf((-by_rating.single() * rating).clamp(-3.0, 3.0));
        (point < quit + fired).then_some((EventKind::LaidOff, "dismissal"))
    }
}

/// What is left of something after weeks.
fn faded(amount: f32, weeks: i32, half_life: HalfLife) -> f32 {
    if amount <= 0.0 {
        return 0.0;
    }
    amount * libm::exp2f(-(weeks.max(0) as f32) / half_life.single())
}

#[cfg(test)]
mod tests;
