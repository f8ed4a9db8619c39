//! Arms, and which of them are compared.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::free::Free;

/// One arm.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ArmPlan {
    /// Name, used in every output [text].
    pub name: String,
    /// What sentences and charts call it, after "with"; its name when left out [text].
    pub called: String,
    /// What the arm is, for people [text].
    pub description: String,
    /// Keys of the scenario with the values that they have in this arm.
    pub set: BTreeMap<String, Free>,
}

/// Two arms to compare.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ContrastPlan {
    /// Name; "arm - reference" when left out [text].
    pub name: Option<String>,
    /// The arm [name of an arm].
    pub arm: String,
    /// What it is compared with [name of an arm].
    pub reference: String,
}
