//! Numbers with their intervals, as sentences and charts write them.

use crate::analysis::Interval;
use crate::language::{Language, real};

/// Decimals with which a number of this interval is written: two figures of its half-width.
pub fn decimals(interval: &Interval) -> usize {
    let half = (interval.upper - interval.lower) / 2.0;
    let scale = if half > 0.0 && half.is_finite() {
        half
    } else if interval.estimate == 0.0 {
        return 0;
    } else {
        interval.estimate.abs().max(1e-3)
    };
    (1.0 - libm::floor(libm::log10(scale))).clamp(0.0, 6.0) as usize
}

/// An estimate with its interval: "1.30 (0.85 to 1.75)".
pub fn with_interval(interval: &Interval, language: Language) -> String {
    with_decimals(interval, decimals(interval), language)
}

/// The same with as many decimals as its neighbours have.
pub fn with_decimals(interval: &Interval, d: usize, language: Language) -> String {
    if !(interval.lower.is_finite() && interval.upper.is_finite()) {
        return language.say(
            "count.no_limits",
            &[("estimate", real(interval.estimate, d))],
        );
    }
    language.say(
        "count.interval",
        &[
            ("estimate", real(interval.estimate, d)),
            ("lower", real(interval.lower, d)),
            ("upper", real(interval.upper, d)),
        ],
    )
}

/// A difference without its sign, where it is clear of zero.
pub(in crate::analysis::study) fn size(difference: &Interval) -> Interval {
    Interval {
        estimate: difference.estimate.abs(),
        lower: difference.lower.abs().min(difference.upper.abs()),
        upper: difference.lower.abs().max(difference.upper.abs()),
    }
}
