//! Maps that are easier from data to base: one description serves both directions and all gradients.

use super::{Direction, Univariate};
use crate::math::Scalar;

/// An increasing map u = f(x; theta) from data to base, for one value. Works in double precision whatever the
/// flow's own: distribution functions and their inverses lose too much otherwise.
pub trait Monotone: Send + Sync {
    /// Length of theta.
    fn parameters(&self) -> usize;

    /// Replaces the parameters of a batch, `(parameters, len)`, by what the functions below take as theta: a place to do over the
    /// whole batch what would else be done value by value. Leaves them as they are where there is nothing of the kind.
    fn prepare<T: Scalar>(&self, _theta: &mut [T], _len: usize) {}

    /// (u, ln du/dx).
    fn map(&self, theta: &[f64], x: f64) -> (f64, f64);

    /// The x that is mapped to `u`.
    fn invert(&self, theta: &[f64], u: f64) -> f64;

    /// The derivatives at x: for each parameter, as it was before [`Self::prepare`], (du/dtheta, d ln(du/dx)/dtheta) into `by_theta`, and
    /// (ln du/dx, d ln(du/dx)/dx).
    fn derivatives(&self, theta: &[f64], x: f64, by_theta: &mut [(f64, f64)]) -> (f64, f64);
}

/// A [`Monotone`] as a univariate map: its inverse is the map itself, its forward the map's inverse.
pub struct Inverted<M>(pub M);

/// Copies theta of one value, `(parameters, len)` with `len` between neighbours, into `into`.
fn gather<T: Scalar>(theta: &[T], len: usize, value: usize, into: &mut [f64]) {
    for (p, to) in into.iter_mut().enumerate() {
        *to = theta[p * len + value].to_f64();
    }
}

impl<T: Scalar, M: Monotone> Univariate<T> for Inverted<M> {
    fn parameters(&self) -> usize {
        self.0.parameters()
    }

    fn map(&self, direction: Direction, theta: &[T], values: &mut [T], log_det: &mut [T]) {
        let len = values.len();
        let mut own = vec![0.0; self.0.parameters()];
        let mut theta = theta.to_vec();
        self.0.prepare(&mut theta, len);
        for (i, (value, ld)) in values.iter_mut().zip(log_det).enumerate() {
            gather(&theta, len, i, &mut own);
            match direction {
                Direction::Inverse => {
                    let (u, log_slope) = self.0.map(&own, value.to_f64());
                    *value = T::of_f64(u);
                    *ld += T::of_f64(log_slope);
                }
                Direction::Forward => {
                    let x = self.0.invert(&own, value.to_f64());
                    *value = T::of_f64(x);
                    *ld -= T::of_f64(self.0.map(&own, x).1);
                }
            }
        }
    }

    /// Forward, x = f^-1(u) and its log-determinant is -ln f'(x); so, with h the gradient by x of all that depends on
    /// it, dS/du = h / f' and dS/dtheta = -h f_theta / f' - (ln f')_theta dS/d(log_det).
    fn pull_back(
        &self,
        direction: Direction,
        theta: &[T],
        inputs: &[T],
        grad: &mut [T],
        grad_log_det: &[T],
        grad_theta: &mut [T],
    ) {
        let len = inputs.len();
        let count = self.0.parameters();
        let mut own = vec![0.0; count];
        let mut by_theta = vec![(0.0, 0.0); count];
        let mut theta = theta.to_vec();
        self.0.prepare(&mut theta, len);
        for i in 0..len {
            gather(&theta, len, i, &mut own);
            let (g, g_ld) = (grad[i].to_f64(), grad_log_det[i].to_f64());
            let input = inputs[i].to_f64();
            let forward = direction == Direction::Forward;
            let x = if forward { self.0.invert(&own, input) } else { input };
            let (log_slope, bend) = self.0.derivatives(&own, x, &mut by_theta);
            let (along, across) = if forward {
                let h = (g - g_ld * bend) * (-log_slope).exp();
                grad[i] = T::of_f64(h);
                (-h, -g_ld)
            } else {
                grad[i] = T::of_f64(g * log_slope.exp() + g_ld * bend);
                (g, g_ld)
            };
            for (p, &(u, slope)) in by_theta.iter().enumerate() {
                grad_theta[p * len + i] = T::of_f64(along * u + across * slope);
            }
        }
    }
}
