//! What is done to a single variable, given the parameters that its conditioner computed.

mod additive;
mod affine;
pub mod gaussianisation;
pub mod monotone;
pub mod spec;
mod spline;

pub use additive::Additive;
pub use affine::{Affine, Shift};
pub use gaussianisation::{GaussianMixture, Gaussianise, MAX_COMPONENTS};
pub use monotone::Inverted;
pub use spec::UnivariateSpec;
pub use spline::Spline;

use super::Direction;
use crate::math::Scalar;

/// A family of increasing maps of the line, one for each parameter vector theta.
///
/// `theta` holds the parameters of one variable for a batch, `(parameters, len)`; `values` and
/// `log_det` have `len` entries. Forward maps base to data.
pub trait Univariate<T: Scalar>: Send + Sync {
    /// Parameters for each variable.
    fn parameters(&self) -> usize;

    /// Maps `values` in place and adds the log-determinant of that map to `log_det`.
    fn map(&self, direction: Direction, theta: &[T], values: &mut [T], log_det: &mut [T]);

    /// The gradient of [`Self::map`] at `inputs`, the values before the map: turns `grad` in place from
    /// the gradient of the outputs into that of the inputs and overwrites `grad_theta`.
    fn pull_back(
        &self,
        direction: Direction,
        theta: &[T],
        inputs: &[T],
        grad: &mut [T],
        grad_log_det: &[T],
        grad_theta: &mut [T],
    );
}
