//! Bytes of activations that a gradient holds at once.

use rand::RngExt;
use rand_distr::StandardNormal;
use serde::Serialize;

use crate::bijections::{Direction, Scratch, Tape};
use crate::math::{Batch, Philox, Stream};
use crate::models::{Flow, ModelSpec, compose};

/// Measured for one gradient of the NLL.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ActivationBytes {
    /// Layers of the model.
    pub depth: usize,
    /// Peak bytes where every layer's activations are kept.
    pub stored: usize,
    /// Peak bytes where they are recomputed through the inverse.
    pub recomputed: usize,
    /// How far apart the two gradients are: the norm of the difference over the norm.
    pub difference: f64,
}

/// Both gradients of an untrained model of the given depth on a batch of standard normal points.
pub fn activation_bytes(spec: &ModelSpec, depth: usize, batch: usize) -> ActivationBytes {
    let spec = ModelSpec { layers: depth, ..spec.clone() };
    let flow = compose::build::<f32>(&spec, None, 1);
    let mut points = Batch::zeros(flow.dim(), batch);
    let mut random = Philox::new(1, Stream::BaseDraw { row: 0 });
    points.as_mut_slice().iter_mut().for_each(|v| *v = random.sample(StandardNormal));
    measure(&flow, &flow.initial_parameters(1), depth, &points)
}

/// Both gradients of any flow on a batch of data points: in a trained flow the inverse of a layer can be ill-conditioned, and
/// the difference says how much of the gradient that costs.
pub fn measure(flow: &Flow<f32>, parameters: &[f32], depth: usize, points: &Batch<f32>) -> ActivationBytes {
    let batch = points.len();
    let inverse = Direction::Inverse;
    let weight = vec![1.0 / batch as f32; batch];
    let mut log_det = vec![0.0; batch];
    let mut scratch = Scratch::default();

    let mut mapped = points.clone();
    let mut tapes: Vec<Tape<f32>> = Vec::new();
    flow.map(inverse, parameters, &mut mapped, &mut log_det, &mut tapes);
    let stored = tapes.iter().map(Tape::bytes).sum();
    let mut kept = vec![0.0; parameters.len()];
    let mut grad = mapped.clone();
    flow.pull_back(inverse, parameters, &tapes, &mut grad, &weight, &mut kept, &mut scratch);
    drop(tapes);

    let mut states = Vec::new();
    let mut again = points.clone();
    let there = flow.map_keeping_nothing(inverse, parameters, &mut again, &mut log_det, &mut states);
    let mut made = vec![0.0; parameters.len()];
    let mut grad = again.clone();
    let back = flow.pull_back_recomputing(
        inverse,
        parameters,
        &states,
        &mut again,
        &mut grad,
        &weight,
        &mut made,
        &mut scratch,
    );
    let few: usize = states.iter().map(|state| size_of_val(state.as_slice())).sum();
    let norm = |v: &mut dyn Iterator<Item = f32>| v.map(|x| f64::from(x).powi(2)).sum::<f64>().sqrt();
    let difference = norm(&mut kept.iter().zip(&made).map(|(a, b)| a - b)) / norm(&mut kept.iter().copied());
    ActivationBytes { depth, stored, recomputed: there.max(back) + few, difference }
}
