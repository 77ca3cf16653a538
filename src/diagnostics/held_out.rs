//! Held-out NLL and KL.

use serde::Serialize;

use super::{Split, Variational};
use crate::math::{Estimate, Philox, Scalar, Tails, estimate_mean};
use crate::models::{LogProb, Workspace};
use crate::targets::Target;
use crate::targets::table::Part;

/// Fresh points of a target, never trained on, with log p of the target at each; or rows of a table, of which that is not known.
pub struct HeldOut<T> {
    points: Vec<T>,
    dim: usize,
    known: Option<Known>,
    /// What an NLL of each row of a table in standard units lacks to one in the table's, in nats.
    offsets: Vec<f64>,
    tails: Tails,
}

/// What is known of a target with a density.
struct Known {
    log_density: Vec<f64>,
    entropy: f64,
}

/// What log q at held-out points says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// NLL in nats.
    pub nll: f64,
    /// KL(target || model) in nats; `None` for a table, whose entropy nobody knows.
    pub kl: Option<f64>,
    /// Standard error of both.
    pub standard_error: Option<f64>,
}

/// What held-out points say about a model.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Evaluation {
    /// Steps taken when it was measured.
    pub step: u32,
    /// Held-out NLL in nats, H + KL; infinite with the KL. Of a table: over its test rows, in its own units. NaN where the model has no
    /// density; an upper bound where it has a lower bound of its density.
    pub nll: f64,
    /// Entropy H of the target in nats; `None` for a table, of which it is not known.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub entropy: Option<f64>,
    /// KL(target || model) = NLL - H in nats; infinite where the model's density at a held-out point is below all numbers. `None` with the
    /// entropy, and where the model has no density.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub kl: Option<f64>,
    /// Standard error of both; `None` where none can be given, see [`estimate_mean`].
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub standard_error: Option<f64>,
    /// With the reverse KL as objective: what the model's own draws say.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Variational | null"))]
    pub variational: Option<Variational>,
    /// With a fixed sample, or a table: what its points say.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "SampleEvaluation | null"))]
    pub sample: Option<SampleEvaluation>,
}

impl Evaluation {
    /// The KL where it is known; no number of a table.
    pub fn known_kl(&self) -> f64 {
        self.kl.unwrap_or(f64::NAN)
    }

    /// The entropy where it is known; no number of a table.
    pub fn known_entropy(&self) -> f64 {
        self.entropy.unwrap_or(f64::NAN)
    }
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
    /// `count` points of a split, drawn from `seed`; of a table at most that many of its test rows, whatever the split.
    pub fn new(target: &dyn Target, seed: u32, split: Split, count: usize) -> Self {
        let (dim, tails) = (target.dim(), target.tails());
        if let Some(rows) = target.rows() {
            let points = some_rows(rows.test(), dim, count).map(T::of_f64).collect();
            let offsets = some_rows(rows.offsets(Part::Test), 1, count).collect();
            return Self { points, dim, known: None, offsets, tails };
        }
        let draw = |row| target.draw(&mut Philox::new(seed, split.point(row as u32)));
        let samples: Vec<f64> = (0..count).flat_map(draw).collect();
        let log_density = samples.chunks_exact(dim).map(|x| target.log_density(x)).collect();
        let known = Some(Known { log_density, entropy: target.entropy() });
        let points = samples.iter().map(|&v| T::of_f64(v)).collect();
        Self { points, dim, known, offsets: Vec::new(), tails }
    }

    /// The points, row-major.
    pub fn points(&self) -> &[T] {
        &self.points
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.points.len() / self.dim
    }

    /// KL is the mean of log p(x) - log q(x): the target's own log p serves as a control variate, so the
    /// chance of which points were drawn cancels. NLL is H + KL, with the same expectation as the mean
    /// of -log q(x), and a much smaller error.
    ///
    /// Without a density there is neither.
    pub fn evaluate(
        &self,
        density: Option<&dyn LogProb<T>>,
        parameters: &[T],
        step: u32,
        workspace: &mut Workspace<T>,
    ) -> Evaluation {
        let none = Measured { nll: f64::NAN, kl: None, standard_error: None };
        let Measured { nll, kl, standard_error } = density.map_or(none, |density| {
            self.measure(&density.log_prob(parameters, &self.points, 1.0, workspace))
        });
        let entropy = self.known.as_ref().map(|known| known.entropy);
        Evaluation { step, nll, entropy, kl, standard_error, variational: None, sample: None }
    }

    /// NLL and KL in nats, from log q at [`Self::points`].
    pub fn measure(&self, log_q: &[T]) -> Measured {
        // The lesser of no number, which a GPU may give, and infinity is infinity, see [`crate::models::Flow::log_prob`].
        let above = |p: f64, q: &T| (p - q.to_f64()).min(f64::INFINITY);
        let Some(Known { log_density, entropy }) = &self.known else {
            let all: Vec<f64> = self.offsets.iter().zip(log_q).map(|(&offset, q)| above(offset, q)).collect();
            let Estimate { mean: nll, standard_error } = estimate_mean(&all, self.tails);
            return Measured { nll, kl: None, standard_error };
        };
        let ratios: Vec<f64> = log_density.iter().zip(log_q).map(|(&p, q)| above(p, q)).collect();
        let Estimate { mean: kl, standard_error } = estimate_mean(&ratios, self.tails);
        Measured { nll: entropy + kl, kl: Some(kl), standard_error }
    }
}

/// At most `count` rows, row-major; of more some that are evenly far apart, since a table may be sorted.
pub(crate) fn some_rows(rows: &[f64], dim: usize, count: usize) -> impl Iterator<Item = f64> {
    let all = rows.len() / dim;
    let taken = all.min(count);
    (0..taken).flat_map(move |place| {
        let row = place * all / taken;
        rows[row * dim..(row + 1) * dim].iter().copied()
    })
}
