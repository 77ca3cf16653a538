//! Bytes of activations that a gradient holds at once.

use rand::RngExt;
use rand_distr::StandardNormal;
use serde::Serialize;

use crate::math::matrix::norm;
use crate::math::{Batch, Philox, Stream};
use crate::models::{Activations, Flow, ModelSpec, TILE, Workspace, compose};

/// Measured for one gradient of the NLL.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ActivationBytes {
    /// Layers of the model.
    pub depth: usize,
    /// Points whose activations are held at once: a batch is taken in tiles, unless it is normalised as a whole.
    pub points: usize,
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

/// Both gradients of any flow's NLL on a batch of data points, as training takes them: a tile of points after the other, unless a
/// layer's statistics are of the whole batch. In a trained flow the inverse of a layer can be ill-conditioned, and the difference
/// says how much of the gradient that costs.
pub fn measure(flow: &Flow<f32>, parameters: &[f32], depth: usize, points: &Batch<f32>) -> ActivationBytes {
    let mut workspace = Workspace::default();
    let mut gradient = |activations| {
        let mut gradient = vec![0.0; parameters.len()];
        flow.nll_gradient(parameters, points, activations, &mut gradient, &mut workspace);
        (gradient, workspace.activation_bytes())
    };
    let (kept, stored) = gradient(Activations::Stored);
    let (mut other, recomputed) = gradient(Activations::Recomputed);
    other.iter_mut().zip(&kept).for_each(|(o, k)| *o -= k);
    let difference = norm(&other) / norm(&kept);
    ActivationBytes { depth, points: points_held(flow, points.len()), stored, recomputed, difference }
}

/// Points of a batch whose activations are held at once.
fn points_held(flow: &Flow<f32>, batch: usize) -> usize {
    if flow.needs_whole_batch() { batch } else { batch.min(TILE) }
}
