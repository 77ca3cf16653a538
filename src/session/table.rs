//! A fit to the rows of a table, of any number of columns.

use serde::Serialize;

use super::EVALUATE_EVERY;
use crate::baselines::{Baseline, Gaussian, Kernel, MAX_FITTED, Mixture};
use crate::diagnostics::chain_rule::{chain_rule, why_no_chain};
use crate::error::Error;
use crate::experiment::Experiment;
use crate::math::{Estimate, Tails, estimate_mean};
use crate::models::{self, LogProb, Model, Workspace};
use crate::targets::table::Table;
use crate::training::{Data, PATIENCE, Rows, Shares, Trainer};

/// The validation rows are looked at each time the step count is a multiple of this.
const LOOK_EVERY: u32 = 10;

/// How a fit went. All in nats and in the table's own units: the logarithms of the deviations by which it was standardised count.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fit {
    /// Columns of the table.
    pub dim: usize,
    /// Rows that were trained on.
    pub train_rows: usize,
    /// Rows that say which step was the best, and which baseline is.
    pub validation_rows: usize,
    /// Rows that nothing was decided by.
    pub test_rows: usize,
    /// Mean of -log p over the training rows.
    pub nll_train: f64,
    /// The same over the validation rows.
    pub nll_validation: f64,
    /// The same over the test rows.
    pub nll_test: f64,
    /// Standard error of it; `None` where none can be given.
    pub standard_error: Option<f64>,
    /// Steps that were taken.
    pub steps: u32,
    /// The step with the least NLL on the validation rows, looked at every 10 steps. With early stopping all that is said here is of its
    /// parameters, else of those of the last step.
    pub best_step: u32,
    /// What the baselines reach.
    #[serde(flatten)]
    pub baselines: Baselines,
    /// The model against the best of them.
    pub paired: Paired,
    /// The mean of -log p of each column given those before it in the model's ordering, over the test rows: they add up to
    /// `nll_test`. `None` where the model is no chain of such densities.
    pub bars: Option<Vec<Bar>>,
    /// Why there are none.
    pub bars_reason: Option<&'static str>,
}

/// Mean of -log p of each baseline over the test rows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Baselines {
    /// Rows that mixture and kernel were fitted to: those to train on, and of very many some.
    pub fitted_rows: usize,
    /// Of one Gaussian.
    pub gaussian_nll: f64,
    /// Of a mixture of Gaussians, as many as are best by the Bayesian information criterion.
    pub mixture_nll: f64,
    /// How many those are.
    pub mixture_components: usize,
    /// Of a Gaussian kernel on every row.
    pub kernel_nll: f64,
    /// The kernel's deviation, in deviations of a column.
    pub kernel_width: f64,
}

/// The mean over the test rows of log p of the model minus log p of a baseline: above 0 the model is better.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Paired {
    /// The baseline with the least NLL on the validation rows: the test rows did not choose it.
    pub against: &'static str,
    /// The mean, in nats.
    pub difference: f64,
    /// Its standard error; `None` where none can be given.
    pub standard_error: Option<f64>,
    /// How many standard errors the mean is from 0.
    pub z: Option<f64>,
}

/// A column's part of the NLL.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bar {
    /// What the column is called.
    pub column: String,
    /// Mean of -log p of it given the columns before it, in nats.
    pub nats: f64,
}

/// Trains an Experiment's model for a number of steps on the rows of a table in place of its target. The model's ordering is one of the
/// table's columns. The rows are divided by `shares`; without them as the table says, else by [`Shares::default`].
///
/// # Errors
/// A field of the Experiment that is not allowed for such a table, a table that is too small or has no density, and a training that leaves
/// the finite numbers.
pub fn fit(table: &Table, experiment: &Experiment, steps: u32, shares: Option<Shares>) -> Result<Fit, Error> {
    let Experiment { model: spec, objective, optimiser, seed, .. } = experiment;
    let seed = seed.0;
    spec.validate(table.dim())?;
    optimiser.validate()?;
    let rows = match (shares, table.parts()) {
        (None, Some(parts)) => Rows::split(table, parts)?,
        (shares, _) => {
            let shares = shares.unwrap_or_default();
            shares.validate()?;
            Rows::split(table, &shares.assign(table.len(), seed))?
        }
    };
    let data = Data::Rows(&rows);
    data.validate(*objective)?;
    let all = fit_baselines(&rows, table.names())?;
    // The rows are in standard units, and so is the model.
    let model = models::build::<f32>(spec, None, seed);
    let density = model.density().required()?;
    let mut trainer = Trainer::new(&*model, data, *objective, optimiser.clone(), seed)?;
    let look = |trainer: &mut Trainer<f32>| {
        let now = nll(&log_density(density, trainer.average(), rows.validation())).mean;
        trainer.consider(now);
        let best = trainer.best().map(|best| best.step);
        optimiser.early_stopping && best.is_some_and(|best| trainer.step_count() >= best + PATIENCE)
    };
    look(&mut trainer);
    for step in 1..=steps {
        if let Err(error) = trainer.step(&*model, data) {
            // What is wanted is behind it already.
            if optimiser.early_stopping && trainer.best().is_some() {
                break;
            }
            return Err(error);
        }
        if step.is_multiple_of(EVALUATE_EVERY) {
            trainer.keep();
        }
        if step.is_multiple_of(LOOK_EVERY) && look(&mut trainer) {
            break;
        }
    }
    let parameters = trainer.parameters();
    let of = |points: &[f64]| log_density(density, parameters, points);
    let on_test = of(rows.test());
    let Estimate { mean, standard_error } = nll(&on_test);
    let (bars, bars_reason) = match why_no_chain(spec, seed) {
        Some(reason) => (None, Some(reason)),
        None => (bars(&*model, parameters, &rows, table.names(), &spec.ordering), None),
    };
    Ok(Fit {
        dim: rows.dim(),
        train_rows: rows.train_count(),
        validation_rows: rows.validation().len() / rows.dim(),
        test_rows: on_test.len(),
        nll_train: nll(&of(rows.train())).mean + rows.log_scale(),
        nll_validation: nll(&of(rows.validation())).mean + rows.log_scale(),
        nll_test: mean + rows.log_scale(),
        standard_error,
        steps: trainer.step_count(),
        best_step: trainer.best().map_or(0, |best| best.step),
        baselines: all.on_test(&rows),
        paired: all.paired(&rows, &on_test),
        bars,
        bars_reason,
    })
}

/// log p of points in standard units.
fn log_density(density: &dyn LogProb<f32>, parameters: &[f32], points: &[f64]) -> Vec<f64> {
    let points: Vec<f32> = points.iter().map(|&v| v as f32).collect();
    let log_prob = density.log_prob(parameters, &points, 1.0, &mut Workspace::default());
    log_prob.into_iter().map(f64::from).collect()
}

/// The mean of -log p. Nothing is known of the tails of a table.
fn nll(log_density: &[f64]) -> Estimate {
    estimate_mean(&log_density.iter().map(|lp| -lp).collect::<Vec<_>>(), Tails::Heavy)
}

/// The baselines, in standard units as the rows are.
struct Fitted {
    gaussian: Gaussian,
    mixture: Mixture,
    kernel: Kernel,
}

fn fit_baselines(rows: &Rows, names: &[String]) -> Result<Fitted, Error> {
    let (train, dim) = (rows.train(), rows.dim());
    let gaussian = Gaussian::fit(train, names)?;
    Ok(Fitted { gaussian, mixture: Mixture::fit(train, dim), kernel: Kernel::fit(train, dim) })
}

impl Fitted {
    fn on_test(&self, rows: &Rows) -> Baselines {
        let on_test = |one: &dyn Baseline| nll(&one.log_density(rows.test())).mean + rows.log_scale();
        Baselines {
            fitted_rows: rows.train_count().min(MAX_FITTED),
            gaussian_nll: on_test(&self.gaussian),
            mixture_nll: on_test(&self.mixture),
            mixture_components: self.mixture.len(),
            kernel_nll: on_test(&self.kernel),
            kernel_width: self.kernel.width(),
        }
    }

    fn paired(&self, rows: &Rows, of_model: &[f64]) -> Paired {
        let on_validation = |one: &dyn Baseline| nll(&one.log_density(rows.validation())).mean;
        let mut best: &dyn Baseline = &self.gaussian;
        for other in [&self.mixture as &dyn Baseline, &self.kernel] {
            if on_validation(other) < on_validation(best) {
                best = other;
            }
        }
        let differences: Vec<f64> =
            of_model.iter().zip(best.log_density(rows.test())).map(|(model, own)| model - own).collect();
        let Estimate { mean, standard_error } = estimate_mean(&differences, Tails::Heavy);
        let z = standard_error.map(|error| mean / error).filter(|z| z.is_finite());
        Paired { against: best.name(), difference: mean, standard_error, z }
    }
}

/// The chain rule over the test rows; `None` where the model is no flow.
fn bars(
    model: &dyn Model<f32>,
    parameters: &[f32],
    rows: &Rows,
    names: &[String],
    ordering: &[usize],
) -> Option<Vec<Bar>> {
    let points: Vec<f32> = rows.test().iter().map(|&v| v as f32).collect();
    let nats = chain_rule(model.bijection()?, parameters, &points, ordering);
    let (_, deviation) = rows.moments();
    let bar = |(&column, nats): (&usize, f64)| Bar {
        column: names[column].clone(),
        nats: nats + deviation[column].ln(),
    };
    Some(ordering.iter().zip(nats).map(bar).collect())
}
