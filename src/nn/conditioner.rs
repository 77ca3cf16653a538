//! The network of a layer, of either kind.

use super::mlp::{MlpScratch, MlpTape};
use super::{Mlp, Nade};
use crate::math::{Philox, Scalar};

/// What computes theta from the variables that a layer reads.
#[derive(Clone, Debug)]
pub enum Conditioner {
    /// A masked or plain multilayer perceptron: all of theta in one pass.
    Mlp(Mlp),
    /// NADE's network: one conditional a pass.
    Nade(Nade),
}

impl From<Mlp> for Conditioner {
    fn from(mlp: Mlp) -> Self {
        Self::Mlp(mlp)
    }
}

impl Conditioner {
    /// Number of parameters, masked weights included.
    pub fn parameter_count(&self) -> usize {
        match self {
            Self::Mlp(mlp) => mlp.parameter_count(),
            Self::Nade(nade) => nade.parameter_count(),
        }
    }

    /// Draws the initial parameters.
    pub fn initialise<T: Scalar>(&self, parameters: &mut [T], random: &mut Philox) {
        match self {
            Self::Mlp(mlp) => mlp.initialise(parameters, random),
            Self::Nade(nade) => nade.initialise(parameters, random),
        }
    }

    /// theta of all variables; returns the passes that took.
    pub fn forward<T: Scalar>(
        &self,
        parameters: &[T],
        input: &[T],
        theta: &mut Vec<T>,
        len: usize,
        tape: &mut MlpTape<T>,
    ) -> usize {
        match self {
            Self::Mlp(mlp) => {
                mlp.forward(parameters, input, theta, len, tape);
                1
            }
            Self::Nade(nade) => {
                nade.forward(parameters, input, theta, len, tape);
                nade.outputs().len()
            }
        }
    }

    /// theta of the variables of one rank at least, in one pass; the ranks before it were asked for before.
    pub fn forward_rank<T: Scalar>(
        &self,
        rank: usize,
        parameters: &[T],
        input: &[T],
        theta: &mut Vec<T>,
        len: usize,
        tape: &mut MlpTape<T>,
    ) {
        match self {
            Self::Mlp(mlp) => mlp.forward(parameters, input, theta, len, tape),
            Self::Nade(nade) => nade.forward_rank(rank, parameters, input, theta, len, tape),
        }
    }

    /// See [`Mlp::backward`].
    #[allow(clippy::too_many_arguments, reason = "a gradient takes each thing and its gradient")]
    pub fn backward<T: Scalar>(
        &self,
        parameters: &[T],
        input: &[T],
        tape: &MlpTape<T>,
        grad_theta: &[T],
        grad_input: &mut [T],
        grad_parameters: &mut [T],
        len: usize,
        scratch: &mut MlpScratch<T>,
    ) {
        match self {
            Self::Mlp(mlp) => {
                mlp.backward(parameters, input, tape, grad_theta, grad_input, grad_parameters, len, scratch);
            }
            Self::Nade(nade) => {
                nade.backward(parameters, input, tape, grad_theta, grad_input, grad_parameters, len, scratch);
            }
        }
    }

    /// Sets the weights of cut edges to zero.
    pub fn project<T: Scalar>(&self, parameters: &mut [T]) {
        if let Self::Mlp(mlp) = self {
            mlp.project(parameters);
        }
    }
}
