//! Runs and organisations that cannot be.

use crate::cases::file;

#[test]
fn runs_that_cannot_be_are_refused() {
    assert_said![
        file("no name", "name = \"\"\n"),
        file("a name with a slash", "name = \"year/one\"\n"),
        file("a name that hides", "name = \"..\"\n"),
        file("a name with a line end", "name = \"a\\nb\"\n"),
        file(
            "a very long name",
            "name = \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"\n",
        ),
        file("no years", "years = 0\n"),
        file(
            "beyond what weeks are counted for",
            "years = 500\nburn_in = 5000\n"
        ),
        file("counting every 0 weeks", "[records]\nties_every = 0\n"),
    ];
}

#[test]
fn organisations_that_cannot_be_are_refused() {
    assert_said![
        file(
            "level shares that do not sum to one",
            "organisation.levels = [{ name = \"a\", share = 0.7 }, { name = \"b\", share = 0.2, manages = true }]\n"
        ),
        file(
            "more managers than people",
            "organisation.levels = [{ name = \"a\", share = 0.4 }, { name = \"b\", share = 0.6, manages = true }]\n"
        ),
        file(
            "levels from the top down",
            "organisation.levels = [{ name = \"head\", share = 0.1, manages = true }, { name = \"staff\", share = 0.9 }]\n"
        ),
        file(
            "no level manages",
            "organisation.levels = [{ name = \"a\", share = 0.9 }, { name = \"b\", share = 0.1 }]\n"
        ),
        file(
            "a level twice",
            "[[organisation.levels]]\nname = \"a\"\nshare = 0.9\n[[organisation.levels]]\nname = \"a\"\nshare = 0.1\nmanages = true\n"
        ),
        file(
            "a level without a name",
            "organisation.levels = [{ share = 0.9 }, { name = \"b\", share = 0.1, manages = true }]\n"
        ),
        file(
            "a department twice",
            "[[organisation.departments]]\nname = \"Sales\"\n[[organisation.departments]]\nname = \"Sales\"\n"
        ),
        file(
            "a department without a name",
            "[[organisation.departments]]\nsize = 2.0\n"
        ),
        file(
            "a site twice",
            "organisation.sites = [\"Riverside\", \"Riverside\"]\n"
        ),
        file(
            "a function twice",
            "organisation.functions = [{ name = \"a\" }, { name = \"a\" }]\n"
        ),
        file(
            "functions in two forms",
            firm!("[[organisation.functions]]\nname = \"x\"\n")
        ),
        file(
            "a department of an unknown function",
            "[[organisation.departments]]\nname = \"A\"\nfunction = \"operatons\"\n"
        ),
        file(
            "a department on an unknown site",
            "[organisation]\nsites = [\"Riverside\"]\ndepartments = [{ name = \"A\", site = \"River side\" }]\n"
        ),
        file(
            "a function coupled with an unknown one",
            "organisation.functions = [{ name = \"advice\", coupled_with = [\"analytic\"] }, { name = \"analytics\" }]\n"
        ),
        file(
            "departments of no size",
            "organisation.departments = [{ name = \"A\", size = 0 }, { name = \"B\", size = 0 }]\n"
        ),
        file(
            "an import without files",
            "[organisation.import]\npseudonyms = true\n"
        ),
        file(
            "an import into unknown layers and columns",
            "[organisation.import]\nemployees = \"e.csv\"\nties = \"t.csv\"\nlayers = { advice = \"career\", \"lunch break\" = \"frendship\" }\nmap = { departement = \"practice\" }\n"
        ),
    ];
}
