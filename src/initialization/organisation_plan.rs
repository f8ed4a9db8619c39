//! What a scenario says of the organisation: ladder, functions, sites and departments, and what is filled in for it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{Factor, Few, Headcount, Probability, Rate, Share};

/// A rung of the ladder.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LevelPlan {
    /// Name of the level [text].
    pub name: String,
    /// Share of the staff on this level; the shares of all levels sum to 1 [share]. Scenario's choice.
    pub share: Share,
    /// Whether people of this level manage others [switch]. Scenario's choice.
    pub manages: bool,
    /// Share of its vacancies filled from inside when there is a candidate [probability]. Source: E5.
    pub internal_share: Probability,
    /// Yearly rate of leaving of one's own accord, before the mechanisms of M16 shift it [1/year]. Source: E18.
    pub exit_rate: Rate,
    /// How much the competence of a post's holder counts in the firm's efficiency [share]. Source: 0.2 at the bottom to 1 at the top in E110.
    pub responsibility: Share,
}

impl Default for LevelPlan {
    fn default() -> Self {
        Self {
            name: String::new(),
            share: Share::new(0.0),
            manages: false,
            internal_share: Probability::new(0.6),
            exit_rate: Rate::new(0.11),
            responsibility: Share::new(0.5),
        }
    }
}

/// A function: a kind of work that departments do.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FunctionPlan {
    /// Name of the function [text].
    pub name: String,
    /// Functions with which it naturally works together [names of functions]. Scenario's choice.
    pub coupled_with: Vec<String>,
}

/// A department.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DepartmentPlan {
    /// Name of the department [text].
    pub name: String,
    /// Its function [name of a function].
    pub function: String,
    /// Its site; the first site when empty [name of a site].
    pub site: String,
    /// Its size relative to the others [factor]. Scenario's choice.
    pub size: Factor,
    /// How much people like to work there [share]. Scenario's choice.
    pub desirability: Share,
}

impl Default for DepartmentPlan {
    fn default() -> Self {
        Self {
            name: String::new(),
            function: String::new(),
            site: String::new(),
            size: Factor::new(1.0),
            desirability: Share::new(0.5),
        }
    }
}

/// The plan of the formal organisation.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct OrganisationPlan {
    /// Posts, all filled at the start [persons]. Scenario's choice.
    pub employees: Headcount,
    /// Cooperation norm of the firm [share]. Scenario's choice.
    pub cooperation: Share,
    /// Skew of the spans of control [standard deviation of their logarithm]. Source: E14.
    pub span_spread: Factor,
    /// Coupling of functions that are not named as coupled; named ones have 1 [share]. Assumed; no source.
    pub loose_coupling: Share,
    /// People in a department when departments are not listed [count]. Assumed; no source.
    pub department_size: Few,
    /// Sites; one nameless site when empty [names].
    pub sites: Vec<String>,
    /// Functions; four general ones when empty.
    pub functions: Vec<FunctionPlan>,
    /// The ladder from the bottom; when empty, one that fits the number of employees (E13 to E16).
    pub levels: Vec<LevelPlan>,
    /// Departments; when empty, as many as `department_size` makes.
    pub departments: Vec<DepartmentPlan>,
    /// A real organisation to start from, in place of an invented one.
    pub import: Option<super::ImportPlan>,
}

impl Default for OrganisationPlan {
    fn default() -> Self {
        Self {
            employees: Headcount::new(500),
            cooperation: Share::new(0.5),
            span_spread: Factor::new(0.8),
            loose_coupling: Share::new(0.2),
            department_size: Few::new(60),
            sites: Vec::new(),
            functions: Vec::new(),
            levels: Vec::new(),
            departments: Vec::new(),
            import: None,
        }
    }
}

/// A ladder for a firm of `n` people. Layers and spans follow E13 to E16: about one in eight or nine has
/// reports, the head has about seven, layers in between grow geometrically; three rungs below management.
/// Quits fall with rank (E18), inside shares rise (E5).
pub(super) fn ladder(n: u32) -> Vec<LevelPlan> {
    let n = f64::from(n);
    let first_line = (n * 0.096).max(1.0);
    let between = libm::floor(libm::log((first_line / 7.0).max(1.0)) / libm::log(5.5) + 0.5) as u32;
    let mut management = vec![first_line];
    for layer in (0..between).rev() {
        // from just below the first line up to the seven under the head
        let part = f64::from(layer) / f64::from(between);
        management.push(7.0 * libm::pow(first_line / 7.0, part));
    }
    if n > 12.0 {
        management.push(1.0);
    }
    let managing: f64 = management.iter().sum::<f64>().min(n);
    let staff: &[(&str, f64, f64, f64)] = if n < 60.0 {
        &[
            ("associate", 0.55, 0.0, 0.12),
            ("professional", 0.45, 0.5, 0.1),
        ]
    } else {
        &[
            ("associate", 0.42, 0.0, 0.13),
            ("professional", 0.33, 0.6, 0.127),
            ("senior", 0.25, 0.55, 0.11),
        ]
    };
    let titles: &[&str] = match management.len() {
        0 | 1 => &["head"],
        2 => &["manager", "head"],
        3 => &["manager", "director", "head"],
        4 => &["manager", "senior manager", "director", "head"],
        5 => &[
            "manager",
            "senior manager",
            "director",
            "vice president",
            "head",
        ],
        6 => &[
            "team lead",
            "manager",
            "senior manager",
            "director",
            "vice president",
            "head",
        ],
        7 => &[
            "team lead",
            "manager",
            "senior manager",
            "director",
            "senior director",
            "vice president",
            "head",
        ],
        _ => &[],
    };
    let mut levels: Vec<LevelPlan> = staff
        .iter()
        .map(|&(name, part, internal, exit)| LevelPlan {
            name: name.to_owned(),
            share: share((n - managing) * part / n),
            manages: false,
            internal_share: Probability::try_from(internal).unwrap_or(Probability::new(0.0)),
            exit_rate: Rate::try_from(exit).unwrap_or(Rate::new(0.1)),
            ..LevelPlan::default()
        })
        .collect();
    let layers = management.len();
    for (layer, size) in management.into_iter().enumerate() {
        let rank = (layer + 1) as f64 / layers as f64;
        let name = titles
            .get(layer)
            .map_or_else(|| format!("level {layer}"), |t| (*t).to_owned());
        levels.push(LevelPlan {
            name,
            share: share(size / n),
            manages: true,
            internal_share: Probability::try_from(0.48 + 0.15 * rank)
                .unwrap_or(Probability::new(0.5)),
            exit_rate: Rate::try_from(0.085 - 0.05 * rank).unwrap_or(Rate::new(0.05)),
            ..LevelPlan::default()
        });
    }
    give_responsibility(&mut levels);
    levels
}

/// Responsibility that rises evenly from 0.2 at the bottom to 1 at the top.
pub(super) fn give_responsibility(levels: &mut [LevelPlan]) {
    let top = (levels.len().max(2) - 1) as f64;
    for (i, level) in levels.iter_mut().enumerate() {
        level.responsibility = share(0.2 + 0.8 * i as f64 / top);
    }
}

fn share(x: f64) -> Share {
    Share::try_from(x.clamp(0.0, 1.0)).unwrap_or(Share::new(0.0))
}

impl OrganisationPlan {
    /// Fills what the plan leaves open (ladder, functions, sites, departments), so that a resolved scenario shows it.
    pub fn complete(&mut self) {
        if self.sites.is_empty() {
            self.sites.push("main site".to_owned());
        }
        if self.functions.is_empty() {
            let named = |name: &str, coupled: &[&str]| FunctionPlan {
                name: name.to_owned(),
                coupled_with: coupled.iter().map(|c| (*c).to_owned()).collect(),
            };
            self.functions = vec![
                named("operations", &["product", "support"]),
                named("product", &["operations", "sales"]),
                named("sales", &["product"]),
                named("support", &["operations"]),
            ];
        }
        if self.levels.is_empty() {
            self.levels = ladder(self.employees.get());
        }
        if self.departments.is_empty() {
            let size = self.department_size.get().max(1);
            let count = (self.employees.get() / size).clamp(1, 60_000) as usize;
            let kinds = self.functions.len();
            for i in 0..count {
                let function = self.functions[i % kinds].name.clone();
                let name = if count <= kinds {
                    function.clone()
                } else {
                    format!("{function} {}", i / kinds + 1)
                };
                // desirability spreads evenly and without pattern over departments (golden section)
                let part = (i as f64 + 1.0) * 0.618_033_988_749_895;
                self.departments.push(DepartmentPlan {
                    name,
                    function,
                    site: self.sites[i % self.sites.len()].clone(),
                    size: Factor::new(1.0),
                    desirability: share(0.2 + 0.6 * (part - libm::floor(part))),
                });
            }
        }
        for department in &mut self.departments {
            if department.site.is_empty() {
                department.site.clone_from(&self.sites[0]);
            }
            if department.function.is_empty() {
                department.function.clone_from(&self.functions[0].name);
            }
        }
    }
}
