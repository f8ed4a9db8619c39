//! `allies verify`: what was changed is named.

use std::fs;

use crate::place::{Place, has, header, stderr, stdout};

#[test]
fn verify_names_table_row_and_column_of_a_changed_cell() {
    let place = Place::new();
    place.run_into("results", "--tables csv").code(0);
    let path = place.path("results/tables/weekly.csv");
    let text = fs::read_to_string(&path).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let column = header(&path).iter().position(|c| c == "headcount").unwrap();
    let mut cells: Vec<String> = lines[5].split(',').map(str::to_owned).collect();
    cells[column] = "999".to_owned();
    lines[5] = cells.join(",");
    fs::write(&path, lines.join("\n") + "\n").unwrap();
    let differs = place.allies(&["verify", "results"]).code(1);
    has(
        &(stdout(&differs) + &stderr(&differs)),
        &["weekly", "row 5", "`headcount`", "recorded 999"],
    );
    // a row less
    lines.remove(5);
    fs::write(&path, lines.join("\n") + "\n").unwrap();
    let differs = place.allies(&["verify", "results"]).code(1);
    has(&stdout(&differs), &["weekly", "row 5"]);
    // no number where one should be
    fs::write(&path, text.replacen("\n0,", "\nzero,", 1)).unwrap();
    let differs = place.allies(&["verify", "results"]).failure();
    has(
        &(stdout(&differs) + &stderr(&differs)),
        &["weekly.csv", "line 2"],
    );
    fs::remove_file(&path).unwrap();
    let differs = place.allies(&["verify", "results"]).failure();
    has(&(stdout(&differs) + &stderr(&differs)), &["weekly"]);
}

#[test]
fn verify_finds_a_changed_parquet_table() {
    let place = Place::new();
    place.run_into("results", "--tables parquet").code(0);
    place.run_into("other", "--tables parquet --seed 9").code(0);
    let path = place.path("results/tables/events.parquet");
    let original = fs::read(&path).unwrap();
    fs::copy(place.path("other/tables/events.parquet"), &path).unwrap();
    let differs = place.allies(&["verify", "results"]).code(1);
    has(&stdout(&differs), &["events.parquet", "row ", "column "]);
    // cut short, and garbled in every fiftieth byte: never a panic, never "identical"
    fs::write(&path, &original[..original.len() / 2]).unwrap();
    let differs = place.allies(&["verify", "results"]).failure();
    has(&(stdout(&differs) + &stderr(&differs)), &["events.parquet"]);
    for at in (4..original.len()).step_by(original.len() / 6) {
        let mut garbled = original.clone();
        garbled[at] ^= 0x55;
        fs::write(&path, garbled).unwrap();
        let differs = place.allies(&["verify", "results"]).failure();
        let words = stdout(&differs) + &stderr(&differs);
        has(&words, &["events.parquet"]);
        assert!(!words.contains("panicked"), "{words}");
    }
}

#[test]
fn verify_finds_a_changed_scenario_and_changed_files() {
    let place = Place::new();
    place.run().code(0);
    let path = place.path("results/scenario.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("seed = 3", "seed = 4", 1)).unwrap();
    let differs = place.allies(&["verify", "results"]).code(1);
    has(
        &stderr(&differs),
        &["scenario.toml", "not the scenario of the run"],
    );
    fs::write(&path, format!("# a note\n{text}")).unwrap();
    let differs = place.allies(&["verify", "results"]).code(1);
    has(&stdout(&differs), &["scenario.toml"]);
    fs::write(&path, text).unwrap();
    fs::write(place.path("results/dictionary.csv"), "table\n").unwrap();
    let differs = place.allies(&["verify", "results"]).code(1);
    has(&stdout(&differs), &["dictionary.csv"]);
}

#[test]
fn verify_refuses_what_is_no_results_folder() {
    let place = Place::new();
    let refused = place.allies(&["verify", "nowhere"]).code(2);
    has(&stderr(&refused), &["nowhere", "no such folder"]);
    fs::create_dir(place.path("empty")).unwrap();
    let refused = place.allies(&["verify", "empty"]).code(2);
    has(&stderr(&refused), &["empty", "not a results folder"]);
    let refused = place.allies(&["verify", "firm.toml"]).code(2);
    has(&stderr(&refused), &["firm.toml", "not a results folder"]);
    place.run().code(0);
    fs::write(place.path("results/INCOMPLETE"), "").unwrap();
    let refused = place.allies(&["verify", "results"]).code(2);
    has(&stderr(&refused), &["incomplete"]);
    fs::remove_file(place.path("results/INCOMPLETE")).unwrap();
    fs::write(place.path("results/manifest.json"), "{ not json").unwrap();
    let refused = place.allies(&["verify", "results"]).code(2);
    has(&stderr(&refused), &["manifest.json"]);
    fs::remove_file(place.path("results/scenario.toml")).unwrap();
    place.allies(&["verify", "results"]).code(2);
}
