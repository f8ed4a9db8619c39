//! A picture as SVG. Letters are outlines, each defined once and used again; the words stand in
//! `aria-label`, and title and description are there for screen readers.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::lettering::{Step, Weight};
use super::picture::{Paint, Picture, Shape, Stroke, Text};
use super::style::Theme;

/// Which colours to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colours {
    /// Those of a theme.
    Fixed(Theme),
    /// CSS variables, for a page that follows its reader's preference.
    Variables,
}

impl Colours {
    fn of(self, paint: Paint) -> String {
        match self {
            Self::Fixed(theme) => format!("#{:06x}", paint.role.colour(theme)),
            Self::Variables => format!("var({})", paint.role.variable()),
        }
    }
}

/// The SVG. `name` keeps ids apart when several pictures share a page.
pub(super) fn write(
    picture: &Picture<'_>,
    name: &str,
    title: &str,
    description: &str,
    colours: Colours,
) -> String {
    let (width, height) = (picture.width, picture.height);
    let mut out = String::new();
    // Writing to a string cannot fail, so the results of `write!` are dropped throughout.
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" \
         aria-labelledby=\"{name}-title {name}-desc\">\n\
         <title id=\"{name}-title\">{}</title>\n<desc id=\"{name}-desc\">{}</desc>\n",
        escaped(title),
        escaped(description)
    );
    let mut glyphs: BTreeMap<(Weight, u16), String> = BTreeMap::new();
    let mut body = String::new();
    for shape in &picture.shapes {
        match shape {
            Shape::Path {
                steps,
                fill,
                stroke,
            } => {
                let _ = write!(body, "<path d=\"{}\"", path(steps));
                match fill {
                    Some(fill) => paint(&mut body, "fill", *fill, colours),
                    None => body.push_str(" fill=\"none\""),
                }
                if let Some(stroke) = stroke {
                    line(&mut body, stroke, colours);
                }
                body.push_str("/>\n");
            }
            Shape::Text(text) => letters(&mut body, picture, text, name, colours, &mut glyphs),
        }
    }
    out.push_str("<defs>\n");
    for ((weight, glyph), outline) in &glyphs {
        let _ = writeln!(
            out,
            "<path id=\"{}\" d=\"{outline}\"/>",
            id(name, *weight, *glyph)
        );
    }
    out.push_str("</defs>\n");
    out.push_str(&body);
    out.push_str("</svg>\n");
    out
}

fn id(name: &str, weight: Weight, glyph: u16) -> String {
    format!(
        "{name}-{}{glyph}",
        if weight == Weight::Bold { 'b' } else { 'r' }
    )
}

fn letters(
    body: &mut String,
    picture: &Picture<'_>,
    text: &Text,
    name: &str,
    colours: Colours,
    glyphs: &mut BTreeMap<(Weight, u16), String>,
) {
    let weight = text.style.weight;
    let units = picture.letters.units(weight);
    let scale = text.style.size / units;
    let (set, _) = picture.letters.set(&text.words, weight);
    let _ = write!(
        body,
        "<g role=\"img\" aria-label=\"{}\" transform=\"translate({} {}){} scale({})\"",
        escaped(&text.words),
        number(text.x),
        number(text.y),
        if text.style.turned {
            " rotate(-90)"
        } else {
            ""
        },
        format_args!("{scale:.6}")
    );
    paint(body, "fill", text.style.paint, colours);
    body.push('>');
    let mut uses = String::new();
    for (glyph, x) in set {
        let outline = picture.letters.outline(glyph, weight);
        if outline.is_empty() {
            continue;
        }
        glyphs
            .entry((weight, glyph.0))
            .or_insert_with(|| path(&upside_down(&outline)));
        let _ = write!(
            uses,
            "<use xlink:href=\"#{}\" x=\"{}\"/>",
            id(name, weight, glyph.0),
            number(x)
        );
    }
    if text.style.rim {
        let _ = write!(
            body,
            "<g fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\">{uses}</g>",
            colours.of(super::style::Role::Paper.into()),
            number(units * RIM)
        );
    }
    body.push_str(&uses);
    body.push_str("</g>\n");
}

/// Width of a rim's stroke in ems.
pub(super) const RIM: f32 = 0.24;

/// Font outlines point upwards, drawings downwards.
pub(super) fn upside_down(steps: &[Step]) -> Vec<Step> {
    steps
        .iter()
        .map(|step| match *step {
            Step::Move(x, y) => Step::Move(x, -y),
            Step::Line(x, y) => Step::Line(x, -y),
            Step::Quad(a, b, x, y) => Step::Quad(a, -b, x, -y),
            Step::Cubic(a, b, c, d, x, y) => Step::Cubic(a, -b, c, -d, x, -y),
            Step::Close => Step::Close,
        })
        .collect()
}

fn paint(out: &mut String, attribute: &str, paint: Paint, colours: Colours) {
    let _ = write!(out, " {attribute}=\"{}\"", colours.of(paint));
    if paint.opacity < 1.0 {
        let _ = write!(out, " {attribute}-opacity=\"{}\"", number(paint.opacity));
    }
}

fn line(out: &mut String, stroke: &Stroke, colours: Colours) {
    paint(out, "stroke", stroke.paint, colours);
    let _ = write!(
        out,
        " stroke-width=\"{}\" stroke-linejoin=\"round\"",
        number(stroke.width)
    );
    if !stroke.dash.is_empty() {
        let dash: Vec<String> = stroke.dash.iter().map(|part| number(*part)).collect();
        let _ = write!(out, " stroke-dasharray=\"{}\"", dash.join(" "));
    }
}

fn path(steps: &[Step]) -> String {
    let mut out = String::new();
    for step in steps {
        let _ = match *step {
            Step::Move(x, y) => write!(out, "M{} {}", number(x), number(y)),
            Step::Line(x, y) => write!(out, "L{} {}", number(x), number(y)),
            Step::Quad(a, b, x, y) => {
                write!(
                    out,
                    "Q{} {} {} {}",
                    number(a),
                    number(b),
                    number(x),
                    number(y)
                )
            }
            Step::Cubic(a, b, c, d, x, y) => write!(
                out,
                "C{} {} {} {} {} {}",
                number(a),
                number(b),
                number(c),
                number(d),
                number(x),
                number(y)
            ),
            Step::Close => {
                out.push('Z');
                Ok(())
            }
        };
    }
    out
}

/// Two decimals at most: a hundredth of a unit cannot be seen.
fn number(value: f32) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".into()
    } else {
        text.into()
    }
}

/// Text safe inside an attribute or an element. Control characters are no XML and become spaces.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            control if control.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_never_minus_zero() {
        assert_eq!(number(1.0), "1");
        assert_eq!(number(-0.001), "0");
        assert_eq!(number(2.456), "2.46");
        assert_eq!(number(100.0), "100");
    }

    #[test]
    fn names_cannot_break_out_of_the_markup() {
        assert_eq!(
            escaped("<script>\"'&\u{7}"),
            "&lt;script&gt;&quot;&#39;&amp; "
        );
    }
}
