//! The departments, functions and sites of a real organisation, and who belongs where.

use std::collections::BTreeMap;

use super::super::import::OrganisationFiles;
use super::super::organisation_plan::DepartmentPlan;
use super::ladder::{Ladder, reports};
use super::{Draw, counted, key, most_frequent};
use crate::random::Randomness;
use crate::units::Factor;

/// Department of those who manage and have none.
const MANAGEMENT: &str = "Management";
/// Department of everyone where the files know no departments.
const ALL_STAFF: &str = "all staff";

/// Functions that the world can tell apart.
const FUNCTIONS: usize = 250;

/// Departments, functions and sites by name, and the department of each person.
pub(super) struct Places {
    /// Departments in the order of the file; desirability is not set.
    pub(super) departments: Vec<DepartmentPlan>,
    pub(super) of: Vec<usize>,
    pub(super) functions: Vec<String>,
    /// Empty when the files know no sites.
    pub(super) sites: Vec<String>,
}

/// Index of each name in the order of its first occurrence.
#[derive(Default)]
struct Index {
    names: Vec<String>,
    places: BTreeMap<String, usize>,
}

impl Index {
    fn of(&mut self, name: &str) -> usize {
        if let Some(&place) = self.places.get(name) {
            return place;
        }
        self.places.insert(name.to_owned(), self.names.len());
        self.names.push(name.to_owned());
        self.names.len() - 1
    }
}

/// Sorts everyone into departments.
pub(super) fn departments(
    files: &OrganisationFiles,
    ladder: &Ladder,
    randomness: &Randomness,
    notes: &mut Vec<String>,
) -> Places {
    let people = &files.people;
    let mut bases = Index::default();
    let base_of = bases_of(files, ladder, &mut bases, notes);
    let mut sites = Index::default();
    let own_site: Vec<Option<usize>> = people
        .iter()
        .map(|p| p.site.as_deref().map(|site| sites.of(site)))
        .collect();
    let site_of = sites_of(
        &base_of,
        &own_site,
        bases.names.len(),
        sites.names.len(),
        notes,
    );

    // one department for each base and site that occur together, in the order of both
    let mut parts: Vec<(usize, Option<usize>)> = base_of
        .iter()
        .zip(&site_of)
        .filter_map(|(base, site)| Some(((*base)?, *site)))
        .collect();
    parts.sort_unstable();
    parts.dedup();
    let split = |base: usize| parts.iter().filter(|(b, _)| *b == base).count() > 1;
    let names: Vec<String> = parts
        .iter()
        .map(|&(base, site)| match site {
            Some(site) if split(base) => format!("{}, {}", bases.names[base], sites.names[site]),
            _ => bases.names[base].clone(),
        })
        .collect();
    let divided: Vec<&str> = (0..bases.names.len())
        .filter(|&b| split(b))
        .map(|b| bases.names[b].as_str())
        .collect();
    if !divided.is_empty() {
        notes.push(format!(
            "departments at several sites, one made for each site: {}",
            divided.join(", ")
        ));
    }
    let mut of: Vec<Option<usize>> = base_of
        .iter()
        .zip(&site_of)
        .map(|(base, site)| parts.binary_search(&((*base)?, *site)).ok())
        .collect();
    let mut size = vec![0.0; parts.len()];
    for department in of.iter().flatten() {
        size[*department] += 1.0;
    }
    let missing: Vec<usize> = (0..of.len()).filter(|&i| of[i].is_none()).collect();
    let key = key(randomness, Draw::Department);
    for &i in &missing {
        let at_site: Vec<f64> = parts
            .iter()
            .zip(&size)
            .map(|(&(_, site), &n)| {
                if own_site[i].is_none_or(|s| Some(s) == site) {
                    n
                } else {
                    0.0
                }
            })
            .collect();
        let mut draws = key.of(i as u32);
        of[i] = draws.weighted(&at_site).or_else(|| draws.weighted(&size));
    }
    if !missing.is_empty() {
        notes.push(format!(
            "{} without a department: drawn in proportion to size, at the own site where it is known",
            counted(missing.len(), "person", "people")
        ));
    }
    let of: Vec<usize> = of
        .into_iter()
        .map(|department| department.unwrap_or(0))
        .collect();
    let mut count = vec![0_usize; parts.len()];
    for &department in &of {
        count[department] += 1;
    }

    let (function_of, functions) = functions_of(files, &of, &parts, &bases.names, notes);
    let largest = count.iter().copied().max().unwrap_or(1).max(1) as f64;
    let departments = names
        .into_iter()
        .enumerate()
        .map(|(d, name)| DepartmentPlan {
            name,
            function: functions[function_of[d]].clone(),
            site: parts[d]
                .1
                .map(|site| sites.names[site].clone())
                .unwrap_or_default(),
            // sizes only count relative to each other; a factor is 20 at most
            size: Factor::try_from(count[d] as f64 / largest).unwrap_or(Factor::new(1.0)),
            ..DepartmentPlan::default()
        })
        .collect();
    Places {
        departments,
        of,
        functions,
        sites: sites.names,
    }
}

/// The department of each person as the files name it, before any split; None when it has to be drawn.
fn bases_of(
    files: &OrganisationFiles,
    ladder: &Ladder,
    bases: &mut Index,
    notes: &mut Vec<String>,
) -> Vec<Option<usize>> {
    let people = &files.people;
    let written: Vec<Option<&str>> = if people.iter().any(|p| p.department.is_some()) {
        people.iter().map(|p| p.department.as_deref()).collect()
    } else if people.iter().any(|p| p.function.is_some()) {
        notes.push("the files name no departments: one made for each function".to_owned());
        people.iter().map(|p| p.function.as_deref()).collect()
    } else {
        notes.push(format!(
            "the files name no departments: everyone belongs to \"{ALL_STAFF}\""
        ));
        vec![Some(ALL_STAFF); people.len()]
    };
    let reports = reports(people);
    let (mut with_manager, mut management) = (0, 0);
    let named: Vec<Option<&str>> = (0..people.len())
        .map(|i| {
            let of_manager = || people[i].manager.and_then(|manager| written[manager]);
            written[i].or_else(|| {
                if let Some(department) = of_manager() {
                    with_manager += 1;
                    return Some(department);
                }
                let manages = reports[i] > 0 || ladder.levels[ladder.of[i]].manages;
                management += usize::from(manages);
                manages.then_some(MANAGEMENT)
            })
        })
        .collect();
    if with_manager > 0 {
        notes.push(format!(
            "{} without a department: put into the manager's",
            counted(with_manager, "person", "people")
        ));
    }
    if management > 0 {
        notes.push(format!(
            "{} without a department who could manage: put into \"{MANAGEMENT}\"",
            counted(management, "person", "people")
        ));
    }
    named
        .into_iter()
        .map(|name| name.map(|name| bases.of(name)))
        .collect()
}

/// The site of each person: the own one, else the most frequent of the department, else of the firm.
fn sites_of(
    base_of: &[Option<usize>],
    own_site: &[Option<usize>],
    bases: usize,
    sites: usize,
    notes: &mut Vec<String>,
) -> Vec<Option<usize>> {
    if sites == 0 {
        return vec![None; own_site.len()];
    }
    let mut firm = vec![0_usize; sites];
    let mut by_base: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); bases];
    for (base, site) in base_of.iter().zip(own_site) {
        if let Some(site) = *site {
            firm[site] += 1;
            if let Some(base) = *base {
                *by_base[base].entry(site).or_default() += 1;
            }
        }
    }
    // of equally frequent sites the one that comes first in the file
    let usual = (0..sites).rev().max_by_key(|&site| firm[site]);
    let usual_of: Vec<Option<usize>> = by_base
        .iter()
        .map(|counts| {
            counts
                .iter()
                .rev()
                .max_by_key(|(_, n)| **n)
                .map(|(site, _)| *site)
                .or(usual)
        })
        .collect();
    let missing = own_site.iter().filter(|site| site.is_none()).count();
    if missing > 0 {
        notes.push(format!(
            "{} without a site: put where most of their department are",
            counted(missing, "person", "people")
        ));
    }
    base_of
        .iter()
        .zip(own_site)
        .map(|(base, own)| own.or_else(|| base.map_or(usual, |base| usual_of[base])))
        .collect()
}

/// The function of each department, and all functions.
fn functions_of(
    files: &OrganisationFiles,
    of: &[usize],
    parts: &[(usize, Option<usize>)],
    bases: &[String],
    notes: &mut Vec<String>,
) -> (Vec<usize>, Vec<String>) {
    let people = &files.people;
    let mut functions = Index::default();
    if people.iter().all(|p| p.function.is_none()) && bases.len() > FUNCTIONS {
        notes.push(format!(
            "{} departments and no functions: all have the same function",
            bases.len()
        ));
        return (vec![functions.of("work"); parts.len()], functions.names);
    }
    let mut members: Vec<Vec<&str>> = vec![Vec::new(); parts.len()];
    for (person, &department) in people.iter().zip(of) {
        members[department].extend(person.function.as_deref());
    }
    let of_department = parts
        .iter()
        .zip(&members)
        .map(|(&(base, _), known)| {
            functions.of(most_frequent(known.iter().copied()).unwrap_or(&bases[base]))
        })
        .collect();
    (of_department, functions.names)
}
