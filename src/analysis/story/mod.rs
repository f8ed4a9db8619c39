//! The career of one person, told from the tables: what happened, and what the panels wrote down.
//!
//! ```text
//! tables ──► Chronicle (rows of all people) ──► Story (one person's chapters, numbers only)
//! ```
//!
//! Every number of a [`Story`] is a cell of a table or a count of rows; the words are put to them
//! elsewhere. Nothing here guesses: where the tables say nothing, the story says nothing.

mod chronicle;
mod find;
mod panels;
mod restructured;

pub use chronicle::{Chronicle, PersonYear, StoryTables};
pub use find::NotFound;
pub use panels::{Panel, Standing};
pub use restructured::{Affected, Restructured};

use std::collections::BTreeMap;

/// One person's career in one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// The person.
    pub employee: u32,
    /// Name, where the tables have one.
    pub name: Option<String>,
    /// Id in an imported file.
    pub source_id: Option<String>,
    /// Strategy when first seen.
    pub strategy: String,
    /// Whether the scenario fixed this person by name.
    pub persona: bool,
    /// What happened, in order.
    pub chapters: Vec<Chapter>,
    /// The person at each year's end, year 0 for the start.
    pub years: Vec<PersonYear>,
    /// All panels before which the person stood, in a word.
    pub tally: Tally,
}

/// Something that happened, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter {
    /// Week, 0 at the start of the recorded run.
    pub week: i32,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Already there when the recorded run began.
    There(PersonYear),
    /// Came into the firm.
    Hired {
        /// Level of the post.
        level: Option<String>,
        /// Department of the post.
        department: Option<String>,
    },
    /// Got a higher post.
    Promoted {
        /// Level before.
        from: Option<String>,
        /// Level after.
        to: Option<String>,
        /// Department before.
        from_department: Option<String>,
        /// Department after.
        department: Option<String>,
        /// The panel that decided, where the tables have it.
        panel: Option<Panel>,
    },
    /// Stood before panels for promotion within a year, and was not chosen.
    PassedOver {
        /// How often in that year, from this week on.
        times: usize,
        /// The panel in which the person came nearest.
        nearest: Panel,
    },
    /// A restructuring touched the person's department.
    Restructured(Box<Restructured>),
    /// Went to another post at the same level, not by a restructuring.
    Moved {
        /// Department before.
        from: Option<String>,
        /// Department after.
        to: Option<String>,
        /// Why, in the table's word.
        cause: Option<String>,
        /// The panel that decided, where there was one.
        panel: Option<Panel>,
    },
    /// Was hit by an incident: blame, a dispute over credit, an error.
    Incident {
        /// Which, in the table's word.
        cause: Option<String>,
        /// Colleagues who were there.
        present: Option<u32>,
        /// Of these, to how many the person holds a strong tie.
        counted_on: Option<u32>,
        /// Of those there, how many defended the person.
        defenders: Option<u32>,
        /// Share of the harm that nobody averted.
        harm: Option<f64>,
    },
    /// Left, was dismissed or retired.
    Gone {
        /// The table's word: left, laid_off, retired.
        kind: String,
        /// Why, in the table's word.
        cause: Option<String>,
        /// Department that was left.
        department: Option<String>,
        /// Level that was left.
        level: Option<String>,
    },
    /// Any other event that the tables record of a person, such as a programme or a mentor's leaving.
    Other {
        /// The table's word.
        kind: String,
        /// Why, in the table's word.
        cause: Option<String>,
        /// More about it.
        detail: Option<String>,
        /// Department before and after, where they differ.
        moved: Option<(String, String)>,
        /// How many such events with this cause the person had within the year, this one counted.
        times: usize,
        /// The panel that decided, where there was one.
        panel: Option<Panel>,
    },
    /// Still there when the recorded run ended.
    End(PersonYear),
}

/// Panels for promotion that judged the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Panels for promotion.
    pub considered: usize,
    /// Of these, won.
    pub won: usize,
    /// Of these, with the best performance of all candidates.
    pub best_performer: usize,
    /// Of these, in which nobody spoke for the person.
    pub unspoken: usize,
    /// Of these, in which no member knew the person.
    pub unknown: usize,
}

impl Chronicle {
    /// The story of a person; none of whom the tables know nothing.
    pub fn story(&self, employee: u32) -> Option<Story> {
        let years = self.years(employee);
        let hired = self
            .events_of(employee)
            .find(|event| event.kind == "hired" && event.week >= 0);
        let strategy = years
            .first()
            .map(|year| year.strategy.clone())
            .or_else(|| hired.and_then(|event| event.strategy.clone()))?;
        let panels = self.panels_of(employee, "promotion");
        let mut chapters = self.chapters(employee, &years, &panels);
        chapters.sort_by_key(|chapter| (chapter.week, chapter.what.place()));
        Some(Story {
            employee,
            name: years.iter().find_map(|year| year.name.clone()),
            source_id: years.iter().find_map(|year| year.source_id.clone()),
            strategy,
            persona: years.iter().any(|year| year.persona),
            chapters,
            tally: tally(&panels),
            years,
        })
    }

    /// Stories of all personas, by name.
    pub fn personas(&self) -> Vec<Story> {
        let mut stories: Vec<Story> = self
            .persona_ids()
            .into_iter()
            .filter_map(|employee| self.story(employee))
            .collect();
        stories.sort_by(|a, b| (&a.name, a.employee).cmp(&(&b.name, b.employee)));
        stories
    }

    fn chapters(&self, employee: u32, years: &[PersonYear], panels: &[Panel]) -> Vec<Chapter> {
        let mut chapters = Vec::new();
        if let Some(start) = years.first().filter(|year| year.year == 0) {
            let what = What::There(start.clone());
            chapters.push(Chapter { week: 0, what });
        }
        let mut others: BTreeMap<(i32, String, Option<String>), usize> = BTreeMap::new();
        let judged = |kind: &str, number: Option<u32>| {
            let all = self.panels_of(employee, kind);
            all.into_iter().find(|panel| Some(panel.decision) == number)
        };
        let mut gone = false;
        for event in self.events_of(employee).filter(|event| event.week >= 0) {
            let week = event.week;
            let what = match event.kind.as_str() {
                "hired" => What::Hired {
                    level: event.to_level.clone(),
                    department: event.to_department.clone(),
                },
                "promoted" => What::Promoted {
                    from: event.from_level.clone(),
                    to: event.to_level.clone(),
                    from_department: event.from_department.clone(),
                    department: event.to_department.clone(),
                    panel: judged("promotion", event.decision),
                },
                // told with the restructuring, from its placements
                "reassigned" | "laid_off" if event.restructuring.is_some() => {
                    gone |= event.kind == "laid_off";
                    continue;
                }
                "moved" | "reassigned" => What::Moved {
                    from: event.from_department.clone(),
                    to: event.to_department.clone(),
                    cause: event.cause.clone(),
                    panel: judged("move", event.decision),
                },
                "incident" => What::Incident {
                    cause: event.cause.clone(),
                    present: event.present,
                    counted_on: event.counted_on,
                    defenders: event.defenders,
                    harm: event.harm,
                },
                "left" | "laid_off" | "retired" => {
                    gone = true;
                    What::Gone {
                        kind: event.kind.clone(),
                        cause: event.cause.clone(),
                        department: event.from_department.clone(),
                        level: event.from_level.clone(),
                    }
                }
                kind => {
                    let key = (year_of(week), kind.to_owned(), event.cause.clone());
                    let times = others.entry(key).or_default();
                    *times += 1;
                    if *times > 1 {
                        continue;
                    }
                    let places = event
                        .from_department
                        .clone()
                        .zip(event.to_department.clone());
                    What::Other {
                        kind: event.kind.clone(),
                        cause: event.cause.clone(),
                        detail: event.detail.clone(),
                        moved: places.filter(|(from, to)| from != to),
                        times: 0,
                        panel: judged("demotion", event.decision),
                    }
                }
            };
            chapters.push(Chapter { week, what });
        }
        for chapter in &mut chapters {
            if let What::Other {
                kind, cause, times, ..
            } = &mut chapter.what
            {
                let key = (year_of(chapter.week), kind.clone(), cause.clone());
                *times = others.get(&key).copied().unwrap_or(1);
            }
        }
        chapters.extend(passed_over(panels));
        chapters.extend(self.restructured(employee));
        if let Some(last) = years.last().filter(|_| !gone)
            && Some(last.year) == self.last_year()
            && last.year > 0
        {
            let week = last.year as i32 * crate::units::WEEKS_PER_YEAR - 1;
            let what = What::End(last.clone());
            chapters.push(Chapter { week, what });
        }
        chapters
    }
}

impl What {
    /// What comes first of several things in one week.
    fn place(&self) -> u8 {
        match self {
            Self::There(_) | Self::Hired { .. } => 0,
            Self::PassedOver { .. } => 1,
            Self::Gone { .. } => 3,
            Self::End(_) => 4,
            _ => 2,
        }
    }
}

/// The year of a week, 0 for the first.
fn year_of(week: i32) -> i32 {
    week.div_euclid(crate::units::WEEKS_PER_YEAR)
}

/// Panels that were lost, those of a year together, at the week of the first.
fn passed_over(panels: &[Panel]) -> Vec<Chapter> {
    let mut years: BTreeMap<i32, Vec<&Panel>> = BTreeMap::new();
    for panel in panels.iter().filter(|panel| !panel.chosen) {
        years.entry(year_of(panel.week)).or_default().push(panel);
    }
    years
        .into_values()
        .filter_map(|lost| {
            let nearest = lost
                .iter()
                .min_by_key(|panel| (panel.rank, panel.decision))?;
            let what = What::PassedOver {
                times: lost.len(),
                nearest: (*nearest).clone(),
            };
            Some(Chapter {
                week: lost.first()?.week,
                what,
            })
        })
        .collect()
}

fn tally(panels: &[Panel]) -> Tally {
    let count = |which: &dyn Fn(&Panel) -> bool| panels.iter().filter(|panel| which(panel)).count();
    Tally {
        considered: panels.len(),
        won: count(&|panel| panel.chosen),
        best_performer: count(&|panel| panel.performance.rank == Some(1)),
        unspoken: count(&|panel| panel.advocates == Some(0)),
        unknown: count(&|panel| panel.known_to == Some(0)),
    }
}

#[cfg(test)]
mod tests;
