//! Every kind of restructuring on a firm built by hand.

use super::*;
use crate::random::{Randomness, Shapes};
use crate::world::small_firm::{SmallFirm, assert_sound};
use crate::world::{DecisionKind, NOBODY, Outcome, StrategyKey};

/// Post 0 heads the firm; department d begins at 1 + 10 d: lead, four staff, lead, four staff.
const FIRM: SmallFirm = SmallFirm {
    departments: 4,
    leads: 2,
    staff: 4,
};
const EVERYONE: u32 = 41;

/// No luck: the panel's order decides who goes.
fn rule() -> Restructuring {
    Restructuring {
        enabled: true,
        overlap: Share::new(0.5),
        places: Share::new(0.5),
        cut: Share::new(0.2),
        dismissed: Share::new(0.5),
        layoff_luck: Factor::new(0.0),
        alike: Share::new(0.05),
        ..Restructuring::default()
    }
}

/// A panel of one to which the lowest slot is the best candidate.
fn by_slot(world: &World, _: u32, mut slots: Vec<u32>) -> (u16, Vec<Candidate>) {
    slots.sort_unstable();
    let candidate = |slot: u32| Candidate {
        employee: world.employees.profiles[slot as usize].id,
        slot,
        strategy: StrategyKey::default(),
        score: -f64::from(slot),
        performance: -f64::from(slot),
        ..Candidate::default()
    };
    (1, slots.into_iter().map(candidate).collect())
}

fn change(kind: Kind) -> Change {
    Change {
        kind,
        department: Some("department 1".to_owned()),
        ..Change::default()
    }
}

/// What a change did, with the checks that every change must pass.
struct Done {
    world: World,
    vacant: Vec<u32>,
}

impl Done {
    fn count(&self, outcome: Outcome) -> usize {
        self.world
            .happenings
            .placements
            .iter()
            .filter(|p| p.outcome == outcome)
            .count()
    }

    fn events(&self, kind: EventKind) -> usize {
        self.world
            .happenings
            .events
            .iter()
            .filter(|e| e.kind == kind)
            .count()
    }

    fn department(&self, slot: u32) -> u16 {
        self.world.employees.profiles[slot as usize].department
    }

    fn posts(&self, department: u16) -> usize {
        self.world
            .organisation
            .posts_of_department(department)
            .len()
    }
}

fn carry_out(rule: &Restructuring, change: &Change) -> Done {
    carry_out_on(FIRM.build(), rule, change)
}

fn carry_out_on(mut world: World, rule: &Restructuring, change: &Change) -> Done {
    let before: Vec<(u32, u16, bool)> = world
        .employees
        .present()
        .map(|slot| {
            let p = world.employees.profiles[slot as usize];
            (
                p.id,
                p.department,
                rule.affected(&world, change).contains(&p.department),
            )
        })
        .collect();
    let (randomness, shapes) = (Randomness::new(17), Shapes::default());
    let step = Step {
        week: world.week,
        randomness: &randomness,
        shapes: &shapes,
    };
    let vacant = rule.carry_out(&mut world, step, 3, change, &by_slot);
    let done = Done { world, vacant };
    let world = &done.world;

    assert_sound(world);
    // nobody is lost: whoever is not here any more was dismissed, and no one came
    let here: Vec<u32> = world
        .employees
        .present()
        .map(|s| world.employees.profiles[s as usize].id)
        .collect();
    let dismissed = done.count(Outcome::Dismissed);
    assert_eq!(here.len() + dismissed, before.len());
    assert_eq!(done.events(EventKind::LaidOff), dismissed);
    // every member of an affected department is accounted for, once, and nobody else
    let placements = &world.happenings.placements;
    let members: Vec<u32> = before.iter().filter(|b| b.2).map(|b| b.0).collect();
    let mut placed: Vec<u32> = placements.iter().map(|p| p.employee).collect();
    placed.sort_unstable();
    assert_eq!(placed, members);
    for p in placements {
        assert_eq!((p.restructuring, p.week), (3, world.week));
        assert_eq!(p.outcome == Outcome::Dismissed, !here.contains(&p.employee));
        assert_eq!(p.to_department.is_none(), p.outcome == Outcome::Dismissed);
        assert_eq!(p.to_level.is_none(), p.outcome == Outcome::Dismissed);
        assert!(
            p.displaced || p.outcome == Outcome::Kept,
            "only the displaced move or go"
        );
    }
    // those not affected are where they were
    for &(id, department, affected) in &before {
        if !affected {
            assert_eq!(world.employees.profiles[id as usize].department, department);
        }
    }
    let moved = placements
        .iter()
        .filter(|p| p.displaced && p.to_department.is_some())
        .count();
    assert_eq!(done.events(EventKind::Reassigned), moved);
    assert_eq!(done.events(EventKind::Restructuring), 1);
    let reassigned: u32 = world
        .employees
        .standings
        .iter()
        .map(|s| u32::from(s.reassignments))
        .sum();
    assert_eq!(reassigned as usize, moved);
    for &post in &done.vacant {
        let post = world.organisation.posts[post as usize];
        assert!(
            post.exists && post.holder == NOBODY,
            "what is called vacant is vacant"
        );
    }
    done
}

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
