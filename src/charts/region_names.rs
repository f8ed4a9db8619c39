//! Names of the regions of a large firm's map: broken into lines, or a letter that a list explains.

use super::lettering::{Letters, Weight};

/// A name in as few lines as hold it, up to three, or none where it does not fit whole.
pub(super) fn lines(
    letters: &Letters,
    words: &str,
    size: f32,
    (width, height): (f32, f32),
) -> Option<Vec<String>> {
    let fits = |lines: &Vec<&str>| {
        let wide = |line: &&str| letters.width(line, Weight::Regular, size) <= width;
        lines.iter().all(wide) && lines.len() as f32 * 1.12 * size <= height
    };
    let gaps: Vec<usize> = words.match_indices(' ').map(|(n, _)| n).collect();
    let two = gaps.iter().map(|n| vec![&words[..*n], &words[n + 1..]]);
    let three = gaps.iter().enumerate().flat_map(|(k, n)| {
        let rest = gaps[k + 1..].iter();
        rest.map(move |m| vec![&words[..*n], &words[n + 1..*m], &words[m + 1..]])
    });
    std::iter::once(vec![words])
        .chain(two)
        .chain(three)
        .find(fits)
        .map(|lines| lines.into_iter().map(str::to_owned).collect())
}

/// A, B, … Z, AA, AB, …
pub(super) fn code(n: usize) -> String {
    let last = char::from(b'A' + (n % 26) as u8);
    match n / 26 {
        0 => last.to_string(),
        before => code(before - 1) + &last.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_takes_up_to_three_lines_and_else_has_a_letter() {
        let letters = Letters::embedded().unwrap();
        let name = "Retail Human Resources";
        let width = letters.width("Resources", Weight::Regular, 10.0) + 0.1;
        let broken = lines(&letters, name, 10.0, (width, 40.0));
        assert_eq!(broken.unwrap(), ["Retail", "Human", "Resources"]);
        assert_eq!(lines(&letters, name, 10.0, (width - 1.0, 40.0)), None);
        assert_eq!(
            lines(&letters, name, 10.0, (width, 30.0)),
            None,
            "too low for three"
        );
        let codes: Vec<String> = [0, 25, 26, 27, 52].map(code).to_vec();
        assert_eq!(codes, ["A", "Z", "AA", "AB", "BA"]);
    }
}
