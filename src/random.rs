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
//! Shapes that need a logarithm (Gumbel, normal) are read from tables: see [`Shapes`].

mod shapes;

use rand::Rng as _;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

pub use shapes::Shapes;

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
