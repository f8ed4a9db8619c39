//! Random valid scenarios: restructurings of every kind, random switches.

use allies::mechanisms::restructuring::{Change, Kind};
use allies::scenario::Scenario;
use allies::units::{Factor, Rate, Share, Weeks};
use proptest::prelude::*;

use crate::firms::{self, SWITCHES};

/// One restructuring to come, by numbers that fit any firm.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    pub(crate) kind: usize,
    pub(crate) week: u32,
    pub(crate) department: usize,
    pub(crate) other: usize,
    pub(crate) level: usize,
    pub(crate) whole_firm: bool,
    pub(crate) share: Option<f64>,
}

/// A scenario by numbers.
#[derive(Debug, Clone)]
pub(crate) struct Drawn {
    pub(crate) employees: u32,
    pub(crate) department_size: u32,
    pub(crate) years: u32,
    pub(crate) burn_in: u32,
    pub(crate) seed: u64,
    pub(crate) off: Vec<usize>,
    pub(crate) planned: Vec<Planned>,
    pub(crate) random_rate: f64,
    pub(crate) dismissed: f64,
    pub(crate) turnover: f64,
}

fn planned() -> impl Strategy<Value = Planned> {
    let share = prop_oneof![Just(None), (0.0..0.6).prop_map(Some), Just(Some(1.0))];
    (
        0..7_usize,
        1..156_u32,
        0..9_usize,
        0..9_usize,
        0..4_usize,
        any::<bool>(),
        share,
    )
        .prop_map(
            |(kind, week, department, other, level, whole_firm, share)| Planned {
                kind,
                week,
                department,
                other,
                level,
                whole_firm,
                share,
            },
        )
}

pub(crate) fn drawn() -> impl Strategy<Value = Drawn> {
    let firm = (8..=150_u32, 5..=60_u32, 1..=3_u32, 0..=20_u32, any::<u32>());
    let changes = prop::collection::vec(planned(), 0..6);
    let off = prop::collection::vec(0..SWITCHES, 0..9);
    let rates = (
        prop_oneof![Just(0.0), Just(1.5)],
        0.0..=1.0_f64,
        1.0..4.0_f64,
    );
    (firm, off, changes, rates).prop_map(|(firm, off, planned, rates)| Drawn {
        employees: firm.0,
        department_size: firm.1,
        years: firm.2,
        burn_in: firm.3,
        seed: u64::from(firm.4),
        off,
        planned,
        random_rate: rates.0,
        dismissed: rates.1,
        turnover: rates.2,
    })
}

/// The scenario that the numbers stand for; names are those of the firm as it starts.
pub(crate) fn scenario(drawn: &Drawn) -> Scenario {
    let small = firms::small(drawn.employees, drawn.years, drawn.burn_in, drawn.seed);
    let mut scenario = firms::in_departments_of(drawn.department_size, small);
    for (i, (_, switch)) in firms::switches(&mut scenario).into_iter().enumerate() {
        *switch = !drawn.off.contains(&i);
    }
    scenario.restructuring.yearly_rate = Rate::try_from(drawn.random_rate).unwrap();
    scenario.restructuring.dismissed = Share::try_from(drawn.dismissed).unwrap();
    for level in &mut scenario.organisation.levels {
        level.exit_rate = Rate::try_from(level.exit_rate.get() * drawn.turnover).unwrap();
    }
    let plan = &scenario.organisation;
    let department = |i: usize| plan.departments[i % plan.departments.len()].name.clone();
    let kinds = [
        Kind::Merge,
        Kind::Split,
        Kind::Dissolve,
        Kind::Downsize,
        Kind::Delayer,
        Kind::CloseSite,
        Kind::MoveFunction,
    ];
    let mut changes = Vec::new();
    for p in &drawn.planned {
        let kind = kinds[p.kind];
        let whole = p.whole_firm && matches!(kind, Kind::Downsize | Kind::Delayer);
        let merged = (p.other + p.department + 1) % plan.departments.len();
        changes.push(Change {
            kind,
            week: Weeks::new(p.week.min(drawn.years * 52 - 1)),
            department: (!whole).then(|| department(p.department)),
            with: (kind == Kind::Merge).then(|| department(merged)),
            share: p.share.map(|s| Share::try_from(s).unwrap()),
            level: Some(plan.levels[p.level % plan.levels.len()].name.clone()),
            site: Some(plan.sites[p.other % plan.sites.len()].clone()),
            to_site: Some(plan.sites[p.department % plan.sites.len()].clone()),
            function: Some(plan.functions[p.other % plan.functions.len()].name.clone()),
            ..Change::default()
        });
    }
    // what was merged or dissolved may be named again: such a change finds nothing and must do no harm
    scenario.restructurings = changes;
    scenario.work.luck = Factor::new(0.5);
    scenario
}
