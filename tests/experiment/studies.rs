//! Ablation and sensitivity as a user runs them: what is written, what is said, what is refused.

use std::fs;

use super::place::{Place, STAFF};

const OUTCOMES: &str = r#"
[[outcomes]]
name = "worse off"
table = "placements"
which = { outcome = ["less_desirable", "dismissed"] }
summary = "share"
"#;

/// A place whose experiment has these sections.
fn place(sections: &str) -> Place {
    Place::new(&format!(
        "name = \"try\"\nscenario = \"s.toml\"\nreplicates = 4\n{sections}\n{OUTCOMES}{STAFF}"
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
    assert!(said.contains("staff: of −"), "{said}");
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
    assert!(said.contains("staff: moved most by cut"), "{said}");
    assert!(
        said.contains("1 of 2 factors cannot be told from luck"),
        "{said}"
    );
    assert!(place.path("out/tables/sensitivity.parquet").exists());
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

#[test]
fn seven_mechanisms_are_sampled_and_the_error_of_sampling_is_stated() {
    let sections = r#"
[ablation]
mechanisms = ["restructuring", "reputation", "influence", "review", "decay", "choice", "opportunity"]
outcomes = ["staff"]
"#;
    let place = place(sections);
    let (code, said) = run(&place, &["--replicates", "6", "--threads", "2"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("restructuring (−") && said.contains("works against it"),
        "{said}"
    );
    assert!(said.contains("sampling orders makes at most"), "{said}");
    let forecast = place.good(&["experiment", "e.toml", "--replicates", "6", "--dry-run"]);
    assert!(
        forecast.contains("the subsets that it samples"),
        "{forecast}"
    );
    let dictionary = fs::read_to_string(place.path("out/dictionary.csv")).unwrap();
    assert!(dictionary.contains("attribution,sampling_error,real"));

    // shards, and replicates that are added later, give the same tables
    for k in ["2/2", "1/2"] {
        let all = [
            "experiment",
            "e.toml",
            "--replicates",
            "6",
            "--out",
            "s",
            "--shard",
            k,
        ];
        place.good(&all);
    }
    place.good(&["collect", "s"]);
    place.good(&["experiment", "e.toml", "--replicates", "3", "--out", "g"]);
    place.good(&[
        "experiment",
        "e.toml",
        "--replicates",
        "6",
        "--out",
        "g",
        "--resume",
    ]);
    for table in ["outcomes", "summary", "attribution", "runs"] {
        let read =
            |out: &str| fs::read(place.path(&format!("{out}/tables/{table}.parquet"))).unwrap();
        assert!(read("out") == read("s"), "{table}: shards");
        assert!(read("out") == read("g"), "{table}: replicates added");
    }
}

#[test]
fn an_incidence_is_counted_by_each_of_its_years() {
    let place = Place::new(
        r#"
name = "try"
scenario = "s.toml"
replicates = 8
set = { years = 3, "organisation.employees" = 60 }
[[arms]]
name = "cut"
[[arms]]
name = "deep cut"
set = { "restructurings.0.share" = 0.6 }
[[outcomes]]
name = "promoted"
title = "Promoted at least once"
summary = "incidence"
filter = { kind = "promoted" }
against = { kind = ["left", "laid_off", "retired"] }
years = [1, 3]
[[outcomes]]
name = "gone"
title = "Gone before any promotion"
summary = "incidence"
filter = { kind = ["left", "laid_off", "retired"] }
against = { kind = "promoted" }
years = [1, 3]
[[outcomes]]
name = "later"
summary = "difference"
of = ["gone, year 3", "gone, year 1"]
"#,
    );
    let said = place.good(&["experiment", "e.toml", "--out", "o"]);
    assert!(
        said.contains("Gone before any promotion, by year 1\n  cut: "),
        "{said}"
    );
    let estimates = super::place::summary(&place.path("o"), "estimate");
    let of = |arm: &str, outcome: &str| -> f64 {
        let value = &estimates[&(arm.to_owned(), outcome.to_owned())];
        value.parse().unwrap()
    };
    for arm in ["cut", "deep cut"] {
        let (one, three) = (of(arm, "gone, year 1"), of(arm, "gone, year 3"));
        assert!(
            0.0 < one && one < three && three < 1.0,
            "{arm}: {one} {three}"
        );
        assert!(three + of(arm, "promoted, year 3") <= 1.0, "{arm}");
        assert!((of(arm, "later") - (three - one)).abs() < 1e-12);
    }
    assert!(of("deep cut", "gone, year 1") > of("cut", "gone, year 1") + 0.1);
    assert!(place.path("o/charts/incidence.svg").exists());
    assert!(place.good(&["verify", "o"]).starts_with("identical"));

    let wrong = |from: &str, to: &str| {
        let file = fs::read_to_string(place.path("e.toml")).unwrap();
        fs::write(place.path("x.toml"), file.replacen(from, to, 1)).unwrap();
        place.bad(&["experiment", "x.toml", "--out", "x"], 2)
    };
    let error = wrong("years = [1, 3]", "years = [1, 4]");
    assert!(
        error.contains("year 4 is after the end of every run"),
        "{error}"
    );
    let error = wrong("years = [1, 3]", "");
    assert!(error.contains("no years by which"), "{error}");
    let error = wrong(
        "against = { kind = [\"left\", \"laid_off\", \"retired\"] }",
        "",
    );
    assert!(
        error.contains("does not say which events `against` means"),
        "{error}"
    );
    let error = wrong("\"gone, year 3\"", "\"gone, year 2\"");
    assert!(
        error.contains("there is no outcome \"gone, year 2\" above"),
        "{error}"
    );
}

#[test]
fn charts_are_drawn_again_in_another_language_and_size() {
    let sections = r#"
[[arms]]
name = "mild"
[[arms]]
name = "deep"
set = { "restructurings.0.share" = 0.6 }
"#;
    let place = place(sections);
    let (code, said) = run(&place, &["--no-charts"]);
    assert_eq!(code, Some(0), "{said}");
    place.good(&["chart", "out", "--format", "svg"]);
    let english = fs::read_to_string(place.path("out/charts/effects.svg")).unwrap();
    assert!(
        english.contains("higher with deep than with mild"),
        "{english}"
    );
    let said = place.good(&[
        "chart",
        "out",
        "--language",
        "de",
        "--theme",
        "dark",
        "--for",
        "page",
        "--only",
        "effects",
        "--out",
        "pictures",
    ]);
    let quoted = "„worse off“: höher mit „deep“ als mit „mild“";
    assert!(said.contains(quoted), "{said}");
    assert!(place.path("pictures/effects.png").exists());
    assert!(!place.path("pictures/differences.csv").exists());
    let error = place.bad(&["chart", "out", "--only", "effect"], 2);
    assert!(error.contains("did you mean `effects`"), "{error}");
    fs::remove_file(place.path("out/manifest.json")).unwrap();
    let error = place.bad(&["chart", "out"], 2);
    assert!(error.contains("is not finished"), "{error}");
}
