//! Maximum likelihood on the rows of a table, of any number of columns.

use serde::Serialize;

use crate::bijections::Standardise;
use crate::error::Error;
use crate::math::matrix::dot;
use crate::math::{Batch, Philox, Stream};
use crate::models::ModelSpec;
use crate::models::{OrderingAverage, Workspace};
use crate::nn::Adam;
use crate::targets::table::Table;
use crate::training::OptimiserSpec;

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
    /// Standard error of it.
    pub standard_error: f64,
    /// The same over the training rows.
    pub train_nll: f64,
}

/// Trains a model for a number of steps, batches drawn with replacement from nine tenths of the rows.
///
/// The columns are standardised by the training rows; one that does not vary is an error.
pub fn fit(
    table: &Table,
    spec: &ModelSpec,
    optimiser: &OptimiserSpec,
    steps: u32,
    seed: u32,
) -> Result<Fit, Error> {
    let dim = table.dim();
    let spec = ModelSpec { ordering: (0..dim).collect(), ..spec.clone() };
    let few = |why: &str| Error::Unreadable { what: "table", why: why.into() };
    if dim < 2 {
        return Err(few("a density model needs two columns or more"));
    }
    if table.len() < 20 {
        return Err(few("20 rows or more are needed"));
    }
    spec.validate(dim)?;
    let order = Philox::new(seed, Stream::Split).permutation(table.len());
    let (held_out, train) = order.split_at(table.len() / 10);
    let row = |index: usize| &table.rows()[index * dim..(index + 1) * dim];
    let n = train.len() as f64;
    let (mut mean, mut deviation) = (vec![0.0; dim], vec![0.0; dim]);
    for &index in train {
        (0..dim).for_each(|i| mean[i] += row(index)[i] / n);
    }
    for &index in train {
        (0..dim).for_each(|i| deviation[i] += (row(index)[i] - mean[i]).powi(2) / n);
    }
    deviation.iter_mut().for_each(|d| *d = d.sqrt());
    if let Some(column) = deviation.iter().position(|d| d.is_nan() || *d <= 0.0) {
        let why = "every row has the same value; leave the column out".into();
        return Err(Error::Cell { line: 1, column: column + 1, why });
    }
    let model = OrderingAverage::<f32>::build(&spec, Some(Standardise::new(mean, deviation)), seed);
    let mut parameters = model.initial_parameters(seed);
    let mut gradient = vec![0.0; parameters.len()];
    let mut adam = Adam::new(parameters.len());
    let mut workspace = Workspace::default();
    let mut batch = Batch::zeros(dim, optimiser.batch);
    for step in 0..steps {
        for place in 0..optimiser.batch {
            let mut random = Philox::new(seed, Stream::Training { step, row: place as u32 });
            let values = row(train[random.below(train.len())]);
            values.iter().enumerate().for_each(|(i, &v)| batch.variable_mut(i)[place] = v as f32);
        }
        if step == 0 {
            model.flow().data_dependent_init(&mut parameters, &batch);
        }
        let random = || Philox::new(seed, Stream::StepOrdering { step });
        let activations = optimiser.activations;
        let nll = model.nll_gradient(&parameters, &batch, activations, random, &mut gradient, &mut workspace);
        let norm = f64::from(dot(&gradient, &gradient)).sqrt();
        let learning_rate = optimiser.learning_rate * optimiser.schedule.factor(step);
        if !nll.is_finite() || !norm.is_finite() {
            let seen = "the NLL is no longer a finite number".into();
            return Err(Error::Diverged { step, seen, kept: step, learning_rate });
        }
        if let Some(clip) = optimiser.clip.filter(|&clip| norm > clip) {
            gradient.iter_mut().for_each(|g| *g *= (clip / norm) as f32);
        }
        adam.step(&mut parameters, &gradient, learning_rate);
        model.flow().after_step(&mut parameters, &workspace.tapes);
    }
    let mut measure = |rows: &[usize]| {
        let points: Vec<f32> = rows.iter().flat_map(|&r| row(r)).map(|&v| v as f32).collect();
        let log_prob = model.log_prob(&parameters, &points, 1.0, &mut workspace);
        let n = log_prob.len() as f64;
        let nll = -log_prob.iter().map(|&lp| f64::from(lp)).sum::<f64>() / n;
        let square: f64 = log_prob.iter().map(|&lp| (f64::from(lp) + nll).powi(2)).sum();
        (nll, (square / (n * (n - 1.0).max(1.0))).sqrt())
    };
    let (train_nll, _) = measure(train);
    let (nll, standard_error) = measure(held_out);
    Ok(Fit { dim, train_rows: train.len(), held_out_rows: held_out.len(), nll, standard_error, train_nll })
}
