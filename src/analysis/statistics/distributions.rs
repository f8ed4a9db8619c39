//! Normal and Student's t: probabilities and quantiles, from `libm` alone, so that an interval (and a stop
//! decided on its width) has the same bits on every machine.
//!
//! Sources: the incomplete beta function by its continued fraction, evaluated as Lentz 1976 does it (Press et
//! al., Numerical Recipes, section 6.4); quantiles by halving, which cannot miss.

/// P(Z ≤ x) of the standard normal.
pub fn normal_probability(x: f64) -> f64 {
    0.5 * libm::erfc(-x * core::f64::consts::FRAC_1_SQRT_2)
}

/// The value that a standard normal stays below with probability `p`.
pub fn normal_quantile(p: f64) -> f64 {
    quantile(p, normal_probability)
}

/// P(T ≤ x) of Student's t with `freedom` degrees of freedom.
pub fn t_probability(x: f64, freedom: f64) -> f64 {
    let tail = 0.5 * incomplete_beta(freedom / (freedom + x * x), 0.5 * freedom, 0.5);
    if x > 0.0 { 1.0 - tail } else { tail }
}

/// The value that Student's t stays below with probability `p`.
pub fn t_quantile(p: f64, freedom: f64) -> f64 {
    quantile(p, |x| t_probability(x, freedom))
}

/// Two-sided p of a t statistic: how often chance alone reaches it when there is no difference.
pub fn t_two_sided(statistic: f64, freedom: f64) -> f64 {
    if statistic.is_infinite() {
        return 0.0;
    }
    incomplete_beta(
        freedom / (freedom + statistic * statistic),
        0.5 * freedom,
        0.5,
    )
}

/// Inverse of a symmetric distribution function: the upper half is mirrored, where digits are not lost.
fn quantile(p: f64, probability: impl Fn(f64) -> f64) -> f64 {
    if p.is_nan() || p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    if p == 0.5 {
        return 0.0;
    }
    if p > 0.5 {
        return -quantile(1.0 - p, probability);
    }
    let mut low = -1.0;
    while probability(low) > p {
        low *= 2.0;
    }
    let mut high = 0.0;
    // Each halving adds a bit; 80 reach the last one of any scale met here.
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if probability(middle) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// Regularised incomplete beta function I_x(a, b).
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = libm::exp(
        libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b)
            + a * libm::log(x)
            + b * libm::log1p(-x),
    );
    // The fraction converges quickly on this side of the mean; the other side by symmetry.
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(x, a, b) / a
    } else {
        1.0 - front * beta_fraction(1.0 - x, b, a) / b
    }
}

fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for m in 1..=500 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        let step = d * c;
        fraction *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_agree_with_printed_tables() {
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-12);
        // with one degree of freedom t is Cauchy: tan(pi (p - 1/2))
        assert!((t_quantile(0.975, 1.0) - 12.706_204_736_432_1).abs() < 1e-9);
        assert!((t_quantile(0.975, 9.0) - 2.262_157_162_740_99).abs() < 1e-10);
        assert_eq!(t_quantile(0.5, 3.0), 0.0);
        assert_eq!(t_quantile(0.025, 9.0), -t_quantile(0.975, 9.0));
    }

    #[test]
    fn two_sided_p_is_twice_the_tail() {
        let p = t_two_sided(2.0, 7.0);
        assert!((p - 2.0 * t_probability(-2.0, 7.0)).abs() < 1e-15);
        assert_eq!(t_two_sided(0.0, 7.0), 1.0);
    }
}
