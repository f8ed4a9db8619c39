//! Draws that belong to a person and a decision.
//!
//! A draw is addressed by (seed, purpose, week, who[, whom]); `who` and `whom` are identities that are
//! never reused. Nothing is shared between decisions, so a change to one person's behaviour leaves
//! everyone else's luck untouched, and the order of evaluation (hence the number of threads) cannot matter.
//!
//! The seed is expanded by ChaCha8 into one 64-bit key per purpose. The address is then mixed by three
//! rounds of the SplitMix64 finaliser (Steele, Lea and Flood 2014, OOPSLA), and the draws of one address
//! are the SplitMix64 sequence from there. Its statistical quality is tested below.
//!
//! Shapes that need a logarithm (Gumbel, normal) are read from tables of 1024 quantiles made with `libm`:
//! the same bits on every machine, and cheap enough for every candidate of every week.

use rand::Rng as _;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

/// What a draw is for. The discriminant is part of every draw's address: never renumber.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Purpose {
    /// Building the starting firm.
    Start = 0,
    /// Traits of a person.
    Person = 1,
    /// Whom one can meet.
    Opportunity = 2,
    /// Whom one seeks out.
    Choice = 3,
    /// Whether a call is answered, and how.
    Acceptance = 4,
    /// What a contact does on the caller's side.
    CallerSide = 5,
    /// What a contact does on the receiver's side.
    ReceiverSide = 6,
    /// Who is talked about, by whom, to whom.
    Talk = 7,
    /// Luck of a week's work.
    Work = 8,
    /// Projects: who is staffed, how it ends.
    Project = 9,
    /// Ratings.
    Rating = 10,
    /// Panels: members, their noise.
    Panel = 11,
    /// Leaving.
    Exit = 12,
    /// Vacancies and hires.
    Hiring = 13,
    /// Restructurings.
    Restructuring = 14,
    /// Order of claims where two have the same.
    Conflict = 15,
    /// Order of the network measures' samples.
    Measure = 16,
    /// Which interest a new one drives out.
    Interest = 17,
    /// Moves between posts: who wants one, who turns one down, what competence is worth in a new job.
    Move = 18,
    /// Where news arises, and who tells whom what.
    Information = 19,
    /// Incidents: whom they hit, who is there, who speaks up.
    Incident = 20,
    /// Change of habits.
    Learning = 21,
    /// Programmes: who takes part, who meets whom.
    Programme = 22,
    /// Observing: whom a survey's respondents forget, and where they draw the line.
    Survey = 23,
    /// How much two people take to each other.
    Liking = 24,
    /// What one manager values in one person.
    Leaning = 25,
}

const PURPOSES: usize = 26;

/// The finaliser of SplitMix64: a bijection of 64-bit words in which every input bit moves every output bit.
#[inline(always)]
const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The keys of one run, one per purpose.
#[derive(Debug, Clone)]
pub struct Randomness {
    keys: [u64; PURPOSES],
}

impl Randomness {
    /// Expands a seed.
    pub fn new(seed: u64) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        let mut keys = [0; PURPOSES];
        for key in &mut keys {
            *key = generator.next_u64();
        }
        Self { keys }
    }

    /// The draws of one purpose in one week; take it once per phase.
    #[inline]
    pub fn week(&self, purpose: Purpose, week: i32) -> WeekKey {
        WeekKey(mix(
            self.keys[purpose as usize] ^ (week as u32 as u64).wrapping_mul(GOLDEN)
        ))
    }

    /// The draws of one person for one purpose in one week.
    #[inline]
    pub fn draws(&self, purpose: Purpose, week: i32, who: u32) -> Draws {
        self.week(purpose, week).of(who)
    }
}

/// The address (seed, purpose, week).
#[derive(Debug, Clone, Copy)]
pub struct WeekKey(u64);

impl WeekKey {
    /// The draws that belong to one person.
    #[inline(always)]
    pub const fn of(self, who: u32) -> Draws {
        Draws(mix(self.0 ^ (who as u64 + 1).wrapping_mul(GOLDEN)))
    }

    /// The draws that belong to an ordered pair.
    #[inline(always)]
    pub const fn of_pair(self, who: u32, whom: u32) -> Draws {
        Draws(mix(
            self.0 ^ (((who as u64) << 32) | whom as u64).wrapping_mul(GOLDEN)
        ))
    }
}

/// The draws of one address, in order.
#[derive(Debug, Clone)]
pub struct Draws(u64);

impl Draws {
    /// 64 uniform bits.
    #[inline(always)]
    pub const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// A sequence of its own, so that what is drawn from it does not shift what is drawn after it here.
    #[inline(always)]
    #[must_use]
    pub const fn split(&mut self) -> Self {
        Self(self.bits())
    }

    /// Leaves out the next `n` draws.
    #[inline(always)]
    pub const fn skip(&mut self, n: u32) {
        self.0 = self.0.wrapping_add((n as u64).wrapping_mul(GOLDEN));
    }

    /// Uniform on [0, 1), 24 bits.
    #[inline(always)]
    pub const fn uniform(&mut self) -> f32 {
        (self.bits() >> 40) as f32 * (1.0 / 16_777_216.0)
    }

    /// Uniform on [0, 1), 53 bits.
    #[inline(always)]
    pub const fn uniform_double(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// Uniform on 0..n by multiplication (bias below n / 2^32); 0 when n is 0.
    #[inline(always)]
    pub const fn below(&mut self, n: u32) -> u32 {
        (((self.bits() >> 32) * n as u64) >> 32) as u32
    }

    /// True with probability `p`.
    #[inline(always)]
    pub fn chance(&mut self, p: f32) -> bool {
        self.uniform() < p
    }

    /// Index drawn in proportion to `weights` (non-negative, summed in order); None when they sum to 0.
    pub fn weighted(&mut self, weights: &[f64]) -> Option<usize> {
        let total: f64 = weights.iter().sum();
        let mut point = self.uniform_double() * total;
        if total <= 0.0 {
            return None;
        }
        for (i, &weight) in weights.iter().enumerate() {
            point -= weight;
            if point < 0.0 {
                return Some(i);
            }
        }
        weights.iter().rposition(|&weight| weight > 0.0)
    }

    /// Standard normal in double precision (Box and Muller 1958), for rare draws.
    pub fn normal_double(&mut self) -> f64 {
        let u = 1.0 - self.uniform_double();
        let v = self.uniform_double();
        libm::sqrt(-2.0 * libm::log(u)) * libm::cos(core::f64::consts::TAU * v)
    }
}

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

/// The logistic function, 1 / (1 + e^-x), with `libm`.
#[inline]
pub fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + libm::expf(-x))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Chi-square of `counts` against equal expectation.
    fn chi_square(counts: &[u32]) -> f64 {
        let total: u32 = counts.iter().sum();
        let expected = f64::from(total) / counts.len() as f64;
        counts
            .iter()
            .map(|&c| (f64::from(c) - expected) * (f64::from(c) - expected) / expected)
            .sum()
    }

    #[test]
    fn neighbouring_addresses_are_uniform_and_uncorrelated() {
        let randomness = Randomness::new(1);
        // 256 bins: mean 255, standard deviation sqrt(2 * 255) = 22.6; five of them is 368
        for (name, address) in [("who", 0), ("week", 1), ("whom", 2)] {
            let mut counts = [0_u32; 256];
            let mut high_pairs = [0_u32; 256];
            let mut previous = 0_u64;
            for i in 0..200_000_u32 {
                let mut draws = match address {
                    0 => randomness.week(Purpose::Choice, 3).of(i),
                    1 => randomness.week(Purpose::Choice, i as i32 - 100).of(5),
                    _ => randomness.week(Purpose::Choice, 3).of_pair(9, i),
                };
                let word = draws.bits();
                counts[(word >> 56) as usize] += 1;
                high_pairs[((word >> 60) << 4 | previous >> 60) as usize] += 1;
                previous = word;
            }
            assert!(
                chi_square(&counts) < 368.0,
                "{name}: {}",
                chi_square(&counts)
            );
            assert!(
                chi_square(&high_pairs) < 368.0,
                "{name} pairs: {}",
                chi_square(&high_pairs)
            );
        }
    }

    #[test]
    fn purposes_and_pairs_have_their_own_luck() {
        let randomness = Randomness::new(7);
        let a = randomness.draws(Purpose::Choice, 1, 2).bits();
        assert_ne!(a, randomness.draws(Purpose::Exit, 1, 2).bits());
        let week = randomness.week(Purpose::Choice, 1);
        assert_ne!(week.of_pair(1, 2).bits(), week.of_pair(2, 1).bits());
        assert_eq!(a, Randomness::new(7).draws(Purpose::Choice, 1, 2).bits());
        assert_ne!(a, Randomness::new(8).draws(Purpose::Choice, 1, 2).bits());
    }

    #[test]
    fn draws_left_out_are_the_next() {
        let mut draws = Randomness::new(5).draws(Purpose::Work, 2, 3);
        let mut other = draws.clone();
        other.skip(2);
        draws.bits();
        draws.bits();
        assert_eq!(draws.bits(), other.bits());
    }

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

    #[test]
    fn an_index_is_drawn_in_proportion_to_its_weight() {
        let randomness = Randomness::new(11);
        let mut counts = [0_u32; 3];
        let n = 30_000;
        for i in 0..n {
            let index = randomness
                .draws(Purpose::Start, 0, i)
                .weighted(&[1.0, 0.0, 3.0]);
            counts[index.unwrap()] += 1;
        }
        assert_eq!(counts[1], 0);
        let p = f64::from(counts[2]) / f64::from(n);
        assert!((p - 0.75).abs() < 4.0 * (0.75_f64 * 0.25 / f64::from(n)).sqrt());
        assert_eq!(
            randomness.draws(Purpose::Start, 0, 1).weighted(&[0.0]),
            None
        );
    }
}
