//! For each wrong file, base or `--set` argument the exact words said about it; see `errors` for what is wrong within a file.

use std::fs;

use crate::cases::{Case, answer, said, with_sets};
use crate::demo::Demo;
use insta::assert_snapshot;

#[test]
fn bases_are_followed_and_their_problems_shown_in_their_place() {
    let base = |what, toml, beside| Case {
        what,
        toml,
        beside,
        sets: &[],
    };
    assert_snapshot!(said::<Demo>(&[
        base(
            "missing",
            "extends = \"bass.toml\"\n",
            &[("base.toml", "seed = 2\n")]
        ),
        base(
            "missing without a near name",
            "extends = \"zzz.toml\"\n",
            &[("base.toml", "seed = 2\n")]
        ),
        base("not a text", "extends = 3\n", &[]),
        base("itself", "extends = \"case.toml\"\n", &[]),
        base(
            "in a circle",
            "extends = \"a.toml\"\n",
            &[
                ("a.toml", "# one\nextends = \"b.toml\"\n"),
                ("b.toml", "extends = \"./case.toml\"\n"),
            ]
        ),
        base(
            "broken",
            "extends = \"a.toml\"\nseed = 2\n",
            &[("a.toml", "seed = = 3\n")]
        ),
        base(
            "broken, and the file too",
            "extends = \"a.toml\"\nseed = 02\n",
            &[("a.toml", "seed = = 3\n")]
        ),
        base(
            "with a wrong value",
            "extends = \"a.toml\"\n[promotion]\nmerit = 99\n",
            &[("a.toml", "[workforce]\nemployees = 0\n"),]
        ),
        base(
            "a wrong value that the file puts right",
            "extends = \"a.toml\"\n[workforce]\nemployees = 30\n",
            &[("a.toml", "[workforce]\nemployees = 0\n"),]
        ),
        base("a folder", "extends = \"sub\"\n", &[("sub/a.toml", "")]),
        base("empty", "extends = \"a.toml\"\n", &[("a.toml", "")]),
        base(
            "two levels, each beside the file that names it",
            "extends = \"sub/a.toml\"\n",
            &[
                ("sub/a.toml", "extends = \"b.toml\"\n"),
                ("sub/b.toml", "seed = -7\n"),
            ]
        ),
    ]));
}

#[test]
fn set_arguments_are_held_to_the_same_rules() {
    let personas = "[[personas]]\nname = \"Michael\"\n[[personas]]\nname = \"Ada L.\"\n";
    let restructuring = "[[restructurings]]\nweek = 3\nkind = \"announcement\"\n";
    assert_snapshot!(said::<Demo>(&[
        with_sets("no equals sign", "seed = 1", &["seed"]),
        with_sets("no key", "seed = 1", &["=3"]),
        with_sets("an empty step", "seed = 1", &["workforce..employees=3"]),
        with_sets("no value", "seed = 1", &["workforce.employees="]),
        with_sets("a broken value", "seed = 1", &["workforce.pay=[1, 2"]),
        with_sets("two values", "seed = 1", &["seed=1, 2"]),
        with_sets("an unknown section", "seed = 1", &["workfroce.employees=3"]),
        with_sets("an unknown key", "seed = 1", &["workforce.employes=3"]),
        with_sets("a key below a value", "seed = 1", &["seed.x=3"]),
        with_sets(
            "an unknown entry of a map",
            "seed = 1",
            &["strategies.autentic.feigning=0.2"]
        ),
        with_sets(
            "an unknown element by number",
            personas,
            &["personas.2.level=1"]
        ),
        with_sets(
            "an unknown element by name",
            personas,
            &["personas.Micheal.level=1"]
        ),
        with_sets(
            "an element of an empty array",
            "seed = 1",
            &["personas.Michael.level=1"]
        ),
        with_sets(
            "an unknown key of an element",
            personas,
            &["personas.Michael.lvl=1"]
        ),
        with_sets(
            "out of range",
            personas,
            &["personas.Michael.level=999", "workforce.employees=0"]
        ),
        with_sets("a wrong type", "seed = 1", &["workforce.employees=many"]),
        with_sets("a misspelt word", "seed = 1", &["promotion.rule=visiblity"]),
        with_sets("a wrong value, twice", "seed = 1", &["seed=-1", "seed=-2"]),
        with_sets(
            "into what the file has wrong",
            "workforce = 3",
            &["workforce.employees=30"]
        ),
        with_sets(
            "an element by number, and a value within a choice",
            restructuring,
            &[
                "restructurings.0.week=9",
                "restructurings.0.kind.downsize.share=0.2",
            ]
        ),
        with_sets(
            "a choice that lacks a value",
            restructuring,
            &["restructurings[0].kind.merge.from=a"]
        ),
        with_sets("a quoted name", personas, &["personas.\"Ada L.\".level=3"]),
    ]));
}

#[test]
fn files_that_are_no_text_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    put("empty.toml", b"");
    put("blank.toml", b" \n\t\n");
    put("comments.toml", b"# nothing but words\n");
    put("mark.toml", b"\xEF\xBB\xBFseed = -1\n");
    put(
        "windows.toml",
        b"name = \"x\"\r\nseed = -1\r\n[workforce]\r\nemployees = 20\r\n",
    );
    put("latin.toml", b"# fine\nname = \"J\xFCrgen\"\n");
    put("wide.toml", b"\xFF\xFEn\0a\0m\0e\0");
    put("latin_base.toml", b"extends = \"latin.toml\"\n");
    let large = fs::File::create(folder.path().join("large.toml")).unwrap();
    large.set_len(100_000_000).unwrap();
    let names = [
        "empty.toml",
        "blank.toml",
        "comments.toml",
        "mark.toml",
        "windows.toml",
        "latin.toml",
        "wide.toml",
        "latin_base.toml",
        "large.toml",
        "lagre.toml",
        "windows",
        "nowhere/x.toml",
        "empty.toml/x.toml",
        "",
    ];
    let mut text = String::new();
    for name in names {
        text += &format!(
            "######## {name}\n{}\n",
            answer::<Demo>(&folder.path().join(name), &[], folder.path())
        );
    }
    assert_snapshot!(text);
}

#[test]
fn extreme_files_are_refused_without_harm() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    let many_keys = vec!["a"; 79].join(".");
    let cases = [
        ("brackets", format!("seed = {}", "[".repeat(100_000))),
        ("braces", format!("seed = {}", "{a=".repeat(100_000))),
        (
            "brackets and braces",
            format!("seed = {}", "[{a=".repeat(100_000)),
        ),
        ("headers", "[".repeat(100_000)),
        (
            "a dotted key",
            format!("{}=1", vec!["a"; 100_000].join(".")),
        ),
        (
            "every level as deep as the parser allows",
            format!(
                "{}{many_keys} = 1{}",
                format!("{many_keys} = {{").repeat(79),
                "}".repeat(79)
            ),
        ),
        (
            "a long line",
            format!(
                "[workforce]\npay = [{}7, \"here\"{}]",
                "1.25, ".repeat(2000),
                ", 2.5".repeat(2000)
            ),
        ),
        (
            "a long text",
            format!("[promotion]\nrule = \"{}\"", "x".repeat(100_000)),
        ),
        ("a long key", format!("{} = 1", "x".repeat(100_000))),
        (
            "a thousand problems",
            (0..1000).fold(String::new(), |text, i| text + &format!("key_{i} = 1\n")),
        ),
    ];
    let mut text = String::new();
    for (what, toml) in cases {
        fs::write(&path, toml).unwrap();
        let said = answer::<Demo>(&path, &[], folder.path());
        let lines: Vec<&str> = said.lines().collect();
        let shown = if lines.len() > 30 {
            [&lines[..8], &["…"], &lines[lines.len() - 1..]].concat()
        } else {
            lines
        };
        text += &format!("######## {what}\n{}\n\n", shown.join("\n"));
    }
    assert_snapshot!(text);
}
