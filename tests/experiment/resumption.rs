//! Kills and resumption, and the folders into which nobody may write.

use std::fs;
use std::time::Duration;

use super::place::{EXPERIMENT, Place, assert_same, files};

#[test]
fn killed_at_fifty_moments_and_resumed_it_is_byte_for_byte_the_unbroken_one() {
    let place = Place::new(EXPERIMENT);
    place.experiment("unbroken", "--threads 2");
    let mut kills = 0;
    let mut fresh = 0;
    let mut round = 0_u64;
    while kills < 50 {
        let out = format!("killed-{fresh}");
        fresh += 1;
        // resumed and killed until it gets through
        for step in 0.. {
            round += 1;
            let mut child = place
                .command(&[
                    "experiment",
                    "e.toml",
                    "--out",
                    &out,
                    "--resume",
                    "--threads",
                    "2",
                    "--quiet",
                ])
                .spawn()
                .unwrap();
            // moments that do not follow the rhythm of the parts; after a while it may get through
            let moment = (round * 7919) % 90 + step * 15;
            std::thread::sleep(Duration::from_millis(moment));
            if child.try_wait().unwrap().is_some() {
                let output = child.wait_with_output().unwrap();
                assert!(
                    output.status.success(),
                    "{}",
                    String::from_utf8_lossy(&output.stderr)
                );
                break;
            }
            child.kill().unwrap();
            child.wait().unwrap();
            kills += 1;
        }
        assert_same(&place.path("unbroken"), &place.path(&out), "after a kill");
    }
}

#[test]
fn two_writers_another_experiment_and_a_foreign_folder_are_refused() {
    let place = Place::new(EXPERIMENT);
    place.experiment("o", "--replicates 2 --quiet");
    let before = files(&place.path("o"));
    let lock = fs::File::options()
        .write(true)
        .open(place.path("o/lock"))
        .unwrap();
    lock.lock().unwrap();
    let error = place.bad(&["experiment", "e.toml", "--out", "o", "--resume"], 2);
    assert!(error.contains("another process writes"), "{error}");
    drop(lock);
    for (change, to, why) in [
        ("name = \"try\"", "name = \"other\"", "called"),
        ("share\" = 0.6", "share\" = 0.5", "another scenario"),
        ("name = \"worse off\"", "name = \"worse\"", "outcomes"),
        ("name = \"cut\"", "name = \"trim\"", "not in the file"),
    ] {
        fs::write(place.path("x.toml"), EXPERIMENT.replacen(change, to, 1)).unwrap();
        let error = place.bad(&["experiment", "x.toml", "--out", "o", "--resume"], 2);
        assert!(
            error.contains(why) && error.contains("another experiment"),
            "{why}: {error}"
        );
    }
    let error = place.bad(
        &[
            "experiment",
            "e.toml",
            "--out",
            "o",
            "--resume",
            "--seed",
            "9",
        ],
        2,
    );
    assert!(error.contains("root seed"), "{error}");
    assert_eq!(before, files(&place.path("o")), "nothing was touched");

    let plan = fs::read_to_string(place.path("o/plan.json")).unwrap();
    let start = plan.find("\"builds\"").unwrap();
    let end = start + plan[start..].find(']').unwrap();
    let other = format!(
        "{}\"builds\": [\"0.0.1, elsewhere\"{}",
        &plan[..start],
        &plan[end..]
    );
    fs::write(place.path("o/plan.json"), other).unwrap();
    let error = place.bad(&["experiment", "e.toml", "--out", "o", "--resume"], 2);
    assert!(error.contains("--other-build"), "{error}");
    place.experiment("o", "--resume --other-build");
    let plan = fs::read_to_string(place.path("o/plan.json")).unwrap();
    assert!(plan.contains("elsewhere"), "both builds are recorded");

    fs::create_dir(place.path("mine")).unwrap();
    fs::write(place.path("mine/letter.txt"), "dear").unwrap();
    let error = place.bad(&["experiment", "e.toml", "--out", "mine"], 2);
    assert!(error.contains("not the folder of an experiment"), "{error}");
}
