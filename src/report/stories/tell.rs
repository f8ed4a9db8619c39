//! Words for what happened. Every number said here is one of the story's; nothing is added.

use crate::analysis::story::{Chapter, Chronicle, PersonYear, Story, What};
use crate::language::{Language, Value, capitalised, real};
use crate::units::WEEKS_PER_YEAR;

/// A story in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Name of the person.
    pub name: String,
    /// Id of the person, for anchors.
    pub employee: u32,
    /// A title with name, scenario and seed.
    pub title: String,
    /// Lines before the timeline.
    pub opening: Vec<String>,
    /// The timeline.
    pub entries: Vec<Entry>,
    /// Lines after it.
    pub closing: Vec<String>,
    /// What repeats the run.
    pub command: Option<String>,
}

/// One entry of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When ("Year 2, week 31").
    pub when: String,
    /// What happened, in a sentence.
    pub headline: String,
    /// Why, and what came of it.
    pub body: Vec<String>,
}

/// Puts words to a story.
pub fn tell(chronicle: &Chronicle, story: &Story, language: Language) -> Told {
    let teller = Teller {
        language,
        chronicle,
        name: called(chronicle, story.employee, language),
    };
    let provenance = &chronicle.provenance;
    Told {
        title: language.say(
            "story.title",
            &[
                ("name", (&teller.name).into()),
                ("scenario", (&provenance.scenario).into()),
                ("seed", provenance.seed.to_string().into()),
            ],
        ),
        opening: vec![teller.say(
            "story.way",
            &[(
                "strategy",
                language.name("strategy", &story.strategy).into(),
            )],
        )],
        entries: story.chapters.iter().map(|c| teller.entry(c)).collect(),
        closing: teller.tally(story),
        command: provenance.command.clone(),
        employee: story.employee,
        name: teller.name,
    }
}

/// The name of a person, or "employee 43".
pub(super) fn called(chronicle: &Chronicle, employee: u32, language: Language) -> String {
    chronicle.name_of(employee).map_or_else(
        || language.say("story.nameless", &[("id", employee.to_string().into())]),
        str::to_owned,
    )
}

pub(super) struct Teller<'a> {
    pub(super) language: Language,
    pub(super) chronicle: &'a Chronicle,
    pub(super) name: String,
}

pub(super) type Values<'a> = &'a [(&'a str, Value<'a>)];

impl Teller<'_> {
    /// A sentence in which the person may be named.
    pub(super) fn say(&self, key: &str, values: Values<'_>) -> String {
        let mut all = vec![("name", Value::from(&self.name))];
        all.extend_from_slice(values);
        self.language.say(key, &all)
    }

    fn entry(&self, chapter: &Chapter) -> Entry {
        let (headline, body) = match &chapter.what {
            What::There(year) => (self.post("story.there", year), self.person(year)),
            What::Hired { level, department } => {
                let post = self.post_of(level.as_ref(), department.as_ref());
                (self.say("story.hired", &[("post", post.into())]), vec![])
            }
            What::Promoted {
                from,
                to,
                from_department,
                department,
                panel,
            } => {
                let across = from_department != department;
                let key = if across {
                    "story.promoted_across"
                } else {
                    "story.promoted"
                };
                let before = if across {
                    self.post_of(from.as_ref(), from_department.as_ref())
                } else {
                    self.or_unknown(from.as_ref())
                };
                let post = self.post_of(to.as_ref(), department.as_ref());
                let headline = self.say(key, &[("from", before.into()), ("post", post.into())]);
                (headline, panel.iter().flat_map(|p| self.panel(p)).collect())
            }
            What::PassedOver { times, nearest } => self.passed_over(*times, nearest),
            What::Restructured(change) => self.restructured(change),
            What::Moved {
                from,
                to,
                cause,
                panel,
            } => {
                let values = [
                    ("from", self.or_unknown(from.as_ref()).into()),
                    ("to", self.or_unknown(to.as_ref()).into()),
                    ("cause", self.cause(cause.as_ref()).into()),
                ];
                let headline = self.say("story.moved", &values);
                (headline, panel.iter().flat_map(|p| self.panel(p)).collect())
            }
            What::Gone {
                kind,
                cause,
                department,
                level,
            } => {
                let post = self.post_of(level.as_ref(), department.as_ref());
                let values = [
                    ("post", post.into()),
                    ("cause", self.cause(cause.as_ref()).into()),
                ];
                let headline = match kind.as_str() {
                    "laid_off" => self.say("story.laid_off", &values),
                    "retired" => self.say("story.retired", &values),
                    _ => self.say("story.left", &values),
                };
                (headline, vec![])
            }
            What::Incident {
                cause,
                present,
                counted_on,
                defenders,
                harm,
            } => {
                let cause = cause.as_deref().unwrap_or("incident");
                let headline = self.told("incident", Some(cause));
                (
                    headline,
                    self.incident(*present, *counted_on, *defenders, *harm),
                )
            }
            What::Other {
                kind,
                cause,
                detail,
                moved,
                times,
                panel,
            } => {
                let headline = self.told(kind, cause.as_deref());
                let mut body: Vec<String> = detail.iter().cloned().collect();
                if let Some((from, to)) = moved {
                    let values = [("from", from.into()), ("to", to.into())];
                    body.push(self.say("story.from_to", &values));
                }
                if *times > 1 {
                    body.push(self.say("story.other_times", &[("n", (*times).into())]));
                }
                body.extend(panel.iter().flat_map(|p| self.panel(p)));
                (headline, body)
            }
            What::End(year) => (self.post("story.end", year), self.network(year)),
        };
        Entry {
            when: self.when(chapter.week),
            headline,
            body,
        }
    }

    /// The sentence for an event and its cause, or for the event, or else its words as the table has them.
    fn told(&self, kind: &str, cause: Option<&str>) -> String {
        let exact = cause.map(|cause| format!("story.told.{kind} {cause}"));
        if let Some(key) = exact.filter(|key| self.language.knows(key)) {
            return self.say(&key, &[]);
        }
        let cause = self.cause(cause.map(str::to_owned).as_ref());
        let key = format!("story.told.{kind}");
        if self.language.knows(&key) {
            return self.say(&key, &[("cause", cause.into())]);
        }
        let kind = kind.replace('_', " ");
        let values = [("kind", kind.into()), ("cause", cause.into())];
        capitalised(&self.say("story.other", &values))
    }

    fn incident(
        &self,
        present: Option<u32>,
        counted_on: Option<u32>,
        defenders: Option<u32>,
        harm: Option<f64>,
    ) -> Vec<String> {
        let mut lines = Vec::new();
        if let (Some(present), Some(counted_on), Some(defenders)) = (present, counted_on, defenders)
        {
            let values = [
                ("n", present.into()),
                ("counted_on", counted_on.into()),
                ("defenders", defenders.into()),
            ];
            lines.push(self.say(witnesses(present, counted_on, defenders), &values));
        }
        if let Some(harm) = harm {
            let harm = self.language.percent(harm);
            lines.push(self.say("story.harm", &[("harm", harm.into())]));
        }
        lines
    }

    pub(super) fn when(&self, week: i32) -> String {
        let values = [
            ("year", (week / WEEKS_PER_YEAR + 1).into()),
            ("week", (week % WEEKS_PER_YEAR + 1).into()),
        ];
        capitalised(&self.language.say("career.when", &values))
    }

    pub(super) fn or_unknown(&self, word: Option<&String>) -> String {
        word.cloned()
            .unwrap_or_else(|| self.language.say("story.unknown", &[]))
    }

    fn cause(&self, cause: Option<&String>) -> String {
        cause.map_or_else(
            || self.language.say("story.unknown", &[]),
            |cause| self.language.name("story.cause", cause),
        )
    }

    pub(super) fn post_of(&self, level: Option<&String>, department: Option<&String>) -> String {
        let values = [
            ("level", self.or_unknown(level).into()),
            ("department", self.or_unknown(department).into()),
        ];
        self.language.say("story.post", &values)
    }

    fn post(&self, key: &str, year: &PersonYear) -> String {
        let post = self.post_of(year.level.as_ref(), year.department.as_ref());
        self.say(key, &[("post", post.into())])
    }

    /// Age and tenure at the start, and the network.
    fn person(&self, year: &PersonYear) -> Vec<String> {
        let mut lines = Vec::new();
        if let (Some(age), Some(weeks)) = (year.age, year.tenure_weeks) {
            let tenure = weeks as f64 / f64::from(WEEKS_PER_YEAR);
            let values = [("age", real(age, 0)), ("tenure", real(tenure, 1))];
            lines.push(self.say("story.person", &values));
        }
        lines.extend(self.network(year));
        lines
    }

    fn network(&self, year: &PersonYear) -> Vec<String> {
        let mut lines = Vec::new();
        if let (Some(ties), Some(advocates)) = (year.ties_active, year.advocates) {
            let ties = self.say("story.ties", &[("n", ties.into())]);
            let advocates = match advocates {
                0 => self.say("story.nobody_would", &[]),
                n => self.say("story.would_speak", &[("n", n.into())]),
            };
            let values = [("ties", ties.into()), ("advocates", advocates.into())];
            lines.push(self.say("story.network", &values));
        }
        if let Some(hollow) = year.ties_hollow.filter(|hollow| *hollow > 0) {
            lines.push(self.say("story.hollow", &[("n", hollow.into())]));
        }
        lines
    }

    fn tally(&self, story: &Story) -> Vec<String> {
        let tally = &story.tally;
        if tally.considered == 0 {
            return vec![self.say("story.never_considered", &[])];
        }
        let won = match tally.won {
            0 => self.say("story.none_of_them", &[]).into(),
            won => won.into(),
        };
        let values = [
            ("n", tally.considered.into()),
            ("won", won),
            ("best", tally.best_performer.into()),
            ("unspoken", tally.unspoken.into()),
            ("unknown", tally.unknown.into()),
        ];
        vec![
            self.say("story.tally", &values),
            self.say("story.caution", &[]),
        ]
    }
}

/// The sentence for who was there at an incident, how many of them are strong ties, and how many spoke up: a number of
/// nobody, or of a single witness, is told in words.
fn witnesses(present: u32, counted_on: u32, defenders: u32) -> &'static str {
    match (present, counted_on > 0, defenders > 0) {
        (0, ..) => "story.witnesses.nobody",
        (1, true, true) => "story.witnesses.tie_spoke",
        (1, true, false) => "story.witnesses.tie_silent",
        (1, false, true) => "story.witnesses.other_spoke",
        (1, false, false) => "story.witnesses.other_silent",
        (_, true, true) => "story.witnesses.ties_spoke",
        (_, true, false) => "story.witnesses.ties_silent",
        (_, false, true) => "story.witnesses.others_spoke",
        (_, false, false) => "story.witnesses.others_silent",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn witnesses_are_told_without_a_number_of_nobody() {
        let said = |present: u32, counted_on: u32, defenders: u32| {
            let values: [(&str, Value<'_>); 4] = [
                ("name", "Maya".into()),
                ("n", present.into()),
                ("counted_on", counted_on.into()),
                ("defenders", defenders.into()),
            ];
            let key = witnesses(present, counted_on, defenders);
            Language::all()
                .map(|language| language.say(key, &values))
                .collect::<Vec<String>>()
        };
        for (present, counted_on, defenders) in
            [(0, 0, 0), (1, 0, 0), (1, 0, 1), (1, 1, 0), (1, 1, 1)]
        {
            for sentence in said(present, counted_on, defenders) {
                assert!(!sentence.contains(['0', '1']), "{sentence}");
            }
        }
        assert_eq!(
            said(7, 0, 2)[0],
            "7 colleagues were there, none of them a strong tie of Maya; 2 spoke up in defence."
        );
        assert!(
            said(7, 3, 0).iter().all(|told| !told.contains('0')),
            "{:?}",
            said(7, 3, 0)
        );
    }
}
