//! What trains: the processor or a GPU, behind one interface; and what can be said of runs that train together.

use serde::Serialize;

use crate::diagnostics::held_out::Measured;
use crate::diagnostics::{HeldOut, Split, modes};
use crate::error::Error;
use crate::experiment::Experiment;
use crate::math::quadrature::Window;
use crate::session::Session;
use crate::training::State;

/// Where a run stands.
#[derive(Clone, Debug)]
pub struct RunSnapshot {
    /// Parameters, Adam's moments and what is shown, and the clocks.
    pub state: State<f32>,
    /// The step at which it left the finite numbers, if it did; it has stood still since.
    pub failed: Option<u32>,
    /// Mean NLL, or -ELBO, in nats, of the batches of some of the last steps; the last one is that of the last step.
    pub values: Vec<f32>,
}

/// Some runs of one target that train step by step together. Answers are a list with an entry for each run.
///
/// Everything may take its time, so that a GPU can be asked from a page that must not wait; the processor answers at once.
pub trait Backend {
    /// The Experiments, in their order.
    fn experiments(&self) -> &[Experiment];

    /// Steps taken, or on their way.
    fn step_count(&self) -> u32;

    /// Takes steps; a GPU gets them as work to do. A run that leaves the finite numbers stands still, see [`RunSnapshot::failed`].
    fn train(&mut self, steps: u32) -> Result<(), Error>;

    /// Returns when all steps are done.
    fn wait(&self) -> impl Future<Output = Result<(), Error>>;

    /// Where each run stands after all steps that were asked for.
    fn snapshots(&self) -> impl Future<Output = Result<Vec<RunSnapshot>, Error>>;

    /// The densities over a window, as [`Session::density_field`].
    fn density_field(
        &mut self,
        window: &Window,
        resolution: usize,
        temperature: f64,
    ) -> impl Future<Output = Result<Vec<Vec<f32>>, Error>>;

    /// log p in nats at row-major points.
    fn log_prob(
        &mut self,
        points: &[f32],
        temperature: f64,
    ) -> impl Future<Output = Result<Vec<Vec<f32>>, Error>>;

    /// Samples, row-major, as [`Session::samples`].
    fn samples(
        &mut self,
        count: usize,
        temperature: f64,
    ) -> impl Future<Output = Result<Vec<Vec<f32>>, Error>>;
}

/// Runs on the processor, one after the other.
pub struct Cpu {
    experiments: Vec<Experiment>,
    sessions: Vec<Session>,
    failed: Vec<Option<u32>>,
    values: Vec<f32>,
    step: u32,
}

impl Cpu {
    /// Starts each Experiment at step 0.
    pub fn new(experiments: Vec<Experiment>) -> Result<Self, Error> {
        let sessions = experiments.iter().cloned().map(Session::new).collect::<Result<Vec<_>, _>>()?;
        let count = sessions.len();
        Ok(Self { experiments, sessions, failed: vec![None; count], values: vec![f32::NAN; count], step: 0 })
    }
}

impl Backend for Cpu {
    fn experiments(&self) -> &[Experiment] {
        &self.experiments
    }

    fn step_count(&self) -> u32 {
        self.step
    }

    fn train(&mut self, steps: u32) -> Result<(), Error> {
        for (run, session) in self.sessions.iter_mut().enumerate() {
            if self.failed[run].is_some() {
                continue;
            }
            match session.train(steps) {
                Ok(value) => self.values[run] = value as f32,
                Err(Error::Diverged { step, .. }) => self.failed[run] = Some(step),
                Err(other) => return Err(other),
            }
        }
        self.step += steps;
        Ok(())
    }

    async fn wait(&self) -> Result<(), Error> {
        Ok(())
    }

    async fn snapshots(&self) -> Result<Vec<RunSnapshot>, Error> {
        let all = self.sessions.iter().zip(&self.failed).zip(&self.values);
        Ok(all
            .map(|((session, &failed), &value)| RunSnapshot {
                state: session.state(),
                failed,
                values: vec![value],
            })
            .collect())
    }

    async fn density_field(
        &mut self,
        window: &Window,
        resolution: usize,
        temperature: f64,
    ) -> Result<Vec<Vec<f32>>, Error> {
        self.sessions.iter_mut().map(|s| s.density_field(window, resolution, temperature)).collect()
    }

    async fn log_prob(&mut self, points: &[f32], temperature: f64) -> Result<Vec<Vec<f32>>, Error> {
        Ok(self.sessions.iter_mut().map(|s| s.log_prob_at(points, temperature)).collect())
    }

    async fn samples(&mut self, count: usize, temperature: f64) -> Result<Vec<Vec<f32>>, Error> {
        Ok(self.sessions.iter_mut().map(|s| s.samples(count, temperature)).collect())
    }
}

/// What is said of each of some runs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct RunEvaluation {
    /// NLL in nats on held-out points that all runs share; of a table on its test rows, in its own units.
    pub nll: f64,
    /// KL(target || model) in nats on these points; `None` for a table, of which it is not known.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub kl: Option<f64>,
    /// Standard error of both; `None` where none can be given.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub standard_error: Option<f64>,
    /// For each of the target's modes, whether it is covered, see [`modes::Coverage::found`].
    pub found: Vec<bool>,
    /// The step at which it left the finite numbers, if it did.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub failed: Option<u32>,
}

/// Points that a KL is measured on, and samples that find the modes.
const POINTS: usize = 1024;
const SAMPLES: usize = 1024;

/// KL and modes of each run, on shared points, so that runs differ by what they learned and not by the luck of the points.
pub async fn evaluate_all(backend: &mut impl Backend) -> Result<Vec<RunEvaluation>, Error> {
    let first = &backend.experiments()[0];
    let target = first.target.build()?;
    let held_out = HeldOut::<f32>::new(&*target, first.seed.0, Split::Validation, POINTS);
    let log_q = backend.log_prob(held_out.points(), 1.0).await?;
    let samples = backend.samples(SAMPLES, 1.0).await?;
    let snapshots = backend.snapshots().await?;
    let masses = modes::target_masses(&*target);
    let evaluation = |((log_q, samples), snapshot): ((&Vec<f32>, &Vec<f32>), &RunSnapshot)| {
        let Measured { nll, kl, standard_error } = held_out.measure(log_q);
        let found = modes::coverage_of(&*target, masses.clone(), samples).found;
        RunEvaluation { nll, kl, standard_error, found, failed: snapshot.failed }
    };
    Ok(log_q.iter().zip(&samples).zip(&snapshots).map(evaluation).collect())
}
