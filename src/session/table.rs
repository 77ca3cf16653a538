//! A fit to the rows of a table, of any number of columns.

use serde::Serialize;

pub use super::baselines::{Baselines, Paired};
use super::baselines::{Fitted, nll};
use super::{EVALUATE_EVERY, Session};
use crate::diagnostics::chain_rule::{chain_rule, why_no_chain};
use crate::error::Error;
use crate::experiment::Experiment;
use crate::math::Estimate;
use crate::models::{self, LogProb, Model, Workspace};
use crate::targets::table::{Part, Table};
use crate::targets::{Rows, Shares};
use crate::training::{Data, PATIENCE, Trainer};

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
    let all = Fitted::to(&rows)?;
    // The rows are in standard units, and so is the model.
    models::build::check_family(spec.family)?;
    let model = models::build::<f32>(spec, None, seed);
    let density = model.density().required()?;
    let mut trainer = Trainer::new(&*model, data, *objective, optimiser.clone(), seed)?;
    let look = |trainer: &mut Trainer<f32>| {
        let now = log_density(density, trainer.average(), rows.validation());
        let now = nll(rows.nlls(Part::Validation, &now)).mean;
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
    let Estimate { mean: nll_test, standard_error } = nll(rows.nlls(Part::Test, &on_test));
    let (bars, bars_reason) = match why_no_chain(spec, seed) {
        Some(reason) => (None, Some(reason)),
        None => (bars(&*model, parameters, &rows, &spec.ordering), None),
    };
    Ok(Fit {
        dim: rows.dim(),
        train_rows: rows.train_count(),
        validation_rows: rows.validation().len() / rows.dim(),
        test_rows: on_test.len(),
        nll_train: nll(rows.nlls(Part::Train, &of(rows.train()))).mean,
        nll_validation: nll(rows.nlls(Part::Validation, &of(rows.validation()))).mean,
        nll_test,
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

/// A session's model against what simpler densities reach on its table.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct TableReport {
    /// What the baselines reach.
    #[serde(flatten)]
    pub baselines: Baselines,
    /// The model now, against the best of them.
    pub paired: Paired,
}

impl Session {
    /// What a Gaussian, a mixture of some and a kernel estimate reach that are fitted to the training rows, and whether the model is better
    /// than the best of them, over all test rows.
    ///
    /// # Errors
    /// Where the target is no table, or its columns are so dependent that no Gaussian can be fitted.
    pub fn table_report(&mut self) -> Result<TableReport, Error> {
        self.density()?;
        let known = self.baselines.take();
        let rows = self.target().rows().ok_or(Error::NotATable)?;
        let fitted = known.map_or_else(|| Fitted::to(rows), Ok)?;
        let of_model = log_density(self.density()?, self.parameters(), rows.test());
        let report = TableReport { baselines: fitted.on_test(rows), paired: fitted.paired(rows, &of_model) };
        self.baselines = Some(fitted);
        Ok(report)
    }
}

/// The chain rule over the test rows; `None` where the model is no flow.
fn bars(model: &dyn Model<f32>, parameters: &[f32], rows: &Rows, ordering: &[usize]) -> Option<Vec<Bar>> {
    let points: Vec<f32> = rows.test().iter().map(|&v| v as f32).collect();
    let nats = chain_rule(model.bijection()?, parameters, &points, ordering);
    let bar = |(&column, nats): (&usize, f64)| Bar {
        column: rows.names()[column].clone(),
        nats: nats + rows.column_offset(column),
    };
    Some(ordering.iter().zip(nats).map(bar).collect())
}
