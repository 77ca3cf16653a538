//! Base distributions.

use crate::math::scalar::LN_2PI;
use crate::math::{Batch, Philox, Scalar};

/// The distribution that a flow carries to the data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Base {
    /// Independent standard normals; temperature T scales their standard deviation by T.
    #[default]
    StandardNormal,
}

impl Base {
    /// Adds log p_T(u) in nats to `log_prob (len)`, for base points `(dim, len)` at temperature T > 0.
    pub fn add_log_prob<T: Scalar>(self, points: &Batch<T>, temperature: f64, log_prob: &mut [T]) {
        let constant = T::of(-(0.5 * LN_2PI + temperature.ln()) * points.dim() as f64);
        log_prob.iter_mut().for_each(|lp| *lp += constant);
        let half_precision = T::of(0.5 / (temperature * temperature));
        for i in 0..points.dim() {
            let values = log_prob.iter_mut().zip(points.variable(i));
            values.for_each(|(lp, &u)| *lp -= half_precision * u * u);
        }
    }

    /// Turns base points in place into `factor` times the gradient of log p(u) at T = 1.
    pub fn score_in_place<T: Scalar>(self, points: &mut Batch<T>, factor: T) {
        points.as_mut_slice().iter_mut().for_each(|u| *u = -*u * factor);
    }

    /// One point at T = 1, from the given generator.
    pub fn draw<T: Scalar>(self, dim: usize, random: &mut Philox) -> Vec<T> {
        (0..dim).map(|_| random.normal()).collect()
    }
}
