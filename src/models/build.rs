//! From what an Experiment says of its model to the model.

use super::{Model, ModelSpec, OrderingAverage, compose};
use crate::bijections::Standardise;
use crate::math::Scalar;

/// The model that a valid [`ModelSpec`] describes. `standardise` is the fixed map between the model's and the target's units; `None`
/// leaves it out.
pub fn build<T: Scalar>(spec: &ModelSpec, standardise: Option<Standardise>, seed: u32) -> Box<dyn Model<T>> {
    if spec.order_agnostic {
        Box::new(OrderingAverage::build(spec, standardise, seed))
    } else {
        Box::new(compose::build(spec, standardise, seed))
    }
}
