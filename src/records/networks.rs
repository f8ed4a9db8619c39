//! The network files of a run: one GraphML a snapshot, made from the tables.

use std::io::{self, Write};

use super::graphml::{Attribute, GraphMl};
use super::{Cell, Kind, Table};

/// Node attributes taken from `positions` (layer union): their column, and the kind.
const NODES: [Attribute; 11] = [
    ("strategy", Kind::Text),
    ("department", Kind::Text),
    ("level", Kind::Text),
    ("in_degree", Kind::Integer),
    ("out_degree", Kind::Integer),
    ("betweenness", Kind::Real),
    ("constraint", Kind::Real),
    ("effective_size", Kind::Real),
    ("core", Kind::Integer),
    ("community", Kind::Integer),
    ("name", Kind::Text),
];

/// Tie attributes, as the columns of `ties`.
const TIES: [Attribute; 5] = [
    ("collaboration", Kind::Real),
    ("friendship", Kind::Real),
    ("career_support", Kind::Real),
    ("trust", Kind::Real),
    ("last_contact", Kind::Integer),
];

/// Names of the snapshots that have positions, in order.
pub fn snapshots(positions: &Table) -> Vec<String> {
    let Some(column) = positions.column_index("snapshot") else {
        return Vec::new();
    };
    let mut names: Vec<String> = Vec::new();
    for row in 0..positions.len() {
        if let Some(name) = positions.text(row, column)
            && names.last().is_none_or(|last| last != name)
        {
            names.push(name.to_owned());
        }
    }
    names.dedup();
    names
}

/// Writes the network of one snapshot.
///
/// # Errors
/// Those of the writer.
pub fn write(
    to: impl Write,
    snapshot: &str,
    positions: &Table,
    ties: &Table,
    employees: &Table,
) -> io::Result<()> {
    let missing = || io::Error::other("a column is missing");
    let column = |table: &Table, name: &str| table.column_index(name).ok_or_else(missing);
    let (id, name) = (column(employees, "employee")?, column(employees, "name")?);
    let mut names: Vec<(i64, &str)> = (0..employees.len())
        .filter_map(|row| Some((employees.integer(row, id)?, employees.text(row, name)?)))
        .collect();
    names.sort_unstable();
    names.dedup();
    let mut graph = GraphMl::new(to, &NODES, &TIES)?;
    let (at, layer, who) = (
        column(positions, "snapshot")?,
        column(positions, "layer")?,
        column(positions, "employee")?,
    );
    let columns = NODES[..10]
        .iter()
        .map(|(name, _)| column(positions, name))
        .collect::<io::Result<Vec<usize>>>()?;
    for row in 0..positions.len() {
        if positions.text(row, at) == Some(snapshot) && positions.text(row, layer) == Some("union")
        {
            let Some(employee) = positions.integer(row, who) else {
                continue;
            };
            let mut cells: Vec<Cell<'_>> = columns
                .iter()
                .map(|&column| positions.cell(row, column))
                .collect();
            let found = names.binary_search_by_key(&employee, |(id, _)| *id);
            cells.push(found.map_or(Cell::Missing, |i| names[i].1.into()));
            graph.node(employee as u32, &cells)?;
        }
    }
    let (at, source, target) = (
        column(ties, "snapshot")?,
        column(ties, "source")?,
        column(ties, "target")?,
    );
    let columns = TIES
        .iter()
        .map(|(name, _)| column(ties, name))
        .collect::<io::Result<Vec<usize>>>()?;
    for row in 0..ties.len() {
        if ties.text(row, at) == Some(snapshot)
            && let (Some(ego), Some(alter)) = (ties.integer(row, source), ties.integer(row, target))
        {
            let cells: Vec<Cell<'_>> = columns
                .iter()
                .map(|&column| ties.cell(row, column))
                .collect();
            graph.edge(ego as u32, alter as u32, &cells)?;
        }
    }
    graph.finish()
}
