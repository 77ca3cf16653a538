//! Where the target has practically no mass, and how much of a model lies there.

use serde::Serialize;

use crate::math::{Philox, Stream, ascending};
use crate::targets::Target;

/// The target's density below which only a thousandth of its mass lies.
#[derive(Clone, Copy, Debug)]
pub struct Support {
    /// ln of that density.
    pub log_level: f64,
}

/// Draws that find the level.
const DRAWS: u32 = 20_000;
/// The target's mass outside.
const OUTSIDE: f64 = 1e-3;

impl Support {
    /// Of a target.
    pub fn new(target: &dyn Target) -> Self {
        let draw = |row| target.log_density(&target.draw(&mut Philox::new(0, Stream::Support { row })));
        let mut log_densities: Vec<f64> = (0..DRAWS).map(draw).collect();
        ascending(&mut log_densities);
        // A hair below, so that a uniform density is inside itself.
        Self { log_level: log_densities[(OUTSIDE * f64::from(DRAWS)) as usize] - 1e-9 }
    }

    /// True where the target has practically any mass.
    pub fn holds(&self, target: &dyn Target, x: &[f64]) -> bool {
        target.log_density(x) >= self.log_level
    }

    /// Off-support mass, which the page calls thread mass: the share of row-major samples that lie where the target has practically no
    /// mass, 0 to 1. For the target itself it is a thousandth.
    pub fn off_support_mass(&self, target: &dyn Target, samples: &[f32]) -> f64 {
        let dim = target.dim();
        let points: Vec<f64> = samples.iter().map(|&v| f64::from(v)).collect();
        let outside = points.chunks_exact(dim).filter(|x| !self.holds(target, x)).count();
        outside as f64 / (samples.len() / dim).max(1) as f64
    }
}

/// One temperature of a sweep.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Tempered {
    /// The temperature.
    pub temperature: f64,
    /// Diversity: root mean square distance of the samples from their mean, in the target's units.
    pub spread: f64,
    /// Quality: the share of samples that lie where the target has mass.
    pub precision: f64,
    /// Modes covered.
    pub covered: usize,
}
