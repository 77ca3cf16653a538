//! Concentric rings.

use super::PlaneTarget;
use crate::math::Philox;
use crate::math::quadrature::Window;
use crate::math::special::{log_normal, log_sum_exp};

/// A ring of four with radius 0.75, 1.5, 2.25 or 3 plus normal noise of deviation 0.08, and a uniform
/// angle. The least radius is nine deviations from zero, so no draw has a negative one.
pub struct FourRings;

const RADII: [f64; 4] = [0.75, 1.5, 2.25, 3.0];
const NOISE: f64 = 0.08;

impl PlaneTarget for FourRings {
    fn sample(&self, random: &mut Philox) -> [f64; 2] {
        let angle = std::f64::consts::TAU * random.uniform::<f64>();
        let radius = RADII[random.below(4)] + NOISE * random.normal::<f64>();
        [radius * angle.cos(), radius * angle.sin()]
    }

    fn log_density(&self, [x1, x2]: [f64; 2]) -> f64 {
        let radius = x1.hypot(x2).max(1e-300);
        log_sum_exp(RADII.iter().map(|&r| log_normal(radius, r, NOISE)))
            - (4.0 * std::f64::consts::TAU * radius).ln()
    }

    fn entropy(&self) -> f64 {
        2.622_155
    }

    fn score(&self, [x1, x2]: [f64; 2]) -> Option<[f64; 2]> {
        let radius = x1.hypot(x2).max(1e-12);
        let total = log_sum_exp(RADII.iter().map(|&r| log_normal(radius, r, NOISE)));
        let pull = |&r: &f64| (log_normal(radius, r, NOISE) - total).exp() * (r - radius);
        let outward = RADII.iter().map(pull).sum::<f64>() / (NOISE * NOISE) - radius.recip();
        Some([outward * x1 / radius, outward * x2 / radius])
    }

    fn mode_count(&self) -> usize {
        RADII.len()
    }

    fn mode_of(&self, [x1, x2]: [f64; 2]) -> Option<usize> {
        let radius = x1.hypot(x2);
        RADII.iter().position(|r| (radius - r).abs() < 4.0 * NOISE)
    }

    #[cfg(feature = "gpu")]
    fn shader(&self) -> Option<super::shader::Shader> {
        Some(super::shader::Shader::new(include_str!("shaders/rings.wgsl")))
    }

    fn window(&self) -> Window {
        Window::square(0.0, 0.0, 3.8)
    }
}
