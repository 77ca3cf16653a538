//! The fixed affine map between a model's own units and the target's.

use serde::Serialize;

use super::{Bijection, Direction, Scratch, Spec, Summary, Tape};
#[cfg(feature = "gpu")]
use super::{Kernel, kernel::Code};
use crate::math::{Batch, Scalar};
#[cfg(feature = "gpu")]
use crate::wgsl::Fragment;

/// Forward: `x_i = mean_i + deviation_i u_i`, with constants taken from the target before training.
/// Its log-determinant counts, so that every density of a model is in the target's own units.
#[derive(Clone, Debug)]
pub struct Standardise {
    mean: Vec<f64>,
    deviation: Vec<f64>,
}

impl Standardise {
    /// Mean and standard deviation of each variable; deviations are positive.
    pub fn new(mean: Vec<f64>, deviation: Vec<f64>) -> Self {
        debug_assert!(deviation.iter().all(|&d| d > 0.0));
        Self { mean, deviation }
    }

    fn scale(&self, direction: Direction, variable: usize) -> f64 {
        match direction {
            Direction::Forward => self.deviation[variable],
            Direction::Inverse => self.deviation[variable].recip(),
        }
    }
}

/// Takes points to or from a model's own units in place, where it has such; returns the log-determinant, which is the same for all.
pub fn in_units<T: Scalar>(units: Option<&Standardise>, direction: Direction, points: &mut Batch<T>) -> f64 {
    let mut log_det = vec![T::zero(); points.len().max(1)];
    if let Some(units) = units {
        units.map(direction, &[], points, &mut log_det, &mut Tape::default());
    }
    log_det[0].to_f64()
}

impl<T: Scalar> Bijection<T> for Standardise {
    fn dim(&self) -> usize {
        self.mean.len()
    }

    fn summary(&self) -> Summary {
        Summary::plain("standardise")
    }

    fn map(
        &self,
        direction: Direction,
        _parameters: &[T],
        batch: &mut Batch<T>,
        log_det: &mut [T],
        _tape: &mut Tape<T>,
    ) -> usize {
        let mut total = 0.0;
        for i in 0..self.mean.len() {
            let (mean, scale) = (T::of_f64(self.mean[i]), T::of_f64(self.scale(direction, i)));
            let values = batch.variable_mut(i).iter_mut();
            match direction {
                Direction::Forward => values.for_each(|v| *v = mean + *v * scale),
                Direction::Inverse => values.for_each(|v| *v = (*v - mean) * scale),
            }
            total += self.scale(direction, i).ln();
        }
        let total = T::of_f64(total);
        log_det.iter_mut().for_each(|ld| *ld += total);
        0
    }

    fn pull_back(
        &self,
        direction: Direction,
        _parameters: &[T],
        _tape: &Tape<T>,
        grad: &mut Batch<T>,
        _grad_log_det: &[T],
        _grad_parameters: &mut [T],
        _scratch: &mut Scratch<T>,
    ) {
        for i in 0..self.mean.len() {
            let scale = T::of_f64(self.scale(direction, i));
            grad.variable_mut(i).iter_mut().for_each(|g| *g *= scale);
        }
    }
}

impl Spec for Standardise {
    fn build<T: Scalar>(&self) -> Box<dyn Bijection<T>> {
        Box::new(self.clone())
    }

    fn describe(&self, _at: usize) -> impl Serialize {
        #[derive(Serialize)]
        struct Described<'a> {
            kind: &'static str,
            /// Added after the scaling.
            mean: &'a [f64],
            deviation: &'a [f64],
        }
        Described { kind: "standardise", mean: &self.mean, deviation: &self.deviation }
    }

    #[cfg(feature = "gpu")]
    fn kernel(&self) -> Result<Kernel, String> {
        let code = Code::new(&Fragment::new(&[include_str!("shaders/standardise.wgsl")]));
        let constants = self.mean.iter().chain(&self.deviation);
        Ok(Kernel::new(code).with_indices(constants.map(|&v| (v as f32).to_bits())))
    }
}
