//! One running Experiment: train it, and ask it what a view wants to know.

mod baselines;
mod bubble;
mod checks;
mod description;
mod divergence;
mod measurements;
pub mod one_variable;
mod queries;
mod receipt;
mod reference;
mod ruler;
mod source;
pub mod table;

pub(crate) use checks::check_parameters;
pub use checks::{check_bytes, check_length, check_state, check_window};
pub use measurements::{Whose, spread};
pub use queries::{
    BaseSpace, ChainRule, Floats, Layers, OffSupport, SingularValues, Slice, TemperatureSweep, VariableBar,
    Weights, probe,
};
pub use ruler::{Evaluations, ModesCovered, Ruler};

use baselines::Fitted;
pub(crate) use description::describe_table;
use reference::Reference;
use source::Source;
pub(crate) use source::standardise;

use crate::diagnostics::held_out::some_rows;
use crate::diagnostics::{Evaluation, HeldOut, Split, variational};
use crate::error::Error;
use crate::experiment::Experiment;
use crate::math::quadrature::Window;
use crate::models::build::check_family;
use crate::models::{self, Flow, LogProb, Model, Workspace};
use crate::targets::rows::{Rows, TableUnits};
use crate::targets::{PlaneTarget, Target, TargetSpec, on_plane};
use crate::training::{Objective, PATIENCE, Schedule, State, Trainer};

/// The run is evaluated, and its parameters kept, each time the step count is a multiple of this.
pub const EVALUATE_EVERY: u32 = 50;

/// A run on a fixed sample is evaluated more often at first, each time at multiples of the first number up to the second: few points
/// are soon learned by heart, thirty of them within ten steps.
const OFTEN: [[u32; 2]; 2] = [[2, 20], [10, 500]];

/// A flow, its parameters and memory to work in.
type Pieces<'a> = (&'a Flow<f32>, &'a [f32], &'a mut Workspace<f32>);

/// A model in training, in `f32`, on the CPU.
pub struct Session {
    experiment: Experiment,
    source: Source,
    model: Box<dyn Model<f32>>,
    trainer: Trainer<f32>,
    workspace: Workspace<f32>,
    history: Vec<Evaluation>,
    /// The step at which the current target came.
    target_since: u32,
    /// Of the table that is learned, once they are asked for.
    baselines: Option<Fitted>,
    /// Of a target whose density is known, once it is asked for.
    target_known: Option<Reference>,
}

impl Session {
    /// Validates the Experiment and starts it at step 0.
    pub fn new(experiment: Experiment) -> Result<Self, Error> {
        experiment.validate()?;
        check_family(experiment.model.family)?;
        let source = Source::new(&experiment)?;
        let seed = experiment.seed.0;
        let fixed = standardise(&*source.target, experiment.objective);
        let model = models::build(&experiment.model, fixed, seed);
        let optimiser = experiment.optimiser.clone();
        let trainer = Trainer::new(&*model, source.data(), experiment.objective, optimiser, seed)?;
        let workspace = Workspace::default();
        let history = Vec::new();
        let (target_since, baselines, target_known) = (0, None, None);
        let mut session = Self {
            experiment,
            source,
            model,
            trainer,
            workspace,
            history,
            target_since,
            baselines,
            target_known,
        };
        let now = session.measure();
        if !divergence::distance(&now).is_finite() {
            let seen = match now.variational {
                None => "some of the target's points lie where the untrained model has no density",
                Some(_) => "some of the untrained model's draws lie where the target has no density",
            };
            return Err(Error::CannotStart { seen: seen.into() });
        }
        session.history.push(now);
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
        &*self.source.target
    }

    /// The same as one of the plane; an error where it has another number of variables.
    pub fn plane(&self) -> Result<&dyn PlaneTarget, Error> {
        on_plane(self.target())
    }

    /// The model.
    pub fn model(&self) -> &dyn Model<f32> {
        &*self.model
    }

    /// An error where the target's density is not known.
    pub fn known(&self) -> Result<(), Error> {
        if self.target().rows().is_some() { Err(Error::OnlyRows) } else { Ok(()) }
    }

    /// An error where there are not two variables.
    fn two_variables(&self) -> Result<(), Error> {
        match self.target().dim() {
            2 => Ok(()),
            dim => Err(Error::NotOnPlane { dim }),
        }
    }

    /// What the model can say of log p(x), it itself or a bound; an error where there is neither.
    pub fn density(&self) -> Result<&dyn LogProb<f32>, Error> {
        self.model.density().required()
    }

    /// The model as a bijection to a base, see [`Model::bijection`]; an error where it is none.
    pub fn flow(&self) -> Result<&Flow<f32>, Error> {
        self.model.bijection().ok_or(Error::NoBijection)
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

    /// The step with the least validation NLL so far; `None` with fresh draws.
    pub fn best_step(&self) -> Option<u32> {
        self.trainer.best().map(|best| best.step)
    }

    /// The step at which early stopping ends the training unless the validation NLL falls before; `None` without it.
    pub fn stops_at(&self) -> Option<u32> {
        let stops = self.experiment.optimiser.early_stopping;
        self.best_step().filter(|_| stops).map(|best| best.saturating_add(PATIENCE))
    }

    /// The points that are trained on, `count` at most, row-major; none where draws are fresh. Rows of a table are in standard units.
    pub fn sample_points(&self, count: usize) -> Vec<f32> {
        let (values, dim) =
            (self.source.fixed().map_or(&[][..], |[train, _]| train.points), self.target().dim());
        match self.target().rows() {
            Some(_) => some_rows(values, dim, count).map(|v| v as f32).collect(),
            // The first of a sequence: a larger sample holds the smaller one.
            None => values.iter().take(count.saturating_mul(dim)).map(|&v| v as f32).collect(),
        }
    }

    /// The columns of the table that is learned, where they lie, and how its rows are divided; `None`: the target is no table.
    pub fn table(&self) -> Option<TableUnits> {
        self.target().rows().map(Rows::units)
    }

    /// Takes over parameters that were saved from the same Experiment, at their step, and evaluates them; refuses another number
    /// of them, and numbers that are not finite.
    pub fn load(&mut self, step: u32, parameters: &[f32]) -> Result<(), Error> {
        self.set_parameters(step, parameters)?;
        let now = self.measure();
        self.history.retain(|e| e.step < step);
        self.history.push(now);
        Ok(())
    }

    /// The same without an evaluation: to look at, often.
    pub fn set_parameters(&mut self, step: u32, parameters: &[f32]) -> Result<(), Error> {
        check_parameters(parameters, self.trainer.parameters().len())?;
        self.trainer.load(step, parameters);
        Ok(())
    }

    /// Takes `steps` steps and returns the last batch's mean NLL. What they do depends on the step count
    /// alone, not on how the calls divide it. On failure the last good parameters stand.
    pub fn train(&mut self, steps: u32) -> Result<f64, Error> {
        let mut nll = f64::NAN;
        for _ in 0..steps {
            nll = self.trainer.step(&*self.model, self.source.data())?;
            if self.is_due() {
                self.record()?;
            }
        }
        Ok(nll)
    }

    /// Whether a run at this step is evaluated.
    fn is_due(&self) -> bool {
        let step = self.step_count();
        let often = OFTEN.iter().find(|[_, until]| self.source.fixed().is_some() && step <= *until);
        step.is_multiple_of(often.map_or(EVALUATE_EVERY, |[every, _]| *every))
    }

    /// Shards of a step, which several workers can share; see [`Trainer::shards`].
    pub fn shards(&self) -> usize {
        self.trainer.shards(&*self.model)
    }

    /// One shard of the next step: its share of the value, and of the gradient in [`Self::shard_gradient`]. An error where there is
    /// no such shard.
    pub fn shard(&mut self, shard: usize) -> Result<f64, Error> {
        checks::within("shard", shard, 0, self.shards() - 1)?;
        Ok(self.trainer.shard(&*self.model, self.source.data(), shard))
    }

    /// What [`Self::shard`] left.
    pub fn shard_gradient(&self) -> &[f32] {
        self.trainer.shard_gradient()
    }

    /// Ends a step, whose shards' values and gradients are given in their order, one gradient after the other. One of those who
    /// share it evaluates the run when that is due. An error where it diverges, or where there are not as many numbers as the
    /// shards have.
    pub fn finish_step(&mut self, values: &[f64], gradients: &[f32], evaluates: bool) -> Result<f64, Error> {
        let (shards, parameters) = (self.shards(), self.parameters().len());
        check_length("values", values.len(), shards)?;
        check_length("gradients", gradients.len(), shards * parameters)?;
        let sum = self.trainer.step_gradient();
        sum.fill(0.0);
        for shard in gradients.chunks_exact(parameters) {
            sum.iter_mut().zip(shard).for_each(|(to, &g)| *to += g);
        }
        let value = self.trainer.finish(&*self.model, values.iter().sum())?;
        if evaluates && self.is_due() {
            self.record()?;
        }
        Ok(value)
    }

    /// All that the coming steps depend on, beside the Experiment.
    pub fn state(&self) -> State<f32> {
        self.trainer.state()
    }

    /// Takes over the state of a session of the same Experiment; an error where it is of another.
    pub fn restore(&mut self, state: &State<f32>) -> Result<(), Error> {
        check_state(state, self.parameters().len())?;
        self.trainer.restore(state);
        Ok(())
    }

    /// The same, of a run that trains elsewhere, and evaluates it; on divergence the parameters from before stand.
    pub fn sync(&mut self, state: &State<f32>) -> Result<(), Error> {
        check_state(state, self.parameters().len())?;
        self.trainer.advance(state);
        self.record()
    }

    /// Held-out NLL, entropy and KL now; with the reverse KL also what the model's own draws say.
    pub fn evaluate(&mut self) -> Evaluation {
        let held_out = &self.source.held_out;
        let (parameters, step) = (self.trainer.parameters(), self.trainer.step_count());
        let density = self.model.density().required().ok();
        let now = held_out.evaluate(density, parameters, step, &mut self.workspace);
        self.with_draws(now, Split::Validation, held_out.count())
    }

    /// The same, and what the points of a fixed sample say, which early stopping looks at.
    fn measure(&mut self) -> Evaluation {
        let sample = self.source.look(&*self.model, &mut self.trainer, &mut self.workspace);
        Evaluation { sample, ..self.evaluate() }
    }

    /// The same on `count` held-out points of the test split, none of which has been looked at before; of a table on all of its test rows.
    pub fn evaluate_on(&mut self, count: usize) -> Evaluation {
        let count = if self.target().rows().is_some() { usize::MAX } else { count };
        let fresh = HeldOut::new(self.target(), self.experiment.seed.0, Split::Test, count);
        let (parameters, step) = (self.trainer.parameters(), self.trainer.step_count());
        let density = self.model.density().required().ok();
        let now = fresh.evaluate(density, parameters, step, &mut self.workspace);
        self.with_draws(now, Split::Test, count)
    }

    fn with_draws(&self, mut now: Evaluation, split: Split, count: usize) -> Evaluation {
        let flow = self.model.bijection().filter(|_| self.experiment.objective != Objective::ForwardKl);
        if let Some(flow) = flow {
            let seed = self.experiment.seed.0;
            let (parameters, tails) = (self.trainer.parameters(), self.experiment.model.tails());
            let (target, smoothed) = (self.target(), &self.source.smoothed);
            now.variational =
                Some(variational::measure(flow, parameters, target, smoothed, seed, split, count, tails));
        }
        now
    }

    /// log p(x) of the model in nats at row-major points, or a bound of it; no numbers where there is neither.
    pub fn log_prob(&mut self, points: &[f64]) -> Vec<f64> {
        let points: Vec<f32> = points.iter().map(|&v| v as f32).collect();
        self.log_prob_at(&points, 1.0).into_iter().map(f64::from).collect()
    }

    /// The same at row-major points in single precision, with the base at temperature T > 0.
    pub fn log_prob_at(&mut self, points: &[f32], temperature: f64) -> Vec<f32> {
        match self.model.density().required() {
            Ok(density) => {
                density.log_prob(self.trainer.parameters(), points, temperature, &mut self.workspace)
            }
            Err(_) => vec![f32::NAN; points.len() / self.model.dim()],
        }
    }

    /// The flow, its parameters and memory to work in.
    fn pieces(&mut self) -> Result<Pieces<'_>, Error> {
        let flow = self.model.bijection().ok_or(Error::NoBijection)?;
        Ok((flow, self.trainer.parameters(), &mut self.workspace))
    }

    fn record(&mut self) -> Result<(), Error> {
        let now = self.measure();
        // A new drawing that leaves the old one's support is no divergence: only compare within a target.
        let within = self.history.iter().filter(|e| e.step >= self.target_since);
        let rise = divergence::rise(within.chain([&now]), |step| self.trainer.tempering(step));
        let finite = divergence::distance(&now).is_finite();
        if !finite || rise > divergence::DIVERGED {
            let seen = match now.variational {
                None if finite => match now.sample {
                    None => format!("held-out NLL is {:.1} nats", now.nll),
                    Some(sample) => format!("the NLL of the training points is {:.1} nats", sample.nll_train),
                },
                None => "the NLL is no longer a finite number".into(),
                Some(v) if finite => format!("the ELBO is {:.1} nats", v.elbo),
                Some(_) => "the ELBO is no longer a finite number".into(),
            };
            let elbo = now.variational.map_or(f64::NAN, |v| v.elbo);
            let far_draws = self.trainer.has_far_draws(&*self.model, elbo);
            return Err(self.trainer.fall_back(seen, far_draws));
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
        let experiment = Experiment { target, ..self.experiment.clone() };
        self.source = Source::new(&experiment)?;
        (self.baselines, self.target_known) = (None, None);
        let fixed = standardise(self.target(), experiment.objective);
        self.model = models::build(&experiment.model, fixed, experiment.seed.0);
        self.experiment = experiment;
        self.target_since = self.step_count();
        self.trainer.restart_schedule();
        self.trainer.keep();
        let now = self.measure();
        self.history.retain(|e| e.step < now.step);
        self.history.push(now);
        Ok(())
    }

    /// The model's density at the cell centres of a window, `resolution` squared values, from the least
    /// x2 up, each row from the least x1; at temperature T > 0. An error where there is no plane.
    pub fn density_field(
        &mut self,
        window: &Window,
        resolution: usize,
        temperature: f64,
    ) -> Result<Vec<f32>, Error> {
        self.two_variables()?;
        let points: Vec<f32> = window.cell_centres(resolution).iter().map(|&v| v as f32).collect();
        self.density()?;
        let mut field = self.log_prob_at(&points, temperature);
        field.iter_mut().for_each(|v| *v = v.exp());
        Ok(field)
    }

    /// The points that evaluations are of, row-major.
    pub(crate) fn held_out_points(&self) -> &[f32] {
        self.source.held_out.points()
    }

    /// The first `count` base draws of the seed, scaled by the temperature (0 or more) and carried to
    /// the data, row-major: the same draws whatever the temperature.
    pub fn samples(&mut self, count: usize, temperature: f64) -> Vec<f32> {
        let parameters = self.trainer.parameters();
        self.model.samples(parameters, self.experiment.seed.0, count, temperature, &mut self.workspace)
    }
}

/// A target's density at the cell centres of a window, laid out as [`Session::density_field`].
pub fn target_field(target: &dyn PlaneTarget, window: &Window, resolution: usize) -> Vec<f32> {
    let points = window.cell_centres(resolution);
    points.chunks_exact(2).map(|p| target.log_density([p[0], p[1]]).exp() as f32).collect()
}
