//! Reading a real organisation: `employees.csv` and `ties.csv`.
//!
//! `employees.csv` has one row a person: `id`, text and unique, and any attributes; an empty cell
//! means not known. `ties.csv` has one row a directed tie: `source,target,layer` and, if any layer
//! is valued, `weight`; no self-ties, no repeated rows. People without a tie stand in
//! `employees.csv` only. Both are UTF-8, with or without a byte order mark, with either line end;
//! spaces around a cell are dropped.
//!
//! Nothing is guessed. Whatever is wrong in either file is found in one pass and told together:
//! file, line, what stands there, and what to do.

mod columns;
mod employees;
mod problem;
mod table;
mod ties;

use std::collections::BTreeMap;
use std::path::Path;

pub use columns::ColumnMap;
pub use problem::FileProblem;

use problem::Problems;

/// One person, as the files describe them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PersonRow {
    /// Identity in the source, as written there.
    pub source_id: String,
    /// Every column but `id` by its name in the file; without the cells that are empty.
    pub attributes: BTreeMap<String, String>,
    /// Name.
    pub name: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Level, in words.
    pub level: Option<String>,
    /// Level, 1 at the top of the hierarchy.
    pub level_rank: Option<u32>,
    /// Place in [`OrganisationFiles::people`] of the person's manager.
    pub manager: Option<usize>,
    /// Time with the organisation [years].
    pub tenure_years: Option<f64>,
    /// Age [years].
    pub age: Option<f64>,
    /// Place of work.
    pub site: Option<String>,
    /// Kind of work.
    pub function: Option<String>,
}

/// One directed tie.
#[derive(Debug, Clone, PartialEq)]
pub struct TieRow {
    /// Place in [`OrganisationFiles::people`] of the person the tie starts from.
    pub source: usize,
    /// Place of the person the tie goes to.
    pub target: usize,
    /// Name of the layer.
    pub layer: String,
    /// Strength of the tie; 1 where the file has no weights. Finite, and may be negative.
    pub weight: f64,
}

/// An organisation as its two files describe it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OrganisationFiles {
    /// People in the order of `employees.csv`.
    pub people: Vec<PersonRow>,
    /// Ties in the order of `ties.csv`.
    pub ties: Vec<TieRow>,
    /// Layers in the order in which they first occur.
    pub layers: Vec<String>,
    /// Attribute columns of `employees.csv`, in their order, without `id`.
    pub attribute_columns: Vec<String>,
    /// Whether `ties.csv` has a column of weights.
    pub has_weights: bool,
}

impl OrganisationFiles {
    /// Reads and checks both files.
    ///
    /// # Errors
    /// Everything that is wrong in either file, in the order of the lines, employees first. After
    /// the first 50 only how many more there are.
    pub fn read(
        employees: &Path,
        ties: &Path,
        columns: &ColumnMap,
    ) -> Result<Self, Vec<FileProblem>> {
        let mut employee_problems = Problems::new(employees);
        let roster = employees::read(employees, columns, &mut employee_problems);
        let mut tie_problems = Problems::new(ties);
        let found = ties::read(ties, roster.as_ref(), &mut tie_problems);
        let problems = problem::reported(employee_problems, tie_problems);
        match (roster, found) {
            (Some(roster), Some(found)) if problems.is_empty() => Ok(Self {
                people: roster.people,
                attribute_columns: roster.attribute_columns,
                ties: found.rows,
                layers: found.layers,
                has_weights: found.has_weights,
            }),
            _ => Err(problems),
        }
    }
}
