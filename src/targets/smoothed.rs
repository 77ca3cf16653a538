//! A target as the reverse KL sees it: a log density with a gradient everywhere.

use super::{PlaneTarget, Target, on_plane};
use crate::error::Error;
use crate::math::quadrature::Window;

/// log p~(x) and its gradient. Exact for targets that have a gradient; for the others (drawings, the checkerboard, the
/// pinwheel) a smooth surface through their density on a grid, blurred a little for its edges and a lot for the plains
/// between, so that a draw anywhere learns where the mass is. Then it is not normalised, and ln Z is known by quadrature.
pub struct Smoothed {
    surface: Option<Surface>,
    /// Further away than this in a variable, the exact log density is no longer asked for.
    reach: f64,
}

/// Bicubic interpolation of a grid of log densities.
struct Surface {
    window: Window,
    log_density: Vec<f64>,
    log_normaliser: f64,
}

/// Cells on each side.
const SIDE: usize = 128;
/// (share, deviation in cells) of each blur.
const BLURS: [(f64, f64); 3] = [(0.97, 1.2), (0.025, 5.0), (0.005, 16.0)];
/// Outside the window the surface falls as a Gaussian of this many cells would.
const FALL: f64 = 2.0;

impl Smoothed {
    /// Of a target.
    ///
    /// # Errors
    /// Where the target has no gradient and is not of the plane: there is no surface to be laid through its density.
    pub fn new(target: &dyn Target) -> Result<Self, Error> {
        let (inside, mut unused) = (vec![0.1; target.dim()], vec![0.0; target.dim()]);
        let exact = target.score(&inside, &mut unused);
        let surface = if exact { None } else { Some(Surface::new(on_plane(target)?)) };
        Ok(Self { surface, reach: reach(target) })
    }

    /// For a run that never asks.
    pub fn unused() -> Self {
        Self { surface: None, reach: f64::INFINITY }
    }

    /// log p~(x); writes its gradient by x.
    pub fn at(&self, target: &dyn Target, x: &[f64], gradient: &mut [f64]) -> f64 {
        match &self.surface {
            None => self.exact(target, x, gradient),
            Some(surface) => {
                let (value, own) = surface.at([x[0], x[1]]);
                gradient.copy_from_slice(&own);
                value
            }
        }
    }

    /// The exact log density and its gradient; beyond the reach its value at that distance, less a parabola: a draw that an early
    /// step threw far away is finite, and comes back.
    fn exact(&self, target: &dyn Target, x: &[f64], gradient: &mut [f64]) -> f64 {
        let reach = self.reach;
        if x.iter().all(|v| v.abs() <= reach) {
            target.score(x, gradient);
            return target.log_density(x);
        }
        let near: Vec<f64> = x.iter().map(|v| v.clamp(-reach, reach)).collect();
        let mut value = target.log_density(&near);
        target.score(&near, gradient);
        for (i, (x, near)) in x.iter().zip(&near).enumerate() {
            let off = (x - near) / reach;
            value -= 0.5 * off * off;
            if off != 0.0 {
                gradient[i] = -off / reach;
            }
        }
        value
    }

    /// The smooth surface where there is one: its window and log densities, row by row.
    #[cfg(feature = "gpu")]
    pub fn grid(&self) -> Option<(Window, &[f64])> {
        self.surface.as_ref().map(|surface| (surface.window, surface.log_density.as_slice()))
    }

    /// ln of the integral of p~, the truth that importance weights estimate.
    pub fn log_normaliser(&self) -> f64 {
        self.surface.as_ref().map_or(0.0, |surface| surface.log_normaliser)
    }
}

/// Twenty times from the middle of the window to its edge, or as far as that where there is none: the window of a target is about
/// four deviations wide to each side.
fn reach(target: &dyn Target) -> f64 {
    const WINDOWS: f64 = 20.0;
    const DEVIATIONS: f64 = 4.0;
    match target.plane() {
        Some(plane) => WINDOWS * 0.5 * (plane.window().x_max - plane.window().x_min),
        None => WINDOWS * DEVIATIONS * target.moments().1.into_iter().fold(0.0, f64::max),
    }
}

/// Convolves rows, then columns, with a Gaussian; what falls off the edge is lost.
fn blur(values: &[f64], deviation: f64) -> Vec<f64> {
    let reach = (4.0 * deviation).ceil() as usize;
    let kernel: Vec<f64> = (0..=reach).map(|d| (-0.5 * (d as f64 / deviation).powi(2)).exp()).collect();
    let total = kernel[0] + 2.0 * kernel[1..].iter().sum::<f64>();
    let mut result = values.to_vec();
    for stride in [1, SIDE] {
        let source = result.clone();
        for (index, to) in result.iter_mut().enumerate() {
            let place = index / stride % SIDE;
            let line = index - place * stride;
            let (from, end) = (place.saturating_sub(reach), (place + reach + 1).min(SIDE));
            *to = (from..end).map(|j| kernel[j.abs_diff(place)] * source[line + j * stride]).sum::<f64>()
                / total;
        }
    }
    result
}

impl Surface {
    fn new(target: &dyn PlaneTarget) -> Self {
        let window = target.window();
        let points = window.cell_centres(SIDE);
        let density: Vec<f64> =
            points.chunks_exact(2).map(|p| target.log_density([p[0], p[1]]).exp()).collect();
        let mut sum = vec![0.0; density.len()];
        for (share, deviation) in BLURS {
            let blurred = blur(&density, deviation);
            sum.iter_mut().zip(blurred).for_each(|(s, b)| *s += share * b);
        }
        let floor = 1e-9 / window.area();
        let log_density = sum.iter().map(|&d| (d + floor).ln()).collect();
        let mut surface = Self { window, log_density, log_normaliser: 0.0 };
        let width = window.x_max - window.x_min;
        let around = Window {
            x_min: window.x_min - 0.3 * width,
            x_max: window.x_max + 0.3 * width,
            y_min: window.y_min - 0.3 * width,
            y_max: window.y_max + 0.3 * width,
        };
        surface.log_normaliser = around.integrate(640, |x1, x2| surface.at([x1, x2]).0.exp()).ln();
        surface
    }

    /// Catmull-Rom interpolation in both variables; outside the grid its edge, less a parabola.
    fn at(&self, x: [f64; 2]) -> (f64, [f64; 2]) {
        let lows = [self.window.x_min, self.window.y_min];
        let highs = [self.window.x_max, self.window.y_max];
        let cell = [0, 1].map(|i: usize| (highs[i] - lows[i]) / SIDE as f64);
        let mut penalty = 0.0;
        let mut fall = [0.0; 2];
        let mut base = [0usize; 2];
        let mut weights = [[0.0; 4]; 2];
        let mut slopes = [[0.0; 4]; 2];
        for i in 0..2 {
            let place = (x[i] - lows[i]) / cell[i] - 0.5;
            let inside = place.clamp(0.0, (SIDE - 1) as f64);
            let off = (place - inside) / FALL;
            penalty += 0.5 * off * off;
            fall[i] = off / (FALL * cell[i]);
            base[i] = (inside.floor() as usize).min(SIDE - 2);
            let t = inside - base[i] as f64;
            let (t2, t3) = (t * t, t * t * t);
            weights[i] = [
                0.5 * (-t + 2.0 * t2 - t3),
                0.5 * (2.0 - 5.0 * t2 + 3.0 * t3),
                0.5 * (t + 4.0 * t2 - 3.0 * t3),
                0.5 * (t3 - t2),
            ];
            let within = place == inside;
            slopes[i] = [
                0.5 * (-1.0 + 4.0 * t - 3.0 * t2),
                0.5 * (-10.0 * t + 9.0 * t2),
                0.5 * (1.0 + 8.0 * t - 9.0 * t2),
                0.5 * (3.0 * t2 - 2.0 * t),
            ]
            .map(|s| if within { s / cell[i] } else { 0.0 });
        }
        let near = |axis: usize, k: usize| (base[axis] + k).saturating_sub(1).min(SIDE - 1);
        let (mut value, mut gradient) = (0.0, [0.0; 2]);
        for row in 0..4 {
            for column in 0..4 {
                let v = self.log_density[near(1, row) * SIDE + near(0, column)];
                value += weights[0][column] * weights[1][row] * v;
                gradient[0] += slopes[0][column] * weights[1][row] * v;
                gradient[1] += weights[0][column] * slopes[1][row] * v;
            }
        }
        (value - penalty, [gradient[0] - fall[0], gradient[1] - fall[1]])
    }
}
