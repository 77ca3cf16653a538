//! A trained model by itself: what programs ask that want a density and no run.
//!
//! Outside of the browser it is also fitted here, and read from and written to the page's files of models.

#[cfg(not(target_arch = "wasm32"))]
mod file;
#[cfg(not(target_arch = "wasm32"))]
mod fit;

use crate::error::{Error, check};
use crate::experiment::Experiment;
use crate::models::{self, Description, Family, Model, ModelSpec, Workspace, build::check_family};
use crate::session::{Session, check_length, check_parameters, standardise};
use crate::targets::Columns;
use crate::training::{OptimiserSpec, Schedule};

/// A model and its parameters. Points are rows in the target's own units; of a table those of its columns. Logarithms are natural, in nats.
pub struct DensityModel {
    experiment: Experiment,
    step: u32,
    model: Box<dyn Model<f32>>,
    parameters: Vec<f32>,
    /// Of a table.
    columns: Option<Columns>,
}

impl DensityModel {
    /// What rows are fitted by where nobody says otherwise: an autoregressive neural spline flow.
    pub fn recipe() -> Experiment {
        let family = Family::Spline;
        let layers = 2;
        let model = ModelSpec { family, layers, hidden: vec![32, 32], ..ModelSpec::default() };
        let optimiser = OptimiserSpec {
            batch: 128,
            schedule: Schedule::Cosine { steps: 1500 },
            early_stopping: true,
            ..OptimiserSpec::recommended()
        };
        Experiment { model, optimiser, ..Experiment::default() }
    }

    /// The model of a run as it stands: the parameters that are shown.
    pub fn of(session: &Session) -> Self {
        let experiment = session.experiment().clone();
        let columns = session.target().rows().map(Columns::of);
        let fixed = standardise(session.target(), experiment.objective);
        Self {
            step: session.step_count(),
            model: models::build(&experiment.model, fixed, experiment.seed.0),
            parameters: session.parameters().to_vec(),
            experiment,
            columns,
        }
    }

    /// From what was saved of one: the Experiment, of a table what its columns are, the step and the parameters. A table's rows are not needed.
    ///
    /// # Errors
    /// An Experiment that is not allowed, a table without its columns, and parameters that are not of this model.
    pub fn from_parts(
        experiment: Experiment,
        columns: Option<Columns>,
        step: u32,
        parameters: Vec<f32>,
    ) -> Result<Self, Error> {
        check_family(experiment.model.family)?;
        let fixed = if experiment.target.is_table() {
            let dim = experiment.target.dim();
            experiment.model.validate(dim)?;
            let why =
                || ("unknown".into(), "the means and deviations of its columns beside the parameters".into());
            check(columns.is_some(), "table", why)?;
            columns.as_ref().map_or(Ok(()), |columns| columns.validate(dim))?;
            None
        } else {
            experiment.validate()?;
            standardise(&*experiment.target.build()?, experiment.objective)
        };
        let columns = columns.filter(|_| experiment.target.is_table());
        let model = models::build(&experiment.model, fixed, experiment.seed.0);
        check_parameters(&parameters, model.parameter_count())?;
        Ok(Self { experiment, step, model, parameters, columns })
    }

    /// What was trained, with all defaults filled in.
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// Steps that were taken.
    pub fn step(&self) -> u32 {
        self.step
    }

    /// Number of variables.
    pub fn dim(&self) -> usize {
        self.model.dim()
    }

    /// The parameters, in the core's order.
    pub fn parameters(&self) -> &[f32] {
        &self.parameters
    }

    /// What is known of the table that was learned; `None`: it was none.
    pub fn columns(&self) -> Option<&Columns> {
        self.columns.as_ref()
    }

    /// What the parameters mean, for other programs; `None` where it can't be said.
    pub fn description(&self) -> Option<Description> {
        match &self.columns {
            Some(columns) => crate::session::describe_table(&self.experiment, &columns.units),
            None => self.model.describe(),
        }
    }

    /// log p(x) in nats of row-major points, or a bound of it; with the base's deviation times the temperature, above 0.
    ///
    /// # Errors
    /// Another number of values than whole rows have, a temperature that is none, a model that has no density, and a value that its column
    /// can't have.
    pub fn log_prob_of(&self, points: &[f64], temperature: f64) -> Result<Vec<f64>, Error> {
        check_length("points", points.len(), points.len() / self.dim() * self.dim())?;
        check_temperature(temperature > 0.0, temperature, "above 0")?;
        let density = self.model.density().required()?;
        let (points, offsets) = match &self.columns {
            Some(columns) => columns.standard(points)?,
            None => (points.to_vec(), Vec::new()),
        };
        let points: Vec<f32> = points.into_iter().map(|v| v as f32).collect();
        let log_prob = density.log_prob(&self.parameters, &points, temperature, &mut Workspace::default());
        let offset = |i: usize| offsets.get(i).copied().unwrap_or_default();
        Ok(log_prob.iter().enumerate().map(|(i, &lp)| f64::from(lp) - offset(i)).collect())
    }

    /// Samples, row-major: the first `count` base draws of a seed, times a temperature of at least 0, carried to the data. The same draws
    /// whatever the temperature; with the Experiment's own seed those that the page shows.
    ///
    /// # Errors
    /// A temperature that is none.
    pub fn sample_from(&self, seed: u32, count: usize, temperature: f64) -> Result<Vec<f64>, Error> {
        check_temperature(temperature >= 0.0, temperature, "of at least 0")?;
        let workspace = &mut Workspace::default();
        let points = self.model.samples(&self.parameters, seed, count, temperature, workspace);
        Ok(match &self.columns {
            Some(columns) => columns.own(&points),
            None => points.into_iter().map(f64::from).collect(),
        })
    }
}

fn check_temperature(good: bool, temperature: f64, allowed: &str) -> Result<(), Error> {
    check(good && temperature.is_finite(), "temperature", || {
        (temperature.to_string(), format!("a number {allowed}"))
    })
}
