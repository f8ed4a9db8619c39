//! A picture as PNG, drawn by tiny-skia.

use std::io::Write;

use ::png::{BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter};
use tiny_skia::{
    Color, FillRule, LineJoin, Paint as Brush, Path, PathBuilder, Pixmap, Stroke as Pen,
    StrokeDash, Transform,
};

use super::Error;
use super::lettering::Step;
use super::picture::{Paint, Picture, Shape, Text};
use super::style::{Role, Theme};
use super::svg::{RIM, upside_down};

/// The PNG's bytes, with `pixels` pixels for each unit of the drawing; `words` are kept in the file beside the pixels, by
/// the keywords of the PNG specification.
pub(super) fn write(
    picture: &Picture<'_>,
    (theme, pixels): (Theme, f32),
    words: &[(&str, String)],
) -> Result<Vec<u8>, Error> {
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
    encoded(&pixmap, words).map_err(|_| Error::Png)
}

/// Pixels from which on a picture is a poster's: encoding it takes longer than drawing it.
const LARGE: u32 = 4_000_000;

/// The pixels as a file. Paper lies under everything, so there is nothing to see through, and three channels will do. Large
/// areas of one colour pack better without filters, and faster: 13 posters of 3600 by 2700 took a seventh of the time of
/// the encoder's usual setting at level 1, with files half as large again; at level 4 files are smaller than usual.
fn encoded(pixmap: &Pixmap, words: &[(&str, String)]) -> Result<Vec<u8>, EncodingError> {
    let (width, height) = (pixmap.width(), pixmap.height());
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_filter(Filter::NoFilter);
    let level = if width * height > LARGE { 1 } else { 4 };
    encoder.set_deflate_compression(DeflateCompression::Level(level));
    for (keyword, text) in words {
        encoder.add_itxt_chunk((*keyword).to_owned(), text.clone())?;
    }
    let mut writer = encoder.write_header()?;
    let mut rows = writer.stream_writer()?;
    let mut row = Vec::with_capacity(width as usize * 3);
    for line in pixmap.data().chunks_exact(width as usize * 4) {
        row.clear();
        for pixel in line.chunks_exact(4) {
            row.extend_from_slice(&pixel[..3]);
        }
        rows.write_all(&row)?;
    }
    rows.finish()?;
    writer.finish()?;
    Ok(bytes)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_the_pixels_that_were_drawn_and_the_words_that_go_with_them() {
        let words = [
            ("Title", "Wer aufstieg: 5 %".to_owned()),
            ("Source", "firm, hash 5e1f0a77".to_owned()),
        ];
        for size in [(30, 20), (2100, 2000)] {
            let mut pixmap = Pixmap::new(size.0, size.1).unwrap();
            pixmap.fill(Color::from_rgba8(250, 240, 230, 255));
            let circle = PathBuilder::from_circle(15.0, 10.0, 8.0).unwrap();
            let ink = brush(Role::Ink.into(), Theme::Light);
            pixmap.fill_path(
                &circle,
                &ink,
                FillRule::Winding,
                Transform::identity(),
                None,
            );
            let bytes = encoded(&pixmap, &words).unwrap();
            let mut reader = ::png::Decoder::new(std::io::Cursor::new(bytes))
                .read_info()
                .unwrap();
            let kept: Vec<(String, String)> = reader
                .info()
                .utf8_text
                .iter()
                .map(|chunk| (chunk.keyword.clone(), chunk.get_text().unwrap()))
                .collect();
            assert_eq!(
                kept,
                words.clone().map(|(key, text)| (key.to_owned(), text))
            );
            let mut read = vec![0; reader.output_buffer_size().unwrap()];
            let info = reader.next_frame(&mut read).unwrap();
            assert_eq!(
                (info.width, info.height, info.color_type),
                (size.0, size.1, ColorType::Rgb)
            );
            let drawn: Vec<u8> = pixmap
                .data()
                .chunks_exact(4)
                .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
                .collect();
            assert!(read == drawn, "{size:?}");
            assert!(
                pixmap
                    .data()
                    .iter()
                    .skip(3)
                    .step_by(4)
                    .all(|alpha| *alpha == 255)
            );
        }
    }
}
