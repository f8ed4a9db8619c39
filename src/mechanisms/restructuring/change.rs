//! One restructuring of a scenario.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{Share, Weeks};
use crate::world::Organisation;

/// Kind of a restructuring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Two departments become one.
    Merge,
    /// One department becomes two.
    Split,
    /// A department ceases to exist.
    Dissolve,
    /// A share of the posts goes.
    #[default]
    Downsize,
    /// A level of managers goes.
    Delayer,
    /// The departments of a site move to another.
    CloseSite,
    /// The departments of a function move to a site.
    MoveFunction,
}

impl Kind {
    /// The word used in the tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Dissolve => "dissolve",
            Self::Downsize => "downsize",
            Self::Delayer => "delayer",
            Self::CloseSite => "close_site",
            Self::MoveFunction => "move_function",
        }
    }
}

/// One restructuring: what, when, where.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Change {
    /// Name used in the results; the number of the restructuring when empty [text].
    pub name: String,
    /// Week of the recorded run in which it happens [weeks]. Scenario's choice.
    pub week: Weeks,
    /// What happens: merge, split, dissolve, downsize, delayer, close_site or move_function [kind].
    pub kind: Kind,
    /// Department concerned; downsize without it concerns the whole firm [name of a department].
    pub department: Option<String>,
    /// Department that the first is merged with; the first remains [name of a department].
    pub with: Option<String>,
    /// Name of the department that a split makes [text].
    pub into: Option<String>,
    /// Share of the posts that goes, or for dissolve that arises anew; else the rule's default [share].
    pub share: Option<Share>,
    /// Level that a delayering removes [name of a level].
    pub level: Option<String>,
    /// Site that is closed [name of a site].
    pub site: Option<String>,
    /// Site to which departments move [name of a site].
    pub to_site: Option<String>,
    /// Function that is moved [name of a function].
    pub function: Option<String>,
    /// Weeks between announcement and restructuring; else the rule's default [weeks].
    pub announced: Option<Weeks>,
}

impl Change {
    /// The existing department of a name.
    pub fn department_named(organisation: &Organisation, name: Option<&String>) -> Option<u16> {
        let name = name?;
        organisation
            .existing_departments()
            .find(|&d| organisation.departments[d as usize].name == *name)
    }

    /// Departments that the change affects, in order of their number.
    pub fn affected(&self, organisation: &Organisation) -> Vec<u16> {
        let by = |keep: &dyn Fn(u16) -> bool| -> Vec<u16> {
            organisation
                .existing_departments()
                .filter(|&d| keep(d))
                .collect()
        };
        let one = Self::department_named(organisation, self.department.as_ref());
        let two = Self::department_named(organisation, self.with.as_ref());
        match self.kind {
            Kind::Merge => by(&|d| Some(d) == one || Some(d) == two),
            Kind::Split | Kind::Dissolve => by(&|d| Some(d) == one),
            Kind::Downsize => by(&|d| self.department.is_none() || Some(d) == one),
            Kind::Delayer => by(&|d| self.department.is_none() || Some(d) == one),
            Kind::CloseSite => {
                let site = position(&organisation.sites, self.site.as_ref());
                by(&|d| Some(organisation.departments[d as usize].site as usize) == site)
            }
            Kind::MoveFunction => {
                let function = position(&organisation.functions, self.function.as_ref());
                by(&|d| Some(organisation.departments[d as usize].function as usize) == function)
            }
        }
    }
}

/// Where a name stands in a list.
pub(super) fn position(names: &[String], name: Option<&String>) -> Option<usize> {
    let name = name?;
    names.iter().position(|n| n == name)
}
