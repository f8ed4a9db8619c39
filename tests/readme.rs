//! The README's commands, run in the order in which they stand there.

use std::path::Path;
use std::{fs, io};

use assert_cmd::cargo::cargo_bin_cmd;

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

#[test]
fn the_commands_of_the_readme_do_what_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let place = tempfile::tempdir().unwrap();
    copy(&root.join("scenarios"), &place.path().join("scenarios")).unwrap();
    let mut run = 0;
    let blocks = readme
        .split("```sh\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next());
    for command in blocks
        .flat_map(str::lines)
        .filter(|line| !line.trim().is_empty())
    {
        if command == "cargo test" {
            continue; // this is it
        }
        let words = command.strip_prefix("cargo run --release -- ");
        let words = words.unwrap_or_else(|| panic!("not a command of ours: {command}"));
        cargo_bin_cmd!("allies")
            .args(words.split_whitespace())
            .current_dir(place.path())
            .assert()
            .success();
        run += 1;
    }
    assert!(run >= 5, "only {run} commands found");
    let results = place.path().join("output/consulting-firm/seed-10");
    for file in [
        "report.html",
        "tables/events.csv",
        "networks/end.graphml",
        "charts/network.png",
    ] {
        assert!(results.join(file).is_file(), "{file} is missing");
    }
}
