//! What a scenario says about a real organisation's files.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::Strength;

/// A real organisation's files.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ImportPlan {
    /// File of the people, one row a person: id and any attributes; relative to the scenario file [path].
    pub employees: String,
    /// File of the ties: source, target, layer and perhaps weight; relative to the scenario file [path].
    pub ties: String,
    /// Columns of the people's file by what they mean: id, name, department, level, level_rank, manager_id, tenure_years, age, site, function [name of a column].
    pub map: BTreeMap<String, String>,
    /// Layer of the simulation for each layer of the ties' file: collaboration, friendship or career_support; others are left out [name of a layer].
    pub layers: BTreeMap<String, String>,
    /// Levels from the bottom to the top, as the file names them; from level_rank when empty [names].
    pub level_order: Vec<String>,
    /// Whether people get invented names in place of those in the file [switch].
    pub pseudonyms: bool,
    /// Strength of an imported tie of its layer's greatest weight; the strength grows with the logarithm of the weight [strength]. Assumed; no source.
    pub strength: Strength,
    /// Trust in an imported tie [strength]. Assumed; no source.
    pub trust: Strength,
}

impl Default for ImportPlan {
    fn default() -> Self {
        Self {
            employees: String::new(),
            ties: String::new(),
            map: BTreeMap::new(),
            layers: BTreeMap::new(),
            level_order: Vec::new(),
            pseudonyms: true,
            strength: Strength::new(0.6),
            trust: Strength::new(0.7),
        }
    }
}

/// What a column of the people's file can mean.
pub const COLUMNS: [&str; 10] = [
    "id",
    "name",
    "department",
    "level",
    "level_rank",
    "manager_id",
    "tenure_years",
    "age",
    "site",
    "function",
];
