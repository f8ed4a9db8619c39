//! Levels, departments and the reporting line, from files that say more or less of them.

#![allow(
    clippy::format_push_string,
    clippy::format_collect,
    reason = "the files of a test need not be made fast"
)]

use std::fs;

use super::fixture::organisation;
use super::*;
use crate::world::Organisation;

fn plain(employees: &str) -> (OrganisationPlan, Organisation, Vec<String>) {
    let (_, plan, organisation, notes) = organisation(employees, "", |_| {}, 1);
    (plan, organisation, notes)
}

fn level_names(plan: &OrganisationPlan) -> Vec<&str> {
    plan.levels.iter().map(|l| l.name.as_str()).collect()
}

fn superiors(organisation: &Organisation) -> Vec<i64> {
    let superior = |p: &Post| {
        if p.superior == NOBODY {
            -1
        } else {
            i64::from(p.superior)
        }
    };
    organisation.posts.iter().map(superior).collect()
}

fn levels(organisation: &Organisation) -> Vec<u8> {
    organisation.posts.iter().map(|p| p.level).collect()
}

#[test]
fn ranks_without_names_make_levels_with_rank_one_on_top() {
    let (plan, organisation, _) = plain("id,level_rank\na,2\nb,1\nc,3\nd,3\n");
    assert_eq!(level_names(&plan), ["rank 3", "rank 2", "rank 1"]);
    assert_eq!(levels(&organisation), [1, 2, 0, 0]);
    assert_eq!(superiors(&organisation), [1, -1, 0, 0]);
}

#[test]
fn levels_are_ordered_by_what_first_tells_them_apart() {
    // the reporting line comes before tenure, which says the opposite
    let (plan, organisation, notes) =
        plain("id,level,manager_id,tenure_years\na,boss,,1\nb,hand,a,9\nc,hand,a,8\n");
    assert_eq!(level_names(&plan), ["hand", "boss"]);
    assert_eq!(superiors(&organisation), [-1, 0, 0]);
    assert!(
        notes
            .iter()
            .any(|n| n.contains("by height in the reporting line")),
        "{notes:?}"
    );
    // nothing but tenure
    let (plan, _, notes) = plain("id,level,tenure_years\na,hand,1\nb,hand,2\nc,boss,5\n");
    assert_eq!(level_names(&plan), ["hand", "boss"]);
    assert!(
        notes.iter().any(|n| n.contains("by mean tenure")),
        "{notes:?}"
    );
    // nothing at all: the smaller level above
    let (plan, ..) = plain("id,level\na,hand\nb,hand\nc,boss\n");
    assert_eq!(level_names(&plan), ["hand", "boss"]);
    // and the scenario is always right
    let files = "id,level\na,hand\nb,hand\nc,boss\n";
    let order = |plan: &mut ImportPlan| plan.level_order = vec!["boss".into(), "hand".into()];
    let (_, plan, ..) = self::organisation(files, "", order, 1);
    assert_eq!(level_names(&plan), ["boss", "hand"]);
}

#[test]
fn a_reporting_line_alone_makes_levels() {
    let (plan, organisation, _) = plain("id,manager_id\na,\nb,a\nc,b\nd,b\ne,a\n");
    assert_eq!(level_names(&plan), ["staff", "manager", "head"]);
    assert_eq!(levels(&organisation), [2, 1, 0, 0, 0]);
    assert_eq!(
        superiors(&organisation),
        [-1, 0, 1, 1, 0],
        "the line is that of the file"
    );
    let manages: Vec<bool> = plan.levels.iter().map(|l| l.manages).collect();
    assert_eq!(manages, [false, true, true]);
}

#[test]
fn with_nothing_but_ids_the_ladder_is_invented_and_the_most_senior_is_the_head() {
    let people: String = (0..40)
        .map(|i| format!("p{i},{}\n", (i * 7) % 40))
        .collect();
    let (plan, organisation, _) = plain(&format!("id,tenure_years\n{people}"));
    // 39 = 7 * 17 mod 40
    assert_eq!(organisation.check_tree(), Ok(17));
    assert!(plan.levels.len() >= 3);
    assert_eq!(plan.departments.len(), 1);
    let (_, organisation, _) = plain("id\nonly\n");
    assert_eq!(organisation.check_tree(), Ok(0), "a firm of one");
    plain("id\none\nother\n");
}

#[test]
fn a_department_at_several_sites_is_split_and_nobody_moves() {
    let (plan, organisation, notes) = plain(
        "id,department,site,level_rank\na,law,Rome,1\nb,law,Oslo,2\nc,tax,Oslo,2\nd,law,,2\ne,law,Rome,2\n",
    );
    let names: Vec<&str> = plan.departments.iter().map(|d| d.name.as_str()).collect();
    assert_eq!(names, ["law, Rome", "law, Oslo", "tax"]);
    let department: Vec<u16> = organisation.posts.iter().map(|p| p.department).collect();
    assert_eq!(
        department,
        [0, 1, 2, 0, 0],
        "d sits where most of the department are"
    );
    let functions: Vec<&str> = plan.functions.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(
        functions,
        ["law", "tax"],
        "the parts of a department do the same work"
    );
    assert!(
        notes
            .iter()
            .any(|n| n.contains("one made for each site: law")),
        "{notes:?}"
    );
    assert!(
        notes
            .iter()
            .any(|n| n.starts_with("1 person without a site")),
        "{notes:?}"
    );
}

#[test]
fn people_without_a_department_are_put_where_the_line_says_or_drawn() {
    let (plan, organisation, notes) =
        plain("id,department,manager_id\nboss,,\nm,sales,boss\nx,,m\ny,sales,m\nz,,\n");
    let name = |post: usize| {
        plan.departments[organisation.posts[post].department as usize]
            .name
            .as_str()
    };
    assert_eq!(name(0), "Management");
    assert_eq!(name(2), "sales");
    assert!(["Management", "sales"].contains(&name(4)));
    assert!(
        notes
            .iter()
            .any(|n| n.contains("drawn in proportion to size")),
        "{notes:?}"
    );
}

#[test]
fn missing_levels_follow_the_line_or_are_drawn_in_proportion() {
    let (plan, organisation, notes) = plain(
        "id,level,level_rank,manager_id\na,top,1,\nb,mid,2,a\nc,low,3,b\nd,low,3,b\ne,,,b\nf,,,a\ng,low,3,f\n",
    );
    assert_eq!(level_names(&plan), ["low", "mid", "top"]);
    assert_eq!(
        levels(&organisation)[4],
        0,
        "as the colleagues under the same manager"
    );
    assert_eq!(levels(&organisation)[5], 1, "one above the own reports");
    assert!(
        notes
            .iter()
            .any(|n| n.starts_with("2 people without a level: 2 taken")),
        "{notes:?}"
    );
    // 1 in 4 known people is on top: of 400 unknown about 100, standard deviation 8.7
    let unknown: String = (0..400).map(|i| format!("u{i},\n")).collect();
    let (_, organisation, _) = plain(&format!("id,level_rank\na,1\nb,2\nc,2\nd,2\n{unknown}"));
    let top = organisation.posts[4..]
        .iter()
        .filter(|p| p.level == 1)
        .count();
    assert!((65..=135).contains(&top), "{top}");
}

#[test]
fn a_drawn_line_keeps_to_departments_and_shares_the_load() {
    let mut people = "id,department,level_rank,tenure_years\n".to_owned();
    for department in ["x", "y"] {
        for i in 0..3 {
            people.push_str(&format!("{department}m{i},{department},2,{i}\n"));
        }
        for i in 0..9 {
            people.push_str(&format!("{department}s{i},{department},3,1\n"));
        }
    }
    people.push_str("boss,,1,0\n");
    let (_, organisation, _) = plain(&people);
    assert_eq!(
        organisation.check_tree(),
        Ok(24),
        "the top level before tenure"
    );
    for (i, post) in organisation.posts.iter().enumerate() {
        match post.level {
            0 => assert_eq!(
                organisation.posts[post.superior as usize].department,
                post.department
            ),
            1 => {
                assert_eq!(post.superior, 24);
                assert_eq!(organisation.reports(i as u32).len(), 3);
            }
            _ => assert_eq!(post.superior, NOBODY),
        }
    }
}

#[test]
fn of_several_tops_one_heads_the_firm_and_the_others_report_there() {
    let (_, organisation, notes) = plain(
        "id,level_rank,manager_id,tenure_years\na,1,,3\nb,1,,8\nc,2,a,1\nd,2,b,1\nlost,2,,20\n",
    );
    assert_eq!(superiors(&organisation)[..4], [1, -1, 0, 1]);
    assert!(
        [0, 1].contains(&superiors(&organisation)[4]),
        "someone a level up"
    );
    assert!(
        notes
            .iter()
            .any(|n| n.contains("without a manager: put under the head")),
        "{notes:?}"
    );
}

#[test]
fn any_seed_gives_a_tree_whatever_is_missing() {
    // thirds of everything are missing, and the line is odd: juniors lead seniors
    let mut people = "id,level_rank,manager_id,department,site\n".to_owned();
    for i in 0..60 {
        let rank = if i % 3 == 0 {
            String::new()
        } else {
            (i % 4 + 1).to_string()
        };
        let manager = if i % 5 < 2 || i == 0 {
            String::new()
        } else {
            format!("p{}", i / 3)
        };
        let department = if i % 7 < 3 {
            String::new()
        } else {
            format!("d{}", i % 4)
        };
        let site = if i % 2 == 0 {
            String::new()
        } else {
            format!("s{}", i % 3)
        };
        people.push_str(&format!("p{i},{rank},{manager},{department},{site}\n"));
    }
    for seed in 0..20 {
        let (_, plan, organisation, _) = self::organisation(&people, "", |_| {}, seed);
        let names: std::collections::BTreeSet<&str> =
            plan.departments.iter().map(|d| d.name.as_str()).collect();
        assert_eq!(names.len(), plan.departments.len());
        for i in (1..60).filter(|i| i % 5 >= 2) {
            assert_eq!(
                organisation.posts[i].superior,
                i as u32 / 3,
                "the file's line stays"
            );
        }
    }
}

#[test]
fn what_the_plan_lists_adds_to_what_the_files_say() {
    let (imported, ..) = organisation("id,department,level_rank\na,x,1\nb,y,2\n", "", |_| {}, 1);
    let mut plan = OrganisationPlan {
        departments: vec![DepartmentPlan {
            name: "y".into(),
            desirability: Share::new(0.9),
            ..DepartmentPlan::default()
        }],
        functions: vec![FunctionPlan {
            name: "x".into(),
            coupled_with: vec!["y".into()],
        }],
        ..OrganisationPlan::default()
    };
    imported.arrange(&Randomness::new(1)).complete(&mut plan);
    assert_eq!(plan.departments.len(), 2);
    assert_eq!(plan.departments[1].desirability.get(), 0.9);
    assert_eq!(plan.coupling(), [1.0; 4], "x and y are coupled");
    assert_eq!(plan.employees.get(), 2);
}

#[test]
fn a_file_without_people_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("e.csv"), "id,name\n").unwrap();
    fs::write(folder.path().join("t.csv"), "source,target,layer\n").unwrap();
    let plan = ImportPlan {
        employees: "e.csv".into(),
        ties: "t.csv".into(),
        ..ImportPlan::default()
    };
    assert!(Imported::read(&plan, folder.path()).is_err());
}
