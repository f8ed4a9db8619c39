//! Starting a firm from its files, running it, and what must be in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use allies::initialization::import::{ColumnMap, OrganisationFiles};
use allies::model::{Model, Notes, start};
use allies::scenario::{Scenario, load};
use allies::world::World;

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Starts a scenario file; text of the problems when it cannot.
pub(crate) fn started(path: &Path, sets: &[String]) -> Result<(Model, World, Notes), String> {
    let loaded = load::<Scenario>(path, sets).map_err(|problems| problems.to_string())?;
    assert!(loaded.warnings.is_empty(), "{}", loaded.warnings);
    start(&loaded, path.parent().unwrap()).map_err(|error| error.to_string())
}

pub(crate) fn small() -> (Model, World, Notes) {
    started(&root().join("scenarios/small-import.toml"), &[]).unwrap()
}

/// The folder of a real data set; None, and loudly so, when it is not here.
pub(crate) fn real(folder: &str) -> Option<PathBuf> {
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
pub(crate) fn started_with(scenario: &str, folder: &Path) -> (Model, World, Notes) {
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
pub(crate) fn assert_ties(world: &World, folder: &Path, layers: &[(&str, usize)]) {
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

pub(crate) fn assert_managers(world: &World, managers: &[(&str, Option<&str>)]) {
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
pub(crate) fn place<'a>(world: &'a World, id: &str) -> (&'a str, &'a str, &'a str) {
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
/// The ladder: names of the levels, and whether they manage.
pub(crate) fn levels(world: &World) -> Vec<(&str, bool)> {
    let levels = world.organisation.levels.iter();
    levels.map(|l| (l.name.as_str(), l.manages)).collect()
}

pub(crate) fn run(model: &mut Model, world: &mut World) -> String {
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
