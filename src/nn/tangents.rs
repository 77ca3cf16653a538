//! A network's derivatives along its inputs, with their own gradient: what a divergence and a gradient penalty are made of.
//!
//! One tangent is carried forward for each axis, beside the values: exact, at the cost of one more pass for each axis. The gradient
//! of a scalar of values and tangents goes back through both, and needs the activation's second derivative.

use super::Mlp;
use super::mlp::MlpTape;
use crate::math::Scalar;
use crate::math::matrix::total;

/// What [`Mlp::forward_tangents`] leaves for [`Mlp::backward_tangents`].
#[derive(Clone, Debug, Default)]
pub struct TangentTape<T> {
    /// Of the values.
    pub mlp: MlpTape<T>,
    /// The activation's derivative at each hidden unit, `(units, len)`.
    slopes: Vec<Vec<T>>,
    /// The tangents before and after each activation, `(units, axes * len)`: all points along the first axis, then along the second.
    before: Vec<Vec<T>>,
    after: Vec<Vec<T>>,
}

impl<T> TangentTape<T> {
    /// Bytes of all that it holds.
    pub fn bytes(&self) -> usize {
        let all = self.slopes.iter().chain(&self.before).chain(&self.after);
        self.mlp.bytes() + all.map(|layer| size_of_val(layer.as_slice())).sum::<usize>()
    }
}

/// Scratch memory of both, reused from call to call.
#[derive(Clone, Debug, Default)]
pub struct TangentScratch<T> {
    zeros: Vec<T>,
    above: Vec<T>,
    above_tangents: Vec<T>,
    below: Vec<T>,
    below_tangents: Vec<T>,
    bends: Vec<T>,
    bias: Vec<T>,
}

impl Mlp {
    /// `output (out, len)` of `input (in, len)`, and in `tangents (out, axes * len)` its derivatives along the first `axes` inputs, at
    /// least one.
    #[allow(clippy::too_many_arguments, reason = "values and derivatives, and the memory for both")]
    pub fn forward_tangents<T: Scalar>(
        &self,
        parameters: &[T],
        input: &[T],
        axes: usize,
        output: &mut Vec<T>,
        tangents: &mut Vec<T>,
        len: usize,
        tape: &mut TangentTape<T>,
        scratch: &mut TangentScratch<T>,
    ) {
        self.forward(parameters, input, output, len, &mut tape.mlp);
        let last = self.sizes().len() - 2;
        let TangentTape { mlp, slopes, before, after } = tape;
        for memory in [&mut *slopes, &mut *before, &mut *after] {
            memory.resize_with(last, Vec::new);
        }
        for (layer, (inputs, outputs, offset)) in self.layers().enumerate() {
            let weight = &parameters[offset..offset + outputs * inputs];
            let into = if layer == last { &mut *tangents } else { &mut before[layer] };
            into.resize(outputs * axes * len, T::zero());
            if layer == 0 {
                // The input moves along an axis: what moves is that column of the weight, the same for all points.
                for (row, weights) in into.chunks_exact_mut(axes * len).zip(weight.chunks_exact(inputs)) {
                    row.chunks_exact_mut(len).zip(weights).for_each(|(points, &w)| points.fill(w));
                }
            } else {
                scratch.zeros.resize(outputs, T::zero());
                T::affine(weight, &scratch.zeros, None, false, &after[layer - 1], into, axes * len);
            }
            if layer < last {
                let given = mlp.inputs.get(layer).map_or(&[][..], Vec::as_slice);
                self.activation().slopes(given, &mlp.hidden[layer], &mut slopes[layer]);
                let after = &mut after[layer];
                after.clone_from(&before[layer]);
                for (row, slope) in after.chunks_exact_mut(axes * len).zip(slopes[layer].chunks_exact(len)) {
                    row.chunks_exact_mut(len).for_each(|t| multiply(t, slope));
                }
            }
        }
    }

    /// Adds to `grad_input (in, len)` and `grad_parameters` the gradient of a scalar whose gradients by the output and by the tangents
    /// are `grad_output (out, len)` and `grad_tangents (out, axes * len)`, where the tape was recorded.
    #[allow(clippy::too_many_arguments, reason = "a gradient takes each thing and its gradient")]
    pub fn backward_tangents<T: Scalar>(
        &self,
        parameters: &[T],
        input: &[T],
        axes: usize,
        tape: &TangentTape<T>,
        grad_output: &[T],
        grad_tangents: &[T],
        grad_input: &mut [T],
        grad_parameters: &mut [T],
        len: usize,
        scratch: &mut TangentScratch<T>,
    ) {
        let TangentScratch { above, above_tangents, below, below_tangents, bends, bias, .. } = scratch;
        above.clear();
        above.extend_from_slice(grad_output);
        above_tangents.clear();
        above_tangents.extend_from_slice(grad_tangents);
        for (layer, (inputs, outputs, offset)) in self.layers().enumerate().rev() {
            let weights = outputs * inputs;
            let weight = &parameters[offset..offset + weights];
            let (grad_weight, grad_bias) =
                grad_parameters[offset..offset + weights + outputs].split_at_mut(weights);
            let read = if layer == 0 { input } else { tape.mlp.hidden[layer - 1].as_slice() };
            T::add_weight_gradient(above, None, read, grad_weight, grad_bias, len);
            below.resize(inputs * len, T::zero());
            T::input_gradient(weight, None, above, None, below, len);
            if layer == 0 {
                let rows = grad_weight.chunks_exact_mut(inputs).zip(above_tangents.chunks_exact(axes * len));
                for (weights, row) in rows {
                    row.chunks_exact(len).zip(weights).for_each(|(points, w)| *w += total(points));
                }
                grad_input.iter_mut().zip(below.iter()).for_each(|(to, &g)| *to += g);
                continue;
            }
            // Tangents have no bias: this one is thrown away.
            bias.resize(outputs, T::zero());
            let after = &tape.after[layer - 1];
            T::add_weight_gradient(above_tangents, None, after, grad_weight, bias, axes * len);
            below_tangents.resize(inputs * axes * len, T::zero());
            T::input_gradient(weight, None, above_tangents, None, below_tangents, axes * len);

            let (hidden, slopes) = (&tape.mlp.hidden[layer - 1], &tape.slopes[layer - 1]);
            let given = tape.mlp.inputs.get(layer - 1).map_or(&[][..], Vec::as_slice);
            self.activation().bends(given, hidden, bends);
            multiply(below, slopes);
            let rows = below_tangents.chunks_exact_mut(axes * len);
            let before = tape.before[layer - 1].chunks_exact(axes * len);
            for (unit, (grads, before)) in rows.zip(before).enumerate() {
                let own = unit * len..(unit + 1) * len;
                let (value, slope, bend) = (&mut below[own.clone()], &slopes[own.clone()], &bends[own]);
                for (grad, before) in grads.chunks_exact_mut(len).zip(before.chunks_exact(len)) {
                    let points = value.iter_mut().zip(grad.iter_mut()).zip(before).zip(slope).zip(bend);
                    for ((((v, g), &b), &s), &c) in points {
                        *v += *g * b * c;
                        *g *= s;
                    }
                }
            }
            std::mem::swap(above, below);
            std::mem::swap(above_tangents, below_tangents);
        }
    }
}

fn multiply<T: Scalar>(values: &mut [T], factors: &[T]) {
    values.iter_mut().zip(factors).for_each(|(v, &f)| *v *= f);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::{Philox, Stream};
    use crate::nn::Activation;

    const LEN: usize = 5;

    struct Case {
        mlp: Mlp,
        parameters: Vec<f64>,
        input: Vec<f64>,
    }

    fn case(activation: Activation) -> Case {
        let mlp = Mlp::new(vec![3, 6, 5, 2], None, activation);
        let mut random = Philox::new(4, Stream::Parameters { layer: 0 });
        let mut parameters = vec![0.0; mlp.parameter_count()];
        mlp.initialise(&mut parameters, &mut random);
        parameters.iter_mut().for_each(|p| *p += 0.3 * random.normal::<f64>());
        Case { mlp, parameters, input: (0..3 * LEN).map(|_| random.normal()).collect() }
    }

    fn run(mlp: &Mlp, parameters: &[f64], input: &[f64]) -> (Vec<f64>, Vec<f64>, TangentTape<f64>) {
        let (mut output, mut tangents, mut tape) = (Vec::new(), Vec::new(), TangentTape::default());
        let scratch = &mut TangentScratch::default();
        mlp.forward_tangents(parameters, input, 2, &mut output, &mut tangents, LEN, &mut tape, scratch);
        (output, tangents, tape)
    }

    #[test]
    fn tangents_are_the_derivatives_along_the_first_inputs() {
        for activation in [Activation::Relu, Activation::Tanh, Activation::Silu] {
            let Case { mlp, parameters, input } = case(activation);
            let (_, tangents, _) = run(&mlp, &parameters, &input);
            for axis in 0..2 {
                for point in 0..LEN {
                    let at = |h: f64| {
                        let mut moved = input.clone();
                        moved[axis * LEN + point] += h;
                        run(&mlp, &parameters, &moved).0
                    };
                    let (up, down) = (at(1e-5), at(-1e-5));
                    for out in 0..2 {
                        let difference = (up[out * LEN + point] - down[out * LEN + point]) / 2e-5;
                        let ours = tangents[out * 2 * LEN + axis * LEN + point];
                        assert!(
                            (ours - difference).abs() < 1e-8 * difference.abs().max(1.0),
                            "{activation:?}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn the_gradient_of_values_and_tangents_agrees_with_central_differences() {
        for activation in [Activation::Tanh, Activation::Silu] {
            let Case { mlp, parameters, input } = case(activation);
            let mut random = Philox::new(5, Stream::Split);
            let by_output: Vec<f64> = (0..2 * LEN).map(|_| random.normal()).collect();
            let by_tangents: Vec<f64> = (0..4 * LEN).map(|_| random.normal()).collect();
            let scalar = |parameters: &[f64], input: &[f64]| {
                let (output, tangents, _) = run(&mlp, parameters, input);
                let sum = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
                sum(&output, &by_output) + sum(&tangents, &by_tangents)
            };
            let (_, _, tape) = run(&mlp, &parameters, &input);
            let (mut by_input, mut by_parameters) = (vec![0.0; input.len()], vec![0.0; parameters.len()]);
            let scratch = &mut TangentScratch::default();
            mlp.backward_tangents(
                &parameters,
                &input,
                2,
                &tape,
                &by_output,
                &by_tangents,
                &mut by_input,
                &mut by_parameters,
                LEN,
                scratch,
            );
            let check = |ours: f64, up: f64, down: f64| {
                let difference = (up - down) / 2e-5;
                assert!((ours - difference).abs() < 1e-6 * difference.abs().max(1.0), "{ours} {difference}");
            };
            for place in 0..input.len() {
                let at = |h: f64| {
                    let mut moved = input.clone();
                    moved[place] += h;
                    scalar(&parameters, &moved)
                };
                check(by_input[place], at(1e-5), at(-1e-5));
            }
            for place in 0..parameters.len() {
                let at = |h: f64| {
                    let mut moved = parameters.clone();
                    moved[place] += h;
                    scalar(&moved, &input)
                };
                check(by_parameters[place], at(1e-5), at(-1e-5));
            }
        }
    }
}
