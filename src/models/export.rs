//! A flow in words that other programs can read: what a saved model needs beside its parameters, so that a script in another
//! language can evaluate it.

use serde::Serialize;

use super::{Base, Flow, ModelSpec, compose, ordering_average};
use crate::bijections::univariate::UnivariateSpec;
use crate::bijections::{Reads, Standardise};
use crate::models::spec::BijectionSpec;
use crate::nn::Activation;

/// A model: its base, and its flow, or one flow for each ordering that it averages over. All share one list of parameters.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Description {
    /// Number of variables.
    pub dim: usize,
    /// What is carried to the data.
    pub base: Base,
    /// Where its parameters begin.
    pub base_at: usize,
    /// Bijections from base to data, of each flow.
    pub flows: Vec<Vec<Described>>,
}

/// One bijection, with `at`, where its parameters begin. The bijections' own docs say how they lie.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Described {
    /// A conditioned transform.
    #[serde(rename = "masked")]
    Conditioned {
        /// Where its parameters begin.
        at: usize,
        /// Else a coupling.
        autoregressive: bool,
        /// The place of each variable in the ordering; of a coupling 0 for those that pass through, 1 for those that move.
        rank: Vec<usize>,
        /// Which side the conditioner reads.
        reads: Reads,
        /// Units of its hidden layers.
        hidden: Vec<usize>,
        /// NADE's network in place of a masked perceptron.
        shared_weights: bool,
        /// Between its linear layers.
        activation: Activation,
        /// What is done to each moved variable, in the order of the variables.
        maps: Vec<UnivariateSpec>,
    },
    /// Batch normalisation, by its running averages.
    BatchNorm {
        /// Where its parameters begin.
        at: usize,
    },
    /// An invertible linear map.
    Linear {
        /// Where its parameters begin.
        at: usize,
        /// Row i of the triangular product becomes variable `permutation[i]`.
        permutation: Vec<usize>,
        /// Of the diagonal.
        signs: Vec<f64>,
    },
    /// A scale for each variable.
    Scaling {
        /// Where its parameters begin.
        at: usize,
        /// And a shift.
        shifted: bool,
    },
    /// The map into the target's units.
    Standardise {
        /// Added after the scaling.
        mean: Vec<f64>,
        /// The scales.
        deviation: Vec<f64>,
    },
}

impl Described {
    fn new(spec: BijectionSpec, at: usize) -> Self {
        match spec {
            BijectionSpec::Conditioned(layer) => {
                let moved = 0..layer.structure.transformed().len();
                Self::Conditioned {
                    at,
                    autoregressive: layer.structure.is_autoregressive(),
                    rank: layer.structure.rank().to_vec(),
                    reads: layer.reads,
                    hidden: if layer.shared_weights { layer.hidden[..1].to_vec() } else { layer.hidden },
                    shared_weights: layer.shared_weights,
                    activation: layer.activation,
                    maps: moved.map(|j| layer.maps[j.min(layer.maps.len() - 1)]).collect(),
                }
            }
            BijectionSpec::BatchNorm(_) => Self::BatchNorm { at },
            BijectionSpec::Linear(linear) => Self::Linear {
                at,
                permutation: linear.permutation().to_vec(),
                signs: linear.signs().to_vec(),
            },
            BijectionSpec::Scaling(scaling) => Self::Scaling { at, shifted: scaling.is_shifted() },
            BijectionSpec::Standardise(standardise) => {
                let (mean, deviation) = standardise.constants();
                Self::Standardise { mean: mean.to_vec(), deviation: deviation.to_vec() }
            }
        }
    }
}

impl Description {
    /// Of the model that a valid [`ModelSpec`] describes, as [`OrderingAverage::build`](super::OrderingAverage::build) builds it.
    pub fn new(spec: &ModelSpec, standardise: Option<Standardise>, seed: u32) -> Self {
        let flow: Flow<f32> = compose::build(spec, standardise.clone(), seed);
        let orderings = if spec.order_agnostic {
            ordering_average::all_orderings(spec)
        } else {
            vec![spec.ordering.clone()]
        };
        let one = |ordering| {
            let spec = ModelSpec { ordering, ..spec.clone() };
            let specs = compose::compose(&spec, standardise.clone(), seed);
            specs.into_iter().enumerate().map(|(i, spec)| Described::new(spec, flow.range(i).start)).collect()
        };
        Self {
            dim: flow.dim(),
            base: flow.base(),
            base_at: flow.base_range().start,
            flows: orderings.into_iter().map(one).collect(),
        }
    }
}
