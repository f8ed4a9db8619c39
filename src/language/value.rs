//! What fills a place in a message.

use std::borrow::Cow;

use super::Language;

/// A word or a number.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// A word, as it is.
    Text(Cow<'a, str>),
    /// A whole number.
    Count(i64),
    /// A number and its decimals.
    Real(f64, usize),
}

/// A number with this many decimals.
pub fn real(value: f64, decimals: usize) -> Value<'static> {
    Value::Real(value, decimals)
}

impl Value<'_> {
    /// Whether a reader sees the number one.
    pub(super) fn is_one(&self) -> bool {
        match self {
            Self::Count(count) => *count == 1,
            Self::Real(value, 0) => value.round() == 1.0,
            Self::Real(..) | Self::Text(_) => false,
        }
    }

    pub(super) fn written(&self, language: Language) -> String {
        match self {
            Self::Text(text) => text.clone().into_owned(),
            Self::Count(count) => language.number(*count as f64, 0),
            Self::Real(value, decimals) => language.number(*value, *decimals),
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

macro_rules! counts {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Value<'_> {
            fn from(count: $kind) -> Self {
                // No count of people, weeks or ties comes near the limit.
                Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
            }
        }
    )*};
}
counts!(usize, u64);

macro_rules! small_counts {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Value<'_> {
            fn from(count: $kind) -> Self {
                Self::Count(i64::from(count))
            }
        }
    )*};
}
small_counts!(i32, u32, u16);
