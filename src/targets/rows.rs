//! The rows of a table, split and standardised.

use serde::{Deserialize, Serialize};

use super::table::{Part, Table};
use super::transform::Transform;
use crate::error::Error;
use crate::math::{Philox, Stream, ascending};

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
    /// What was done to each column; empty: nothing to any.
    transforms: Vec<Transform>,
    /// What an NLL of each row in standard units lacks to one in the table's, in nats: of the training, validation and test rows.
    offsets: [Vec<f64>; 3],
    /// The mean over the test rows of the part of each column in that.
    column_offsets: Vec<f64>,
    /// Where noise fills the steps between values: the training rows without it, and its width in standard units.
    steps: Option<(Vec<f64>, Vec<f64>)>,
}

/// What is said of the table that a run learns from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct TableUnits {
    /// What each variable is called: `ln mass` where the logarithm of a column is learned.
    pub names: Vec<String>,
    /// The mean of each over the training rows, in its own unit: 0 in standard units.
    pub mean: Vec<f64>,
    /// The deviation of each over the training rows, in its own unit: 1 in standard units.
    pub deviation: Vec<f64>,
    /// What was done to each before it was learned; means and deviations are of what came of it.
    pub transforms: Vec<Transform>,
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
    /// The same of a table that is learned as it is.
    ///
    /// # Errors
    /// What [`Self::transformed`] refuses.
    pub fn split(table: &Table, parts: &[Part]) -> Result<Self, Error> {
        Self::transformed(table, parts, &[], 0)
    }

    /// Does to each column what is to be done to it, splits the table by what each row is for, and standardises it by the mean and the
    /// deviation of the training rows. Noise on validation and test rows is drawn once, from `seed`; that on training rows is drawn anew each
    /// time that one is learned from.
    ///
    /// # Errors
    /// A value whose transform does not exist, and what has no density:
    /// Fewer than two columns or 20 rows, a part that has hardly any, a column that does not vary over the training rows or varies beyond
    /// all numbers, and values that are too far from all others.
    pub fn transformed(
        table: &Table,
        parts: &[Part],
        transforms: &[Transform],
        seed: u32,
    ) -> Result<Self, Error> {
        let refused = |why: String| Err(Error::Table { why });
        let (dim, count) = (table.dim(), table.len());
        let Transformed { bare, values, log_slopes } = Transformed::of(table, transforms, seed)?;
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
        let log_scale: f64 = deviation.iter().map(|d| d.ln()).sum();
        let slopes = |index: usize| log_slopes.get(index * dim..(index + 1) * dim).unwrap_or_default();
        let offset = |index: usize| log_scale - slopes(index).iter().sum::<f64>();
        let offsets = Part::ALL.map(|part| of(part).map(offset).collect());
        let tests = of(Part::Test).count() as f64;
        let column_offset = |i: usize| {
            let slope = |index: usize| slopes(index).get(i).copied().unwrap_or_default();
            deviation[i].ln() - of(Part::Test).map(slope).sum::<f64>() / tests
        };
        let column_offsets = (0..dim).map(column_offset).collect();
        let steps = bare.map(|bare| {
            let one = |index: usize| (0..dim).map(move |i| (index, i));
            let value = |(index, i): (usize, usize)| (bare[index * dim + i] - mean[i]) / deviation[i];
            let widths = transforms.iter().zip(&deviation).map(|(t, d)| t.noise() / d).collect();
            (of(Part::Train).flat_map(one).map(value).collect(), widths)
        });
        let (names, transforms) = (table.names().to_vec(), transforms.to_vec());
        Ok(Self {
            names,
            train,
            validation,
            test,
            mean,
            deviation,
            transforms,
            offsets,
            column_offsets,
            steps,
        })
    }

    /// Number of columns.
    pub fn dim(&self) -> usize {
        self.names.len()
    }

    /// What each column is called.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// What was done to a column.
    fn transform(&self, column: usize) -> Transform {
        self.transforms.get(column).copied().unwrap_or_default()
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
            names: self.names.iter().enumerate().map(|(i, name)| self.transform(i).name(name)).collect(),
            mean: self.mean.clone(),
            deviation: self.deviation.clone(),
            transforms: self.transforms.clone(),
            train_rows: count(&self.train),
            validation_rows: count(&self.validation),
            test_rows: count(&self.test),
        }
    }

    /// What an NLL of each row of a part in standard units lacks to one in the table's, in nats: the logarithms of the deviations and of the
    /// transforms' slopes.
    pub fn offsets(&self, part: Part) -> &[f64] {
        &self.offsets[part as usize]
    }

    /// The mean of that over the test rows, one column's part.
    pub fn column_offset(&self, column: usize) -> f64 {
        self.column_offsets[column]
    }

    /// -log p of each row of a part in the table's units, from log p in standard units.
    pub fn nlls<'a>(&'a self, part: Part, log_density: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
        self.offsets(part).iter().zip(log_density).map(|(offset, log_density)| offset - log_density)
    }

    /// The rows that are learned from, row-major in standard units, before there is noise on them, and the width of that noise for each column:
    /// it is uniform from 0 on. Without noise they are [`Self::train`].
    pub fn learned(&self) -> (&[f64], Option<&[f64]>) {
        match &self.steps {
            None => (&self.train, None),
            Some((bare, widths)) => (bare, Some(widths)),
        }
    }
}

/// A table's values after its transforms.
struct Transformed {
    /// Without noise, where some have noise.
    bare: Option<Vec<f64>>,
    values: Vec<f64>,
    /// Logarithms of the slopes; none where all are 0.
    log_slopes: Vec<f64>,
}

impl Transformed {
    fn of(table: &Table, transforms: &[Transform], seed: u32) -> Result<Self, Error> {
        if transforms.iter().all(|one| *one == Transform::None) {
            return Ok(Self { bare: None, values: table.rows().to_vec(), log_slopes: Vec::new() });
        }
        let dim = table.dim();
        let (mut values, mut log_slopes) = (Vec::new(), Vec::new());
        for (index, row) in table.rows().chunks_exact(dim).enumerate() {
            for ((transform, name), &x) in transforms.iter().zip(table.names()).zip(row) {
                let Some((y, log_slope)) = transform.apply(x) else {
                    return Err(Error::Table {
                        why: format!(
                            "row {} of it has {x:?} in column “{name}”, and what is to be done to that column needs {}",
                            index + 1,
                            transform.needs()
                        ),
                    });
                };
                values.push(y);
                log_slopes.push(log_slope);
            }
        }
        if transforms.iter().all(|one| one.noise() == 0.0) {
            return Ok(Self { bare: None, values, log_slopes });
        }
        let bare = values.clone();
        for (row, values) in values.chunks_exact_mut(dim).enumerate() {
            let random = &mut Philox::new(seed, Stream::Dequantise { row: row as u32 });
            for (value, transform) in values.iter_mut().zip(transforms) {
                *value += transform.noise() * random.uniform::<f64>();
            }
        }
        Ok(Self { bare: Some(bare), values, log_slopes })
    }
}

/// Mean and standard deviation of a column, or why it can't be learned.
fn moments(mut values: Vec<f64>) -> Result<(f64, f64), String> {
    ascending(&mut values);
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
