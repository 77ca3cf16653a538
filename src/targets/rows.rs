//! The rows of a table, split and standardised.

use serde::Serialize;

use crate::error::Error;
use crate::targets::table::{Part, Table};

/// The rows of a table in standard units: to train on, to choose by, to measure on.
///
/// They are standardised in double precision, before anything is single: what is left of a column of timestamps in single precision
/// is its first seven digits, which may be the same in every row.
#[derive(Clone, Debug)]
pub struct Rows {
    names: Vec<String>,
    train: Vec<f64>,
    validation: Vec<f64>,
    test: Vec<f64>,
    mean: Vec<f64>,
    deviation: Vec<f64>,
}

/// What is said of the table that a run learns from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct TableUnits {
    /// What each variable is called.
    pub names: Vec<String>,
    /// The mean of each over the training rows, in its own unit: 0 in standard units.
    pub mean: Vec<f64>,
    /// The deviation of each over the training rows, in its own unit: 1 in standard units.
    pub deviation: Vec<f64>,
    /// Rows to train on.
    pub train_rows: usize,
    /// Rows that say which step was the best.
    pub validation_rows: usize,
    /// Rows that nothing is decided by.
    pub test_rows: usize,
}

/// Fewest rows of a table, and of each part of it: one row has no standard error.
const MIN_ROWS: usize = 20;
const MIN_TRAIN: usize = 10;
const MIN_PART: usize = 2;

/// The least distance that the middle half of a column's values may span, in its deviations: models are trained in single precision, whose
/// seven digits leave a column with one value that is far enough out hardly any others.
const LEAST_MIDDLE: f64 = 1e-4;

/// The farthest that a value may be from the mean of the training rows, in their deviations: so far out no density that was learned says
/// anything, and one such row would be all of a mean.
const FARTHEST: f64 = 1e4;

impl Rows {
    /// Splits a table by what each row is for, and standardises it by the mean and the deviation of the training rows.
    ///
    /// # Errors
    /// Fewer than two columns or 20 rows, a part that has hardly any, a column that does not vary over the training rows or varies beyond
    /// all numbers, and values that are too far from all others.
    pub fn split(table: &Table, parts: &[Part]) -> Result<Self, Error> {
        let refused = |why: String| Err(Error::Table { why });
        let (values, dim, count) = (table.rows(), table.dim(), table.len());
        if dim < 2 {
            return refused("it has one column; a density model needs two or more".into());
        }
        if count < MIN_ROWS {
            return refused(format!("it has {count} rows; {MIN_ROWS} or more are needed"));
        }
        let row = |index: usize| &values[index * dim..(index + 1) * dim];
        let of = |part: Part| (0..count).filter(move |&index| parts[index] == part);
        for (part, fewest) in [(Part::Train, MIN_TRAIN), (Part::Validation, MIN_PART), (Part::Test, MIN_PART)]
        {
            let (rows, name) = (of(part).count(), part.name());
            if rows < fewest {
                return refused(format!("{rows} of its rows are for {name}; {fewest} or more are needed"));
            }
        }
        let (mut mean, mut deviation) = (Vec::with_capacity(dim), Vec::with_capacity(dim));
        for (column, name) in table.names().iter().enumerate() {
            let values = of(Part::Train).map(|index| row(index)[column]).collect();
            let (m, d) =
                moments(values).map_err(|why| Error::Table { why: format!("column “{name}” {why}") })?;
            mean.push(m);
            deviation.push(d);
        }
        for (index, part) in parts.iter().enumerate() {
            let far = |&i: &usize| (row(index)[i] - mean[i]).abs() > FARTHEST * deviation[i];
            if let Some(column) = (0..dim).find(far) {
                let (name, part) = (&table.names()[column], part.name());
                return refused(format!(
                    "row {} of it, which is for {part}, has {:e} in column “{name}”, more than 10,000 deviations from the rows to train on; leave that row out, or take logarithms",
                    index + 1,
                    row(index)[column]
                ));
            }
        }
        let standard = |part: Part| -> Vec<f64> {
            let one = |index: usize| row(index).iter().enumerate().map(|(i, v)| (v - mean[i]) / deviation[i]);
            of(part).flat_map(one).collect()
        };
        let (train, validation, test) =
            (standard(Part::Train), standard(Part::Validation), standard(Part::Test));
        Ok(Self { names: table.names().to_vec(), train, validation, test, mean, deviation })
    }

    /// Number of columns.
    pub fn dim(&self) -> usize {
        self.names.len()
    }

    /// What each column is called.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Number of rows to train on.
    pub fn train_count(&self) -> usize {
        self.train.len() / self.dim()
    }

    /// One of them, in standard units.
    pub fn train_row(&self, index: usize) -> &[f64] {
        &self.train[index * self.dim()..(index + 1) * self.dim()]
    }

    /// The training rows in standard units, row-major.
    pub fn train(&self) -> &[f64] {
        &self.train
    }

    /// The validation rows in standard units, row-major.
    pub fn validation(&self) -> &[f64] {
        &self.validation
    }

    /// The test rows in standard units, row-major.
    pub fn test(&self) -> &[f64] {
        &self.test
    }

    /// Mean and standard deviation of each column over the training rows, in the table's units.
    pub fn moments(&self) -> (&[f64], &[f64]) {
        (&self.mean, &self.deviation)
    }

    /// What the columns are called, where they lie, and how the rows are divided.
    pub fn units(&self) -> TableUnits {
        let count = |part: &[f64]| part.len() / self.dim();
        TableUnits {
            names: self.names.clone(),
            mean: self.mean.clone(),
            deviation: self.deviation.clone(),
            train_rows: count(&self.train),
            validation_rows: count(&self.validation),
            test_rows: count(&self.test),
        }
    }

    /// What an NLL in standard units lacks to one in the table's, in nats: the sum of the logarithms of the deviations.
    pub fn log_scale(&self) -> f64 {
        self.deviation.iter().map(|d| d.ln()).sum()
    }
}

/// Mean and standard deviation of a column, or why it can't be learned.
fn moments(mut values: Vec<f64>) -> Result<(f64, f64), String> {
    values.sort_unstable_by(f64::total_cmp);
    let (count, n) = (values.len(), values.len() as f64);
    let (least, greatest) = (values[0], values[count - 1]);
    // Equal values may have a deviation of some roundings of their sum: look at the values themselves.
    if least == greatest {
        return Err("has the same value in every row to train on; leave it out".into());
    }
    // In units of the greatest distance: squares of the smallest and largest numbers are none.
    let unit = greatest - least;
    let mean = least + unit * values.iter().map(|v| (v - least) / unit).sum::<f64>() / n;
    let square = values.iter().map(|v| ((v - mean) / unit).powi(2)).sum::<f64>() / n;
    let deviation = unit * square.sqrt();
    if !(unit.is_finite() && deviation.is_normal()) {
        return Err(format!(
            "goes from {least:e} to {greatest:e}, which is beyond what can be computed with; write it in another unit"
        ));
    }
    // Half of the values.
    let middle = values[count - 1 - count / 4] - values[count / 4];
    if middle > 0.0 && middle < LEAST_MIDDLE * deviation {
        let farthest = if greatest - mean > mean - least { greatest } else { least };
        return Err(format!(
            "has values as far out as {farthest:e}, beside which half of its values, {middle:e} apart, are all the same in single precision; leave out what lies that far, or take logarithms"
        ));
    }
    Ok((mean, deviation))
}
