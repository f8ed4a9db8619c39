//! What each kind of restructuring makes of departments, posts and the reporting line.

use super::fixture::{EVERYONE, FIRM, by_slot, carry_out, carry_out_on, change, rule};
use super::*;
use crate::random::{Randomness, Shapes};
use crate::world::small_firm::{SmallFirm, assert_sound};
use crate::world::{DecisionKind, Outcome};

#[test]
fn a_merger_makes_one_department_of_two_and_thins_out_the_doubled_leads() {
    let change = Change {
        with: Some("department 2".to_owned()),
        ..change(Kind::Merge)
    };
    let done = carry_out(&rule(), &change);
    assert!(!done.world.organisation.departments[2].exists);
    assert!(
        done.world.organisation.departments[1].exists,
        "the first remains"
    );
    // 2 and 2 leads: 0.5 * 2 = 1 goes; staff: 0.2 * 8 = 1.6, so 2 go
    let gone = |level: u8| {
        let posts = &done.world.organisation.posts[..EVERYONE as usize];
        posts
            .iter()
            .filter(|p| !p.exists && p.level == level)
            .count()
    };
    assert_eq!((gone(1), gone(0)), (1, 2));
    for slot in done
        .world
        .employees
        .present()
        .filter(|s| (21..31).contains(s))
    {
        assert_ne!(
            done.department(slot),
            2,
            "nobody is left in a department that is gone"
        );
    }
}

#[test]
fn a_split_moves_every_second_team_and_displaces_nobody() {
    let firm = SmallFirm {
        departments: 2,
        leads: 1,
        staff: 6,
    }
    .build();
    let change = Change {
        into: Some("new".to_owned()),
        ..change(Kind::Split)
    };
    let done = carry_out_on(firm, &rule(), &change);
    assert_eq!(done.world.organisation.departments.len(), 3);
    assert_eq!(done.world.organisation.departments[2].name, "new");
    // department 1: lead 8 with 9 to 14; every second report goes, under a new lead who is to be found
    let moved: Vec<u32> = (0..15).filter(|&s| done.department(s) == 2).collect();
    assert_eq!(moved, [10, 12, 14]);
    assert_eq!(done.vacant.len(), 1);
    let lead = done.world.organisation.posts[done.vacant[0] as usize];
    assert_eq!((lead.department, lead.level, lead.superior), (2, 1, 0));
    assert_eq!(
        done.world.organisation.reports(done.vacant[0]),
        &[10, 12, 14]
    );
    assert_eq!(done.count(Outcome::Kept), 7);
}

#[test]
fn a_dissolved_department_is_gone_and_half_its_posts_arise_elsewhere() {
    let done = carry_out(&rule(), &change(Kind::Dissolve));
    assert!(!done.world.organisation.departments[1].exists);
    assert_eq!(done.posts(1), 0);
    // 2 leads: 1 anew; 8 staff: 4 anew. One lead and four staff are left: half of five, rounded up, goes
    assert_eq!(done.count(Outcome::Kept), 0);
    assert_eq!(done.count(Outcome::Dismissed), 3);
    assert_eq!(done.world.employees.headcount(), EVERYONE - 3);
    let placed = done
        .world
        .happenings
        .decisions
        .iter()
        .filter(|d| d.kind == DecisionKind::Placement);
    assert_eq!(
        placed.count(),
        5,
        "five posts arose, and each went to one of ten"
    );
}

#[test]
fn delayering_removes_a_level_and_its_reports_move_up() {
    let change = Change {
        level: Some("lead".to_owned()),
        ..change(Kind::Delayer)
    };
    let firm = SmallFirm {
        departments: 2,
        leads: 2,
        staff: 4,
    }
    .build();
    let done = carry_out_on(
        firm,
        &rule(),
        &Change {
            department: None,
            ..change
        },
    );
    // all four leads lose their posts; two are put down a level, two are dismissed
    assert!(
        (0..21)
            .filter(|p| p % 5 == 1)
            .all(|p| !done.world.organisation.posts[p].exists)
    );
    assert_eq!(done.count(Outcome::Dismissed), 2);
    assert_eq!(done.count(Outcome::LessDesirable), 2);
    for post in [2, 3, 7, 12, 17] {
        assert_eq!(
            done.world.organisation.posts[post].superior, 0,
            "one level higher"
        );
    }
    for slot in done.world.employees.present().filter(|&s| s > 0) {
        assert_eq!(done.world.employees.profiles[slot as usize].level, 0);
    }
}

#[test]
fn a_site_that_is_closed_is_left_by_all_its_departments() {
    let change = Change {
        department: None,
        site: Some("south".to_owned()),
        to_site: Some("north".to_owned()),
        ..change(Kind::CloseSite)
    };
    let done = carry_out(&rule(), &change);
    assert!(
        done.world
            .organisation
            .departments
            .iter()
            .all(|d| d.site == 0)
    );
    assert!(done.world.organisation.posts_of_site(1).is_empty());
    // departments 1 and 3 lose 0.2 * 10 posts each
    assert_eq!(
        done.world
            .happenings
            .placements
            .iter()
            .filter(|p| p.displaced)
            .count(),
        4
    );
}

#[test]
fn a_function_that_is_moved_takes_its_people_along() {
    let change = Change {
        department: None,
        function: Some("make".to_owned()),
        to_site: Some("south".to_owned()),
        share: Some(Share::new(0.0)),
        ..change(Kind::MoveFunction)
    };
    let done = carry_out(&rule(), &change);
    assert_eq!(
        done.world
            .organisation
            .departments
            .iter()
            .map(|d| d.site)
            .collect::<Vec<_>>(),
        [1; 4]
    );
    assert_eq!(
        done.count(Outcome::Kept),
        21,
        "the head of the firm sits in department 0"
    );
    assert_eq!(done.world.employees.headcount(), EVERYONE);
}

#[test]
fn a_department_of_which_nothing_is_left_takes_nobody_in() {
    // all posts of the least desirable department go, and nobody is to be dismissed
    let mut firm = FIRM.build();
    firm.organisation.departments[2].desirability = 0.0;
    let all = Change {
        department: Some("department 2".to_owned()),
        share: Some(Share::new(1.0)),
        ..change(Kind::Downsize)
    };
    let kept = Restructuring {
        dismissed: Share::new(0.0),
        ..rule()
    };
    let done = carry_out_on(firm, &kept, &all);
    assert_eq!(done.world.employees.headcount(), EVERYONE);
}

#[test]
fn orphans_are_shared_out_among_leads_of_their_own_department() {
    let mut firm = FIRM.build();
    // the lead 11 of department 1 goes, as the lowest ranked; its fellow there is 16, all others lead elsewhere
    let one = Change {
        share: Some(Share::new(0.1)),
        ..change(Kind::Downsize)
    };
    let (randomness, shapes) = (Randomness::new(17), Shapes::default());
    let step = Step {
        week: firm.week,
        randomness: &randomness,
        shapes: &shapes,
    };
    let lead_goes = |world: &World, post: u32, slots: Vec<u32>| {
        let (size, mut candidates) = by_slot(world, post, slots);
        for candidate in &mut candidates {
            candidate.score = if candidate.slot == 11 { -99.0 } else { 0.0 };
        }
        (size, candidates)
    };
    rule().carry_out(&mut firm, step, 0, &one, &lead_goes);
    assert_sound(&firm);
    assert!(!firm.organisation.posts[11].exists);
    for orphan in 12..16 {
        let superior = firm.organisation.posts[orphan].superior;
        let department = firm.organisation.posts[superior as usize].department;
        assert_eq!(
            department, 1,
            "post {orphan} reports to post {superior} in another department"
        );
    }
}

#[test]
fn new_posts_are_spread_over_the_leads_who_take_them_in() {
    // two leads with 20 staff each are dissolved into a department of the same size: new leads come with them
    let firm = SmallFirm {
        departments: 2,
        leads: 2,
        staff: 20,
    }
    .build();
    let all = Change {
        share: Some(Share::new(1.0)),
        ..change(Kind::Dissolve)
    };
    let done = carry_out_on(firm, &rule(), &all);
    let organisation = &done.world.organisation;
    let spans: Vec<usize> = organisation
        .posts_of_department(0)
        .iter()
        .filter(|&&p| organisation.posts[p as usize].level == 1)
        .map(|&p| organisation.reports(p).len())
        .collect();
    assert!(spans.iter().all(|&span| span <= 20), "spans of {spans:?}");
}

#[test]
fn a_change_of_a_department_that_is_gone_changes_nothing() {
    let gone = Some("no such".to_owned());
    let done = carry_out(
        &rule(),
        &Change {
            department: gone,
            ..change(Kind::Dissolve)
        },
    );
    assert_eq!(done.world.employees.headcount(), EVERYONE);
    assert!(done.world.happenings.placements.is_empty());
}
