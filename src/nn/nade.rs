//! NADE's conditioner: one hidden layer whose weights all conditionals share.

use super::Activation;
use super::mlp::{MlpScratch, MlpTape};
use crate::math::matrix::{add_scaled, dot, total};
use crate::math::{Philox, Scalar};

/// The neural autoregressive distribution estimator's network (Larochelle, Murray, AISTATS 2011; for real values
/// Uria, Murray, Larochelle, "RNADE", NeurIPS 2013): with `a` the running sum, `h_d = act(a_d)`,
/// `theta_d = V_d h_d + b_d`, `a_{d+1} = a_d + W_d x_d`, variable after variable in the ordering. One conditional is
/// one pass; the running sum makes all D together cost O(D).
///
/// Parameters: for each variable W `(units)`; c `(units)`, where the sum starts; for each variable V `(outputs, units)`
/// and b `(outputs)`.
#[derive(Clone, Debug)]
pub struct Nade {
    /// Variables in the order in which they are generated.
    ordering: Vec<usize>,
    units: usize,
    /// Outputs of each variable.
    outputs: Vec<usize>,
    activation: Activation,
}

impl Nade {
    /// A network for variables in the given order, `outputs[i]` numbers for variable i.
    pub fn new(ordering: Vec<usize>, units: usize, outputs: Vec<usize>, activation: Activation) -> Self {
        Self { ordering, units, outputs, activation }
    }

    /// Hidden units.
    pub fn units(&self) -> usize {
        self.units
    }

    /// Outputs of each variable.
    pub fn outputs(&self) -> &[usize] {
        &self.outputs
    }

    /// Number of parameters.
    pub fn parameter_count(&self) -> usize {
        self.output_offset(self.ordering.len())
    }

    fn output_offset(&self, variable: usize) -> usize {
        let rows: usize = self.outputs[..variable].iter().sum();
        (self.ordering.len() + 1) * self.units + rows * (self.units + 1)
    }

    /// Draws weights as a masked network's: hidden ones by He's rule, the last layer's near zero.
    pub fn initialise<T: Scalar>(&self, parameters: &mut [T], random: &mut Philox) {
        let gain = if self.activation == Activation::Relu { 6.0 } else { 3.0 };
        let inner = f64::sqrt(gain / self.ordering.len() as f64);
        let outer = f64::sqrt(0.01 / self.units as f64);
        let split = (self.ordering.len() + 1) * self.units;
        for (i, p) in parameters.iter_mut().enumerate() {
            let bound = if i < split { inner } else { outer };
            *p = T::of_f64(bound * (2.0 * random.uniform::<f64>() - 1.0));
        }
    }

    /// Rows of theta, `(outputs, len)`, that belong to a variable.
    fn rows(&self, variable: usize, len: usize) -> std::ops::Range<usize> {
        let before: usize = self.outputs[..variable].iter().sum();
        before * len..(before + self.outputs[variable]) * len
    }

    /// The conditional of one place in the ordering: one pass. Its predecessors' passes were made before.
    pub fn forward_rank<T: Scalar>(
        &self,
        rank: usize,
        parameters: &[T],
        input: &[T],
        theta: &mut Vec<T>,
        len: usize,
        tape: &mut MlpTape<T>,
    ) {
        let (dim, units) = (self.ordering.len(), self.units);
        tape.hidden.resize_with(dim + 1, Vec::new);
        tape.inputs.resize_with(if self.activation.needs_input() { dim } else { 0 }, Vec::new);
        theta.resize(self.outputs.iter().sum::<usize>() * len, T::zero());
        // The last entry holds the running sum, the others what each conditional's units gave.
        let (hidden, sum) = tape.hidden.split_at_mut(dim);
        let sum = &mut sum[0];
        sum.resize(units * len, T::zero());
        if rank == 0 {
            let start = &parameters[dim * units..];
            sum.chunks_exact_mut(len).zip(start).for_each(|(row, &c)| row.fill(c));
        } else {
            let read = self.ordering[rank - 1];
            let values = &input[read * len..(read + 1) * len];
            let weights = &parameters[read * units..(read + 1) * units];
            sum.chunks_exact_mut(len).zip(weights).for_each(|(row, &w)| add_scaled(row, w, values));
        }
        let own = &mut hidden[rank];
        own.clear();
        own.extend_from_slice(sum);
        if let Some(input) = tape.inputs.get_mut(rank) {
            input.clone_from(own);
        }
        self.activation.apply(own);
        let variable = self.ordering[rank];
        let weight = &parameters[self.output_offset(variable)..];
        let rows = self.rows(variable, len);
        let count = self.outputs[variable];
        let (weight, bias) = weight[..count * (units + 1)].split_at(count * units);
        T::affine(weight, bias, None, false, own, &mut theta[rows], len);
    }

    /// All conditionals, one pass each.
    pub fn forward<T: Scalar>(
        &self,
        parameters: &[T],
        input: &[T],
        theta: &mut Vec<T>,
        len: usize,
        tape: &mut MlpTape<T>,
    ) {
        (0..self.ordering.len())
            .for_each(|rank| self.forward_rank(rank, parameters, input, theta, len, tape));
    }

    /// Adds the gradients by the input and the parameters, as [`Mlp::backward`](super::Mlp::backward).
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
        let (dim, units) = (self.ordering.len(), self.units);
        // The gradient by the running sum, gathered from the last conditional to the first.
        let MlpScratch { above: sum, below: own } = scratch;
        sum.clear();
        sum.resize(units * len, T::zero());
        for rank in (0..dim).rev() {
            let variable = self.ordering[rank];
            // The variable was added to the sum after its own conditional: all gathered so far saw it.
            if rank + 1 < dim {
                let values = &input[variable * len..(variable + 1) * len];
                let into = &mut grad_input[variable * len..(variable + 1) * len];
                for (unit, row) in sum.chunks_exact(len).enumerate() {
                    grad_parameters[variable * units + unit] += dot(row, values);
                    add_scaled(into, parameters[variable * units + unit], row);
                }
            }
            let offset = self.output_offset(variable);
            let count = self.outputs[variable];
            let above = &grad_theta[self.rows(variable, len)];
            let (grad_weight, grad_bias) =
                grad_parameters[offset..offset + count * (units + 1)].split_at_mut(count * units);
            T::add_weight_gradient(above, None, &tape.hidden[rank], grad_weight, grad_bias, len);
            own.resize(units * len, T::zero());
            let weight = &parameters[offset..offset + count * units];
            T::input_gradient(weight, None, above, None, own, len);
            let input = tape.inputs.get(rank).map_or(&[][..], Vec::as_slice);
            self.activation.pull_back(input, &tape.hidden[rank], own);
            sum.iter_mut().zip(own.iter()).for_each(|(s, &g)| *s += g);
        }
        for (unit, row) in sum.chunks_exact(len).enumerate() {
            grad_parameters[dim * units + unit] += total(row);
        }
    }
}
