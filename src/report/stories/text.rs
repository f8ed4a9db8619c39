//! A told story as plain text for a terminal or a mail.

use super::tell::Told;

/// Letters in a line, at most.
const WIDTH: usize = 88;

/// The story as text.
pub fn text(told: &Told) -> String {
    let mut out = format!(
        "{}\n{}\n",
        told.title,
        "=".repeat(told.title.chars().count())
    );
    for line in &told.opening {
        wrap(&mut out, "", line);
    }
    for entry in &told.entries {
        out.push('\n');
        wrap(&mut out, "", &format!("{}: {}", entry.when, entry.headline));
        for line in &entry.body {
            wrap(&mut out, "    ", line);
        }
    }
    if !told.closing.is_empty() {
        out.push('\n');
    }
    for line in &told.closing {
        wrap(&mut out, "", line);
    }
    out
}

/// Writes words in lines, each after the same blanks.
fn wrap(out: &mut String, indent: &str, words: &str) {
    let mut length = 0;
    for word in words.split_whitespace() {
        let letters = word.chars().count();
        if length == 0 {
            out.push_str(indent);
            length = indent.len();
        } else if length + 1 + letters > WIDTH {
            out.push('\n');
            out.push_str(indent);
            length = indent.len();
        } else {
            out.push(' ');
            length += 1;
        }
        out.push_str(word);
        length += letters;
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_wrapped_between_words_and_lose_none() {
        let words = "word ".repeat(60);
        let mut out = String::new();
        wrap(&mut out, "    ", &words);
        assert!(out.lines().all(|line| line.chars().count() <= WIDTH));
        assert!(out.lines().all(|line| line.starts_with("    w")));
        assert_eq!(out.split_whitespace().count(), 60);
    }
}
