//! No chart of any shipped scenario, at its own size, and of any shipped experiment, with few runs of a small firm, has
//! words over words, over marks, off the page or crossed by a line: for slide, page and poster, in each language.

#![allow(clippy::unwrap_used, reason = "a test that fails here has failed")]

use std::path::{Path, PathBuf};
use std::process::Command;

use allies::analysis::{Analysis, Focus, Rows, Side};
use allies::charts::{Drawn, Options, Size, draw, draw_experiment, draw_side_by_side};
use allies::experiment::{Changes, calibrated, finished, plan, study, told_in};
use allies::language::Language;
use allies::records::Results;

/// Runs a scenario with its own people and gives its statistics; `options` may shorten it.
fn analysis(scenario: &Path, options: &[&str]) -> Analysis {
    Analysis::of(&rows(scenario, options))
}

/// Runs a scenario and gives the rows of its tables.
fn rows(scenario: &Path, options: &[&str]) -> Rows {
    let folder = tempfile::tempdir().unwrap();
    let results = folder.path().join("results");
    let run = Command::new(env!("CARGO_BIN_EXE_allies"))
        .args([
            "run",
            "--quiet",
            "--no-charts",
            "--tables",
            "parquet",
            "--out",
        ])
        .args([results.as_os_str(), scenario.as_os_str()])
        .args(options)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{}: {said}", scenario.display());
    let results = Results::open(&results).unwrap();
    Rows::read_with(&results, &Focus::default()).unwrap()
}

/// Draws all charts in all sizes and languages, and lists what a proof-reader would mark.
fn faults(analysis: &Analysis) -> Vec<String> {
    marked(|options| draw(analysis, options).unwrap())
}

/// What a proof-reader would mark in charts of all sizes and languages.
fn marked(draw: impl Fn(&Options) -> Drawn) -> Vec<String> {
    let mut found = Vec::new();
    for size in [Size::Slide, Size::Page, Size::Poster] {
        for language in Language::all() {
            let options = Options {
                png: false,
                proof: true,
                size,
                language,
                ..Options::default()
            };
            let drawn = draw(&options);
            assert!(!drawn.charts.is_empty(), "{:?}", drawn.skipped);
            for chart in drawn.charts {
                let place = format!("{} {size:?} {}", chart.name, language.code());
                let faults = chart.faults.unwrap();
                found.extend(faults.iter().map(|fault| format!("{place}: {fault}")));
            }
        }
    }
    found
}

/// The scenario files of a folder whose data are here.
fn scenarios(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(root.join(folder)).unwrap();
    let mut files: Vec<PathBuf> = files
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .filter(|path| {
            // the data of real organisations are not ours to pass on, so that they may be missing
            !std::fs::read_to_string(path)
                .unwrap()
                .contains("../shared/")
                || root.join("../shared/data").exists()
        })
        .collect();
    files.sort();
    files
}

#[track_caller]
fn are_legible(folder: &str, options: impl Fn(&str) -> &'static [&'static str]) {
    let mut found = Vec::new();
    for scenario in scenarios(folder) {
        let name = scenario.file_stem().unwrap().to_string_lossy().into_owned();
        let own = faults(&analysis(&scenario, options(&name)));
        found.extend(own.iter().map(|fault| format!("{name} {fault}")));
    }
    assert!(found.is_empty(), "{}:\n{}", found.len(), found.join("\n"));
}

#[test]
fn the_charts_of_every_firm_are_legible() {
    // the large firm only until a quarter after its restructuring
    are_legible("scenarios", |name| match name {
        "large-firm" => &["--years", "2"],
        _ => &[],
    });
}

#[test]
fn the_charts_of_every_programme_are_legible() {
    are_legible("scenarios/programmes", |_| &[]);
}

#[test]
fn the_charts_of_every_region_and_limit_are_legible() {
    are_legible("scenarios/regions", |_| &[]);
    are_legible("scenarios/limits", |name| {
        // centuries of the same
        if name.starts_with("peter") || name == "common-sense" {
            &["--years", "20"]
        } else {
            &[]
        }
    });
}

#[test]
fn the_network_of_twenty_to_a_thousand_people_is_legible() {
    let consultancy = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/consulting-firm.toml");
    for people in ["20", "60", "400", "600", "1000"] {
        let size = format!("organisation.employees={people}");
        let options = ["--years", "2", "--set", &size];
        let found = faults(&analysis(&consultancy, &options));
        assert!(found.is_empty(), "{people}:\n{}", found.join("\n"));
    }
}

#[test]
fn two_to_nine_runs_side_by_side_are_legible() {
    let consultancy = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/consulting-firm.toml");
    let side = |seed: &str, label: &str| {
        let rows = rows(&consultancy, &["--years", "3", "--seed", seed]);
        let mut side = Side::of(&rows, &Analysis::of(&rows));
        side.label = label.to_owned();
        side
    };
    let kinds = [
        side("7", "office"),
        side("8", "a firm of consultants with everybody at home"),
        side("9", "hybrid"),
    ];
    let folder = tempfile::tempdir().unwrap();
    for n in [2, 3, 9] {
        let sides: Vec<Side> = (0..n)
            .map(|i| Side {
                label: format!(
                    "{}{}",
                    kinds[i % 3].label,
                    if i < 3 { "" } else { "-again" }
                ),
                ..kinds[i % 3].clone()
            })
            .collect();
        let command = "allies chart output/office output/home output/hybrid";
        let found =
            marked(|options| draw_side_by_side(&sides, command, options, folder.path()).unwrap());
        assert!(found.is_empty(), "{n}:\n{}", found.join("\n"));
    }
}

#[test]
fn the_charts_of_every_experiment_are_legible() {
    let mut found = Vec::new();
    for file in scenarios("scenarios/experiments") {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("o");
        // as few runs as its charts need
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let replicates = match name.as_str() {
            "calibrate-dismissals" => "1",
            "what-matters" => "2",
            _ => "8",
        };
        let run = Command::new(env!("CARGO_BIN_EXE_allies"))
            .arg("experiment")
            .arg(&file)
            .args(["--quiet", "--no-charts", "--replicates", replicates])
            .args(["--set", "organisation.employees=40", "--out"])
            .arg(&out)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{name}: {said}");
        let plan = plan(&out.join("experiment.toml"), &Changes::default()).unwrap();
        let (results, replicates) = finished(&plan, &out).unwrap();
        let mut study = study(&plan, &results, replicates);
        study.calibration = calibrated(&plan, &out).unwrap();
        let told = |language| told_in(&plan, study.clone(), language);
        let own = marked(|options| draw_experiment(&told(options.language), options).unwrap());
        found.extend(own.iter().map(|fault| format!("{name} {fault}")));
    }
    assert!(found.is_empty(), "{}:\n{}", found.len(), found.join("\n"));
}
