//! Files and folders with mistakes: what is wrong, where, and what to do; never a panic, and nothing lost.

use std::fs;

use super::place::{EXPERIMENT, Place, assert_same, files};

const HEAD: &str = "name = \"t\"\nscenario = \"s.toml\"\nreplicates = 2\n";
const ARMS: &str =
    "[[arms]]\nname = \"a\"\n[[arms]]\nname = \"b\"\nset = { \"restructurings.0.share\" = 0.6 }\n";
const OUTCOME: &str = "[[outcomes]]\nname = \"p\"\ntable = \"events\"\nfilter = { kind = \"promoted\" }\nsummary = \"rate\"\n";

fn vary(key: &str, from: &str, to: &str) -> String {
    format!("vary]]\nkey = \"{key}\"\nfrom = {from}\nto = {to}\n")
}

#[test]
fn what_cannot_be_run_is_refused_with_its_reason() {
    let walk = vary("organisation.cooperation", "0.1", "0.9");
    let target = "[[calibration.targets]]\noutcome = \"p\"\nvalue = 1\nscale = 1\n";
    let whole = |text: &str| format!("{HEAD}{text}{OUTCOME}");
    let cases = [
        (String::new(), "is empty"),
        (
            HEAD.replace("= 2", "= 0") + ARMS + OUTCOME,
            "0 replicates answer nothing",
        ),
        (
            HEAD.replace("= 2", "= 4000000000") + ARMS + OUTCOME,
            "use at most 10000000",
        ),
        (
            HEAD.replace("\"t\"", "\"a/b\"") + ARMS + OUTCOME,
            "cannot name a folder",
        ),
        (
            HEAD.replace("\"t\"", "\"a\\u0000\"") + ARMS + OUTCOME,
            "cannot name a folder",
        ),
        (whole(&ARMS.replace("\"b\"", "\"a\"")), "\"a\" stands twice"),
        (whole(&ARMS.replace("\"b\"", "\"b \"")), "is no name"),
        (whole(&ARMS.replace("\"b\"", "\"b\\nc\"")), "is no name"),
        (
            whole(&ARMS.replace("\"restructurings.0.share\" = 0.6", "seed = 3")),
            "an arm sets its seed",
        ),
        (
            whole(&ARMS.replace(
                "\"restructurings.0.share\" = 0.6",
                "\"organisation.employees\" = \"many\"",
            )),
            "expected a headcount",
        ),
        (format!("{HEAD}{ARMS}"), "there is no outcome"),
        (
            whole(&ARMS.replace("name = \"a\"", "name = \"\"")),
            "it has no name",
        ),
        (
            whole(ARMS) + &"[[contrasts]]\narm = \"b\"\nreference = \"a\"\n".repeat(2),
            "name each contrast once",
        ),
        (
            whole(ARMS) + "[stop]\nhalf_width = 1\nleast = 50\n",
            "there are 2 at most",
        ),
        (
            whole(ARMS) + "[stop]\nhalf_width = 1\nleast = 0\n",
            "have no half-width",
        ),
        (
            whole(ARMS) + "[stop]\nhalf_width = 1\nleast = 2\nstep = 0\n",
            "never a second look",
        ),
        (
            whole(
                "[factors]\n[[factors.vary]]\nkey = \"organisation.cooperation\"\nvalues = [0.5, 0.5]\n",
            ),
            "two arms are called",
        ),
        (
            whole("[factors]\ndesign = \"table\"\ntable = \"twice.csv\"\n"),
            "two arms are called \"a\"",
        ),
        (
            whole("[factors]\ndesign = \"table\"\ntable = \"none.csv\"\n"),
            "cannot read none.csv",
        ),
        (
            whole("[factors]\ndesign = \"table\"\ntable = \"empty.csv\"\n"),
            "has no rows",
        ),
        (
            whole(&format!(
                "[factors]\ndesign = \"sobol\"\npoints = 4000000000\n[[factors.{walk}"
            )),
            "4000000000 points are too many",
        ),
        (
            whole(&format!(
                "[factors]\ndesign = \"sobol\"\npoints = 4\n[[factors.{}whole = true\n",
                vary("organisation.employees", "10.5", "20")
            )),
            "give whole numbers",
        ),
        (
            whole(&format!(
                "[sensitivity]\npoints = 4000000000\n[[sensitivity.{walk}"
            )),
            "too many",
        ),
        (
            whole(&format!(
                "[calibration]\nparticles = 4000000000\n[[calibration.{walk}{target}"
            )),
            "too many",
        ),
        (
            whole(&format!(
                "[calibration]\nparticles = 5\nrounds = 0\n[[calibration.{walk}{target}"
            )),
            "no round is run",
        ),
        (
            whole(&format!(
                "[sensitivity]\n[[sensitivity.{}",
                vary("seed", "1", "9")
            )),
            "an arm sets its seed",
        ),
        (
            whole("[factors]\ndesign = \"list\"\n[[factors.list]]\nseed = 3\n"),
            "an arm sets its seed",
        ),
        (
            whole("[factors]\ndesign = \"table\"\ntable = \"seeds.csv\"\n"),
            "an arm sets its seed",
        ),
        (
            whole(ARMS) + &snapshot("year-9"),
            "no arm has the snapshot \"year-9\"",
        ),
        (
            whole(ARMS) + &snapshot("restructuring-2-before"),
            "no arm has the snapshot",
        ),
    ];
    let place = Place::new("");
    fs::write(
        place.path("twice.csv"),
        "name,organisation.cooperation\na,0.5\na,0.6\n",
    )
    .unwrap();
    fs::write(place.path("empty.csv"), "").unwrap();
    fs::write(place.path("seeds.csv"), "name,seed\na,3\nb,4\n").unwrap();
    for (text, expected) in cases {
        fs::write(place.path("e.toml"), &text).unwrap();
        let error = place.bad(&["experiment", "e.toml", "--out", "o"], 2);
        assert!(
            error.contains(expected),
            "{expected:?} is missing in:\n{error}\nof:\n{text}"
        );
        assert!(!place.path("o").exists(), "{text}");
    }
}

fn snapshot(at: &str) -> String {
    format!(
        "[[outcomes]]\nname = \"c\"\ntable = \"positions\"\nat = \"{at}\"\ncolumn = \"constraint\"\nsummary = \"mean\"\n"
    )
}

#[test]
fn a_mistake_in_a_section_that_makes_arms_is_not_told_as_a_lack_of_arms() {
    let walk = vary("organisation.cooperation", "nan", "0.9");
    let place = Place::new(&format!(
        "{HEAD}[factors]\ndesign = \"sobol\"\npoints = 4\n[[factors.{walk}{OUTCOME}"
    ));
    let error = place.bad(&["experiment", "e.toml", "--out", "o"], 2);
    assert!(
        error.contains("expected a finite number") && !error.contains("there is no arm"),
        "{error}"
    );
}

#[test]
fn scenarios_and_experiments_are_told_apart_and_both_are_checked() {
    let place = Place::new(EXPERIMENT);
    let said = place.good(&["check", "e.toml"]);
    assert!(
        said.contains("ok: e.toml (experiment: 3 arms, 36 runs)"),
        "{said}"
    );
    let error = place.bad(&["run", "e.toml"], 2);
    assert!(
        error.contains("this is an experiment: allies experiment e.toml"),
        "{error}"
    );
    let error = place.bad(&["experiment", "s.toml"], 2);
    assert!(
        error.contains("this is a scenario: allies run s.toml"),
        "{error}"
    );
    fs::write(place.path("e.toml"), EXPERIMENT.replace("0.6", "6")).unwrap();
    let error = place.bad(&["check", "e.toml"], 2);
    assert!(error.contains("e.toml:12:36"), "{error}");
    let error = place.bad(&["experiment", "e.toml", "--set", "seed=3"], 2);
    assert!(error.contains("--seed"), "{error}");
}

#[test]
fn damage_in_a_finished_folder_is_found_and_mended() {
    let place = Place::new(EXPERIMENT);
    let experiment = [
        "experiment",
        "e.toml",
        "--replicates",
        "3",
        "--quiet",
        "--out",
    ];
    place.good(&[&experiment[..], &["o"]].concat());
    place.good(&[&experiment[..], &["whole"]].concat());
    let part = place.path("o/parts/part-00-0000002-0000.outcomes.parquet");
    let bytes = fs::read(&part).unwrap();
    fs::write(&part, &bytes[..100]).unwrap();
    let output = place.run(&["verify", "o"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("part-00-0000002-0000 is missing or not as it was written"),
        "{said}"
    );
    let error = place.bad(&["chart", "o"], 2);
    assert!(error.contains("1 of 3 parts are missing"), "{error}");
    place.good(&[&experiment[..], &["o", "--resume"]].concat());
    assert_same(&place.path("whole"), &place.path("o"), "mended");

    let mark = place.path("o/commit/part-00-0000002-0000.json");
    fs::write(&mark, "garbage").unwrap();
    let error = place.bad(&[&experiment[..], &["o", "--resume"]].concat(), 2);
    assert!(
        error.contains("remove it, and its part is computed again"),
        "{error}"
    );
    fs::remove_file(mark).unwrap();
    let before = files(&place.path("o"));
    fs::write(place.path("o/plan.json"), "{").unwrap();
    let error = place.bad(&[&experiment[..], &["o", "--resume"]].concat(), 2);
    assert!(error.contains("not a plan of this version"), "{error}");
    let mut after = files(&place.path("o"));
    after.insert("plan.json".to_owned(), before["plan.json"].clone());
    assert_eq!(before, after, "nothing else was touched");
}

#[test]
fn a_folder_whose_plan_or_file_was_changed_by_hand_is_refused() {
    let place = Place::new(EXPERIMENT);
    place.experiment("o", "--replicates 2 --quiet --no-charts");
    for (name, from, to, wrong) in [
        (
            "plan.json",
            "\"block\": 1",
            "\"block\": 0",
            "its batch 0 cannot be",
        ),
        (
            "plan.json",
            "\"last\": 2",
            "\"last\": 4000000000",
            "its batch 0 cannot be",
        ),
        (
            "experiment.toml",
            "name = \"the same\"",
            "name = \"other\"",
            "the arm \"the same\" is not in its place",
        ),
        (
            "experiment.toml",
            "name = \"never\"",
            "name = \"seldom\"",
            "its outcomes are others",
        ),
        ("manifest.json", "{", "", "not a manifest of an experiment"),
    ] {
        let path = place.path(&format!("o/{name}"));
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{name} has no {from}: {text}");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
        for command in ["chart", "verify"] {
            let error = place.bad(&[command, "o"], 2);
            assert!(
                error.contains(wrong) && error.contains("restore"),
                "{error}"
            );
            assert!(error.contains(name), "{error}");
        }
        fs::write(&path, text).unwrap();
    }
    place.good(&["verify", "o", "--all"]);
}

#[test]
fn where_no_folder_can_be_made_it_says_so() {
    let place = Place::new(EXPERIMENT);
    for out in ["e.toml", "e.toml/o"] {
        let output = place.run(&["experiment", "e.toml", "--out", out]);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_ne!(output.status.code(), Some(0));
        assert!(error.starts_with("error: e.toml"), "{error}");
        assert!(!error.contains("panic"), "{error}");
    }
    let error = place.bad(&["collect", "nothing"], 2);
    assert!(
        error.contains("nothing: not the folder of an experiment"),
        "{error}"
    );
}

#[test]
fn everything_wrong_with_a_file_is_said_at_once_with_its_place() {
    let wrong = EXPERIMENT
        .replace("table = \"placements\"", "table = \"placement\"")
        .replace("kind = \"promoted\"", "kind = \"promted\"")
        .replace("column = \"constraint\"", "column = \"constraints\"")
        .replace("replicates = 12", "replicates = 12\nreplicate = 3");
    let place = Place::new(&format!(
        "{wrong}\n[[contrasts]]\narm = \"deep\"\nreference = \"cut\"\n"
    ));
    let error = place.bad(&["experiment", "e.toml", "--out", "o"], 2);
    for part in [
        "did you mean \"placements\"",
        "did you mean \"promoted\"",
        "did you mean \"constraint\"",
        "did you mean `replicates`",
        "there is no arm \"deep\"",
        "e.toml:6:1",
        "5 problems",
    ] {
        assert!(error.contains(part), "{part:?} is missing in:\n{error}");
    }
    // what an arm sets is held against the scenario, with its place in the experiment file
    let wrong = EXPERIMENT.replace("\"projects.crossing\" = 0.0", "\"projects.crosing\" = 2");
    fs::write(
        place.path("e.toml"),
        wrong.replace("0.share\" = 0.6", "0.share\" = 6"),
    )
    .unwrap();
    let error = place.bad(&["experiment", "e.toml", "--out", "o"], 2);
    assert!(error.contains("e.toml:12:36"), "{error}");
    assert!(
        error.contains("out of range") || error.contains("between 0 and 1"),
        "{error}"
    );
    assert!(
        error.contains("no key") && error.contains("2 problems"),
        "{error}"
    );
    // a strategy that no arm has
    fs::write(
        place.path("e.toml"),
        EXPERIMENT.replace("\"authentic\"", "\"autentic\""),
    )
    .unwrap();
    let error = place.bad(&["experiment", "e.toml", "--out", "o"], 2);
    assert!(error.contains("did you mean \"authentic\""), "{error}");
    assert!(!place.path("o").exists());
}

#[test]
fn a_file_in_the_place_of_the_folder_is_named() {
    let place = Place::new(EXPERIMENT);
    fs::write(place.path("file"), "").unwrap();
    let error = place.bad(&["experiment", "e.toml", "--out", "file"], 2);
    assert!(
        error.contains("file is a file, not a folder; choose another --out"),
        "{error}"
    );
}
