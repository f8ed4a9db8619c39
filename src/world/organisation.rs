//! The formal organisation: levels, functions, sites, departments, posts and the reporting line.
//!
//! The reporting line is a tree of posts, not of people, so that it stays a tree whoever comes and goes.
//! A person's manager is the holder of the nearest filled post above.

use serde::{Deserialize, Serialize};

use super::ties::NOBODY;

/// A rung of the ladder.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Level {
    /// Name.
    pub name: String,
    /// Whether posts of this level manage others.
    pub manages: bool,
    /// Share of its vacancies that are filled from inside when a candidate is found [0 to 1].
    pub internal_share: f64,
    /// Yearly rate of voluntary exit [1/year].
    pub exit_rate: f64,
    /// How much the competence of a holder counts for the whole [0 to 1].
    pub responsibility: f64,
}

/// A department.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Department {
    /// Name.
    pub name: String,
    /// Function, an index.
    pub function: u8,
    /// Site, an index.
    pub site: u8,
    /// How people like to work there [0 to 1].
    pub desirability: f64,
    /// Whether it still exists.
    pub exists: bool,
}

/// A post: department x level, filled or vacant.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Post {
    /// Department.
    pub department: u16,
    /// Level, 0 at the bottom.
    pub level: u8,
    /// Whether it still exists.
    pub exists: bool,
    /// Post to which it reports; `NOBODY` for the head of the firm.
    pub superior: u32,
    /// Slot of the holder; `NOBODY` when vacant.
    pub holder: u32,
    /// Week in which the vacancy is to be filled; meaningful when vacant.
    pub fill_week: i32,
    /// Moves so far in the vacancy chain that ends here (White 1970); meaningful when vacant.
    pub chain: u16,
}

/// The formal organisation.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Organisation {
    /// The ladder, from the bottom.
    pub levels: Vec<Level>,
    /// Names of functions.
    pub functions: Vec<String>,
    /// Natural intersections of functions: `coupling[f * functions + g]` [0 to 1], symmetric, 1 on the diagonal.
    pub coupling: Vec<f32>,
    /// Names of sites.
    pub sites: Vec<String>,
    /// Departments; abolished ones stay in place.
    pub departments: Vec<Department>,
    /// Posts; abolished ones stay in place.
    pub posts: Vec<Post>,
    reports: Lists,
    of_department: Lists,
    of_site: Lists,
}

/// Lists of posts, one after the other.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Lists {
    start: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    /// Groups items 0..n by `key`, keeping their order; items without a key are left out.
    fn group(n: usize, groups: usize, key: impl Fn(usize) -> Option<usize>) -> Self {
        let mut start = vec![0_u32; groups + 1];
        for i in 0..n {
            if let Some(k) = key(i) {
                start[k + 1] += 1;
            }
        }
        for k in 0..groups {
            start[k + 1] += start[k];
        }
        let mut next = start.clone();
        let mut items = vec![0; start[groups] as usize];
        for i in 0..n {
            if let Some(k) = key(i) {
                items[next[k] as usize] = i as u32;
                next[k] += 1;
            }
        }
        Self { start, items }
    }

    #[inline]
    fn of(&self, group: usize) -> &[u32] {
        &self.items[self.start[group] as usize..self.start[group + 1] as usize]
    }
}

impl Organisation {
    /// Rebuilds the lists; call after posts or departments have changed.
    pub fn index(&mut self) {
        let posts = &self.posts;
        let exists = |i: usize| posts[i].exists;
        self.reports = Lists::group(posts.len(), posts.len(), |i| {
            (exists(i) && posts[i].superior != NOBODY).then(|| posts[i].superior as usize)
        });
        self.of_department = Lists::group(posts.len(), self.departments.len(), |i| {
            exists(i).then(|| posts[i].department as usize)
        });
        let departments = &self.departments;
        self.of_site = Lists::group(posts.len(), self.sites.len(), |i| {
            exists(i).then(|| departments[posts[i].department as usize].site as usize)
        });
    }

    /// Posts that report to a post.
    #[inline]
    pub fn reports(&self, post: u32) -> &[u32] {
        self.reports.of(post as usize)
    }

    /// Existing posts of a department.
    #[inline]
    pub fn posts_of_department(&self, department: u16) -> &[u32] {
        self.of_department.of(department as usize)
    }

    /// Existing posts at a site.
    #[inline]
    pub fn posts_of_site(&self, site: u8) -> &[u32] {
        self.of_site.of(site as usize)
    }

    /// The people who report to the same post as `post` does, the post itself included.
    #[inline]
    pub fn team(&self, post: u32) -> &[u32] {
        match self.posts[post as usize].superior {
            NOBODY => self.reports(post),
            superior => self.reports(superior),
        }
    }

    /// Slot of the nearest holder above a post; None for the head.
    pub fn manager_of(&self, post: u32) -> Option<u32> {
        let mut at = self.posts[post as usize].superior;
        while at != NOBODY {
            let above = self.posts[at as usize];
            if above.holder != NOBODY {
                return Some(above.holder);
            }
            at = above.superior;
        }
        None
    }

    /// How naturally two functions work together [0 to 1].
    #[inline]
    pub fn coupled(&self, a: u8, b: u8) -> f32 {
        self.coupling[a as usize * self.functions.len() + b as usize]
    }

    /// Existing departments, in order.
    pub fn existing_departments(&self) -> impl Iterator<Item = u16> + '_ {
        (0..self.departments.len() as u16).filter(|&d| self.departments[d as usize].exists)
    }

    /// Checks that the reporting line is a tree of existing posts and returns its head.
    ///
    /// # Errors
    /// The first fault found, in words.
    pub fn check_tree(&self) -> Result<u32, String> {
        let mut head = None;
        for (i, post) in self
            .posts
            .iter()
            .enumerate()
            .filter(|(_, post)| post.exists)
        {
            if post.superior == NOBODY {
                if let Some(other) = head.replace(i as u32) {
                    return Err(format!("posts {other} and {i} both head the firm"));
                }
            } else if !self.posts[post.superior as usize].exists {
                return Err(format!(
                    "post {i} reports to the abolished post {}",
                    post.superior
                ));
            }
            let mut at = i as u32;
            for _ in 0..=self.posts.len() {
                at = self.posts[at as usize].superior;
                if at == NOBODY {
                    break;
                }
            }
            if at != NOBODY {
                return Err(format!("post {i} reports to itself in a circle"));
            }
        }
        head.ok_or_else(|| "no post heads the firm".to_owned())
    }
}
