#![allow(
    clippy::format_push_string,
    clippy::format_collect,
    reason = "the files of a test need not be made fast"
)]

use std::fs;

use super::*;
use crate::world::{Character, Organisation, Standing};

/// An organisation from the texts of its files, put in place with a seed.
fn organisation(
    employees: &str,
    ties: &str,
    change: impl FnOnce(&mut ImportPlan),
    seed: u64,
) -> (Imported, OrganisationPlan, Organisation, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("employees.csv"), employees).unwrap();
    fs::write(
        folder.path().join("ties.csv"),
        format!("source,target,layer,weight\n{ties}"),
    )
    .unwrap();
    let mut plan = ImportPlan {
        employees: "employees.csv".to_owned(),
        ties: "ties.csv".to_owned(),
        ..ImportPlan::default()
    };
    change(&mut plan);
    let imported = Imported::read(&plan, folder.path()).unwrap();
    let arranged = imported.arrange(&Randomness::new(seed));
    let mut completed = OrganisationPlan::default();
    arranged.complete(&mut completed);
    completed.complete();
    let organisation = arranged.organisation(&completed);
    let notes = arranged.notes.clone();
    organisation.check_tree().unwrap();
    assert_eq!(organisation.posts.len(), imported.people());
    assert!((completed.levels.iter().map(|l| l.share.get()).sum::<f64>() - 1.0).abs() < 1e-9);
    (imported, completed, organisation, notes)
}

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

/// A filled firm of vacant minds, ready to be furnished.
fn furnished(
    employees: &str,
    ties: &str,
    change: impl FnOnce(&mut ImportPlan),
    places: usize,
) -> (World, Vec<String>) {
    let (imported, _, organisation, _) = organisation(employees, ties, change, 1);
    let mut world = World {
        organisation,
        ties: crate::world::Ties::new(imported.people(), places),
        ..World::default()
    };
    for post in 0..imported.people() as u32 {
        let profile = crate::world::Profile {
            hired: -300,
            ..crate::world::Profile::VACANT
        };
        let slot = world
            .employees
            .admit(profile, Character::default(), Standing::default());
        world.employees.characters[slot as usize].born = -2000;
        world.seat(slot, post);
    }
    let randomness = Randomness::new(1);
    let mut notes = Vec::new();
    imported
        .arrange(&randomness)
        .furnish(&mut world, &randomness, &mut notes);
    (world, notes)
}

#[test]
fn tenure_and_age_bound_each_other() {
    let (world, notes) = furnished(
        "id,tenure_years,age\na,2,30\nb,40,\nc,,20\nd,,\ne,0,\n",
        "",
        |_| {},
        16,
    );
    let hired: Vec<i16> = world.employees.profiles.iter().map(|p| p.hired).collect();
    // c may have come at 18, two years ago; of d nothing is known
    assert_eq!(hired, [-104, -2080, -104, -300, 0]);
    let born: Vec<i32> = world.employees.characters.iter().map(|c| c.born).collect();
    // b came at 18 or older
    assert_eq!(born, [-1560, -2080 - 936, -1040, -2000, -2000]);
    for (profile, standing) in world
        .employees
        .profiles
        .iter()
        .zip(&world.employees.standings)
    {
        assert!((profile.hired..=0).contains(&standing.level_since));
    }
    let drawn = "drawn with the seed: tenure of 2 of 5 people, age of 3 of 5 people, time";
    assert!(notes.iter().any(|n| n.starts_with(drawn)), "{notes:?}");
}

#[test]
fn ties_keep_their_direction_their_weight_and_their_layer() {
    let layers = |plan: &mut ImportPlan| {
        plan.layers = [
            ("talk", "collaboration"),
            ("work", "collaboration"),
            ("like", "friendship"),
        ]
        .map(|(from, to)| (from.to_owned(), to.to_owned()))
        .into();
    };
    let ties = "a,b,talk,10\na,c,talk,5\nb,a,work,2\na,c,work,2\na,b,like,1\nc,a,like,-1\nc,b,like,0\nb,c,hate,9\n";
    let (world, notes) = furnished("id,tenure_years\na,9\nb,1\nc,5\n", ties, layers, 16);
    let strength = |ego, alter| world.ties.find(ego, alter).map(|tie| tie.strength);
    assert_eq!(strength(0, 1), Some([0.6, 0.6, 0.0]));
    assert_eq!(
        strength(0, 2),
        Some([0.6, 0.0, 0.0]),
        "the stronger of talk, 0.6 * ln 2 / ln 3, and work, 0.6"
    );
    assert_eq!(strength(1, 0), Some([0.6, 0.0, 0.0]));
    for (ego, alter) in [(1, 2), (2, 0), (2, 1)] {
        assert_eq!(
            strength(ego, alter),
            None,
            "dislike, a weight of 0 and an unmapped layer"
        );
    }
    let formed = |ego, alter| world.ties.find(ego, alter).map(|tie| tie.formed);
    assert_eq!(
        (formed(0, 1), formed(0, 2)),
        (Some(-52), Some(-104)),
        "b came a year ago"
    );
    let last = |ego, alter| world.ties.find(ego, alter).map(|tie| tie.last_contact);
    assert_eq!(last(0, 1), last(1, 0), "both remember the same contact");
    for said in [
        "layer `hate` is not mapped: 1 tie left out",
        "layer `like`: 1 tie with a negative weight left out",
        "layer `like`: 1 tie with a weight of 0 left out",
        "layer `talk`: 2 ties imported as collaboration, strength 0.6 at the greatest weight of 10, trust 0.7",
    ] {
        assert!(notes.iter().any(|n| n == said), "{said}: {notes:?}");
    }
}

#[test]
fn a_weight_counts_by_its_logarithm_in_any_unit() {
    for unit in [1.0, 0.001] {
        let ties: String = [("b", 1.0), ("c", 3.0), ("d", 7.0)]
            .iter()
            .map(|(to, weight)| format!("a,{to},talk,{}\n", weight * unit))
            .collect();
        let layers = |plan: &mut ImportPlan| {
            plan.layers = [("talk".to_owned(), "collaboration".to_owned())].into();
        };
        let people = "id,tenure_years\na,9\nb,9\nc,9\nd,9\n";
        let (world, _) = furnished(people, &ties, layers, 16);
        // ln 2, ln 4 and ln 8: one, two and three thirds of the greatest
        for (alter, expected) in [(1, 0.2_f32), (2, 0.4), (3, 0.6)] {
            let strength = world.ties.find(0, alter).map(|tie| tie.strength[0]);
            assert!(
                strength.is_some_and(|s| (s - expected).abs() < 1e-6),
                "{strength:?} is not {expected}"
            );
        }
    }
}

#[test]
fn a_full_row_keeps_the_strongest_and_says_so() {
    let mut people = "id,tenure_years\nego,5\n".to_owned();
    let mut ties = String::new();
    for i in 1..=20 {
        people.push_str(&format!("p{i},5\n"));
        ties.push_str(&format!("ego,p{i},talk,{i}\n"));
    }
    let layers = |plan: &mut ImportPlan| {
        plan.layers = [("talk".to_owned(), "friendship".to_owned())].into();
    };
    let (world, notes) = furnished(&people, &ties, layers, 16);
    let mut kept: Vec<u32> = world
        .ties
        .row(0)
        .iter()
        .map(|(_, alter, _)| alter)
        .collect();
    kept.sort_unstable();
    assert_eq!(kept, (5..=20).collect::<Vec<u32>>());
    let said = "1 person had more ties than the 16 places that capacity allows: the weakest 4 ties were left out";
    assert!(notes.iter().any(|n| n == said), "{notes:?}");
}

#[test]
fn names_are_invented_unless_asked_for() {
    let people = "id,name\n17,Mary Smith\n4,\n";
    let (world, _) = furnished(people, "", |_| {}, 16);
    assert_eq!(world.source_ids, ["17", "4"]);
    assert!(world.names[0] != "Mary Smith" && world.names[0] != world.names[1]);
    let (world, _) = furnished(people, "", |plan| plan.pseudonyms = false, 16);
    assert_eq!(world.names, ["Mary Smith", ""]);
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
