//! A fit to the rows of a table, of any number of columns.

use serde::Serialize;

use super::EVALUATE_EVERY;
use crate::error::Error;
use crate::experiment::Experiment;
use crate::math::{Estimate, Tails, estimate_mean};
use crate::models::{self, Workspace};
use crate::targets::table::Table;
use crate::training::{Data, Rows, Trainer};

/// How a fit went.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Fit {
    /// Columns of the table.
    pub dim: usize,
    /// Rows that were trained on.
    pub train_rows: usize,
    /// Rows that were held out: a tenth, chosen by the seed.
    pub held_out_rows: usize,
    /// Mean of -log p over the held-out rows, in nats, in the table's own units.
    pub nll: f64,
    /// Standard error of it; `None` where none can be given.
    pub standard_error: Option<f64>,
    /// The same over the training rows.
    pub train_nll: f64,
}

/// Trains an Experiment's model for a number of steps on the rows of a table in place of its target, batches drawn with replacement
/// from nine tenths of the rows. The model's ordering is one of the table's columns.
///
/// # Errors
/// A field of the Experiment that is not allowed for such a table, a table that is too small or has a column that does not vary, and
/// a training that leaves the finite numbers.
pub fn fit(table: &Table, experiment: &Experiment, steps: u32) -> Result<Fit, Error> {
    let Experiment { model: spec, objective, optimiser, seed, .. } = experiment;
    let seed = seed.0;
    spec.validate(table.dim())?;
    optimiser.validate()?;
    let rows = Rows::split(table.rows(), table.dim(), seed)?;
    let data = Data::Rows(&rows);
    // The rows are in standard units, and so is the model.
    let model = models::build::<f32>(spec, None, seed);
    let density = model.density().required()?;
    let mut trainer = Trainer::new(&*model, data, *objective, optimiser.clone(), seed)?;
    for step in 1..=steps {
        trainer.step(&*model, data)?;
        if step.is_multiple_of(EVALUATE_EVERY) {
            trainer.keep();
        }
    }
    let mut workspace = Workspace::default();
    let mut measure = |points: &[f64]| {
        let points: Vec<f32> = points.iter().map(|&v| v as f32).collect();
        let log_prob = density.log_prob(trainer.parameters(), &points, 1.0, &mut workspace);
        // Nothing is known of the tails of a table.
        estimate_mean(&log_prob.iter().map(|&lp| -f64::from(lp)).collect::<Vec<_>>(), Tails::Heavy)
    };
    let train_nll = measure(rows.train()).mean + rows.log_scale();
    let Estimate { mean, standard_error } = measure(rows.held_out());
    let nll = mean + rows.log_scale();
    let held_out_rows = rows.held_out().len() / rows.dim();
    Ok(Fit { dim: rows.dim(), train_rows: rows.train_count(), held_out_rows, nll, standard_error, train_nll })
}
