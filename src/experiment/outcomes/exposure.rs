//! Employee-years: how long people of a kind were there, from the panel at the start and the dated events.

use std::collections::BTreeMap;

use super::criterion::Criterion;
use crate::records::{Table, columns};
use crate::units::WEEKS_PER_YEAR;

/// Where someone stands since when [week].
pub(super) struct Standing<'a> {
    pub strategy: &'a str,
    pub department: &'a str,
    pub level: &'a str,
    pub since: i64,
}

impl<'a> Standing<'a> {
    /// What a row tells in its columns of strategy, department and level; empty where it does not.
    pub(super) fn of(table: &'a Table, row: usize, columns: [usize; 3], since: i64) -> Self {
        let [strategy, department, level] =
            columns.map(|column| table.text(row, column).unwrap_or(""));
        Self {
            strategy,
            department,
            level,
            since,
        }
    }
}

/// The place of a column; one that no table has where this has none.
pub(super) fn place(table: &Table, column: &str) -> usize {
    table.column_index(column).unwrap_or(usize::MAX)
}

/// The columns of `events` that tell how somebody stands from then on.
pub(super) fn standing_columns(events: &Table) -> [usize; 3] {
    ["strategy", "to_department", "to_level"].map(|column| place(events, column))
}

/// The events of the recorded run that are of somebody: row, week, person.
pub(super) fn dated(events: &Table) -> impl Iterator<Item = (usize, i64, i64)> + '_ {
    let (week, employee) = (place(events, "week"), place(events, "employee"));
    (0..events.len()).filter_map(move |row| {
        let (week, employee) = (events.integer(row, week)?, events.integer(row, employee)?);
        (week >= 0).then_some((row, week, employee))
    })
}

/// Whether an event of this kind ends somebody's time in the firm.
pub(super) fn is_end(kind: Option<&str>) -> bool {
    matches!(kind, Some("left" | "laid_off" | "retired"))
}

/// Time that those who pass the tests were employed, within the weeks of the window [employee-years].
///
/// Whoever is hired, leaves or changes department or level in a week counts with the new standing from that week on.
pub(super) fn employee_years(
    tables: &[&Table],
    among: &[Criterion],
    window: Option<&Criterion>,
    years: u32,
) -> f64 {
    let table = |name: &str| tables.iter().find(|table| table.spec().name == name);
    let (Some(panel), Some(events)) = (table("employees"), table("events")) else {
        return 0.0;
    };
    let weeks = i64::from(years) * i64::from(WEEKS_PER_YEAR);
    // weeks of the window up to each week, so that a spell's part in it is one subtraction
    let mut inside = vec![0_i64];
    for week in 0..weeks {
        let counts = window.is_none_or(|window| window.lets_number(week as f64));
        inside.push(inside[week as usize] + i64::from(counts));
    }
    let mut total = 0_i64;
    let mut close = |standing: &Standing<'_>, week: i64| {
        if passes(standing, among) {
            let end = week.clamp(0, weeks) as usize;
            let from = standing.since.clamp(0, end as i64) as usize;
            total += inside[end] - inside[from];
        }
    };
    let mut present: BTreeMap<i64, Standing<'_>> = at_start(panel);
    let kind = place(events, "kind");
    let columns @ [_, department, level] = standing_columns(events);
    for (row, week, employee) in dated(events) {
        match events.text(row, kind) {
            what if is_end(what) => {
                if let Some(standing) = present.remove(&employee) {
                    close(&standing, week);
                }
            }
            Some("hired") => {
                present.insert(employee, Standing::of(events, row, columns, week));
            }
            _ => {
                let to = (events.text(row, department), events.text(row, level));
                if let (Some(standing), true) =
                    (present.get_mut(&employee), to.0.is_some() || to.1.is_some())
                {
                    close(standing, week);
                    standing.department = to.0.unwrap_or(standing.department);
                    standing.level = to.1.unwrap_or(standing.level);
                    standing.since = week;
                }
            }
        }
    }
    for standing in present.values() {
        close(standing, weeks);
    }
    total as f64 / f64::from(WEEKS_PER_YEAR)
}

/// The people of the panel at the start, by their number.
pub(super) fn at_start(panel: &Table) -> BTreeMap<i64, Standing<'_>> {
    let (year, employee) = (place(panel, "year"), place(panel, "employee"));
    let columns = ["strategy", "department", "level"].map(|column| place(panel, column));
    (0..panel.len())
        .filter(|&row| panel.integer(row, year) == Some(0))
        .filter_map(|row| {
            let standing = Standing::of(panel, row, columns, 0);
            Some((panel.integer(row, employee)?, standing))
        })
        .collect()
}

/// Whether someone with this standing is meant.
pub(super) fn passes(standing: &Standing<'_>, among: &[Criterion]) -> bool {
    among.iter().all(|test| {
        let text = match columns::EMPLOYEES.columns[test.column()].name {
            "strategy" => standing.strategy,
            "department" => standing.department,
            _ => standing.level,
        };
        test.lets_text(text)
    })
}
