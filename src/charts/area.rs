//! Rectangles and lines of a drawing, and what they share.

/// A straight line between two points.
pub(super) type Segment = ((f32, f32), (f32, f32));

/// A rectangle of the drawing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Area {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

impl Area {
    pub(super) fn right(&self) -> f32 {
        self.x + self.width
    }
    pub(super) fn bottom(&self) -> f32 {
        self.y + self.height
    }
    pub(super) fn centre(&self) -> (f32, f32) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }
    /// Without a margin on each side; never negative.
    pub(super) fn inset(&self, by: f32) -> Self {
        Self {
            x: self.x + by,
            y: self.y + by,
            width: (self.width - 2.0 * by).max(0.0),
            height: (self.height - 2.0 * by).max(0.0),
        }
    }
    /// Area shared with another.
    pub(super) fn overlap(&self, other: &Self) -> f32 {
        let width = self.right().min(other.right()) - self.x.max(other.x);
        let height = self.bottom().min(other.bottom()) - self.y.max(other.y);
        width.max(0.0) * height.max(0.0)
    }
    pub(super) fn contains(&self, other: &Self) -> bool {
        other.x >= self.x
            && other.y >= self.y
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }
    /// Whether a point lies inside, not on the border.
    pub(super) fn holds(&self, (x, y): (f32, f32)) -> bool {
        x > self.x && x < self.right() && y > self.y && y < self.bottom()
    }
    /// Distance of a point; nothing inside.
    pub(super) fn distance(&self, (x, y): (f32, f32)) -> f32 {
        let across = (self.x - x).max(x - self.right()).max(0.0);
        let down = (self.y - y).max(y - self.bottom()).max(0.0);
        (across * across + down * down).sqrt()
    }
}

/// The box around a mark.
pub(super) fn around((x, y): (f32, f32), radius: f32) -> Area {
    Area {
        x: x - radius,
        y: y - radius,
        width: 2.0 * radius,
        height: 2.0 * radius,
    }
}
