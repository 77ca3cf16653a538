//! From a table's own units to the standard ones in which it is learned, and back, without its rows.

use serde::{Deserialize, Serialize};

use super::rows::{Rows, TableUnits};
use crate::error::{Error, check_value};

/// What has to be known of a table to ask a model of it in its own units: a saved model has it beside the parameters, and no row but one value of
/// each column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Columns {
    /// Where the columns lie, and what was done to them.
    pub units: TableUnits,
    /// A value of each, from which those of a column with steps are whole steps away.
    pub first: Vec<f64>,
}

impl Columns {
    /// Those of rows that are learned.
    pub fn of(rows: &Rows) -> Self {
        let units = rows.units();
        let back = |(i, z): (usize, &f64)| {
            let y = units.mean[i] + units.deviation[i] * z;
            units.transforms.get(i).copied().unwrap_or_default().undo(y, y)
        };
        let first = rows.learned().0[..rows.dim()].iter().enumerate().map(back).collect();
        Self { units, first }
    }

    /// Checks what serde can't, as a file may hold anything: as many of each as there are variables, and deviations above 0.
    pub fn validate(&self, dim: usize) -> Result<(), Error> {
        let TableUnits { names, mean, deviation, transforms, .. } = &self.units;
        let lengths = [names.len(), mean.len(), deviation.len(), self.first.len()];
        let whole = lengths.iter().all(|&length| length == dim);
        let all = transforms.is_empty() || transforms.len() == dim;
        let numbers = [mean, deviation, &self.first].into_iter().flatten().all(|v| v.is_finite());
        let apart = deviation.iter().all(|&d| d > 0.0);
        let good = whole && all && numbers && apart;
        check_value(good, "table", &"damaged", &format!("names, means, deviations of {dim} columns"))?;
        transforms.iter().enumerate().try_for_each(|(i, one)| one.validate(&format!("table.transforms[{i}]")))
    }

    /// Number of columns.
    pub fn dim(&self) -> usize {
        self.first.len()
    }

    /// Row-major points in standard units, and for each what its log p in standard units exceeds that in the columns' own by, in nats. A value of
    /// a column with steps is taken as the middle of its step: there the density times the step is the value's probability.
    ///
    /// # Errors
    /// A value that the transform of its column has no place for.
    pub fn standard(&self, points: &[f64]) -> Result<(Vec<f64>, Vec<f64>), Error> {
        let TableUnits { mean, deviation, transforms, names, .. } = &self.units;
        let log_scale: f64 = deviation.iter().map(|d| d.ln()).sum();
        let (mut standard, mut offsets) = (Vec::with_capacity(points.len()), Vec::new());
        for row in points.chunks_exact(self.dim()) {
            let mut offset = log_scale;
            for (i, &x) in row.iter().enumerate() {
                let transform = transforms.get(i).copied().unwrap_or_default();
                let (y, log_slope) = transform.apply(x).ok_or_else(|| Error::Field {
                    field: format!("points, {}", names[i]),
                    value: x.to_string(),
                    allowed: transform.needs().into(),
                })?;
                standard.push((y + 0.5 * transform.noise() - mean[i]) / deviation[i]);
                offset -= log_slope;
            }
            offsets.push(offset);
        }
        Ok((standard, offsets))
    }

    /// Row-major points in standard units as values of the columns.
    pub fn own(&self, points: &[f32]) -> Vec<f64> {
        let TableUnits { mean, deviation, transforms, .. } = &self.units;
        let dim = self.dim();
        let back = |(at, &z): (usize, &f32)| {
            let i = at % dim;
            let y = mean[i] + deviation[i] * f64::from(z);
            transforms.get(i).copied().unwrap_or_default().undo(y, self.first[i])
        };
        points.iter().enumerate().map(back).collect()
    }
}
