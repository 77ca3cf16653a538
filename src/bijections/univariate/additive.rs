//! A shift alone.

use super::{Direction, Univariate};
use crate::math::Scalar;
#[cfg(feature = "gpu")]
use crate::wgsl::Fragment;

/// `x = u + mu`, theta = mu (Dinh, Krueger, Bengio, "NICE: Non-linear independent components estimation", 2015,
/// section 3.2). Its log-determinant is zero.
#[derive(Clone, Copy, Debug)]
pub struct Additive;

impl<T: Scalar> Univariate<T> for Additive {
    fn parameters(&self) -> usize {
        1
    }

    fn map(&self, direction: Direction, theta: &[T], values: &mut [T], _log_det: &mut [T]) {
        let pairs = values.iter_mut().zip(theta);
        match direction {
            Direction::Forward => pairs.for_each(|(z, &mu)| *z += mu),
            Direction::Inverse => pairs.for_each(|(z, &mu)| *z -= mu),
        }
    }

    fn pull_back(
        &self,
        direction: Direction,
        _theta: &[T],
        _inputs: &[T],
        grad: &mut [T],
        _grad_log_det: &[T],
        grad_theta: &mut [T],
    ) {
        let pairs = grad_theta.iter_mut().zip(grad.iter());
        match direction {
            Direction::Forward => pairs.for_each(|(to, &g)| *to = g),
            Direction::Inverse => pairs.for_each(|(to, &g)| *to = -g),
        }
    }
}

#[cfg(feature = "gpu")]
impl Additive {
    /// The same map for the GPU.
    pub fn wgsl(&self) -> Fragment {
        Fragment::new(&[include_str!("shaders/additive.wgsl")])
    }
}
