//! The query of the view "Receipt for a point".

use super::checks::{check_length, refuse};
use super::{Session, standardise};
use crate::bijections::Direction;
use crate::diagnostics::receipt::{self, Receipt};
use crate::error::Error;
use crate::models::{Flow, compose};

impl Session {
    /// The density of one point as a sum over the layers, in double precision: of data carried to the base, or, where `forward`,
    /// of a point of the base carried to the data. An error where the model is no bijection.
    pub fn receipt(&self, point: &[f64], forward: bool) -> Result<Receipt, Error> {
        let base = self.flow()?.base();
        check_length("point", point.len(), self.target().dim())?;
        if let Some(value) = point.iter().find(|value| !value.is_finite()) {
            return refuse("point", value, "finite numbers");
        }
        let Self { experiment, .. } = self;
        let fixed = standardise(self.target(), experiment.objective);
        let specs = compose::compose(&experiment.model, fixed, experiment.seed.0);
        let flow = Flow::<f64>::composed(base, specs.clone());
        let parameters: Vec<f64> = self.parameters().iter().map(|&p| f64::from(p)).collect();
        let direction = if forward { Direction::Forward } else { Direction::Inverse };
        Ok(receipt::receipt(&flow, &specs, &parameters, point, direction))
    }
}
