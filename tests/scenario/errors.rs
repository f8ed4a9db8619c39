//! For each wrong scenario the exact words said about it. After a change on purpose: `INSTA_UPDATE=always cargo test
//! --test scenario`, and read the difference.

use crate::cases::{file, said, with_sets};
use crate::demo::Demo;
use insta::assert_snapshot;

#[test]
fn syntax_errors_are_all_shown() {
    assert_snapshot!(said::<Demo>(&[
        file("a double equals sign", "name == \"x\"\n"),
        file("a text without quotes", "name = first try\n"),
        file("an open quote", "name = \"first\nseed = 3\n"),
        file("an open header", "[workforce\nemployees = 5\n"),
        file(
            "an open array at the end of the file",
            "[workforce]\npay = [1.0, 2.0"
        ),
        file("a key twice", "seed = 1\nseed = 2\n"),
        file(
            "a section twice",
            "[workforce]\nemployees = 20\n[workforce]\npay = []\n"
        ),
        file("a key without a value", "seed =\n"),
        file("a leading zero", "seed = 007\n"),
        file("a bare carriage return", "seed = 1\rname = \"x\"\n"),
        file("a NUL byte", "name = \"a\0b\"\n"),
        file(
            "several at once",
            "name == \"x\"\nseed = 01\n[workforce]\nemployees = 5 6\n[promotion\nmerit = 1\n"
        ),
        file(
            "a tab before the mistake, and letters of two bytes",
            "\tname = \"äö\" \"ü\"\n"
        ),
    ]));
}

#[test]
fn unknown_keys_are_shown_with_a_near_name() {
    assert_snapshot!(said::<Demo>(&[
        file("at the root", "sead = 3\n"),
        file("a section at the root", "[workfroce]\nemployees = 20\n"),
        file("the loader's own key", "extend = \"base.toml\"\n"),
        file("in a section", "[workforce]\nautentic_share = 0.4\n"),
        file(
            "in an element of an array",
            "[[personas]]\nname = \"Michael\"\nstratgy = \"isolated\"\n"
        ),
        file(
            "in an entry of a map",
            "[strategies.authentic]\nfeigned = 0.1\n"
        ),
        file(
            "in a new entry of a map",
            "[strategies.bold]\nrelationship_hour = 3\n"
        ),
        file("a key of another section", "[promotion]\nemployees = 20\n"),
        file("near to nothing", "[workforce]\nbudget = 3\n"),
        file("with a hyphen", "[workforce]\nauthentic-share = 0.4\n"),
        file("a dotted key", "workforce.pays = [1]\n"),
        file("a key in quotes", "\"what is this\" = 1\n"),
        file(
            "several at once",
            "sed = 1\n[workforce]\nx = 1\ny = 2\n[promotion]\nenable = false\n"
        ),
    ]));
}

#[test]
fn wrong_types_say_what_was_found_and_what_is_expected() {
    assert_snapshot!(said::<Demo>(&[
        file(
            "a text for a share",
            "[workforce]\nauthentic_share = \"high\"\n"
        ),
        file(
            "a number in quotes",
            "[workforce]\nauthentic_share = \"0.4\"\n"
        ),
        file(
            "a real for a whole number",
            "[workforce]\nemployees = 20.5\n"
        ),
        file(
            "a whole number with a point",
            "[workforce]\nemployees = 20.0\n"
        ),
        file("a number for a text", "name = 2030\n"),
        file("a text for a switch", "[promotion]\nenabled = \"yes\"\n"),
        file("a number for a switch", "[promotion]\nenabled = 1\n"),
        file("a date for a number", "seed = 2026-01-01\n"),
        file("a number for a choice", "[promotion]\nrule = 3\n"),
        file("an array for a number", "seed = [1, 2]\n"),
        file("a number for an array", "[workforce]\npay = 1.5\n"),
        file(
            "a text in an array of numbers",
            "[workforce]\npay = [1.0, \"two\", 3]\n"
        ),
        file("a number for a section", "workforce = 3\n"),
        file(
            "an array of tables for a section",
            "[[workforce]]\nemployees = 20\n"
        ),
        file(
            "a table for an array of tables",
            "[personas]\nname = \"Michael\"\n"
        ),
        file("a number for a map", "strategies = 3\n"),
        file(
            "a number for an entry of a map",
            "[strategies]\nauthentic = 3\n"
        ),
        file(
            "a text for an optional number",
            "[promotion]\nevery = \"often\"\n"
        ),
        file(
            "a text for an optional section",
            "[[personas]]\nname = \"A\"\nbehaviour = \"bold\"\n"
        ),
        file("a table for a text", "[name]\nfirst = \"x\"\n"),
        file(
            "a whole number for a real is fine",
            "[workforce]\nauthentic_share = 0\npay = [1, 2]\n"
        ),
    ]));
}

#[test]
fn numbers_out_of_range_are_shown_with_the_range() {
    assert_snapshot!(said::<Demo>(&[
        file(
            "a share above 1",
            "[workforce]\ntransactional_share = 1.35\n"
        ),
        file("a share below 0", "[workforce]\nauthentic_share = -0.1\n"),
        file("not a number", "[workforce]\nauthentic_share = nan\n"),
        file(
            "without end",
            "[strategies.authentic]\nrelationship_hours = inf\n"
        ),
        file("too large to be a number", "[workforce]\npay = [1e999]\n"),
        file(
            "a whole number for a share",
            "[workforce]\nauthentic_share = 2\n"
        ),
        file("no employees", "[workforce]\nemployees = 0\n"),
        file("a negative seed", "seed = -1\n"),
        file("the largest unsigned seed", "seed = 18446744073709551615\n"),
        file(
            "beyond every whole number",
            "seed = 99999999999999999999999999999999999999999999\n"
        ),
        file(
            "a small whole number too large",
            "[[personas]]\nname = \"A\"\nlevel = 300\n"
        ),
        file("an optional number", "[promotion]\nevery = 30000\n"),
        file("in hexadecimal", "[workforce]\nemployees = 0xFFFFFFFF\n"),
        file(
            "too many elements",
            "personas = [{ name = \"A\" }, { name = \"B\" }, { name = \"C\" }, { name = \"D\" }]\n"
        ),
    ]));
}

#[test]
fn choices_and_missing_keys_are_shown() {
    assert_snapshot!(said::<Demo>(&[
        file("a misspelt word", "[promotion]\nrule = \"visiblity\"\n"),
        file("another word", "[promotion]\nrule = \"lottery\"\n"),
        file("the wrong case", "[promotion]\nrule = \"Merit\"\n"),
        file("no name", "[[personas]]\nstrategy = \"isolated\"\n"),
        file("two keys missing", "[[restructurings]]\n"),
        file(
            "missing in an inline table",
            "restructurings = [{ week = 3 }]\n"
        ),
        file(
            "a choice with values given as a word",
            "[[restructurings]]\nweek = 3\nkind = \"merge\"\n"
        ),
        file(
            "a misspelt choice with values",
            "[[restructurings]]\nweek = 3\nkind = { downsise = { share = 0.1 } }\n"
        ),
        file(
            "a value out of range in a choice",
            "[[restructurings]]\nweek = 3\nkind = { downsize = { share = 7 } }\n"
        ),
        file(
            "a key missing in a choice",
            "[[restructurings]]\nweek = 3\nkind = { merge = { from = \"a\" } }\n"
        ),
        file(
            "two choices at once",
            "[[restructurings]]\nweek = 3\nkind = { merge = {}, downsize = {} }\n"
        ),
        file("no choice", "[[restructurings]]\nweek = 3\nkind = {}\n"),
        file(
            "a word is a choice too",
            "[[restructurings]]\nweek = 3\nkind = \"announcement\"\n"
        ),
    ]));
}

#[test]
fn rules_across_sections_are_shown_with_the_rest() {
    assert_snapshot!(said::<Demo>(&[
        file(
            "shares that add up to too much",
            "[workforce]\nauthentic_share = 0.5\ntransactional_share = 0.75\n"
        ),
        file(
            "the key at fault is not in the file",
            "[workforce]\nauthentic_share = 0.75\n"
        ),
        with_sets(
            "the key at fault is on the command line",
            "# nothing\n",
            &["workforce.transactional_share=0.95"]
        ),
        file(
            "an unknown strategy",
            "[[personas]]\nname = \"Michael\"\nstrategy = \"bold\"\n"
        ),
        file(
            "held back while the strategies are broken",
            "[strategy.bold]\n[[personas]]\nname = \"Michael\"\nstrategy = \"bold\"\n",
        ),
        file(
            "shown although another section is broken",
            "seed = \"one\"\n[workforce]\nauthentic_share = 0.9\n[promotion]\nmerit = 99\n",
        ),
        file(
            "a warning does not stop a run",
            "[workforce]\nemployees = 5\n"
        ),
        file(
            "a warning is shown with the errors",
            "seed = -1\n[workforce]\nemployees = 5\n"
        ),
    ]));
}
