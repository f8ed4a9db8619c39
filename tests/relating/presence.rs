//! Offices, remote work and channels (M1).

use crate::firms;
use crate::paired::{
    SEEDS, at_the_end, down, effect, firm, mean, mean_of, over_the_year, records,
    regard_of_managers, share, up, weekly,
};
use allies::engine::Channel;
use allies::scenario::Scenario;
use allies::units::{Probability, Share};

fn present_for(scenario: &mut Scenario, office: f64, hybrid: f64) {
    scenario.hiring.office = Share::new(office);
    scenario.hiring.hybrid = Share::new(hybrid);
}

#[test]
fn remote_work_makes_contact_more_siloed_and_people_less_known() {
    let office = |s: &mut Scenario| present_for(s, 1.0, 0.0);
    let remote = |s: &mut Scenario| present_for(s, 0.0, 0.0);
    let cross = |s: Scenario| {
        let (mut across, mut all) = (0.0, 0.0);
        firms::run(s, &mut |world, _| {
            if world.week >= 0 {
                across += weekly(world, |w| f64::from(w.across));
                all += weekly(world, |w| f64::from(w.contacts));
            }
        });
        share(across, all)
    };
    down(effect(office, remote, cross));
    let added = |s| over_the_year(s, |world, _| weekly(world, |w| f64::from(w.formed)));
    down(effect(office, remote, added));
    let known = |s| at_the_end(s, |world, _| mean_of(world, |p| p.known));
    down(effect(office, remote, known));
    down(effect(office, remote, |s| {
        at_the_end(s, regard_of_managers)
    }));
}

#[test]
fn hybrid_people_are_nearly_as_well_known_as_those_in_the_office() {
    // E77: no difference in promotions; E76: a large one when fully remote
    let known = |s| at_the_end(s, |world, _| mean_of(world, |p| p.known));
    let of = |office, hybrid| {
        mean((0..SEEDS).map(|seed| {
            let mut scenario = firm(seed);
            present_for(&mut scenario, office, hybrid);
            known(scenario)
        }))
    };
    let (office, hybrid, remote) = (of(1.0, 0.0), of(0.0, 1.0), of(0.0, 0.0));
    assert!(
        (office - hybrid).abs() < 0.5 * (hybrid - remote),
        "{office} {hybrid} {remote}"
    );
}

#[test]
fn rituals_keep_a_remote_department_together() {
    let with = |rate: f64| {
        move |s: &mut Scenario| {
            present_for(s, 0.0, 0.0);
            s.opportunity.ritual = Probability::new(rate);
        }
    };
    let met = |s| {
        at_the_end(s, |world, _| {
            records(world)
                .iter()
                .filter(|(ego, alter, _)| {
                    let of = |slot: u32| world.employees.profiles[slot as usize].department;
                    of(*ego) == of(*alter)
                })
                .count() as f64
        })
    };
    up(effect(with(0.0), with(0.6), met));
}

#[test]
fn apart_people_write_and_call_and_in_the_office_they_meet() {
    let mut channels = [[0.0; 3]; 2];
    for (i, office) in [1.0, 0.0].into_iter().enumerate() {
        let mut scenario = firm(1);
        present_for(&mut scenario, office, 0.0);
        firms::run(scenario, &mut |_, model| {
            for (_, _, offer, _) in model.office().contacts() {
                channels[i][offer.channel() as usize] += 1.0;
            }
        });
    }
    let [office, remote] = channels;
    assert_eq!(
        office[Channel::Video as usize] + office[Channel::Asynchronous as usize],
        0.0
    );
    assert_eq!(remote[Channel::InPerson as usize], 0.0);
    assert!(remote[1] > 100.0 && remote[2] > 100.0, "{remote:?}");
}
