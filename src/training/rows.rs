//! The rows of a table, split and standardised.

use crate::error::Error;
use crate::math::{Philox, Stream};

/// The rows of a table in standard units, nine tenths to train on and a tenth held out.
///
/// They are standardised in double precision, before anything is single: what is left of a column of timestamps in single precision
/// is its first seven digits, which may be the same in every row.
#[derive(Clone, Debug)]
pub struct Rows {
    dim: usize,
    train: Vec<f64>,
    held_out: Vec<f64>,
    mean: Vec<f64>,
    deviation: Vec<f64>,
}

/// Fewest rows that can be split.
const MIN_ROWS: usize = 20;

impl Rows {
    /// Splits row-major values `(rows, dim)` by the seed, and standardises them by the mean and the deviation of the training rows.
    ///
    /// # Errors
    /// Fewer than two columns or 20 rows, and a column that does not vary over the training rows.
    pub fn split(values: &[f64], dim: usize, seed: u32) -> Result<Self, Error> {
        let few = |why: &str| Error::Unreadable { what: "table", why: why.into() };
        if dim < 2 {
            return Err(few("a density model needs two columns or more"));
        }
        let count = values.len() / dim;
        if count < MIN_ROWS {
            return Err(few("20 rows or more are needed"));
        }
        let order = Philox::new(seed, Stream::Split).permutation(count);
        let (held_out, train) = order.split_at(count / 10);
        let row = |index: &usize| &values[index * dim..(index + 1) * dim];
        let n = train.len() as f64;
        let (mut mean, mut deviation) = (vec![0.0; dim], vec![0.0; dim]);
        for values in train.iter().map(row) {
            mean.iter_mut().zip(values).for_each(|(m, v)| *m += v / n);
        }
        for values in train.iter().map(row) {
            (0..dim).for_each(|i| deviation[i] += (values[i] - mean[i]).powi(2) / n);
        }
        deviation.iter_mut().for_each(|d| *d = d.sqrt());
        // Equal values may have a deviation of some roundings of their sum: look at the values themselves.
        let varies = |i: usize| train.iter().any(|index| row(index)[i] != row(&train[0])[i]);
        if let Some(column) = (0..dim).find(|&i| !varies(i) || deviation[i] <= 0.0) {
            let why = "every row has the same value; leave the column out".into();
            return Err(Error::Cell { line: 1, column: column + 1, why });
        }
        let standard = |rows: &[usize]| -> Vec<f64> {
            let one =
                |index: &usize| row(index).iter().enumerate().map(|(i, v)| (v - mean[i]) / deviation[i]);
            rows.iter().flat_map(one).collect()
        };
        Ok(Self { dim, train: standard(train), held_out: standard(held_out), mean, deviation })
    }

    /// Number of columns.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// Number of rows to train on.
    pub fn train_count(&self) -> usize {
        self.train.len() / self.dim
    }

    /// One of them, in standard units.
    pub fn train_row(&self, index: usize) -> &[f64] {
        &self.train[index * self.dim..(index + 1) * self.dim]
    }

    /// The training rows in standard units, row-major.
    pub fn train(&self) -> &[f64] {
        &self.train
    }

    /// The held-out rows in standard units, row-major.
    pub fn held_out(&self) -> &[f64] {
        &self.held_out
    }

    /// Mean and standard deviation of each column over the training rows, in the table's units.
    pub fn moments(&self) -> (&[f64], &[f64]) {
        (&self.mean, &self.deviation)
    }

    /// What an NLL in standard units lacks to one in the table's, in nats: the sum of the logarithms of the deviations.
    pub fn log_scale(&self) -> f64 {
        self.deviation.iter().map(|d| d.ln()).sum()
    }
}
