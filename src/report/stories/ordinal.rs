//! First, second, third, as figures: "2nd" in English, "2" in German.

use crate::language::Language;

/// The number as a place in an order.
pub(super) fn ordinal(language: Language, number: usize) -> String {
    let values = [("n", number.into())];
    match (number % 10, number % 100) {
        (_, 11..=13) => language.say("ordinal.other", &values),
        (1, _) => language.say("ordinal.first", &values),
        (2, _) => language.say("ordinal.second", &values),
        (3, _) => language.say("ordinal.third", &values),
        _ => language.say("ordinal.other", &values),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_written_as_people_write_them() {
        let english = |n| ordinal(Language::ENGLISH, n);
        let written = [1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111].map(english);
        assert_eq!(
            written.join(" "),
            "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 103rd 111th"
        );
        let german = Language::of_code("de").unwrap();
        assert_eq!(ordinal(german, 2), "2", "as in Platz 2");
    }
}
