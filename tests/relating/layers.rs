//! What a tie is made of: collaboration, friendship, career support and insight (M5, M6).

use crate::firms;
use crate::paired::{at_the_end, correlation, down, effect, mean, records, share, up, weekly};
use allies::scenario::Scenario;
use allies::units::{Factor, Share};
use allies::world::{CAREER, COLLABORATION, FRIENDSHIP, Tie};

/// Correlation over pairs of the two sides' strengths on a layer.
fn returned(layer: usize) -> impl Fn(Scenario) -> f64 + Sync {
    move |scenario| {
        at_the_end(scenario, |world, _| {
            let sides = records(world).into_iter().filter_map(|(ego, alter, tie)| {
                let back = world.tie(alter, ego)?;
                let both = (tie.strength[layer], back.strength[layer]);
                Some((f64::from(both.0), f64::from(both.1)))
            });
            correlation(&sides.collect::<Vec<_>>())
        })
    }
}

/// Correlation over ties of collaboration with friendship.
fn layers_alike(scenario: Scenario) -> f64 {
    at_the_end(scenario, |world, _| {
        let of = |tie: &Tie, layer: usize| f64::from(tie.strength[layer]);
        let both = records(world)
            .into_iter()
            .map(|(_, _, tie)| (of(&tie, COLLABORATION), of(&tie, FRIENDSHIP)));
        correlation(&both.collect::<Vec<_>>())
    })
}

#[test]
fn whom_one_likes_makes_friends_of_some_and_the_other_need_not_feel_the_same() {
    let with = |on: bool| move |s: &mut Scenario| s.liking.enabled = on;
    down(effect(with(false), with(true), layers_alike));
    down(effect(with(false), with(true), returned(FRIENDSHIP)));
    let mutual = |share: f64| move |s: &mut Scenario| s.liking.mutual = Share::new(share);
    up(effect(mutual(0.0), mutual(1.0), returned(FRIENDSHIP)));
}

#[test]
fn collaboration_is_returned_the_less_the_less_answering_counts() {
    let answered = |share: f64| move |s: &mut Scenario| s.exchange.answered = Share::new(share);
    down(effect(
        answered(1.0),
        answered(0.2),
        returned(COLLABORATION),
    ));
}

#[test]
fn career_support_is_held_for_those_above() {
    let downward = |factor: f64| move |s: &mut Scenario| s.exchange.downward = Factor::new(factor);
    // mean career support towards higher levels less that towards lower ones
    let lead = |scenario: Scenario| {
        at_the_end(scenario, |world, _| {
            let level = |slot: u32| world.employees.profiles[slot as usize].level;
            let towards = |above: bool| {
                let ties = records(world).into_iter();
                let ties = ties.filter(|&(ego, alter, _)| {
                    level(ego) != level(alter) && (level(alter) > level(ego)) == above
                });
                mean(ties.map(|(_, _, tie)| f64::from(tie.strength[CAREER])))
            };
            towards(true) - towards(false)
        })
    };
    up(effect(downward(1.0), downward(0.3), lead));
}

#[test]
fn seniors_support_those_who_show_promise() {
    // E86: who has a mentor is the abler; what somebody above holds for one, weighed by the last rating
    let abler = |s| {
        at_the_end(s, |world, _| {
            let (mut weighed, mut all) = (0.0, 0.0);
            for (holder, whom, tie) in records(world) {
                let of = |slot: u32| &world.employees.profiles[slot as usize];
                if of(holder).level > of(whom).level {
                    weighed += f64::from(tie.strength[CAREER] * of(whom).rated());
                    all += f64::from(tie.strength[CAREER]);
                }
            }
            weighed / all
        })
    };
    up(effect(
        |s| s.exchange.promise = Factor::new(0.0),
        |s| s.exchange.promise = Factor::new(1.0),
        abler,
    ));
}

#[test]
fn attentive_people_learn_what_others_need_and_give_what_is_wanted() {
    let with = |attentiveness: f64| {
        move |s: &mut Scenario| {
            for strategy in s.strategies.values_mut() {
                strategy.attentiveness = Share::new(attentiveness);
            }
        }
    };
    let insight = |s| {
        at_the_end(s, |world, _| {
            mean(
                records(world)
                    .iter()
                    .map(|(_, _, tie)| f64::from(tie.insight)),
            )
        })
    };
    up(effect(with(0.1), with(0.9), insight));
    let help = |s| {
        let (mut help, mut contacts) = (0.0, 0.0);
        firms::run(s, &mut |world, _| {
            help += weekly(world, |w| f64::from(w.help));
            contacts += weekly(world, |w| f64::from(w.contacts));
        });
        share(help, contacts)
    };
    up(effect(with(0.1), with(0.9), help));
}
