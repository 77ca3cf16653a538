//! Shift and scale.

use serde::{Serialize, Serializer};

use super::{Direction, Univariate};
use crate::math::Scalar;
#[cfg(feature = "gpu")]
use crate::wgsl::{Fragment, real};

/// `x = u exp(alpha) + mu`, theta = (mu, alpha) (Papamakarios, Pavlakou, Murray, "Masked autoregressive
/// flow for density estimation", NeurIPS 2017, equation 4).
///
/// With a `bound` B the conditioner's second output a becomes the log-scale alpha = a / (1 + |a| / B),
/// which stays within +-B: a scale of e^40 early in training is no longer possible, and around zero
/// nothing changes.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Affine {
    /// What the conditioner's first output is; written as whether the shift comes before the scale.
    #[serde(rename = "shift_first", serialize_with = "shift_first")]
    #[cfg_attr(target_arch = "wasm32", tsify(type = "boolean"))]
    pub shift: Shift,
    /// Bound on |alpha|; `None` takes alpha as the conditioner gives it.
    pub bound: Option<f64>,
}

/// Two ways to say the same shift.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shift {
    /// The output is mu, in units of x.
    #[default]
    Data,
    /// The output is m with mu = m exp(alpha): x = (u + m) exp(alpha), in units of u. Where densities are
    /// trained from the data's side this is the better conditioned one: the gradient of m does not grow
    /// as a conditional narrows.
    Base,
}

fn shift_first<S: Serializer>(shift: &Shift, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bool(*shift == Shift::Base)
}

/// The largest log-scale in training: scales between 1/1000 and 1000.
const TRAINED_BOUND: f64 = 6.907_755_278_982_137;

impl Affine {
    /// As families are trained: bounded, with the given shift.
    pub fn trained(shift: Shift) -> Self {
        Self { shift, bound: Some(TRAINED_BOUND) }
    }

    /// (alpha, d alpha / d a)
    #[inline]
    fn log_scale<T: Scalar>(inverse_bound: T, raw: T) -> (T, T) {
        let shrink = T::one() / (T::one() + raw.abs() * inverse_bound);
        (raw * shrink, shrink * shrink)
    }

    fn inverse_bound<T: Scalar>(&self) -> T {
        T::of_f64(self.bound.map_or(0.0, f64::recip))
    }
}

impl<T: Scalar> Univariate<T> for Affine {
    fn parameters(&self) -> usize {
        2
    }

    fn map(&self, direction: Direction, theta: &[T], values: &mut [T], log_det: &mut [T]) {
        let inverse_bound = self.inverse_bound();
        let (shift, raw) = theta.split_at(values.len());
        let all = values.iter_mut().zip(log_det).zip(shift).zip(raw);
        let all = all.map(|(((z, ld), &mu), &a)| (z, ld, mu, Self::log_scale(inverse_bound, a).0));
        // A loop for each case: without branches inside they become vectors.
        match (direction, self.shift) {
            (Direction::Forward, Shift::Data) => all.for_each(|(z, ld, mu, alpha)| {
                *z = *z * alpha.fast_exp() + mu;
                *ld += alpha;
            }),
            (Direction::Forward, Shift::Base) => all.for_each(|(z, ld, mu, alpha)| {
                *z = (*z + mu) * alpha.fast_exp();
                *ld += alpha;
            }),
            (Direction::Inverse, Shift::Data) => all.for_each(|(z, ld, mu, alpha)| {
                *z = (*z - mu) * (-alpha).fast_exp();
                *ld -= alpha;
            }),
            (Direction::Inverse, Shift::Base) => all.for_each(|(z, ld, mu, alpha)| {
                *z = *z * (-alpha).fast_exp() - mu;
                *ld -= alpha;
            }),
        }
    }

    fn pull_back(
        &self,
        direction: Direction,
        theta: &[T],
        inputs: &[T],
        grad: &mut [T],
        grad_log_det: &[T],
        grad_theta: &mut [T],
    ) {
        let inverse_bound = self.inverse_bound();
        let len = inputs.len();
        let (shift, raw) = theta.split_at(len);
        let (grad_shift, grad_raw) = grad_theta.split_at_mut(len);
        for i in 0..len {
            let (alpha, slope) = Self::log_scale(inverse_bound, raw[i]);
            let (z, mu, g, g_ld) = (inputs[i], shift[i], grad[i], grad_log_det[i]);
            // d output / d shift, and the derivative of S along alpha.
            let (scale, by_shift, by_alpha) = match direction {
                Direction::Forward => {
                    let scale = alpha.fast_exp();
                    match self.shift {
                        Shift::Data => (scale, T::one(), g * z * scale + g_ld),
                        Shift::Base => (scale, scale, g * (z + mu) * scale + g_ld),
                    }
                }
                Direction::Inverse => {
                    let scale = (-alpha).fast_exp();
                    match self.shift {
                        Shift::Data => (scale, -scale, -g * (z - mu) * scale - g_ld),
                        Shift::Base => (scale, -T::one(), -g * z * scale - g_ld),
                    }
                }
            };
            grad_shift[i] = g * by_shift;
            grad_raw[i] = by_alpha * slope;
            grad[i] = g * scale;
        }
    }
}

#[cfg(feature = "gpu")]
impl Affine {
    /// The same map for the GPU.
    pub fn wgsl(&self) -> Fragment {
        Fragment::new(&[include_str!("shaders/affine.wgsl")])
            .with("INVERSE_BOUND", real(self.bound.map_or(0.0, f64::recip)))
            .with("BASE_SHIFT", self.shift == Shift::Base)
    }
}
