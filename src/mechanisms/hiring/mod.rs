//! M16 Entry: who comes in, and with which traits.
//!
//! # What happens
//! A new colleague's traits are drawn independently: competence and skills standard normal, competence raised by `by_level`
//! a level and, before that, drawn again until it lies between its bounds; skill at managing, which goes with competence
//! at the work as far as `managing_like_doing` says; interests a random set of `interests` topics of `topics`; two different needs; a habit of giving;
//! an aspiration; an age of `youngest` plus the years that the level takes, plus an exponential spread; days in the office by the
//! scenario's presence patterns. With `ages` = normal the age has mean `age_mean`, plus what the level takes, and standard
//! deviation `spread`, drawn again until it lies between `youngest` and `oldest`.
//!
//! ```text
//! managing    = rho * N + sqrt(1 - rho^2) * N'            rho = managing_like_doing, N as in competence
//! competence  = N + by_level * (level - mean level)       age = youngest + per_level * level + spread * E,  E ~ Exp(1)
//! sociability = exp(s * N - s^2 / 2)                      mean 1, whatever the spread s
//! warmth      = 1/2 + skill / 5, within 0 to 1            what others see of the interpersonal skill
//! ```
//!
//! # Source
//! Outside hires enter at every level: E6 (Baker, Gibbs and Holmstrom 1994). That the best at the work are not the
//! best managers: E11 (Benson, Li and Shue 2019). Outside hires bring more than those promoted into the same job: E22 (Bidwell
//! 2011), the sign of `by_level`. Trait distributions are assumed; no source.
//!
//! # Assumptions and limits
//! Traits are independent of each other and of the strategy: nobody relates in some way because of ability.
//!
//! # Order and randomness
//! When a vacancy goes to the market; draws belong to the new person's identity.
//!
//! # Switched off
//! Vacancies that nobody inside can fill stay vacant.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::random::Draws;
use crate::units::{Age, Correlation, Days, Factor, Few, Score, Share, Weight};
use crate::world::{Aspiration, Character, Habits, NOBODY, Profile, Standing, StrategyKey, VALUES};

/// How the age of a new colleague is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ages {
    /// The youngest of the level, and an exponential number of years more.
    #[default]
    Exponential,
    /// Normal about a mean.
    Normal,
}

/// Entry into the firm.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Hiring {
    /// Whether the rule is on; off, nobody is hired [switch].
    pub enabled: bool,
    /// Topics that anyone may be interested in [count, at most 32 are used]. Assumed; no source.
    pub topics: Few,
    /// Topics that a person is interested in [count]. Assumed; no source.
    pub interests: Few,
    /// Rise of mean competence with each level [standard deviations]. Source: sign from Bidwell 2011 (outside hires bring more than those promoted); the size is assumed.
    pub by_level: Weight,
    /// Age of the youngest at the bottom [years]. Assumed; no source.
    pub youngest: Age,
    /// Years of age that a level adds [years]. Assumed; no source.
    pub per_level: Factor,
    /// Mean of the exponential spread of ages [years]. Assumed; no source.
    pub spread: Factor,
    /// Spread of sociability among people who relate in the same way [standard deviation of its logarithm]. Source: calibrated to E46 (concentration of contact).
    pub sociability: Factor,
    /// Share of people who come to the office every day [share]. Scenario's choice.
    pub office: Share,
    /// Share of people who come on some days; the rest work remotely [share]. Scenario's choice.
    pub hybrid: Share,
    /// Days in the office of hybrid people [days a week]. Scenario's choice.
    pub hybrid_days: Days,
    /// How far skill at managing goes with competence at the work [correlation]. Source: at most small in E11; the size is assumed.
    pub managing_like_doing: Correlation,
    /// Least competence of a new colleague, before the level counts [standard deviations]. Assumed; no source.
    pub least_competence: Score,
    /// Greatest competence of a new colleague, before the level counts [standard deviations]. Assumed; no source.
    pub most_competence: Score,
    /// How ages are drawn: exponential or normal [kind].
    pub ages: Ages,
    /// Mean age at the bottom when ages are drawn as normal [years]. Assumed; no source.
    pub age_mean: Age,
    /// Age of the oldest who come in [years]. Assumed; no source.
    pub oldest: Age,
}

impl Default for Hiring {
    fn default() -> Self {
        Self {
            enabled: true,
            topics: Few::new(24),
            interests: Few::new(4),
            by_level: Weight::new(0.25),
            youngest: Age::new(22.0),
            per_level: Factor::new(4.0),
            spread: Factor::new(8.0),
            sociability: Factor::new(0.8),
            office: Share::new(0.7),
            hybrid: Share::new(0.25),
            hybrid_days: Days::new(3.0),
            managing_like_doing: Correlation::new(0.0),
            least_competence: Score::new(-4.0),
            most_competence: Score::new(4.0),
            ages: Ages::Exponential,
            age_mean: Age::new(35.0),
            oldest: Age::new(64.0),
        }
    }
}

/// Draws again until the number lies within bounds; after many attempts the nearer bound will do.
fn within(least: f64, most: f64, mut draw: impl FnMut() -> f64) -> f64 {
    for _ in 0..100 {
        let found = draw();
        if (least..=most).contains(&found) {
            return found;
        }
    }
    draw().min(most).max(least)
}

impl Hiring {
    /// Least and greatest competence of a new colleague, before the level counts.
    pub fn bounds(&self) -> (f64, f64) {
        (self.least_competence.get(), self.most_competence.get())
    }

    /// A competence as of a new colleague, before the level counts.
    pub fn competence(&self, draws: &mut Draws) -> f64 {
        let (least, most) = self.bounds();
        within(least, most, || draws.normal_double())
    }

    /// Traits of a new person at a level; `middle` is the mean level of the firm.
    pub fn person(
        &self,
        level: u8,
        middle: f64,
        week: i32,
        strategy: StrategyKey,
        draws: &mut Draws,
    ) -> (Profile, Character, Standing) {
        let &Self {
            enabled: _,
            topics,
            interests,
            by_level,
            youngest,
            per_level,
            spread,
            sociability,
            office,
            hybrid,
            hybrid_days,
            managing_like_doing,
            least_competence: _,
            most_competence: _,
            ages: _,
            age_mean,
            oldest,
        } = self;
        let doing = self.competence(draws);
        let competence = doing + by_level.get() * (f64::from(level) - middle);
        let skill = draws.normal_double();
        let adaptability = draws.normal_double();
        let s = sociability.get();
        let sociability = libm::exp(s * draws.normal_double() - s * s / 2.0);
        let topics = topics.get().clamp(1, 32);
        let mut set = 0_u32;
        for _ in 0..interests.get().min(topics) {
            // a free topic: step on from a random one, so that the number of draws is fixed
            let mut topic = draws.below(topics);
            while set & (1 << topic) != 0 {
                topic = (topic + 1) % topics;
            }
            set |= 1 << topic;
        }
        let first = draws.below(VALUES as u32) as u8;
        let second = (first + 1 + draws.below(VALUES as u32 - 1) as u8) % VALUES as u8;
        let habit = draws.below(VALUES as u32) as u8;
        let aspiration = match draws.below(3) {
            0 => Aspiration::Leadership,
            1 => Aspiration::Excellence,
            _ => Aspiration::Building,
        };
        let on_the_ladder = per_level.get() * f64::from(level);
        let age = match self.ages {
            Ages::Exponential => {
                let exponential = -libm::log(1.0 - draws.uniform_double());
                youngest.get() + on_the_ladder + spread.get() * exponential
            }
            Ages::Normal => within(youngest.get(), oldest.get(), || {
                age_mean.get() + on_the_ladder + spread.get() * draws.normal_double()
            }),
        };
        let born = week - (age.min(oldest.get()) * 52.0) as i32;
        let where_ = draws.uniform_double();
        let days = if where_ < office.get() {
            5
        } else if where_ < office.get() + hybrid.get() {
            hybrid_days.get() as u32
        } else {
            0
        };
        let presence = office_days(days, draws);
        let rho = managing_like_doing.get();
        let managing = rho * doing + libm::sqrt(1.0 - rho * rho) * draws.normal_double();
        let profile = Profile {
            id: NOBODY,
            interests: set,
            presence,
            warmth: warmth(skill),
            level,
            hired: week as i16,
            ..Profile::VACANT
        };
        let character = Character {
            competence: competence as f32,
            managing: managing as f32,
            skill: skill as f32,
            adaptability: adaptability as f32,
            sociability: sociability as f32,
            born,
            needs: [first, second],
            habit,
            aspiration,
            strategy,
            habits: Habits::default(),
        };
        let standing = Standing {
            level_since: week as i16,
            passed_over: i16::MIN,
            project: NOBODY,
            ..Standing::default()
        };
        (profile, character, standing)
    }
}

/// How warm someone of an interpersonal skill comes across [0 to 255].
pub fn warmth(skill: f64) -> u8 {
    ((0.5 + 0.2 * skill).clamp(0.0, 1.0) * 255.0) as u8
}

/// A set of `days` weekdays, one bit a day.
pub fn office_days(days: u32, draws: &mut Draws) -> u8 {
    let mut set = 0_u8;
    for _ in 0..days.min(5) {
        let mut day = draws.below(5);
        while set & (1 << day) != 0 {
            day = (day + 1) % 5;
        }
        set |= 1 << day;
    }
    set
}

#[cfg(test)]
mod tests;
