//! Heights of the blocks on the two sides of the chart of flows, and how far they stand apart.

/// How far blocks stand apart.
#[derive(Clone, Copy)]
pub(super) struct Spacing {
    /// Height of a name, so that names of thin blocks do not touch.
    pub(super) name: f32,
    /// Between blocks that are higher than their names.
    pub(super) gap: f32,
}

impl Spacing {
    /// Top and height of each block from the top of a side down, and the height of the whole: heights are as the people,
    /// whatever room the names need is left between the blocks.
    pub(super) fn stack(self, people: &[usize], scale: f32) -> (Vec<(f32, f32)>, f32) {
        let mut end = 0.0;
        let mut before: Option<f32> = None;
        let places = people
            .iter()
            .map(|&people| {
                let height = scale * people as f32;
                if people == 0 {
                    return (end, 0.0);
                }
                let y = match before {
                    None => ((self.name - height) / 2.0).max(0.0),
                    Some(above) => end + self.gap.max(self.name - f32::midpoint(above, height)),
                };
                before = Some(height);
                end = y + height;
                (y, height)
            })
            .collect();
        let below = before.map_or(0.0, |height| ((self.name - height) / 2.0).max(0.0));
        (places, end + below)
    }

    /// Height of a person, the same on all sides: as much as fits, and no more than `most`, since a few people make no
    /// wall of colour.
    pub(super) fn scale(self, sides: &[Vec<usize>], room: f32, most: f32) -> f32 {
        let fits = |scale| sides.iter().all(|side| self.stack(side, scale).1 <= room);
        if fits(most) {
            return most;
        }
        let (mut low, mut high) = (0.0, most);
        for _ in 0..40 {
            let middle = f32::midpoint(low, high);
            if fits(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_as_high_as_their_people_and_their_names_stand_apart() {
        let spacing = Spacing {
            name: 12.0,
            gap: 5.0,
        };
        let sides = [vec![25, 3, 1], vec![8, 5, 5, 5, 4, 0, 1, 1]];
        let scale = spacing.scale(&sides, 200.0, 30.0);
        for side in &sides {
            let (places, whole) = spacing.stack(side, scale);
            assert!(whole <= 200.0, "{whole}");
            let mut above: Option<(f32, f32)> = None;
            for ((y, height), people) in places.into_iter().zip(side) {
                let right = scale * *people as f32;
                assert!((height - right).abs() < 1e-4, "{people} people: {height}");
                if *people == 0 {
                    continue;
                }
                let middle = y + height / 2.0;
                if let Some((end, name)) = above {
                    assert!(y - end >= 5.0 - 1e-4, "a gap between blocks");
                    assert!(middle - name >= 12.0 - 1e-4, "names apart");
                }
                assert!(middle >= 6.0 - 1e-4 && middle <= whole - 6.0 + 1e-4);
                above = Some((y + height, middle));
            }
        }
        let (_, whole) = spacing.stack(&sides[1], scale);
        assert!(whole > 199.9, "no room is wasted: {whole}");
        assert!(scale > 3.0, "one person is seen: {scale}");
        assert_eq!(spacing.scale(&[vec![2], vec![2]], 200.0, 30.0), 30.0);
    }
}
