//! A picture is a list of shapes with roles for colours; `svg` and `png` write it. Both therefore
//! show the same thing, letters included.

pub(super) use super::area::{Area, Segment, around};
use super::lettering::{Letters, Step, Weight};
use super::marks;
use super::style::{Mark, Role};

/// A colour by role, more or less opaque.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Paint {
    pub(super) role: Role,
    pub(super) opacity: f32,
}

impl From<Role> for Paint {
    fn from(role: Role) -> Self {
        Self { role, opacity: 1.0 }
    }
}

impl Role {
    /// The role's colour, see-through.
    pub(super) fn faint(self, opacity: f32) -> Paint {
        Paint {
            role: self,
            opacity,
        }
    }
}

/// A line along a path.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stroke {
    pub(super) paint: Paint,
    pub(super) width: f32,
    /// Dashes and gaps in the drawing's unit; empty for a solid line.
    pub(super) dash: Vec<f32>,
}

impl Stroke {
    pub(super) fn solid(paint: impl Into<Paint>, width: f32) -> Self {
        Self {
            paint: paint.into(),
            width,
            dash: Vec::new(),
        }
    }

    /// With a dash given in line widths.
    pub(super) fn dashed(paint: impl Into<Paint>, width: f32, dash: &[f32]) -> Self {
        let dash = dash.iter().map(|part| part * width).collect();
        Self {
            paint: paint.into(),
            width,
            dash,
        }
    }
}

/// Where a text's anchor is, along the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

/// How letters look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Type {
    pub(super) size: f32,
    pub(super) weight: Weight,
    pub(super) paint: Paint,
    pub(super) align: Align,
    /// Turned a quarter to the left, for vertical axes.
    pub(super) turned: bool,
    /// A rim in the paper's colour, for letters over lines.
    pub(super) rim: bool,
}

impl Type {
    pub(super) fn new(size: f32, role: Role) -> Self {
        Self {
            size,
            weight: Weight::Regular,
            paint: role.into(),
            align: Align::Left,
            turned: false,
            rim: false,
        }
    }
    pub(super) fn bold(mut self) -> Self {
        self.weight = Weight::Bold;
        self
    }
    pub(super) fn align(mut self, align: Align) -> Self {
        self.align = align;
        self
    }
    pub(super) fn turned(mut self) -> Self {
        self.turned = true;
        self
    }
    pub(super) fn rimmed(mut self) -> Self {
        self.rim = true;
        self
    }
}

/// A line of text, placed: the start of its baseline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    pub(super) words: String,
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) style: Type,
    pub(super) width: f32,
}

impl Text {
    /// The box around the letters.
    pub(super) fn area(&self) -> Area {
        let (up, down) = (self.style.size * 0.78, self.style.size * 0.24);
        if self.style.turned {
            Area {
                x: self.x - up,
                y: self.y - self.width,
                width: up + down,
                height: self.width,
            }
        } else {
            Area {
                x: self.x,
                y: self.y - up,
                width: self.width,
                height: up + down,
            }
        }
    }
}

/// One thing drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    Path {
        steps: Vec<Step>,
        fill: Option<Paint>,
        stroke: Option<Stroke>,
    },
    Text(Text),
}

impl Shape {
    /// Where it ends, handles of curves included.
    pub(super) fn bottom(&self) -> f32 {
        match self {
            Self::Text(text) => text.area().bottom(),
            Self::Path { steps, .. } => {
                let lowest = steps.iter().map(|step| match *step {
                    Step::Move(_, y) | Step::Line(_, y) => y,
                    Step::Quad(_, a, _, y) => a.max(y),
                    Step::Cubic(_, a, _, b, _, y) => a.max(b).max(y),
                    Step::Close => 0.0,
                });
                lowest.fold(0.0, f32::max)
            }
        }
    }
}

/// The drawing.
pub(super) struct Picture<'a> {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) letters: &'a Letters,
    pub(super) shapes: Vec<Shape>,
    /// Where marks stand, and their radius.
    pub(super) marks: Vec<((f32, f32), f32)>,
    /// Whether each mark is to be seen whole, so that none may lie on another.
    pub(super) apart: bool,
}

impl<'a> Picture<'a> {
    pub(super) fn new(width: f32, height: f32, letters: &'a Letters) -> Self {
        let mut picture = Self {
            width,
            height,
            letters,
            shapes: Vec::new(),
            marks: Vec::new(),
            apart: false,
        };
        picture.cut(height);
        picture
    }

    /// Gives the paper, which is the first shape, another height.
    pub(super) fn cut(&mut self, height: f32) {
        self.height = height;
        let mut above = std::mem::take(&mut self.shapes);
        let paper = Area {
            x: 0.0,
            y: 0.0,
            width: self.width,
            height,
        };
        self.rectangle(paper, Some(Role::Paper.into()), None);
        self.shapes.extend(above.drain(..).skip(1));
    }

    pub(super) fn path(&mut self, steps: Vec<Step>, fill: Option<Paint>, stroke: Option<Stroke>) {
        if !steps.is_empty() {
            self.shapes.push(Shape::Path {
                steps,
                fill,
                stroke,
            });
        }
    }

    pub(super) fn rectangle(&mut self, area: Area, fill: Option<Paint>, stroke: Option<Stroke>) {
        let (left, top, right, bottom) = (area.x, area.y, area.right(), area.bottom());
        self.path(
            vec![
                Step::Move(left, top),
                Step::Line(right, top),
                Step::Line(right, bottom),
                Step::Line(left, bottom),
                Step::Close,
            ],
            fill,
            stroke,
        );
    }

    pub(super) fn rounded(
        &mut self,
        area: Area,
        radius: f32,
        fill: Option<Paint>,
        stroke: Option<Stroke>,
    ) {
        let r = radius.min(area.width / 2.0).min(area.height / 2.0);
        let k = r * 0.447_715;
        let (left, top, right, bottom) = (area.x, area.y, area.right(), area.bottom());
        self.path(
            vec![
                Step::Move(left + r, top),
                Step::Line(right - r, top),
                Step::Cubic(right - k, top, right, top + k, right, top + r),
                Step::Line(right, bottom - r),
                Step::Cubic(right, bottom - k, right - k, bottom, right - r, bottom),
                Step::Line(left + r, bottom),
                Step::Cubic(left + k, bottom, left, bottom - k, left, bottom - r),
                Step::Line(left, top + r),
                Step::Cubic(left, top + k, left + k, top, left + r, top),
                Step::Close,
            ],
            fill,
            stroke,
        );
    }

    pub(super) fn polyline(&mut self, points: &[(f32, f32)], stroke: Stroke) {
        let steps = points
            .iter()
            .enumerate()
            .map(|(i, (x, y))| {
                if i == 0 {
                    Step::Move(*x, *y)
                } else {
                    Step::Line(*x, *y)
                }
            })
            .collect();
        self.path(steps, None, Some(stroke));
    }

    pub(super) fn polygon(&mut self, points: &[(f32, f32)], fill: Paint) {
        let mut steps: Vec<Step> = points
            .iter()
            .enumerate()
            .map(|(i, (x, y))| {
                if i == 0 {
                    Step::Move(*x, *y)
                } else {
                    Step::Line(*x, *y)
                }
            })
            .collect();
        steps.push(Step::Close);
        self.path(steps, Some(fill), None);
    }

    /// Many separate lines of one look, as one path.
    pub(super) fn segments(&mut self, lines: &[Segment], stroke: Stroke) {
        let steps = lines
            .iter()
            .flat_map(|((x1, y1), (x2, y2))| [Step::Move(*x1, *y1), Step::Line(*x2, *y2)])
            .collect();
        self.path(steps, None, Some(stroke));
    }

    /// A mark whose area is that of a circle with this radius.
    pub(super) fn mark(
        &mut self,
        mark: Mark,
        (x, y): (f32, f32),
        radius: f32,
        fill: Option<Paint>,
        stroke: Option<Stroke>,
    ) {
        self.marks.push(((x, y), radius));
        self.path(marks::outline(mark, (x, y), radius), fill, stroke);
    }

    /// A line of text at its anchor; `y` is the baseline (for turned text, `x` is).
    pub(super) fn text(&mut self, words: &str, (x, y): (f32, f32), style: Type) {
        if words.is_empty() {
            return;
        }
        let width = self.letters.width(words, style.weight, style.size);
        let back = match style.align {
            Align::Left => 0.0,
            Align::Centre => width / 2.0,
            Align::Right => width,
        };
        let (x, y) = if style.turned {
            (x, y + back)
        } else {
            (x - back, y)
        };
        self.shapes.push(Shape::Text(Text {
            words: words.to_owned(),
            x,
            y,
            style,
            width,
        }));
    }

    #[cfg(test)]
    pub(super) fn texts(&self) -> impl Iterator<Item = &Text> {
        self.shapes.iter().filter_map(|shape| match shape {
            Shape::Text(text) => Some(text),
            Shape::Path { .. } => None,
        })
    }
}
