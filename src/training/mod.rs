//! Maximum likelihood training of one model on one target.

use crate::error::Error;
use crate::experiment::OptimiserSpec;
use crate::math::matrix::dot;
use crate::math::{Batch, Philox, Scalar, Stream};
use crate::models::{Flow, Workspace};
use crate::nn::Adam;
use crate::targets::Target;

/// Parameters, optimiser state and the step count of a run.
pub struct Trainer<T> {
    optimiser: OptimiserSpec,
    seed: u32,
    parameters: Vec<T>,
    gradient: Vec<T>,
    adam: Adam<T>,
    step: u32,
    /// Where the schedule's clock stood at zero: the start, or when the target last changed.
    schedule_start: u32,
    batch: Batch<T>,
    workspace: Workspace<T>,
    /// The step and the parameters to fall back to.
    good: (u32, Vec<T>),
}

impl<T: Scalar> Trainer<T> {
    /// Starts at the flow's initial parameters.
    pub fn new(flow: &Flow<T>, optimiser: OptimiserSpec, seed: u32) -> Self {
        let parameters = flow.initial_parameters(seed);
        let mut batch = Batch::default();
        batch.resize(flow.dim(), optimiser.batch);
        Self {
            gradient: vec![T::zero(); parameters.len()],
            adam: Adam::new(parameters.len()),
            good: (0, parameters.clone()),
            workspace: Workspace::default(),
            schedule_start: 0,
            step: 0,
            optimiser,
            parameters,
            batch,
            seed,
        }
    }

    /// Steps taken.
    pub fn step_count(&self) -> u32 {
        self.step
    }

    /// The current parameters.
    pub fn parameters(&self) -> &[T] {
        &self.parameters
    }

    /// Steps since the schedule last began.
    pub fn schedule_clock(&self) -> u32 {
        self.step - self.schedule_start
    }

    /// Begins the schedule anew, as after a change of the target.
    pub fn restart_schedule(&mut self) {
        self.schedule_start = self.step;
    }

    /// The learning rate of the next step.
    pub fn learning_rate(&self) -> f64 {
        self.optimiser.learning_rate * self.optimiser.schedule.factor(self.schedule_clock())
    }

    /// Declares the current parameters good: a later failure returns to them.
    pub fn keep(&mut self) {
        self.good.0 = self.step;
        self.good.1.copy_from_slice(&self.parameters);
    }

    /// Goes back to the parameters of the last [`Self::keep`], and says so.
    pub fn fall_back(&mut self, seen: String) -> Error {
        let (step, learning_rate) = (self.step, self.learning_rate());
        self.parameters.copy_from_slice(&self.good.1);
        self.adam = Adam::new(self.parameters.len());
        self.step = self.good.0;
        self.schedule_start = self.schedule_start.min(self.step);
        Error::Diverged { step, seen, kept: self.good.0, learning_rate }
    }

    /// One Adam step on a fresh batch of the target; returns the batch's mean NLL in nats. A number
    /// that is not finite undoes what went wrong, see [`Self::fall_back`].
    pub fn step(&mut self, flow: &Flow<T>, target: &dyn Target) -> Result<f64, Error> {
        fill_batch(&mut self.batch, target, self.seed, self.step);
        let nll =
            flow.nll_gradient(&self.parameters, &self.batch, &mut self.gradient, &mut self.workspace).widen();
        let norm = dot(&self.gradient, &self.gradient).widen().sqrt();
        if !nll.is_finite() || !norm.is_finite() {
            let seen = if nll.is_finite() { "gradient" } else { "NLL" };
            return Err(self.fall_back(format!("the {seen} is no longer a finite number")));
        }
        if let Some(clip) = self.optimiser.clip.filter(|&clip| norm > clip) {
            let factor = T::of(clip / norm);
            self.gradient.iter_mut().for_each(|g| *g *= factor);
        }
        let rate = self.learning_rate();
        self.adam.step(&mut self.parameters, &self.gradient, rate);
        self.step += 1;
        Ok(nll)
    }
}

/// Fills a batch with the target's draws for one step: row r comes from (seed, Training, step, r).
pub fn fill_batch<T: Scalar>(batch: &mut Batch<T>, target: &dyn Target, seed: u32, step: u32) {
    for row in 0..batch.len() {
        let x = target.sample(&mut Philox::new(seed, Stream::Training, step, row as u32));
        for (variable, value) in x.into_iter().enumerate() {
            batch.variable_mut(variable)[row] = T::of(value);
        }
    }
}
