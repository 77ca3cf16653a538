//! One learned scale, and perhaps shift, for each variable.

use serde::Serialize;

use super::{Bijection, Direction, Scratch, Spec, Summary, Tape};
#[cfg(feature = "gpu")]
use super::{Kernel, kernel::Code};
use crate::math::{Batch, Philox, Scalar, matrix};
#[cfg(feature = "gpu")]
use crate::wgsl::{Fragment, whole};

/// Forward: `x_i = u_i exp(s_i) + b_i`, with one s and b for all points: NICE's diagonal scaling without the shift
/// (Dinh, Krueger, Bengio, 2015, section 3.3), Glow's activation norm with it (Kingma, Dhariwal, "Glow: Generative
/// flow with invertible 1x1 convolutions", NeurIPS 2018, section 3.1).
///
/// Parameters: s, then b.
#[derive(Clone, Debug)]
pub struct Scaling {
    dim: usize,
    shift: bool,
}

impl Scaling {
    /// Scales alone, starting at 1.
    pub fn diagonal(dim: usize) -> Self {
        Self { dim, shift: false }
    }

    /// Scales and shifts that [`Bijection::data_dependent_init`] sets so that the first batch leaves it with mean 0 and deviation 1.
    pub fn activation_norm(dim: usize) -> Self {
        Self { dim, shift: true }
    }

    fn parameters(&self) -> usize {
        if self.shift { 2 * self.dim } else { self.dim }
    }

    fn shift<T: Scalar>(&self, parameters: &[T], i: usize) -> T {
        if self.shift { parameters[self.dim + i] } else { T::zero() }
    }
}

impl<T: Scalar> Bijection<T> for Scaling {
    fn dim(&self) -> usize {
        self.dim
    }

    fn summary(&self) -> Summary {
        Summary::plain("scaling")
    }

    fn parameter_count(&self) -> usize {
        self.parameters()
    }

    fn initialise(&self, parameters: &mut [T], _random: &mut Philox) {
        parameters.fill(T::zero());
    }

    fn data_dependent_init(&self, parameters: &mut [T], batch: &Batch<T>) {
        if !self.shift {
            return;
        }
        for i in 0..self.dim {
            let (mean, variance) = super::batch_norm::moments(batch.variable(i));
            parameters[i] = T::of_f64(0.5) * (variance + T::of_f64(1e-6)).ln();
            parameters[self.dim + i] = mean;
        }
    }

    fn map(
        &self,
        direction: Direction,
        parameters: &[T],
        batch: &mut Batch<T>,
        log_det: &mut [T],
        tape: &mut Tape<T>,
    ) -> usize {
        tape.input.copy_from(batch);
        let mut total = T::zero();
        for i in 0..self.dim {
            let (s, b) = (parameters[i], self.shift(parameters, i));
            let values = batch.variable_mut(i).iter_mut();
            match direction {
                Direction::Forward => {
                    let scale = s.exp();
                    values.for_each(|v| *v = *v * scale + b);
                    total += s;
                }
                Direction::Inverse => {
                    let scale = (-s).exp();
                    values.for_each(|v| *v = (*v - b) * scale);
                    total -= s;
                }
            }
        }
        log_det.iter_mut().for_each(|ld| *ld += total);
        0
    }

    fn pull_back(
        &self,
        direction: Direction,
        parameters: &[T],
        tape: &Tape<T>,
        grad: &mut Batch<T>,
        grad_log_det: &[T],
        grad_parameters: &mut [T],
        _scratch: &mut Scratch<T>,
    ) {
        let by_log_det = matrix::total(grad_log_det);
        for i in 0..self.dim {
            let (s, b) = (parameters[i], self.shift(parameters, i));
            let inputs = tape.input.variable(i);
            let g = grad.variable_mut(i);
            let (by_shift, by_scale, scale) = match direction {
                Direction::Forward => {
                    let scale = s.exp();
                    (matrix::total(g), matrix::dot(g, inputs) * scale + by_log_det, scale)
                }
                Direction::Inverse => {
                    let scale = (-s).exp();
                    let along = matrix::dot(g, inputs) - b * matrix::total(g);
                    (-matrix::total(g) * scale, -along * scale - by_log_det, scale)
                }
            };
            grad_parameters[i] += by_scale;
            if self.shift {
                grad_parameters[self.dim + i] += by_shift;
            }
            g.iter_mut().for_each(|g| *g *= scale);
        }
    }
}

impl Spec for Scaling {
    fn build<T: Scalar>(&self) -> Box<dyn Bijection<T>> {
        Box::new(self.clone())
    }

    fn describe(&self, at: usize) -> impl Serialize {
        #[derive(Serialize)]
        struct Described {
            kind: &'static str,
            at: usize,
            shifted: bool,
        }
        Described { kind: "scaling", at, shifted: self.shift }
    }

    #[cfg(feature = "gpu")]
    fn kernel(&self) -> Result<Kernel, String> {
        let fragment = Fragment::new(&[include_str!("shaders/scaling.wgsl")])
            .with("SHIFTED", self.shift)
            .with("COUNT", whole(self.parameters()));
        Ok(Kernel::new(Code::new(&fragment)).with_parameters(self.parameters()).with_tape(self.dim))
    }
}
