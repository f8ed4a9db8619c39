use super::chronicle::{CandidateRow, EventRow, PlacementRow};
use super::*;

fn person(year: u32, employee: u32, name: &str) -> PersonYear {
    PersonYear {
        year,
        employee,
        name: (!name.is_empty()).then(|| name.to_owned()),
        strategy: "isolated".into(),
        persona: employee == 7,
        ..PersonYear::default()
    }
}

fn event(week: i32, kind: &str) -> EventRow {
    EventRow {
        week,
        kind: kind.into(),
        employee: Some(7),
        ..EventRow::default()
    }
}

/// Parts: performance and luck; the others are nothing.
fn candidate(id: u32, week: i32, kind: &str, rank: u32, parts: (f64, f64)) -> CandidateRow {
    CandidateRow {
        week,
        kind: kind.into(),
        candidate: id,
        rank,
        chosen: rank == 1,
        score: Some(parts.0 + parts.1),
        performance: Some(parts.0),
        luck: Some(parts.1),
        panel_size: Some(5),
        advocates: Some(0),
        known_to: Some(1),
        ..CandidateRow::default()
    }
}

fn placement(id: u32, displaced: bool, outcome: &str) -> PlacementRow {
    PlacementRow {
        restructuring: 1,
        week: 82,
        employee: id,
        from_department: Some("Analytics".into()),
        outcome: outcome.into(),
        displaced,
        ..PlacementRow::default()
    }
}

/// Michael, number 7: passed over twice in year one, displaced in week 82 and placed by the second of two
/// panels, promoted in week 120, gone in week 150.
fn chronicle() -> Chronicle {
    let mut chronicle = Chronicle {
        people: vec![
            person(0, 7, "Michael"),
            person(1, 7, "Michael"),
            person(2, 7, "Michael"),
            person(3, 8, "Ana"),
            person(3, 9, "Ana"),
            person(3, 10, ""),
        ],
        ..Chronicle::default()
    };
    chronicle.decisions.insert(
        0,
        vec![
            candidate(8, 10, "promotion", 1, (0.2, 0.9)),
            candidate(9, 10, "promotion", 2, (0.1, 0.5)),
            candidate(7, 10, "promotion", 3, (0.8, -0.9)),
        ],
    );
    chronicle.decisions.insert(
        1,
        vec![
            candidate(8, 30, "promotion", 1, (0.9, 0.1)),
            candidate(7, 30, "promotion", 2, (0.9, 0.0)),
        ],
    );
    for (number, first, second) in [(2, 8, 7), (3, 7, 9)] {
        let mut rows = vec![
            candidate(first, 82, "placement", 1, (0.5, 0.0)),
            candidate(second, 82, "placement", 2, (0.4, 0.0)),
        ];
        for row in &mut rows {
            row.restructuring = Some(1);
        }
        chronicle.decisions.insert(number, rows);
    }
    chronicle
        .decisions
        .insert(4, vec![candidate(7, 120, "promotion", 1, (0.1, 0.0))]);
    chronicle.placements = vec![
        placement(7, true, "lateral"),
        placement(8, true, "better"),
        placement(9, true, "dismissed"),
        placement(10, false, "kept"),
    ];
    chronicle.events = vec![
        event(-5, "hired"),
        EventRow {
            restructuring: Some(1),
            ..event(82, "reassigned")
        },
        EventRow {
            decision: Some(4),
            ..event(120, "promoted")
        },
        event(125, "mentor_left"),
        event(130, "mentor_left"),
        event(150, "left"),
    ];
    chronicle.partners = [("before", [8, 9, 10]), ("after-13", [9, 10, 11])]
        .into_iter()
        .map(|(when, who)| ((format!("restructuring-1-{when}"), 7), who.into()))
        .collect();
    chronicle
}

#[test]
fn a_career_is_told_in_order_with_its_causes() {
    let story = chronicle().story(7).unwrap();
    let weeks: Vec<i32> = story.chapters.iter().map(|chapter| chapter.week).collect();
    assert_eq!(
        weeks,
        [0, 10, 82, 120, 125, 150],
        "burn-in is no part of it"
    );
    let What::PassedOver { times, nearest } = &story.chapters[1].what else {
        panic!("{:?}", story.chapters[1]);
    };
    assert_eq!((*times, nearest.decision, nearest.rank), (2, 1, 2));
    let What::Promoted { panel, .. } = &story.chapters[3].what else {
        panic!("{:?}", story.chapters[3]);
    };
    assert_eq!(panel.as_ref().map(|panel| panel.decision), Some(4));
    let What::Other { times, .. } = &story.chapters[4].what else {
        panic!("{:?}", story.chapters[4]);
    };
    assert_eq!(
        *times, 2,
        "what happens again within the year is told together"
    );
    assert!(matches!(&story.chapters[5].what, What::Gone { kind, .. } if kind == "left"));
    assert_eq!(
        story.tally,
        Tally {
            considered: 3,
            won: 1,
            best_performer: 3,
            unspoken: 3,
            unknown: 0
        }
    );
}

#[test]
fn a_place_in_a_panel_is_a_count_of_better_ones() {
    let panels = chronicle().panels_of(7, "promotion");
    let first = &panels[0];
    assert_eq!((first.candidates, first.rank, first.chosen), (3, 3, false));
    assert_eq!(first.performance.rank, Some(1));
    assert_eq!(first.luck.rank, Some(3));
    assert_eq!(first.rank_without_luck, Some(1));
    assert_eq!(first.winners, [8]);
    let second = &panels[1];
    assert!(second.performance.shared, "equal values share a place");
    assert_eq!(second.performance.rank, Some(1));
    let mut gap = chronicle();
    let row = &mut gap.decisions.get_mut(&0).unwrap()[0];
    (row.performance, row.luck) = (None, None);
    let first = &gap.panels_of(7, "promotion")[0];
    assert_eq!(
        first.performance.rank, None,
        "a missing value gives no place"
    );
    assert_eq!(first.rank_without_luck, None);
}

#[test]
fn a_restructuring_is_counted_from_its_rows() {
    let story = chronicle().story(7).unwrap();
    let What::Restructured(change) = &story.chapters[2].what else {
        panic!("{:?}", story.chapters[2]);
    };
    let affected = &change.affected;
    assert_eq!((affected.people, affected.displaced), (4, 3));
    assert_eq!((affected.filled, affected.dismissed), (2, 1));
    assert_eq!(affected.departments, ["Analytics"]);
    assert_eq!(change.lost, 1);
    assert_eq!(
        change.placement.as_ref().map(|p| (p.decision, p.chosen)),
        Some((3, true))
    );
    let ties = change.ties.unwrap();
    assert_eq!((ties.before, ties.kept, ties.weeks), (3, 2, 13));
}

#[test]
fn people_are_found_by_name_or_number_and_never_guessed() {
    let mut chronicle = chronicle();
    chronicle.people[0].source_id = Some("emp-7".into());
    assert_eq!(chronicle.find("Michael"), Ok(7));
    assert_eq!(chronicle.find("10"), Ok(10));
    assert_eq!(chronicle.find("emp-7"), Ok(7));
    assert_eq!(
        chronicle.find("Ana"),
        Err(NotFound::Several { ids: vec![8, 9] })
    );
    let names = vec!["Ana".to_owned(), "Michael".to_owned()];
    let highest = Some(10);
    assert_eq!(
        chronicle.find("michael"),
        Err(NotFound::Unknown { names, highest })
    );
    assert!(chronicle.story(99).is_none());
}
