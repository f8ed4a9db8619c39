//! The network at every snapshot, as far as a page can carry it: for stepping through, person by person.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::reader::{ReadError, Reader, each};
use crate::records::Table;

/// A page carries no more people than this; larger firms keep to the drawn charts.
const PEOPLE: usize = 1500;

/// Nor more ties, over all snapshots together.
const TIES: usize = 60_000;

/// All snapshots of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Frames {
    /// Departments, sorted.
    pub departments: Vec<String>,
    /// Levels, in the order in which the table first has them.
    pub levels: Vec<String>,
    /// Strategies, sorted.
    pub strategies: Vec<String>,
    /// Everybody who was there at a snapshot, by id.
    pub people: Vec<FramePerson>,
    /// The snapshots, in order.
    pub frames: Vec<Frame>,
}

/// Somebody who was there at a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FramePerson {
    /// Id.
    pub id: u32,
    /// Name of a persona.
    pub name: Option<String>,
    /// Index into the strategies.
    pub strategy: usize,
}

/// One snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// Its name.
    pub snapshot: String,
    /// Its week.
    pub week: i32,
    /// Four numbers a person: index into the people, department, level, advocates (-1 where missing).
    pub nodes: Vec<i64>,
    /// Two numbers a tie, whoever holds it: indices into the people, the smaller first.
    pub ties: Vec<u32>,
}

/// A person's row of a snapshot.
struct Node {
    snapshot: String,
    week: i32,
    employee: u32,
    strategy: String,
    department: String,
    level: String,
    advocates: Option<u32>,
}

impl Frames {
    /// The snapshots of a run; none where there are fewer than two, or more people or ties than a page can carry.
    ///
    /// # Errors
    /// When a table has a cell that no version of the program writes.
    pub fn of(
        positions: &Table,
        ties: &Table,
        names: &[(u32, String)],
    ) -> Result<Option<Self>, ReadError> {
        // two rows a tie that both sides hold, four rows a person
        if positions.len() > PEOPLE * 4 * 40 || ties.len() > TIES * 4 {
            return Ok(None);
        }
        let nodes = each(positions, node)?;
        let sorted = |of: &dyn Fn(&Node) -> &String| -> Vec<String> {
            let all: BTreeSet<&String> = nodes.iter().map(of).collect();
            all.into_iter().cloned().collect()
        };
        let departments = sorted(&|node| &node.department);
        let strategies = sorted(&|node| &node.strategy);
        let mut levels: Vec<String> = Vec::new();
        let mut people: BTreeMap<u32, &Node> = BTreeMap::new();
        for node in &nodes {
            if !levels.contains(&node.level) {
                levels.push(node.level.clone());
            }
            people.entry(node.employee).or_insert(node);
        }
        let index: BTreeMap<u32, usize> = people.keys().copied().zip(0..).collect();
        let at = |all: &[String], word: &String| all.iter().position(|w| w == word).unwrap_or(0);
        let mut frames: Vec<Frame> = Vec::new();
        let mut place: BTreeMap<&str, usize> = BTreeMap::new();
        for node in &nodes {
            let frame = *place.entry(&node.snapshot).or_insert_with(|| {
                frames.push(Frame {
                    snapshot: node.snapshot.clone(),
                    week: node.week,
                    nodes: Vec::new(),
                    ties: Vec::new(),
                });
                frames.len() - 1
            });
            frames[frame].nodes.extend([
                index.get(&node.employee).map_or(-1, |i| *i as i64),
                at(&departments, &node.department) as i64,
                at(&levels, &node.level) as i64,
                node.advocates.map_or(-1, i64::from),
            ]);
        }
        let mut pairs: Vec<BTreeSet<(u32, u32)>> = vec![BTreeSet::new(); frames.len()];
        for (snapshot, source, target) in each(ties, tie)? {
            if let (Some(&frame), Some(&one), Some(&other)) = (
                place.get(snapshot.as_str()),
                index.get(&source),
                index.get(&target),
            ) {
                pairs[frame].insert((one.min(other) as u32, one.max(other) as u32));
            }
        }
        if frames.len() < 2
            || people.len() > PEOPLE
            || pairs.iter().map(BTreeSet::len).sum::<usize>() > TIES
        {
            return Ok(None);
        }
        for (frame, pairs) in frames.iter_mut().zip(pairs) {
            frame.ties = pairs.into_iter().flat_map(|(a, b)| [a, b]).collect();
        }
        let name = |id: u32| names.iter().find(|named| named.0 == id);
        Ok(Some(Self {
            people: people
                .iter()
                .map(|(&id, node)| FramePerson {
                    id,
                    name: name(id).map(|named| named.1.clone()),
                    strategy: at(&strategies, &node.strategy),
                })
                .collect(),
            departments,
            levels,
            strategies,
            frames,
        }))
    }
}

fn node(row: &Reader<'_>) -> Result<Option<Node>, ReadError> {
    if row.text("layer")? != Some("union") {
        return Ok(None);
    }
    Ok(Some(Node {
        snapshot: row.needed_text("snapshot")?,
        week: row.needed("week")?,
        employee: row.needed("employee")?,
        strategy: row.needed_text("strategy")?,
        department: row.owned("department")?.unwrap_or_default(),
        level: row.owned("level")?.unwrap_or_default(),
        advocates: row.whole("advocates")?,
    }))
}

fn tie(row: &Reader<'_>) -> Result<Option<(String, u32, u32)>, ReadError> {
    Ok(Some((
        row.needed_text("snapshot")?,
        row.needed("source")?,
        row.needed("target")?,
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{Cell, TableSpec, columns};

    fn table(spec: &'static TableSpec, rows: &[&[(&str, Cell<'_>)]]) -> Table {
        let mut table = Table::new(spec);
        for row in rows {
            let cells: Vec<Cell<'_>> = spec
                .columns
                .iter()
                .map(|column| {
                    let named = row.iter().find(|cell| cell.0 == column.name);
                    named.map_or(Cell::Missing, |cell| cell.1)
                })
                .collect();
            table.push(&cells).unwrap();
        }
        table
    }

    #[test]
    fn a_snapshot_has_its_people_and_each_tie_once() {
        let person = |snapshot, week, id, department| {
            [
                ("snapshot", Cell::Text(snapshot)),
                ("week", Cell::Integer(week)),
                ("employee", Cell::Integer(id)),
                ("strategy", Cell::Text("isolated")),
                ("department", Cell::Text(department)),
                ("level", Cell::Text("analyst")),
                ("layer", Cell::Text("union")),
            ]
        };
        let tie = |snapshot, source, target| {
            [
                ("snapshot", Cell::Text(snapshot)),
                ("source", Cell::Integer(source)),
                ("target", Cell::Integer(target)),
            ]
        };
        let positions = table(
            &columns::POSITIONS,
            &[
                &person("start", 0, 5, "Sales"),
                &person("start", 0, 9, "Legal"),
                &person("end", 51, 9, "Sales"),
            ],
        );
        let ties = table(
            &columns::TIES,
            &[
                &tie("start", 5, 9),
                &tie("start", 9, 5),
                &tie("other", 5, 9),
            ],
        );
        let frames = Frames::of(&positions, &ties, &[(9, "Ana".into())])
            .unwrap()
            .unwrap();
        assert_eq!(frames.departments, ["Legal", "Sales"]);
        assert_eq!(frames.frames[0].ties, [0, 1], "one tie, held by both");
        assert_eq!(frames.frames[0].nodes, [0, 1, 0, -1, 1, 0, 0, -1]);
        assert_eq!(
            frames.frames[1].nodes,
            [1, 1, 0, -1],
            "Ana has moved to Sales"
        );
        assert_eq!(frames.people[1].name.as_deref(), Some("Ana"));
        let one = table(&columns::POSITIONS, &[&person("start", 0, 5, "Sales")]);
        assert_eq!(
            Frames::of(&one, &ties, &[]).unwrap(),
            None,
            "nothing to step through"
        );
    }
}
