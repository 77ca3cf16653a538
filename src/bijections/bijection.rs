//! The contract of every bijection: maps in both directions with log-determinants and gradients.

use super::{Structure, Summary};
use crate::math::{Batch, Philox, Scalar};
use crate::nn::Conditioner;
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

    /// What it is, for drawing.
    fn summary(&self) -> Summary;

    /// Its conditioner, where it has one.
    fn conditioning(&self) -> Option<Conditioning<'_>> {
        None
    }

    /// Number of trained parameters.
    fn parameter_count(&self) -> usize {
        0
    }

    /// True where its parameters are those of the bijection before it, seen from the base.
    fn shares_parameters(&self) -> bool {
        false
    }

    /// How many of them, the last ones, are not trained by their gradient, see [`Self::after_step`].
    fn untrained_count(&self) -> usize {
        0
    }

    /// Draws the initial parameters; `parameters` has [`Self::parameter_count`] entries.
    fn initialise(&self, _parameters: &mut [T], _random: &mut Philox) {}

    /// Sets what depends on the data, from the first batch that arrives on its way to the base.
    fn data_dependent_init(&self, _parameters: &mut [T], _batch: &Batch<T>) {}

    /// Sets the weights of cut edges to zero, for parameters that several masks share.
    fn project(&self, _parameters: &mut [T]) {}

    /// True where the points of a training batch see each other, so that it can't be taken in tiles.
    fn needs_whole_batch(&self) -> bool {
        false
    }

    /// After a training step: moves what is not trained by its gradient, from what the step's tape holds.
    fn after_step(&self, _parameters: &mut [T], _tape: &Tape<T>) {}

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

/// The network by which variables move others.
pub struct Conditioning<'a> {
    /// Who may read whom.
    pub structure: &'a Structure,
    /// The network: its inputs are the structure's read variables.
    pub conditioner: &'a Conditioner,
    /// Where its outputs for each transformed variable begin, and where the last one's end.
    pub offsets: &'a [usize],
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
    /// True while training: batch normalisation then uses the batch's own statistics.
    pub training: bool,
    /// A few numbers that the gradient needs and that can't be recomputed from the output.
    pub state: Vec<T>,
}

impl<T> Tape<T> {
    /// Bytes of the activations that it holds.
    pub fn bytes(&self) -> usize {
        size_of_val(self.input.as_slice())
            + size_of_val(self.read.as_slice())
            + size_of_val(self.theta.as_slice())
            + size_of_val(self.state.as_slice())
            + self.mlp.bytes()
    }
}

/// Scratch memory of the gradients, reused from layer to layer.
#[derive(Clone, Debug, Default)]
pub struct Scratch<T> {
    pub(super) grad_theta: Vec<T>,
    pub(super) grad_read: Vec<T>,
    pub(super) mlp: MlpScratch<T>,
}
