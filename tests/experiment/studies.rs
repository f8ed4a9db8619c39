//! Ablation, sensitivity and calibration as a user runs them: what is written, what is said, what is refused.

use std::fs;
use std::path::Path;

use super::place::Place;

const OUTCOMES: &str = r#"
[[outcomes]]
name = "worse off"
table = "placements"
which = { outcome = ["less_desirable", "dismissed"] }
summary = "share"
[[outcomes]]
name = "staff"
table = "employees"
at = "end"
summary = "count"
"#;

/// A place whose experiment has these sections.
fn place(sections: &str) -> Place {
    Place::new(&format!(
        "name = \"try\"\nscenario = \"s.toml\"\nreplicates = 4\n{sections}\n{OUTCOMES}"
    ))
}

/// Runs it: the exit code, and everything said on both streams.
fn run(place: &Place, arguments: &[&str]) -> (Option<i32>, String) {
    let all = [&["experiment", "e.toml", "--out", "out"], arguments].concat();
    let output = place.run(&all);
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

#[test]
fn an_ablation_shares_out_the_contrast_it_was_asked_for() {
    let sections = r#"
[[arms]]
name = "mild"
[[arms]]
name = "deep"
set = { "restructurings.0.share" = 0.6 }
[ablation]
mechanisms = ["restructuring", "reputation+influence"]
outcomes = ["staff"]
"#;
    let place = place(sections);
    let (code, said) = run(&place, &["--replicates", "6"]);
    assert_eq!(code, Some(0), "{said}");
    // without restructurings the arms are one firm: nothing is left with all off
    assert!(said.contains("staff: of -"), "{said}");
    assert!(said.contains("from restructuring"), "{said}");
    assert!(!said.contains("with all of them off"), "{said}");
    assert!(place.path("out/tables/attribution.parquet").exists());
    let dictionary = fs::read_to_string(place.path("out/dictionary.csv")).unwrap();
    assert!(dictionary.contains("attribution,share,real"));
}

#[test]
fn a_screening_finds_the_key_that_acts_and_not_the_one_that_cannot() {
    let sections = r#"
[sensitivity]
points = 6
outcomes = ["staff"]
[[sensitivity.vary]]
key = "restructurings.0.share"
name = "cut"
from = 0.1
to = 0.6
[[sensitivity.vary]]
key = "records.ties_every"
name = "records"
from = 20
to = 50
whole = true
"#;
    let place = place(sections);
    let (code, said) = run(&place, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("staff is moved most by cut"), "{said}");
    assert!(
        said.contains("1 of 2 factors cannot be told from luck"),
        "{said}"
    );
    assert!(place.path("out/tables/sensitivity.parquet").exists());
}

#[test]
fn a_calibration_goes_on_where_it_was_to_the_same_bytes() {
    let sections = r#"
[calibration]
particles = 8
rounds = 3
least_accepted = 0.0
[[calibration.vary]]
key = "restructurings.0.share"
from = 0.1
to = 0.6
[[calibration.targets]]
outcome = "staff"
value = 22.0
scale = 2.0
"#;
    let place = place(sections);
    let (code, said) = run(&place, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("from a prior of 0.1 to 0.6"), "{said}");
    assert!(said.contains("targets lie inside"), "{said}");
    let out = place.path("out");
    let read = |name: &str| fs::read(out.join(name)).unwrap();
    let names = ["posterior.csv", "particles.csv", "predictive.csv"];
    let before = names.map(read);
    for gone in ["rounds/round-02", "rounds/check"] {
        fs::remove_dir_all(out.join(gone)).unwrap();
    }
    fs::remove_file(out.join("posterior.csv")).unwrap();
    let (code, said) = run(&place, &["--resume"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(before, names.map(read));
    let (code, said) = run(&place, &["--shard", "1/2"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("cannot be done in shards"), "{said}");
}

#[test]
fn mistakes_are_told_with_what_to_do() {
    for (sections, expected) in [
        ("[ablation]\n", "there is no mechanism to switch off"),
        ("[ablation]\nmechanisms = [\"reputatoin\"]\n", "reputatoin"),
        (
            "[ablation]\nmechanisms = [\"review\", \"review\"]\n",
            "stands twice",
        ),
        (
            "[ablation]\nmechanisms = [\"review\"]\noutcomes = [\"stuff\"]\n",
            "did you mean \"staff\"?",
        ),
        ("[sensitivity]\n", "there is no key to vary"),
        (
            "[sensitivity]\nmethod = \"sobol\"\npoints = 100\n[[sensitivity.vary]]\nkey = \"review.panel_noise\"\nfrom = 0\nto = 1\n",
            "use a power of two, such as 128",
        ),
        (
            "[[arms]]\nname = \"one\"\n[sensitivity]\n[[sensitivity.vary]]\nkey = \"review.panel_noise\"\nfrom = 0\nto = 1\n",
            "makes its own arms",
        ),
        (
            "[sensitivity]\n[[sensitivity.vary]]\nkey = \"review.panel_noise\"\nfrom = 1\nto = 1\n",
            "no range to draw from",
        ),
        (
            "[calibration]\n[[calibration.vary]]\nkey = \"review.panel_noise\"\nfrom = 0\nto = 1\n",
            "there is no target",
        ),
    ] {
        let place = place(sections);
        let (code, said) = run(&place, &[]);
        assert_eq!(code, Some(2), "{sections}: {said}");
        assert!(said.contains(expected), "{sections}: {said}");
        assert!(!place.path("out").exists(), "nothing was run");
    }
}
