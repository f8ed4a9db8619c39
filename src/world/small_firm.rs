//! Firms built by hand, for the tests of the rules: small enough to work every number out on paper.

use super::{
    Behaviour, Character, Conduct, Department, Level, NOBODY, Organisation, Post, Profile,
    Standing, Strategies, Tie, Ties, World,
};

/// A head (post 0, department 0), and in each department `leads` leads with `staff` people each.
///
/// Levels are 0 staff, 1 lead, 2 head. Department d has function d % 2, site d % 2 and desirability
/// (d + 1) / (departments + 1). Posts stand department by department, each lead before the own staff; slot,
/// post and identity have the same number. Everyone is in on all days, of average traits and 40 years old.
#[derive(Clone, Copy)]
pub(crate) struct SmallFirm {
    pub(crate) departments: u16,
    pub(crate) leads: u32,
    pub(crate) staff: u32,
}

impl SmallFirm {
    /// The firm in week 100, everyone hired and on their level since week 0.
    pub(crate) fn build(self) -> World {
        let level = |name: &str, manages| Level {
            name: name.to_owned(),
            manages,
            internal_share: 0.5,
            exit_rate: 0.1,
            responsibility: 1.0,
        };
        let mut organisation = Organisation::default();
        organisation.levels = vec![
            level("staff", false),
            level("lead", true),
            level("head", true),
        ];
        organisation.functions = vec!["make".to_owned(), "sell".to_owned()];
        organisation.coupling = vec![1.0, 0.2, 0.2, 1.0];
        organisation.sites = vec!["north".to_owned(), "south".to_owned()];
        let post = |department, level, superior| Post {
            department,
            level,
            exists: true,
            superior,
            holder: NOBODY,
            fill_week: 0,
            chain: 0,
        };
        organisation.posts.push(post(0, 2, NOBODY));
        for department in 0..self.departments {
            organisation.departments.push(Department {
                name: format!("department {department}"),
                function: (department % 2) as u8,
                site: (department % 2) as u8,
                desirability: f64::from(department + 1) / f64::from(self.departments + 1),
                exists: true,
            });
            for _ in 0..self.leads {
                let lead = organisation.posts.len() as u32;
                organisation.posts.push(post(department, 1, 0));
                for _ in 0..self.staff {
                    organisation.posts.push(post(department, 0, lead));
                }
            }
        }
        organisation.index();
        let behaviour = Conduct::from(&Behaviour::default());
        let mut world = World {
            week: 100,
            organisation,
            ties: Ties::new(0, 16),
            strategies: Strategies::new([("only".to_owned(), behaviour)]),
            cooperation: 0.5,
            ..World::default()
        };
        for post in 0..world.organisation.posts.len() as u32 {
            let level = world.organisation.posts[post as usize].level;
            let profile = Profile {
                hired: 0,
                level,
                presence: 0b1_1111,
                interests: 0b1111,
                ..Profile::VACANT
            };
            let character = Character {
                born: 100 - 40 * 52,
                ..Character::default()
            };
            let standing = Standing {
                project: NOBODY,
                passed_over: i16::MIN,
                ..Standing::default()
            };
            let slot = world.employees.admit(profile, character, standing);
            world.seat(slot, post);
        }
        world.ties.resize(world.employees.slots());
        world
    }
}

/// Writes what ego holds about alter into the first free place.
pub(crate) fn put_tie(world: &mut World, ego: u32, alter: u32, tie: Tie) {
    let row = world.ties.row_mut(ego);
    let place = row.partners.iter().position(|&p| p == NOBODY).unwrap();
    row.partners[place] = alter;
    row.due[place] = i16::MAX;
    row.active_until[place] = i16::MAX;
    row.records[place] = tie;
}

/// Fails unless posts, profiles and the reporting line agree with each other.
pub(crate) fn assert_sound(world: &World) {
    world.organisation.check_tree().unwrap();
    let mut seated = 0;
    for (i, post) in world.organisation.posts.iter().enumerate() {
        if !post.exists {
            assert_eq!(
                post.holder, NOBODY,
                "someone sits on the abolished post {i}"
            );
            continue;
        }
        let department = &world.organisation.departments[post.department as usize];
        assert!(
            department.exists,
            "post {i} belongs to a department that is gone"
        );
        if post.holder != NOBODY {
            let profile = &world.employees.profiles[post.holder as usize];
            assert_eq!(profile.post, i as u32, "post and profile disagree");
            assert_eq!(profile.department, post.department);
            assert_eq!(profile.level, post.level);
            assert_eq!(profile.site, department.site);
            assert_eq!(profile.function, department.function);
            seated += 1;
        }
    }
    assert_eq!(
        seated,
        world.employees.headcount(),
        "everyone employed sits on one post"
    );
}
