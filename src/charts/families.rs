//! Departments that differ by a number only ("sales 1", "sales 2") share a region of a large firm's picture: hundreds of
//! names nobody reads, a number in a region with one name everybody finds.

use std::collections::BTreeMap;

/// Fewer departments than this have room for their names.
const FEWEST: usize = 17;
/// More regions than this are no help.
const MOST: usize = 12;

/// Departments of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Family {
    /// What their names have in common.
    pub(super) name: String,
    /// Indices of its departments with their numbers as written, in order; no number where the name has none.
    pub(super) members: Vec<(usize, String)>,
}

/// The families of departments, sorted by name; none where names have no numbers or there are few departments.
pub(super) fn families(departments: &[String]) -> Option<Vec<Family>> {
    if departments.len() < FEWEST {
        return None;
    }
    let mut found: BTreeMap<&str, Vec<(u64, usize, String)>> = BTreeMap::new();
    for (n, name) in departments.iter().enumerate() {
        let (stem, number) = numbered(name).unwrap_or((name, ""));
        let order = number.parse().unwrap_or(0);
        let members = found.entry(stem).or_default();
        members.push((order, n, number.to_owned()));
    }
    if found.len() > MOST || found.len() * 3 > departments.len() {
        return None;
    }
    let family = |(name, mut members): (&str, Vec<(u64, usize, String)>)| {
        members.sort();
        Family {
            name: name.to_owned(),
            members: members.into_iter().map(|(_, n, word)| (n, word)).collect(),
        }
    };
    Some(found.into_iter().map(family).collect())
}

/// A name and the number at its end.
fn numbered(name: &str) -> Option<(&str, &str)> {
    let (stem, number) = name.rsplit_once(' ')?;
    let short = (1..=4).contains(&number.len());
    (short && number.bytes().all(|letter| letter.is_ascii_digit())).then_some((stem, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_departments_are_put_together_in_the_order_of_their_numbers() {
        let mut names: Vec<String> = (1..=12).map(|n| format!("sales {n}")).collect();
        names.sort();
        names.extend((1..=6).map(|n| format!("field support {n}")));
        names.push("board".into());
        let found = families(&names).unwrap();
        let words: Vec<&str> = found.iter().map(|family| family.name.as_str()).collect();
        assert_eq!(words, ["board", "field support", "sales"]);
        assert_eq!(found[0].members, [(18, String::new())]);
        let numbers: Vec<&str> = found[2].members.iter().map(|(_, n)| n.as_str()).collect();
        assert_eq!(numbers[..4], ["1", "2", "3", "4"]);
        assert_eq!(names[found[2].members[9].0], "sales 10");
    }

    #[test]
    fn names_without_numbers_and_few_departments_are_left_alone() {
        let words: Vec<String> = (0..30).map(|n| format!("unit {n}x")).collect();
        assert_eq!(families(&words), None);
        let few: Vec<String> = (0..5).map(|n| format!("sales {n}")).collect();
        assert_eq!(families(&few), None);
    }
}
