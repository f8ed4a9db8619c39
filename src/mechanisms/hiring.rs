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
//! best managers: E11 (Benson, Li and Shue 2019). Trait distributions are assumed; no source.
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
mod tests {
    use super::*;
    use crate::random::{Purpose, Randomness};

    #[test]
    fn traits_have_the_distributions_that_the_rule_states() {
        let hiring = Hiring::default();
        let randomness = Randomness::new(5);
        let n = 20_000;
        let (mut sum, mut square, mut office) = (0.0, 0.0, 0);
        for id in 0..n {
            let mut draws = randomness.draws(Purpose::Person, 0, id);
            let (profile, character, _) =
                hiring.person(1, 1.0, 0, StrategyKey::default(), &mut draws);
            sum += f64::from(character.competence);
            square += f64::from(character.competence * character.competence);
            office += u32::from(profile.presence.count_ones() == 5);
            assert_eq!(profile.interests.count_ones(), 4);
            assert!(profile.interests < 1 << 24);
            assert_ne!(character.needs[0], character.needs[1]);
            let age = f64::from(-character.born) / 52.0;
            assert!((25.9..=64.1).contains(&age), "{age}");
        }
        let n = f64::from(n);
        assert!((sum / n).abs() < 4.0 / n.sqrt());
        assert!((square / n - 1.0).abs() < 4.0 * (2.0 / n).sqrt());
        let share = f64::from(office) / n;
        assert!((share - 0.7).abs() < 4.0 * (0.7_f64 * 0.3 / n).sqrt());
    }

    #[test]
    fn office_days_are_as_many_as_asked() {
        let randomness = Randomness::new(1);
        for id in 0..200 {
            for days in 0..=5 {
                let mut draws = randomness.draws(Purpose::Person, 0, id);
                assert_eq!(office_days(days, &mut draws).count_ones(), days);
            }
        }
    }

    #[test]
    fn competence_and_age_rise_with_the_level_as_the_equation_says() {
        // mean competence 0.3 * (4 - 1) = 0.9; mean age 20 + 2 * 4 + 1 = 29 (a spread of 1 is never cut off)
        let hiring = Hiring {
            by_level: Weight::new(0.3),
            youngest: Age::new(20.0),
            per_level: Factor::new(2.0),
            spread: Factor::new(1.0),
            ..Hiring::default()
        };
        let n = 20_000;
        let (mut competence, mut age) = (0.0, 0.0);
        for id in 0..n {
            let mut draws = Randomness::new(6).draws(Purpose::Person, 0, id);
            let (profile, character, standing) =
                hiring.person(4, 1.0, 10, StrategyKey::default(), &mut draws);
            competence += f64::from(character.competence);
            age += f64::from(10 - character.born) / 52.0;
            assert_eq!(
                (profile.level, profile.hired, standing.level_since),
                (4, 10, 10)
            );
            assert_eq!(
                standing.rating, None,
                "nobody is rated before the first review"
            );
        }
        let n = f64::from(n);
        assert!((competence / n - 0.9).abs() < 4.0 / n.sqrt());
        // weeks are whole: half a week is lost on average
        assert!(
            (age / n - (29.0 - 0.5 / 52.0)).abs() < 4.0 / n.sqrt(),
            "{}",
            age / n
        );
    }

    #[test]
    fn sociability_has_mean_one_and_the_spread_stated() {
        // log-normal with s = 0.5: mean 1, sd sqrt(e^0.25 - 1) = 0.533; n = 20000
        let hiring = Hiring {
            sociability: Factor::new(0.5),
            ..Hiring::default()
        };
        let n = 20_000;
        let (mut sum, mut logs) = (0.0, 0.0);
        for id in 0..n {
            let mut draws = Randomness::new(6).draws(Purpose::Person, 0, id);
            let (profile, character, _) =
                hiring.person(0, 0.0, 0, StrategyKey::default(), &mut draws);
            let x = f64::from(character.sociability);
            sum += x;
            logs += (libm::log(x) + 0.125) * (libm::log(x) + 0.125);
            let warmth = (0.5 + 0.2 * character.skill).clamp(0.0, 1.0);
            assert!((f32::from(profile.warmth) / 255.0 - warmth).abs() < 1.0 / 255.0);
        }
        let n = f64::from(n);
        assert!(
            (sum / n - 1.0).abs() < 4.0 * 0.533 / n.sqrt(),
            "{}",
            sum / n
        );
        assert!(
            (logs / n / 0.25 - 1.0).abs() < 4.0 * (2.0 / n).sqrt(),
            "{}",
            logs / n
        );
    }

    /// (competence, skill at managing, age) of n new colleagues.
    fn people(hiring: &Hiring, n: u32) -> Vec<(f64, f64, f64)> {
        (0..n)
            .map(|id| {
                let mut draws = Randomness::new(8).draws(Purpose::Person, 0, id);
                let (_, c, _) = hiring.person(0, 0.0, 0, StrategyKey::default(), &mut draws);
                let age = -f64::from(c.born) / 52.0;
                (f64::from(c.competence), f64::from(c.managing), age)
            })
            .collect()
    }

    #[test]
    fn managing_goes_with_doing_as_far_as_stated() {
        // standard error of a mean of products of standard normals: sqrt(1 + rho^2) / sqrt(n)
        for rho in [-0.3, 0.0, 0.5] {
            let hiring = Hiring {
                managing_like_doing: Correlation::new(rho),
                ..Hiring::default()
            };
            let all = people(&hiring, 20_000);
            let product = all.iter().map(|p| p.0 * p.1).sum::<f64>() / 20_000.0;
            let error = libm::sqrt((1.0 + rho * rho) / 20_000.0);
            assert!((product - rho).abs() < 4.0 * error, "{product} {rho}");
            let square = all.iter().map(|p| p.1 * p.1).sum::<f64>() / 20_000.0;
            assert!((square - 1.0).abs() < 4.0 * libm::sqrt(2.0 / 20_000.0));
        }
    }

    #[test]
    fn competence_and_age_are_drawn_again_until_within_their_bounds() {
        // normal cut at -3 and 1.5: mean (phi(-3) - phi(1.5)) / (Phi(1.5) - Phi(-3)) = -0.134; ages 25 +- 5 within 18 to 60: 25.79
        let hiring = Hiring {
            least_competence: Score::new(-3.0),
            most_competence: Score::new(1.5),
            ages: Ages::Normal,
            age_mean: Age::new(25.0),
            youngest: Age::new(18.0),
            oldest: Age::new(60.0),
            spread: Factor::new(5.0),
            per_level: Factor::new(0.0),
            ..Hiring::default()
        };
        let all = people(&hiring, 20_000);
        assert!(all.iter().all(|p| (-3.0..=1.5).contains(&p.0)));
        assert!(all.iter().all(|p| (18.0 - 0.02..=60.0).contains(&p.2)));
        let mean = |of: fn(&(f64, f64, f64)) -> f64| all.iter().map(of).sum::<f64>() / 20_000.0;
        assert!(
            (mean(|p| p.0) + 0.134).abs() < 4.0 * 0.85 / 141.0,
            "{}",
            mean(|p| p.0)
        );
        assert!(
            (mean(|p| p.2) - 25.79).abs() < 4.0 * 4.5 / 141.0,
            "{}",
            mean(|p| p.2)
        );
    }

    #[test]
    fn traits_do_not_depend_on_how_one_relates() {
        let strategies = crate::world::Strategies::new(["a", "b"].map(|name| {
            (
                name.to_owned(),
                crate::world::Conduct::from(&crate::world::Behaviour::default()),
            )
        }));
        let person = |key| {
            let mut draws = Randomness::new(6).draws(Purpose::Person, 0, 3);
            let (profile, character, _) = Hiring::default().person(1, 1.0, 0, key, &mut draws);
            (
                profile.interests,
                profile.presence,
                character.competence,
                character.needs,
            )
        };
        let all: Vec<_> = strategies.keys().map(person).collect();
        assert_eq!(all[0], all[1]);
    }
}
