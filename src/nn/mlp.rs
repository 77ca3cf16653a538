//! The conditioner: a multilayer perceptron, masked or not, with its hand-written gradient.

use super::{Activation, Masks};
use crate::math::{Edges, Philox, Scalar};

/// A multilayer perceptron over a feature-major batch. It owns its shape, not its parameters: those
/// are a slice of the model's flat vector, for each linear layer the weight `(out, in)` row-major, then
/// the bias `(out)`.
///
/// A masked weight is zero at the start and gets no gradient, so it stays zero, and no product needs
/// to look at the mask.
#[derive(Clone, Debug)]
pub struct Mlp {
    sizes: Vec<usize>,
    masks: Option<Masks>,
    /// For each linear layer where its edges are, if some are cut.
    edges: Vec<Option<Edges>>,
    activation: Activation,
}

/// What [`Mlp::forward`] leaves for [`Mlp::backward`]: the outputs of each hidden layer, and what went into its activation where
/// that is [needed](Activation::needs_input).
#[derive(Clone, Debug, Default)]
pub struct MlpTape<T> {
    pub(super) inputs: Vec<Vec<T>>,
    pub(super) hidden: Vec<Vec<T>>,
}

impl<T> MlpTape<T> {
    /// Bytes of the stored activations.
    pub fn bytes(&self) -> usize {
        self.inputs.iter().chain(&self.hidden).map(|layer| size_of_val(layer.as_slice())).sum()
    }
}

/// Scratch memory of [`Mlp::backward`], reused from call to call.
#[derive(Clone, Debug, Default)]
pub struct MlpScratch<T> {
    pub(super) above: Vec<T>,
    pub(super) below: Vec<T>,
}

impl Mlp {
    /// A network of the given layer sizes, input and output included; `masks`, where given, hold one
    /// mask for each linear layer.
    pub fn new(sizes: Vec<usize>, masks: Option<Masks>, activation: Activation) -> Self {
        debug_assert!(sizes.len() >= 2);
        debug_assert!(masks.as_ref().is_none_or(|m| m.layers.len() + 1 == sizes.len()));
        let edges = match &masks {
            Some(masks) => {
                masks.layers.iter().zip(&sizes).map(|(m, &inputs)| Edges::new(m, inputs)).collect()
            }
            None => vec![None; sizes.len() - 1],
        };
        Self { sizes, masks, edges, activation }
    }

    /// Layer sizes, input first.
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// The masks, if the network has any.
    pub fn masks(&self) -> Option<&Masks> {
        self.masks.as_ref()
    }

    /// Number of parameters, masked weights included.
    pub fn parameter_count(&self) -> usize {
        self.sizes.windows(2).map(|s| s[1] * (s[0] + 1)).sum()
    }

    /// Between its linear layers.
    pub fn activation(&self) -> Activation {
        self.activation
    }

    /// (inputs, outputs, offset of the weight) of every linear layer.
    pub(super) fn layers(
        &self,
    ) -> impl DoubleEndedIterator<Item = (usize, usize, usize)> + ExactSizeIterator {
        let mut offset = 0;
        let layers: Vec<_> = self
            .sizes
            .windows(2)
            .map(|s| {
                let layer = (s[0], s[1], offset);
                offset += s[1] * (s[0] + 1);
                layer
            })
            .collect();
        layers.into_iter()
    }

    fn mask(&self, layer: usize) -> Option<&[bool]> {
        self.masks.as_ref().map(|m| m.layers[layer].as_slice())
    }

    /// Draws weights and biases uniformly. In the hidden layers from +-sqrt(3 g / fan-in), with g = 2 for ReLU
    /// (He, Zhang, Ren, Sun, "Delving deep into rectifiers", ICCV 2015) and 1 for the smooth ones, which keeps the
    /// activations' variance from layer to layer; in the last from +-0.1/sqrt(fan-in), so that a layer starts
    /// near the identity: far points of a heavy tail would else begin at a log-likelihood of -1e18. The fan-in counts masked inputs too: an output that reads nothing starts like
    /// the others.
    pub fn initialise<T: Scalar>(&self, parameters: &mut [T], random: &mut Philox) {
        let last = self.sizes.len() - 2;
        let gain = match self.activation {
            Activation::Relu => 6.0,
            Activation::Tanh | Activation::Silu => 3.0,
        };
        for (layer, (inputs, outputs, offset)) in self.layers().enumerate() {
            let variance = if layer == last { 0.01 } else { gain };
            let bound = f64::sqrt(variance / inputs.max(1) as f64);
            let mut draw = || T::of_f64(bound * (2.0 * random.uniform::<f64>() - 1.0));
            let (weight, bias) =
                parameters[offset..offset + outputs * (inputs + 1)].split_at_mut(outputs * inputs);
            for (edge, w) in weight.iter_mut().enumerate() {
                let there = self.mask(layer).is_none_or(|mask| mask[edge]);
                *w = if there { draw() } else { T::zero() };
            }
            bias.iter_mut().for_each(|b| *b = draw());
        }
    }

    /// Sets the weights of masked edges to zero.
    pub fn project<T: Scalar>(&self, parameters: &mut [T]) {
        for (layer, (inputs, outputs, offset)) in self.layers().enumerate() {
            if let Some(edges) = &self.edges[layer] {
                edges.clear_cut(&mut parameters[offset..offset + outputs * inputs]);
            }
        }
    }

    /// `output (out, batch)` of `input (in, batch)`; the tape holds what [`Self::backward`] needs.
    pub fn forward<T: Scalar>(
        &self,
        parameters: &[T],
        input: &[T],
        output: &mut Vec<T>,
        batch: usize,
        tape: &mut MlpTape<T>,
    ) {
        let last = self.sizes.len() - 2;
        tape.hidden.resize_with(last, Vec::new);
        tape.inputs.resize_with(if self.activation.needs_input() { last } else { 0 }, Vec::new);
        output.resize(self.sizes[last + 1] * batch, T::zero());
        for (layer, (inputs, outputs, offset)) in self.layers().enumerate() {
            let (weight, bias) =
                parameters[offset..offset + outputs * (inputs + 1)].split_at(outputs * inputs);
            let (before, after) = tape.hidden.split_at_mut(layer);
            let read = before.last().map_or(input, Vec::as_slice);
            let edges = self.edges[layer].as_ref();
            if layer == last {
                T::affine(weight, bias, edges, false, read, output, batch);
            } else {
                let hidden = &mut after[0];
                hidden.resize(outputs * batch, T::zero());
                let rectify = self.activation == Activation::Relu;
                T::affine(weight, bias, edges, rectify, read, hidden, batch);
                if let Some(input) = tape.inputs.get_mut(layer) {
                    input.clone_from(hidden);
                }
                if !rectify {
                    self.activation.apply(hidden);
                }
            }
        }
    }

    /// Adds to `grad_input (in, batch)` and `grad_parameters` the gradient of a scalar whose gradient
    /// with respect to the output is `grad_output (out, batch)`, at the point that the tape recorded.
    #[allow(clippy::too_many_arguments, reason = "a gradient takes each thing and its gradient")]
    pub fn backward<T: Scalar>(
        &self,
        parameters: &[T],
        input: &[T],
        tape: &MlpTape<T>,
        grad_output: &[T],
        grad_input: &mut [T],
        grad_parameters: &mut [T],
        batch: usize,
        scratch: &mut MlpScratch<T>,
    ) {
        let MlpScratch { above, below } = scratch;
        above.clear();
        above.extend_from_slice(grad_output);
        for (layer, (inputs, outputs, offset)) in self.layers().enumerate().rev() {
            let read = if layer == 0 { input } else { tape.hidden[layer - 1].as_slice() };
            let weights = outputs * inputs;
            let (grad_weight, grad_bias) =
                grad_parameters[offset..offset + weights + outputs].split_at_mut(weights);
            let edges = self.edges[layer].as_ref();
            T::add_weight_gradient(above, edges, read, grad_weight, grad_bias, batch);
            if let Some(edges) = edges {
                edges.clear_cut(grad_weight);
            }
            let weight = &parameters[offset..offset + weights];
            below.resize(inputs * batch, T::zero());
            if layer == 0 {
                T::input_gradient(weight, edges, above, None, below, batch);
                grad_input.iter_mut().zip(below.iter()).for_each(|(to, &g)| *to += g);
            } else {
                let gate = (self.activation == Activation::Relu).then_some(read);
                T::input_gradient(weight, edges, above, gate, below, batch);
                if gate.is_none() {
                    let input = tape.inputs.get(layer - 1).map_or(&[][..], Vec::as_slice);
                    self.activation.pull_back(input, read, below);
                }
                std::mem::swap(above, below);
            }
        }
    }
}
