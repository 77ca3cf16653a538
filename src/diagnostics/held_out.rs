//! Held-out NLL and KL.

use serde::Serialize;

use super::{Split, Variational};
use crate::math::{Estimate, Philox, Scalar, Tails, estimate_mean};
use crate::models::{LogProb, Workspace};
use crate::targets::Target;

/// Fresh points of a target, never trained on, with log p of the target at each.
pub struct HeldOut<T> {
    points: Vec<T>,
    log_density: Vec<f64>,
    entropy: f64,
    tails: Tails,
}

/// What held-out points say about a model.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Evaluation {
    /// Steps taken when it was measured.
    pub step: u32,
    /// Held-out NLL in nats, H + KL; infinite with the KL.
    pub nll: f64,
    /// Entropy H of the target in nats.
    pub entropy: f64,
    /// KL(target || model) = NLL - H in nats; infinite where the model's density at a held-out point is below all numbers.
    pub kl: f64,
    /// Standard error of both; `None` where none can be given, see [`estimate_mean`].
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub standard_error: Option<f64>,
    /// With the reverse KL as objective: what the model's own draws say.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Variational | null"))]
    pub variational: Option<Variational>,
    /// With a fixed sample: what its points say.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "SampleEvaluation | null"))]
    pub sample: Option<SampleEvaluation>,
}

/// What a fixed sample and its validation points say about the parameters in training. With early stopping the other numbers are of
/// the best step's, and these go on: they are why it is the best.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct SampleEvaluation {
    /// Mean of -log q over the points that are trained on, the first 4,096 of them, in nats.
    pub nll_train: f64,
    /// The same over the validation points.
    pub nll_validation: f64,
    /// Standard error of the latter; `None` where none can be given.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub standard_error: Option<f64>,
    /// How often each point has been trained on.
    pub epochs: f64,
    /// The step with the least validation NLL so far.
    pub best_step: u32,
}

impl<T: Scalar> HeldOut<T> {
    /// `count` points of a split, drawn from `seed`.
    pub fn new(target: &dyn Target, seed: u32, split: Split, count: usize) -> Self {
        let draw = |row| target.draw(&mut Philox::new(seed, split.point(row as u32)));
        let samples: Vec<f64> = (0..count).flat_map(draw).collect();
        Self {
            points: samples.iter().map(|&v| T::of_f64(v)).collect(),
            log_density: samples.chunks_exact(target.dim()).map(|x| target.log_density(x)).collect(),
            entropy: target.entropy(),
            tails: target.tails(),
        }
    }

    /// The points, row-major.
    pub fn points(&self) -> &[T] {
        &self.points
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.log_density.len()
    }

    /// KL is the mean of log p(x) - log q(x): the target's own log p serves as a control variate, so the
    /// chance of which points were drawn cancels. NLL is H + KL, with the same expectation as the mean
    /// of -log q(x), and a much smaller error.
    pub fn evaluate(
        &self,
        density: &dyn LogProb<T>,
        parameters: &[T],
        step: u32,
        workspace: &mut Workspace<T>,
    ) -> Evaluation {
        let log_q = density.log_prob(parameters, &self.points, 1.0, workspace);
        let Estimate { mean: kl, standard_error } = self.divergence(&log_q);
        let (nll, entropy) = (self.entropy + kl, self.entropy);
        Evaluation { step, nll, entropy, kl, standard_error, variational: None, sample: None }
    }

    /// KL in nats, from log q at [`Self::points`].
    pub fn divergence(&self, log_q: &[T]) -> Estimate {
        // The lesser of no number, which a GPU may give, and infinity is infinity, see [`crate::models::Flow::log_prob`].
        let ratios = self.log_density.iter().zip(log_q).map(|(p, q)| (p - q.to_f64()).min(f64::INFINITY));
        estimate_mean(&ratios.collect::<Vec<_>>(), self.tails)
    }
}
