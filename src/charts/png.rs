//! A picture as PNG, drawn by tiny-skia.

use tiny_skia::{
    Color, FillRule, LineJoin, Paint as Brush, Path, PathBuilder, Pixmap, Stroke as Pen,
    StrokeDash, Transform,
};

use super::Error;
use super::lettering::Step;
use super::picture::{Paint, Picture, Shape, Text};
use super::style::{Role, Theme};
use super::svg::{RIM, upside_down};

/// The PNG's bytes, with `pixels` pixels for each unit of the drawing.
pub(super) fn write(picture: &Picture<'_>, theme: Theme, pixels: f32) -> Result<Vec<u8>, Error> {
    let size = |length: f32| (length * pixels).round() as u32;
    let mut pixmap = Pixmap::new(size(picture.width), size(picture.height)).ok_or(Error::Png)?;
    let scale = Transform::from_scale(pixels, pixels);
    for shape in &picture.shapes {
        match shape {
            Shape::Path {
                steps,
                fill,
                stroke,
            } => {
                let Some(path) = path(steps) else { continue };
                if let Some(fill) = fill {
                    pixmap.fill_path(&path, &brush(*fill, theme), FillRule::Winding, scale, None);
                }
                if let Some(stroke) = stroke {
                    let pen = Pen {
                        width: stroke.width,
                        line_join: LineJoin::Round,
                        dash: StrokeDash::new(stroke.dash.clone(), 0.0),
                        ..Pen::default()
                    };
                    pixmap.stroke_path(&path, &brush(stroke.paint, theme), &pen, scale, None);
                }
            }
            Shape::Text(text) => letters(&mut pixmap, picture, text, theme, scale),
        }
    }
    pixmap.encode_png().map_err(|_| Error::Png)
}

fn letters(
    pixmap: &mut Pixmap,
    picture: &Picture<'_>,
    text: &Text,
    theme: Theme,
    scale: Transform,
) {
    let weight = text.style.weight;
    let units = picture.letters.units(weight);
    let mut all = PathBuilder::new();
    for (glyph, x) in picture.letters.set(&text.words, weight).0 {
        let outline = upside_down(&picture.letters.outline(glyph, weight));
        if let Some(glyph) =
            path(&outline).and_then(|p| p.transform(Transform::from_translate(x, 0.0)))
        {
            all.push_path(&glyph);
        }
    }
    let Some(words) = all.finish() else { return };
    // A quarter turn written out: a rotation by an angle would bring in the platform's sine.
    let turn = if text.style.turned {
        Transform::from_row(0.0, -1.0, 1.0, 0.0, 0.0, 0.0)
    } else {
        Transform::identity()
    };
    let place = scale
        .pre_concat(Transform::from_translate(text.x, text.y))
        .pre_concat(turn)
        .pre_scale(text.style.size / units, text.style.size / units);
    if text.style.rim {
        let pen = Pen {
            width: units * RIM,
            line_join: LineJoin::Round,
            ..Pen::default()
        };
        pixmap.stroke_path(&words, &brush(Role::Paper.into(), theme), &pen, place, None);
    }
    pixmap.fill_path(
        &words,
        &brush(text.style.paint, theme),
        FillRule::Winding,
        place,
        None,
    );
}

fn brush(paint: Paint, theme: Theme) -> Brush<'static> {
    let colour = paint.role.colour(theme);
    let channel = |shift: u32| ((colour >> shift) & 0xff) as u8;
    let alpha = (paint.opacity.clamp(0.0, 1.0) * 255.0).round() as u8;
    let mut brush = Brush {
        anti_alias: true,
        ..Brush::default()
    };
    brush.set_color(Color::from_rgba8(
        channel(16),
        channel(8),
        channel(0),
        alpha,
    ));
    brush
}

fn path(steps: &[Step]) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for step in steps {
        match *step {
            Step::Move(x, y) => builder.move_to(x, y),
            Step::Line(x, y) => builder.line_to(x, y),
            Step::Quad(a, b, x, y) => builder.quad_to(a, b, x, y),
            Step::Cubic(a, b, c, d, x, y) => builder.cubic_to(a, b, c, d, x, y),
            Step::Close => builder.close(),
        }
    }
    builder.finish()
}
