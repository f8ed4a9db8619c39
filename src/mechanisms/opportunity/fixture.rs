//! A small firm and a rule without sources, for the tests of this rule.

use super::Opportunity;
use crate::units::{Days, Factor, Probability, Weeks};
use crate::world::small_firm::SmallFirm;

pub(super) const FIRM: SmallFirm = SmallFirm {
    departments: 2,
    leads: 2,
    staff: 4,
};
/// A member of the first team: post 1 leads 2 to 5, post 6 leads 7 to 10; department 1 begins at 11.
pub(super) const EGO: u32 = 2;

/// No source at all; a test names the ones it wants.
pub(super) fn nowhere() -> Opportunity {
    let none = Factor::new(0.0);
    Opportunity {
        enabled: true,
        from_team: none,
        from_line: none,
        from_project: none,
        from_department: none,
        from_site: none,
        from_coupled: none,
        from_introduction: none,
        unplanned: Probability::new(1.0),
        afar: Probability::new(1.0),
        ritual: Probability::new(0.0),
        onboarding: Weeks::new(0),
        full_overlap: Days::new(5.0),
        ..Opportunity::default()
    }
}
