//! Strategies, personas and restructurings that cannot be.

use crate::cases::file;

#[test]
fn strategies_and_shares_that_cannot_be_are_refused() {
    assert_said![
        file(
            "shares that do not sum to one",
            "[assignment.shares]\nauthentic = 0.5\ntransactional = 0.4\n"
        ),
        file(
            "an unknown strategy in the shares",
            "[assignment.shares]\nautentic = 0.5\nisolated = 0.5\n"
        ),
        file(
            "an unknown strategy in a department",
            firm!("[assignment.by_department.Strategy]\nbold = 1.0\n")
        ),
        file(
            "department shares that do not sum to one",
            firm!("[assignment.by_department.Strategy]\nauthentic = 0.9\n")
        ),
        file(
            "department shares left empty",
            firm!("[assignment.by_department.Strategy]\n")
        ),
        file(
            "shares in an unknown department",
            firm!("[assignment.by_department.Strategie]\nauthentic = 1.0\n")
        ),
        file(
            "shares in a department with a space",
            firm!("[assignment.by_department.\"Client Relations\"]\nauthentic = 1.0\n")
        ),
        file(
            "too much initiative",
            "[strategies.authentic]\ninitiative = 9\n"
        ),
        file(
            "too much initiative of a name with a space",
            "[strategies.\"very bold\"]\ninitiative = 9\n"
        ),
        file(
            "office and hybrid above one",
            "[hiring]\noffice = 0.7\nhybrid = 0.6\n"
        ),
        file(
            "interests above topics",
            "[hiring]\ntopics = 4\ninterests = 5\n"
        ),
        file("no topics", "[hiring]\ntopics = 0\ninterests = 0\n"),
        file("more topics than can be held", "[hiring]\ntopics = 33\n"),
        file(
            "a shortest project above the longest",
            "[projects]\nweeks_shortest = 30\nweeks_longest = 8\n"
        ),
        file(
            "a shortest vacancy above the longest",
            "[vacancies]\nshortest = 20\nlongest = 8\n"
        ),
    ];
}

#[test]
fn personas_that_cannot_be_are_refused() {
    assert_said![
        file("without a name", "[[personas]]\nstrategy = \"isolated\"\n"),
        file(
            "twice",
            "[[personas]]\nname = \"Michael\"\n[[personas]]\nname = \"Michael\"\n"
        ),
        file(
            "in an unknown department",
            firm!("[[personas]]\nname = \"Michael\"\ndepartment = \"Analitics\"\n")
        ),
        file(
            "on an unknown level",
            firm!("[[personas]]\nname = \"Michael\"\nlevel = \"head\"\n")
        ),
        file(
            "of an unknown strategy",
            "[[personas]]\nname = \"Michael\"\nstrategy = \"isolate\"\n"
        ),
        file(
            "from a file that is not imported",
            "[[personas]]\nname = \"Michael\"\nsource_id = \"17\"\n"
        ),
        file(
            "of too many interests",
            "[[personas]]\nname = \"Michael\"\ninterests = 33\n"
        ),
        file(
            "more than people",
            "organisation.employees = 2\npersonas = [{ name = \"A\" }, { name = \"B\" }, { name = \"C\" }]\n"
        ),
        file(
            "in a firm whose departments have names of their own",
            "[[personas]]\nname = \"Michael\"\ndepartment = \"Customer Analytics\"\n"
        ),
    ];
}

#[test]
fn restructurings_that_cannot_be_are_refused() {
    assert_said![
        file(
            "after the end",
            "years = 2\n[[restructurings]]\nweek = 104\nkind = \"downsize\"\n"
        ),
        file(
            "after the end of the default run",
            "[[restructurings]]\nweek = 5000\n"
        ),
        file(
            "merge without its keys",
            firm!("[[restructurings]]\nkind = \"merge\"\n")
        ),
        file(
            "merge with keys it does not use",
            firm!(
                "[[restructurings]]\nkind = \"merge\"\ndepartment = \"Strategy\"\nwith = \"Analytics\"\nsite = \"Hilltop\"\nlevel = \"manager\"\n"
            )
        ),
        file(
            "split without its keys",
            firm!("[[restructurings]]\nkind = \"split\"\ndepartment = \"Strategy\"\n")
        ),
        file(
            "split with a share",
            firm!(
                "[[restructurings]]\nkind = \"split\"\ndepartment = \"Strategy\"\ninto = \"Plans\"\nshare = 0.5\n"
            )
        ),
        file(
            "dissolve without its key",
            firm!("[[restructurings]]\nkind = \"dissolve\"\n")
        ),
        file(
            "dissolve with another department",
            firm!(
                "[[restructurings]]\nkind = \"dissolve\"\ndepartment = \"Strategy\"\ninto = \"Analytics\"\n"
            )
        ),
        file(
            "downsize with a level",
            firm!("[[restructurings]]\nkind = \"downsize\"\nlevel = \"manager\"\n")
        ),
        file(
            "delayer without its key",
            firm!("[[restructurings]]\nkind = \"delayer\"\n")
        ),
        file(
            "delayer with a share",
            firm!("[[restructurings]]\nkind = \"delayer\"\nlevel = \"manager\"\nshare = 0.5\n")
        ),
        file(
            "close_site without its keys",
            firm!("[[restructurings]]\nkind = \"close_site\"\n")
        ),
        file(
            "close_site to itself",
            firm!(
                "[[restructurings]]\nkind = \"close_site\"\nsite = \"Hilltop\"\nto_site = \"Hilltop\"\n"
            )
        ),
        file(
            "close_site with a department",
            firm!(
                "[[restructurings]]\nkind = \"close_site\"\nsite = \"Hilltop\"\nto_site = \"Riverside\"\ndepartment = \"Strategy\"\n"
            )
        ),
        file(
            "move_function without its keys",
            firm!("[[restructurings]]\nkind = \"move_function\"\nfunction = \"advice\"\n")
        ),
        file(
            "move_function with a level",
            firm!(
                "[[restructurings]]\nkind = \"move_function\"\nfunction = \"advice\"\nto_site = \"Hilltop\"\nlevel = \"manager\"\n"
            )
        ),
        file(
            "an unknown department",
            firm!("[[restructurings]]\nkind = \"dissolve\"\ndepartment = \"Strategies\"\n")
        ),
        file(
            "an unknown second department",
            firm!(
                "[[restructurings]]\nkind = \"merge\"\ndepartment = \"Strategy\"\nwith = \"Analysis\"\n"
            )
        ),
        file(
            "an unknown level",
            firm!("[[restructurings]]\nkind = \"delayer\"\nlevel = \"manger\"\n")
        ),
        file(
            "unknown sites",
            firm!(
                "[[restructurings]]\nkind = \"close_site\"\nsite = \"Hill top\"\nto_site = \"Seaside\"\n"
            )
        ),
        file(
            "an unknown function and site",
            firm!(
                "[[restructurings]]\nkind = \"move_function\"\nfunction = \"advise\"\nto_site = \"Riversid\"\n"
            )
        ),
        file(
            "merging with itself",
            firm!(
                "[[restructurings]]\nkind = \"merge\"\ndepartment = \"Strategy\"\nwith = \"Strategy\"\n"
            )
        ),
        file(
            "splitting into an existing name",
            firm!(
                "[[restructurings]]\nkind = \"split\"\ndepartment = \"Strategy\"\ninto = \"Services\"\n"
            )
        ),
        file(
            "splitting into no name",
            firm!("[[restructurings]]\nkind = \"split\"\ndepartment = \"Strategy\"\ninto = \"\"\n")
        ),
        file(
            "dissolving the only department",
            "organisation.departments = [{ name = \"All\" }]\n[[restructurings]]\nkind = \"dissolve\"\ndepartment = \"All\"\n"
        ),
        file(
            "dissolving one that is gone",
            firm!(
                "[[restructurings]]\nweek = 9\nkind = \"dissolve\"\ndepartment = \"Analytics\"\n[[restructurings]]\nweek = 4\nkind = \"merge\"\ndepartment = \"Strategy\"\nwith = \"Analytics\"\n"
            )
        ),
        file(
            "one that an earlier one made is fine",
            firm!(
                "[[restructurings]]\nweek = 9\nkind = \"dissolve\"\ndepartment = \"Plans\"\n[[restructurings]]\nweek = 4\nkind = \"split\"\ndepartment = \"Strategy\"\ninto = \"Plans\"\n"
            )
        ),
        file(
            "delayering the top",
            firm!("[[restructurings]]\nkind = \"delayer\"\nlevel = \"director\"\n")
        ),
        file(
            "delayering the bottom",
            firm!("[[restructurings]]\nkind = \"delayer\"\nlevel = \"analyst\"\n")
        ),
        file(
            "delayering twice",
            firm!(
                "[[restructurings]]\nweek = 2\nkind = \"delayer\"\nlevel = \"manager\"\n[[restructurings]]\nweek = 8\nkind = \"delayer\"\nlevel = \"manager\"\n"
            )
        ),
        file(
            "a name twice, with one without a name between",
            firm!(
                "[[restructurings]]\nname = \"cut\"\nweek = 2\n[[restructurings]]\nweek = 3\n[[restructurings]]\nname = \"cut\"\nweek = 4\n"
            )
        ),
    ];
}
