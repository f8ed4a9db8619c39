//! A real organisation as the starting firm.
//!
//! The files say who there is, where they stand and who is tied to whom; what they do not say is drawn with the
//! seed, and the notes say what was drawn. Person i of the file has post i, slot i and identity i.
//!
//! # Levels
//! From the column of levels, else one level a rank, else from the reporting line ("staff", "manager", and "head"
//! when a manager reports to the head), else the ladder of an invented firm of this size, the most senior on top.
//! Their order is `level_order`, else the ranks, else by mean height above the bottom of the reporting line, mean
//! tenure, mean age, or the smaller level on top: the first of these that tells them apart.
//!
//! # Departments
//! From the column of departments, else of functions, else "all staff". Someone without a department belongs to
//! the manager's; with no manager or none that has a department, someone who manages belongs to "Management"; for
//! anyone else it is drawn in proportion to size. A department whose people sit at several sites is split by
//! site ("litigation, Boston"), since a department of the model has one site.
//!
//! # Reporting line
//! From the column of managers. Someone without a manager reports to a manager of the next level up in the own
//! department, the one with the fewest reports; who stands highest in the department reports to the head. The head
//! has reports, then the highest level, then the longest tenure, then the highest age.

mod departments;
mod first_names;
#[cfg(test)]
mod fixture;
mod furnish;
#[cfg(test)]
mod furnish_tests;
mod ladder;
mod line;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use super::import::{ColumnMap, FileProblem, OrganisationFiles};
use super::import_plan::ImportPlan;
use super::organisation_plan::{DepartmentPlan, FunctionPlan, LevelPlan, OrganisationPlan};
use crate::random::{Purpose, Randomness, WeekKey};
use crate::units::{Headcount, Share};
use crate::world::{Department, NOBODY, Organisation, Post, World};

/// A real organisation, read and checked.
#[derive(Debug, Clone)]
pub struct Imported {
    plan: ImportPlan,
    paths: [PathBuf; 2],
    files: OrganisationFiles,
}

/// What a draw of the import is for; stands where other draws have their week.
#[derive(Clone, Copy)]
enum Draw {
    Seniority = 1,
    Level = 2,
    Department = 3,
    Desirability = 4,
    Superior = 5,
    Person = 6,
    Contact = 7,
}

fn key(randomness: &Randomness, draw: Draw) -> WeekKey {
    randomness.week(Purpose::Start, draw as i32)
}

impl Imported {
    /// Reads the files that a plan names, relative to a folder.
    ///
    /// # Errors
    /// Everything that is wrong in the files.
    pub fn read(plan: &ImportPlan, base_folder: &Path) -> Result<Self, Vec<FileProblem>> {
        let column = |meaning: &str| plan.map.get(meaning).cloned();
        let columns = ColumnMap {
            id: column("id"),
            name: column("name"),
            department: column("department"),
            level: column("level"),
            level_rank: column("level_rank"),
            manager_id: column("manager_id"),
            tenure_years: column("tenure_years"),
            age: column("age"),
            site: column("site"),
            function: column("function"),
        };
        let paths = [
            base_folder.join(&plan.employees),
            base_folder.join(&plan.ties),
        ];
        let files = OrganisationFiles::read(&paths[0], &paths[1], &columns)?;
        if files.people.is_empty() || files.people.len() as i64 > Headcount::MAXIMUM {
            return Err(vec![FileProblem {
                file: paths[0].clone(),
                line: None,
                column: None,
                message: format!("{} people cannot be simulated", files.people.len()),
                help: format!("name 1 to {} people, one a row", Headcount::MAXIMUM),
            }]);
        }
        Ok(Self {
            plan: plan.clone(),
            paths,
            files,
        })
    }

    /// What stands in the files.
    pub fn files(&self) -> &OrganisationFiles {
        &self.files
    }

    /// The same people on the same posts who do not know each other yet: ties then grow by the rules alone.
    #[must_use]
    pub fn without_ties(mut self) -> Self {
        self.files.ties.clear();
        self
    }

    /// The files read: employees and ties.
    pub fn paths(&self) -> &[PathBuf; 2] {
        &self.paths
    }

    /// Number of people.
    pub fn people(&self) -> usize {
        self.files.people.len()
    }

    /// Identities in the source, in the order of the file.
    pub fn source_ids(&self) -> impl Iterator<Item = &str> {
        self.files
            .people
            .iter()
            .map(|person| person.source_id.as_str())
    }

    /// Layers of the file of ties, in the order of the file.
    pub fn layers(&self) -> &[String] {
        &self.files.layers
    }

    /// Levels that `level_order` can put in order: as the file names them, in the order of the file.
    pub fn levels(&self) -> Vec<String> {
        ladder::named(&self.files)
    }

    /// Puts everyone in place. What the files leave open is drawn.
    pub fn arrange(&self, randomness: &Randomness) -> Arranged<'_> {
        let files = &self.files;
        let mut notes = Vec::new();
        let seniority = seniority(files, randomness);
        let ladder = ladder::ladder(
            files,
            &self.plan.level_order,
            &seniority,
            randomness,
            &mut notes,
        );
        let places = departments::departments(files, &ladder, randomness, &mut notes);
        let superior =
            line::reporting_line(files, &ladder, &places, &seniority, randomness, &mut notes);
        let desirability = key(randomness, Draw::Desirability);
        let departments = places
            .departments
            .iter()
            .enumerate()
            .map(|(d, department)| DepartmentPlan {
                desirability: share(0.2 + 0.6 * desirability.of(d as u32).uniform_double()),
                ..department.clone()
            })
            .collect();
        Arranged {
            imported: self,
            levels: ladder.levels,
            level_of: ladder.of,
            departments,
            department_of: places.of,
            functions: places.functions,
            sites: places.sites,
            superior,
            notes,
        }
    }
}

/// A real organisation with everyone in place.
#[derive(Debug, Clone)]
pub struct Arranged<'a> {
    imported: &'a Imported,
    levels: Vec<LevelPlan>,
    level_of: Vec<usize>,
    departments: Vec<DepartmentPlan>,
    department_of: Vec<usize>,
    functions: Vec<String>,
    sites: Vec<String>,
    superior: Vec<u32>,
    notes: Vec<String>,
}

impl Arranged<'_> {
    /// Writes into a plan what the files say. Of levels, departments and functions that the plan lists by the same
    /// names it keeps what files cannot say: rates of a level, desirability of a department, couplings of a function.
    pub fn complete(&self, plan: &mut OrganisationPlan) {
        let people = self.level_of.len() as i64;
        plan.employees = Headcount::try_from(people).unwrap_or(Headcount::new(1));
        plan.levels = merged(
            &self.levels,
            &plan.levels,
            |l| &l.name,
            |found, listed| {
                found.internal_share = listed.internal_share;
                found.exit_rate = listed.exit_rate;
                found.responsibility = listed.responsibility;
            },
        );
        plan.departments = merged(
            &self.departments,
            &plan.departments,
            |d| &d.name,
            |found, listed| {
                found.desirability = listed.desirability;
            },
        );
        let functions: Vec<FunctionPlan> = self
            .functions
            .iter()
            .map(|name| FunctionPlan {
                name: name.clone(),
                coupled_with: Vec::new(),
            })
            .collect();
        plan.functions = merged(
            &functions,
            &plan.functions,
            |f| &f.name,
            |found, listed| {
                found.coupled_with.clone_from(&listed.coupled_with);
            },
        );
        if !self.sites.is_empty() {
            plan.sites.clone_from(&self.sites);
        }
    }

    /// The formal organisation of the completed plan, one post a person in the order of the file, all vacant.
    pub fn organisation(&self, plan: &OrganisationPlan) -> Organisation {
        let functions: Vec<String> = plan.functions.iter().map(|f| f.name.clone()).collect();
        let index =
            |names: &[String], name: &str| names.iter().position(|n| n == name).unwrap_or(0);
        let mut organisation = Organisation::default();
        organisation.levels = plan.world_levels();
        organisation.coupling = plan.coupling();
        organisation.sites.clone_from(&plan.sites);
        organisation.departments = plan
            .departments
            .iter()
            .map(|d| Department {
                name: d.name.clone(),
                function: index(&functions, &d.function) as u8,
                site: index(&plan.sites, &d.site) as u8,
                desirability: d.desirability.get(),
                exists: true,
            })
            .collect();
        organisation.functions = functions;
        organisation.posts = self
            .superior
            .iter()
            .zip(self.level_of.iter().zip(&self.department_of))
            .map(|(&superior, (&level, &department))| Post {
                department: department as u16,
                level: level as u8,
                exists: true,
                superior,
                holder: NOBODY,
                fill_week: 0,
                chain: 0,
            })
            .collect();
        organisation.index();
        organisation
    }

    /// Gives the people what the files say of them, and their ties. Call when the firm has been filled. Fading
    /// class, last active week and next contact of the ties are left to the rules that know them.
    pub fn furnish(&self, world: &mut World, randomness: &Randomness, notes: &mut Vec<String>) {
        let imported = self.imported;
        notes.push(self.summary());
        notes.extend(self.notes.iter().cloned());
        furnish::people(
            &imported.files,
            imported.plan.pseudonyms,
            world,
            randomness,
            notes,
        );
        furnish::ties(&imported.files, &imported.plan, world, randomness, notes);
    }

    fn summary(&self) -> String {
        let file = self.imported.paths[0]
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        let people = counted(self.level_of.len(), "person", "people");
        let levels = counted(self.levels.len(), "level", "levels");
        let departments = counted(self.departments.len(), "department", "departments");
        match self.sites.len() {
            0 => format!("{file}: {people} imported in {levels} and {departments}"),
            n => {
                let sites = counted(n, "site", "sites");
                format!("{file}: {people} imported in {levels}, {departments} and {sites}")
            }
        }
    }
}

/// Entries found, each with what an entry of the same name in the plan adds.
fn merged<T: Clone>(
    found: &[T],
    listed: &[T],
    name: impl Fn(&T) -> &String,
    keep: impl Fn(&mut T, &T),
) -> Vec<T> {
    let mut merged = found.to_vec();
    for entry in &mut merged {
        if let Some(same) = listed.iter().find(|other| name(other) == name(entry)) {
            keep(entry, same);
        }
    }
    merged
}

/// Place of each person in the order of seniority, 0 the most senior: tenure, then age, then a draw.
fn seniority(files: &OrganisationFiles, randomness: &Randomness) -> Vec<usize> {
    let key = key(randomness, Draw::Seniority);
    let years = |years: Option<f64>| years.unwrap_or(-1.0);
    let mut order: Vec<usize> = (0..files.people.len()).collect();
    order.sort_by(|&a, &b| {
        let (one, other) = (&files.people[a], &files.people[b]);
        years(other.tenure_years)
            .total_cmp(&years(one.tenure_years))
            .then(years(other.age).total_cmp(&years(one.age)))
            .then(key.of(a as u32).bits().cmp(&key.of(b as u32).bits()))
            .then(a.cmp(&b))
    });
    let mut place = vec![0; order.len()];
    for (at, person) in order.into_iter().enumerate() {
        place[person] = at;
    }
    place
}

fn share(x: f64) -> Share {
    Share::try_from(x.clamp(0.0, 1.0)).unwrap_or(Share::new(0.0))
}

/// "1 person", "2 people".
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The most frequent of some names; of equally frequent ones the first met.
fn most_frequent<'a>(names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for name in names {
        match counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => counts.push((name, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts
        .iter()
        .find(|(_, count)| *count == most)
        .map(|(name, _)| *name)
}
