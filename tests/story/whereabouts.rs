//! Where a story has its person, sentence by sentence.

use crate::tables::{Entry, parts};

/// The department in which a story has its person, sentence by sentence.
#[derive(Default)]
pub(crate) struct Place(Option<String>);

impl Place {
    /// Each move starts where the story left the person, and leads to where it goes on.
    pub(crate) fn follows(&mut self, entry: &Entry, name: &str, id: &str) {
        let texts = std::iter::once(&entry.headline).chain(&entry.body);
        for text in texts {
            let form = |form: &str| parts(text, &form.replace("NAME", name));
            let stays = form("NAME works as {} in {}.")
                .or_else(|| form("The run ends; NAME works as {} in {}."))
                .or_else(|| form("NAME lost the post as {} in {}."))
                .map(|found| (found[1], found[1]));
            let comes = form("NAME joins the firm as {} in {}.")
                .or_else(|| form("Afterwards NAME works as {} in {}; this counts as: {}."))
                .map(|found| ("", found[1]));
            let changes = form("NAME moves from {} to {} ({}).").map(|found| (found[0], found[1]));
            let rises = form("Promotion from {} to {} in {}.").map(|found| {
                let from = found[0].split_once(" in ").map_or(found[2], |from| from.1);
                (from, found[2])
            });
            let merged = form("NAME kept the post, which now belongs to {}.");
            let merged = merged.map(|found| ("", found[0]));
            let Some((from, to)) = stays.or(comes).or(changes).or(rises).or(merged) else {
                continue;
            };
            if let (false, Some(before)) = (from.is_empty(), &self.0) {
                assert_eq!(from, before, "{id}, week {}: {text}", entry.week);
            }
            self.0 = Some(to.to_owned());
        }
    }
}
