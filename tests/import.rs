//! A real organisation as the starting firm, from the scenario file to the end of the run.

#![allow(clippy::unwrap_used, reason = "a test that fails here has failed")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]
#![allow(
    clippy::format_push_string,
    reason = "a story of a test need not be made fast"
)]
#![allow(
    clippy::unnecessary_debug_formatting,
    reason = "a path as a TOML string is quoted"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use allies::initialization::import::{ColumnMap, OrganisationFiles};
use allies::model::{CannotStart, Model, Notes, start};
use allies::scenario::{Scenario, load};
use allies::world::{CAREER, COLLABORATION, FRIENDSHIP, NOBODY, World};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Starts a scenario file; text of the problems when it cannot.
fn started(path: &Path, sets: &[String]) -> Result<(Model, World, Notes), String> {
    let loaded = load::<Scenario>(path, sets).map_err(|problems| problems.to_string())?;
    assert!(loaded.warnings.is_empty(), "{}", loaded.warnings);
    start(&loaded, path.parent().unwrap()).map_err(|error| error.to_string())
}

fn small() -> (Model, World, Notes) {
    started(&root().join("scenarios/small-import.toml"), &[]).unwrap()
}

/// The folder of a real data set; None, and loudly so, when it is not here.
fn real(folder: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("ALLIES_SHARED_DATA")
        .map_or_else(|| root().join("../shared/data"), PathBuf::from);
    let folder = shared.join(folder);
    if folder.join("employees.csv").is_file() {
        return Some(folder);
    }
    eprintln!(
        "SKIPPED: no real organisation in {}; put it there or set ALLIES_SHARED_DATA",
        folder.display()
    );
    None
}

/// Starts a shipped scenario with the files of a folder.
fn started_with(scenario: &str, folder: &Path) -> (Model, World, Notes) {
    let folder = folder.canonicalize().unwrap();
    let sets = ["employees", "ties"].map(|file| {
        format!(
            "organisation.import.{file}={:?}",
            folder.join(format!("{file}.csv"))
        )
    });
    started(&root().join("scenarios").join(scenario), &sets).unwrap()
}

/// Every tie of the mapped layers is in its source's row, and no other.
fn assert_ties(world: &World, folder: &Path, layers: &[(&str, usize)]) {
    let files = OrganisationFiles::read(
        &folder.join("employees.csv"),
        &folder.join("ties.csv"),
        &ColumnMap::attributes_only(),
    )
    .unwrap();
    let mut expected: BTreeMap<(u32, u32), [f32; 3]> = BTreeMap::new();
    for &(name, layer) in layers {
        let of_layer = files.ties.iter().filter(|tie| tie.layer == name);
        let greatest = of_layer.clone().map(|tie| tie.weight).fold(0.0, f64::max);
        let smallest = of_layer
            .clone()
            .map(|tie| tie.weight)
            .fold(f64::MAX, f64::min);
        for tie in of_layer {
            let pair = expected
                .entry((tie.source as u32, tie.target as u32))
                .or_default();
            pair[layer] = (0.6 * libm::log1p(tie.weight / smallest)
                / libm::log1p(greatest / smallest)) as f32;
        }
    }
    let mut found = BTreeMap::new();
    for ego in 0..files.people.len() as u32 {
        for (place, alter, tie) in world.ties.row(ego).iter() {
            found.insert((ego, alter), tie.strength);
            assert!((tie.trust - 0.7).abs() < 1e-6);
            let (last, formed) = (i32::from(tie.last_contact), i32::from(tie.formed));
            assert!(
                formed <= last && (-8..=0).contains(&last),
                "{formed} {last}"
            );
            let hired = |slot: u32| world.employees.profiles[slot as usize].hired;
            assert!(
                tie.formed >= hired(ego).max(hired(alter)),
                "nobody is known before they came"
            );
            assert!(
                world.tie(ego, alter).is_some(),
                "the model takes the record for valid"
            );
            assert!((0..=16).contains(&world.ties.row(ego).due[place]));
        }
    }
    assert_eq!(found, expected);
}

fn assert_managers(world: &World, managers: &[(&str, Option<&str>)]) {
    let slot = |id: &str| world.source_ids.iter().position(|s| s == id).unwrap() as u32;
    for (person, manager) in managers {
        let post = world.employees.profiles[slot(person) as usize].post;
        assert_eq!(
            world.organisation.manager_of(post),
            manager.map(slot),
            "{person}"
        );
    }
}

/// Department, level and site of a person.
fn place<'a>(world: &'a World, id: &str) -> (&'a str, &'a str, &'a str) {
    let slot = world.source_ids.iter().position(|s| s == id).unwrap();
    let profile = &world.employees.profiles[slot];
    let organisation = &world.organisation;
    (
        &organisation.departments[profile.department as usize].name,
        &organisation.levels[profile.level as usize].name,
        &organisation.sites[profile.site as usize],
    )
}

/// Runs to the end; everything that happened, as text.
fn run(model: &mut Model, world: &mut World) -> String {
    let end = model.scenario().years.get() as i32 * 52;
    let mut story = String::new();
    while world.week < end {
        model.advance(world, &mut |world, _| {
            for e in &world.happenings.events {
                story.push_str(&format!(
                    "{} {:?} {:?} {:?} {:?} {}\n",
                    e.week, e.kind, e.employee, e.to_department, e.to_level, e.cause
                ));
            }
        });
        world.organisation.check_tree().unwrap();
    }
    for slot in world.employees.present() {
        for (_, alter, tie) in world.ties.row(slot).iter() {
            story.push_str(&format!(
                "{slot} {alter} {:?}\n",
                tie.strength.map(f32::to_bits)
            ));
        }
    }
    story
}

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
    let levels: Vec<(&str, bool)> = world
        .organisation
        .levels
        .iter()
        .map(|l| (l.name.as_str(), l.manages))
        .collect();
    assert_eq!(
        levels,
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
    let levels: Vec<(&str, bool)> = world
        .organisation
        .levels
        .iter()
        .map(|l| (l.name.as_str(), l.manages))
        .collect();
    assert_eq!(
        levels,
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

/// What is said about the small firm after something in it was replaced.
fn said(replaced: &[(&str, &str, &str)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let from = root().join("scenarios");
    fs::create_dir(folder.path().join("small-organisation")).unwrap();
    for file in [
        "small-import.toml",
        "small-organisation/employees.csv",
        "small-organisation/ties.csv",
    ] {
        let mut text = fs::read_to_string(from.join(file)).unwrap();
        for (_, old, new) in replaced.iter().filter(|(which, ..)| file.contains(which)) {
            assert!(text.contains(old), "{file} has no {old:?}");
            text = text.replacen(old, new, 1);
        }
        fs::write(folder.path().join(file), text).unwrap();
    }
    let path = folder.path().join("small-import.toml");
    let loaded = load::<Scenario>(&path, &[]).unwrap();
    let Err(error) = start(&loaded, folder.path()) else {
        return "accepted".to_owned();
    };
    assert!(matches!(
        error,
        CannotStart::Files(_) | CannotStart::Scenario(_)
    ));
    error
        .to_string()
        .replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn an_unknown_person_in_a_tie_is_refused() {
    insta::assert_snapshot!(said(&[(
        "ties.csv",
        "e01,e02,works_with",
        "e01,e77,works_with"
    )]));
}

#[test]
fn a_cycle_of_managers_is_refused() {
    let cycle = [(
        "employees.csv",
        "Ingrid Solberg,,director,,",
        "Ingrid Solberg,,director,e07,",
    )];
    insta::assert_snapshot!(said(&cycle));
}

#[test]
fn a_missing_column_is_refused() {
    let map = [(
        "small-import.toml",
        "pseudonyms",
        "map = { site = \"offise\" }\npseudonyms",
    )];
    insta::assert_snapshot!(said(&map));
}

#[test]
fn names_that_are_not_in_the_files_are_refused_together() {
    insta::assert_snapshot!(said(&[
        (
            "small-import.toml",
            "source_id = \"e29\"",
            "source_id = \"emp29\""
        ),
        (
            "small-import.toml",
            "source_id = \"e17\"",
            "source_id = \"e08\""
        ),
        ("small-import.toml", "\"lead\", \"director\"", "\"leads\""),
        ("small-import.toml", "works_with =", "work_with ="),
        (
            "small-import.toml",
            "with = \"Customer care\"",
            "with = \"Customers\""
        ),
        ("small-import.toml", "{ Finance =", "{ Engineering ="),
    ]));
}

#[test]
fn files_that_are_not_there_are_refused() {
    let name = [(
        "small-import.toml",
        "small-organisation/ties.csv",
        "ties.csv",
    )];
    insta::assert_snapshot!(said(&name));
}
