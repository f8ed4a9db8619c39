//! A small scenario with every form a parameter may take: what the machinery of `scenario` is tried on.

use std::collections::BTreeMap;
use std::path::Path;

use allies::scenario::{Check, Findings, Loaded, Problems, load_text};
use allies::units::{Headcount, Hours, Probability, Share, Weeks, Weight};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A demonstration of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Demo {
    /// Name of the scenario, used for the results folder [text]. Assumed; no source.
    pub(crate) name: String,
    /// Seed of every draw [whole number]. Assumed; no source.
    pub(crate) seed: u64,
    /// Why somebody wrote this scenario [text]. Assumed; no source.
    pub(crate) note: Option<String>,
    /// Who works here.
    pub(crate) workforce: Workforce,
    /// How a vacancy is filled.
    pub(crate) promotion: Promotion,
    /// How each strategy behaves.
    pub(crate) strategies: BTreeMap<String, Behaviour>,
    /// Employees fixed in the scenario.
    #[schemars(length(max = 3))]
    pub(crate) personas: Vec<Persona>,
    /// Reorganisations, in any order.
    pub(crate) restructurings: Vec<Restructuring>,
}

impl Default for Demo {
    fn default() -> Self {
        let behaviour = |hours| Behaviour {
            relationship_hours: hours,
            ..Behaviour::default()
        };
        Self {
            name: "demo".to_owned(),
            seed: 1,
            note: None,
            workforce: Workforce::default(),
            promotion: Promotion::default(),
            strategies: BTreeMap::from([
                ("authentic".to_owned(), behaviour(Hours::new(6.0))),
                ("isolated".to_owned(), behaviour(Hours::new(0.5))),
            ]),
            personas: Vec::new(),
            restructurings: Vec::new(),
        }
    }
}

impl Check for Demo {
    fn check(&self, findings: &mut Findings) {
        let shares =
            self.workforce.authentic_share.get() + self.workforce.transactional_share.get();
        if shares > 1.0 {
            findings.problem(
                "workforce.transactional_share",
                format!("shares add up to {shares}"),
                "authentic and transactional must not exceed 1 together; the rest is isolated",
            );
        }
        for (i, persona) in self.personas.iter().enumerate() {
            if !self.strategies.contains_key(&persona.strategy) {
                let known: Vec<&str> = self.strategies.keys().map(String::as_str).collect();
                findings
                    .problem(
                        &format!("personas[{i}].strategy"),
                        format!(
                            "`{}` has the unknown strategy `{}`",
                            persona.name, persona.strategy
                        ),
                        format!("known strategies: {}", known.join(", ")),
                    )
                    .reads("strategies");
            }
        }
        if self.workforce.employees.get() < 10 {
            findings.warning(
                "workforce.employees",
                "a firm of fewer than 10 people has no departments",
                "take 10 people or more",
            );
        }
    }
}

/// Who works here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Workforce {
    /// People at the start [persons]. Source: E01; design point of the model.
    pub(crate) employees: Headcount,
    /// Part of the people who relate authentically [share]. Source: E43; Burt 2000.
    pub(crate) authentic_share: Share,
    /// Part of the people who relate for a return [share].
    /// The rest keeps to itself. Assumed; no source.
    pub(crate) transactional_share: Share,
    /// Pay by level, lowest first [multiples of the lowest]. Assumed; no source.
    pub(crate) pay: Vec<f64>,
}

impl Default for Workforce {
    fn default() -> Self {
        Self {
            employees: Headcount::new(200),
            authentic_share: Share::new(0.3),
            transactional_share: Share::new(0.4),
            pay: vec![1.0, 1.5, 2.25],
        }
    }
}

/// How a vacancy is filled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Promotion {
    /// Whether anybody is promoted at all [yes or no]. Assumed; no source.
    pub(crate) enabled: bool,
    /// What decides [rule]. Assumed; no source.
    pub(crate) rule: Rule,
    /// Weight of merit against everything else [utility]. Assumed; no source.
    pub(crate) merit: Weight,
    /// Chance that a vacancy is advertised [probability]. Source: E12.
    pub(crate) advertised: Probability,
    /// Weeks between two reviews, if there are any [weeks]. Assumed; no source.
    pub(crate) every: Option<Weeks>,
}

impl Default for Promotion {
    fn default() -> Self {
        Self {
            enabled: true,
            rule: Rule::Merit,
            merit: Weight::new(1.5),
            advertised: Probability::new(0.8),
            every: None,
        }
    }
}

/// What decides a promotion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Rule {
    /// The best record wins.
    Merit,
    /// The best known wins.
    Visibility,
    /// The longest here wins.
    LongestTenure,
}

/// How people of one strategy behave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Behaviour {
    /// Time for relationships [hours a week]. Source: E07; Cross 2021.
    pub(crate) relationship_hours: Hours,
    /// Chance that an interest is feigned [probability]. Assumed; no source.
    pub(crate) feigning: Probability,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            relationship_hours: Hours::new(2.0),
            feigning: Probability::new(0.1),
        }
    }
}

/// An employee fixed in the scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Persona {
    /// Name [text]. Assumed; no source.
    pub(crate) name: String,
    /// Name of the strategy the person follows [strategy]. Assumed; no source.
    #[serde(default = "isolated")]
    pub(crate) strategy: String,
    /// Level at the start, 0 is the lowest [level]. Assumed; no source.
    #[serde(default)]
    pub(crate) level: u8,
    /// Overrides of the strategy's behaviour.
    #[serde(default)]
    pub(crate) behaviour: Option<Behaviour>,
}

fn isolated() -> String {
    "isolated".to_owned()
}

/// A reorganisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Restructuring {
    /// When it happens, counted from the start [weeks]. Assumed; no source.
    pub(crate) week: Weeks,
    /// What is done [kind]. Assumed; no source.
    pub(crate) kind: Kind,
}

/// What a reorganisation does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub(crate) enum Kind {
    /// Nothing but the unrest.
    Announcement,
    /// Two departments become one.
    Merge {
        /// Name of the department that goes [department]. Assumed; no source.
        from: String,
        /// Name of the department that stays [department]. Assumed; no source.
        into: String,
    },
    /// Posts are cut.
    Downsize {
        /// Part of the posts cut [share]. Source: E88.
        share: Share,
    },
}

/// A file that says something of most.
pub(crate) const FULL: &str = r#"
name = "a firm"
seed = 42
note = "tried \"twice\""
[workforce]
employees = 0x40
authentic_share = 1e-3
pay = [1, 0.1, 1e21]
[promotion]
rule = "longest_tenure"
every = 26
[strategies.authentic]
feigning = 0.05
[strategies."very bold"]
feigning = 0.9
[[personas]]
name = "Michael"
[[personas]]
name = "Ada L."
strategy = "very bold"
behaviour = { relationship_hours = 9 }
[[restructurings]]
week = 30
kind = { merge = { from = "sales", into = "service" } }
[[restructurings]]
week = 60
kind = "announcement"
"#;

/// Loads a text as if it were a file.
pub(crate) fn loaded(toml: &str, sets: &[&str]) -> Result<Loaded<Demo>, Problems> {
    let sets: Vec<String> = sets.iter().map(|&set| set.to_owned()).collect();
    load_text(Path::new("case.toml"), toml.to_owned(), &sets)
}
