//! Numbers that carry their range: a value out of range cannot be built, so it cannot be read from a file.
//!
//! Each type's range stands once, here; the check while reading, the JSON Schema, `allies explain`
//! and the parameter reference are derived from it.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// A number that is out of the range of its type.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{found} is not {what}: it must lie between {minimum} and {maximum}")]
pub struct OutOfRange {
    /// The number found, as text.
    pub found: String,
    /// What was expected, with its article ("a probability").
    pub what: &'static str,
    /// Smallest allowed value, as text.
    pub minimum: String,
    /// Largest allowed value, as text.
    pub maximum: String,
}

macro_rules! real {
    ($(#[$doc:meta])* $name:ident, $what:literal, $unit:literal, $minimum:expr, $maximum:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
        #[serde(try_from = "f64", into = "f64")]
        pub struct $name {
            double: f64,
            /// The same, ready for the weekly rules, which would otherwise round it at every contact.
            single: f32,
        }

        impl $name {
            /// Smallest allowed value.
            pub const MINIMUM: f64 = $minimum;
            /// Largest allowed value.
            pub const MAXIMUM: f64 = $maximum;

            /// A value known to be in range, for defaults written in code.
            ///
            /// # Panics
            /// At compile time or in tests, when the constant is out of range.
            pub const fn new(value: f64) -> Self {
                assert!(value >= Self::MINIMUM && value <= Self::MAXIMUM, "constant out of range");
                Self { double: value, single: value as f32 }
            }

            /// The number itself.
            pub const fn get(self) -> f64 {
                self.double
            }

            /// The number in single precision, as the weekly rules use it.
            pub const fn single(self) -> f32 {
                self.single
            }
        }

        impl TryFrom<f64> for $name {
            type Error = OutOfRange;
            fn try_from(value: f64) -> Result<Self, OutOfRange> {
                if value.is_finite() && (Self::MINIMUM..=Self::MAXIMUM).contains(&value) {
                    Ok(Self { double: value, single: value as f32 })
                } else {
                    Err(OutOfRange {
                        found: value.to_string(),
                        what: $what,
                        minimum: Self::MINIMUM.to_string(),
                        maximum: Self::MAXIMUM.to_string(),
                    })
                }
            }
        }

        impl From<$name> for f64 {
            fn from(value: $name) -> f64 {
                value.double
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.double)
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "type": "number",
                    "minimum": Self::MINIMUM,
                    "maximum": Self::MAXIMUM,
                    "x-what": $what,
                    "x-unit": $unit,
                })
            }
        }
    };
}

macro_rules! whole {
    ($(#[$doc:meta])* $name:ident, $what:literal, $unit:literal, $minimum:expr, $maximum:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "i64", into = "i64")]
        pub struct $name(u32);

        impl $name {
            /// Smallest allowed value.
            pub const MINIMUM: i64 = $minimum;
            /// Largest allowed value.
            pub const MAXIMUM: i64 = $maximum;

            /// A value known to be in range, for defaults written in code.
            ///
            /// # Panics
            /// At compile time or in tests, when the constant is out of range.
            pub const fn new(value: u32) -> Self {
                assert!(value as i64 >= Self::MINIMUM && value as i64 <= Self::MAXIMUM, "constant out of range");
                Self(value)
            }

            /// The number itself.
            pub const fn get(self) -> u32 {
                self.0
            }
        }

        impl TryFrom<i64> for $name {
            type Error = OutOfRange;
            fn try_from(value: i64) -> Result<Self, OutOfRange> {
                if (Self::MINIMUM..=Self::MAXIMUM).contains(&value) {
                    Ok(Self(value as u32))
                } else {
                    Err(OutOfRange {
                        found: value.to_string(),
                        what: $what,
                        minimum: Self::MINIMUM.to_string(),
                        maximum: Self::MAXIMUM.to_string(),
                    })
                }
            }
        }

        impl From<$name> for i64 {
            fn from(value: $name) -> i64 {
                i64::from(value.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0)
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "type": "integer",
                    "minimum": Self::MINIMUM,
                    "maximum": Self::MAXIMUM,
                    "x-what": $what,
                    "x-unit": $unit,
                })
            }
        }
    };
}

real!(
    /// A part of a whole [share, 0 to 1].
    Share, "a share", "share", 0.0, 1.0
);
real!(
    /// A chance [probability, 0 to 1].
    Probability, "a probability", "probability", 0.0, 1.0
);
real!(
    /// Strength of a tie layer, trust, reputation, standing [0 to 1].
    Strength, "a strength", "strength", 0.0, 1.0
);
real!(
    /// Working time in a week [hours, 0 to 60].
    Hours, "a number of hours", "hours a week", 0.0, 60.0
);
real!(
    /// Events per person or firm and year [1/year, 0 to 12].
    Rate, "a yearly rate", "1/year", 0.0, 12.0
);
real!(
    /// Weight of one consideration in a utility [utility units, -20 to 20].
    Weight, "a weight", "utility", -20.0, 20.0
);
real!(
    /// A multiplier [factor, 0 to 20].
    Factor, "a factor", "factor", 0.0, 20.0
);
real!(
    /// A standardised quantity: competence, skill [standard deviations, -4 to 4].
    Score, "a standard score", "standard deviations", -4.0, 4.0
);
real!(
    /// Time after which half is left [weeks, 0.5 to 5200].
    HalfLife, "a half-life", "weeks", 0.5, 5200.0
);
real!(
    /// Days in the office in a week [days, 0 to 5].
    Days, "a number of days", "days a week", 0.0, 5.0
);
real!(
    /// Age [years, 16 to 90].
    Age, "an age", "years", 16.0, 90.0
);
real!(
    /// How far one quantity goes with another [correlation, -1 to 1].
    Correlation, "a correlation", "correlation", -1.0, 1.0
);
whole!(
    /// A length of time [weeks, 0 to 26000].
    Weeks, "a number of weeks", "weeks", 0, 26_000
);
whole!(
    /// A length of time [years, 0 to 500].
    Years, "a number of years", "years", 0, 500
);
whole!(
    /// A small number of things [count, 0 to 250].
    Few, "a count", "count", 0, 250
);
whole!(
    /// Number of people [persons, 1 to 5000000].
    Headcount, "a headcount", "persons", 1, 5_000_000
);

impl Default for Weeks {
    fn default() -> Self {
        Self::new(0)
    }
}

/// Weeks in a year of the model.
pub const WEEKS_PER_YEAR: i32 = 52;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_out_of_range_says_what_is_allowed() {
        let problem = Probability::try_from(1.2).unwrap_err();
        assert_eq!(
            problem.to_string(),
            "1.2 is not a probability: it must lie between 0 and 1"
        );
        assert!(Share::try_from(f64::NAN).is_err(), "NaN is in no range");
        assert_eq!(Weeks::try_from(-1).unwrap_err().minimum, "0");
    }

    #[test]
    fn the_schema_carries_the_range() {
        let schema = schemars::schema_for!(Share);
        let value = serde_json::to_value(schema).unwrap();
        assert_eq!(value["minimum"], 0.0);
        assert_eq!(value["maximum"], 1.0);
    }
}
