//! Which column of a file means what.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What columns of `employees.csv` are called, where they have other names than ours.
///
/// A column left out here is looked for under its own name, and may be missing; a column named
/// here must exist. The empty name `""` says not to read the column, whatever it holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ColumnMap {
    /// Column of the identity; `id` unless named.
    pub id: Option<String>,
    /// Column of the name.
    pub name: Option<String>,
    /// Column of the department.
    pub department: Option<String>,
    /// Column of the level in words.
    pub level: Option<String>,
    /// Column of the level's rank, 1 at the top.
    pub level_rank: Option<String>,
    /// Column of the manager's id.
    pub manager_id: Option<String>,
    /// Column of the tenure [years].
    pub tenure_years: Option<String>,
    /// Column of the age [years].
    pub age: Option<String>,
    /// Column of the site.
    pub site: Option<String>,
    /// Column of the function.
    pub function: Option<String>,
}

impl ColumnMap {
    /// Reads ids and plain attributes only: no column is taken to be an age, a manager, ….
    pub fn attributes_only() -> Self {
        let unread = || Some(String::new());
        Self {
            id: None,
            name: unread(),
            department: unread(),
            level: unread(),
            level_rank: unread(),
            manager_id: unread(),
            tenure_years: unread(),
            age: unread(),
            site: unread(),
            function: unread(),
        }
    }

    /// Our name and the name given in the map, for each column.
    pub(super) fn entries(&self) -> [(&'static str, Option<&str>); 10] {
        let Self {
            id,
            name,
            department,
            level,
            level_rank,
            manager_id,
            tenure_years,
            age,
            site,
            function,
        } = self;
        [
            ("id", id.as_deref()),
            ("name", name.as_deref()),
            ("department", department.as_deref()),
            ("level", level.as_deref()),
            ("level_rank", level_rank.as_deref()),
            ("manager_id", manager_id.as_deref()),
            ("tenure_years", tenure_years.as_deref()),
            ("age", age.as_deref()),
            ("site", site.as_deref()),
            ("function", function.as_deref()),
        ]
    }
}
