//! Counter-based random numbers: Philox 4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random
//! numbers: as easy as 1, 2, 3", SC 2011).
//!
//! A draw is a pure function of the seed and of what it is for, so a batch is the same whether its rows
//! are drawn in one thread, in four workers or on a GPU. That is the reason for an own generator:
//! a stateful one from a library could not be replayed row by row in a shader. It implements the traits of
//! `rand`, and what no shader draws comes through that crate and `rand_distr`.

use std::convert::Infallible;

use rand::TryRng;

use super::Real;
#[cfg(not(target_arch = "wasm32"))]
use crate::error::Error;

/// What a sequence of random numbers is used for. Sequences of one seed are independent: each use has a place of its own among the
/// counters, and one function, `place`, has the only table of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// A row of a training step's batch: a draw of the target, or of the base under the reverse KL.
    Training {
        /// Steps taken before.
        step: u32,
        /// The row of the batch.
        row: u32,
    },
    /// A held-out point.
    HeldOut {
        /// Which.
        row: u32,
    },
    /// A base draw that estimates the ELBO.
    Elbo {
        /// Which.
        row: u32,
    },
    /// A held-out point that only a run's final numbers come from.
    TestPoint {
        /// Which.
        row: u32,
    },
    /// A base draw that estimates the final ELBO.
    TestElbo {
        /// Which.
        row: u32,
    },
    /// Initial parameters of a bijection.
    Parameters {
        /// Its place in the flow, from the base.
        layer: u32,
    },
    /// Initial parameters of the base.
    BaseParameters,
    /// The ordering of a layer.
    LayerOrdering {
        /// The layer, from the base.
        layer: u32,
    },
    /// The rotation that a linear map starts from.
    Rotation {
        /// The layer, from the base.
        layer: u32,
    },
    /// What a step draws beside its batch: the ordering of order-agnostic training, or the noise that a model learns from.
    StepOrdering {
        /// Steps taken before.
        step: u32,
    },
    /// Degrees of hidden units, drawn as in the paper on MADE.
    MaskDegrees,
    /// How the rows of a table are split.
    Split,
    /// Where a mixture of Gaussians begins.
    Clusters {
        /// Which start.
        restart: u32,
    },
    /// A point of a fixed sample to train on.
    SamplePoint {
        /// Which.
        row: u32,
    },
    /// A point of the validation points beside it.
    ValidationPoint {
        /// Which.
        row: u32,
    },
    /// The order in which the points of a fixed set are taken.
    Epoch {
        /// Times that all have been taken before.
        epoch: u32,
    },
    /// A base draw that the page shows.
    BaseDraw {
        /// Which.
        row: u32,
    },
    /// A draw of an encoder's Gaussian, by which a density is bounded.
    PosteriorDraw {
        /// Which point.
        row: u32,
        /// Which of its draws.
        draw: u32,
    },
    /// The ordering by which a shown sample of an order-agnostic model is made.
    SampleOrdering {
        /// Which sample.
        row: u32,
    },
    /// The noise on a row of a table that fills the steps between its values.
    Dequantise {
        /// Which row.
        row: u32,
    },
    /// A draw that estimates a target's moments.
    Moments {
        /// Which.
        row: u32,
    },
    /// A draw by which parameters that depend on data are set.
    DataDependentInit {
        /// Which.
        row: u32,
    },
    /// A draw that measures how much mass a mode has.
    ModeMass {
        /// Which.
        row: u32,
    },
    /// A draw that finds where a target has practically no mass.
    Support {
        /// Which.
        row: u32,
    },
    /// A point of the target that a view shows.
    ViewPoint {
        /// Which.
        row: u32,
    },
    /// Which points of two samples change places, to see what chance makes of a distance between them.
    Permutation {
        /// Which permutation.
        row: u32,
    },
    /// A direction that points are projected on.
    Projection {
        /// Which.
        row: u32,
    },
    /// A point of the target that stands for a sample of a perfect model.
    Perfect {
        /// Which.
        row: u32,
    },
}

impl Stream {
    /// The second half of the key, and the two counters (step, row). The kernels of a GPU have the lines of Training and BaseDraw too.
    fn place(self) -> [u32; 3] {
        match self {
            Self::Training { step, row } => [1, step, row],
            Self::HeldOut { row } => [2, 0, row],
            Self::Elbo { row } => [2, 1, row],
            Self::Split => [2, 2, 0],
            Self::Clusters { restart } => [2, 8, restart],
            Self::TestPoint { row } => [2, 3, row],
            Self::TestElbo { row } => [2, 4, row],
            Self::SamplePoint { row } => [2, 5, row],
            Self::Dequantise { row } => [2, 9, row],
            Self::ValidationPoint { row } => [2, 6, row],
            Self::Epoch { epoch } => [2, 7, epoch],
            Self::Parameters { layer } => [3, layer, 0],
            Self::BaseParameters => [3, u32::MAX, 0],
            Self::LayerOrdering { layer } => [4, layer, 0],
            Self::Rotation { layer } => [4, layer, 1],
            Self::StepOrdering { step } => [4, step, 2],
            Self::MaskDegrees => [4, 0, 3],
            Self::BaseDraw { row } => [5, 0, row],
            Self::SampleOrdering { row } => [5, 1, row],
            Self::PosteriorDraw { row, draw } => [7, draw, row],
            Self::Moments { row } => [6, 0, row],
            Self::DataDependentInit { row } => [6, 1, row],
            Self::ModeMass { row } => [6, 2, row],
            Self::Support { row } => [6, 3, row],
            Self::ViewPoint { row } => [6, 4, row],
            Self::Permutation { row } => [6, 5, row],
            Self::Projection { row } => [6, 6, row],
            Self::Perfect { row } => [6, 7, row],
        }
    }
}

/// A generator for one use of one seed. Libraries draw from it through the traits of the crate `rand`.
///
/// ```
/// use density_playground::math::{Philox, Stream};
/// let mut a = Philox::new(7, Stream::Training { step: 3, row: 11 });
/// let mut b = Philox::new(7, Stream::Training { step: 3, row: 11 });
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
    /// The generator of a seed for one use.
    pub fn new(seed: u32, stream: Stream) -> Self {
        let [key, step, row] = stream.place();
        Self { key: [seed, key], counter: [0, row, step, 0], block: [0; 4], used: 4, spare_normal: None }
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

impl TryRng for Philox {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.bits())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let low = u64::from(self.bits());
        Ok(low | u64::from(self.bits()) << 32)
    }

    fn try_fill_bytes(&mut self, dst: &mut [u8]) -> Result<(), Infallible> {
        for chunk in dst.chunks_mut(4) {
            chunk.copy_from_slice(&self.bits().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

/// A seed that nobody chose, from the operating system's own source. The page asks its browser's (`www/engine/seed.ts`): where it needs
/// one there is no core yet.
///
/// # Errors
/// Where there is none.
#[cfg(not(target_arch = "wasm32"))]
pub fn fresh_seed() -> Result<u32, Error> {
    getrandom::u32().map_err(|why| Error::NoRandomness { why: why.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, RngExt};
    use rand_distr::StandardNormal;

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
        let mut random = Philox::new(1, Stream::BaseDraw { row: 0 });
        let n = 200_000;
        let uniform: f64 = (0..n).map(|_| random.uniform::<f64>()).sum::<f64>() / f64::from(n);
        assert!((uniform - 0.5).abs() < 0.003, "mean of uniforms {uniform}");
        let draws: Vec<f64> = (0..n).map(|_| random.normal()).collect();
        let moment = |power: i32| draws.iter().map(|z: &f64| z.powi(power)).sum::<f64>() / f64::from(n);
        assert!(moment(1).abs() < 0.01 && (moment(2) - 1.0).abs() < 0.015);
        assert!(moment(3).abs() < 0.03 && (moment(4) - 3.0).abs() < 0.08);
    }

    /// A library's draws take the same bits, in their order.
    #[test]
    fn libraries_draw_from_the_same_bits() {
        let stream = Stream::BaseDraw { row: 5 };
        let (mut own, mut theirs) = (Philox::new(9, stream), Philox::new(9, stream));
        let bits: Vec<u32> = (0..5).map(|_| own.bits()).collect();
        assert_eq!(theirs.next_u32(), bits[0]);
        assert_eq!(theirs.next_u64(), u64::from(bits[1]) | u64::from(bits[2]) << 32);
        let mut bytes = [0; 6];
        theirs.fill_bytes(&mut bytes);
        assert_eq!(bytes[..4], bits[3].to_le_bytes());
        assert_eq!(bytes[4..], bits[4].to_le_bytes()[..2]);
        let mean = (0..20_000).map(|_| theirs.sample::<f64, _>(StandardNormal)).sum::<f64>() / 20_000.0;
        assert!(mean.abs() < 0.03, "mean {mean}");
    }

    /// Two uses that shared a place would see the same numbers.
    #[test]
    fn every_use_has_a_place_of_its_own() {
        let mut places: Vec<[u32; 3]> = (0..100)
            .flat_map(|n| {
                [
                    Stream::Training { step: n, row: 3 },
                    Stream::HeldOut { row: n },
                    Stream::Elbo { row: n },
                    Stream::Parameters { layer: n },
                    Stream::LayerOrdering { layer: n },
                    Stream::Rotation { layer: n },
                    Stream::StepOrdering { step: n },
                    Stream::BaseDraw { row: n },
                    Stream::SampleOrdering { row: n },
                    Stream::Moments { row: n },
                    Stream::DataDependentInit { row: n },
                    Stream::ModeMass { row: n },
                    Stream::Support { row: n },
                    Stream::ViewPoint { row: n },
                    Stream::Clusters { restart: n },
                    Stream::Permutation { row: n },
                    Stream::Projection { row: n },
                    Stream::Perfect { row: n },
                ]
            })
            .chain([Stream::BaseParameters, Stream::MaskDegrees, Stream::Split])
            .map(Stream::place)
            .collect();
        let all = places.len();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), all);
    }

    #[test]
    fn fresh_seeds_differ() {
        let seeds: Vec<u32> = (0..4).map(|_| fresh_seed().unwrap()).collect();
        assert!(seeds.windows(2).any(|two| two[0] != two[1]), "{seeds:?}");
    }

    #[test]
    fn permutations_hold_every_item_once() {
        let mut random = Philox::new(3, Stream::LayerOrdering { layer: 0 });
        let mut items = random.permutation(17);
        items.sort_unstable();
        assert_eq!(items, (0..17).collect::<Vec<_>>());
    }
}
