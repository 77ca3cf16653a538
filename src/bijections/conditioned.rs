//! The one transform behind autoregressive and coupling layers.

use serde::{Deserialize, Serialize};

use super::univariate::Univariate;
use super::{Bijection, Conditioning, Direction, Scratch, Structure, Summary, Tape};
use crate::math::{Batch, Philox, Scalar};
use crate::nn::{Activation, Conditioner, Masks, Mlp, Nade};

/// Which side of the layer the conditioner reads.
///
/// The direction that starts from the read side takes one network pass; the other has to generate
/// what it reads, rank by rank, D passes (one for a coupling, whose read half passes through).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Reads {
    /// x_i = u_i exp(alpha_i(x)) + mu_i(x): MAF, density in one pass.
    Data,
    /// x_i = u_i exp(alpha_i(u)) + mu_i(u): IAF (Kingma et al., "Improved variational inference with
    /// inverse autoregressive flow", NeurIPS 2016), sampling in one pass.
    Base,
}

/// A layer that maps each transformed variable elementwise with parameters that a masked network
/// computes from the variables of lower rank.
pub struct Conditioned<T> {
    structure: Structure,
    /// One for each transformed variable, or a single one for all.
    univariate: Vec<Box<dyn Univariate<T>>>,
    /// Parameters of the transformed variables before each, and of all.
    offsets: Vec<usize>,
    reads: Reads,
    conditioner: Conditioner,
}

impl<T: Scalar> Conditioned<T> {
    /// A layer whose conditioner has the given hidden layers, masked as the structure asks. `univariate` holds one map
    /// for all transformed variables, or one for each.
    pub fn new(
        structure: Structure,
        univariate: Vec<Box<dyn Univariate<T>>>,
        reads: Reads,
        hidden: &[usize],
        activation: Activation,
    ) -> Self {
        let counts = counts(&structure, &univariate);
        let masks =
            structure.is_autoregressive().then(|| Masks::autoregressive(structure.rank(), hidden, &counts));
        let mut sizes = vec![structure.read().len()];
        sizes.extend(hidden);
        sizes.push(counts.iter().sum());
        Self::with_conditioner(structure, univariate, reads, Mlp::new(sizes, masks, activation))
    }

    /// An autoregressive layer whose conditionals share NADE's weights.
    pub fn nade(
        structure: &Structure,
        univariate: Vec<Box<dyn Univariate<T>>>,
        units: usize,
        activation: Activation,
    ) -> Self {
        let counts = counts(structure, &univariate);
        let nade = Nade::new(structure.ordering(), units, counts, activation);
        Self::with_conditioner(structure.clone(), univariate, Reads::Data, Conditioner::Nade(nade))
    }

    /// A layer with a conditioner made elsewhere, for instance read from a file. Its inputs are the
    /// structure's read variables, its outputs the parameters of the first transformed variable, then
    /// those of the second, and so on; its masks must respect the structure.
    pub fn with_conditioner(
        structure: Structure,
        univariate: Vec<Box<dyn Univariate<T>>>,
        reads: Reads,
        conditioner: impl Into<Conditioner>,
    ) -> Self {
        let mut offsets = vec![0];
        for count in counts(&structure, &univariate) {
            offsets.push(offsets[offsets.len() - 1] + count);
        }
        Self { structure, univariate, offsets, reads, conditioner: conditioner.into() }
    }

    fn univariate(&self, j: usize) -> &dyn Univariate<T> {
        &*self.univariate[j.min(self.univariate.len() - 1)]
    }

    /// True where what the conditioner reads is known before the map, all of it.
    fn reads_input(&self, direction: Direction) -> bool {
        !self.structure.is_autoregressive()
            || (direction == Direction::Inverse) == (self.reads == Reads::Data)
    }

    /// The rows of theta, or of its gradient, that belong to the j-th transformed variable.
    fn rows(&self, j: usize, len: usize) -> std::ops::Range<usize> {
        self.offsets[j] * len..self.offsets[j + 1] * len
    }
}

/// Parameters of each transformed variable.
fn counts<T: Scalar>(structure: &Structure, univariate: &[Box<dyn Univariate<T>>]) -> Vec<usize> {
    let of = |j: usize| univariate[j.min(univariate.len() - 1)].parameters();
    (0..structure.transformed().len()).map(of).collect()
}

impl<T: Scalar> Bijection<T> for Conditioned<T> {
    fn dim(&self) -> usize {
        self.structure.dim()
    }

    fn summary(&self) -> Summary {
        let rank = self.structure.rank();
        let (read, moved) = (0..rank.len()).partition(|&variable| rank[variable] == 0);
        let kind = if self.structure.is_autoregressive() { "autoregressive" } else { "coupling" };
        Summary { kind, read, moved }
    }

    fn conditioning(&self) -> Option<Conditioning<'_>> {
        let Self { structure, conditioner, offsets, .. } = self;
        Some(Conditioning { structure, conditioner, offsets })
    }

    fn parameter_count(&self) -> usize {
        self.conditioner.parameter_count()
    }

    fn initialise(&self, parameters: &mut [T], random: &mut Philox) {
        self.conditioner.initialise(parameters, random);
    }

    fn project(&self, parameters: &mut [T]) {
        self.conditioner.project(parameters);
    }

    fn map(
        &self,
        direction: Direction,
        parameters: &[T],
        batch: &mut Batch<T>,
        log_det: &mut [T],
        tape: &mut Tape<T>,
    ) -> usize {
        let len = batch.len();
        tape.input.copy_from(batch);
        tape.read.resize(self.structure.read().len() * len, T::zero());
        let read = |batch: &Batch<T>, into: &mut [T]| {
            for (row, &variable) in into.chunks_exact_mut(len).zip(self.structure.read()) {
                row.copy_from_slice(batch.variable(variable));
            }
        };
        let mut transform = |j: usize, batch: &mut Batch<T>, theta: &[T]| {
            let values = batch.variable_mut(self.structure.transformed()[j]);
            self.univariate(j).map(direction, &theta[self.rows(j, len)], values, log_det);
        };
        let Tape { read: input, theta, mlp, .. } = tape;
        if self.reads_input(direction) {
            read(batch, input);
            let passes = self.conditioner.forward(parameters, input, theta, len, mlp);
            (0..self.structure.transformed().len()).for_each(|j| transform(j, batch, theta));
            return passes;
        }
        // Rank by rank. The masks keep the not yet mapped variables out of what is used, and the last
        // pass has read all that any parameter depends on: its tape is the gradient's tape.
        for stage in self.structure.stages() {
            read(batch, input);
            self.conditioner.forward_rank(stage, parameters, input, theta, len, mlp);
            self.structure.of_rank(stage).for_each(|j| transform(j, batch, theta));
        }
        self.structure.stages().len()
    }

    fn pull_back(
        &self,
        direction: Direction,
        parameters: &[T],
        tape: &Tape<T>,
        grad: &mut Batch<T>,
        grad_log_det: &[T],
        grad_parameters: &mut [T],
        scratch: &mut Scratch<T>,
    ) {
        let len = grad.len();
        let Scratch { grad_theta, grad_read, mlp } = scratch;
        grad_theta.clear();
        grad_theta.resize(tape.theta.len(), T::zero());
        let pull_back = |j: usize, grad: &mut Batch<T>, grad_theta: &mut [T]| {
            let variable = self.structure.transformed()[j];
            let rows = self.rows(j, len);
            self.univariate(j).pull_back(
                direction,
                &tape.theta[rows.clone()],
                tape.input.variable(variable),
                grad.variable_mut(variable),
                grad_log_det,
                &mut grad_theta[rows],
            );
        };
        let mut through_conditioner = |grad: &mut Batch<T>, grad_theta: &[T]| {
            grad_read.clear();
            grad_read.resize(tape.read.len(), T::zero());
            self.conditioner.backward(
                parameters,
                &tape.read,
                &tape.mlp,
                grad_theta,
                grad_read,
                grad_parameters,
                len,
                mlp,
            );
            for (row, &variable) in grad_read.chunks_exact(len).zip(self.structure.read()) {
                let into = grad.variable_mut(variable).iter_mut();
                into.zip(row).for_each(|(to, &g)| *to += g);
            }
        };
        if self.reads_input(direction) {
            (0..self.structure.transformed().len()).for_each(|j| pull_back(j, grad, grad_theta));
            through_conditioner(grad, grad_theta);
            return;
        }
        // The mapped variables were read by those of higher rank: take the ranks from the last to the
        // first, so that a variable's gradient is whole before it is pulled through its own map.
        for stage in self.structure.stages().rev() {
            grad_theta.fill(T::zero());
            self.structure.of_rank(stage).for_each(|j| pull_back(j, grad, grad_theta));
            through_conditioner(grad, grad_theta);
        }
    }
}
