//! Means, variances, quantiles and the t interval of a mean.
//!
//! Source: Student 1908, Biometrika 6:1. The interval is exact for normal values; the mean of many runs is
//! near enough to normal unless an outcome is rare: then see [`super::bootstrap`].

use super::super::Interval;
use super::distributions::t_quantile;

/// Arithmetic mean; none of nothing.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Variance with n − 1; none below two values. Two passes, so that large means cost no digits.
pub fn variance(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let mean = mean(values)?;
    let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    Some(squares / (values.len() - 1) as f64)
}

/// Mean with its t interval at this confidence (0.95, say); none below two values.
pub fn mean_interval(values: &[f64], confidence: f64) -> Option<Interval> {
    let estimate = mean(values)?;
    let n = values.len() as f64;
    let half = half_width(variance(values)?.sqrt(), values.len(), confidence)?;
    debug_assert!(n >= 2.0);
    Some(Interval {
        estimate,
        lower: estimate - half,
        upper: estimate + half,
    })
}

/// Half the width of the t interval of a mean of `n` values with this standard deviation; none below two.
pub fn half_width(deviation: f64, n: usize, confidence: f64) -> Option<f64> {
    if n < 2 {
        return None;
    }
    if deviation == 0.0 {
        return Some(0.0);
    }
    let t = t_quantile(0.5 + 0.5 * confidence, (n - 1) as f64);
    Some(t * deviation / (n as f64).sqrt())
}

/// Quantile of sorted values, interpolated (type 7 of Hyndman and Fan 1996, Am. Stat. 50:361); none of nothing.
pub fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = p.clamp(0.0, 1.0) * last as f64;
    let below = place as usize;
    let part = place - below as f64;
    let above = sorted[(below + 1).min(last)];
    // Equal neighbours give exactly their value, also infinite ones.
    Some(if sorted[below] == above {
        above
    } else {
        sorted[below] + part * (above - sorted[below])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_and_its_interval_by_hand() {
        // mean 3, variance 2.5, t(0.975, 4) = 2.776445: 2.776445 * sqrt(2.5 / 5) = 1.963243
        let interval = mean_interval(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.95).unwrap();
        assert_eq!(interval.estimate, 3.0);
        assert!((interval.upper - 4.963_243).abs() < 1e-6, "{interval:?}");
        assert!((interval.lower - 1.036_757).abs() < 1e-6);
        assert!(mean_interval(&[1.0], 0.95).is_none());
        assert!(mean(&[]).is_none());
    }

    #[test]
    fn equal_values_have_no_width() {
        let interval = mean_interval(&[0.1; 7], 0.95).unwrap();
        assert!(interval.upper - interval.lower < 1e-15);
    }

    #[test]
    fn quantiles_are_interpolated() {
        let values = [1.0, 2.0, 4.0];
        assert_eq!(quantile(&values, 0.5), Some(2.0));
        assert_eq!(quantile(&values, 0.75), Some(3.0));
        assert_eq!(quantile(&values, 1.0), Some(4.0));
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn intervals_cover_the_mean_as_often_as_they_say() {
        // 4,000 samples of 8 normal values: coverage 95 % with standard error 0.34 %; four of them
        let streams = super::super::Streams::new(1, "coverage of t");
        let mut covered = 0;
        for b in 0..4000 {
            let mut stream = streams.stream(b);
            let sample: Vec<f64> = (0..8).map(|_| 5.0 + 2.0 * stream.normal()).collect();
            let interval = mean_interval(&sample, 0.95).unwrap();
            covered += i32::from(interval.lower <= 5.0 && 5.0 <= interval.upper);
        }
        assert!((covered - 3800).abs() < 4 * 14, "{covered} of 4,000");
    }
}
