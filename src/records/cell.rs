//! One value on its way into or out of a table.

use super::spec::Kind;

/// One value of a row. Nothing is converted silently: the kind must be that of the column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// There is no value: an empty cell, null; never 0.
    Missing,
    /// A whole number.
    Integer(i64),
    /// A finite number; what may be undefined goes through [`Cell::finite_or_missing`].
    Real(f64),
    /// A text that is not empty (an empty text could not be told from a missing one in CSV).
    Text(&'a str),
    /// Yes or no.
    Boolean(bool),
}

impl Cell<'_> {
    /// The number, or missing where it is not finite: for measures that are undefined for some
    /// people (constraint without ties). Anywhere else an infinite number or NaN is a mistake, and
    /// [`Table::push`](super::Table::push) refuses it.
    pub fn finite_or_missing(value: f64) -> Self {
        if value.is_finite() {
            Self::Real(value)
        } else {
            Self::Missing
        }
    }

    /// The kind of the value; none where it is missing.
    pub fn kind(&self) -> Option<Kind> {
        match self {
            Self::Missing => None,
            Self::Integer(_) => Some(Kind::Integer),
            Self::Real(_) => Some(Kind::Real),
            Self::Text(_) => Some(Kind::Text),
            Self::Boolean(_) => Some(Kind::Boolean),
        }
    }
}

macro_rules! from_whole {
    ($($number:ty),*) => {$(
        impl From<$number> for Cell<'_> {
            fn from(value: $number) -> Self {
                Self::Integer(i64::from(value))
            }
        }
    )*};
}
from_whole!(i8, i16, i32, i64, u8, u16, u32);

impl From<usize> for Cell<'_> {
    /// Counts of things in memory; none comes near 2^63.
    fn from(value: usize) -> Self {
        Self::Integer(value as i64)
    }
}

impl From<f64> for Cell<'_> {
    fn from(value: f64) -> Self {
        Self::Real(value)
    }
}

impl From<f32> for Cell<'_> {
    /// The same number in double precision, exactly.
    fn from(value: f32) -> Self {
        Self::Real(f64::from(value))
    }
}

impl From<bool> for Cell<'_> {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value)
    }
}

impl<'a> From<&'a String> for Cell<'a> {
    fn from(value: &'a String) -> Self {
        Self::Text(value)
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Missing, Into::into)
    }
}

/// The text form that CSV, GraphML and messages share: floats in the shortest form that reads back
/// to the same number, with a decimal point or an exponent, so that readers guess the type right.
impl std::fmt::Display for Cell<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing => Ok(()),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Real(value) => write!(f, "{value:?}"),
            Self::Text(value) => f.write_str(value),
            Self::Boolean(value) => write!(f, "{value}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_missing_and_never_zero() {
        assert_eq!(Cell::from(None::<u32>), Cell::Missing);
        assert_eq!(Cell::from(Some(0_u32)), Cell::Integer(0));
        assert_eq!(Cell::finite_or_missing(f64::NAN), Cell::Missing);
        assert_eq!(Cell::finite_or_missing(f64::NEG_INFINITY), Cell::Missing);
        assert_eq!(Cell::finite_or_missing(0.0), Cell::Real(0.0));
        assert_eq!(Cell::Missing.to_string(), "");
    }

    #[test]
    fn a_real_reads_back_to_the_same_bits_and_is_seen_to_be_a_real() {
        for (value, text) in [
            (1.0, "1.0"),
            (0.1, "0.1"),
            (-0.0, "-0.0"),
            (1e300, "1e300"),
            (5e-324, "5e-324"),
            (1.0 / 3.0, "0.3333333333333333"),
        ] {
            assert_eq!(Cell::Real(value).to_string(), text);
            assert_eq!(text.parse::<f64>().unwrap().to_bits(), value.to_bits());
        }
    }
}
