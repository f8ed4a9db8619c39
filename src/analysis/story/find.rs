//! Whose story: by name, by id, or by the id in an imported file.

use std::collections::BTreeMap;

use super::chronicle::Chronicle;

/// Why nobody could be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotFound {
    /// Nobody is called so. All names are given, for a near one.
    Unknown {
        /// Names of the run, each once.
        names: Vec<String>,
        /// Highest id.
        highest: Option<u32>,
    },
    /// Several people are called so.
    Several {
        /// Their ids.
        ids: Vec<u32>,
    },
}

impl Chronicle {
    /// The person of a name, an id in the tables, or an id in the source of an import, in this order.
    ///
    /// # Errors
    /// When there is no such person or more than one.
    pub fn find(&self, wanted: &str) -> Result<u32, NotFound> {
        let mut names: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        let mut sources: BTreeMap<&str, u32> = BTreeMap::new();
        let mut known: Vec<u32> = Vec::new();
        for row in &self.people {
            known.push(row.employee);
            if let Some(name) = &row.name {
                let ids = names.entry(name).or_default();
                if !ids.contains(&row.employee) {
                    ids.push(row.employee);
                }
            }
            if let Some(source) = &row.source_id {
                sources.entry(source).or_insert(row.employee);
            }
        }
        known.extend(
            self.events
                .iter()
                .filter(|event| event.kind == "hired" && event.week >= 0)
                .filter_map(|event| event.employee),
        );
        if let Some(ids) = names.get(wanted) {
            return match ids.as_slice() {
                [only] => Ok(*only),
                several => Err(NotFound::Several {
                    ids: several.to_vec(),
                }),
            };
        }
        if let Ok(id) = wanted.parse::<u32>()
            && known.contains(&id)
        {
            return Ok(id);
        }
        if let Some(id) = sources.get(wanted) {
            return Ok(*id);
        }
        Err(NotFound::Unknown {
            names: names.into_keys().map(str::to_owned).collect(),
            highest: known.into_iter().max(),
        })
    }
}
