//! Batch normalisation as a bijection.

use serde::Serialize;

#[cfg(feature = "gpu")]
use super::Kernel;
use super::{Bijection, Direction, Scratch, Spec, Summary, Tape};
use crate::math::{Batch, Philox, Scalar, matrix};

/// Inverse: `u_i = (x_i - m_i) / sqrt(v_i + epsilon) exp(gamma_i) + beta_i` (Dinh, Sohl-Dickstein, Bengio, "Density
/// estimation using Real NVP", ICLR 2017, section 3.7; Ioffe, Szegedy, 2015). In training m and v are the batch's own
/// mean and variance; at evaluation their running averages, so that a density is a density.
///
/// Parameters: gamma, beta, running mean, running variance. The last two get no gradient, hence Adam never moves
/// them: [`Bijection::after_step`] does.
#[derive(Clone, Debug)]
pub struct BatchNorm {
    dim: usize,
}

const EPSILON: f64 = 1e-5;
/// Share of a batch in the running averages.
const MOMENTUM: f64 = 0.1;

/// Mean and variance (over n) of some values.
pub fn moments<T: Scalar>(values: &[T]) -> (T, T) {
    let n = T::of_f64(values.len().max(1) as f64);
    let mean = matrix::total(values) / n;
    let variance = values.iter().map(|&v| (v - mean) * (v - mean)).sum::<T>() / n;
    (mean, variance)
}

impl BatchNorm {
    /// For that many variables.
    pub fn new(dim: usize) -> Self {
        Self { dim }
    }

    /// (mean, variance) that the map uses: the tape's where a training batch left them, else the running ones.
    fn statistics<T: Scalar>(&self, parameters: &[T], tape: &Tape<T>, i: usize) -> (T, T) {
        let d = self.dim;
        if tape.training && tape.state.len() == 2 * d {
            (tape.state[i], tape.state[d + i])
        } else {
            (parameters[2 * d + i], parameters[3 * d + i])
        }
    }
}

impl<T: Scalar> Bijection<T> for BatchNorm {
    fn dim(&self) -> usize {
        self.dim
    }

    fn summary(&self) -> Summary {
        Summary::plain("scaling")
    }

    fn parameter_count(&self) -> usize {
        4 * self.dim
    }

    fn needs_whole_batch(&self) -> bool {
        true
    }

    fn untrained_count(&self) -> usize {
        2 * self.dim
    }

    fn initialise(&self, parameters: &mut [T], _random: &mut Philox) {
        parameters.fill(T::zero());
        parameters[3 * self.dim..].fill(T::one());
    }

    fn map(
        &self,
        direction: Direction,
        parameters: &[T],
        batch: &mut Batch<T>,
        log_det: &mut [T],
        tape: &mut Tape<T>,
    ) -> usize {
        let d = self.dim;
        if tape.training && direction == Direction::Inverse {
            tape.state.resize(2 * d, T::zero());
            for i in 0..d {
                let (mean, variance) = moments(batch.variable(i));
                (tape.state[i], tape.state[d + i]) = (mean, variance);
            }
        }
        tape.input.copy_from(batch);
        let mut total = T::zero();
        for i in 0..d {
            let (gamma, beta) = (parameters[i], parameters[d + i]);
            let (mean, variance) = self.statistics(parameters, tape, i);
            let log_scale = gamma - T::of_f64(0.5) * (variance + T::of_f64(EPSILON)).ln();
            let values = batch.variable_mut(i).iter_mut();
            match direction {
                Direction::Inverse => {
                    let scale = log_scale.exp();
                    values.for_each(|v| *v = (*v - mean) * scale + beta);
                    total += log_scale;
                }
                Direction::Forward => {
                    let scale = (-log_scale).exp();
                    values.for_each(|v| *v = (*v - beta) * scale + mean);
                    total -= log_scale;
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
        let d = self.dim;
        let by_log_det = matrix::total(grad_log_det);
        let n = T::of_f64(grad.len().max(1) as f64);
        for i in 0..d {
            let (gamma, beta) = (parameters[i], parameters[d + i]);
            let (mean, variance) = self.statistics(parameters, tape, i);
            let deviation = (variance + T::of_f64(EPSILON)).sqrt();
            let inputs = tape.input.variable(i);
            let g = grad.variable_mut(i);
            match direction {
                Direction::Forward => {
                    let scale = deviation * (-gamma).exp();
                    let along = matrix::dot(g, inputs) - beta * matrix::total(g);
                    grad_parameters[i] += -along * scale - by_log_det;
                    grad_parameters[d + i] -= matrix::total(g) * scale;
                    g.iter_mut().for_each(|g| *g *= scale);
                }
                Direction::Inverse => {
                    let scale = gamma.exp();
                    let sum = matrix::total(g);
                    // Normalised inputs times gradient, summed.
                    let along = (matrix::dot(g, inputs) - mean * sum) / deviation;
                    grad_parameters[i] += along * scale + by_log_det;
                    grad_parameters[d + i] += sum;
                    let through = tape.training;
                    for (g, &x) in g.iter_mut().zip(inputs) {
                        let normal = (x - mean) / deviation;
                        *g *= scale;
                        if through {
                            // The batch's own mean and variance move with x.
                            *g -= scale * (sum + normal * along) / n + by_log_det * normal / n;
                        }
                        *g /= deviation;
                    }
                }
            }
        }
    }

    fn after_step(&self, parameters: &mut [T], tape: &Tape<T>) {
        if tape.state.len() == 2 * self.dim {
            let momentum = T::of_f64(MOMENTUM);
            let running = parameters[2 * self.dim..].iter_mut();
            running.zip(&tape.state).for_each(|(r, &now)| *r += momentum * (now - *r));
        }
    }
}

impl Spec for BatchNorm {
    fn build<T: Scalar>(&self) -> Box<dyn Bijection<T>> {
        Box::new(self.clone())
    }

    /// By its running averages.
    fn describe(&self, at: usize) -> impl Serialize {
        #[derive(Serialize)]
        struct Described {
            kind: &'static str,
            at: usize,
        }
        Described { kind: "batch-norm", at }
    }

    #[cfg(feature = "gpu")]
    fn kernel(&self) -> Result<Kernel, String> {
        Err("batch normalisation needs the whole batch at once".into())
    }
}
