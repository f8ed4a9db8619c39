//! Made-up firms for tests: plausible tables, without the simulator. They show what charts do with
//! data, and nothing about strategies.

mod results;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::rows::{
    EmployeeYear, Event, Outcome, Placement, Position, ProgrammeRow, Provenance, Rows, TieRow,
    WeekRow,
};

pub(crate) use results::write;

const DEPARTMENTS: [&str; 12] = [
    "Finance",
    "Sales",
    "Research and development",
    "Operations",
    "Human resources",
    "Legal",
    "Marketing",
    "Customer support",
    "Logistics",
    "IT",
    "Procurement",
    "Communication",
];
const LEVELS: [&str; 4] = ["analyst", "senior", "manager", "director"];
const STRATEGIES: [&str; 3] = ["authentic", "isolated", "transactional"];
const PERSONAS: [&str; 4] = [
    "Michael",
    "Executive (Ana)",
    "Junior analyst Lê",
    "Chief of staff",
];

#[derive(Clone)]
struct Person {
    strategy: usize,
    department: usize,
    level: usize,
    there: bool,
    sociability: f64,
}

/// A firm over four years with two restructurings, in weeks 60 and 130.
pub(crate) fn firm(people: usize) -> Rows {
    let mut random = ChaCha8Rng::seed_from_u64(people as u64);
    let departments = (people / 18).clamp(3, DEPARTMENTS.len());
    let mut staff: Vec<Person> = (0..people)
        .map(|i| Person {
            strategy: i % 3,
            department: random.random_range(0..departments),
            level: usize::from(i % 7 == 0) + usize::from(i % 20 == 0),
            there: true,
            sociability: random.random_range(0.3..1.7),
        })
        .collect();
    let mut ties = grow(&staff, &mut random);
    let mut rows = Rows {
        provenance: Provenance {
            scenario: "made-up".into(),
            scenario_hash: "5e1f0a77c0ffee00".into(),
            seed: 7,
            version: "0.1.0".into(),
            command: Some("allies run made-up.toml --seed 7".into()),
        },
        focus: Some(0),
        programmes: (0..people)
            .map(|employee| ProgrammeRow {
                programme: "mentors for all".into(),
                kind: "mentoring".into(),
                week: 30,
                employee: employee as u32,
                assigned: employee % 2 == 0,
            })
            .collect(),
        ..Rows::default()
    };
    panel(&mut rows, &staff, 0);
    snapshot(&mut rows, "start", 0, &staff, &ties);
    for week in 0..208 {
        if week == 60 || week == 130 {
            let name = if week == 60 { "1" } else { "2" };
            snapshot(
                &mut rows,
                &format!("restructuring-{name}-before"),
                week - 1,
                &staff,
                &ties,
            );
            restructure(
                &mut rows,
                name,
                week,
                &mut staff,
                &mut ties,
                &mut random,
                departments,
            );
        }
        if week == 73 || week == 143 {
            let name = if week == 73 { "1" } else { "2" };
            snapshot(
                &mut rows,
                &format!("restructuring-{name}-after-13"),
                week,
                &staff,
                &ties,
            );
        }
        for (i, person) in staff
            .iter_mut()
            .enumerate()
            .filter(|(_, person)| person.there)
        {
            let chance = [0.0022, 0.0008, 0.0016][person.strategy];
            if person.level < 3 && random.random_bool(chance) {
                let mut event = event(week, "promoted", i, person);
                event.to_level = Some(LEVELS[person.level + 1].into());
                rows.events.push(event);
                person.level += 1;
            } else if i >= PERSONAS.len() && random.random_bool(0.0015) {
                rows.events.push(event(week, "left", i, person));
                person.there = false;
            }
        }
        let here = staff.iter().filter(|person| person.there).count();
        let gone = rows
            .events
            .iter()
            .rev()
            .take_while(|event| event.week == week);
        let exits = gone
            .filter(|e| matches!(e.kind.as_str(), "left" | "laid_off"))
            .count();
        rows.weekly.push(WeekRow {
            week,
            headcount: here as u32,
            output: Some(here as f64 * random.random_range(0.9..1.1)),
            exits: exits as u32,
        });
        if week % 52 == 51 {
            panel(&mut rows, &staff, week as u32 / 52 + 1);
        }
    }
    snapshot(&mut rows, "end", 208, &staff, &ties);
    rows
}

fn event(week: i32, kind: &str, employee: usize, person: &Person) -> Event {
    Event {
        week,
        kind: kind.into(),
        employee: Some(employee as u32),
        strategy: Some(STRATEGIES[person.strategy].into()),
        from_department: Some(DEPARTMENTS[person.department].into()),
        to_department: Some(DEPARTMENTS[person.department].into()),
        from_level: Some(LEVELS[person.level].into()),
        to_level: Some(LEVELS[person.level].into()),
        restructuring: None,
    }
}

fn panel(rows: &mut Rows, staff: &[Person], year: u32) {
    for (i, person) in staff.iter().enumerate().filter(|(_, person)| person.there) {
        rows.employees.push(EmployeeYear {
            year,
            employee: i as u32,
            name: Some(
                PERSONAS
                    .get(i)
                    .map_or(format!("Person {i}"), |name| (*name).into()),
            ),
            persona: i < PERSONAS.len(),
            strategy: STRATEGIES[person.strategy].into(),
            department: Some(DEPARTMENTS[person.department].into()),
            level: Some(LEVELS[person.level].into()),
            level_rank: Some(person.level as i32 + 1),
            competence: Some(person.sociability - 1.0),
            reputation: Some(0.5 + 0.1 * (person.sociability - 1.0) + 0.01 * f64::from(year)),
            known_by: Some((person.sociability * 20.0) as u32 + year),
            influence: Some(0.1 * (person.level as f64 + 1.0)),
            promotions: Some(person.level as u32),
            presence_days: Some([5.0, 3.0, 0.0][i % 3]),
        });
    }
}

fn grow(staff: &[Person], random: &mut ChaCha8Rng) -> Vec<(usize, usize, f32)> {
    let mut ties = Vec::new();
    let rooms = staff
        .iter()
        .map(|person| person.department)
        .max()
        .unwrap_or(0) as f64
        + 1.0;
    for one in 0..staff.len() {
        for other in one + 1..staff.len() {
            let same = staff[one].department == staff[other].department;
            let near = if same { 7.0 * rooms } else { 3.0 } / staff.len() as f64;
            let keen = staff[one].sociability * staff[other].sociability;
            let more = if staff[one].strategy == 1 || staff[other].strategy == 1 {
                0.5
            } else {
                1.0
            };
            if random.random_bool((near * keen * more).min(0.9)) {
                ties.push((one, other, random.random_range(0.1..2.0)));
            }
        }
    }
    ties
}

fn restructure(
    rows: &mut Rows,
    name: &str,
    week: i32,
    staff: &mut [Person],
    ties: &mut Vec<(usize, usize, f32)>,
    random: &mut ChaCha8Rng,
    departments: usize,
) {
    let dissolved = if name == "1" {
        departments - 1
    } else {
        departments - 2
    };
    let also = 0;
    for (i, person) in staff
        .iter_mut()
        .enumerate()
        .filter(|(_, person)| person.there)
    {
        if person.department != dissolved && person.department != also {
            continue;
        }
        let luck: f64 = random.random_range(0.0..1.0) + [0.15, -0.15, 0.0][person.strategy];
        let outcome = if person.department == also && luck > 0.3 {
            Outcome::Kept
        } else {
            match luck {
                l if l > 0.85 => Outcome::Better,
                l if l > 0.5 => Outcome::Lateral,
                l if l > 0.15 => Outcome::LessDesirable,
                l if l > 0.05 => Outcome::Left,
                _ => Outcome::Dismissed,
            }
        };
        let from = person.department;
        let gone = matches!(outcome, Outcome::Dismissed | Outcome::Left);
        if gone {
            person.there = false;
            let kind = if outcome == Outcome::Left {
                "left"
            } else {
                "laid_off"
            };
            rows.events.push(event(week, kind, i, person));
        } else if outcome != Outcome::Kept {
            person.department = random.random_range(1..dissolved.max(2));
            let mut moved = event(week, "reassigned", i, person);
            moved.from_department = Some(DEPARTMENTS[from].into());
            moved.restructuring = Some(name.into());
            rows.events.push(moved);
            ties.retain(|(one, other, _)| (*one != i && *other != i) || random.random_bool(0.6));
        }
        rows.placements.push(Placement {
            restructuring: name.into(),
            week,
            employee: i as u32,
            strategy: STRATEGIES[person.strategy].into(),
            from_department: Some(DEPARTMENTS[from].into()),
            to_department: (!gone).then(|| DEPARTMENTS[person.department].into()),
            outcome,
            displaced: Some(outcome != Outcome::Kept),
        });
    }
    ties.retain(|_| random.random_bool(0.93));
}

fn snapshot(
    rows: &mut Rows,
    name: &str,
    week: i32,
    staff: &[Person],
    ties: &[(usize, usize, f32)],
) {
    let mut degree = vec![0_usize; staff.len()];
    for (one, other, strength) in ties {
        if staff[*one].there && staff[*other].there {
            degree[*one] += 1;
            degree[*other] += 1;
            for (source, target) in [(one, other), (other, one)] {
                rows.ties.push(TieRow {
                    snapshot: name.into(),
                    source: *source as u32,
                    target: *target as u32,
                    strength: *strength,
                    week,
                    layers: [*strength * 0.5, *strength * 0.25, *strength * 0.25],
                    trust: 0.2 + 0.1 * (source % 8) as f32,
                    last_contact: Some(week - ((source + target) % 20) as i32),
                    informs: Some(source % 4 == 0),
                });
            }
        }
    }
    for (i, person) in staff.iter().enumerate().filter(|(_, person)| person.there) {
        // Stand-ins with the shape of the real measures: skewed, and falling with degree.
        let wobble = 0.7 + person.sociability * 0.4;
        let ties = degree[i] as f64;
        rows.positions.push(Position {
            snapshot: name.into(),
            week,
            employee: i as u32,
            strategy: STRATEGIES[person.strategy].into(),
            department: Some(DEPARTMENTS[person.department].into()),
            betweenness: Some((ties * ties * wobble * wobble / 40.0 / staff.len() as f64).min(0.4)),
            constraint: (degree[i] > 0).then(|| (1.9 / ties * wobble + 0.04).min(1.2)),
            degree: Some(ties),
            effective_size: (degree[i] > 0).then_some(ties * 0.7),
        });
    }
}
