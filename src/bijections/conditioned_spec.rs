//! A conditioned transform as data.

use serde::Serialize;

use super::univariate::UnivariateSpec;
use super::{Bijection, Conditioned, Dependence, Reads, Spec, Structure};
#[cfg(feature = "gpu")]
use super::{Kernel, conditioned_kernel, conditioned_layout::ConditionedLayout};
use crate::math::Scalar;
use crate::nn::Activation;

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
    pub fn transform<T: Scalar>(&self) -> Conditioned<T> {
        let maps = self.maps.iter().map(|map| map.build()).collect();
        if self.shared_weights {
            Conditioned::nade(&self.structure, maps, self.hidden[0], self.activation)
        } else {
            Conditioned::new(self.structure.clone(), maps, self.reads, &self.hidden, self.activation)
        }
    }

    /// The map of each transformed variable.
    pub fn map_of_each(&self) -> Vec<UnivariateSpec> {
        let moved = 0..self.structure.transformed().len();
        moved.map(|j| self.maps[j.min(self.maps.len() - 1)]).collect()
    }
}

/// What the header of a saved model says.
#[derive(Serialize)]
struct Described<'a> {
    kind: &'static str,
    at: usize,
    /// Else a coupling.
    autoregressive: bool,
    /// The place of each variable in the ordering; of a coupling 0 for those that pass through, 1 for those that move.
    rank: &'a [usize],
    reads: Reads,
    hidden: &'a [usize],
    /// NADE's network in place of a masked perceptron.
    shared_weights: bool,
    activation: Activation,
    /// What is done to each moved variable, in the order of the variables.
    maps: Vec<UnivariateSpec>,
}

impl Spec for ConditionedSpec {
    fn build<T: Scalar>(&self) -> Box<dyn Bijection<T>> {
        Box::new(self.transform())
    }

    fn dependence(&self) -> Dependence<'_> {
        Dependence::Ranked(&self.structure)
    }

    fn describe(&self, at: usize) -> impl Serialize {
        Described {
            kind: "masked",
            at,
            autoregressive: self.structure.is_autoregressive(),
            rank: self.structure.rank(),
            reads: self.reads,
            hidden: if self.shared_weights { &self.hidden[..1] } else { &self.hidden },
            shared_weights: self.shared_weights,
            activation: self.activation,
            maps: self.map_of_each(),
        }
    }

    #[cfg(feature = "gpu")]
    fn kernel(&self) -> Result<Kernel, String> {
        if self.shared_weights {
            return Err("NADE's running sum is taken variable by variable".into());
        }
        let Self { structure, reads, hidden, activation, .. } = self;
        if activation.needs_input() {
            return Err("networks with SiLU learn on the processor".into());
        }
        let layout = ConditionedLayout::new(structure, self.map_of_each(), *reads, hidden, *activation);
        let (read, transformed, rank) = (structure.read(), structure.transformed(), structure.rank());
        let ranks = transformed.iter().map(|&variable| rank[variable]);
        let indices = read.iter().chain(transformed).copied().chain(ranks).map(|v| v as u32).collect();
        Ok(Kernel {
            code: conditioned_kernel::code(&layout)?,
            parameters: layout.places(structure, hidden),
            vectors: layout.vectors(),
            tape_rows: layout.tape_rows(),
            gradient_rows: layout.rows(),
            map_parameters: layout.maps.iter().map(|map| map.parameters()).max().unwrap_or(1),
            indices,
        })
    }
}
