//! From what an Experiment says of its model to the model.

use super::{Family, Gan, Matching, Model, ModelSpec, OrderingAverage, Vae, compose};
use crate::bijections::{Standardise, ode};
use crate::error::Error;
use crate::math::Scalar;

/// False in a build for a first visit, which has compositions alone: where another family is trained the page loads one that has all.
pub const HAS_ALL_FAMILIES: bool = ode::IS_BUILT;

/// An error where this build lacks a family.
pub fn check_family(family: Family) -> Result<(), Error> {
    let there = HAS_ALL_FAMILIES || family.row().structure.is_some();
    if there { Ok(()) } else { Err(Error::NotInThisBuild { family: family.row().title }) }
}

/// The model that a valid [`ModelSpec`] describes. `standardise` is the fixed map between the model's and the target's units; `None`
/// leaves it out. [`check_family`] says of what families.
pub fn build<T: Scalar>(spec: &ModelSpec, standardise: Option<Standardise>, seed: u32) -> Box<dyn Model<T>> {
    match spec.family {
        Family::FlowMatching | Family::Diffusion if HAS_ALL_FAMILIES => {
            Box::new(Matching::build(spec, standardise, seed))
        }
        Family::Vae if HAS_ALL_FAMILIES => Box::new(Vae::build(spec, standardise)),
        Family::Gan if HAS_ALL_FAMILIES => Box::new(Gan::build(spec, standardise)),
        _ if spec.order_agnostic => Box::new(OrderingAverage::build(spec, standardise, seed)),
        _ => Box::new(compose::build(spec, standardise, seed)),
    }
}
