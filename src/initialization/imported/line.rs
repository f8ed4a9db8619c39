//! The reporting line of a real organisation: as the files say, completed where they say nothing.

use std::collections::BTreeMap;

use super::super::import::OrganisationFiles;
use super::departments::Places;
use super::ladder::{Ladder, reports};
use super::{Draw, counted, key};
use crate::random::Randomness;
use crate::world::NOBODY;

/// The superior of each person; `NOBODY` for the one head.
///
/// It is a tree: the files hold no cycle; a person who gets a superior here has no reports in the files and gets
/// one of a higher level, or the head, who has none.
pub(super) fn reporting_line(
    files: &OrganisationFiles,
    ladder: &Ladder,
    places: &Places,
    seniority: &[usize],
    randomness: &Randomness,
    notes: &mut Vec<String>,
) -> Vec<u32> {
    let people = &files.people;
    let reports = reports(people);
    let managed = reports.iter().any(|&r| r > 0);
    let is_root = |i: &usize| people[*i].manager.is_none();
    let head = (0..people.len()).filter(is_root).max_by_key(|&i| {
        (
            reports[i] > 0,
            ladder.of[i],
            std::cmp::Reverse(seniority[i]),
        )
    });
    let Some(head) = head else { return Vec::new() };
    let mut superior: Vec<u32> = people
        .iter()
        .map(|p| p.manager.map_or(NOBODY, |manager| manager as u32))
        .collect();
    let mut load = reports.clone();

    // managers by department, by function and in all
    let mut by_department = vec![Vec::new(); places.departments.len()];
    let managers: Vec<usize> = (0..people.len())
        .filter(|&i| ladder.levels[ladder.of[i]].manages)
        .collect();
    for &manager in &managers {
        by_department[places.of[manager]].push(manager);
    }
    let function = |i: usize| places.departments[places.of[i]].function.as_str();
    let mut by_function: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &manager in &managers {
        by_function
            .entry(function(manager))
            .or_default()
            .push(manager);
    }
    let key = key(randomness, Draw::Superior);
    // of the lowest level above, the one with the fewest reports
    let nearest = |candidates: &[usize], i: usize, load: &[usize]| {
        candidates
            .iter()
            .copied()
            .filter(|&c| ladder.of[c] > ladder.of[i])
            .min_by_key(|&c| {
                (
                    ladder.of[c],
                    load[c],
                    key.of_pair(i as u32, c as u32).bits(),
                    c,
                )
            })
    };
    let (mut drawn, mut tops) = (0, 0);
    for i in (0..people.len()).filter(is_root) {
        if i == head {
            continue;
        }
        let found = if reports[i] > 0 {
            tops += 1;
            None
        } else {
            drawn += 1;
            let near = nearest(&by_department[places.of[i]], i, &load);
            let leads = ladder.levels[ladder.of[i]].manages;
            // whoever stands highest in a department without managing it belongs to the nearest manager elsewhere
            near.or_else(|| {
                let alike = by_function.get(function(i)).map_or(&[][..], Vec::as_slice);
                (!leads)
                    .then(|| nearest(alike, i, &load).or_else(|| nearest(&managers, i, &load)))?
            })
        };
        let found = found.unwrap_or(head);
        superior[i] = found as u32;
        load[found] += 1;
    }
    let id = &people[head].source_id;
    if managed {
        notes.push(format!("reporting line from the files, headed by \"{id}\""));
        if drawn > 0 {
            notes.push(format!(
                "{} without a manager: one of the next level up in the department drawn, else the head",
                counted(drawn, "person", "people")
            ));
        }
        if tops > 0 {
            notes.push(format!(
                "{} with reports and without a manager: put under the head",
                counted(tops, "person", "people")
            ));
        }
    } else {
        notes.push(format!(
            "no reporting line in the files: drawn by level within departments, headed by \"{id}\""
        ));
    }
    superior
}
