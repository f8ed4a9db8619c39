//! The levels of a real organisation, and who stands on which.

use std::cmp::Ordering;

use super::super::import::{OrganisationFiles, PersonRow};
use super::super::organisation_plan::{LevelPlan, give_responsibility, ladder as invented};
use super::super::remainder::largest_remainder;
use super::{Draw, counted, key, share};
use crate::random::Randomness;
use crate::units::{Probability, Rate};

/// The levels from the bottom, and the level of each person.
pub(super) struct Ladder {
    pub(super) levels: Vec<LevelPlan>,
    pub(super) of: Vec<usize>,
}

/// Levels that the file names, or its ranks, in the order of the file.
pub(super) fn named(files: &OrganisationFiles) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for word in words(files).unwrap_or_default().into_iter().flatten() {
        if !names.contains(&word) {
            names.push(word);
        }
    }
    names
}

/// What the file calls each person's level; None when it has neither levels nor ranks.
fn words(files: &OrganisationFiles) -> Option<Vec<Option<String>>> {
    let people = &files.people;
    if people.iter().any(|p| p.level.is_some()) {
        // of someone with a rank only, the level of whoever has the same rank
        let by_rank = |rank: u32| {
            people
                .iter()
                .find(|p| p.level_rank == Some(rank) && p.level.is_some())?
                .level
                .clone()
        };
        let word = |p: &PersonRow| p.level.clone().or_else(|| by_rank(p.level_rank?));
        return Some(people.iter().map(word).collect());
    }
    let ranked = people.iter().any(|p| p.level_rank.is_some());
    ranked.then(|| {
        people
            .iter()
            .map(|p| Some(format!("rank {}", p.level_rank?)))
            .collect()
    })
}

/// Number of direct reports of each person.
pub(super) fn reports(people: &[PersonRow]) -> Vec<usize> {
    let mut reports = vec![0; people.len()];
    for manager in people.iter().filter_map(|p| p.manager) {
        reports[manager] += 1;
    }
    reports
}

/// The levels, and everyone's; `seniority` is each person's place, 0 the most senior.
pub(super) fn ladder(
    files: &OrganisationFiles,
    level_order: &[String],
    seniority: &[usize],
    randomness: &Randomness,
    notes: &mut Vec<String>,
) -> Ladder {
    let people = &files.people;
    let reports = reports(people);
    let managed = reports.iter().any(|&r| r > 0);
    let (names, known) = if let Some(words) = words(files) {
        let names = ordered(files, &words, &reports, level_order, notes);
        let known: Vec<Option<usize>> = words
            .into_iter()
            .map(|word| names.iter().position(|name| Some(name) == word.as_ref()))
            .collect();
        (names, known)
    } else if managed {
        from_the_line(people, &reports, notes)
    } else {
        return drawn(seniority, notes);
    };
    let of = filled(people, &known, names.len(), &reports, randomness, notes);
    let lowest_managing = if managed {
        let managing = (0..people.len())
            .filter(|&i| reports[i] > 0)
            .map(|i| of[i])
            .min();
        managing.unwrap_or(1).max(1)
    } else {
        1
    }
    .min(names.len() - 1);
    let mut count = vec![0_usize; names.len()];
    for &level in &of {
        count[level] += 1;
    }
    let mut levels: Vec<LevelPlan> = names
        .into_iter()
        .enumerate()
        .map(|(level, name)| {
            let (internal, exit) = rates(level, lowest_managing, count.len());
            LevelPlan {
                name,
                share: share(count[level] as f64 / people.len() as f64),
                manages: level >= lowest_managing,
                internal_share: Probability::try_from(internal).unwrap_or(Probability::new(0.5)),
                exit_rate: Rate::try_from(exit).unwrap_or(Rate::new(0.1)),
                ..LevelPlan::default()
            }
        })
        .collect();
    give_responsibility(&mut levels);
    Ladder { levels, of }
}

/// Share of vacancies filled from inside and yearly rate of leaving, as the ladder of an invented firm has them.
fn rates(level: usize, lowest_managing: usize, levels: usize) -> (f64, f64) {
    if level >= lowest_managing {
        let rank = (level - lowest_managing + 1) as f64 / (levels - lowest_managing) as f64;
        let internal = if level == 0 { 0.0 } else { 0.48 + 0.15 * rank };
        return (internal, 0.09 - 0.05 * rank);
    }
    let part = level as f64 / lowest_managing.saturating_sub(1).max(1) as f64;
    (if level == 0 { 0.0 } else { 0.7 }, 0.125 - 0.025 * part)
}

/// What a criterion says of a level; None when it says nothing.
type Score<'a> = &'a dyn Fn(&String) -> Option<f64>;

/// Names of levels from the bottom.
fn ordered(
    files: &OrganisationFiles,
    words: &[Option<String>],
    reports: &[usize],
    level_order: &[String],
    notes: &mut Vec<String>,
) -> Vec<String> {
    let found = named(files);
    let mut order: Vec<String> = level_order
        .iter()
        .filter(|level| found.contains(level))
        .cloned()
        .collect();
    order.dedup();
    if order.len() == found.len() {
        return order;
    }
    let people = &files.people;
    let height = heights(people, reports);
    let mean = |name: &String, value: &dyn Fn(usize) -> Option<f64>| {
        let of = (0..people.len()).filter(|&i| words[i].as_ref() == Some(name));
        let values: Vec<f64> = of.filter_map(value).collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    let size = |name: &String| {
        words
            .iter()
            .filter(|word| word.as_ref() == Some(name))
            .count()
    };
    let managed = reports.iter().any(|&r| r > 0);
    let criteria: [(&str, Score<'_>); 5] = [
        ("rank", &|name| {
            mean(name, &|i| Some(-f64::from(people[i].level_rank?)))
        }),
        ("height in the reporting line", &|name| {
            mean(name, &|i| managed.then_some(f64::from(height[i])))
        }),
        ("mean tenure", &|name| {
            mean(name, &|i| people[i].tenure_years)
        }),
        ("mean age", &|name| mean(name, &|i| people[i].age)),
        ("size, the smaller above", &|name| {
            Some(-(size(name) as f64))
        }),
    ];
    // a criterion counts only when it says something of every level
    let scores: Vec<(&str, Vec<f64>)> = criteria
        .iter()
        .filter_map(|(what, score)| Some((*what, found.iter().map(score).collect::<Option<_>>()?)))
        .collect();
    let mut by_score: Vec<usize> = (0..found.len()).collect();
    by_score.sort_by(|&a, &b| {
        scores
            .iter()
            .map(|(_, score)| score[a].total_cmp(&score[b]))
            .find(|order| *order != Ordering::Equal)
            .unwrap_or_else(|| found[b].cmp(&found[a]))
    });
    let order: Vec<String> = by_score.into_iter().map(|i| found[i].clone()).collect();
    let first = scores
        .iter()
        .find(|(_, score)| score.iter().any(|s| *s != score[0]));
    if let Some((what, _)) = first.filter(|(what, _)| *what != "rank") {
        notes.push(format!(
            "levels from the bottom by {what}: {}; level_order can say otherwise",
            order.join(", ")
        ));
    }
    order
}

/// Height of each person above the bottom of the reporting line.
fn heights(people: &[PersonRow], reports: &[usize]) -> Vec<u32> {
    // from those without reports upwards; a person is done when all reports are
    let mut height = vec![0_u32; people.len()];
    let mut open = reports.to_vec();
    let mut done: Vec<usize> = (0..people.len()).filter(|&i| reports[i] == 0).collect();
    while let Some(person) = done.pop() {
        if let Some(manager) = people[person].manager {
            height[manager] = height[manager].max(height[person] + 1);
            open[manager] -= 1;
            if open[manager] == 0 {
                done.push(manager);
            }
        }
    }
    height
}

fn from_the_line(
    people: &[PersonRow],
    reports: &[usize],
    notes: &mut Vec<String>,
) -> (Vec<String>, Vec<Option<usize>>) {
    let is_head = |i: usize| {
        people[i].manager.is_none()
            && (0..people.len()).any(|j| people[j].manager == Some(i) && reports[j] > 0)
    };
    let heads: Vec<usize> = (0..people.len())
        .filter(|&i| reports[i] > 0 && people[i].manager.is_none())
        .collect();
    let head = match heads[..] {
        [only] if is_head(only) => Some(only),
        _ => None,
    };
    let mut names = vec!["staff", "manager"];
    names.extend(head.map(|_| "head"));
    let level = |i: usize| match reports[i] {
        _ if Some(i) == head => 2,
        0 => 0,
        _ => 1,
    };
    notes.push(format!(
        "the files name no levels: {} taken from the reporting line",
        names.join(", ")
    ));
    (
        names.into_iter().map(str::to_owned).collect(),
        (0..people.len()).map(|i| Some(level(i))).collect(),
    )
}

/// Nothing tells of levels: those of an invented firm of this size, the most senior on top.
fn drawn(seniority: &[usize], notes: &mut Vec<String>) -> Ladder {
    let people = seniority.len();
    let mut levels = invented(people as u32);
    let shares: Vec<f64> = levels.iter().map(|l| l.share.get()).collect();
    let mut count = largest_remainder(people, &shares);
    let top = count.len() - 1;
    if count[top] == 0
        && let Some(largest) = (0..top).max_by_key(|&l| count[l])
    {
        count[top] = 1;
        count[largest] -= 1;
    }
    let mut by_seniority = Vec::with_capacity(people);
    for level in (0..=top).rev() {
        by_seniority.extend(std::iter::repeat_n(level, count[level]));
    }
    for (level, plan) in levels.iter_mut().enumerate() {
        plan.share = share(count[level] as f64 / people as f64);
    }
    notes.push(
        "the files name no levels and no managers: levels are those of an invented firm of this size, \
         the most senior on top"
            .to_owned(),
    );
    Ladder {
        levels,
        of: seniority.iter().map(|&place| by_seniority[place]).collect(),
    }
}

/// Everyone's level, with those that the file does not say.
fn filled(
    people: &[PersonRow],
    known: &[Option<usize>],
    levels: usize,
    reports: &[usize],
    randomness: &Randomness,
    notes: &mut Vec<String>,
) -> Vec<usize> {
    let missing = known.iter().filter(|level| level.is_none()).count();
    if missing == 0 {
        return known.iter().map(|level| level.unwrap_or(0)).collect();
    }
    let mut count = vec![0.0; levels];
    let mut highest_report: Vec<Option<usize>> = vec![None; people.len()];
    let mut under: Vec<Vec<usize>> = vec![vec![0; levels]; people.len().min(reports.len())];
    for (person, level) in people.iter().zip(known) {
        let Some(level) = *level else { continue };
        count[level] += 1.0;
        if let Some(manager) = person.manager {
            highest_report[manager] = highest_report[manager].max(Some(level));
            under[manager][level] += 1;
        }
    }
    let key = key(randomness, Draw::Level);
    let mut drawn = 0;
    let of = (0..people.len())
        .map(|i| {
            if let Some(level) = known[i] {
                return level;
            }
            if reports[i] > 0 {
                return highest_report[i].map_or(1, |l| l + 1).min(levels - 1);
            }
            let peers = people[i].manager.map(|manager| &under[manager]);
            if let Some(peers) = peers
                && let Some(most) = peers.iter().max().filter(|most| **most > 0)
            {
                return peers.iter().position(|n| n == most).unwrap_or(0);
            }
            drawn += 1;
            key.of(i as u32).weighted(&count).unwrap_or(0)
        })
        .collect();
    notes.push(format!(
        "{} without a level: {} taken from the reporting line, {drawn} drawn in proportion to the levels",
        counted(missing, "person", "people"),
        missing - drawn
    ));
    of
}
