//! Contact between departments before and after: which share of the possible pairs had contact in the last quarter.

use super::ego::DORMANT;
use super::intervals::{self, Interval};
use super::networks::Networks;
use super::rows::Rows;
use super::tied;

/// More departments than this are put together as "others".
const MOST: usize = 12;

/// Contact between departments at two snapshots.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contacts {
    /// Departments, the largest first; the last is empty where the small ones are put together.
    pub departments: Vec<String>,
    /// Whether the last department stands for several.
    pub others: bool,
    /// Matrices before and after.
    pub matrices: [Matrix; 2],
}

/// Contact at one snapshot.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Matrix {
    /// Pairs in contact, at `row * departments + column`, symmetric.
    pub pairs: Vec<usize>,
    /// Pairs possible.
    pub possible: Vec<usize>,
    /// People by department.
    pub people: Vec<usize>,
    /// Pairs in contact across departments.
    pub across: usize,
    /// All pairs in contact.
    pub all: usize,
    /// As many pairs without a person in common would say as much about the share that crosses.
    pub effective: f64,
}

impl Matrix {
    /// Share of the possible pairs in contact; none where no pair is possible.
    pub fn share(&self, cell: usize) -> Option<f64> {
        (self.possible[cell] > 0).then(|| self.pairs[cell] as f64 / self.possible[cell] as f64)
    }

    /// Share of the contacts that cross departments; its interval allows for pairs that have a person in common.
    pub fn across(&self) -> Option<Interval> {
        let share = self.across as f64 / self.all as f64;
        (self.all > 0).then(|| intervals::wilson_of(share, self.effective))
    }
}

/// The matrices of the two snapshots of the network.
pub(super) fn summarise(rows: &Rows, networks: &Networks) -> Result<Contacts, &'static str> {
    let mut order: Vec<(usize, usize)> = (0..networks.departments.len())
        .map(|room| {
            let there = |p: &&super::NetworkPerson| p.before == Some(room) || p.after == Some(room);
            (room, networks.people.iter().filter(there).count())
        })
        .collect();
    if order.len() < 2 {
        return Err("skipped.one_department");
    }
    order.sort_by_key(|(room, people)| (std::cmp::Reverse(*people), *room));
    let others = order.len() > MOST;
    let shown = order.len().min(MOST);
    let mut index = vec![shown - 1; networks.departments.len()];
    for (i, (room, _)) in order.iter().take(shown).enumerate() {
        index[*room] = i;
    }
    let mut departments: Vec<String> = order
        .iter()
        .take(shown)
        .map(|(room, _)| networks.departments[*room].clone())
        .collect();
    if others {
        departments[shown - 1].clear();
    }
    let matrix = |after: bool| {
        let snapshot = if after {
            &networks.pair.after
        } else {
            &networks.pair.before
        };
        let room = |employee: u32| {
            let person = networks
                .people
                .binary_search_by_key(&employee, |p| p.employee);
            let person = &networks.people[person.ok()?];
            if after { person.after } else { person.before }
        };
        let mut matrix = Matrix {
            pairs: vec![0; shown * shown],
            possible: vec![0; shown * shown],
            people: vec![0; shown],
            ..Matrix::default()
        };
        for person in &networks.people {
            if let Some(room) = if after { person.after } else { person.before } {
                matrix.people[index[room]] += 1;
            }
        }
        let mut pairs: Vec<(u32, u32)> = rows
            .ties
            .iter()
            .filter(|tie| &tie.snapshot == snapshot)
            .filter(|tie| {
                tie.last_contact
                    .is_none_or(|last| tie.week - last <= DORMANT)
            })
            .map(|tie| (tie.source.min(tie.target), tie.source.max(tie.target)))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let mut crossing = Vec::with_capacity(pairs.len());
        for (one, other) in pairs {
            let (Some(a), Some(b)) = (room(one), room(other)) else {
                continue;
            };
            matrix.all += 1;
            matrix.across += usize::from(a != b);
            crossing.push((one as usize, other as usize, a != b));
            let (a, b) = (index[a], index[b]);
            matrix.pairs[a * shown + b] += 1;
            if a != b {
                matrix.pairs[b * shown + a] += 1;
            }
        }
        matrix.effective = tied::effective(&crossing);
        for a in 0..shown {
            for b in 0..shown {
                let (n, m) = (matrix.people[a], matrix.people[b]);
                matrix.possible[a * shown + b] = if a == b {
                    n * n.saturating_sub(1) / 2
                } else {
                    n * m
                };
            }
        }
        matrix
    };
    Ok(Contacts {
        departments,
        others,
        matrices: [matrix(false), matrix(true)],
    })
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn shares_are_of_the_possible_pairs() {
        let rows = samples::firm(21);
        let analysis = super::super::Analysis::of(&rows);
        let found = summarise(&rows, analysis.networks.as_ref().unwrap()).unwrap();
        let before = &found.matrices[0];
        let n = found.departments.len();
        let all: usize = (0..n)
            .flat_map(|a| (a..n).map(move |b| (a, b)))
            .map(|(a, b)| before.pairs[a * n + b])
            .sum();
        assert_eq!(all, before.all);
        assert!((0..n * n).all(|cell| before.share(cell).is_none_or(|s| s <= 1.0)));
    }
}
