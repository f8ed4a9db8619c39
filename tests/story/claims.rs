//! A whole story, held against the tables.

use std::collections::BTreeSet;

use crate::moment::Moment;
use crate::tables::{Tables, entries};
use crate::whereabouts::Place;
use crate::{headlines, sentences, tally};

/// Checks the story of one person; what kinds of sentences it had.
pub(crate) fn check(tables: &Tables, id: &str, page: &str, seen: &mut BTreeSet<&'static str>) {
    let name = tables.name(id);
    let mut place = Place::default();
    for entry in &entries(page) {
        place.follows(entry, &name, id);
        let moment = Moment::new(tables, id, &name, entry);
        let decision_week = headlines::check(&moment, seen);
        sentences::check(&moment, &decision_week, seen);
    }
    tally::check(tables, id, page, seen);
}
