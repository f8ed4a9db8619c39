//! M16 Pay: what a level is worth, and what a promotion adds.
//!
//! # What happens
//! Pay is a number without a currency: 1 is what the market pays at the bottom.
//!
//! ```text
//! market(l) = per_level^l
//! hired at level l:   pay = market(l) * exp(s * N - s^2 / 2)         l counted from 0 at the bottom
//! promoted:           pay = pay + closing * max(0, market(l) - pay)      closing = min(1, raise / (per_level - 1)),
//!                                                                        1 where per_level <= 1
//! at each year's end: pay = pay + catch_up * max(0, market(l) - pay)
//! ```
//!
//! Whoever comes from outside is paid by the market of the level, whoever is promoted by the pay of before; so new
//! colleagues on the same level differ by about per_level / (1 + raise) - 1, less what has been caught up. Whoever is paid by the
//! market gets `raise`, or per_level - 1 where that is less; whoever is paid less than the market more, whoever is paid above the new
//! one nothing: a promotion closes a share of the distance to the new market.
//!
//! # Source
//! A raise of 12 to 22 % at promotion, mean 17.4 %: E1 (ADP 2019). Levels 1.3 to 1.9 apart and further apart than the
//! raise: E12 (Murphy 1985; Caliendo, Monte and Rossi-Hansberg 2015). Outside hires are paid 18 to 20 % more than those
//! promoted into the same job: E22 (Bidwell 2011), for comparison. Those who are low in the range of pay rise by more (Baker, Gibbs
//! and Holmstrom 1994, from memory), sign. Catching up and
//! spread are assumed; no source.
//!
//! # Assumptions and limits
//! No inflation, no bonus, no bargaining; pay keeps nobody and drives nobody away. Nobody's pay is cut, by a demotion
//! neither. In an invented firm some of the people of the start are taken to have been promoted: the level's share of
//! posts filled from inside, by lot.
//!
//! # Order and randomness
//! With the hire or the promotion, and after the review of a year's last week; draws belong to the new person.
//!
//! # Switched off
//! Pay is not kept; the records leave it empty.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::random::Draws;
use crate::units::{Factor, Share};
use crate::world::Employees;

/// Pay.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Pay {
    /// Whether the rule is on; off, pay is not kept [switch].
    pub enabled: bool,
    /// Market pay of a level, of that of the level below [factor]. Source: within 1.3 to 1.9 (E12).
    pub per_level: Factor,
    /// Spread of the pay of outside hires of a level [standard deviation of its logarithm]. Assumed; no source.
    pub spread: Factor,
    /// Raise at a promotion of who is paid by the market; who is paid less gets more [share of the pay before]. Source: set so that the mean raise is that of E1 (17.4 %).
    pub raise: Share,
    /// Share of what one is paid below the market of the level that a year makes good [share]. Assumed: three quarters of it within five years; growth of pay at a promotion stays in the band of E1.
    pub catch_up: Share,
}

impl Default for Pay {
    fn default() -> Self {
        Self {
            enabled: true,
            per_level: Factor::new(1.4),
            spread: Factor::new(0.1),
            raise: Share::new(0.155),
            catch_up: Share::new(0.25),
        }
    }
}

impl Pay {
    /// What the market pays on a level.
    fn market(&self, level: u8) -> f64 {
        // a ladder has 60 levels at most; the greatest factor on all of them still is a number of single precision
        libm::pow(self.per_level.get(), f64::from(level)).min(1e30)
    }

    /// Pay of someone who comes from outside.
    pub fn hired(&self, level: u8, draws: &mut Draws) -> Option<f32> {
        let s = self.spread.get();
        let luck = libm::exp(s * draws.normal_double() - s * s / 2.0);
        self.enabled.then(|| (self.market(level) * luck) as f32)
    }

    /// Pay of someone of the start, hired into the level or promoted into it, after years on it.
    pub fn at_start(
        &self,
        level: u8,
        internal_share: f64,
        years: f64,
        draws: &mut Draws,
    ) -> Option<f32> {
        let hired = self.hired(level, draws)?;
        let promoted = level > 0 && draws.uniform_double() < internal_share;
        if !promoted {
            return Some(hired);
        }
        let market = self.market(level);
        let before = self.market(level - 1) * (f64::from(hired) / market.max(1e-30));
        let raised = self.raised(before, level);
        let short = (market - raised).max(0.0);
        let left = libm::pow(1.0 - self.catch_up.get(), libm::floor(years.max(0.0)));
        Some((raised + short * (1.0 - left)) as f32)
    }

    /// Pay after a promotion to a level.
    pub fn promoted(&self, pay: Option<f32>, level: u8) -> Option<f32> {
        pay.map(|pay| self.raised(pay.into(), level).min(1e30) as f32)
    }

    /// What a promotion to a level makes of a pay.
    fn raised(&self, pay: f64, level: u8) -> f64 {
        let (apart, raise) = (self.per_level.get() - 1.0, self.raise.get());
        // levels that are hardly apart leave no more than their distance
        let closing = if apart > raise { raise / apart } else { 1.0 };
        pay + closing * (self.market(level) - pay).max(0.0)
    }

    /// The round at a year's end.
    pub fn yearly(&self, employees: &mut Employees) {
        if !self.enabled {
            return;
        }
        for (profile, standing) in employees.profiles.iter().zip(&mut employees.standings) {
            if let Some(pay) = standing.pay.as_mut() {
                let short = (self.market(profile.level) - f64::from(*pay)).max(0.0);
                *pay += (self.catch_up.get() * short) as f32;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Randomness};
    use crate::world::small_firm::SmallFirm;

    fn rule() -> Pay {
        Pay {
            enabled: true,
            per_level: Factor::new(1.5),
            spread: Factor::new(0.0),
            raise: Share::new(0.2),
            catch_up: Share::new(0.25),
        }
    }

    fn draws(who: u32) -> Draws {
        Randomness::new(3).draws(Purpose::Person, 0, who)
    }

    #[test]
    fn pay_follows_the_equation() {
        let hired = rule().hired(2, &mut draws(1));
        assert_eq!(hired, Some(2.25), "1.5 squared");
        // 0.2 / 0.5 of the distance to 2.25: a fifth of the market of the level below, more of less, nothing above
        for (before, after) in [(1.5, 1.8), (1.2, 1.62), (2.5, 2.5)] {
            let found = rule().promoted(Some(before), 2).unwrap();
            assert!((found - after).abs() < 1e-6, "{before}: {found}");
        }
        let flat = Pay {
            per_level: Factor::new(1.0),
            ..rule()
        };
        assert_eq!(flat.promoted(Some(1.5), 2), Some(1.5), "nothing to close");
        assert_eq!(flat.promoted(Some(0.5), 2), Some(1.0), "up to the market");
        // head: market 2.25, a quarter of 2.25 - 1.65 is made good; the lead is above the market of 1.5
        let mut world = SmallFirm {
            departments: 1,
            leads: 1,
            staff: 1,
        }
        .build();
        world.employees.standings[0].pay = Some(1.65);
        world.employees.standings[1].pay = Some(1.7);
        rule().yearly(&mut world.employees);
        assert!((world.employees.standings[0].pay.unwrap() - 1.8).abs() < 1e-6);
        assert_eq!(world.employees.standings[1].pay, Some(1.7));
        assert_eq!(world.employees.standings[2].pay, None, "not kept for them");
    }

    #[test]
    fn outside_hires_are_paid_the_market_on_average_and_spread_as_stated() {
        // log-normal with s = 0.3: mean 1, sd sqrt(e^0.09 - 1) = 0.3069; n = 20000
        let rule = Pay {
            spread: Factor::new(0.3),
            ..rule()
        };
        let n = 20_000;
        let (mut sum, mut square) = (0.0, 0.0);
        for id in 0..n {
            let pay = f64::from(rule.hired(1, &mut draws(id)).unwrap()) / 1.5;
            sum += pay;
            square += libm::log(pay) * libm::log(pay);
        }
        let n = f64::from(n);
        assert!((sum / n - 1.0).abs() < 4.0 * 0.3069 / n.sqrt());
        // E (log)^2 = s^2 + (s^2/2)^2
        assert!((square / n / (0.09 + 0.045 * 0.045) - 1.0).abs() < 4.0 * (2.0 / n).sqrt());
    }

    #[test]
    fn at_the_start_some_have_been_promoted_and_have_caught_up_since() {
        let pay = |share, years| rule().at_start(1, share, years, &mut draws(1)).unwrap();
        assert!((pay(0.0, 9.0) - 1.5).abs() < 1e-6, "hired: the market");
        assert!(
            (pay(1.0, 0.5) - 1.2).abs() < 1e-6,
            "promoted: 1 and the raise"
        );
        assert!(
            (pay(1.0, 1.5) - 1.275).abs() < 1e-6,
            "a quarter of 0.3 later"
        );
        assert!(pay(1.0, 2.0) > pay(1.0, 1.0));
    }

    #[test]
    fn switched_off_no_pay_is_kept() {
        let off = Pay {
            enabled: false,
            ..rule()
        };
        assert_eq!(off.hired(2, &mut draws(1)), None);
        assert_eq!(off.at_start(2, 0.5, 1.0, &mut draws(1)), None);
        assert_eq!(off.promoted(None, 1), None);
    }
}
