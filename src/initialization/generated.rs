//! The formal organisation of an invented firm: ladder, departments, posts and reporting line.
//!
//! Posts are shared out by largest remainder: over levels by the ladder's shares, over departments by their
//! sizes. Each post reports to one of the next level above, in its own department where there is one; spans
//! of control are skewed as in real firms (E14: median 5 to 7, mean 7 to 12).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::remainder::largest_remainder;
use crate::random::{Purpose, Randomness};
use crate::units::{Factor, Few, Headcount, Probability, Rate, Share};
use crate::world::{Department, Level, NOBODY, Organisation, Post};

/// A rung of the ladder.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LevelPlan {
    /// Name of the level [text].
    pub name: String,
    /// Share of the staff on this level; the shares of all levels sum to 1 [share]. Scenario's choice.
    pub share: Share,
    /// Whether people of this level manage others [switch]. Scenario's choice.
    pub manages: bool,
    /// Share of its vacancies filled from inside when there is a candidate [probability]. Source: E5.
    pub internal_share: Probability,
    /// Yearly rate of leaving of one's own accord, before the mechanisms of M16 shift it [1/year]. Source: E18.
    pub exit_rate: Rate,
    /// How much the competence of a post's holder counts in the firm's efficiency [share]. Source: 0.2 at the bottom to 1 at the top in E110.
    pub responsibility: Share,
}

impl Default for LevelPlan {
    fn default() -> Self {
        Self {
            name: String::new(),
            share: Share::new(0.0),
            manages: false,
            internal_share: Probability::new(0.6),
            exit_rate: Rate::new(0.11),
            responsibility: Share::new(0.5),
        }
    }
}

/// A function: a kind of work that departments do.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FunctionPlan {
    /// Name of the function [text].
    pub name: String,
    /// Functions with which it naturally works together [names of functions]. Scenario's choice.
    pub coupled_with: Vec<String>,
}

/// A department.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DepartmentPlan {
    /// Name of the department [text].
    pub name: String,
    /// Its function [name of a function].
    pub function: String,
    /// Its site; the first site when empty [name of a site].
    pub site: String,
    /// Its size relative to the others [factor]. Scenario's choice.
    pub size: Factor,
    /// How much people like to work there [share]. Scenario's choice.
    pub desirability: Share,
}

impl Default for DepartmentPlan {
    fn default() -> Self {
        Self {
            name: String::new(),
            function: String::new(),
            site: String::new(),
            size: Factor::new(1.0),
            desirability: Share::new(0.5),
        }
    }
}

/// The plan of the formal organisation.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct OrganisationPlan {
    /// Posts, all filled at the start [persons]. Scenario's choice.
    pub employees: Headcount,
    /// Cooperation norm of the firm [share]. Scenario's choice.
    pub cooperation: Share,
    /// Skew of the spans of control [standard deviation of their logarithm]. Source: E14.
    pub span_spread: Factor,
    /// Coupling of functions that are not named as coupled; named ones have 1 [share]. Assumed; no source.
    pub loose_coupling: Share,
    /// People in a department when departments are not listed [count]. Assumed; no source.
    pub department_size: Few,
    /// Sites; one nameless site when empty [names].
    pub sites: Vec<String>,
    /// Functions; four general ones when empty.
    pub functions: Vec<FunctionPlan>,
    /// The ladder from the bottom; when empty, one that fits the number of employees (E13 to E16).
    pub levels: Vec<LevelPlan>,
    /// Departments; when empty, as many as `department_size` makes.
    pub departments: Vec<DepartmentPlan>,
    /// A real organisation to start from, in place of an invented one.
    pub import: Option<super::ImportPlan>,
}

impl Default for OrganisationPlan {
    fn default() -> Self {
        Self {
            employees: Headcount::new(500),
            cooperation: Share::new(0.5),
            span_spread: Factor::new(0.8),
            loose_coupling: Share::new(0.2),
            department_size: Few::new(60),
            sites: Vec::new(),
            functions: Vec::new(),
            levels: Vec::new(),
            departments: Vec::new(),
            import: None,
        }
    }
}

/// A ladder for a firm of `n` people. Layers and spans follow E13 to E16: about one in eight or nine has
/// reports, the head has about seven, layers in between grow geometrically; three rungs below management.
/// Quits fall with rank (E18), inside shares rise (E5).
pub fn ladder(n: u32) -> Vec<LevelPlan> {
    let n = f64::from(n);
    let first_line = (n * 0.096).max(1.0);
    let between = libm::floor(libm::log((first_line / 7.0).max(1.0)) / libm::log(5.5) + 0.5) as u32;
    let mut management = vec![first_line];
    for layer in (0..between).rev() {
        // from just below the first line up to the seven under the head
        let part = f64::from(layer) / f64::from(between);
        management.push(7.0 * libm::pow(first_line / 7.0, part));
    }
    if n > 12.0 {
        management.push(1.0);
    }
    let managing: f64 = management.iter().sum::<f64>().min(n);
    let staff: &[(&str, f64, f64, f64)] = if n < 60.0 {
        &[
            ("associate", 0.55, 0.0, 0.12),
            ("professional", 0.45, 0.5, 0.1),
        ]
    } else {
        &[
            ("associate", 0.42, 0.0, 0.13),
            ("professional", 0.33, 0.6, 0.127),
            ("senior", 0.25, 0.55, 0.11),
        ]
    };
    let titles: &[&str] = match management.len() {
        0 | 1 => &["head"],
        2 => &["manager", "head"],
        3 => &["manager", "director", "head"],
        4 => &["manager", "senior manager", "director", "head"],
        5 => &[
            "manager",
            "senior manager",
            "director",
            "vice president",
            "head",
        ],
        6 => &[
            "team lead",
            "manager",
            "senior manager",
            "director",
            "vice president",
            "head",
        ],
        7 => &[
            "team lead",
            "manager",
            "senior manager",
            "director",
            "senior director",
            "vice president",
            "head",
        ],
        _ => &[],
    };
    let mut levels: Vec<LevelPlan> = staff
        .iter()
        .map(|&(name, part, internal, exit)| LevelPlan {
            name: name.to_owned(),
            share: share((n - managing) * part / n),
            manages: false,
            internal_share: Probability::try_from(internal).unwrap_or(Probability::new(0.0)),
            exit_rate: Rate::try_from(exit).unwrap_or(Rate::new(0.1)),
            ..LevelPlan::default()
        })
        .collect();
    let layers = management.len();
    for (layer, size) in management.into_iter().enumerate() {
        let rank = (layer + 1) as f64 / layers as f64;
        let name = titles
            .get(layer)
            .map_or_else(|| format!("level {layer}"), |t| (*t).to_owned());
        levels.push(LevelPlan {
            name,
            share: share(size / n),
            manages: true,
            internal_share: Probability::try_from(0.48 + 0.15 * rank)
                .unwrap_or(Probability::new(0.5)),
            exit_rate: Rate::try_from(0.085 - 0.05 * rank).unwrap_or(Rate::new(0.05)),
            ..LevelPlan::default()
        });
    }
    give_responsibility(&mut levels);
    levels
}

/// Responsibility that rises evenly from 0.2 at the bottom to 1 at the top.
pub fn give_responsibility(levels: &mut [LevelPlan]) {
    let top = (levels.len().max(2) - 1) as f64;
    for (i, level) in levels.iter_mut().enumerate() {
        level.responsibility = share(0.2 + 0.8 * i as f64 / top);
    }
}

fn share(x: f64) -> Share {
    Share::try_from(x.clamp(0.0, 1.0)).unwrap_or(Share::new(0.0))
}

impl OrganisationPlan {
    /// Fills what the plan leaves open (ladder, functions, sites, departments), so that a resolved scenario shows it.
    pub fn complete(&mut self) {
        if self.sites.is_empty() {
            self.sites.push("main site".to_owned());
        }
        if self.functions.is_empty() {
            let named = |name: &str, coupled: &[&str]| FunctionPlan {
                name: name.to_owned(),
                coupled_with: coupled.iter().map(|c| (*c).to_owned()).collect(),
            };
            self.functions = vec![
                named("operations", &["product", "support"]),
                named("product", &["operations", "sales"]),
                named("sales", &["product"]),
                named("support", &["operations"]),
            ];
        }
        if self.levels.is_empty() {
            self.levels = ladder(self.employees.get());
        }
        if self.departments.is_empty() {
            let size = self.department_size.get().max(1);
            let count = (self.employees.get() / size).clamp(1, 60_000) as usize;
            let kinds = self.functions.len();
            for i in 0..count {
                let function = self.functions[i % kinds].name.clone();
                let name = if count <= kinds {
                    function.clone()
                } else {
                    format!("{function} {}", i / kinds + 1)
                };
                // desirability spreads evenly and without pattern over departments (golden section)
                let part = (i as f64 + 1.0) * 0.618_033_988_749_895;
                self.departments.push(DepartmentPlan {
                    name,
                    function,
                    site: self.sites[i % self.sites.len()].clone(),
                    size: Factor::new(1.0),
                    desirability: share(0.2 + 0.6 * (part - libm::floor(part))),
                });
            }
        }
        for department in &mut self.departments {
            if department.site.is_empty() {
                department.site.clone_from(&self.sites[0]);
            }
            if department.function.is_empty() {
                department.function.clone_from(&self.functions[0].name);
            }
        }
    }

    /// Couplings of all pairs of functions, symmetric, 1 on the diagonal.
    pub fn coupling(&self) -> Vec<f32> {
        let n = self.functions.len();
        let mut coupling = vec![self.loose_coupling.single(); n * n];
        for (f, function) in self.functions.iter().enumerate() {
            coupling[f * n + f] = 1.0;
            for (g, other) in self.functions.iter().enumerate() {
                if function.coupled_with.contains(&other.name) {
                    coupling[f * n + g] = 1.0;
                    coupling[g * n + f] = 1.0;
                }
            }
        }
        coupling
    }

    /// Levels as the world holds them.
    pub fn world_levels(&self) -> Vec<Level> {
        self.levels
            .iter()
            .map(|l| Level {
                name: l.name.clone(),
                manages: l.manages,
                internal_share: l.internal_share.get(),
                exit_rate: l.exit_rate.get(),
                responsibility: l.responsibility.get(),
            })
            .collect()
    }

    /// The formal organisation of a completed plan, all posts vacant.
    pub fn build(&self, randomness: &Randomness) -> Organisation {
        let names: Vec<String> = self.functions.iter().map(|f| f.name.clone()).collect();
        let index = |list: &[String], name: &str| list.iter().position(|n| n == name).unwrap_or(0);
        let mut organisation = Organisation::default();
        organisation.levels = self.world_levels();
        organisation.coupling = self.coupling();
        organisation.sites.clone_from(&self.sites);
        organisation.departments = self
            .departments
            .iter()
            .map(|d| Department {
                name: d.name.clone(),
                function: index(&names, &d.function) as u8,
                site: index(&self.sites, &d.site) as u8,
                desirability: d.desirability.get(),
                exists: true,
            })
            .collect();
        organisation.functions = names;
        self.posts(&mut organisation);
        self.reporting_line(&mut organisation, randomness);
        organisation.index();
        organisation
    }

    /// Creates the posts, department by department, from the top level down.
    fn posts(&self, organisation: &mut Organisation) {
        let shares: Vec<f64> = self.levels.iter().map(|l| l.share.get()).collect();
        let mut by_level = largest_remainder(self.employees.get() as usize, &shares);
        // someone must head the firm
        if let Some(top) = by_level.len().checked_sub(1)
            && by_level[top] == 0
            && let Some(largest) = (0..top).max_by_key(|&l| by_level[l])
        {
            by_level[top] = 1;
            by_level[largest] -= usize::from(by_level[largest] > 0);
        }
        let sizes: Vec<f64> = self.departments.iter().map(|d| d.size.get()).collect();
        let mut count = vec![vec![0_usize; by_level.len()]; sizes.len()];
        for (level, &n) in by_level.iter().enumerate() {
            for (department, part) in largest_remainder(n, &sizes).into_iter().enumerate() {
                count[department][level] = part;
            }
        }
        for (department, levels) in count.iter().enumerate() {
            for (level, &n) in levels.iter().enumerate().rev() {
                for _ in 0..n {
                    organisation.posts.push(Post {
                        department: department as u16,
                        level: level as u8,
                        exists: true,
                        superior: NOBODY,
                        holder: NOBODY,
                        fill_week: 0,
                        chain: 0,
                    });
                }
            }
        }
    }

    /// Gives every post but one a superior.
    fn reporting_line(&self, organisation: &mut Organisation, randomness: &Randomness) {
        let levels = organisation.levels.len();
        let lowest = organisation
            .levels
            .iter()
            .position(|l| l.manages)
            .unwrap_or(levels - 1);
        let mut at_level: Vec<Vec<u32>> = vec![Vec::new(); levels];
        for (i, post) in organisation.posts.iter().enumerate() {
            at_level[post.level as usize].push(i as u32);
        }
        let filled: Vec<usize> = (0..levels).filter(|&l| !at_level[l].is_empty()).collect();
        let Some(&top) = filled.last() else { return };
        let head = at_level[top][0];
        let key = randomness.week(Purpose::Start, 0);
        let spread = self.span_spread.get();
        let weight: Vec<f64> = (0..organisation.posts.len() as u32)
            .map(|p| libm::exp(spread * key.of_pair(p, 1).normal_double()))
            .collect();
        let mut load = vec![0.0; organisation.posts.len()];
        // managers first find their place from the top down, then everyone below management
        for level in (0..=top).rev() {
            let above =
                (level.max(lowest.saturating_sub(1)) + 1..=top).find(|&l| !at_level[l].is_empty());
            // superiors by department and by function, so that a large firm is not searched for every post
            let mut by_department = vec![Vec::new(); organisation.departments.len()];
            let mut by_function = vec![Vec::new(); organisation.functions.len()];
            let everyone = above.map_or(&[head][..], |l| &at_level[l]).to_vec();
            for &post in &everyone {
                let department = organisation.posts[post as usize].department as usize;
                by_department[department].push(post);
                by_function[organisation.departments[department].function as usize].push(post);
            }
            for &post in &at_level[level] {
                if post == head {
                    continue;
                }
                let own = organisation.posts[post as usize].department as usize;
                let function = organisation.departments[own].function as usize;
                let near = [&by_department[own], &by_function[function], &everyone];
                // nearest first; among these the one whose load is lowest for its weight
                let superior = near
                    .into_iter()
                    .find(|list| !list.is_empty())
                    .and_then(|list| {
                        list.iter().copied().min_by(|&a, &b| {
                            let relative = |p: u32| load[p as usize] / weight[p as usize];
                            relative(a).total_cmp(&relative(b)).then(a.cmp(&b))
                        })
                    })
                    .unwrap_or(head);
                load[superior as usize] += 1.0;
                organisation.posts[post as usize].superior = superior;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remainders_are_shared_out_exactly() {
        assert_eq!(largest_remainder(10, &[0.5, 0.3, 0.2]), vec![5, 3, 2]);
        assert_eq!(largest_remainder(7, &[1.0, 1.0, 1.0]), vec![3, 2, 2]);
        assert_eq!(largest_remainder(3, &[0.0, 0.0]), vec![0, 0]);
    }

    #[test]
    fn firms_of_every_size_are_a_tree_with_layers_and_spans_as_in_the_evidence() {
        for (n, fewest, most) in [
            (8, 1, 2),
            (100, 2, 3),
            (500, 3, 5),
            (1000, 3, 5),
            (20_000, 4, 7),
        ] {
            let mut plan = OrganisationPlan {
                employees: Headcount::new(n),
                ..Default::default()
            };
            plan.complete();
            let organisation = plan.build(&Randomness::new(1));
            assert_eq!(organisation.posts.len(), n as usize);
            organisation.check_tree().unwrap();
            let layers = plan.levels.iter().filter(|l| l.manages).count();
            assert!(
                (fewest..=most).contains(&layers),
                "{n}: {layers} management layers (E13)"
            );
            if n < 100 {
                continue;
            }
            let mut spans: Vec<usize> = (0..n)
                .map(|p| organisation.reports(p).len())
                .filter(|&r| r > 0)
                .collect();
            spans.sort_unstable();
            let managers = spans.len() as f64 / f64::from(n);
            assert!(
                (0.08..=0.2).contains(&managers),
                "{n}: {managers} have reports (E16)"
            );
            let mean = f64::from(n - 1) / spans.len() as f64;
            assert!((7.0..=12.0).contains(&mean), "{n}: mean span {mean} (E14)");
        }
    }
}
