//! The small organisation that is shipped.

use std::collections::BTreeSet;

use crate::firm::{assert_managers, assert_ties, levels, place, root, run, small, started};
use allies::world::{CAREER, COLLABORATION, FRIENDSHIP, NOBODY};

#[test]
fn the_small_firm_starts_as_its_files_say() {
    let (_, world, notes) = small();
    assert_eq!(world.week, 0, "no burn-in: the ties are there");
    assert_eq!(world.employees.headcount(), 30);
    for (i, profile) in world.employees.profiles.iter().enumerate() {
        assert_eq!((profile.id, profile.post), (i as u32, i as u32));
        assert_eq!(world.organisation.posts[i].holder, i as u32);
        assert_eq!(world.source_ids[i], format!("e{:02}", i + 1));
    }
    assert_eq!(world.names[7], "Aisha Bello");
    assert_eq!(
        levels(&world),
        [("staff", false), ("lead", true), ("director", true)]
    );
    assert_eq!(world.organisation.sites, ["Harbour", "Mill Lane"]);
    let departments: Vec<&str> = world
        .organisation
        .departments
        .iter()
        .map(|d| d.name.as_str())
        .collect();
    assert_eq!(
        departments,
        [
            "Management",
            "Engineering, Harbour",
            "Engineering, Mill Lane",
            "Sales",
            "Customer care",
            "Finance"
        ]
    );
    assert_eq!(place(&world, "e01"), ("Management", "director", "Harbour"));
    assert_eq!(
        place(&world, "e12"),
        ("Engineering, Mill Lane", "staff", "Mill Lane")
    );
    assert_eq!(
        place(&world, "e29"),
        ("Finance", "staff", "Harbour"),
        "the site of the department"
    );
    assert_managers(
        &world,
        &[
            ("e01", None),
            ("e02", Some("e01")),
            ("e13", Some("e03")),
            ("e29", Some("e06")),
        ],
    );
    assert_eq!(world.organisation.check_tree(), Ok(0));
    // 9.2 years are 478 weeks, 46 years 2392
    assert_eq!(world.employees.profiles[1].hired, -478);
    assert_eq!(world.employees.characters[1].born, -2392);
    let layers = [
        ("works_with", COLLABORATION),
        ("friends", FRIENDSHIP),
        ("career_advice", CAREER),
    ];
    assert_ties(
        &world,
        &root().join("scenarios/small-organisation"),
        &layers,
    );
    assert!(
        world.ties.row(28).iter().next().is_none(),
        "the isolate has no tie"
    );
    assert!(world.ties.partners(7).iter().any(|&alter| alter != NOBODY));
    insta::assert_snapshot!(notes.join("\n"));
}

#[test]
fn the_small_firm_runs_to_the_end_and_twice_alike() {
    let (mut model, mut world, _) = small();
    let story = run(&mut model, &mut world);
    assert!(
        story.contains("merge"),
        "the restructuring of week 70 took place"
    );
    let customer_care = world
        .organisation
        .departments
        .iter()
        .find(|d| d.name == "Customer care")
        .unwrap();
    assert!(!customer_care.exists);
    let (mut model, mut world, _) = small();
    assert!(story == run(&mut model, &mut world), "the same bytes twice");
    let other = ["seed=2".to_owned()];
    let (mut model, mut world, _) =
        started(&root().join("scenarios/small-import.toml"), &other).unwrap();
    assert!(
        story != run(&mut model, &mut world),
        "another seed, another story"
    );
}

#[test]
fn pseudonyms_are_unique_and_leave_personas_their_names() {
    let sets = ["organisation.import.pseudonyms=true".to_owned()];
    let (_, world, _) = started(&root().join("scenarios/small-import.toml"), &sets).unwrap();
    let names: BTreeSet<&String> = world.names.iter().collect();
    assert_eq!(names.len(), 30);
    assert_eq!(
        world.names[7], "Aisha Bello",
        "a persona's name is public already"
    );
    assert!(!names.contains(&"Ingrid Solberg".to_owned()));
}
