//! Shapes that need a logarithm (Gumbel, normal), read from tables of 1024 quantiles made with `libm`: the same bits on
//! every machine, and cheap enough for every candidate of every week.

use super::Draws;

/// Small enough that both tables stay in the nearest cache.
const QUANTILES: usize = 1024;

/// Quantile tables for the draws of every candidate of every week.
#[derive(Debug, Clone)]
pub struct Shapes {
    gumbel: Box<[f32; QUANTILES]>,
    normal: Box<[f32; QUANTILES]>,
}

impl Default for Shapes {
    fn default() -> Self {
        let mut gumbel = Box::new([0.0; QUANTILES]);
        let mut normal = Box::new([0.0; QUANTILES]);
        for i in 0..QUANTILES {
            let p = (i as f64 + 0.5) / QUANTILES as f64;
            gumbel[i] = -libm::log(-libm::log(p)) as f32;
            normal[i] = normal_quantile(p) as f32;
        }
        Self { gumbel, normal }
    }
}

impl Shapes {
    /// Standard Gumbel (location 0, scale 1), at the midpoints of 1024 equal parts.
    #[inline(always)]
    pub fn gumbel(&self, draws: &mut Draws) -> f32 {
        self.gumbel[(draws.bits() >> 54) as usize]
    }

    /// Standard normal, at the midpoints of 1024 equal parts (variance 0.9963).
    #[inline(always)]
    pub fn normal(&self, draws: &mut Draws) -> f32 {
        self.normal[(draws.bits() >> 54) as usize]
    }
}

#[allow(clippy::excessive_precision)] // the digits of the published coefficients
/// Quantile of the standard normal by Acklam's rational approximation (relative error below 1.2e-9).
fn normal_quantile(p: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969_683_028_665_376e1,
        2.209_460_984_245_205e2,
        -2.759_285_104_469_687e2,
        1.383_577_518_672_690e2,
        -3.066_479_806_614_716e1,
        2.506_628_277_459_239,
    ];
    const B: [f64; 5] = [
        -5.447_609_879_822_406e1,
        1.615_858_368_580_409e2,
        -1.556_989_798_598_866e2,
        6.680_131_188_771_972e1,
        -1.328_068_155_288_572e1,
    ];
    const C: [f64; 6] = [
        -7.784_894_002_430_293e-3,
        -3.223_964_580_411_365e-1,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 4] = [
        7.784_695_709_041_462e-3,
        3.224_671_290_700_398e-1,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
    ];
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    if p < 0.024_25 {
        let q = libm::sqrt(-2.0 * libm::log(p));
        return (((((C[0] * q + C[1]) * q + C[2]) * q + C[3]) * q + C[4]) * q + C[5])
            / ((((D[0] * q + D[1]) * q + D[2]) * q + D[3]) * q + 1.0);
    }
    let q = p - 0.5;
    let r = q * q;
    (((((A[0] * r + A[1]) * r + A[2]) * r + A[3]) * r + A[4]) * r + A[5]) * q
        / (((((B[0] * r + B[1]) * r + B[2]) * r + B[3]) * r + B[4]) * r + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Randomness};

    #[test]
    fn shapes_have_the_moments_of_their_distribution() {
        let shapes = Shapes::default();
        let randomness = Randomness::new(3);
        let n = 400_000;
        let (mut gumbel, mut normal, mut square) = (0.0, 0.0, 0.0);
        for i in 0..n {
            let mut draws = randomness.draws(Purpose::Work, 0, i);
            gumbel += f64::from(shapes.gumbel(&mut draws));
            let z = f64::from(shapes.normal(&mut draws));
            normal += z;
            square += z * z;
        }
        let n = f64::from(n);
        // Gumbel: mean 0.5772, standard deviation 1.2825; four standard errors
        assert!((gumbel / n - 0.577_2).abs() < 4.0 * 1.2825 / n.sqrt());
        assert!((normal / n).abs() < 4.0 / n.sqrt());
        // the table's variance is 0.9963 by construction; 4 * sqrt(2 / n) for the sample
        assert!((square / n - 0.9963).abs() < 4.0 * (2.0 / n).sqrt());
    }
}
