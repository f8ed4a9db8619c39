//! Names in crowds, placed by hand.

use super::*;

const ROOM: Area = Area {
    x: 0.0,
    y: 0.0,
    width: 300.0,
    height: 200.0,
};

/// A name at one of so many people in one room: where all stood and where they stand then, and the name's box.
fn cleared(people: usize, name: Name) -> ([Vec<(f32, f32)>; 2], Area) {
    let stands = vec![Stand { room: 0 }; people];
    let (mut at, spacing) = layout::places(&stands, &[], &[ROOM]);
    let before = at.clone();
    let mut crowd = Crowd {
        stands: &stands,
        at: &mut at,
        rooms: &[ROOM],
        spacing: &spacing,
        radius: 4.0,
        named_radius: 5.0,
        words: &[],
        paths: &[],
    };
    let placed = crowd.make_way(&[name], 9.0, ROOM)[0];
    ([before, at], placed)
}

#[test]
fn a_name_stands_beside_its_mark_and_the_crowd_makes_way_inside_its_room() {
    let name = Name {
        stand: 300,
        size: (60.0, 14.0),
    };
    let ([before, at], placed) = cleared(600, name);
    let before = before[300];
    assert_eq!(at[300], before, "whoever is named stays");
    let (dx, dy) = (placed.centre().0 - before.0, placed.centre().1 - before.1);
    assert!(
        dx.abs() < 60.0 && dy.abs() < 40.0,
        "{placed:?} of {before:?}"
    );
    for (i, spot) in at.iter().enumerate() {
        assert!(ROOM.contains(&around(*spot, 0.0)), "{i} left the room");
        let mark = around(*spot, 3.99);
        assert!(mark.overlap(&placed) == 0.0, "{i} is covered");
        let nearer = placed.distance(*spot) < placed.distance(before);
        assert!(i == 300 || !nearer, "{i} seems to bear the name");
    }
}

#[test]
fn nobody_lies_over_another_in_a_small_room_with_two_names() {
    let room = Area {
        x: 0.0,
        y: 0.0,
        width: 110.0,
        height: 50.0,
    };
    let stands = vec![Stand { room: 0 }; 12];
    let (mut at, spacing) = layout::places(&stands, &[], &[room]);
    let mut crowd = Crowd {
        stands: &stands,
        at: &mut at,
        rooms: &[room],
        spacing: &spacing,
        radius: 5.0,
        named_radius: 6.0,
        words: &[],
        paths: &[],
    };
    let name = |stand| Name {
        stand,
        size: (36.0, 10.0),
    };
    crowd.make_way(&[name(4), name(9)], 8.0, room.inset(-12.0));
    for (i, one) in at.iter().enumerate() {
        for other in &at[..i] {
            let (dx, dy) = (other.0 - one.0, other.1 - one.1);
            assert!(dx * dx + dy * dy > 40.0, "{i}: {one:?} on {other:?}");
        }
    }
}

#[test]
fn of_two_names_in_a_narrow_place_the_one_with_less_choice_comes_first() {
    // two beside each other at the right border: if the left one takes the place below, the right one's line must cross
    let hall = Area {
        x: 0.0,
        y: 0.0,
        width: 100.0,
        height: 60.0,
    };
    let stands = vec![Stand { room: 0 }; 2];
    let mut at = vec![(80.0, 20.0), (92.0, 20.0)];
    let crowd = Crowd {
        stands: &stands,
        at: &mut at,
        rooms: &[hall],
        spacing: &[10.0],
        radius: 5.0,
        named_radius: 6.0,
        words: &[],
        paths: &[],
    };
    let mut labels = Labels::default();
    for at in [(80.0, 20.0), (92.0, 20.0)] {
        labels.avoid(around(at, 6.0), FIXED);
        labels.bar(around(at, 6.0));
    }
    let top = Area {
        height: 13.0,
        ..hall
    };
    labels.keep(top);
    let name = |stand| Name {
        stand,
        size: (30.0, 10.0),
    };
    let placed = crowd.settle(&[name(0), name(1)], &labels, 8.0, (hall, &[FREE]));
    assert!(placed[0].overlap(&placed[1]) == 0.0, "{placed:?}");
    let through = around((80.0, 20.0), 4.0);
    assert!(placed.iter().all(|p| p.overlap(&through) == 0.0));
    assert!(placed[1].y > 20.0, "below its mark: {placed:?}");
}

#[test]
fn where_nothing_is_covered_nobody_moves() {
    let name = Name {
        stand: 0,
        size: (30.0, 10.0),
    };
    let ([before, at], _) = cleared(4, name);
    assert_eq!(at, before);
}

#[test]
fn a_room_is_jammed_where_marks_lie_over_each_other_or_under_a_name() {
    // marks of radius 4 / 1.45 = 2.76 in the middle of the room
    let jammed = |second: (f32, f32), name: Area| {
        let stands = vec![Stand { room: 0 }; 2];
        let crowd = Crowd {
            stands: &stands,
            at: &mut [(150.0, 100.0), second],
            rooms: &[ROOM],
            spacing: &[10.0],
            radius: 4.0,
            named_radius: 5.0,
            words: &[],
            paths: &[],
        };
        crowd.is_jammed(0, &[name], &[0])
    };
    let away = around((50.0, 50.0), 5.0);
    assert!(!jammed((156.0, 100.0), away));
    assert!(jammed((155.0, 100.0), away));
    assert!(jammed((170.0, 100.0), around((175.0, 100.0), 3.0)));
    assert!(
        !jammed((170.0, 100.0), around((150.0, 100.0), 3.0)),
        "its own mark"
    );
}
