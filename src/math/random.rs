//! Counter-based random numbers: Philox 4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random
//! numbers: as easy as 1, 2, 3", SC 2011).
//!
//! A draw is a pure function of (seed, stream, step, row), so a batch is the same whether its rows
//! are drawn in one thread, in four workers or on a GPU. That is the reason for an own generator:
//! a stateful one from a library could not be replayed row by row in a shader.

use super::Real;

/// What a sequence of random numbers is used for; streams of one seed are independent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Stream {
    /// Training batches: counter (step, row).
    Training = 1,
    /// Held-out points: counter (0, row).
    HeldOut = 2,
    /// Initial parameters: counter (layer, 0).
    Parameters = 3,
    /// Random orderings and permutations: counter (layer, 0).
    Orderings = 4,
    /// Base draws that the page shows: counter (0, row).
    View = 5,
    /// Draws that estimate a target's moments: counter (0, row).
    Moments = 6,
}

/// A generator for one (seed, stream, step, row).
///
/// ```
/// use density_playground::math::{Philox, Stream};
/// let mut a = Philox::new(7, Stream::Training, 3, 11);
/// let mut b = Philox::new(7, Stream::Training, 3, 11);
/// assert_eq!(a.uniform::<f32>(), b.uniform::<f32>());
/// ```
#[derive(Clone, Debug)]
pub struct Philox {
    key: [u32; 2],
    counter: [u32; 4],
    block: [u32; 4],
    used: usize,
    spare_normal: Option<f64>,
}

const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];

/// Ten rounds of Philox 4x32 on one counter.
pub fn philox4x32(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let (mut c, mut k) = (counter, key);
    for round in 0..10 {
        if round > 0 {
            k = [k[0].wrapping_add(WEYL[0]), k[1].wrapping_add(WEYL[1])];
        }
        let left = u64::from(MULTIPLIERS[0]) * u64::from(c[0]);
        let right = u64::from(MULTIPLIERS[1]) * u64::from(c[2]);
        c = [
            (right >> 32) as u32 ^ c[1] ^ k[0],
            right as u32,
            (left >> 32) as u32 ^ c[3] ^ k[1],
            left as u32,
        ];
    }
    c
}

impl Philox {
    /// The generator for `(seed, stream, step, row)`.
    pub fn new(seed: u32, stream: Stream, step: u32, row: u32) -> Self {
        Self {
            key: [seed, stream as u32],
            counter: [0, row, step, 0],
            block: [0; 4],
            used: 4,
            spare_normal: None,
        }
    }

    /// 32 uniform random bits.
    pub fn bits(&mut self) -> u32 {
        if self.used == 4 {
            self.block = philox4x32(self.counter, self.key);
            self.counter[0] = self.counter[0].wrapping_add(1);
            self.used = 0;
        }
        self.used += 1;
        self.block[self.used - 1]
    }

    /// A uniform number in the open interval (0, 1), one of 2^23 midpoints, exact in `f32`, so that
    /// every backend and precision sees the same one.
    pub fn uniform<T: Real>(&mut self) -> T {
        T::of_f64((f64::from(self.bits() >> 9) + 0.5) / f64::from(1u32 << 23))
    }

    /// A standard normal draw, by Box and Muller's transform.
    pub fn normal<T: Real>(&mut self) -> T {
        if let Some(spare) = self.spare_normal.take() {
            return T::of_f64(spare);
        }
        let radius = (-2.0 * self.uniform::<f64>().ln()).sqrt();
        let (sine, cosine) = (std::f64::consts::TAU * self.uniform::<f64>()).sin_cos();
        self.spare_normal = Some(radius * sine);
        T::of_f64(radius * cosine)
    }

    /// A uniform integer in `0..bound`; its bias is below `bound / 2^32`.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u64::from(self.bits()) * bound as u64) >> 32) as usize
    }

    /// A uniformly random permutation of `0..len` (Fisher and Yates).
    pub fn permutation(&mut self, len: usize) -> Vec<usize> {
        let mut items: Vec<usize> = (0..len).collect();
        for last in (1..len).rev() {
            items.swap(last, self.below(last + 1));
        }
        items
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The known answers that come with the paper's own library (Random123, kat_vectors).
    #[test]
    fn philox_agrees_with_the_published_answers() {
        assert_eq!(philox4x32([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(
            philox4x32([u32::MAX; 4], [u32::MAX; 2]),
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
        );
        assert_eq!(
            philox4x32([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0]),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }

    #[test]
    fn uniform_and_normal_have_their_moments() {
        let mut random = Philox::new(1, Stream::View, 0, 0);
        let n = 200_000;
        let uniform: f64 = (0..n).map(|_| random.uniform::<f64>()).sum::<f64>() / f64::from(n);
        assert!((uniform - 0.5).abs() < 0.003, "mean of uniforms {uniform}");
        let draws: Vec<f64> = (0..n).map(|_| random.normal()).collect();
        let moment = |power: i32| draws.iter().map(|z: &f64| z.powi(power)).sum::<f64>() / f64::from(n);
        assert!(moment(1).abs() < 0.01 && (moment(2) - 1.0).abs() < 0.015);
        assert!(moment(3).abs() < 0.03 && (moment(4) - 3.0).abs() < 0.08);
    }

    #[test]
    fn permutations_hold_every_item_once() {
        let mut random = Philox::new(3, Stream::Orderings, 0, 0);
        let mut items = random.permutation(17);
        items.sort_unstable();
        assert_eq!(items, (0..17).collect::<Vec<_>>());
    }
}
