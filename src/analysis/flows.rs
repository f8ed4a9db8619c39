//! Where displaced people went: from department to department, or out of the firm.

use std::collections::BTreeMap;

use super::intervals::{self, Interval};
use super::rows::{Outcome, Placement};

/// Where somebody ended.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Destination {
    /// In a department.
    Department(String),
    /// Left of their own accord.
    Left,
    /// Dismissed.
    Dismissed,
}

/// Everybody whose own post was abolished, over all restructurings.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Flows {
    /// People from a department to a destination, the largest first.
    pub streams: Vec<(String, Destination, usize)>,
    /// All of them.
    pub people: usize,
    /// Share that found a post in another department.
    pub elsewhere: Option<Interval>,
    /// Share that left or was dismissed.
    pub gone: Option<Interval>,
}

/// The flows of those who were displaced; of all who did not keep their post where the table does not say.
pub(super) fn summarise(placements: &[Placement]) -> Flows {
    let mut streams: BTreeMap<(String, Destination), usize> = BTreeMap::new();
    let (mut people, mut elsewhere, mut gone) = (0, 0, 0);
    for row in placements {
        let displaced = row.displaced.unwrap_or(row.outcome != Outcome::Kept);
        let Some(from) = row.from_department.as_ref().filter(|_| displaced) else {
            continue;
        };
        let to = match (row.outcome, &row.to_department) {
            (Outcome::Dismissed, _) => Destination::Dismissed,
            (Outcome::Left, _) | (_, None) => Destination::Left,
            (_, Some(to)) => Destination::Department(to.clone()),
        };
        people += 1;
        match &to {
            Destination::Department(to) => elsewhere += usize::from(to != from),
            Destination::Left | Destination::Dismissed => gone += 1,
        }
        *streams.entry((from.clone(), to)).or_default() += 1;
    }
    let mut streams: Vec<(String, Destination, usize)> = streams
        .into_iter()
        .map(|((from, to), people)| (from, to, people))
        .collect();
    streams.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| (&a.0, &a.1).cmp(&(&b.0, &b.1))));
    Flows {
        streams,
        people,
        elsewhere: intervals::wilson(elsewhere, people),
        gone: intervals::wilson(gone, people),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_displaced_flow() {
        let row = |employee, outcome, to: Option<&str>, displaced| Placement {
            restructuring: "1".into(),
            week: 5,
            employee,
            strategy: "isolated".into(),
            from_department: Some("A".into()),
            to_department: to.map(Into::into),
            outcome,
            displaced,
        };
        let flows = summarise(&[
            row(1, Outcome::Kept, Some("A"), Some(false)),
            row(2, Outcome::Lateral, Some("B"), Some(true)),
            row(3, Outcome::Better, Some("B"), Some(true)),
            row(4, Outcome::Dismissed, None, Some(true)),
            row(5, Outcome::Lateral, Some("A"), None),
        ]);
        assert_eq!(flows.people, 4);
        let b = Destination::Department("B".into());
        assert_eq!(flows.streams[0], ("A".into(), b, 2));
        assert_eq!(flows.elsewhere.unwrap().estimate, 0.5);
        assert_eq!(flows.gone.unwrap().estimate, 0.25);
    }
}
