//! The reporting line: where new posts fit, who leads those whose superior's post is gone, and people brought in step
//! with their posts.

use crate::world::{NOBODY, Organisation, Post, World};

/// Adds a post; the lists are rebuilt by the caller.
pub(super) fn create(world: &mut World, department: u16, level: u8, superior: u32) -> u32 {
    world.organisation.posts.push(Post {
        department,
        level,
        exists: true,
        superior,
        holder: NOBODY,
        fill_week: world.week + 4,
        chain: 0,
    });
    (world.organisation.posts.len() - 1) as u32
}

/// The post in a department under which a new post of a level fits: the lowest managing level above it, fewest reports.
pub(super) fn superior_for(organisation: &Organisation, department: u16, level: u8) -> Option<u32> {
    let manages = |l: u8| organisation.levels[l as usize].manages;
    let found = organisation
        .posts_of_department(department)
        .iter()
        .copied()
        .filter(|&p| {
            let post = organisation.posts[p as usize];
            post.level > level && manages(post.level)
        })
        .min_by_key(|&p| {
            (
                organisation.posts[p as usize].level,
                organisation.reports(p).len(),
                p,
            )
        });
    found.or_else(|| {
        // nobody above in the department: under whoever leads its highest post, else under the head
        let head = (0..organisation.posts.len() as u32).find(|&p| {
            organisation.posts[p as usize].exists
                && organisation.posts[p as usize].superior == NOBODY
        });
        let highest = organisation
            .posts_of_department(department)
            .iter()
            .copied()
            .max_by_key(|&p| (organisation.posts[p as usize].level, std::cmp::Reverse(p)))
            .map(|p| organisation.posts[p as usize].superior)
            .filter(|&p| p != NOBODY);
        highest.or(head)
    })
}

/// Gives the reports of abolished posts a new superior: the nearest existing post above, or fellow managers of the department.
pub(super) fn attach_orphans(world: &mut World, abolished: &[u32]) {
    for &gone in abolished {
        let post = world.organisation.posts[gone as usize];
        let mut above = post.superior;
        while above != NOBODY && !world.organisation.posts[above as usize].exists {
            above = world.organisation.posts[above as usize].superior;
        }
        // colleagues of the same rank and department under the same superior share the reports out among them
        let fellows: Vec<u32> = world
            .organisation
            .reports(post.superior)
            .iter()
            .copied()
            .filter(|&p| {
                let other = world.organisation.posts[p as usize];
                other.exists && other.level == post.level && other.department == post.department
            })
            .collect();
        let reports = world.organisation.reports(gone).to_vec();
        for (i, report) in reports.into_iter().enumerate() {
            let to = if fellows.is_empty() {
                above
            } else {
                fellows[i % fellows.len()]
            };
            if world.organisation.posts[report as usize].superior == gone {
                world.organisation.posts[report as usize].superior = to;
            }
        }
    }
}

/// Brings profiles in step with posts whose department or site has changed.
pub(super) fn resettle(world: &mut World) {
    for post in &world.organisation.posts {
        if post.exists && post.holder != NOBODY {
            let department = &world.organisation.departments[post.department as usize];
            let profile = &mut world.employees.profiles[post.holder as usize];
            profile.department = post.department;
            profile.site = department.site;
            profile.function = department.function;
        }
    }
}
