//! The scenarios of the suite: the default firm, and firms in which one thing is different.

use crate::interventions::{Kind as Programmes, Programme};
use crate::mechanisms::{Change, restructuring::Kind};
use crate::scenario::Scenario;
use crate::units::{Days, Few, Headcount, Probability, Share, Weeks, Years};

/// Week of the restructuring of the conditions that have one.
pub const RESTRUCTURING: i32 = 104;

/// What a structured meeting passes on of the partner's lead in competence [share]: a guess made before it was looked at.
const STRUCTURED: f64 = 0.02;

/// What is different in the runs of a contrast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    /// Nothing.
    Default,
    /// Everyone is in the office on all days.
    Office,
    /// Everyone works remotely.
    Remote,
    /// Everyone is in the office on three days.
    Hybrid,
    /// Half are in the office, half remote, by lot.
    HalfRemote,
    /// Half are in the office on all days, half on three, by lot.
    HalfHybrid,
    /// Two sites.
    TwoSites,
    /// A twentieth of the posts is cut in week 104.
    Downsized,
    /// Two departments are merged in week 104.
    Merged,
    /// Feigned interest is never seen through.
    Blind,
    /// Feigned interest is often seen through.
    SharpEyed,
    /// The formal organisation brings nobody together.
    WithoutFormal,
    /// Half of those with less than five years in the firm get a mentor for the second year.
    Mentored,
    /// Half of the staff are trained in the second year.
    Trained,
    /// Half of the staff are paired at random in the second year and show each other how they work.
    Paired,
    /// Half of the staff are paired at random for one meeting at the start of the second year.
    Introduced,
    /// A tenth of the staff change posts with a colleague elsewhere in the second year.
    Rotated,
}

impl Condition {
    /// All of them, in order.
    pub const ALL: [Self; 17] = [
        Self::Default,
        Self::Office,
        Self::Remote,
        Self::Hybrid,
        Self::HalfRemote,
        Self::HalfHybrid,
        Self::TwoSites,
        Self::Downsized,
        Self::Merged,
        Self::Blind,
        Self::SharpEyed,
        Self::WithoutFormal,
        Self::Mentored,
        Self::Trained,
        Self::Paired,
        Self::Introduced,
        Self::Rotated,
    ];

    /// The scenario: a firm of `people` over `years` under this condition.
    pub fn scenario(self, base: &Scenario, people: u32, years: u32, seed: u64) -> Scenario {
        let mut s = firm(base, people, years, seed);
        let presence = |s: &mut Scenario, office: f64, hybrid: f64| {
            s.hiring.office = Share::new(office);
            s.hiring.hybrid = Share::new(hybrid);
            s.hiring.hybrid_days = Days::new(3.0);
        };
        let change = |kind: Kind| Change {
            week: Weeks::new(RESTRUCTURING as u32),
            kind,
            ..Change::default()
        };
        match self {
            Self::Default => {}
            Self::Office => presence(&mut s, 1.0, 0.0),
            Self::Remote => presence(&mut s, 0.0, 0.0),
            Self::Hybrid => presence(&mut s, 0.0, 1.0),
            Self::HalfRemote => presence(&mut s, 0.5, 0.0),
            Self::HalfHybrid => presence(&mut s, 0.5, 0.5),
            Self::TwoSites => {
                s.organisation.sites = vec!["north".to_owned(), "south".to_owned()];
                s.organisation.department_size = Few::new(40);
            }
            Self::Downsized => s.restructurings.push(Change {
                share: Some(Share::new(0.05)),
                ..change(Kind::Downsize)
            }),
            Self::Merged => {
                s.complete();
                let name = |i: usize| s.organisation.departments.get(i).map(|d| d.name.clone());
                // the first may be that of the firm's head
                let (one, two) = (name(1), name(2));
                s.restructurings.push(Change {
                    department: one,
                    with: two,
                    ..change(Kind::Merge)
                });
            }
            Self::Blind => s.acceptance.see_through = Probability::new(0.0),
            Self::SharpEyed => s.acceptance.see_through = Probability::new(0.6),
            Self::WithoutFormal => {
                s.opportunity.formal_contact = Probability::new(0.0);
                s.opportunity.errand = Probability::new(0.0);
                s.opportunity.enabled = false;
                s.projects.enabled = false;
            }
            Self::Mentored => {
                let mut mentoring = programme(Programmes::Mentoring, 0.5);
                mentoring.tenure_to = Some(Weeks::new(260));
                s.programmes.push(mentoring);
            }
            Self::Trained => s.programmes.push(programme(Programmes::Training, 0.5)),
            Self::Paired => {
                s.interventions.virtual_coffee.learns = Share::new(STRUCTURED);
                s.programmes.push(programme(Programmes::VirtualCoffee, 0.5));
            }
            Self::Introduced => {
                s.interventions.virtual_coffee.meets = Few::new(1);
                s.programmes.push(Programme {
                    weeks: Weeks::new(1),
                    ..programme(Programmes::VirtualCoffee, 0.5)
                });
            }
            Self::Rotated => s.programmes.push(programme(Programmes::Rotation, 0.1)),
        }
        s
    }
}

/// A programme over the second year.
fn programme(kind: Programmes, coverage: f64) -> Programme {
    Programme {
        kind,
        week: Weeks::new(52),
        weeks: Weeks::new(52),
        coverage: Share::new(coverage),
        ..Programme::default()
    }
}

/// A firm at a size; `base` says everything else, as a rule the defaults.
pub fn firm(base: &Scenario, people: u32, years: u32, seed: u64) -> Scenario {
    let mut scenario = Scenario {
        seed,
        years: Years::new(years),
        ..base.clone()
    };
    scenario.organisation.employees = Headcount::new(people);
    scenario
}
