//! Training of one model on one source of data: maximum likelihood, or the reverse KL.

use std::ops::Range;

use super::data::Epochs;
use super::{Data, Objective, OptimiserSpec};
use crate::error::{Error, Remedy};
use crate::math::matrix::norm;
use crate::math::{Batch, Philox, Scalar, Stream, Tails};
use crate::models::{Model, ReverseStep, TILE, Workspace};
use crate::nn::Adam;
use crate::targets::Target;

/// Parameters, optimiser state and the step count of a run.
pub struct Trainer<T> {
    objective: Objective,
    optimiser: OptimiserSpec,
    seed: u32,
    current: Vec<T>,
    /// Their exponential moving average, see [`OptimiserSpec::decay_at`]; without one the parameters themselves.
    average: Vec<T>,
    /// The gradient of a shard of a step, and the sum over its shards.
    gradient: Vec<T>,
    sum: Vec<T>,
    adam: Adam<T>,
    step: u32,
    /// Where the schedule's clock stood at zero: the start, or when the target last changed.
    schedule_start: u32,
    batch: Batch<T>,
    workspace: Workspace<T>,
    /// The step and what was shown then, to fall back to.
    good: (u32, Vec<T>),
    /// Points of a batch: those that were asked for, or all of a fixed set that has fewer.
    batch_size: usize,
    epochs: Epochs,
    /// What did best on the validation points, see [`Self::consider`].
    best: Option<Best<T>>,
}

/// The step with the least validation NLL so far.
#[derive(Clone, Debug)]
pub struct Best<T> {
    /// The step.
    pub step: u32,
    /// Its validation NLL in nats.
    pub nll: f64,
    /// The average of the parameters then.
    pub parameters: Vec<T>,
}

impl<T: Scalar> Trainer<T> {
    /// Starts at the model's initial parameters; those that depend on data (activation norm) are set from a batch of
    /// it, unless the objective never sees data. Refuses an objective that can't be followed on the data or by the model.
    pub fn new(
        model: &dyn Model<T>,
        data: Data<'_>,
        objective: Objective,
        optimiser: OptimiserSpec,
        seed: u32,
    ) -> Result<Self, Error> {
        data.validate(objective)?;
        if objective != Objective::ForwardKl && !model.learns_from_draws() {
            return Err(Error::NoDrawGradient);
        }
        let mut parameters = model.initial_parameters(seed);
        let mut batch = Batch::default();
        let batch_size = optimiser.batch.min(data.count().unwrap_or(usize::MAX));
        batch.resize(model.dim(), batch_size);
        if objective == Objective::ForwardKl {
            let mut first = Batch::zeros(model.dim(), INIT_POINTS);
            fill(&mut first, |row, point| {
                data.draw(&mut Philox::new(seed, Stream::DataDependentInit { row }), point);
            });
            model.data_dependent_init(&mut parameters, &first);
        }
        Ok(Self {
            gradient: vec![T::zero(); parameters.len()],
            sum: vec![T::zero(); parameters.len()],
            adam: Adam::new(parameters.len()).with_betas(model.betas()),
            good: (0, parameters.clone()),
            epochs: Epochs::default(),
            best: None,
            batch_size,
            workspace: Workspace::default(),
            average: parameters.clone(),
            schedule_start: 0,
            step: 0,
            objective,
            optimiser,
            current: parameters,
            batch,
            seed,
        })
    }

    /// Steps taken.
    pub fn step_count(&self) -> u32 {
        self.step
    }

    /// What the run is judged by, and what is saved of it: with early stopping those of the best step, else [`Self::average`].
    pub fn parameters(&self) -> &[T] {
        match &self.best {
            Some(best) if self.optimiser.early_stopping => &best.parameters,
            _ => &self.average,
        }
    }

    /// The average of the parameters where there is one, else the current ones.
    pub fn average(&self) -> &[T] {
        &self.average
    }

    /// What did best on the validation points.
    pub fn best(&self) -> Option<&Best<T>> {
        self.best.as_ref()
    }

    /// Hears the validation NLL of [`Self::average`] now, and keeps that where it is the least since the target came.
    pub fn consider(&mut self, nll: f64) {
        let is_better = self.best.as_ref().is_none_or(|best| nll < best.nll);
        if nll.is_finite() && is_better {
            self.best = Some(Best { step: self.step, nll, parameters: self.average.clone() });
        }
    }

    /// Points of a batch: those that were asked for, or all of a fixed set that has fewer.
    pub fn batch_size(&self) -> usize {
        self.batch_size
    }

    /// Steps since the schedule last began.
    pub fn schedule_clock(&self) -> u32 {
        self.step - self.schedule_start
    }

    /// Begins the schedule anew, as after a change of the target.
    pub fn restart_schedule(&mut self) {
        self.schedule_start = self.step;
        self.best = None;
    }

    /// The learning rate of the next step.
    pub fn learning_rate(&self) -> f64 {
        self.optimiser.learning_rate * self.optimiser.schedule.factor(self.schedule_clock())
    }

    /// Takes over saved parameters at their step; Adam begins anew, and so does the average.
    pub fn load(&mut self, step: u32, parameters: &[T]) {
        self.set(parameters);
        self.adam = self.adam.anew();
        self.step = step;
        self.schedule_start = 0;
        self.best = None;
        self.keep();
    }

    /// Both the current parameters and their average.
    fn set(&mut self, parameters: &[T]) {
        self.current.copy_from_slice(parameters);
        self.average.copy_from_slice(parameters);
    }

    /// Declares what is shown now good: a later failure returns to it.
    pub fn keep(&mut self) {
        self.good.0 = self.step;
        self.good.1.copy_from_slice(&self.average);
    }

    /// The power beta of the target that the step after `step` steps aims at: 1 without annealing.
    pub fn tempering(&self, step: u32) -> f64 {
        match self.objective {
            Objective::ReverseKl { annealing: Some(annealing), .. } => {
                annealing.beta(step.saturating_sub(self.schedule_start))
            }
            Objective::ForwardKl | Objective::ReverseKl { annealing: None, .. } => 1.0,
        }
    }

    /// True where an ELBO is minus infinity because of the base: draws of its heavy tails lie beyond all numbers, however short
    /// the steps.
    pub fn has_far_draws(&self, model: &dyn Model<T>, elbo: f64) -> bool {
        let heavy = model.bijection().is_some_and(|flow| flow.base().tails() == Tails::Heavy);
        heavy && self.objective != Objective::ForwardKl && elbo == f64::NEG_INFINITY
    }

    /// Goes back to the parameters of the last [`Self::keep`], and says so. `far_draws`: no step is to blame, but draws of the
    /// model itself that lie beyond all numbers.
    pub fn fall_back(&mut self, seen: String, far_draws: bool) -> Error {
        let (step, learning_rate) = (self.step, self.learning_rate());
        let remedy = if far_draws { Remedy::LighterTails } else { Remedy::ShorterSteps(learning_rate) };
        let good = std::mem::take(&mut self.good.1);
        self.set(&good);
        self.good.1 = good;
        self.adam = self.adam.anew();
        self.step = self.good.0;
        self.schedule_start = self.schedule_start.min(self.step);
        Error::Diverged { step, seen, kept: self.good.0, remedy }
    }

    /// The objective's value and gradient for some rows of the next step's batch, each times the rows' share of it.
    fn gradient(&mut self, model: &dyn Model<T>, data: Data<'_>, rows: Range<usize>) -> f64 {
        let (seed, step) = (self.seed, self.step);
        let generator = |row: u32| Philox::new(seed, Stream::Training { step, row: rows.start as u32 + row });
        match self.objective {
            Objective::ForwardKl => {
                self.batch.resize(model.dim(), rows.len());
                let first = u64::from(step) * self.batch_size as u64 + rows.start as u64;
                let (epochs, jitter) = (&mut self.epochs, self.optimiser.jitter);
                fill(&mut self.batch, |row, point| {
                    epochs.draw(&data, seed, first + u64::from(row), jitter, &mut generator(row), point);
                });
                model
                    .batch_gradient(
                        &self.current,
                        &self.batch,
                        self.optimiser.activations,
                        Philox::new(seed, Stream::StepOrdering { step }),
                        &mut self.gradient,
                        &mut self.workspace,
                    )
                    .to_f64()
            }
            Objective::ReverseKl { path_gradient, .. } => {
                let log_density = |x: &[f64], score: &mut [f64]| match data {
                    Data::Target(target, smoothed) => smoothed.at(target, x, score),
                    Data::Rows(_) | Data::Sample(_) => {
                        unreachable!("a trainer refuses the reverse KL on rows")
                    }
                };
                let reverse = ReverseStep {
                    log_density: &log_density,
                    tempering: self.tempering(self.step),
                    path_gradient,
                    activations: self.optimiser.activations,
                };
                let value = model.draw_gradient(
                    &self.current,
                    rows.len(),
                    &|row| generator(row as u32),
                    &reverse,
                    &mut self.gradient,
                    &mut self.workspace,
                );
                value.expect("a trainer refuses a model without one")
            }
        }
    }

    /// One Adam step, on a fresh batch of the data or of draws from the base; returns the batch's mean NLL, or -ELBO, in
    /// nats. A number that is not finite undoes what went wrong, see [`Self::fall_back`].
    pub fn step(&mut self, model: &dyn Model<T>, data: Data<'_>) -> Result<f64, Error> {
        let mut value = 0.0;
        let mut sum = std::mem::take(&mut self.sum);
        sum.fill(T::zero());
        for shard in 0..self.shards(model) {
            value += self.shard(model, data, shard);
            sum.iter_mut().zip(&self.gradient).for_each(|(to, &g)| *to += g);
        }
        self.sum = sum;
        self.finish(model, value)
    }

    /// Points of a shard of a batch.
    fn shard_size(&self) -> usize {
        /// More shards than this would only be more to add up.
        const MAX_SHARDS: usize = 8;
        /// Whole vectors on every machine.
        const GRAIN: usize = 16;
        self.batch_size.div_ceil(MAX_SHARDS).next_multiple_of(GRAIN).max(TILE)
    }

    /// Shards of a step, which several workers can share: a function of the Experiment alone, so that the same numbers come out
    /// however many do. One where a layer's statistics are of the whole batch.
    pub fn shards(&self, model: &dyn Model<T>) -> usize {
        if model.needs_whole_batch() { 1 } else { self.batch_size.div_ceil(self.shard_size()) }
    }

    /// One shard of the next step: returns its share of the value and leaves its share of the gradient in [`Self::shard_gradient`].
    /// Values and gradients of all shards, added up in their order, are the step's.
    pub fn shard(&mut self, model: &dyn Model<T>, data: Data<'_>, shard: usize) -> f64 {
        let batch = self.batch_size;
        if self.shards(model) == 1 {
            return self.gradient(model, data, 0..batch);
        }
        let size = self.shard_size();
        let rows = shard * size..batch.min((shard + 1) * size);
        let share = rows.len() as f64 / batch as f64;
        let value = self.gradient(model, data, rows);
        self.gradient.iter_mut().for_each(|g| *g *= T::of_f64(share));
        share * value
    }

    /// The gradient that [`Self::shard`] left.
    pub fn shard_gradient(&self) -> &[T] {
        &self.gradient
    }

    /// The gradient that [`Self::finish`] follows: the sum over the shards.
    pub fn step_gradient(&mut self) -> &mut [T] {
        &mut self.sum
    }

    /// Follows the gradient of a step whose value is given, in nats, and returns that.
    pub fn finish(&mut self, model: &dyn Model<T>, value: f64) -> Result<f64, Error> {
        let norm = norm(&self.sum);
        if !value.is_finite() || !norm.is_finite() {
            let seen = match (value.is_finite(), self.objective) {
                (true, _) => "gradient",
                (false, Objective::ForwardKl) => "NLL",
                (false, Objective::ReverseKl { .. }) => "ELBO",
            };
            let far_draws = self.has_far_draws(model, -value);
            return Err(self.fall_back(format!("the {seen} is no longer a finite number"), far_draws));
        }
        let followed = self.optimiser.clip.map_or(norm, |clip| norm.min(clip));
        // Adam squares it.
        if !T::of_f64(followed).powi(2).is_finite() {
            return Err(self.fall_back("the gradient is too long to be followed".into(), false));
        }
        if followed < norm {
            /// A factor of this size and more has all its digits in single precision.
            const SMALL: f64 = 1e-30;
            let factor = followed / norm;
            if factor < SMALL {
                self.sum.iter_mut().for_each(|g| *g = T::of_f64(g.to_f64() * factor));
            } else {
                self.sum.iter_mut().for_each(|g| *g *= T::of_f64(factor));
            }
        }
        let rate = self.learning_rate();
        self.adam.step(&mut self.current, &self.sum, rate, self.optimiser.weight_decay);
        if self.objective == Objective::ForwardKl {
            model.after_step(&mut self.current, &self.workspace);
        }
        let decay = T::of_f64(self.optimiser.decay_at(self.schedule_clock()));
        let one = T::one();
        let pairs = self.average.iter_mut().zip(&self.current);
        pairs.for_each(|(average, &p)| *average = decay * *average + (one - decay) * p);
        self.step += 1;
        Ok(value)
    }

    /// All that the coming steps depend on.
    pub fn state(&self) -> State<T> {
        let (first, second, updates) = self.adam.moments();
        State {
            numbers: [&self.current, first, second, &self.average].concat(),
            clock: [self.step, self.schedule_start, updates],
        }
    }

    /// Takes over another trainer's state, of the same model: both then go the same way.
    pub fn restore(&mut self, state: &State<T>) {
        self.advance(state);
        self.keep();
    }

    /// The same, but the parameters to fall back to stay those that they were.
    pub fn advance(&mut self, state: &State<T>) {
        let [step, schedule_start, updates] = state.clock;
        let count = self.current.len();
        self.current.copy_from_slice(&state.numbers[..count]);
        let part = |index: usize| &state.numbers[index * count..(index + 1) * count];
        self.adam.resume(part(1), part(2), updates);
        self.average.copy_from_slice(part(3));
        (self.step, self.schedule_start) = (step, schedule_start);
    }
}

impl<T> State<T> {
    /// Numbers for each parameter.
    pub const PARTS: usize = 4;
}

/// What the coming steps of a trainer depend on, see [`Trainer::state`].
#[derive(Clone, Debug)]
pub struct State<T> {
    /// The parameters, Adam's first moments, its second, and what is shown: [`PARTS`](Self::PARTS) times as many numbers as
    /// parameters.
    pub numbers: Vec<T>,
    /// The step, the step at which the schedule began, Adam's own count.
    pub clock: [u32; 3],
}

/// Points that set what depends on data.
const INIT_POINTS: usize = 512;

/// Fills a batch with the target's draws for one step: row r comes from (seed, Training, step, r).
pub fn fill_batch<T: Scalar>(batch: &mut Batch<T>, target: &dyn Target, seed: u32, step: u32) {
    fill(batch, |row, point| target.sample(&mut Philox::new(seed, Stream::Training { step, row }), point));
}

/// Fills a batch with what is drawn for each of its rows.
fn fill<T: Scalar>(batch: &mut Batch<T>, mut draw: impl FnMut(u32, &mut [f64])) {
    let mut point = vec![0.0; batch.dim()];
    for row in 0..batch.len() {
        draw(row as u32, &mut point);
        for (variable, &value) in point.iter().enumerate() {
            batch.variable_mut(variable)[row] = T::of_f64(value);
        }
    }
}
