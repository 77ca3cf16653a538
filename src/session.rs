//! One running Experiment: train it, and ask it what a view wants to know.

use crate::bijections::{Direction, Standardise};
use crate::diagnostics::{Evaluation, HeldOut};
use crate::error::Error;
use crate::experiment::{Experiment, Schedule};
use crate::math::quadrature::Window;
use crate::models::{Flow, Workspace, catalogue};
use crate::targets::{Target, TargetSpec};
use crate::training::Trainer;

/// Held-out points of an evaluation.
const HELD_OUT: usize = 4096;

/// The run is evaluated, and its parameters kept, each time the step count is a multiple of this.
pub const EVALUATE_EVERY: u32 = 50;

/// Held-out NLL this far above the best seen is no longer noise: the run has diverged.
const DIVERGED: f64 = 50.0;

/// A model in training, in `f32`, on the CPU.
pub struct Session {
    experiment: Experiment,
    target: Box<dyn Target>,
    held_out: HeldOut<f32>,
    flow: Flow<f32>,
    trainer: Trainer<f32>,
    workspace: Workspace<f32>,
    history: Vec<Evaluation>,
    /// The step at which the current target came.
    target_since: u32,
}

impl Session {
    /// Validates the Experiment and starts it at step 0.
    pub fn new(experiment: Experiment) -> Result<Self, Error> {
        experiment.validate()?;
        let target = experiment.target.build()?;
        let seed = experiment.seed.0;
        let flow = catalogue::build(&experiment.model, Some(standardise(&*target)), seed);
        let trainer = Trainer::new(&flow, experiment.optimiser.clone(), seed);
        let held_out = HeldOut::new(&*target, seed, HELD_OUT);
        let workspace = Workspace::default();
        let history = Vec::new();
        let target_since = 0;
        let mut session =
            Self { experiment, target, held_out, flow, trainer, workspace, history, target_since };
        session.record()?;
        Ok(session)
    }

    /// The Experiment as it stands; its target is the current one.
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// Steps taken.
    pub fn step_count(&self) -> u32 {
        self.trainer.step_count()
    }

    /// Evaluations so far, the untrained model's first.
    pub fn history(&self) -> &[Evaluation] {
        &self.history
    }

    /// The density that is being learned.
    pub fn target(&self) -> &dyn Target {
        &*self.target
    }

    /// The model.
    pub fn flow(&self) -> &Flow<f32> {
        &self.flow
    }

    /// Its parameters.
    pub fn parameters(&self) -> &[f32] {
        self.trainer.parameters()
    }

    /// Steps to the end of the schedule's current cycle, where a run has a natural end; `None` for a
    /// constant rate.
    pub fn steps_left(&self) -> Option<u32> {
        match self.experiment.optimiser.schedule {
            Schedule::Constant => None,
            Schedule::Cosine { steps } => Some(steps - self.trainer.schedule_clock() % steps),
        }
    }

    /// Takes `steps` steps and returns the last batch's mean NLL. What they do depends on the step count
    /// alone, not on how the calls divide it. On failure the last good parameters stand.
    pub fn train(&mut self, steps: u32) -> Result<f64, Error> {
        let mut nll = f64::NAN;
        for _ in 0..steps {
            nll = self.trainer.step(&self.flow, &*self.target)?;
            if self.step_count().is_multiple_of(EVALUATE_EVERY) {
                self.record()?;
            }
        }
        Ok(nll)
    }

    /// Held-out NLL, entropy and KL now.
    pub fn evaluate(&mut self) -> Evaluation {
        let (parameters, step) = (self.trainer.parameters(), self.trainer.step_count());
        self.held_out.evaluate(&self.flow, parameters, step, &mut self.workspace)
    }

    /// The same on `count` held-out points of their own.
    pub fn evaluate_on(&mut self, count: usize) -> Evaluation {
        let fresh = HeldOut::new(&*self.target, self.experiment.seed.0, count);
        let (parameters, step) = (self.trainer.parameters(), self.trainer.step_count());
        fresh.evaluate(&self.flow, parameters, step, &mut self.workspace)
    }

    fn record(&mut self) -> Result<(), Error> {
        let now = self.evaluate();
        // A new drawing that leaves the old one's support is no divergence: only compare within a target.
        let within = self.history.iter().filter(|e| e.step >= self.target_since);
        let best = within.map(|e| e.kl).fold(f64::INFINITY, f64::min);
        if !now.nll.is_finite() || now.kl > best.max(1.0) + DIVERGED && best.is_finite() {
            let seen = format!("held-out NLL is {:.1} nats", now.nll);
            return Err(self.trainer.fall_back(seen));
        }
        self.trainer.keep();
        self.history.push(now);
        Ok(())
    }

    /// Changes the target under the running model: parameters stay, the standardisation becomes the new
    /// target's, the schedule begins anew. On failure nothing changes.
    ///
    /// The new standardisation carries the learned density along to where the new target lies: a face
    /// that began as one eye is soon twenty of the eye's standard deviations wide, and a model that
    /// still counted in those would never get there.
    pub fn retarget(&mut self, target: TargetSpec) -> Result<(), Error> {
        self.target = target.build()?;
        self.experiment.target = target;
        let seed = self.experiment.seed.0;
        self.flow = catalogue::build(&self.experiment.model, Some(standardise(&*self.target)), seed);
        self.target_since = self.step_count();
        self.held_out = HeldOut::new(&*self.target, self.experiment.seed.0, HELD_OUT);
        self.trainer.restart_schedule();
        self.trainer.keep();
        let now = self.evaluate();
        self.history.retain(|e| e.step < now.step);
        self.history.push(now);
        Ok(())
    }

    /// The model's density at the cell centres of a window, `resolution` squared values, from the least
    /// x2 up, each row from the least x1; at temperature T > 0.
    pub fn density_field(&mut self, window: &Window, resolution: usize, temperature: f64) -> Vec<f32> {
        let points: Vec<f32> = window.cell_centres(resolution).iter().map(|&v| v as f32).collect();
        let parameters = self.trainer.parameters();
        let mut field = self.flow.log_prob(parameters, &points, temperature, &mut self.workspace);
        field.iter_mut().for_each(|v| *v = v.exp());
        field
    }

    /// The first `count` base draws of the seed, scaled by the temperature (0 or more) and carried to
    /// the data, row-major: the same draws whatever the temperature.
    pub fn samples(&mut self, count: usize, temperature: f64) -> Vec<f32> {
        let mut base = self.flow.base_draws(self.experiment.seed.0, count);
        base.iter_mut().for_each(|u: &mut f32| *u *= temperature as f32);
        let parameters = self.trainer.parameters();
        self.flow.transform(Direction::Forward, parameters, &base, &mut self.workspace).0
    }
}

fn standardise(target: &dyn Target) -> Standardise {
    let (mean, deviation) = target.moments();
    Standardise::new(mean.to_vec(), deviation.to_vec())
}

/// A target's density at the cell centres of a window, laid out as [`Session::density_field`].
pub fn target_field(target: &dyn Target, window: &Window, resolution: usize) -> Vec<f32> {
    let points = window.cell_centres(resolution);
    points.chunks_exact(2).map(|p| target.log_density([p[0], p[1]]).exp() as f32).collect()
}
