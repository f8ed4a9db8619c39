//! HR programmes that cannot be.

use crate::cases::file;

#[test]
fn programmes_that_cannot_be_are_refused() {
    assert_said![
        file(
            "after the end",
            "years = 2\n[[programmes]]\nkind = \"training\"\nweek = 104\n"
        ),
        file(
            "of no length",
            "[[programmes]]\nkind = \"training\"\nweeks = 0\n"
        ),
        file(
            "of an unknown kind",
            "[[programmes]]\nkind = \"virtual_cofee\"\n"
        ),
        file(
            "with coverage out of range",
            "[[programmes]]\nkind = \"training\"\ncoverage = 1.5\n"
        ),
        file(
            "with more hours than a week has",
            "[[programmes]]\nkind = \"training\"\nhours = 90.0\n"
        ),
        file(
            "with an unknown key",
            "[[programmes]]\nkind = \"training\"\ncover = 0.5\n"
        ),
        file(
            "of one name",
            "[[programmes]]\nname = \"a\"\n[[programmes]]\nname = \"a\"\n"
        ),
        file(
            "for an unknown department and level",
            firm!(
                "[[programmes]]\nkind = \"mentoring\"\ndepartments = [\"Strategie\"]\nlevels = [\"analist\"]\n"
            )
        ),
        file(
            "for a tenure that nobody has",
            "[[programmes]]\ntenure_from = 104\ntenure_to = 52\n"
        ),
        file(
            "a rotation within one department",
            firm!("[[programmes]]\nkind = \"rotation\"\ndepartments = [\"Strategy\"]\n")
        ),
        file(
            "mentors for the top",
            firm!("[[programmes]]\nkind = \"mentoring\"\nlevels = [\"director\"]\n")
        ),
        file(
            "an unknown key of a kind",
            "[interventions.training]\nskil = 0.5\n"
        ),
    ];
}
