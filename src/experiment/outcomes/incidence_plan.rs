//! From an outcome of an experiment file to an incidence, or what is wrong with it.

use super::complaints::Complaints;
use super::filters::{among, tests};
use super::incidence::Incidence;
use super::outcome::Reading;
use crate::experiment::file::OutcomePlan;
use crate::records::columns;

/// Refuses what only an incidence has.
pub(super) fn only_incidence(plan: &OutcomePlan, complaints: &mut Complaints<'_, '_>) {
    for (key, given) in [
        ("against", !plan.against.is_empty()),
        ("years", !plan.years.is_empty()),
    ] {
        if given {
            complaints.say(
                key,
                format!("only an incidence has `{key}`"),
                "remove it, or use summary = \"incidence\"".to_owned(),
            );
        }
    }
}

/// How an incidence is read.
pub(super) fn incidence(
    plan: &OutcomePlan,
    complaints: &mut Complaints<'_, '_>,
) -> Option<Reading> {
    if plan.table.as_deref().is_some_and(|table| table != "events") {
        complaints.say(
            "table",
            "an incidence is read from events".to_owned(),
            "use table = \"events\", or another summary".to_owned(),
        );
    }
    for (key, given) in [
        ("column", plan.column.is_some()),
        ("at", plan.at.is_some()),
        ("which", !plan.which.is_empty()),
        ("of", !plan.of.is_empty()),
    ] {
        if given {
            complaints.say(
                key,
                format!("an incidence has no `{key}`"),
                "remove it: `filter` says what happens, `against` what can come before, `years` by when"
                    .to_owned(),
            );
        }
    }
    for (key, what) in [("filter", &plan.filter), ("against", &plan.against)] {
        if what.is_empty() {
            complaints.say(
                key,
                format!("the incidence does not say which events `{key}` means"),
                format!("add `{key} = {{ kind = … }}`, such as \"promoted\" or [\"left\", \"laid_off\", \"retired\"]"),
            );
        }
    }
    if plan.years.is_empty()
        || plan
            .years
            .iter()
            .any(|year| !(*year > 0.0 && year.is_finite()))
    {
        complaints.say(
            "years",
            "the incidence has no years by which it is counted, or one that is not above 0"
                .to_owned(),
            "add `years = [1, 2, 5]`, counted from the start of the recorded run".to_owned(),
        );
    }
    let event = tests(&plan.filter, &columns::EVENTS, "filter", complaints);
    let against = tests(&plan.against, &columns::EVENTS, "against", complaints);
    let among = among(plan, complaints);
    Some(Reading::Incidence(Incidence {
        event,
        against,
        among,
        year: plan.years.first().copied()?,
    }))
}
