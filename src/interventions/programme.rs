//! One programme of a scenario: what, when, for whom; and the draw of those who take part.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::Step;
use crate::random::{Draws, Purpose, WeekKey};
use crate::units::{Factor, Few, Hours, Share, Weeks};
use crate::world::World;

/// Kind of a programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Courses in interpersonal skill and relationship habits.
    #[default]
    Training,
    /// Someone senior meets and introduces each participant.
    Mentoring,
    /// Someone senior promises to speak for each participant before panels.
    Sponsorship,
    /// Groups eat together while one of them talks about a topic.
    LunchAndLearn,
    /// Participants exchange their posts with a colleague of another department for a while.
    Rotation,
    /// Participants are paired at random for a talk.
    VirtualCoffee,
    /// Participants are led to help and to answer each other.
    CooperationCulture,
    /// The participants' word about those of their own clique, and about favourites, counts less.
    Monitoring,
}

impl Kind {
    /// The word used in scenarios and tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Training => "training",
            Self::Mentoring => "mentoring",
            Self::Sponsorship => "sponsorship",
            Self::LunchAndLearn => "lunch_and_learn",
            Self::Rotation => "rotation",
            Self::VirtualCoffee => "virtual_coffee",
            Self::CooperationCulture => "cooperation_culture",
            Self::Monitoring => "monitoring",
        }
    }
}

/// One programme: what, when, for whom.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Programme {
    /// Name used in the results; the number of the programme when empty [text].
    pub name: String,
    /// What it is: training, mentoring, sponsorship, lunch_and_learn, rotation, virtual_coffee, cooperation_culture or monitoring [kind].
    pub kind: Kind,
    /// Week of the recorded run in which it begins [weeks]. Scenario's choice.
    pub week: Weeks,
    /// How long it lasts [weeks]. Scenario's choice.
    pub weeks: Weeks,
    /// Share of the eligible who are drawn to take part [share]. Scenario's choice.
    pub coverage: Share,
    /// Hours a week that taking part costs, besides the meetings themselves [hours a week]. Scenario's choice.
    pub hours: Hours,
    /// Levels to which it is open; all when empty [names of levels].
    pub levels: Vec<String>,
    /// Departments to which it is open; all when empty [names of departments].
    pub departments: Vec<String>,
    /// Shortest time in the firm of those to whom it is open; any when left out [weeks].
    pub tenure_from: Option<Weeks>,
    /// Longest time in the firm of those to whom it is open; any when left out [weeks].
    pub tenure_to: Option<Weeks>,
    /// Strength of what the programme does, of what its kind does by default [factor]. Scenario's choice.
    pub dose: Factor,
}

impl Default for Programme {
    fn default() -> Self {
        Self {
            name: String::new(),
            kind: Kind::default(),
            week: Weeks::new(0),
            weeks: Weeks::new(26),
            coverage: Share::new(0.5),
            hours: Hours::new(1.0),
            levels: Vec::new(),
            departments: Vec::new(),
            tenure_from: None,
            tenure_to: None,
            dose: Factor::new(1.0),
        }
    }
}

/// Who is eligible, and who of them takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Slots of all eligible, in order.
    pub eligible: Vec<u32>,
    /// Slots of those who take part, in the order of the draw.
    pub treated: Vec<u32>,
}

impl Programme {
    /// First week.
    pub fn first(&self) -> i32 {
        self.week.get() as i32
    }

    /// Last week.
    pub fn last(&self) -> i32 {
        self.first() + self.weeks.get() as i32 - 1
    }

    /// Whether it runs in a week.
    pub fn runs(&self, week: i32) -> bool {
        (self.first()..=self.last()).contains(&week)
    }

    /// Whether it runs and this is one of the weeks that `every` says.
    pub fn is_due(&self, week: i32, every: Weeks) -> bool {
        self.runs(week) && (week - self.first()) % every.get().max(1) as i32 == 0
    }

    /// Whether it is open to someone.
    pub fn is_open_to(&self, world: &World, slot: u32) -> bool {
        let &Self {
            ref levels,
            ref departments,
            tenure_from,
            tenure_to,
            ..
        } = self;
        let profile = &world.employees.profiles[slot as usize];
        let organisation = &world.organisation;
        let level = &organisation.levels[profile.level as usize].name;
        let department = &organisation.departments[profile.department as usize].name;
        let tenure = world.week - i32::from(profile.hired);
        profile.is_employed()
            && (levels.is_empty() || levels.contains(level))
            && (departments.is_empty() || departments.contains(department))
            && tenure_from.is_none_or(|from| tenure >= from.get() as i32)
            && tenure_to.is_none_or(|to| tenure <= to.get() as i32)
    }

    /// Draws the share `coverage` of the eligible, rounded, without replacement.
    pub fn draw(&self, world: &World, step: Step<'_>, number: u16) -> Drawn {
        let eligible: Vec<u32> = world
            .employees
            .present()
            .filter(|&slot| self.is_open_to(world, slot))
            .collect();
        let key = step.randomness.week(Purpose::Programme, step.week);
        let mut order: Vec<(u64, u32)> = eligible
            .iter()
            .map(|&slot| {
                let id = world.employees.profiles[slot as usize].id;
                (key.of_pair(id, u32::from(number)).bits(), slot)
            })
            .collect();
        order.sort_unstable();
        let share = self.coverage.get() * eligible.len() as f64;
        order.truncate(share.round() as usize);
        Drawn {
            eligible,
            treated: order.into_iter().map(|(_, slot)| slot).collect(),
        }
    }
}

/// The draws of one participant when a programme begins, after it is decided who takes part.
pub(super) fn at_the_start(key: WeekKey, number: u16, employee: u32) -> Draws {
    key.of_pair(u32::MAX - (1 << 16) - u32::from(number), employee)
}

/// The draws of one participant in one week of a programme: other ones than those of its beginning.
pub fn weekly(key: WeekKey, number: u16, employee: u32) -> Draws {
    key.of_pair(u32::MAX - u32::from(number), employee)
}

/// Weeks from the start of a programme to the draw of the present round, of `meets` meetings every `every` weeks.
pub(super) fn round_drawn_after(so_far: i32, every: Weeks, meets: Few) -> i32 {
    let span = every.get().max(1) * meets.get().max(1);
    so_far - so_far.rem_euclid(span as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Randomness, Shapes};
    use crate::world::small_firm::SmallFirm;

    const FIRM: SmallFirm = SmallFirm {
        departments: 2,
        leads: 2,
        staff: 10,
    };

    fn draw(programme: &Programme, world: &World, seed: u64) -> Drawn {
        let (randomness, shapes) = (Randomness::new(seed), Shapes::default());
        let step = Step {
            week: world.week,
            randomness: &randomness,
            shapes: &shapes,
        };
        programme.draw(world, step, 0)
    }

    #[test]
    fn the_share_asked_for_is_drawn_among_those_to_whom_it_is_open() {
        let mut world = FIRM.build();
        let programme = Programme {
            coverage: Share::new(0.25),
            levels: vec!["staff".to_owned()],
            departments: vec!["department 1".to_owned()],
            tenure_from: Some(Weeks::new(60)),
            ..Programme::default()
        };
        let (eligible, treated) = {
            let drawn = draw(&programme, &world, 1);
            (drawn.eligible, drawn.treated)
        };
        assert_eq!(eligible.len(), 20);
        assert_eq!(treated.len(), 5);
        assert!(treated.iter().all(|slot| eligible.contains(slot)));
        for &slot in &eligible {
            let profile = &world.employees.profiles[slot as usize];
            assert_eq!((profile.level, profile.department), (0, 1));
        }
        let newcomer = eligible[0];
        world.employees.profiles[newcomer as usize].hired = 50;
        assert!(!draw(&programme, &world, 1).eligible.contains(&newcomer));
        let young = Programme {
            tenure_from: None,
            tenure_to: Some(Weeks::new(60)),
            ..programme
        };
        assert_eq!(draw(&young, &world, 1).eligible, [newcomer]);
    }

    #[test]
    fn everyone_is_drawn_equally_often() {
        let world = FIRM.build();
        let programme = Programme {
            coverage: Share::new(0.5),
            ..Programme::default()
        };
        let n = 2000;
        let mut counts = vec![0_u32; world.employees.slots()];
        for seed in 0..n {
            for slot in draw(&programme, &world, seed).treated {
                counts[slot as usize] += 1;
            }
        }
        // 45 people, 23 drawn: p = 0.511; four and a half standard errors for the worst of 45
        let p = 23.0 / 45.0;
        let error = 4.5 * (p * (1.0 - p) / n as f64).sqrt();
        assert_eq!(counts.len(), 45);
        for &count in &counts {
            let share = f64::from(count) / n as f64;
            assert!((share - p).abs() < error, "{share}");
        }
    }

    #[test]
    fn it_runs_from_its_first_to_its_last_week() {
        let programme = Programme {
            week: Weeks::new(10),
            weeks: Weeks::new(4),
            ..Programme::default()
        };
        let running: Vec<i32> = (0..20).filter(|&week| programme.runs(week)).collect();
        assert_eq!(running, [10, 11, 12, 13]);
        let due: Vec<i32> = (0..20)
            .filter(|&week| programme.is_due(week, Weeks::new(2)))
            .collect();
        assert_eq!(due, [10, 12]);
    }
}
