//! From what an Experiment says of its model to the model.

use super::{Family, Gan, Matching, Model, ModelSpec, OrderingAverage, Vae, compose};
use crate::bijections::Standardise;
use crate::math::Scalar;

/// The model that a valid [`ModelSpec`] describes. `standardise` is the fixed map between the model's and the target's units; `None`
/// leaves it out.
pub fn build<T: Scalar>(spec: &ModelSpec, standardise: Option<Standardise>, seed: u32) -> Box<dyn Model<T>> {
    match spec.family {
        Family::FlowMatching | Family::Diffusion => Box::new(Matching::build(spec, standardise, seed)),
        Family::Vae => Box::new(Vae::build(spec, standardise)),
        Family::Gan => Box::new(Gan::build(spec, standardise)),
        _ if spec.order_agnostic => Box::new(OrderingAverage::build(spec, standardise, seed)),
        _ => Box::new(compose::build(spec, standardise, seed)),
    }
}
