//! What a flow does to the plane: round-trip errors, stretching, and the way of a point through the layers.

use serde::Serialize;

use crate::bijections::{Direction, Scratch, Tape};
use crate::math::{Batch, Scalar};
use crate::models::{Flow, TILE, Workspace};

/// Distances |x - there and back again| at row-major points, starting in the given direction: 0 in exact arithmetic.
pub fn round_trip_errors<T: Scalar>(
    flow: &Flow<T>,
    parameters: &[T],
    points: &[T],
    first: Direction,
    workspace: &mut Workspace<T>,
) -> Vec<f64> {
    let second = if first == Direction::Forward { Direction::Inverse } else { Direction::Forward };
    let (there, _) = flow.transform(first, parameters, points, workspace);
    let (back, _) = flow.transform(second, parameters, &there, workspace);
    let dim = flow.dim();
    let distance = |(a, b): (&[T], &[T])| {
        a.iter().zip(b).map(|(x, y)| (x.to_f64() - y.to_f64()).powi(2)).sum::<f64>().sqrt()
    };
    points.chunks_exact(dim).zip(back.chunks_exact(dim)).map(distance).collect()
}

/// The largest and smallest singular value of the Jacobian of a map at row-major points of two variables, `(largest,
/// smallest)`. The Jacobian is exact: its rows are gradients.
pub fn singular_values<T: Scalar>(
    flow: &Flow<T>,
    parameters: &[T],
    points: &[T],
    direction: Direction,
) -> Vec<(f64, f64)> {
    let mut unused = vec![T::zero(); parameters.len()];
    let mut scratch = Scratch::default();
    let mut tapes = Vec::new();
    let mut all = Vec::with_capacity(points.len() / 2);
    for chunk in points.chunks(2 * TILE) {
        let mut batch = Batch::from_rows(chunk, 2);
        let len = batch.len();
        let none = vec![T::zero(); len];
        flow.map(direction, parameters, &mut batch, &mut none.clone(), &mut tapes);
        let rows = [0, 1].map(|output| {
            let mut grad = Batch::zeros(2, len);
            grad.variable_mut(output).fill(T::one());
            let layers = &mut unused[..];
            flow.pull_back(direction, parameters, &tapes, &mut grad, &none, layers, &mut scratch);
            grad
        });
        for point in 0..len {
            let entry = |i: usize, j: usize| rows[i].variable(j)[point].to_f64();
            all.push(singular_values_of([entry(0, 0), entry(0, 1), entry(1, 0), entry(1, 1)]));
        }
    }
    all
}

/// Of the matrix (a b; c d), without cancellation (Blinn, "Consider the lowly 2x2 matrix", 1996).
fn singular_values_of([a, b, c, d]: [f64; 4]) -> (f64, f64) {
    let (e, f, g, h) = (0.5 * (a + d), 0.5 * (a - d), 0.5 * (c + b), 0.5 * (c - b));
    let (q, r) = (e.hypot(h), f.hypot(g));
    let largest = q + r;
    (largest, if largest > 0.0 { (a * d - b * c).abs() / largest } else { 0.0 })
}

/// Points on their way through a flow.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Trajectory {
    /// The points before the first bijection, then after each, row-major, base to data.
    pub points: Vec<Vec<f32>>,
    /// ln |det| of the forward map so far, for each point, alike.
    pub log_det: Vec<Vec<f32>>,
}

/// Carries row-major base points through the bijections one by one.
pub fn trajectory(flow: &Flow<f32>, parameters: &[f32], base: &[f32]) -> Trajectory {
    let stops = flow.bijections().len() + 1;
    let mut trajectory = Trajectory { points: vec![Vec::new(); stops], log_det: vec![Vec::new(); stops] };
    let mut tape = Tape::default();
    for rows in base.chunks(TILE * flow.dim()) {
        let mut batch = Batch::from_rows(rows, flow.dim());
        let mut log_det = vec![0.0; batch.len()];
        for stop in 0..stops {
            trajectory.points[stop].extend(batch.to_rows());
            trajectory.log_det[stop].extend_from_slice(&log_det);
            if let Some(bijection) = flow.bijections().get(stop) {
                let own = &parameters[flow.range(stop)];
                bijection.map(Direction::Forward, own, &mut batch, &mut log_det, &mut tape);
            }
        }
    }
    trajectory
}

/// A histogram over equal cells from `from` to `to`; what lies outside is counted in the first and last.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Histogram {
    /// The least value of the first cell.
    pub from: f64,
    /// The greatest of the last.
    pub to: f64,
    /// Shares of the values, which add up to 1.
    pub shares: Vec<f64>,
}

/// Counts values; those that are not finite go into the first cell.
pub fn histogram(values: &[f64], from: f64, to: f64, cells: usize) -> Histogram {
    let mut shares = vec![0.0; cells];
    let one = 1.0 / values.len().max(1) as f64;
    for &value in values {
        let place = ((value - from) / (to - from) * cells as f64).floor();
        let cell = if place >= 0.0 { (place as usize).min(cells - 1) } else { 0 };
        shares[cell] += one;
    }
    Histogram { from, to, shares }
}
