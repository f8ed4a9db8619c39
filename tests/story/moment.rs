//! What the tables hold of one person at one moment of a story.

use crate::tables::{Entry, Row, Tables};

/// An entry of a story, beside the tables that it is told from.
pub(crate) struct Moment<'t> {
    pub(crate) tables: &'t Tables,
    pub(crate) id: &'t str,
    pub(crate) name: &'t str,
    pub(crate) entry: &'t Entry,
    /// The week, as the tables write it.
    pub(crate) week: String,
    /// What a restructuring of this week did to the person.
    pub(crate) placed: Vec<&'t Row>,
}

impl<'t> Moment<'t> {
    pub(crate) fn new(tables: &'t Tables, id: &'t str, name: &'t str, entry: &'t Entry) -> Self {
        let week = entry.week.to_string();
        Self {
            placed: tables.of("placements", &[("employee", id), ("week", &week)]),
            tables,
            id,
            name,
            entry,
            week,
        }
    }

    /// The only event of a kind that the person has in this week.
    pub(crate) fn event(&self, kind: &str) -> &'t Row {
        let (id, week) = (self.id, self.week.as_str());
        let wanted = [("employee", id), ("week", week), ("kind", kind)];
        let rows = self.tables.of("events", &wanted);
        assert_eq!(rows.len(), 1, "{kind} of {id} in week {week}");
        rows[0]
    }

    /// The person at the end of the year that ends now.
    pub(crate) fn yearly(&self) -> &'t Row {
        let week = self.entry.week;
        let year = if week == 0 { 0 } else { (week + 1) / 52 };
        let wanted = [("employee", self.id), ("year", &year.to_string())];
        self.tables.of("employees", &wanted)[0]
    }

    /// The restructuring of this week, as the tables number it.
    pub(crate) fn restructuring(&self) -> &'t str {
        &self.placed[0]["restructuring"]
    }

    /// Everybody whom that restructuring affected.
    pub(crate) fn affected(&self) -> Vec<&'t Row> {
        let wanted = [("restructuring", self.restructuring())];
        self.tables.of("placements", &wanted)
    }
}
