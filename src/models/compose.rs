//! From a family's row and a model's size to its bijections.

use super::catalogue::{Between, Group, OrderingPolicy, StructureKind, UnivariateKind};
use super::{Flow, ModelSpec};
use crate::bijections::ode::IS_BUILT;
use crate::bijections::univariate::{Spline, UnivariateSpec};
use crate::bijections::{
    Affine, BatchNorm, BijectionSpec, ConditionedSpec, Linear, OdeStep, Reads, Scaling, Shift, Standardise,
    Structure,
};
use crate::math::{Philox, Scalar, Stream};

/// The ordering of each layer, base to data.
pub fn layer_orderings(spec: &ModelSpec, seed: u32) -> Vec<Vec<usize>> {
    let layers = spec.layer_count();
    (0..layers)
        .map(|layer| match spec.ordering_policy {
            OrderingPolicy::Same => spec.ordering.clone(),
            // Nothing changes from layer to layer where there is one: the ordering is what was asked for.
            OrderingPolicy::Random if layers == 1 => spec.ordering.clone(),
            OrderingPolicy::Alternate if (layers - 1 - layer).is_multiple_of(2) => spec.ordering.clone(),
            OrderingPolicy::Alternate => spec.ordering.iter().rev().copied().collect(),
            OrderingPolicy::Random => {
                let mut random = Philox::new(seed, Stream::LayerOrdering { layer: layer as u32 });
                let places = random.permutation(spec.ordering.len()).into_iter();
                places.map(|place| spec.ordering[place]).collect()
            }
        })
        .collect()
}

/// Half the side of the square, in standard deviations, in which splines bend.
const SPLINE_BOUND: f64 = 5.0;

/// The univariate maps of a layer: one for all variables, or one for each. `ordering` says which variable has which
/// conditional, where they differ.
fn maps(spec: &ModelSpec, ordering: &[usize], reads: Reads) -> Vec<UnivariateSpec> {
    // Shift and scale are those of the map from the read side: the side training looks from.
    let shift = if reads == Reads::Data { Shift::Base } else { Shift::Data };
    match spec.family.row().univariate.expect("a composition says what is done to a variable") {
        UnivariateKind::Additive => vec![UnivariateSpec::Additive],
        UnivariateKind::Affine => vec![UnivariateSpec::Affine(Affine::trained(shift))],
        UnivariateKind::Spline => {
            vec![UnivariateSpec::Spline(Spline { bins: spec.bins, bound: SPLINE_BOUND })]
        }
        UnivariateKind::Conditional if spec.conditionals.len() == 1 => {
            vec![spec.conditionals[0].univariate(shift)]
        }
        UnivariateKind::Conditional => (0..ordering.len())
            .map(|variable| {
                let place = ordering.iter().position(|&v| v == variable).unwrap_or_default();
                spec.conditionals[place.min(spec.conditionals.len() - 1)].univariate(shift)
            })
            .collect(),
    }
}

/// The bijections, base to data, of the flow that a valid [`ModelSpec`] describes; none but the last where the family is no flow.
/// `standardise` is the fixed map between the model's and the target's units; `None` leaves it out.
pub fn compose(spec: &ModelSpec, standardise: Option<Standardise>, seed: u32) -> Vec<BijectionSpec> {
    let row = spec.family.row();
    let Some(structure) = row.structure else {
        let steps = match row.group {
            Group::Continuous if IS_BUILT => {
                OdeStep::all(&spec.field(), &spec.hidden, spec.solver, spec.layers)
            }
            _ => Vec::new(),
        };
        return steps.into_iter().map(BijectionSpec::from).chain(standardise.map(Into::into)).collect();
    };
    let reads = spec.reads.unwrap_or(row.reads);
    let dim = spec.ordering.len();
    let orderings = layer_orderings(spec, seed);
    let last = orderings.len() - 1;
    let mut specs = Vec::new();
    for (layer, ordering) in orderings.into_iter().enumerate() {
        let conditioned = ConditionedSpec {
            maps: maps(spec, &ordering, reads),
            structure: match structure {
                StructureKind::Autoregressive => Structure::autoregressive(&ordering),
                StructureKind::Coupling => Structure::coupling(dim, &ordering[..dim.div_ceil(2)]),
            },
            reads: if row.shared_weights { Reads::Data } else { reads },
            hidden: spec.hidden.clone(),
            activation: spec.activation,
            shared_weights: row.shared_weights,
        };
        specs.push(BijectionSpec::from(conditioned));
        match row.between {
            Between::Optional if spec.batch_norm && layer < last => {
                specs.push(BatchNorm::new(dim).into());
            }
            Between::NormAndLinear => {
                let mut random = Philox::new(seed, Stream::Rotation { layer: layer as u32 });
                specs.push(Linear::random_rotation(dim, &mut random).into());
                specs.push(Scaling::activation_norm(dim).into());
            }
            Between::FinalScaling if layer == last => specs.push(Scaling::diagonal(dim).into()),
            Between::Optional | Between::FinalScaling => {}
        }
    }
    specs.extend(standardise.map(BijectionSpec::from));
    specs
}

/// Builds the flow that a valid [`ModelSpec`] describes, see [`compose`].
pub fn build<T: Scalar>(spec: &ModelSpec, standardise: Option<Standardise>, seed: u32) -> Flow<T> {
    Flow::composed(spec.base, compose(spec, standardise, seed))
}
