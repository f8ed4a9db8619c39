//! Words for readers, apart from the code: message catalogues in `assets/language/`, one file a language.
//!
//! ```text
//! language.say("promotions.rate", &[("strategy", name.into()), ("rate", real(4.2, 1))])
//! ```
//!
//! A message is a text with named places (`{rate}`), or a table `one`/`other` where the number named
//! `n` decides which is said. A place with a choice, `{ties} {ties:tie|ties}`, says the first word for
//! one and the second for any other number. Numbers are written as the language writes them. To add a language: copy
//! `en.toml`, translate it, add a line to [`FILES`]; the tests say what is missing.

#[cfg(test)]
mod tests;
mod value;

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub use value::{Value, real};

/// Code and catalogue of every language; the first is the default.
const FILES: [(&str, &str); 2] = [
    (
        "en",
        concat!(
            include_str!("../../assets/language/en.toml"),
            include_str!("../../assets/language/en-stories.toml"),
            include_str!("../../assets/language/en-report.toml"),
            include_str!("../../assets/language/en-workshop.toml"),
            include_str!("../../assets/language/en-experiments.toml")
        ),
    ),
    (
        "de",
        concat!(
            include_str!("../../assets/language/de.toml"),
            include_str!("../../assets/language/de-stories.toml"),
            include_str!("../../assets/language/de-report.toml"),
            include_str!("../../assets/language/de-workshop.toml"),
            include_str!("../../assets/language/de-experiments.toml")
        ),
    ),
];

/// A language that the program can write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Language(usize);

/// A message: one text, or two by number.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Message {
    Plain(String),
    ByNumber { one: String, other: String },
}

/// All messages of a language by key.
#[derive(Debug, Default)]
struct Catalogue {
    messages: BTreeMap<String, Message>,
    /// What stands before decimals.
    decimal: String,
    /// What stands between thousands.
    thousands: String,
}

fn catalogues() -> &'static [Catalogue] {
    static READ: OnceLock<Vec<Catalogue>> = OnceLock::new();
    READ.get_or_init(|| {
        FILES
            .iter()
            // A test makes sure that every file can be read.
            .map(|(_, text)| Catalogue::read(text).unwrap_or_default())
            .collect()
    })
}

impl Catalogue {
    fn read(text: &str) -> Result<Self, toml::de::Error> {
        let mut catalogue = Self::default();
        flatten(&text.parse()?, "", &mut catalogue.messages);
        let mut sign = |key: &str| match catalogue.messages.remove(key) {
            Some(Message::Plain(sign)) => sign,
            _ => String::new(),
        };
        catalogue.decimal = sign("number.decimal");
        catalogue.thousands = sign("number.thousands");
        Ok(catalogue)
    }
}

/// Tables become keys with points; a table of `one` and `other` is one message.
fn flatten(table: &toml::Table, above: &str, messages: &mut BTreeMap<String, Message>) {
    for (name, value) in table {
        let key = if above.is_empty() {
            name.clone()
        } else {
            format!("{above}.{name}")
        };
        match value {
            toml::Value::String(text) => {
                messages.insert(key, Message::Plain(text.clone()));
            }
            toml::Value::Table(inner) => {
                let word = |which: &str| inner.get(which).and_then(toml::Value::as_str);
                match (word("one"), word("other"), inner.len()) {
                    (Some(one), Some(other), 2) => {
                        let (one, other) = (one.to_owned(), other.to_owned());
                        messages.insert(key, Message::ByNumber { one, other });
                    }
                    _ => flatten(inner, &key, messages),
                }
            }
            _ => {}
        }
    }
}

impl Language {
    /// The default.
    pub const ENGLISH: Self = Self(0);

    /// All languages.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..FILES.len()).map(Self)
    }

    /// The language of a code such as `de`.
    ///
    /// # Errors
    /// The codes that there are, if this is none of them.
    pub fn of_code(code: &str) -> Result<Self, String> {
        let known = |(file, _): &(&str, &str)| *file == code;
        FILES.iter().position(known).map(Self).ok_or_else(|| {
            let codes: Vec<&str> = FILES.iter().map(|(code, _)| *code).collect();
            format!(
                "there is no language `{code}`; there are: {}",
                codes.join(", ")
            )
        })
    }

    /// Its code, as in `lang="de"` of a web page.
    pub fn code(self) -> &'static str {
        FILES[self.0].0
    }

    /// The message with its places filled. A message that is missing is shown by its key, which a test
    /// prevents from happening.
    pub fn say(self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        let catalogue = &catalogues()[self.0];
        let text = match catalogue.messages.get(key) {
            None => {
                debug_assert!(false, "{}: no message `{key}`", self.code());
                return format!("[{key}]");
            }
            Some(Message::Plain(text)) => text,
            Some(Message::ByNumber { one, other }) => {
                let number = values.iter().find(|(name, _)| *name == "n");
                debug_assert!(number.is_some(), "`{key}` needs the number `n`");
                if number.is_some_and(|(_, value)| value.is_one()) {
                    one
                } else {
                    other
                }
            }
        };
        self.filled(key, text, values)
    }

    /// Whether there is such a message.
    pub fn knows(self, key: &str) -> bool {
        catalogues()[self.0].messages.contains_key(key)
    }

    /// The message of a key in a family, or the word itself where the catalogue does not know it: names
    /// that users may add to, such as those of strategies.
    pub fn name(self, family: &str, word: &str) -> String {
        let key = format!("{family}.{word}");
        if self.knows(&key) {
            self.say(&key, &[])
        } else {
            word.to_owned()
        }
    }

    fn filled(self, key: &str, text: &str, values: &[(&str, Value<'_>)]) -> String {
        let mut out = String::with_capacity(text.len() + 16 * values.len());
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            out.push_str(&rest[..open]);
            let Some(length) = rest[open..].find('}') else {
                break;
            };
            let place = &rest[open + 1..open + length];
            let (name, choice) = match place.split_once(':') {
                Some((name, words)) => (name, words.split_once('|')),
                None => (place, None),
            };
            if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
                match choice {
                    Some((one, _)) if value.is_one() => out.push_str(one),
                    Some((_, other)) => out.push_str(other),
                    None => out.push_str(&value.written(self)),
                }
            } else {
                debug_assert!(false, "`{key}`: nothing for {{{name}}}");
                out.push_str(&rest[open..=open + length]);
            }
            rest = &rest[open + length + 1..];
        }
        out.push_str(rest);
        out
    }

    /// A number with this many decimals.
    pub fn number(self, value: f64, decimals: usize) -> String {
        let catalogue = &catalogues()[self.0];
        let text = format!("{:.decimals$}", value.abs());
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let mut out = String::new();
        // "-0.0" would be a lie about a number that rounds to nothing.
        if value < 0.0 && text.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
            out.push('\u{2212}');
        }
        for (place, digit) in whole.chars().enumerate() {
            let left = whole.len() - place;
            // Four digits are read at a glance, as years are.
            if whole.len() > 4 && place > 0 && left.is_multiple_of(3) {
                out.push_str(&catalogue.thousands);
            }
            out.push(digit);
        }
        if !part.is_empty() {
            out.push_str(&catalogue.decimal);
            out.push_str(part);
        }
        out
    }

    /// A share as percent, without the sign.
    pub fn percent(self, share: f64) -> String {
        self.number(share * 100.0, 0)
    }

    /// Words in a row: "a, b and c".
    pub fn list(self, words: &[String]) -> String {
        match words {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => {
                let first = first.join(", ");
                let values = [("first", first.into()), ("last", last.into())];
                self.say("list.and", &values)
            }
        }
    }
}

/// The word with its first letter as a capital.
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
