//! Which modes of the target a model has found.

use serde::Serialize;

use crate::math::{Philox, Stream};
use crate::targets::Target;

/// Mass by mode, of the target and of a model's samples.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Coverage {
    /// The target's mass in each mode.
    pub target: Vec<f64>,
    /// The model's.
    pub model: Vec<f64>,
    /// The model's mass in no mode.
    pub between: f64,
    /// For each mode, whether it is covered: has at least a fifth of the mass that the target gives it.
    pub found: Vec<bool>,
    /// How many are.
    pub covered: usize,
}

/// Draws that measure the target's own masses.
const DRAWS: u32 = 20_000;
/// The least share of a mode's mass that counts as covered.
const COVERED: f64 = 0.2;

fn masses(target: &dyn Target, points: &[f64]) -> (Vec<f64>, f64) {
    let mut counts = vec![0.0; target.mode_count()];
    let (mut between, mut all) = (0.0, 0.0);
    for x in points.chunks_exact(target.dim()) {
        all += 1.0;
        match target.mode_of(x) {
            Some(mode) => counts[mode] += 1.0,
            None => between += 1.0,
        }
    }
    let all = f64::max(all, 1.0);
    (counts.into_iter().map(|c| c / all).collect(), between / all)
}

/// The target's mass in each of its modes.
pub fn target_masses(target: &dyn Target) -> Vec<f64> {
    let draw = |row| target.draw(&mut Philox::new(0, Stream::ModeMass { row }));
    masses(target, &(0..DRAWS).flat_map(draw).collect::<Vec<_>>()).0
}

/// Coverage of a target's modes by row-major samples of a model.
pub fn coverage(target: &dyn Target, samples: &[f32]) -> Coverage {
    coverage_of(target, target_masses(target), samples)
}

/// The same where the target's masses are known.
pub fn coverage_of(target: &dyn Target, of_target: Vec<f64>, samples: &[f32]) -> Coverage {
    let points: Vec<f64> = samples.iter().map(|&v| f64::from(v)).collect();
    let (model, between) = masses(target, &points);
    let found: Vec<bool> = of_target.iter().zip(&model).map(|(t, m)| *m >= COVERED * *t).collect();
    let covered = found.iter().filter(|&&found| found).count();
    Coverage { target: of_target, model, between, found, covered }
}
