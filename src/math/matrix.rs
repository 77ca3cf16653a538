//! The three matrix products of a linear layer on a feature-major batch.
//!
//! Everything here is row-major. An activation is `(features, batch)`, a weight `(out, in)`. The
//! products go through nalgebra, whose packed kernel is near the machine's peak without fused
//! multiply-add; a product with one or two inner terms, as the first layer of a flow in two
//! dimensions has, is a few vector updates and skips the packing.

use nalgebra::{DMatrixView, DMatrixViewMut};

use super::Real;

/// A product with a side of up to this many is done as plain vector updates. nalgebra packs none of
/// these either, and its strided path for them reads out of bounds (0.35, seen under its debug checks).
const FEW: usize = 5;

/// `output (out, batch) = weight (out, inputs) * input (inputs, batch) + bias (out)`, then max(0, each) where asked to `rectify`.
pub fn affine<T: Real>(weight: &[T], bias: &[T], rectify: bool, input: &[T], output: &mut [T], batch: usize) {
    add_affine(weight, bias, input, output, batch);
    if rectify {
        output.iter_mut().for_each(|v| *v = v.max(T::zero()));
    }
}

fn add_affine<T: Real>(weight: &[T], bias: &[T], input: &[T], output: &mut [T], batch: usize) {
    let (outputs, inputs) = (bias.len(), weight.len() / bias.len().max(1));
    for (row, &b) in output.chunks_exact_mut(batch).zip(bias) {
        row.fill(b);
    }
    if inputs.min(outputs).min(batch) <= FEW {
        for (row, weights) in output.chunks_exact_mut(batch).zip(weight.chunks_exact(inputs.max(1))) {
            for (&w, values) in weights.iter().zip(input.chunks_exact(batch)) {
                add_scaled(row, w, values);
            }
        }
        return;
    }
    // A row-major (r, c) slice is a column-major (c, r) matrix: output' = input' * weight'.
    let mut product = DMatrixViewMut::from_slice(output, batch, outputs);
    let input = DMatrixView::from_slice(input, batch, inputs);
    let weight = DMatrixView::from_slice(weight, inputs, outputs);
    product.gemm(T::one(), &input, &weight, T::one());
}

/// `grad_input (inputs, batch) = weight' * grad_output (outputs, batch)`, zero where `gate (inputs, batch)` is not above zero.
pub fn input_gradient<T: Real>(
    weight: &[T],
    grad_output: &[T],
    gate: Option<&[T]>,
    grad_input: &mut [T],
    batch: usize,
) {
    grad_input.fill(T::zero());
    add_input_gradient(weight, grad_output, grad_input, batch);
    for (g, &y) in grad_input.iter_mut().zip(gate.into_iter().flatten()) {
        *g = if y > T::zero() { *g } else { T::zero() };
    }
}

fn add_input_gradient<T: Real>(weight: &[T], grad_output: &[T], grad_input: &mut [T], batch: usize) {
    let (outputs, inputs) = (grad_output.len() / batch, grad_input.len() / batch);
    if inputs.min(outputs).min(batch) <= FEW {
        for (o, row) in grad_output.chunks_exact(batch).enumerate() {
            for (i, into) in grad_input.chunks_exact_mut(batch).enumerate() {
                add_scaled(into, weight[o * inputs + i], row);
            }
        }
        return;
    }
    let mut product = DMatrixViewMut::from_slice(grad_input, batch, inputs);
    let grad_output = DMatrixView::from_slice(grad_output, batch, outputs);
    let weight = DMatrixView::from_slice_with_strides(weight, outputs, inputs, inputs, 1);
    product.gemm(T::one(), &grad_output, &weight, T::one());
}

/// `grad_weight (outputs, inputs) += grad_output (outputs, batch) * input' (batch, inputs)`, and
/// `grad_bias (outputs) += ` the sum of `grad_output` over the batch.
pub fn add_weight_gradient<T: Real>(
    grad_output: &[T],
    input: &[T],
    grad_weight: &mut [T],
    grad_bias: &mut [T],
    batch: usize,
) {
    let (outputs, inputs) = (grad_bias.len(), input.len() / batch);
    for (sum, row) in grad_bias.iter_mut().zip(grad_output.chunks_exact(batch)) {
        *sum += total(row);
    }
    if inputs.min(outputs).min(batch) <= FEW {
        for (o, row) in grad_output.chunks_exact(batch).enumerate() {
            for (i, values) in input.chunks_exact(batch).enumerate() {
                grad_weight[o * inputs + i] += dot(row, values);
            }
        }
        return;
    }
    let mut product = DMatrixViewMut::from_slice(grad_weight, inputs, outputs);
    let input = DMatrixView::from_slice_with_strides(input, inputs, batch, batch, 1);
    let grad_output = DMatrixView::from_slice(grad_output, batch, outputs);
    product.gemm(T::one(), &input, &grad_output, T::one());
}

/// `into += factor * values`, elementwise.
pub fn add_scaled<T: Real>(into: &mut [T], factor: T, values: &[T]) {
    into.iter_mut().zip(values).for_each(|(to, &v)| *to += factor * v);
}

/// Independent partial sums let the compiler use vectors; a single running sum would not.
const LANES: usize = 8;

/// The sum of all values.
pub fn total<T: Real>(values: &[T]) -> T {
    let mut lanes = [T::zero(); LANES];
    let chunks = values.chunks_exact(LANES);
    let rest = chunks.remainder().iter().copied().sum::<T>();
    for chunk in chunks {
        lanes.iter_mut().zip(chunk).for_each(|(sum, &v)| *sum += v);
    }
    lanes.into_iter().sum::<T>() + rest
}

/// The inner product of two slices of one length.
pub fn dot<T: Real>(a: &[T], b: &[T]) -> T {
    let mut lanes = [T::zero(); LANES];
    let (left, right) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest = left.remainder().iter().zip(right.remainder()).map(|(&x, &y)| x * y).sum::<T>();
    for (x, y) in left.zip(right) {
        for lane in 0..LANES {
            lanes[lane] += x[lane] * y[lane];
        }
    }
    lanes.into_iter().sum::<T>() + rest
}

/// The Euclidean norm, also where the sum of squares is beyond the type: then all is scaled by the largest value. Not finite only
/// where a value is not.
pub fn norm<T: Real>(values: &[T]) -> f64 {
    let plain = dot(values, values).to_f64().sqrt();
    if plain.is_finite() {
        return plain;
    }
    let largest = values.iter().map(|v| v.to_f64().abs()).fold(0.0, f64::max);
    let squares: f64 = values.iter().map(|v| (v.to_f64() / largest).powi(2)).sum();
    largest * squares.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_norm_does_not_overflow() {
        assert_eq!(norm(&[3.0f32, 4.0]), 5.0);
        assert!((norm(&[3e30f32, -4e30]) / 5e30 - 1.0).abs() < 1e-6);
        assert!((norm(&[3e200f64, -4e200]) / 5e200 - 1.0).abs() < 1e-12);
        assert!(!norm(&[1.0f32, f32::INFINITY]).is_finite() && norm(&[f32::NAN, 1.0]).is_nan());
    }

    /// Deterministic values in (-1, 1) without a generator.
    fn values(count: usize, salt: usize) -> Vec<f64> {
        (0..count).map(|i| ((i * 7919 + salt * 104_729) % 1009) as f64 / 504.5 - 1.0).collect()
    }

    proptest! {
        /// Every shape, the small paths and odd remainders included, against three nested loops.
        #[test]
        fn products_agree_with_plain_loops(
            outputs in 1usize..13, inputs in 1usize..13, batch in 1usize..40
        ) {
            let (weight, bias) = (values(outputs * inputs, 1), values(outputs, 2));
            let (input, grad) = (values(inputs * batch, 3), values(outputs * batch, 4));
            let mut output = vec![0.0; outputs * batch];
            affine(&weight, &bias, false, &input, &mut output, batch);
            let mut grad_input = vec![0.5; inputs * batch];
            input_gradient(&weight, &grad, None, &mut grad_input, batch);
            let (mut grad_weight, mut grad_bias) = (vec![0.5; outputs * inputs], vec![0.5; outputs]);
            add_weight_gradient(&grad, &input, &mut grad_weight, &mut grad_bias, batch);

            for b in 0..batch {
                for o in 0..outputs {
                    let sum: f64 = (0..inputs).map(|i| weight[o * inputs + i] * input[i * batch + b]).sum();
                    prop_assert!((output[o * batch + b] - sum - bias[o]).abs() < 1e-12);
                }
                for i in 0..inputs {
                    let sum: f64 = (0..outputs).map(|o| weight[o * inputs + i] * grad[o * batch + b]).sum();
                    prop_assert!((grad_input[i * batch + b] - sum).abs() < 1e-12);
                }
            }
            for o in 0..outputs {
                let sum: f64 = grad[o * batch..(o + 1) * batch].iter().sum();
                prop_assert!((grad_bias[o] - 0.5 - sum).abs() < 1e-12);
                for i in 0..inputs {
                    let sum: f64 = (0..batch).map(|b| grad[o * batch + b] * input[i * batch + b]).sum();
                    prop_assert!((grad_weight[o * inputs + i] - 0.5 - sum).abs() < 1e-12);
                }
            }
        }
    }
}
