//! Keys, types, ranges, arguments and files.

use std::fs;

use allies::scenario::Scenario;

use crate::cases::{Case, answer, file, with_sets};

#[test]
fn unknown_keys_are_refused_with_a_near_name() {
    assert_said![
        file("at the root", "yeers = 3\n"),
        file("at the root, near to nothing", "budget = 3\n"),
        file("a section", "[oportunity]\nenabled = true\n"),
        file("in a section", "[decay]\nfriendshp = 3\n"),
        file("a key of another section", "[decay]\nsee_through = 0.3\n"),
        file("in the organisation", "[organisation]\nemployes = 30\n"),
        file(
            "in a level",
            "organisation.levels = [{ name = \"a\", manager = true }]\n"
        ),
        file(
            "in a department",
            "[[organisation.departments]]\nname = \"a\"\nfunktion = \"b\"\n"
        ),
        file(
            "in a function",
            "[[organisation.functions]]\nname = \"a\"\ncoupled = [\"b\"]\n"
        ),
        file(
            "in the import",
            "[organisation.import]\nemployee = \"e.csv\"\n"
        ),
        file(
            "in a persona",
            "[[personas]]\nname = \"Michael\"\nstratgy = \"isolated\"\n"
        ),
        file(
            "in a restructuring",
            "[[restructurings]]\nweek = 3\nkind = \"downsize\"\nshar = 0.1\n"
        ),
        file("in a strategy", "[strategies.authentic]\nfeigning = 0.1\n"),
        file(
            "in a new strategy",
            "[strategies.bold]\nrelationship_hour = 3\n"
        ),
        file("in the records", "[records]\nyearly_snapshot = false\n"),
        file("in the assignment", "[assignment.share]\nauthentic = 1.0\n"),
    ];
}

#[test]
fn wrong_types_say_what_was_found_and_what_is_expected() {
    assert_said![
        file("a number as a text", "years = \"ten\"\n"),
        file("a number in quotes", "seed = \"7\"\n"),
        file("a whole number with decimals", "years = 2.5\n"),
        file("a text as a number", "name = 7\n"),
        file("a switch as a number", "[decay]\nenabled = 1\n"),
        file("a switch in quotes", "[records]\nties = \"no\"\n"),
        file("a section as a number", "decay = 3\n"),
        file(
            "a table where an array is",
            "[personas]\nname = \"Michael\"\n"
        ),
        file(
            "an array where a table is",
            "[[organisation]]\nemployees = 30\n"
        ),
        file(
            "an array of numbers for texts",
            "organisation.sites = [1, 2]\n"
        ),
        file(
            "a text where an array is",
            "organisation.sites = \"Riverside\"\n"
        ),
        file(
            "a word that is no kind",
            "[[restructurings]]\nkind = \"downsise\"\n"
        ),
        file(
            "a word that is no kind of value",
            "[[personas]]\nname = \"M\"\nhabit = \"helping\"\n"
        ),
        file("a date", "years = 2026-01-01\n"),
        file("a strategy as a word", "strategies.bold = \"authentic\"\n"),
        file(
            "a share as a word",
            "assignment.shares.authentic = \"most\"\n"
        ),
    ];
}

#[test]
fn values_out_of_range_are_refused_with_the_range() {
    assert_said![
        file("a share above one", "[organisation]\ncooperation = 1.2\n"),
        file("a share in per cent", "assignment.shares.authentic = 40\n"),
        file(
            "a probability below nought",
            "[acceptance]\nsee_through = -0.1\n"
        ),
        file(
            "a strength above one",
            "[[personas]]\nname = \"M\"\nresources = 1.5\n"
        ),
        file(
            "hours of more than a week",
            "[strategies.authentic]\nrelationship_hours = 61\n"
        ),
        file("a rate", "[restructuring]\nyearly_rate = 13\n"),
        file("a weight", "[acceptance]\nby_trust = -21\n"),
        file("a factor", "[organisation]\nspan_spread = -1\n"),
        file("a score", "[[personas]]\nname = \"M\"\ncompetence = 5\n"),
        file("a half-life of nought", "[threat]\nhalf_life = 0\n"),
        file("days of more than a week", "[hiring]\nhybrid_days = 6\n"),
        file("an age", "[hiring]\nyoungest = 12\n"),
        file("weeks below nought", "burn_in = -1\n"),
        file("too many weeks", "burn_in = 26001\n"),
        file("too many years", "years = 501\n"),
        file("a count", "[hiring]\ntopics = 251\n"),
        file("nobody", "[organisation]\nemployees = 0\n"),
        file("too many people", "[organisation]\nemployees = 5000001\n"),
        file("not a number", "[organisation]\ncooperation = nan\n"),
        file("infinite", "[acceptance]\nby_trust = inf\n"),
        file("a seed below nought", "seed = -1\n"),
        file("a seed too large", "seed = 9223372036854775808\n"),
        file(
            "in an element",
            "organisation.levels = [{ name = \"a\", share = 1.5, manages = true }]\n"
        ),
    ];
}

#[test]
fn several_problems_are_shown_in_one_pass() {
    assert_said![
        file(
            "of every kind",
            "years = \"ten\"\nseeed = 1\n\n[decay]\nenabled = 3\n\n[acceptance]\nsee_through = 7\n\n[[personas]]\nname = \"Michael\"\nstrategy = \"bold\"\n\n[[restructurings]]\nkind = \"merge\"\n",
        ),
        file("of the syntax", "name == \"x\"\nyears = 01\n[decay\n"),
        Case {
            what: "in a base and in the file",
            toml: "extends = \"base.toml\"\nyears = 0\n",
            beside: &[("base.toml", "[acceptance]\nsee_through = 7\n")],
            sets: &[],
        },
    ];
}

#[test]
fn set_arguments_are_held_to_the_same_rules() {
    let personas = "[[personas]]\nname = \"Michael\"\n[[personas]]\nname = \"Ada L.\"\n";
    assert_said![
        with_sets("no equals sign", "seed = 1\n", &["years"]),
        with_sets("no key", "seed = 1\n", &["=3"]),
        with_sets(
            "an empty step",
            "seed = 1\n",
            &["organisation..employees=3"]
        ),
        with_sets("no value", "seed = 1\n", &["years="]),
        with_sets(
            "a broken value",
            "seed = 1\n",
            &["organisation.sites=[\"a\""]
        ),
        with_sets(
            "an unknown section",
            "seed = 1\n",
            &["organization.employees=3"]
        ),
        with_sets("an unknown key", "seed = 1\n", &["organisation.employes=3"]),
        with_sets("a key below a value", "seed = 1\n", &["years.x=3"]),
        with_sets(
            "an unknown strategy",
            "seed = 1\n",
            &["strategies.autentic.curiosity=0.2"]
        ),
        with_sets(
            "an unknown persona by name",
            personas,
            &["personas.Micheal.level=\"a\""]
        ),
        with_sets(
            "an unknown persona by number",
            personas,
            &["personas.2.level=\"a\""]
        ),
        with_sets(
            "a persona where there is none",
            "seed = 1\n",
            &["personas.Michael.skill=1"]
        ),
        with_sets(
            "a wrong value of a persona",
            personas,
            &["personas.Michael.strategy=bold"]
        ),
        with_sets(
            "out of range",
            "seed = 1\n",
            &["organisation.employees=0", "acceptance.see_through=2"]
        ),
        with_sets("a wrong type", "seed = 1\n", &["years=many"]),
        with_sets(
            "a rule across sections",
            "seed = 1\n",
            &["hiring.office=0.9", "hiring.hybrid=0.9"]
        ),
        with_sets(
            "after the end that is set",
            "[[restructurings]]\nweek = 90\n",
            &["years=1"]
        ),
        with_sets("a name with a slash", "seed = 1\n", &["name=a/b"]),
    ];
}

#[test]
fn files_that_are_no_scenario_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    put("empty.toml", b"");
    put("latin.toml", b"# fine\nname = \"J\xFCrgen\"\n");
    put("wide.toml", b"\xFF\xFEn\0a\0m\0e\0");
    put("people.csv", b"id,name\n1,Ada\n");
    fs::create_dir(folder.path().join("folder")).unwrap();
    let large = fs::File::create(folder.path().join("large.toml")).unwrap();
    large.set_len(100_000_000).unwrap();
    let mut text = String::new();
    for name in [
        "empty.toml",
        "latin.toml",
        "wide.toml",
        "people.csv",
        "folder",
        "large.toml",
        "lagre.toml",
        "nowhere/x.toml",
        "",
    ] {
        let said = answer::<Scenario>(&folder.path().join(name), &[], folder.path());
        text += &format!("######## {name}\n{said}\n");
    }
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(text) });
}
