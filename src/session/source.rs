//! What a session learns from, and the points that say how well.

use crate::bijections::Standardise;
use crate::diagnostics::held_out::some_rows;
use crate::diagnostics::{HeldOut, SampleEvaluation, Split};
use crate::error::Error;
use crate::experiment::Experiment;
use crate::math::{Estimate, Tails, estimate_mean};
use crate::models::{Model, Workspace};
use crate::targets::Target;
use crate::targets::smoothed::Smoothed;
use crate::targets::table::Part;
use crate::training::{Data, Objective, Sample, Trainer};

/// Held-out points of an evaluation, and of one that would take long.
const HELD_OUT: usize = 4096;
const FEW_HELD_OUT: usize = 1024;

/// A density of more passes than this takes long.
const MANY_PASSES: usize = 12;

/// More training points than this say no more about their NLL.
const MEASURED: usize = 4096;

/// The target, the fixed sample of it where there is one, and held-out points.
pub struct Source {
    pub target: Box<dyn Target>,
    pub smoothed: Smoothed,
    pub sample: Option<Sample>,
    pub held_out: HeldOut<f32>,
    tails: Tails,
}

/// Points of a fixed set, row-major, and what an NLL of each lacks to one in its own units, in nats; none: nothing.
pub struct Fixed<'a> {
    pub points: &'a [f64],
    pub offsets: &'a [f64],
}

impl Source {
    /// Of an Experiment that has been validated.
    pub fn new(experiment: &Experiment) -> Result<Self, Error> {
        let target = experiment.target.build()?;
        let seed = experiment.seed.0;
        let takes_long = experiment.model.family.row().structure.is_none()
            && experiment.model.density_passes() > MANY_PASSES;
        let count = if takes_long { FEW_HELD_OUT } else { HELD_OUT };
        Ok(Self {
            smoothed: smoothed(&*target, experiment.objective)?,
            sample: Sample::of(&experiment.training_set, &*target, seed),
            held_out: HeldOut::new(&*target, seed, Split::Validation, count),
            tails: target.tails(),
            target,
        })
    }

    /// Where training points come from.
    pub fn data(&self) -> Data<'_> {
        match (self.target.rows(), &self.sample) {
            (Some(rows), _) => Data::Rows(rows),
            (None, Some(sample)) => Data::Sample(sample),
            (None, None) => Data::Target(&*self.target, &self.smoothed),
        }
    }

    /// The points of a fixed training set, and the validation points.
    pub fn fixed(&self) -> Option<[Fixed<'_>; 2]> {
        if let Some(rows) = self.target.rows() {
            let (train, validation) = (rows.offsets(Part::Train), rows.offsets(Part::Validation));
            return Some([
                Fixed { points: rows.train(), offsets: train },
                Fixed { points: rows.validation(), offsets: validation },
            ]);
        }
        let sample = self.sample.as_ref()?;
        Some([sample.train(), sample.validation()].map(|points| Fixed { points, offsets: &[] }))
    }

    /// What the points of a fixed training set say of the parameters in training, which the trainer hears too; nothing where the model
    /// has no density.
    pub fn look(
        &self,
        model: &dyn Model<f32>,
        trainer: &mut Trainer<f32>,
        workspace: &mut Workspace<f32>,
    ) -> Option<SampleEvaluation> {
        let [train, validation] = self.fixed()?;
        let density = model.density().required().ok()?;
        let dim = self.target.dim();
        let mut nll = |Fixed { points, offsets }: &Fixed<'_>| {
            let points: Vec<f32> = some_rows(points, dim, MEASURED).map(|v| v as f32).collect();
            let mut offsets = some_rows(offsets, 1, MEASURED);
            let log_prob = density.log_prob(trainer.average(), &points, 1.0, workspace);
            let nlls = log_prob.iter().map(|&lp| offsets.next().unwrap_or_default() - f64::from(lp));
            estimate_mean(&nlls.collect::<Vec<_>>(), self.tails)
        };
        let nll_train = nll(&train).mean;
        let Estimate { mean: nll_validation, standard_error } = nll(&validation);
        trainer.consider(nll_validation);
        let epochs = f64::from(trainer.step_count()) * trainer.batch_size() as f64 * dim as f64
            / train.points.len() as f64;
        let best_step = trainer.best().map_or(0, |best| best.step);
        Some(SampleEvaluation { nll_train, nll_validation, standard_error, epochs, best_step })
    }
}

/// The fixed map into the target's units. The reverse KL starts as wide as its objective says.
/// A table is in standard units already.
pub(crate) fn standardise(target: &dyn Target, objective: Objective) -> Option<Standardise> {
    if target.rows().is_some() {
        return None;
    }
    let (mean, deviation) = target.moments();
    let start = match objective {
        Objective::ForwardKl => 1.0,
        Objective::ReverseKl { start, .. } => start,
    };
    Some(Standardise::new(mean, deviation.iter().map(|d| start * d).collect()))
}

/// Only the reverse KL looks at it.
fn smoothed(target: &dyn Target, objective: Objective) -> Result<Smoothed, Error> {
    match objective {
        Objective::ForwardKl => Ok(Smoothed::unused()),
        Objective::ReverseKl { .. } => Smoothed::new(target),
    }
}
