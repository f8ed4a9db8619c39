//! The formal organisation of an invented firm: ladder, departments, posts and reporting line.
//!
//! Posts are shared out by largest remainder: over levels by the ladder's shares, over departments by their
//! sizes. Each post reports to one of the next level above, in its own department where there is one; spans
//! of control are skewed as in real firms (E14: median 5 to 7, mean 7 to 12).

use super::organisation_plan::OrganisationPlan;
use super::remainder::largest_remainder;
use crate::random::{Purpose, Randomness};
use crate::world::{Department, Level, NOBODY, Organisation, Post};

impl OrganisationPlan {
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
    use crate::units::Headcount;

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
