//! The query of the view "Receipt for a point".

use super::checks::{check_length, refuse};
use super::{Session, standardise};
use crate::bijections::Direction;
use crate::diagnostics::receipt::{self, Receipt};
use crate::error::Error;
use crate::models::compose;

impl Session {
    /// The density of one point as a sum over the layers: of data carried to the base, or, where `forward`, of a point of the base
    /// carried to the data. An error where the model is no bijection.
    pub fn receipt(&self, point: &[f64], forward: bool) -> Result<Receipt, Error> {
        let flow = self.flow()?;
        check_length("point", point.len(), self.target().dim())?;
        if let Some(value) = point.iter().find(|value| !value.is_finite()) {
            return refuse("point", value, "finite numbers");
        }
        let Self { experiment, .. } = self;
        let fixed = standardise(self.target(), experiment.objective);
        let specs = compose::compose(&experiment.model, fixed, experiment.seed.0);
        let point: Vec<f32> = point.iter().map(|&v| v as f32).collect();
        let direction = if forward { Direction::Forward } else { Direction::Inverse };
        Ok(receipt::receipt(flow, &specs, self.parameters(), &point, direction))
    }
}
