//! What a dealing adds to a tie, by hand.

use super::*;

fn rule() -> Exchange {
    Exchange {
        enabled: true,
        collaboration_rate: Share::new(0.1),
        friendship_rate: Share::new(0.1),
        career_rate: Share::new(0.1),
        spill: Factor::new(0.5),
        within: Share::new(1.0),
        elsewhere: Share::new(0.5),
        required: Share::new(0.5),
        answered: Share::new(0.4),
        upward: Factor::new(1.5),
        downward: Factor::new(0.2),
        promise: Factor::new(0.5),
        by_esteem: Factor::new(0.0),
        first: Share::new(0.7),
        second: Share::new(0.5),
        miss: Share::new(0.15),
        learning: Share::new(0.15),
        ..Exchange::default()
    }
}

const CONTACT: Contact = Contact {
    value: 0.5,
    power: 0.8,
    power_for_work: 0.9,
    sincerity: 0.5,
    shared: 0.25,
    weight: 1.0,
    liking: 1.0,
    required: false,
    within: true,
    answered: false,
    rank: Ordering::Equal,
    esteem: 0.0,
};

fn grown(rule: &Exchange, contact: Contact, attentiveness: f32) -> Tie {
    let mut tie = Tie {
        strength: [0.2, 0.4, 0.0],
        trust: 0.5,
        ..Tie::default()
    };
    rule.grow(&mut tie, contact, attentiveness);
    tie
}

#[test]
fn value_depends_on_whether_it_meets_a_need() {
    let needs = [3, 5];
    assert!(
        (rule().value(0.6, 0, true, needs) - 0.6).abs() < 1e-6,
        "aimed"
    );
    assert!(
        (rule().value(0.6, 3, false, needs) - 0.42).abs() < 1e-6,
        "the first, by luck"
    );
    assert!(
        (rule().value(0.6, 5, false, needs) - 0.3).abs() < 1e-6,
        "the second"
    );
    assert!(
        (rule().value(0.6, 0, false, needs) - 0.09).abs() < 1e-6,
        "a miss"
    );
}

#[test]
fn a_favour_costs_time_and_less_between_those_who_have_practice() {
    let rule = Exchange {
        effort: Hours::new(0.5),
        ease: Share::new(0.8),
        practice: Few::new(10),
        ..rule()
    };
    // 0.5 h * 0.6 of what one can give, to a stranger; after 10 contacts * (1 - 0.8 / 2), after 30 * (1 - 0.6)
    assert!((rule.favour(0.6, 0) - 0.3).abs() < 1e-6);
    assert!((rule.favour(0.6, 10) - 0.18).abs() < 1e-6);
    assert!((rule.favour(0.6, 30) - 0.12).abs() < 1e-6);
    assert_eq!(rule.favour(0.0, 0), 0.0, "nothing given, nothing spent");
    let off = Exchange {
        enabled: false,
        ..rule
    };
    assert_eq!(off.favour(0.6, 0), 0.0, "switched off");
}

#[test]
fn what_a_giver_counts_on_is_what_an_offer_is_worth_on_average() {
    assert_eq!(
        rule().expected(0.6, true),
        rule().value(0.6, 0, true, [3, 5])
    );
    let mean = (0..6)
        .map(|kind| rule().value(0.6, kind, false, [3, 5]))
        .sum::<f32>()
        / 6.0;
    assert!((rule().expected(0.6, false) - mean).abs() < 1e-6);
}

#[test]
fn layers_grow_as_the_equation_says() {
    let tie = grown(&rule(), CONTACT, 0.8);
    // collaboration: 0.2 + 0.1 * 0.9 * (0.5 + 0.5) * (1 - 0.2) * (1 + 0.5 * (0.4 + 0) / 2) = 0.2792
    assert!((tie.strength[COLLABORATION] - 0.2792).abs() < 1e-6);
    // friendship: 0.4 + 0.1 * 0.8 * 0.5 * (0.5 + 0.25) * (1 - 0.4) * (1 + 0.5 * (0.2 + 0) / 2) = 0.4189
    assert!((tie.strength[FRIENDSHIP] - 0.4189).abs() < 1e-6);
    // career: 0.1 * 0.5 * (0.25 + 0.5) * 1 * (1 + 0.5 * (0.2 + 0.4) / 2) = 0.043125
    assert!((tie.strength[CAREER] - 0.043_125).abs() < 1e-6);
    // insight: 0.8 * 0.15 * 255 = 30.6, kept as a whole number
    assert_eq!(tie.insight, 30);
}

#[test]
fn each_circumstance_moves_its_own_layer() {
    let base = grown(&rule(), CONTACT, 0.8);
    let away = grown(
        &rule(),
        Contact {
            within: false,
            ..CONTACT
        },
        0.8,
    );
    let often = grown(
        &rule(),
        Contact {
            weight: 2.0,
            ..CONTACT
        },
        0.8,
    );
    // twice the gain: 0.2 + 2 * 0.0792, 0.4 + 2 * 0.0189
    assert!((often.strength[COLLABORATION] - 0.3584).abs() < 1e-6);
    assert!((often.strength[FRIENDSHIP] - 0.4378).abs() < 1e-6);
    assert!(away.strength[COLLABORATION] < base.strength[COLLABORATION]);
    assert_eq!(away.strength[FRIENDSHIP], base.strength[FRIENDSHIP]);
    let hollow = grown(
        &rule(),
        Contact {
            sincerity: 0.2,
            ..CONTACT
        },
        0.8,
    );
    assert!(hollow.strength[FRIENDSHIP] < base.strength[FRIENDSHIP]);
    assert_eq!(hollow.strength[CAREER], base.strength[CAREER]);
    let written = grown(
        &rule(),
        Contact {
            power: 0.4,
            ..CONTACT
        },
        0.8,
    );
    assert!(written.strength[FRIENDSHIP] < base.strength[FRIENDSHIP]);
    let common = grown(
        &rule(),
        Contact {
            shared: 1.0,
            ..CONTACT
        },
        0.8,
    );
    assert!(common.strength[FRIENDSHIP] > base.strength[FRIENDSHIP]);
    let rich = grown(
        &rule(),
        Contact {
            value: 0.9,
            ..CONTACT
        },
        0.8,
    );
    assert!(rich.strength[COLLABORATION] > base.strength[COLLABORATION]);
    assert!(rich.strength[CAREER] > base.strength[CAREER]);
    assert!(grown(&rule(), CONTACT, 0.2).insight < base.insight);
}

/// What a contact adds to each layer, in units of what the plain contact adds.
fn shares(contact: Contact) -> [f32; LAYERS] {
    let start = [0.2, 0.4, 0.0];
    let (plain, other) = (grown(&rule(), CONTACT, 0.8), grown(&rule(), contact, 0.8));
    [0, 1, 2].map(|l| (other.strength[l] - start[l]) / (plain.strength[l] - start[l]))
}

#[test]
fn layers_grow_on_grounds_of_their_own() {
    let near = |found: [f32; LAYERS], expected: [f32; LAYERS]| {
        for (f, e) in found.iter().zip(expected) {
            assert!((f - e).abs() < 1e-4, "{found:?}, not {expected:?}");
        }
    };
    let liked = Contact {
        liking: 2.0,
        ..CONTACT
    };
    near(shares(liked), [1.0, 2.0, 1.0]);
    let required = Contact {
        required: true,
        ..CONTACT
    };
    near(shares(required), [1.0, 0.5, 1.0]);
    let elsewhere = Contact {
        within: false,
        ..CONTACT
    };
    near(shares(elsewhere), [0.5, 1.0, 1.0]);
    let required_elsewhere = Contact {
        required: true,
        ..elsewhere
    };
    near(shares(required_elsewhere), [1.0, 0.5, 1.0]);
    let answered = Contact {
        answered: true,
        ..CONTACT
    };
    near(shares(answered), [0.4, 1.0, 0.4]);
    let above = Contact {
        rank: Ordering::Greater,
        ..CONTACT
    };
    near(shares(above), [1.0, 1.0, 1.5]);
    let below = Contact {
        rank: Ordering::Less,
        ..CONTACT
    };
    near(shares(below), [1.0, 1.0, 0.2]);
    // 0.2 * (1 + 0.5 * 2): seniors support the able, and by no means the others
    let star = Contact {
        esteem: 2.0,
        ..below
    };
    near(shares(star), [1.0, 1.0, 0.4]);
    near(
        shares(Contact {
            esteem: -2.5,
            ..below
        }),
        [1.0, 1.0, 0.0],
    );
    near(
        shares(Contact {
            esteem: 0.9,
            ..above
        }),
        [1.0, 1.0, 1.5],
    );
}

#[test]
fn advice_is_sought_from_the_able_and_less_returned_by_them() {
    // 1 + 0.4 * 1.5 of one who is rated 1.5 above the average, 1 - 0.4 * 1.5 of one below; downwards what counts is promise
    let rule = Exchange {
        by_esteem: Factor::new(0.4),
        ..rule()
    };
    let career = |esteem, rank| {
        let contact = Contact {
            rank,
            esteem,
            ..CONTACT
        };
        grown(&rule, contact, 0.0).strength[CAREER]
    };
    for rank in [Ordering::Equal, Ordering::Greater] {
        assert!((career(1.5, rank) / career(0.0, rank) - 1.6).abs() < 1e-5);
        assert!((career(-1.5, rank) / career(0.0, rank) - 0.4).abs() < 1e-5);
        assert_eq!(career(-3.0, rank), 0.0);
    }
    let below = Ordering::Less;
    assert!((career(1.5, below) / career(0.0, below) - 1.75).abs() < 1e-5);
}

#[test]
fn a_distrusted_partner_gets_less_career_support() {
    // the career layer after one contact is proportional to trust: hollow ties do not carry
    let of = |trust| {
        let mut tie = Tie {
            trust,
            ..Tie::default()
        };
        rule().grow(&mut tie, CONTACT, 0.5);
        tie.strength[CAREER]
    };
    assert!((of(0.8) / of(0.2) - 4.0).abs() < 1e-4);
    assert_eq!(of(0.0), 0.0);
}

#[test]
fn strengths_and_insight_stay_in_range_for_ever() {
    let mut tie = Tie {
        trust: 1.0,
        ..Tie::default()
    };
    let full = Contact {
        value: 1.0,
        power: 1.0,
        power_for_work: 1.0,
        sincerity: 1.0,
        shared: 1.0,
        weight: 3.0,
        liking: 20.0,
        required: false,
        within: true,
        answered: false,
        rank: Ordering::Greater,
        esteem: 1.0,
    };
    let fastest = Exchange {
        collaboration_rate: Share::new(1.0),
        friendship_rate: Share::new(1.0),
        career_rate: Share::new(1.0),
        spill: Factor::new(20.0),
        ..rule()
    };
    let mut gains = Vec::new();
    for _ in 0..200 {
        let before = tie.strength[COLLABORATION];
        rule().grow(&mut tie, full, 1.0);
        gains.push(tie.strength[COLLABORATION] - before);
    }
    assert!(gains[100] < gains[10], "gains diminish");
    for _ in 0..20 {
        fastest.grow(&mut tie, full, 1.0);
        assert!(
            tie.strength.iter().all(|s| (0.0..=1.0).contains(s)),
            "{tie:?}"
        );
    }
}

#[test]
fn what_one_can_give_grows_with_what_it_takes() {
    let able = Character {
        competence: 1.0,
        ..Character::default()
    };
    let kind = PRACTICAL_HELP as u8;
    let nobody = Profile::VACANT;
    assert!((rule().capability(kind, &able, &nobody) - 0.65).abs() < 1e-6);
    let known = Profile {
        known: 0.8,
        influence: 0.5,
        ..Profile::VACANT
    };
    let plain = Character::default();
    // introductions 0.3 + 0.5 * 0.8 + 0.2 * 0.5 = 0.8; visibility 0.2 + 0.8 * 0.5 = 0.6
    assert!((rule().capability(INTRODUCTIONS as u8, &plain, &known) - 0.8).abs() < 1e-6);
    assert!((rule().capability(VISIBILITY as u8, &plain, &known) - 0.6).abs() < 1e-6);
    let hopeless = Character {
        competence: -4.0,
        skill: -4.0,
        ..Character::default()
    };
    for kind in 0..6 {
        let x = rule().capability(kind, &hopeless, &nobody);
        assert!(
            (0.05..=1.0).contains(&x),
            "everyone can give something: {x}"
        );
    }
}

#[test]
fn switched_off_every_contact_is_worth_the_same() {
    let off = Exchange {
        enabled: false,
        effort: Hours::new(2.0),
        ease: Share::new(0.8),
        practice: Few::new(10),
        plain: Strength::new(0.2),
        ..rule()
    };
    for (amount, kind, aimed) in [(1.0, 3, true), (0.1, 0, false), (0.5, 5, false)] {
        assert_eq!(off.value(amount, kind, aimed, [3, 5]), 0.2);
    }
}
