//! The gradient of a layer's weights: inner products over the batch.

use super::lanes::Lanes;
use crate::math::Edges;
use crate::math::matrix;

/// Outputs and inputs of a block: their products are sums in registers, lane by lane, that are added up at the end.
const OUTPUTS: usize = 4;
/// See [`OUTPUTS`].
const INPUTS: usize = if cfg!(target_arch = "wasm32") { 2 } else { 3 };

/// `weight[r * stride + c] +=` the inner product of gradient row r, of up to four, with input row c.
#[inline(always)]
fn block<L: Lanes, const R: usize, const C: usize>(
    grads: [&[f32]; R],
    inputs: [&[f32]; C],
    weight: &mut [f32],
    stride: usize,
) {
    let mut sums = [[L::splat(0.0); C]; R];
    let length = grads[0].len();
    let count = length / L::COUNT;
    let mut wide_grads: [&[L::Chunk]; R] = [&[]; R];
    for r in 0..R {
        wide_grads[r] = &L::chunks(grads[r])[..count];
    }
    let mut wide_inputs: [&[L::Chunk]; C] = [&[]; C];
    for c in 0..C {
        wide_inputs[c] = &L::chunks(inputs[c])[..count];
    }
    for b in 0..count {
        let mut vectors = [L::splat(0.0); C];
        for c in 0..C {
            vectors[c] = L::load(&wide_inputs[c][b]);
        }
        for r in 0..R {
            let grad = L::load(&wide_grads[r][b]);
            for c in 0..C {
                sums[r][c] = sums[r][c].add_product(grad, vectors[c]);
            }
        }
    }
    let mut totals = [[0.0; 4]; C];
    for c in 0..C {
        let mut four = [L::splat(0.0); 4];
        for r in 0..R {
            four[r] = sums[r][c];
        }
        totals[c] = L::sums(four);
    }
    if count * L::COUNT < length {
        for c in 0..C {
            for r in 0..R {
                let rest = grads[r].iter().zip(inputs[c]).skip(count * L::COUNT);
                totals[c][r] += rest.map(|(g, x)| g * x).sum::<f32>();
            }
        }
    }
    for r in 0..R {
        let row = &mut weight[r * stride..r * stride + C];
        for c in 0..C {
            row[c] += totals[c][r];
        }
    }
}

#[inline(always)]
fn rows<L: Lanes, const R: usize>(
    grad_output: &[f32],
    input: &[f32],
    grad_weight: &mut [f32],
    stride: usize,
    (low, high): (usize, usize),
    batch: usize,
) {
    let mut grads: [&[f32]; R] = [&[]; R];
    for (grad, row) in grads.iter_mut().zip(grad_output.chunks_exact(batch)) {
        *grad = row;
    }
    let row = |i: usize| &input[i * batch..(i + 1) * batch];
    let mut i = low;
    while i + INPUTS <= high {
        let mut inputs: [&[f32]; INPUTS] = [&[]; INPUTS];
        for (c, input) in inputs.iter_mut().enumerate() {
            *input = row(i + c);
        }
        block::<L, R, INPUTS>(grads, inputs, &mut grad_weight[i..], stride);
        i += INPUTS;
    }
    while i < high {
        block::<L, R, 1>(grads, [row(i)], &mut grad_weight[i..], stride);
        i += 1;
    }
}

#[inline(always)]
pub(super) fn add_weight_gradient<L: Lanes>(
    grad_output: &[f32],
    edges: Option<&Edges>,
    input: &[f32],
    grad_weight: &mut [f32],
    grad_bias: &mut [f32],
    batch: usize,
) {
    let (outputs, inputs) = (grad_bias.len(), input.len() / batch);
    for (bias, row) in grad_bias.iter_mut().zip(grad_output.chunks_exact(batch)) {
        *bias += matrix::total(row);
    }
    let span = |r: usize| {
        edges.map_or((0, inputs), |e| {
            let (low, high) = e.read_by_outputs()[r];
            (low as usize, high as usize)
        })
    };
    let mut first = 0;
    while first < outputs {
        let count = if first + OUTPUTS <= outputs { OUTPUTS } else { 1 };
        let hull = (first..first + count).map(span).fold((inputs, 0), |h, s| (h.0.min(s.0), h.1.max(s.1)));
        let (grads, weights) = (&grad_output[first * batch..], &mut grad_weight[first * inputs..]);
        if count == OUTPUTS {
            rows::<L, OUTPUTS>(grads, input, weights, inputs, hull, batch);
        } else {
            rows::<L, 1>(grads, input, weights, inputs, hull, batch);
        }
        first += count;
    }
}
