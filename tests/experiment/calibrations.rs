//! Calibration as a user runs it: rounds that go on, luck of particles, what `verify` repeats.

use std::fs;

use allies::experiment::OUTCOMES as SPEC;
use allies::records::{Table, parquet_file};

use super::place::{Place, calibration};

#[test]
fn a_calibration_goes_on_where_it_was_to_the_same_bytes() {
    let place = calibration();
    let said = place.good(&["experiment", "e.toml", "--out", "out"]);
    assert!(said.contains("from a prior of 0.1 to 0.6"), "{said}");
    assert!(said.contains("targets lie inside"), "{said}");
    let out = place.path("out");
    let read = |name: &str| fs::read(out.join(name)).unwrap();
    let report = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(
        report.contains("A calibration: 3 rounds"),
        "no arms to look at"
    );
    let names = [
        "posterior.csv",
        "particles.csv",
        "predictive.csv",
        "predicted.csv",
        "charts/posterior.svg",
    ];
    let before = names.map(read);
    for gone in ["rounds/round-02", "rounds/check"] {
        fs::remove_dir_all(out.join(gone)).unwrap();
    }
    fs::remove_file(out.join("posterior.csv")).unwrap();
    place.experiment("out", "--resume");
    assert_eq!(before, names.map(read));
}

#[test]
fn every_particle_and_every_prediction_has_luck_of_its_own() {
    let place = calibration();
    place.experiment("o", "--no-charts");
    let mut seeds = Vec::new();
    for round in ["", "rounds/round-01/", "rounds/round-02/", "rounds/check/"] {
        // a part a replicate
        let parts = [1, 2].map(|replicate| {
            let part = format!("o/{round}parts/part-00-000000{replicate}-0000.outcomes.parquet");
            parquet_file::read_file(&place.path(&part), &SPEC).unwrap()
        });
        for runs in &parts {
            seeds.extend((0..runs.len()).map(|row| runs.integer(row, 2).unwrap()));
        }
        if round == "rounds/check/" {
            // as a particle is the mean over its two replicates, so is what is compared with the target
            let value = |runs: &Table, row| runs.real(row, 4).unwrap();
            let mean = |row| f64::midpoint(value(&parts[0], row), value(&parts[1], row));
            let means: Vec<f64> = (0..6).map(mean).collect();
            let text = fs::read_to_string(place.path("o/predicted.csv")).unwrap();
            let told = text.lines().skip(1).map(|line| line.rsplit(',').next());
            let told: Vec<f64> = told.map(|cell| cell.unwrap().parse().unwrap()).collect();
            assert_eq!(told, means);
        }
    }
    let runs = seeds.len();
    seeds.sort_unstable();
    seeds.dedup();
    assert_eq!((runs, seeds.len()), (60, 60));
}

/// Adds something to every value of a part and marks it as if it had been computed so.
fn falsify(root: &std::path::Path, more: f64) {
    let part = "part-00-0000001-0000";
    let path = root.join(format!("parts/{part}.outcomes.parquet"));
    let before = parquet_file::read_file(&path, &SPEC).unwrap();
    let mut after = Table::new(&SPEC);
    for row in 0..before.len() {
        let mut cells: Vec<_> = before.row(row).collect();
        cells[4] = (before.real(row, 4).unwrap() + more).into();
        after.push(&cells).unwrap();
    }
    let hash = |path| blake3::hash(&fs::read(path).unwrap()).to_hex().to_string();
    let old = hash(&path);
    parquet_file::write_file(&path, &after).unwrap();
    let mark = root.join(format!("commit/{part}.json"));
    let text = fs::read_to_string(&mark).unwrap();
    assert!(text.contains(&old), "{text}");
    fs::write(&mark, text.replace(&old, &hash(&path))).unwrap();
}

#[test]
fn verifying_a_calibration_repeats_the_runs_of_all_its_rounds() {
    let place = calibration();
    place.experiment("o", "--no-charts");
    // 12 particles of the prior, 6 in each of two rounds, and 6 that are checked, twice each
    let said = place.good(&["verify", "o", "--all"]);
    assert_eq!(said, "identical: 60 of 60 runs repeated, of 4 rounds\n");
    let said = place.good(&["verify", "o"]);
    assert_eq!(said, "identical: 20 of 60 runs repeated, of 4 rounds\n");

    let differs = |place: &Place, expected: &str| {
        let output = place.run(&["verify", "o", "--all"]);
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(expected), "{said}");
    };
    // what is concluded from numbers that were changed is something else
    falsify(&place.path("o/rounds/check"), 1.0);
    differs(&place, "does not follow from the runs");
    // and where nothing was concluded yet, the run tells
    fs::remove_file(place.path("o/predicted.csv")).unwrap();
    fs::remove_file(place.path("o/predictive.csv")).unwrap();
    differs(&place, "round 4: arm ");
    // particles that are not kept any more would have led to another next round
    falsify(&place.path("o/rounds/round-01"), 1000.0);
    differs(&place, "planned from other results of the rounds before");
}

#[test]
fn verifying_an_unfinished_calibration_says_what_is_missing() {
    let place = calibration();
    place.experiment("o", "--no-charts");
    fs::remove_file(place.path("o/manifest.json")).unwrap();
    fs::remove_dir_all(place.path("o/rounds/check")).unwrap();
    let said = place.good(&["verify", "o", "--all"]);
    assert_eq!(
        said,
        "identical: 48 of 48 runs repeated, of 3 rounds; not finished: 2 of 2 parts of round 4 are missing, `allies \
         experiment … --resume` goes on\n"
    );
    // a round that is under way is looked at too
    fs::remove_dir_all(place.path("o/rounds/round-02/commit")).unwrap();
    let said = place.good(&["verify", "o", "--all"]);
    assert!(said.starts_with("identical: 36 of 36 runs"), "{said}");
    assert!(said.contains("of round 3 are missing"), "{said}");
}
