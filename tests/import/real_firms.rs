//! Real organisations, where they are there.

use std::fs;

use crate::firm::{assert_managers, assert_ties, levels, place, real, run, started, started_with};
use allies::world::{CAREER, COLLABORATION, FRIENDSHIP};

#[test]
fn the_law_firm_starts_as_its_files_say_and_runs_to_the_end() {
    let Some(folder) = real("lazega-law-firm") else {
        return;
    };
    let (mut model, mut world, notes) = started_with("law-firm.toml", &folder);
    assert_eq!(world.employees.headcount(), 71);
    let layers = [
        ("advice", CAREER),
        ("friendship", FRIENDSHIP),
        ("cowork", COLLABORATION),
    ];
    assert_ties(&world, &folder, &layers);
    assert_eq!(
        place(&world, "3"),
        ("litigation, Hartford", "partner", "Hartford")
    );
    assert_eq!(
        place(&world, "44"),
        ("corporate, Providence", "associate", "Providence")
    );
    assert_eq!(world.organisation.departments.len(), 6);
    let partners = world
        .employees
        .profiles
        .iter()
        .filter(|p| p.level == 1)
        .count();
    assert_eq!(partners, 36);
    // lawyer 2 has been there for 32 years, longest of all
    assert_eq!(world.organisation.check_tree(), Ok(1));
    for post in 0..71_u32 {
        let manager = world.organisation.manager_of(post);
        let profile = |slot: u32| &world.employees.profiles[slot as usize];
        match manager {
            None => assert_eq!(post, 1),
            Some(manager) if post < 36 => assert_eq!(manager, 1, "partners report to the head"),
            Some(manager) => {
                assert_eq!(profile(manager).level, 1);
                // the only litigator of Providence has no partner of the own practice there
                if world.source_ids[post as usize] != "47" {
                    assert_eq!(profile(manager).department, profile(post).department);
                }
            }
        }
    }
    insta::assert_snapshot!(notes.join("\n"));
    assert!(run(&mut model, &mut world).contains("merge"));
}

#[test]
fn the_high_tech_managers_start_as_their_files_say_and_run_to_the_end() {
    let Some(folder) = real("krackhardt-high-tech") else {
        return;
    };
    let (mut model, mut world, notes) = started_with("high-tech.toml", &folder);
    assert_ties(
        &world,
        &folder,
        &[("advice", CAREER), ("friendship", FRIENDSHIP)],
    );
    let managers = [
        ("7", None),
        ("2", Some("7")),
        ("1", Some("2")),
        ("3", Some("14")),
        ("10", Some("18")),
    ];
    assert_managers(&world, &managers);
    assert_eq!(place(&world, "7"), ("D0", "CEO", "main site"));
    assert_eq!(
        levels(&world),
        [("Manager", false), ("Vice President", true), ("CEO", true)]
    );
    insta::assert_snapshot!(notes.join("\n"));
    assert!(run(&mut model, &mut world).contains("merge"));
}

#[test]
fn a_trace_of_e_mail_without_departments_managers_or_tenure_runs_to_the_end() {
    let Some(folder) = real("enron-email") else {
        return;
    };
    let folder = folder.canonicalize().unwrap();
    let text = format!(
        "years = 2\n[organisation.import]\nemployees = {:?}\nties = {:?}\n\
         map = {{ level = \"position\" }}\nlayers = {{ email = \"collaboration\" }}\n",
        folder.join("employees.csv"),
        folder.join("ties.csv")
    );
    let scenario = tempfile::tempdir().unwrap();
    let path = scenario.path().join("e-mail.toml");
    fs::write(&path, text).unwrap();
    let (mut model, mut world, notes) = started(&path, &[]).unwrap();
    insta::assert_snapshot!(notes.join("\n"));
    run(&mut model, &mut world);
}
