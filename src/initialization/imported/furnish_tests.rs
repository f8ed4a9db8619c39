//! People and ties put into a firm that was imported: tenure, age, names, strengths.

#![allow(
    clippy::format_push_string,
    clippy::format_collect,
    reason = "the files of a test need not be made fast"
)]

use super::fixture::organisation;
use super::*;
use crate::world::{Character, Standing};

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
