//! The texts a scenario was read from, and places in them.

/// A range of bytes in one of the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Which text, in the order they were read: the scenario, its bases, the `--set` arguments.
    pub(crate) text: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A text that was read, with its name.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    /// Name of the file as the user gave it, or "command line".
    pub(crate) name: String,
    pub(crate) content: String,
    /// Start of each line, in bytes; a search in it beats counting lines from the top for each problem.
    lines: Vec<usize>,
    /// An argument has no line and column worth showing.
    pub(crate) is_argument: bool,
}

/// The text pointed at: one line, cut when it is very long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Excerpt {
    pub(crate) line: String,
    /// Bytes of `line` pointed at.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// False for an argument, which is shown without a line number.
    pub(crate) is_numbered: bool,
}

/// Bytes shown before and after the start of what is pointed at; the renderer cuts further to the width.
const WINDOW: (usize, usize) = (400, 600);

impl Text {
    pub(crate) fn file(name: String, content: String) -> Self {
        let lines = std::iter::once(0)
            .chain(content.match_indices('\n').map(|(i, _)| i + 1))
            .collect();
        Self {
            name,
            content,
            lines,
            is_argument: false,
        }
    }

    pub(crate) fn argument(content: String) -> Self {
        Self {
            is_argument: true,
            ..Self::file("command line".to_owned(), content)
        }
    }

    /// Line and column of a byte, both counted from 1, the column in characters.
    pub(crate) fn line_column(&self, byte: usize) -> (usize, usize) {
        let byte = floor_boundary(&self.content, byte);
        let line = self.lines.partition_point(|&start| start <= byte).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        let before = self.content.get(start..byte).unwrap_or("");
        (line, before.chars().count() + 1)
    }

    /// The line of a place with the part pointed at; a place over several lines is cut to the first.
    pub(crate) fn excerpt(&self, place: Place) -> Excerpt {
        let (line, _) = self.line_column(place.start);
        let from = self.lines.get(line - 1).copied().unwrap_or(0);
        let to = self
            .lines
            .get(line)
            .map_or(self.content.len(), |next| next - 1);
        let whole = self
            .content
            .get(from..to)
            .unwrap_or("")
            .trim_end_matches('\r');
        let start = floor_boundary(whole, place.start.saturating_sub(from));
        let end = floor_boundary(whole, place.end.saturating_sub(from)).max(start);
        let cut_from = floor_boundary(whole, start.saturating_sub(WINDOW.0));
        let cut_to = floor_boundary(whole, start + WINDOW.1);
        Excerpt {
            line: whole.get(cut_from..cut_to).unwrap_or("").to_owned(),
            start: start - cut_from,
            end: end.min(cut_to) - cut_from,
            is_numbered: !self.is_argument,
        }
    }
}

/// The nearest boundary of a character at or before `byte`.
fn floor_boundary(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_and_columns_count_characters() {
        let text = Text::file("t".into(), "a = 1\nö = \"äh\" # x\n".into());
        assert_eq!(text.line_column(0), (1, 1));
        assert_eq!(text.line_column(6), (2, 1));
        assert_eq!(
            text.line_column(11),
            (2, 5),
            "ö takes two bytes and one column"
        );
        assert_eq!(text.line_column(9999), (3, 1), "past the end is the end");
    }

    #[test]
    fn a_very_long_line_is_cut_around_the_place() {
        let text = Text::file(
            "t".into(),
            format!("{}HERE{}", "é".repeat(5000), "z".repeat(5000)),
        );
        let excerpt = text.excerpt(Place {
            text: 0,
            start: 10_000,
            end: 10_004,
        });
        assert!(excerpt.line.len() < 1100);
        assert_eq!(&excerpt.line[excerpt.start..excerpt.end], "HERE");
    }
}
