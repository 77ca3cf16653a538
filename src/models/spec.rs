//! A flow as data: what a family's row of the catalogue says, before anything is built. The core builds its bijections from
//! this list, the GPU its kernels.

use crate::bijections::univariate::UnivariateSpec;
use crate::bijections::{BatchNorm, Bijection, Conditioned, Linear, Reads, Scaling, Standardise, Structure};
use crate::math::Scalar;
use crate::nn::Activation;

/// One bijection of a flow.
#[derive(Clone, Debug)]
pub enum BijectionSpec {
    /// A conditioned transform.
    Conditioned(ConditionedSpec),
    /// Batch normalisation of that many variables.
    BatchNorm(usize),
    /// An invertible linear map.
    Linear(Linear),
    /// One scale, and perhaps shift, for each variable.
    Scaling(Scaling),
    /// The fixed map into the target's units.
    Standardise(Standardise),
}

/// What a [`Conditioned`] is made of.
#[derive(Clone, Debug)]
pub struct ConditionedSpec {
    /// Who may read whom.
    pub structure: Structure,
    /// What is done to each transformed variable; a single one serves all.
    pub maps: Vec<UnivariateSpec>,
    /// Which side the conditioner reads.
    pub reads: Reads,
    /// Units of the conditioner's hidden layers.
    pub hidden: Vec<usize>,
    /// Between its linear layers.
    pub activation: Activation,
    /// True for NADE's network, which has one hidden layer.
    pub shared_weights: bool,
}

impl ConditionedSpec {
    /// The transform itself.
    pub fn build<T: Scalar>(&self) -> Conditioned<T> {
        let maps = self.maps.iter().map(|map| map.build()).collect();
        if self.shared_weights {
            Conditioned::nade(&self.structure, maps, self.hidden[0], self.activation)
        } else {
            Conditioned::new(self.structure.clone(), maps, self.reads, &self.hidden, self.activation)
        }
    }
}

impl BijectionSpec {
    /// The bijection itself.
    pub fn build<T: Scalar>(&self) -> Box<dyn Bijection<T>> {
        match self {
            Self::Conditioned(layer) => Box::new(layer.build::<T>()),
            Self::BatchNorm(dim) => Box::new(BatchNorm::new(*dim)),
            Self::Linear(linear) => Box::new(linear.clone()),
            Self::Scaling(scaling) => Box::new(scaling.clone()),
            Self::Standardise(standardise) => Box::new(standardise.clone()),
        }
    }
}
