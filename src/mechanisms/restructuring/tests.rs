//! Who stays, who goes and who gets which post, and how often a firm is restructured.

use super::fixture::{EVERYONE, FIRM, carry_out, carry_out_on, change, rule};
use super::*;
use crate::random::{Randomness, Shapes};
use crate::world::{DecisionKind, Outcome};

#[test]
fn the_best_placed_get_the_most_desirable_posts() {
    let done = carry_out(&rule(), &change(Kind::Dissolve));
    // the receiving departments are the most coupled (3, of function 1), then 2 and 0 by desirability
    let desirable = |slot: u32| {
        done.world.organisation.departments[done.department(slot) as usize].desirability
    };
    let staff: Vec<u32> = done
        .world
        .happenings
        .decisions
        .iter()
        .filter(|d| d.kind == DecisionKind::Placement && d.level == 0)
        .map(|d| d.candidates.iter().find(|c| c.chosen).unwrap().slot)
        .collect();
    assert_eq!(staff[..2], [12, 13], "the panel's best goes first");
    assert!(
        staff
            .windows(2)
            .all(|pair| desirable(pair[0]) >= desirable(pair[1]))
    );
    assert!(desirable(staff[0]) > desirable(staff[3]));
    let better = done
        .world
        .happenings
        .placements
        .iter()
        .find(|p| p.employee == 12)
        .unwrap();
    assert_eq!(
        (better.outcome, better.to_department),
        (Outcome::Better, Some(3))
    );
}

#[test]
fn downsizing_cuts_the_share_stated_and_those_ranked_lowest() {
    let none = Restructuring {
        dismissed: Share::new(1.0),
        ..rule()
    };
    let done = carry_out(&none, &change(Kind::Downsize));
    // 0.2 * 10 posts: slots 19 and 20 are ranked lowest
    assert_eq!(done.world.employees.headcount(), EVERYONE - 2);
    assert_eq!(done.posts(1), 8);
    let gone: Vec<u32> = (0..EVERYONE)
        .filter(|&s| !done.world.employees.profiles[s as usize].is_employed())
        .collect();
    assert_eq!(gone, [19, 20]);
    let layoff = &done.world.happenings.decisions[0];
    assert_eq!(
        (layoff.kind, layoff.candidates.len()),
        (DecisionKind::Layoff, 10)
    );
    assert_eq!(
        layoff.candidates.iter().filter(|c| c.chosen).count(),
        2,
        "chosen to go"
    );
}

#[test]
fn who_came_to_the_level_lately_is_not_spared_for_it() {
    let rule = Restructuring {
        protection: Factor::new(2.0),
        ..rule()
    };
    // score 3.4 = performance 2 + advocacy 0.6 + pace 0.8; who goes is judged without pace, with advocacy twice: 2 + 1.2
    let mut candidate = Candidate {
        performance: 2.0,
        advocacy: 0.6,
        pace: 0.8,
        score: 3.4,
        ..Candidate::default()
    };
    rule.protect(&mut candidate);
    assert_eq!(candidate.pace, 0.0);
    assert!((candidate.score - 3.2).abs() < 1e-12);
    assert!((candidate.advocacy - 1.2).abs() < 1e-12);
}

#[test]
fn downsizing_takes_vacant_posts_before_people() {
    let mut firm = FIRM.build();
    firm.dismiss(12);
    firm.dismiss(13);
    let before = firm.employees.headcount();
    let done = carry_out_on(firm, &rule(), &change(Kind::Downsize));
    assert_eq!(done.world.employees.headcount(), before);
    assert_eq!(done.posts(1), 8);
    assert_eq!(done.count(Outcome::Kept), 8);
}

#[test]
fn downsizing_the_whole_firm_spares_its_head_alone() {
    let all = Change {
        department: None,
        share: Some(Share::new(1.0)),
        ..change(Kind::Downsize)
    };
    let everyone_goes = Restructuring {
        dismissed: Share::new(1.0),
        ..rule()
    };
    let done = carry_out(&everyone_goes, &all);
    assert_eq!(done.world.employees.headcount(), 1);
    assert!(done.world.employees.profiles[0].is_employed());
}

#[test]
fn those_left_without_a_post_are_put_where_nobody_likes_to_go() {
    let kept = Restructuring {
        dismissed: Share::new(0.0),
        ..rule()
    };
    let done = carry_out(&kept, &change(Kind::Downsize));
    assert_eq!(done.world.employees.headcount(), EVERYONE);
    assert_eq!(done.department(19), 0, "the least desirable department");
    assert_eq!(done.count(Outcome::LessDesirable), 2);
}

#[test]
fn luck_decides_who_goes_when_there_is_much_of_it() {
    let lucky = |luck| {
        let rule = Restructuring {
            layoff_luck: Factor::new(luck),
            dismissed: Share::new(1.0),
            ..rule()
        };
        let done = carry_out(&rule, &change(Kind::Downsize));
        done.world.happenings.decisions[0]
            .candidates
            .iter()
            .filter(|c| c.chosen)
            .map(|c| c.slot)
            .collect::<Vec<_>>()
    };
    assert_eq!(lucky(0.0), [19, 20]);
    assert_ne!(lucky(20.0), [19, 20]);
}

#[test]
fn restructurings_at_random_come_at_their_rate() {
    // 2.6 a year are 0.05 a week; n = 4000 weeks, four standard errors
    let rule = Restructuring {
        yearly_rate: Rate::new(2.6),
        ..rule()
    };
    let world = FIRM.build();
    let (randomness, shapes) = (Randomness::new(17), Shapes::default());
    let drawn = |rule: &Restructuring| -> Vec<Change> {
        (0..4000)
            .filter_map(|week| {
                rule.at_random(
                    &world,
                    Step {
                        week,
                        randomness: &randomness,
                        shapes: &shapes,
                    },
                )
            })
            .collect()
    };
    let changes = drawn(&rule);
    let share = changes.len() as f64 / 4000.0;
    assert!(
        (share - 0.05).abs() < 4.0 * (0.05_f64 * 0.95 / 4000.0).sqrt(),
        "{share}"
    );
    for change in &changes {
        assert!(!rule.affected(&world, change).is_empty());
        assert_eq!(change.kind == Kind::Merge, change.with.is_some());
        assert_ne!(
            change.department, change.with,
            "nothing is merged with itself"
        );
    }
    assert!(
        drawn(&Restructuring {
            enabled: false,
            ..rule
        })
        .is_empty()
    );
}
