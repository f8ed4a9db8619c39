//! Chart `network`: who is tied to whom before and after, departments as rooms of a floor plan.

use super::floor_plan::Plan;
use super::lettering::Letters;
use super::positions::headings;
use super::sheet::{Sample, Sheet, Words, one_run};
use super::style::{Size, strategy_styles};
use super::{Content, Drawing};
use crate::analysis::{Analysis, NetworkTie, Networks, counted, occasion, survival_finding};
use crate::language::Language;

/// Firms with more people are drawn by department.
pub(super) const MOST_PEOPLE: usize = 1000;
/// Each person's strongest ties that are drawn.
const TIES_DRAWN: usize = 3;

/// The chart's words and data, or why there is nothing to draw.
pub(super) fn content(analysis: &Analysis, language: Language) -> Result<Content, String> {
    let found = analysis.networks.as_ref().map_err(Clone::clone)?;
    let people = found.people.len();
    let by_department = people > MOST_PEOPLE;
    let there = |after: bool| {
        found
            .people
            .iter()
            .filter(|p| if after { p.after } else { p.before }.is_some())
            .count()
    };
    let what = if by_department {
        format!(
            "Circles are departments, as large as their headcount; lines are ties between them, the \
             widest {}",
            most_between(found)
        )
    } else {
        format!("Lines are each person’s {TIES_DRAWN} strongest ties")
    };
    let counts = format!(
        "{} people and {} ties before, {} people and {} ties after",
        there(false),
        found.before.len(),
        there(true),
        found.after.len()
    );
    let mut csv = vec![
        [
            "snapshot",
            "source",
            "target",
            "strength",
            "across_departments",
        ]
        .map(String::from)
        .to_vec(),
    ];
    for (after, name, ties) in [
        (false, &found.pair.before, &found.before),
        (true, &found.pair.after, &found.after),
    ] {
        for tie in ties {
            csv.push(vec![
                name.clone(),
                found.people[tie.one].employee.to_string(),
                found.people[tie.other].employee.to_string(),
                format!("{:.4}", tie.strength),
                (room_of(found, tie.one, after) != room_of(found, tie.other, after)).to_string(),
            ]);
        }
    }
    let title = survival_finding(
        &found.survival_reassigned,
        &found.survival_others,
        &occasion(&found.pair, language),
        language,
    );
    Ok(Content {
        words: Words {
            subtitle: format!("{what}; {counts}"),
            notes: vec![format!(
                "Ties kept are counted among people present both times; one person’s ties share a \
                 fate, so differences are less certain than their number suggests. {}",
                one_run(analysis)
            )],
            title: title.clone(),
        },
        alt: format!(
            "Two drawings of the network, before and after, with {}. {counts}. {title}.",
            counted(found.departments.len(), "department", "departments")
        ),
        caption: format!("{title}."),
        csv,
    })
}

/// A person's department before or after.
pub(super) fn room_of(found: &Networks, person: usize, after: bool) -> Option<usize> {
    let person = &found.people[person];
    if after { person.after } else { person.before }
}

pub(super) fn draw<'a>(
    analysis: &Analysis,
    found: &Networks,
    content: &Content,
    size: Size,
    letters: &'a Letters,
) -> Drawing<'a> {
    let mut sheet = Sheet::new(&content.words, &analysis.provenance, size, letters);
    let em = sheet.em;
    let styles = strategy_styles(&analysis.strategies);
    let aggregated = found.people.len() > MOST_PEOPLE;
    if !aggregated {
        let mut entries: Vec<(Sample, String)> = Vec::new();
        for (n, name) in analysis.strategies.iter().enumerate() {
            let people = found
                .people
                .iter()
                .filter(|person| person.strategy == n)
                .count();
            if people > 0 {
                entries.push((Sample::Mark(styles[n]), format!("{name} (n = {people})")));
            }
        }
        if found.people.iter().any(|person| person.reassigned) {
            entries.push((Sample::Ring, "changed posts".into()));
        }
        sheet.key(&entries);
    }
    let [left, right] = sheet.halves(1.0 * em);
    let titles = headings(&found.pair);
    let halls = [
        sheet.heading(left, &titles[0]),
        sheet.heading(right, &titles[1]),
    ];
    let plan = Plan::of(found, halls[0], em);
    for (after, hall) in [(false, halls[0]), (true, halls[1])] {
        let shift = hall.x - halls[0].x;
        plan.floor(&mut sheet, found, after, shift);
        if aggregated {
            plan.departments(&mut sheet, found, after, shift);
        } else {
            plan.people(&mut sheet, found, &styles, after, shift);
        }
    }
    sheet.picture
}

/// People in each department.
pub(super) fn headcounts(found: &Networks, after: bool) -> Vec<usize> {
    let mut counts = vec![0_usize; found.departments.len()];
    for person in 0..found.people.len() {
        if let Some(room) = room_of(found, person, after) {
            counts[room] += 1;
        }
    }
    counts
}

/// Ties between each pair of departments, at `smaller * departments + larger`.
pub(super) fn between_departments(found: &Networks, after: bool) -> Vec<usize> {
    let rooms = found.departments.len();
    let mut between = vec![0_usize; rooms * rooms];
    for tie in if after { &found.after } else { &found.before } {
        if let (Some(a), Some(b)) = (
            room_of(found, tie.one, after),
            room_of(found, tie.other, after),
        ) && a != b
        {
            between[a.min(b) * rooms + a.max(b)] += 1;
        }
    }
    between
}

/// Most ties between any two departments, before or after: both panels use one scale.
pub(super) fn most_between(found: &Networks) -> usize {
    [false, true]
        .into_iter()
        .flat_map(|after| between_departments(found, after))
        .max()
        .unwrap_or(0)
        .max(1)
}

/// The ties that are among the strongest of either of their people.
pub(super) fn strongest(ties: &[NetworkTie], people: usize) -> Vec<NetworkTie> {
    let mut order: Vec<&NetworkTie> = ties.iter().collect();
    order.sort_by(|a, b| {
        b.strength
            .total_cmp(&a.strength)
            .then((a.one, a.other).cmp(&(b.one, b.other)))
    });
    let mut drawn = vec![0_usize; people];
    let mut kept = Vec::new();
    for tie in order {
        if drawn[tie.one] < TIES_DRAWN || drawn[tie.other] < TIES_DRAWN {
            drawn[tie.one] += 1;
            drawn[tie.other] += 1;
            kept.push(*tie);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_person_keeps_the_strongest_ties() {
        let tie = |one, other, strength| NetworkTie {
            one,
            other,
            strength,
        };
        let all: Vec<NetworkTie> = (1..=6).map(|other| tie(0, other, other as f32)).collect();
        let kept = strongest(&all, 7);
        assert_eq!(
            kept.len(),
            6,
            "each is among the strongest of the other person"
        );
        assert_eq!(kept[0].strength, 6.0);
        let mut dense = Vec::new();
        for one in 0..8 {
            for other in one + 1..8 {
                dense.push(tie(one, other, 1.0));
            }
        }
        assert!(strongest(&dense, 8).len() < dense.len());
    }
}
