//! A published model, run on the scenario that is shipped for it: what a rule of promotion does to a firm's efficiency.
//!
//! The firm of the Peter principle (Pluchino, Rapisarda and Garofalo 2010, E110) and its modular sequel (2011, E111), under
//! several rules of promotion, under each as competence carries over to the new job and as promotions happen by lot
//! instead. The last two answer the question of Phelan and Lin (2001, E115): is one rule best everywhere?

use std::path::Path;

use super::Runs;
use crate::model::build;
use crate::scenario::{Scenario, load_text};
use crate::units::WEEKS_PER_YEAR;

/// The scenario, as shipped.
const FILE: &str = include_str!("../../scenarios/limits/peter-principle.toml");

/// Departments of the modular firm, as in `peter-modules.toml`.
const MODULES: &str = r#"[{name="first",function="work"},{name="second",function="work"},{name="third",function="work"},{name="fourth",function="work"},{name="fifth",function="work"}]"#;

/// Years until the firm has forgotten how it started; of shorter runs, the first half.
const SETTLED: u32 = 100;

/// Whom a vacancy goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The most competent at the job below.
    Best,
    /// The least competent.
    Worst,
    /// Anyone, by lot.
    Lot,
}

impl Rule {
    /// All rules.
    pub const ALL: [Self; 3] = [Self::Best, Self::Worst, Self::Lot];

    const fn word(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Worst => "worst",
            Self::Lot => "random",
        }
    }
}

/// What competence in the old job says about the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transfer {
    /// Nothing: the Peter hypothesis.
    None,
    /// Half.
    Half,
    /// All of it, up or down by at most a tenth: common sense.
    All,
}

impl Transfer {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::None, Self::Half, Self::All];

    const fn values(self) -> (f64, f64) {
        match self {
            Self::None => (0.0, 0.0),
            Self::Half => (0.5, 0.05),
            Self::All => (1.0, 0.1),
        }
    }
}

/// A firm of the model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// The rule.
    pub rule: Rule,
    /// How competence carries over.
    pub transfer: Transfer,
    /// Share of the promotions that go to anyone by lot instead [share].
    pub by_lot: f64,
    /// Whether the firm has modules, whose vacancies are filled from the module.
    pub modules: bool,
}

impl Setting {
    /// All that are run: rules by transfer and noise, and the modular firm by the share of promotions by lot.
    pub fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for transfer in Transfer::ALL {
            for rule in Rule::ALL {
                let noises: &[f64] = if rule == Rule::Lot { &[0.0] } else { &NOISES };
                all.extend(noises.iter().map(|&by_lot| Self {
                    rule,
                    transfer,
                    by_lot,
                    modules: false,
                }));
            }
        }
        all.extend(LOTS.map(|by_lot| Self {
            rule: Rule::Best,
            transfer: Transfer::None,
            by_lot,
            modules: true,
        }));
        all
    }

    fn sets(self, years: u32, seed: u64) -> Vec<String> {
        let (carried_over, jitter) = self.transfer.values();
        let mut sets = vec![
            format!("years={years}"),
            format!("seed={seed}"),
            format!("vacancies.chooses={}", self.rule.word()),
            format!("vacancies.random_share={:?}", self.by_lot),
            format!("fit.carried_over={carried_over:?}"),
            format!("fit.jitter={jitter:?}"),
        ];
        if self.modules {
            sets.push(format!("organisation.departments={MODULES}"));
        }
        sets
    }
}

/// Shares of promotions by lot under which the rules are compared.
pub const NOISES: [f64; 2] = [0.0, 0.5];

/// Shares of promotions by lot in the modular firm, rising.
pub const LOTS: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

/// Mean efficiency of each setting, with one seed.
pub struct Efficiencies(Vec<(Setting, f64)>);

impl Efficiencies {
    /// Runs all settings with one seed.
    pub fn of(runs: Runs, seed: u64) -> Self {
        let from = SETTLED.min(runs.years / 2);
        let found =
            |setting: Setting| Some((setting, efficiency(setting, runs.years, from, seed)?));
        Self(Setting::all().into_iter().filter_map(found).collect())
    }

    /// Efficiency of a firm without modules [points of 100].
    pub fn under(&self, rule: Rule, transfer: Transfer, by_lot: f64) -> Option<f64> {
        // by lot anyway, there is nothing that a share by lot could change
        let by_lot = if rule == Rule::Lot { 0.0 } else { by_lot };
        self.get(Setting {
            rule,
            transfer,
            by_lot,
            modules: false,
        })
    }

    /// Efficiency of the modular firm by the share of promotions by lot [points of 100].
    pub fn modular(&self, by_lot: f64) -> Option<f64> {
        self.get(Setting {
            rule: Rule::Best,
            transfer: Transfer::None,
            by_lot,
            modules: true,
        })
    }

    fn get(&self, setting: Setting) -> Option<f64> {
        let mut found = self.0.iter().filter(|(of, _)| *of == setting);
        found.next().map(|&(_, efficiency)| efficiency)
    }

    /// What the safest rule loses at worst to the best rule of a setting, over transfers and noises [points of 100].
    ///
    /// 0 when some rule is best everywhere.
    pub fn least_regret(&self) -> Option<f64> {
        let mut least: Option<f64> = None;
        for rule in Rule::ALL {
            let mut worst: f64 = 0.0;
            for transfer in Transfer::ALL {
                for noise in NOISES {
                    let own = self.under(rule, transfer, noise)?;
                    for other in Rule::ALL {
                        worst = worst.max(self.under(other, transfer, noise)? - own);
                    }
                }
            }
            least = Some(least.map_or(worst, |least| least.min(worst)));
        }
        least
    }
}

/// Mean efficiency from year `from` on [points of 100]; none where no year was seen.
fn efficiency(setting: Setting, years: u32, from: u32, seed: u64) -> Option<f64> {
    let sets = setting.sets(years, seed);
    let name = Path::new("peter-principle.toml");
    let scenario: Scenario = load_text(name, FILE.to_owned(), &sets).ok()?.value;
    let (mut model, mut world, _) = build(scenario, None);
    let (mut sum, mut n) = (0.0, 0.0);
    while world.week < years as i32 * WEEKS_PER_YEAR {
        model.advance(&mut world, &mut |world, _| {
            if let Some(efficiency) = world.happenings.efficiency
                && world.week >= from as i32 * WEEKS_PER_YEAR
            {
                sum += efficiency;
                n += 1.0;
            }
        });
    }
    (n > 0.0).then(|| 100.0 * sum / n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_loads_and_has_an_efficiency() {
        let runs = Runs {
            people: 160,
            years: 4,
            seeds: 1,
        };
        let found = Efficiencies::of(runs, 1);
        assert_eq!(found.0.len(), Setting::all().len());
        assert!(found.0.iter().all(|(_, e)| (30.0..100.0).contains(e)));
        assert!(found.modular(0.5).is_some());
    }

    #[test]
    fn regret_is_nothing_where_one_rule_is_best_everywhere() {
        let all = |efficiency: fn(Setting) -> f64| {
            Efficiencies(Setting::all().iter().map(|&s| (s, efficiency(s))).collect())
        };
        let best_everywhere = all(|s| if s.rule == Rule::Best { 70.0 } else { 60.0 });
        assert_eq!(best_everywhere.least_regret(), Some(0.0));
        // the best wins by 4 with transfer and loses by 10 without; by lot loses 4 with it and 5 without
        let depends = all(|s| match (s.rule, s.transfer) {
            (Rule::Best, Transfer::All) => 74.0,
            (Rule::Lot, _) => 70.0,
            (Rule::Best, _) => 65.0,
            (Rule::Worst, Transfer::All) => 60.0,
            (Rule::Worst, _) => 75.0,
        });
        assert_eq!(depends.least_regret(), Some(5.0));
    }
}
