//! A model in words that other programs can read: what a saved model needs beside its parameters, so that a script in another
//! language can evaluate it.

use serde::{Serialize, Serializer};

use super::Base;
use crate::bijections::BijectionSpec;

/// What the parameters of a model mean: a kind of model that is none of these has one of its own.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(untagged)]
pub enum Description {
    /// A flow, or an average of some.
    Flows(FlowDescription),
}

/// A base, and a flow, or one flow for each ordering that is averaged over. All share one list of parameters.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct FlowDescription {
    /// Number of variables.
    pub dim: usize,
    /// What is carried to the data.
    pub base: Base,
    /// Where its parameters begin.
    pub base_at: usize,
    /// Bijections from base to data, of each flow.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "{ kind: string }[][]"))]
    pub flows: Vec<Vec<Described>>,
}

/// One bijection, as it [describes itself](crate::bijections::Spec::describe).
#[derive(Clone, Debug)]
pub struct Described {
    spec: BijectionSpec,
    at: usize,
}

impl Described {
    /// A bijection whose parameters begin at a place.
    pub fn new(spec: BijectionSpec, at: usize) -> Self {
        Self { spec, at }
    }
}

impl Serialize for Described {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.spec.describe(self.at, serializer)
    }
}
