//! The rings of the alliance map.

use super::picture::Area;
use crate::analysis::Closeness;

/// How much wider than high the rings may be, so that distance from the middle still reads as distance.
pub(super) const WIDEST: f32 = 1.6;
/// Radius of the ring around a bridge, of that of its mark.
pub(super) const OUTER: f32 = 1.5;
/// How far inside its ring a mark stands, as a share of the outermost.
pub(super) const INSIDE: f32 = 0.075;
/// Of neighbours in a crowded ring, how far one stands from the next in depth.
pub(super) const STEP: f32 = 0.055;
/// How far inside its ring the deepest mark stands.
pub(super) const DEEPEST: f32 = INSIDE + STEP;
/// Rings from inside, and their radius as a share of the outermost.
pub(super) const RINGS: [(Closeness, f32); 4] = [
    (Closeness::Close, 0.42),
    (Closeness::Strong, 0.63),
    (Closeness::Weak, 0.82),
    (Closeness::OneWay, 1.0),
];

pub(super) fn ring(closeness: Closeness) -> f32 {
    RINGS
        .iter()
        .find(|(own, _)| *own == closeness)
        .map_or(1.0, |(_, radius)| *radius)
}

/// Where the rings lie.
#[derive(Clone, Copy)]
pub(super) struct Rings {
    pub(super) centre: (f32, f32),
    pub(super) wide: f32,
    pub(super) high: f32,
}

impl Rings {
    pub(super) fn at(&self, angle: f32, share: f32) -> (f32, f32) {
        (
            self.centre.0 + self.wide * share * libm::cosf(angle),
            self.centre.1 + self.high * share * libm::sinf(angle),
        )
    }

    /// Whether a box lies inside the ring of this share, with all its corners.
    pub(super) fn hold(&self, area: &Area, share: f32) -> bool {
        [area.x, area.right()].into_iter().all(|x| {
            [area.y, area.bottom()].into_iter().all(|y| {
                let across = (x - self.centre.0) / (self.wide * share);
                let down = (y - self.centre.1) / (self.high * share);
                across * across + down * down <= 1.0
            })
        })
    }
}
