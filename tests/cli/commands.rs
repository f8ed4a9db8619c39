//! The other commands.

use std::fs;
use std::path::Path;

use crate::place::{Place, has, header, said, stderr, stdout};

#[test]
fn a_full_disk_is_told_when_printing() {
    if cfg!(target_os = "linux") {
        let place = Place::new();
        fs::write(place.path("e.csv"), "id\na\nb\n").unwrap();
        fs::write(place.path("t.csv"), "source,target,layer\na,b,advice\n").unwrap();
        for words in ["explain", "measure --employees e.csv --ties t.csv --out m"] {
            let full = fs::OpenOptions::new()
                .write(true)
                .open("/dev/full")
                .unwrap();
            let status = std::process::Command::new(assert_cmd::cargo::cargo_bin!("allies"))
                .args(words.split(' '))
                .current_dir(place.folder.path())
                .stdout(full)
                .stderr(std::process::Stdio::piped())
                .output()
                .unwrap();
            assert_eq!(status.status.code(), Some(1), "{words}");
            has(&said(&status.stderr), &["error"]);
        }
    }
}

#[test]
fn charts_are_drawn_again_to_the_same_bytes() {
    let place = Place::new();
    place
        .allies(&["run", "firm.toml", "--out", "results", "--quiet"])
        .code(0);
    let before = place.files("results/charts");
    assert!(!before.is_empty());
    let done = place.allies(&["chart", "results"]).code(0);
    has(&stdout(&done), &["results/charts"]);
    assert!(place.files("results/charts") == before, "the charts differ");
    has(
        &stdout(&place.allies(&["verify", "results"]).code(0)),
        &["identical"],
    );
    // elsewhere and in part
    place
        .allies(&[
            "chart", "results", "--format", "svg", "--theme", "dark", "--for", "page",
        ])
        .code(0);
    place
        .allies(&[
            "chart",
            "results",
            "--out",
            "pictures",
            "--only",
            "promotions",
        ])
        .code(0);
    assert!(
        place
            .files("pictures")
            .keys()
            .all(|name| name.starts_with("promotions"))
    );
    let refused = place
        .allies(&["chart", "results", "--only", "promotion"])
        .code(2);
    has(&stderr(&refused), &["promotions"]);
    let refused = place.allies(&["chart", "nowhere"]).code(2);
    has(&stderr(&refused), &["nowhere"]);
}

#[test]
fn check_says_ok_or_every_problem() {
    let place = Place::new();
    has(
        &stdout(&place.allies(&["check", "firm.toml"]).code(0)),
        &["ok: firm.toml"],
    );
    let refused = place
        .allies(&[
            "check",
            "firm.toml",
            "--set",
            "years=0",
            "--set",
            "hiring.topics=0",
        ])
        .code(2);
    has(&stderr(&refused), &["years=0", "topics=0"]);
    assert_eq!(stdout(&refused), "");
    assert_eq!(place.names(), ["firm.toml"], "check writes nothing");
}

#[test]
fn explain_knows_every_parameter_and_a_near_name() {
    let place = Place::new();
    let all = stdout(&place.allies(&["explain"]).code(0));
    has(
        &all,
        &[
            "decay.collaboration",
            "organisation.employees",
            "strategies.<name>.curiosity",
        ],
    );
    let one = stdout(&place.allies(&["explain", "decay.collaboration"]).code(0));
    has(&one, &["decay.collaboration", "weeks"]);
    let section = stdout(&place.allies(&["explain", "decay"]).code(0));
    has(&section, &["decay.collaboration", "decay.friendship"]);
    let unknown = place.allies(&["explain", "decay.colaboration"]).code(2);
    has(
        &stderr(&unknown),
        &["decay.colaboration", "decay.collaboration"],
    );
    let unknown = place.allies(&["explain", "zzz"]).code(2);
    has(&stderr(&unknown), &["zzz", "allies explain"]);
    place.allies(&["explain", "--markdown", "decay"]).code(2);
}

#[test]
fn the_schema_is_json_and_has_every_section() {
    let place = Place::new();
    let text = stdout(&place.allies(&["schema"]).code(0));
    let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
    let known = schema["properties"].as_object().unwrap();
    let baseline: toml::Table = stdout(&place.allies(&["explain", "--toml"]).code(0))
        .parse()
        .unwrap();
    for key in baseline.keys() {
        assert!(known.contains_key(key), "{key}");
    }
    assert!(known.contains_key("extends"), "the loader's own key");
}

#[test]
fn a_new_scenario_passes_the_check_and_runs_and_is_never_overwritten() {
    let place = Place::new();
    has(
        &stdout(&place.allies(&["new", "mine"]).code(0)),
        &["mine.toml", "allies check"],
    );
    has(
        &stdout(&place.allies(&["check", "mine.toml"]).code(0)),
        &["ok"],
    );
    place
        .allies(&[
            "run",
            "mine.toml",
            "--quiet",
            "--no-charts",
            "--set",
            "burn_in=10",
        ])
        .code(0);
    assert!(place.path("output/mine/seed-1/manifest.json").is_file());
    let before = fs::read(place.path("mine.toml")).unwrap();
    let refused = place.allies(&["new", "mine.toml"]).code(2);
    has(&stderr(&refused), &["mine.toml", "exists"]);
    assert_eq!(fs::read(place.path("mine.toml")).unwrap(), before);
    for name in ["../mine", "a/b", "", ".hidden", "a\"b"] {
        place.allies(&["new", name]).code(2);
    }
    assert_eq!(place.names(), ["firm.toml", "mine.toml", "output"]);
    place.allies(&["new"]).code(0);
    assert!(place.path("scenario.toml").is_file());
}

#[test]
fn measure_writes_nodes_and_graph_and_refuses_wrong_files() {
    let place = Place::new();
    fs::write(
        place.path("e.csv"),
        "id,department\na,Sales\nb,Sales\nc,Plant\n",
    )
    .unwrap();
    fs::write(
        place.path("t.csv"),
        "source,target,layer\na,b,advice\nb,c,advice\n",
    )
    .unwrap();
    let words = [
        "measure",
        "--employees",
        "e.csv",
        "--ties",
        "t.csv",
        "--out",
        "m",
    ];
    has(
        &stdout(&place.allies(&words).code(0)),
        &["3 people, 2 ties"],
    );
    let nodes = header(&place.path("m/nodes.csv"));
    for column in "id in_degree out_degree degree in_strength out_strength betweenness_directed \
         betweenness_undirected constraint_directed constraint_undirected constraint_weighted \
         effective_size_directed effective_size_undirected effective_size_weighted clustering core \
         pagerank eigenvector harmonic community"
        .split_whitespace()
    {
        assert!(nodes.iter().any(|c| c == column), "{column}");
    }
    let graph: serde_json::Value =
        serde_json::from_slice(&fs::read(place.path("m/graph.json")).unwrap()).unwrap();
    assert!(graph.is_object());
    place.allies(&words).code(2);
    fs::write(place.path("t.csv"), "source,target,layer\na,x,advice\n").unwrap();
    let refused = place
        .allies(&[
            "measure",
            "--employees",
            "e.csv",
            "--ties",
            "t.csv",
            "--out",
            "n",
        ])
        .code(2);
    has(&stderr(&refused), &["t.csv", "x"]);
    assert!(!place.path("n").exists());
}

#[test]
fn the_shipped_small_organisation_is_measured() {
    let place = Place::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/small-organisation");
    let file = |name: &str| folder.join(name).display().to_string();
    let words = [
        "--employees",
        &file("employees.csv"),
        "--ties",
        &file("ties.csv"),
        "--out",
        "m",
    ];
    place.allies(&[&["measure"], &words[..]].concat()).code(0);
    let rows = fs::read_to_string(place.path("m/nodes.csv"))
        .unwrap()
        .lines()
        .count();
    let people = fs::read_to_string(folder.join("employees.csv"))
        .unwrap()
        .lines()
        .count();
    assert_eq!(rows, people);
    let refused = place
        .allies(&[&["measure", "--layer", "lunch"], &words[..], &["--force"]].concat())
        .code(2);
    has(&stderr(&refused), &["lunch", "the layers are"]);
}

#[test]
fn a_validation_that_would_write_over_another_is_refused_before_its_work() {
    let place = Place::new();
    fs::create_dir(place.path("v")).unwrap();
    for (name, more) in [
        ("validation.csv", &[][..]),
        ("ablation.md", &["--ablation"]),
    ] {
        fs::write(place.path("v").join(name), "of last week").unwrap();
        let refused = place
            .allies(&[&["validate", "--out", "v"], more].concat())
            .code(2);
        has(&stderr(&refused), &[name, "exists", "--force", "--out"]);
        fs::remove_file(place.path("v").join(name)).unwrap();
    }
}

#[test]
fn every_command_has_a_help_text_and_every_option_a_line() {
    let place = Place::new();
    let help = stdout(&place.allies(&["--help"]).code(0));
    for command in [
        "run", "check", "explain", "schema", "new", "measure", "chart", "verify",
    ] {
        has(&help, &[command]);
        let text = stdout(&place.allies(&[command, "--help"]).code(0));
        assert!(
            text.lines().next().is_some_and(|line| line.len() > 10),
            "{text}"
        );
        has(&text, &["Usage: allies"]);
        // an option is followed by words, on its line or on the next one
        let lines: Vec<&str> = text.lines().collect();
        for (i, line) in lines.iter().enumerate() {
            let option = line.trim_start();
            if option.starts_with('-') {
                let words = option
                    .split_once("  ")
                    .is_some_and(|(_, rest)| !rest.trim().is_empty());
                let below = lines
                    .get(i + 1)
                    .is_some_and(|next| next.starts_with("          "));
                assert!(words || below, "{command}: nothing said about {option}");
            }
        }
    }
    has(&stdout(&place.allies(&["--version"]).code(0)), &["allies "]);
}

#[test]
fn a_wrong_command_line_is_refused_with_a_hint() {
    let place = Place::new();
    has(
        &stderr(&place.allies(&["rum", "firm.toml"]).code(2)),
        &["run"],
    );
    has(
        &stderr(&place.allies(&["run", "firm.toml", "--sed", "1"]).code(2)),
        &["--seed"],
    );
    has(&stderr(&place.allies(&["run"]).code(2)), &["SCENARIO"]);
    has(
        &stderr(
            &place
                .allies(&["run", "firm.toml", "--threads", "0"])
                .code(2),
        ),
        &["1..=1024"],
    );
    has(
        &stderr(
            &place
                .allies(&["run", "firm.toml", "--tables", "xls"])
                .code(2),
        ),
        &["parquet"],
    );
    place.allies(&["run", "firm.toml", "--seed", "-1"]).code(2);
    let refused = place
        .allies(&["run", "firm.toml", "--seed", "9223372036854775808"])
        .code(2);
    has(&stderr(&refused), &["9223372036854775807"]);
    place
        .allies(&["run", "firm.toml", "--years", "501"])
        .code(2);
    place.allies(&[]).code(2);
    assert_eq!(place.names(), ["firm.toml"]);
}
