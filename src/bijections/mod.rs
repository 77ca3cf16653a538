//! Bijections with their log-determinants and gradients, in both directions.
//!
//! A layer of a flow is a [`Masked`] transform made of three parts: a [`Structure`] (who may read
//! whom), an [`Elementwise`](elementwise::Elementwise) map (what is done to a variable), and which side
//! the conditioner [`Reads`]. Autoregressive and coupling layers are the same code with a different
//! structure. Between layers stand a [`Permutation`] or nothing; at the data end, [`Standardise`].

pub mod elementwise;
pub mod masked;
pub mod permutation;
pub mod standardise;
pub mod structure;

pub use elementwise::{Affine, Shift};
pub use masked::{Masked, Reads};
pub use permutation::Permutation;
pub use standardise::Standardise;
pub use structure::Structure;

use crate::math::{Batch, Philox, Scalar};
use crate::nn::mlp::{MlpScratch, MlpTape};

/// Which way a bijection is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Base to data: sampling.
    Forward,
    /// Data to base: density.
    Inverse,
}

/// A differentiable bijection of R^dim, batched, with parameters held elsewhere.
///
/// Both directions work in place on a batch `(dim, len)` and add to `log_det (len)` the logarithm of
/// the absolute Jacobian determinant *of the map just taken*: the sum over a forward and an inverse
/// pass is zero.
pub trait Bijection<T: Scalar>: Send + Sync {
    /// Number of variables.
    fn dim(&self) -> usize;

    /// Number of trained parameters.
    fn parameter_count(&self) -> usize {
        0
    }

    /// Draws the initial parameters; `parameters` has [`Self::parameter_count`] entries.
    fn initialise(&self, _parameters: &mut [T], _random: &mut Philox) {}

    /// Maps the batch in place, adds to `log_det`, and leaves in the tape what [`Self::pull_back`]
    /// needs. Returns the number of network passes that the map took.
    fn map(
        &self,
        direction: Direction,
        parameters: &[T],
        batch: &mut Batch<T>,
        log_det: &mut [T],
        tape: &mut Tape<T>,
    ) -> usize;

    /// The gradient of the map that the tape recorded. `grad` holds, for some scalar S, dS/d(mapped
    /// batch) and is turned in place into dS/d(batch); `grad_log_det (len)` is dS/d(log_det);
    /// dS/d(parameters) is added to `grad_parameters`.
    #[allow(clippy::too_many_arguments, reason = "a gradient takes each thing and its gradient")]
    fn pull_back(
        &self,
        direction: Direction,
        parameters: &[T],
        tape: &Tape<T>,
        grad: &mut Batch<T>,
        grad_log_det: &[T],
        grad_parameters: &mut [T],
        scratch: &mut Scratch<T>,
    );
}

/// What one map leaves for its gradient. A layer uses the parts that it needs.
#[derive(Clone, Debug, Default)]
pub struct Tape<T> {
    /// The batch before the map.
    pub input: Batch<T>,
    /// What the conditioner read, `(inputs, len)`.
    pub read: Vec<T>,
    /// What the conditioner answered, `(outputs, len)`.
    pub theta: Vec<T>,
    /// The conditioner's hidden activations.
    pub mlp: MlpTape<T>,
}

/// Scratch memory of the gradients, reused from layer to layer.
#[derive(Clone, Debug, Default)]
pub struct Scratch<T> {
    grad_theta: Vec<T>,
    grad_read: Vec<T>,
    mlp: MlpScratch<T>,
}
