//! From rows, or a whole Experiment, to a trained model.

use sha2::{Digest, Sha256};

use super::DensityModel;
use crate::error::{Error, check};
use crate::experiment::Experiment;
use crate::session::{EVALUATE_EVERY, Session};
use crate::targets::table::Table;
use crate::targets::{TargetSpec, tables};

impl DensityModel {
    /// Fits an autoregressive neural spline flow to rows of finite numbers, of 2 to 64 columns and 20 rows at least: a few seconds. A tenth of the rows
    /// says which step was the best, a tenth is kept out of it. The same rows give the same model.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the rows.
    ///
    /// ```
    /// use density_playground::DensityModel;
    /// let rows: Vec<[f64; 2]> = (0..300).map(|i| f64::from(i) / 50.0).map(|t| [t.sin(), 20.0 + t.cos()]).collect();
    /// let model = DensityModel::fit(&rows)?;
    /// let log_p = model.log_prob(&[[0.0, 21.0], [0.0, 20.0]])?;
    /// assert!(log_p[0] > log_p[1] + 1.0, "on the ring, and in its middle: {log_p:?}");
    /// let again = DensityModel::load(&model.save()?)?;
    /// assert_eq!(again.sample(5, 1.0)?, model.sample(5, 1.0)?);
    /// # Ok::<(), density_playground::Error>(())
    /// ```
    pub fn fit<R: AsRef<[f64]>>(rows: &[R]) -> Result<Self, Error> {
        Self::fit_with(rows, Self::recipe())
    }

    /// Trains an Experiment on rows in place of its target. An ordering of other variables than the rows have becomes that of the columns.
    ///
    /// # Errors
    /// What is wrong with the rows or the Experiment, and a training that leaves the finite numbers.
    ///
    /// ```
    /// use density_playground::{DensityModel, Experiment};
    /// let mut experiment = Experiment::from_json(r#"{"model": {"family": "made", "hidden": [16]}}"#)?;
    /// experiment.optimiser.batch = 64;
    /// experiment.optimiser.schedule = density_playground::training::Schedule::Cosine { steps: 100 };
    /// let rows: Vec<[f64; 2]> = (0..100).map(|i| f64::from(i)).map(|t| [t.sin(), t.cos()]).collect();
    /// assert_eq!(DensityModel::fit_with(&rows, experiment)?.step(), 100);
    /// # Ok::<(), density_playground::Error>(())
    /// ```
    pub fn fit_with<R: AsRef<[f64]>>(rows: &[R], experiment: Experiment) -> Result<Self, Error> {
        let dim = rows.first().map_or(0, |row| row.as_ref().len());
        if let Some(short) = rows.iter().position(|row| row.as_ref().len() != dim) {
            let why = format!("its rows 1 and {} are of different lengths", short + 1);
            return Err(Error::Table { why });
        }
        let names = (1..=dim).map(|i| format!("x{i}")).collect();
        let values = rows.iter().flat_map(|row| row.as_ref().iter().map(|&v| if v == 0.0 { 0.0 } else { v }));
        let table = Table::of(names, values.collect(), &[])?;
        let hash = hash_of(&table);
        tables::provide(&hash, table)?;
        let columns: Vec<usize> = (0..dim).collect();
        let mut model = experiment.model;
        if model.ordering.len() != dim {
            model.ordering = columns.clone();
        }
        let name = "rows".into();
        let (shares, transforms) = (None, Vec::new());
        let target = TargetSpec::Table { hash, name, columns, shares, split_seed: 0, transforms };
        Self::train(Experiment { target, model, ..experiment })
    }

    /// Trains an Experiment to its end: that of its schedule, or an earlier one by early stopping.
    ///
    /// # Errors
    /// What is not allowed in the Experiment, one that has no end, and a training that leaves the finite numbers.
    ///
    /// ```
    /// use density_playground::{DensityModel, Experiment, training::Schedule};
    /// let mut experiment = Experiment::recommended();
    /// experiment.optimiser.schedule = Schedule::Cosine { steps: 50 };
    /// let model = DensityModel::train(experiment)?;
    /// assert_eq!(model.sample(3, 0.5)?.len(), 3);
    /// # Ok::<(), density_playground::Error>(())
    /// ```
    pub fn train(experiment: Experiment) -> Result<Self, Error> {
        let mut session = Session::new(experiment)?;
        let ends = session.steps_left().is_some() || session.stops_at().is_some();
        let (value, allowed) = ("constant", "cosine, or early stopping on a fixed set of points");
        check(ends, "optimiser.schedule.kind", || (value.into(), allowed.into()))?;
        let end = session.steps_left().unwrap_or(u32::MAX);
        loop {
            let left = end.min(session.stops_at().unwrap_or(u32::MAX)).saturating_sub(session.step_count());
            if left == 0 {
                return Ok(Self::of(&session));
            }
            match session.train(left.min(EVALUATE_EVERY)) {
                Ok(_) => {}
                // What is wanted is behind it already.
                Err(_) if session.stops_at().is_some() => return Ok(Self::of(&session)),
                Err(error) => return Err(error),
            }
        }
    }

    /// log p(x) of rows in nats, or a bound of it where the family has no more.
    ///
    /// # Errors
    /// Rows of another length than the model's, a model that has no density.
    pub fn log_prob<R: AsRef<[f64]>>(&self, rows: &[R]) -> Result<Vec<f64>, Error> {
        let (dim, mut points) = (self.dim(), Vec::with_capacity(rows.len() * self.dim()));
        for row in rows.iter().map(AsRef::as_ref) {
            crate::session::check_length("points", row.len(), dim)?;
            points.extend_from_slice(row);
        }
        self.log_prob_of(&points, 1.0)
    }

    /// Draws rows from the model, at temperature 1 of its own density, below it closer to where the density is high. The same ones each time:
    /// [`Self::sample_from`] takes another seed.
    ///
    /// # Errors
    /// A temperature below 0.
    pub fn sample(&self, count: usize, temperature: f64) -> Result<Vec<Vec<f64>>, Error> {
        let flat = self.sample_from(self.experiment.seed.0, count, temperature)?;
        Ok(flat.chunks_exact(self.dim()).map(<[f64]>::to_vec).collect())
    }
}

/// By which the page knows a table, see www/tables/data-table.ts: SHA-256 of its columns' names and number of rows in JSON, a line's end, its values
/// as doubles in little-endian order.
fn hash_of(table: &Table) -> String {
    let names = serde_json::Value::from(table.names());
    let head = format!("{{\"names\":{names},\"rows\":{},\"parts\":false}}\n", table.len());
    let mut hash = Sha256::new();
    hash.update(head);
    table.rows().iter().for_each(|value| hash.update(value.to_le_bytes()));
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_knows_the_same_rows_by_the_same_hash() {
        // www/headless/rows.test.ts has it, too; 0 and -0 are one number.
        let names = vec!["x1".into(), "x2".into()];
        let table = Table::of(names, vec![1.0, 2.5, -3.0, 0.0, 1e300, 7.0], &[]).unwrap();
        assert_eq!(hash_of(&table), "39dce1ab2f5bfd8db5b04cf37d0a5d41fda62369212a1b555f28982362c088d3");
    }
}
